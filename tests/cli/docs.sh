#!/bin/sh
# The pages name every line of the language, every finding and every option.
. "$SOURCE_DIR/tests/cli/common.inc"

run 0 help manual
cp stdout manual
run 0 help mapping
cp stdout mapping
run 0 explain
cp stdout table
run 0 help convert
cp stdout help
run 0 help check
cat stdout >>help

sed -n 's/^CC2OSCAM_DIRECTIVE([A-Z_0-9]*, "\([^"]*\)".*/\1/p' "$SOURCE_DIR/include/cc2oscam/directives.def" >keywords
sed -n 's/^.*X([A-Z_0-9]*, "\([a-z0-9-]*\)",.*/\1/p' "$SOURCE_DIR/include/cc2oscam/codes.h" >codes
[ "$(wc -l <keywords)" -gt 60 ] || fail "the table of the language was not read"
[ "$(wc -l <codes)" -gt 30 ] || fail "the table of the findings was not read"

# the manual page writes - as \-
sed 's/\\-/-/g' manual >plain
while IFS= read -r keyword; do
	grep -q "^\\\\fB$keyword:*\\\\fR$" plain || fail "the manual page lacks $keyword"
	grep -q "^| .$keyword:*. |" mapping || fail "the page about the mapping lacks $keyword"
	grep -qxF "### $keyword" mapping || fail "there is no example of $keyword"
	grep -q "^$keyword:* " table || fail "the table lacks $keyword"
	run 0 explain "$keyword"
	holds stdout "In CCcam: "
	holds stdout "For example"
	[ ! -s stderr ] || fail "explain $keyword says something"
done <keywords
# the directives of side files, as reports name them
sed -n 's/^	{SIDE_[A-Z_]*, "\([A-Za-z_]*\)".*/\1/p' "$SOURCE_DIR/src/cccam/side_lines.c" >keywords
[ "$(wc -l <keywords)" -eq 7 ] || fail "the table of side files was not read"
while IFS= read -r keyword; do
	grep -q "^\\\\fB$keyword in [A-Za-z.]*\\\\fR$" plain || fail "the manual page lacks $keyword"
	grep -qF "| \`$keyword\` |" mapping || fail "the page about the mapping lacks $keyword"
	grep -q "^### $keyword in " mapping || fail "there is no example of $keyword"
	grep -q "^$keyword in " table || fail "the table lacks $keyword"
	run 0 explain "$keyword"
	holds stdout "For example, in "
	[ ! -s stderr ] || fail "explain $keyword says something"
done <keywords
while IFS= read -r code; do
	grep -qxF "\\fB$code\\fR" plain || fail "the manual page lacks $code"
	grep -qF "| \`$code\` |" mapping || fail "the page about the mapping lacks $code"
	holds help "  $code "
	run 0 explain "$code"
	holds stdout "$code: "
done <codes

# every option that is documented is one, and every one is documented
sed -n '/^\.SH OPTIONS/,/^\.SH EXIT/s/^\\fB\(.*\)\\fR$/\1/p' plain >options
[ "$(wc -l <options)" -gt 10 ] || fail "the manual page has no options"
tr -s ' ,' '\n' <options | grep '^-' >names
while IFS= read -r name; do
	got=0
	"$CC2OSCAM" convert "$name" </dev/null >stdout 2>stderr || got=$?
	lacks stderr "no option"
done <names
sed -n 's/^	{"\([a-z-]*\)", [a-z]*_argument,.*/--\1/p' "$SOURCE_DIR/src/app/options.c" >known
[ "$(wc -l <known)" -gt 10 ] || fail "the options were not read"
while IFS= read -r name; do
	grep -qxF -- "$name" names || fail "the manual page lacks $name"
done <known

# no line of the help or of the table is wider than a terminal
for file in help table; do
	awk 'length > 80 { print; wide = 1 } END { exit wide }' "$file" || fail "$file is too wide"
done
# the page can be set without complaints, where there is a program for it
if has groff groff; then
	groff -man -Tascii -ww manual >/dev/null 2>stderr || fail "groff refuses the manual page"
	[ ! -s stderr ] || fail "groff complains about the manual page"
fi
