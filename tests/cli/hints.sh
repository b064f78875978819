#!/bin/sh
# On a terminal what to do is said once, below the first finding that needs it; other hints of the same code are
# said too, for they fit other cases.
. "$SOURCE_DIR/tests/cli/common.inc"

script -qec true /dev/null >/dev/null 2>&1 || exit 77
{
	for i in 1 2 3; do
		echo "C: host$i.example.com 70000 anna wordone"
		echo "SERVER LISTEN PORT : x"
	done
} >CCcam.cfg
NO_COLOR=1 script -qec "'$CC2OSCAM' convert -o out CCcam.cfg" /dev/null </dev/null >terminal 2>&1 || :
[ "$(grep -c 'bad-number' terminal)" -eq 6 ] || fail "six findings are wanted"
[ "$(grep -c 'Write the port as a number from 1 to 65535' terminal)" -eq 1 ] || fail "the hint is said once"
[ "$(grep -c 'Write a number from 0 to 65535' terminal)" -eq 1 ] || fail "the other hint is said once"
