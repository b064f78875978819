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
# what the README shows; without libarchive a folder is there, with another name
if [ -f north/attic.tar.gz ]; then
	sed -n '/^\$ cc2oscam batch -o all north south$/,/^```$/p' "$SOURCE_DIR/README.md" | sed '1d;$d' >shown
	cmp -s shown stdout || fail "the README shows something else: $(diff shown stdout)"
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
