#!/bin/sh
# Inputs that cannot be read, outputs that cannot be written, and the report's file.
. "$SOURCE_DIR/tests/cli/common.inc"

echo "C: host1.example.com 12000 anna wordone" >CCcam.cfg

# standard input is a source like another
run 0 convert CCcam.cfg
sed 's/^# CCcam.cfg:/# standard input:/' stdout >expected
"$CC2OSCAM" convert - <CCcam.cfg >stdout 2>stderr || fail "- was not read"
cmp -s expected stdout || fail "standard input gives other files"
"$CC2OSCAM" convert - </dev/null >stdout 2>stderr || fail "an empty standard input was refused"

# inputs
run 2 convert missing.cfg
says "missing.cfg"
[ ! -s stdout ] || fail "something was printed for a missing input"
mkdir folder
run 2 convert folder
says folder
run 2 convert -o made missing.cfg
[ ! -e made ] || fail "the folder was made for a missing input"
if refused; then
	cp CCcam.cfg closed.cfg
	chmod 000 closed.cfg
	run 2 convert closed.cfg
	says closed.cfg
fi

# a full device
if [ -c /dev/full ]; then
	for options in "convert CCcam.cfg" "convert --report - CCcam.cfg" "help convert" "--version"; do
		got=0
		# shellcheck disable=SC2086 # the words are apart on purpose
		"$CC2OSCAM" $options >/dev/full 2>stderr || got=$?
		[ "$got" -eq 2 ] || fail "status $got, not 2, with a full device: $options"
		says "standard output"
	done
	run 2 convert --report /dev/full CCcam.cfg
	says /dev/full
fi

# the report
run 0 convert --report report.json CCcam.cfg
[ "$(mode report.json)" = -rw------- ] || fail "the report can be read by others"
run 0 convert --report - CCcam.cfg
cmp -s report.json stdout || fail "the report's file and standard output differ"
run 2 convert --report missing/report.json -o out CCcam.cfg
says missing/report.json
[ ! -e out ] || fail "files were written though the report cannot be"
