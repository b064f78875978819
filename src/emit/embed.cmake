# Writes the templates into a C file, as the table of builtin.h. Runs at build time:
# cmake -DLIST=file with one template's path a line -DOUTPUT=the C file -P embed.cmake
#
# Each text is an array of characters, for compilers need not take string literals above 4095 bytes.

file(STRINGS "${LIST}" templates)
set(texts "")
set(table "")
set(number 0)
foreach(template IN LISTS templates)
	get_filename_component(name "${template}" NAME)
	string(REGEX REPLACE "\\.mustache$" "" name "${name}")
	file(READ "${template}" bytes HEX)
	string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
	# A line feed also ends the line here, for whoever looks at the file.
	string(REPLACE "'\\x0a'," "'\\x0a',\n\t" bytes "${bytes}")
	string(APPEND texts "/* ${name} */\nstatic const char text_${number}[] = {\n\t${bytes}'\\0'};\n\n")
	string(APPEND table "\t{\"${name}\", text_${number}, sizeof text_${number} - 1},\n")
	math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "/* Made from templates/ by src/emit/embed.cmake. */\n#include \"emit/builtin.h\"\n\n"
	"${texts}const struct builtin_template builtin_templates[] = {\n${table}\t{NULL, NULL, 0},\n};\n")
