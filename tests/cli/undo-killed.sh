#!/bin/sh
# undo after a run that was killed while it gave the files their names: all old files are there again, or all are as the
# run left them. So it is when undo itself is killed.
. "$SOURCE_DIR/tests/cli/common.inc"
has strace strace || exit 77

example=$SOURCE_DIR/examples/running-oscam
cp -R "$example/oscam" before
rm before/oscam.user # a new one is part of the set
# the new files
cp -R before after
"$CC2OSCAM" convert -q --merge "$example/CCcam.cfg" -o after
rm -f after/*.bak

# killed CALL NUMBER WORD...: the run is killed at that call.
killed() {
	call=$1 number=$2
	shift 2
	got=0
	strace -f -o /dev/null -e trace="$call" -e inject="$call:signal=KILL:when=$number" "$CC2OSCAM" "$@" \
		>/dev/null 2>&1 || got=$?
	[ "$got" -eq 137 ] || fail "$call $number does not kill: cc2oscam $*"
}

# is FOLDER: OSCam's files in the folder `now` are those, and nothing that is hidden is there.
is() {
	for file in oscam.conf oscam.server oscam.user oscam.services; do
		[ ! -e "$1/$file" ] && [ ! -e now/$file ] && continue
		cmp -s "$1/$file" now/$file || return
	done
	[ -z "$(find now -name '.?*' ! -name .cc2oscam.undo)" ]
}

strace -f -o /dev/null true 2>/dev/null || {
	skipped "strace may trace nothing here"
	exit 77
}
for at in renameat:1 renameat:2 renameat:3 renameat2:1 renameat2:3 renameat2:4; do
	rm -rf now
	cp -R before now
	killed ${at%:*} ${at#*:} convert --merge "$example/CCcam.cfg" -o now
	[ $at != renameat2:4 ] || sleep 3 # the backups of one run get their names at different times
	got=0
	"$CC2OSCAM" undo now >stdout 2>stderr || got=$?
	is before || fail "undo after a kill at $at leaves: $(ls -A now)"
	if [ "$got" -ne 0 ]; then
		says "there is nothing to undo"
		[ -z "$(ls now/*.bak 2>/dev/null)" ] || fail "undo after a kill at $at finds no backup"
	fi
done
for at in renameat:1 renameat:2 renameat2:3; do
	rm -rf now
	cp -R before now
	"$CC2OSCAM" convert -q --merge "$example/CCcam.cfg" -o now
	killed ${at%:*} ${at#*:} undo now
	run 0 undo now
	is before || is after || fail "undo after a killed undo at $at leaves: $(ls -A now)"
done
