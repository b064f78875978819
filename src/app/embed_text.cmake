# Writes a text file into a C file, as a constant with a zero at its end. Runs at build time:
# cmake -DINPUT=the text -DNAME=the constant's name -DHEADER=where it is declared -DOUTPUT=the C file -P embed_text.cmake
#
# An array of characters, for compilers need not take string literals above 4095 bytes.

file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
# A line feed also ends the line here, for whoever looks at the file.
string(REPLACE "'\\x0a'," "'\\x0a',\n\t" bytes "${bytes}")
get_filename_component(file "${INPUT}" NAME)
file(WRITE "${OUTPUT}" "/* Made from ${file} by embed_text.cmake. */\n#include \"${HEADER}\"\n\n"
	"const char ${NAME}[] = {\n\t${bytes}'\\0'};\n")
