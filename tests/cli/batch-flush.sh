#!/bin/sh
# What batch writes is on the disk before it gets its name, and the name is there before batch ends.
. "$SOURCE_DIR/tests/cli/common.inc"

ASAN_OPTIONS=detect_leaks=0 # it cannot look for leaks while it is traced
export ASAN_OPTIONS
has strace strace || exit 77
if ! strace -o probe -e trace=openat true 2>/dev/null; then
	skipped "strace may not trace here"
	exit 77
fi

for box in attic cellar kitchen; do
	mkdir -p in/$box
	echo "C: host1.example.com 12000 anna wordone" >in/$box/CCcam.cfg
done
strace -f -o trace -e trace=mkdirat,syncfs,renameat2 "$CC2OSCAM" batch -q -j 2 -o out in || fail "not converted"
awk '
	/syncfs.*= 0$/ { flushed = NR; named = 0 }
	/mkdirat\(.*"\..*\.cc2oscam"/ { split($0, part, "\""); made[part[2]] = NR }
	/renameat2\(.*RENAME_NOREPLACE/ {
		split($0, part, "\"")
		if (flushed <= made[part[2]])
			print part[2] " got its name before it was flushed"
		names++
		named = 1
	}
	END {
		if (names != 3)
			print names " names, not 3"
		if (named)
			print "the last names are not flushed"
	}' trace >wrong
[ ! -s wrong ] || fail "$(cat wrong)"
