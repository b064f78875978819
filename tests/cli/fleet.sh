#!/bin/sh
# The fleet of examples/fleet: its folders, an archive and a broken receiver by batch, and its manifest.
. "$SOURCE_DIR/tests/cli/common.inc"

sh "$SOURCE_DIR/examples/fleet/make.sh" fleet
cd fleet || exit
# A program without libarchive has a folder in its place.
got=0
"$CC2OSCAM" batch -q -o attic north/attic.tar.gz 2>stderr || got=$?
if grep -q "built without libarchive" stderr; then
	rm north/attic.tar.gz
	cp -R "$SOURCE_DIR/examples/fleet/boxes/attic" north/attic.tar.gz
else
	[ "$got" -eq 0 ] || fail "the archive alone ends with status $got"
fi
run 2 batch -o oscam north south
for box in north/living-room north/kitchen south/cellar south/garage; do
	[ -s oscam/$box/oscam.server ] || fail "$box was not converted"
done
holds oscam/north/kitchen/oscam.dvbapi "I: 0100:000080"
holds stdout "des-key"
# what the manual page shows; without libarchive a folder is there, with another name
if [ -f north/attic.tar.gz ]; then
	sed -n 's/^    //; /^\$ cc2oscam batch -o all north south$/,/receivers: [0-9]* converted/p' \
		"$SOURCE_DIR/src/app/pages/cc2oscam-fleet.7.page" | sed 1d >shown
	sed '/receivers: [0-9]* converted/q' stdout >summary
	cmp -s shown summary || fail "the manual page shows something else: $(diff shown summary)"
fi
# what is cut off between two entries, and a check sum that does not fit
if [ -f north/attic.tar.gz ]; then
	gzip -dc <north/attic.tar.gz >whole.tar
	tar tf whole.tar >/dev/null || fail "no archive"
	size=$(wc -c <whole.tar)
	while [ "$(tail -c 512 whole.tar | tr -d '\0' | wc -c)" -eq 0 ]; do
		size=$((size - 512))
		head -c "$size" whole.tar >shorter.tar
		mv shorter.tar whole.tar
	done
	run 2 batch -o damaged whole.tar
	says "whole.tar: it is damaged (the mark of its end is missing"
	head -c -8 north/attic.tar.gz >sum.tar.gz
	printf 'wordword' >>sum.tar.gz
	run 2 batch -o damaged sum.tar.gz
	says "sum.tar.gz: it is damaged (the check sum of gzip does not fit)"
	cat north/attic.tar.gz north/attic.tar.gz >twice.tar.gz
	run 0 batch -q -o damaged twice.tar.gz
	rm -f whole.tar sum.tar.gz twice.tar.gz
fi
[ ! -e oscam/south/shed ] || fail "the broken receiver has a folder"

# four of them, with choices of their own
printf 'receiver "garage" { source = "south/garage" }\n' >plain.conf
run 0 batch -o plain plain.conf
holds plain/garage/oscam.conf "[dvbapi]"
run 0 batch -o chosen fleet.conf
[ -s chosen/home/kitchen/oscam.provid ] || fail "the kitchen is not at home"
lacks chosen/garage/oscam.conf "[dvbapi]"
holds chosen/home/living-room/oscam.server "inactivitytimeout             = 600"
holds chosen/home/attic/oscam.server "inactivitytimeout             = 60"
lacks chosen/home/attic/oscam.server "inactivitytimeout             = 600"

# the README's commands, as they stand
cd "$work"
project project
shown "$SOURCE_DIR/examples/fleet/README.md" 1 >commands
(cd project && sh "$work/commands") >stdout 2>stderr || :
[ -s project/build/fleet/all/north/kitchen/oscam.server ] || fail "the README's first batch wrote nothing"
[ -s project/build/fleet/chosen/home/kitchen/oscam.server ] || fail "the README's second batch wrote nothing"
holds stdout "6 receivers: "
holds stdout "4 receivers: "
