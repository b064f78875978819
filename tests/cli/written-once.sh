#!/bin/sh
# A receiver's flash: each file that changes is written once, and so is the record for undo; what does not change and the
# backups not at all.
. "$SOURCE_DIR/tests/cli/common.inc"
has strace strace || exit 77
strace -f -o /dev/null true 2>/dev/null || {
	skipped "strace may trace nothing here"
	exit 77
}

example=$SOURCE_DIR/examples/running-oscam

# written WORD...: the bytes that the run writes below the folder `now`, however it writes.
written() {
	strace -f -y -o calls -e trace=write,writev,pwrite64,pwritev,pwritev2,copy_file_range,sendfile,splice \
		env ASAN_OPTIONS=detect_leaks=0 "$CC2OSCAM" "$@" >stdout 2>stderr || [ $? -eq 1 ] || fail "cc2oscam $*"
	sed -n "s|^[0-9]* *[a-z0-9_]*([0-9]*<$work/[.]*now.* = \([0-9][0-9]*\)\$|\1|p" calls | awk '{ sum += $1 } END { print sum + 0 }'
}

# size FILE...: of those that are there.
size() {
	cat "$@" 2>/dev/null | wc -c
}

got=$(written convert "$example/CCcam.cfg" -o now)
[ "$got" -eq "$(size now/*)" ] || fail "a new folder: $got bytes are written for $(size now/*)"

rm -r now
cp -R "$example/oscam" now
got=$(written convert --merge "$example/CCcam.cfg" -o now)
[ "$got" -eq "$(size now/oscam.conf now/oscam.server now/oscam.user now/.cc2oscam.undo)" ] || fail "a merge writes $got bytes"
[ "$(written convert --merge "$example/CCcam.cfg" -o now)" -eq 0 ] || fail "a merge that changes nothing writes"

# one file of three
sed 's/^password .*/password = another/' now/oscam.server >server
cat server >now/oscam.server
got=$(written convert --merge "$example/CCcam.cfg" -o now)
[ "$got" -eq "$(size now/oscam.server now/.cc2oscam.undo)" ] || fail "one file changes, but $got bytes are written"
