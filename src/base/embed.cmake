# Writes text files into a C file, as a table of `struct embedded`. Runs at build time:
# cmake -DLIST=file with one path a line -DTABLE=the table's name -DHEADER=where it is declared
#       -DOUTPUT=the C file -P embed.cmake
#
# Each text is an array of characters, for compilers need not take string literals above 4095 bytes.

file(STRINGS "${LIST}" files)
set(texts "")
set(rows "")
set(number 0)
foreach(file IN LISTS files)
	get_filename_component(name "${file}" NAME)
	string(REGEX REPLACE "\\.[a-z]*$" "" name "${name}")
	file(READ "${file}" bytes HEX)
	string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
	# A line feed also ends the line here, for whoever looks at the file.
	string(REPLACE "'\\x0a'," "'\\x0a',\n\t" bytes "${bytes}")
	string(APPEND texts "/* ${name} */\nstatic const char text_${number}[] = {\n\t${bytes}'\\0'};\n\n")
	string(APPEND rows "\t{\"${name}\", text_${number}, sizeof text_${number} - 1},\n")
	math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "/* Made by embed.cmake. */\n#include \"${HEADER}\"\n\n"
	"${texts}const struct embedded ${TABLE}[] = {\n${rows}\t{NULL, NULL, 0},\n};\n")
