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
sed -n 's/^CC2OSCAM_CODE([A-Z_0-9]*, "\([a-z0-9-]*\)",.*/\1/p' "$SOURCE_DIR/include/cc2oscam/codes.def" "$SOURCE_DIR/include/cc2oscam/checks.def" >codes
[ "$(wc -l <keywords)" -gt 60 ] || fail "the table of the language was not read"
[ "$(wc -l <codes)" -gt 30 ] || fail "the table of the findings was not read"

while IFS= read -r keyword; do
	grep -q "^$keyword:*$" mapping || fail "the page about the mapping lacks $keyword"
	grep -qxF -- "-- $keyword" mapping || fail "there is no example of $keyword"
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
	grep -q "^$keyword in [A-Za-z.]*$" mapping || fail "the page about the mapping lacks $keyword"
	grep -q "^-- $keyword in " mapping || fail "there is no example of $keyword"
	grep -q "^$keyword in " table || fail "the table lacks $keyword"
	run 0 explain "$keyword"
	holds stdout "For example, in "
	[ ! -s stderr ] || fail "explain $keyword says something"
done <keywords
while IFS= read -r code; do
	grep -q "^$code (" mapping || fail "the page about the mapping lacks $code"
	holds help "  $code "
	run 0 explain "$code"
	holds stdout "$code: "
done <codes

# every option that is documented is one, and every one is documented
sed -n '/^OPTIONS$/,/^HOW FILES/s/^\(-.*\)/\1/p' manual >options
[ "$(wc -l <options)" -gt 10 ] || fail "the manual page has no options"
tr -s ' ,' '\n' <options | grep '^-' >names
while IFS= read -r name; do
	got=0
	"$CC2OSCAM" convert "$name" </dev/null >stdout 2>stderr || got=$?
	lacks stderr "no option"
done <names
sed -n 's/^	{"\([a-z-]*\)", .*, [A-Z]*[ |A-Z]*, [a-zN].*/--\1/p' "$SOURCE_DIR/src/app/options.c" >known
[ "$(wc -l <known)" -gt 10 ] || fail "the options were not read"
while IFS= read -r name; do
	grep -qxF -- "$name" names || fail "the manual page lacks $name"
done <known

# no line of the help or of the table is wider than a terminal
for file in help table; do
	awk 'length > 80 { print; wide = 1 } END { exit wide }' "$file" || fail "$file is too wide"
done

# every topic that the help names is there, and no page is wider than a terminal but for what is typed
for topic in settings manifest templates report merge fleet mapping manual; do
	run 0 help "$topic"
	[ "$(wc -l <stdout)" -gt 10 ] || fail "help $topic shows next to nothing"
	! grep -n '`' stdout || [ "$topic" = mapping ] || fail "help $topic shows backticks"
	awk 'length > 80 && !/^    / { print; wide = 1 } END { exit wide }' stdout || fail "help $topic is too wide"
done
for template in "$SOURCE_DIR"/templates/*.mustache; do
	run 0 help "$(basename "$template" .mustache)"
	cmp stdout "$template" || fail "help shows another template than $template"
done
run 0 help report
lacks stdout "OPTIONS"
holds stdout "RFC 4180"

# the README is short
[ "$(wc -c <"$SOURCE_DIR/README.md")" -le 12000 ] || fail "the README has more than 12 kB"

# the README's example is what the program makes of it: each of the sections, as it stands there
shown "$SOURCE_DIR/README.md" 1 >CCcam.cfg
shown "$SOURCE_DIR/README.md" 2 >sections
[ "$(grep -c '^\[' sections)" -ge 4 ] || fail "the README's example was not read"
run 0 convert CCcam.cfg
sed 's/^# =====.*//' stdout >made
awk -v RS= 'NR == FNR { made[$0]; next } !($0 in made) { print; other = 1 } END { exit other }' made sections >other ||
	fail "the README shows what the program does not make: $(cat other)"

# the pages for man(1) have no mistakes, where there is a program that says so
for page in cc2oscam.1 cc2oscam.conf.5 cc2oscam-mapping.7 cc2oscam-merge.7 cc2oscam-fleet.7; do
	made=$(dirname "$CC2OSCAM")/$page
	[ -f "$made" ] || fail "the build made no $page"
	holds "$made" ".SH EXAMPLES"
	if has groff groff; then
		groff -man -Tutf8 -K utf8 -ww "$made" 2>said >/dev/null || fail "groff refuses $page"
		[ ! -s said ] || fail "groff says of $page: $(head -n 3 said)"
	fi
	if has mandoc mandoc; then
		mandoc -T lint "$made" >said || fail "mandoc says of $page: $(head -n 3 said)"
	fi
done
