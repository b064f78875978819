#!/bin/sh
# Lines of a megabyte and a hundred thousand lines: done in seconds, and said in a few words.
. "$SOURCE_DIR/tests/cli/common.inc"

# letters COUNT LETTER
letters() {
	head -c "$1" /dev/zero | tr '\0' "$2"
}

{
	letters 1000000 Q
	echo
	printf 'C: '
	letters 1000000 h
	echo " 12000 anna wordone"
	printf 'C: host1.example.com 12000 anna wordone # '
	letters 1000000 n
	echo " password = other"
	printf 'F: bert '
	letters 1000000 p
	echo
	printf 'F: carl wordtwo 1 1 0 { 0:0:2'
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf ", 100:80:1" }'
	echo " }"
	letters 100000 '{'
	echo
	printf 'F: dora wordthree 1 1 0 '
	letters 100000 '{'
	echo
	echo "C: host2.example.com 12000 anna wordone"
} >long.cfg
run 1 convert long.cfg
holds stdout "label                         = host1.example.com"
holds stdout "label                         = host2.example.com"
holds stdout "user                          = carl"
lacks stdout "user                          = bert"
lacks stdout "user                          = dora"
awk 'length > 16383 { exit 1 }' stdout || fail "OSCam would read a line as two"
awk 'length > 1000 { exit 1 }' stderr || fail "a message of more than 1000 bytes"
grep -q "^password .*other" stdout && fail "a note became a key"

awk 'BEGIN {
	for (i = 0; i < 100000; i++)
		printf "C: h%d.example.com 12000 user%d wordone\n", i % 50000, i % 7
}' >many.cfg
run 0 convert many.cfg
[ "$(grep -c '^\[reader\]' stdout)" -eq 100000 ] || fail "not every reader was written"
[ "$(sed -n 's/^label *= //p' stdout | tr A-Z a-z | sort -u | wc -l)" -eq 100000 ] || fail "labels are not unique"

# the same server, a finding for each line
awk 'BEGIN { for (i = 0; i < 100000; i++) print "C: host1.example.com 12000 anna word" i }' >same.cfg
run 0 convert -o same same.cfg
[ "$(grep -c 'duplicate-login' stderr)" -eq 99999 ] || fail "not every line was said to be another login"
