#!/bin/sh
# locate, convert --root and batch look at the same places, and conclude the same from them.
. "$SOURCE_DIR/tests/cli/common.inc"

# every place of CCcam.cfg and of OSCam's files
run 0 help locate
sed -n '/^CCcam.cfg:$/,/^$/s/^  \(\/[^ ]*\) .*/\1/p' stdout >cccam-places
sed -n "/^OSCam's folder:\$/,/^\$/s/^  \(\/[^ ]*\) .*/\1/p" stdout >oscam-places
for place in /var/etc/cccam/CCcam.cfg /etc/CCcam/CCcam.cfg; do
	grep -qx "$place" cccam-places || fail "not known: $place"
done
for place in /usr/keys/oscam /etc/oscam /var/keys/oscam /etc/ncam /usr/keys/ncam; do
	grep -qx "$place" oscam-places || fail "not known: $place"
done
while read -r place; do
	rm -rf box out
	mkdir -p "box${place%/*}"
	echo "C: host1.example.com 12000 anna wordone" >"box$place"
	run 0 locate box
	holds stdout "  $place  used: 1 C"
	run 0 convert --root box --only oscam.server
	holds stdout host1.example.com
	run 0 batch -o out box
	holds out/box/oscam.server host1.example.com
done <cccam-places
while read -r place; do
	rm -rf box
	mkdir -p "box$place" box/etc
	echo "C: host1.example.com 12000 anna wordone" >box/etc/CCcam.cfg
	printf '[reader]\nlabel = a\nprotocol = cccam\n' >"box$place/oscam.server"
	run 0 locate box
	holds stdout "OSCam is in use in $place."
	grep '^  cc2oscam .*--merge' stdout >commands
	[ "$(wc -l <commands)" -eq 2 ] || fail "not two commands for $place"
	sed -n 's/^  cc2oscam \(diff .*\)/\1/p' commands >diff-words
	sed -n 's/^  cc2oscam \(convert .*\)/\1/p' commands >convert-words
	# shellcheck disable=SC2046 # the words are apart on purpose
	run 1 $(cat diff-words)
	# shellcheck disable=SC2046
	run 0 $(cat convert-words)
	holds "box$place/oscam.server" host1.example.com
done <oscam-places

# a side file may be at any of its places; the one that the option names comes first
rm -rf box
mkdir -p box/etc box/var/etc
printf 'ALLOW WEBINFO : no\nCAID PRIO FILE : /var/etc/CCcam.prio\n' >box/etc/CCcam.cfg
echo 'I: 0100' >box/etc/CCcam.prio
all_say() { # the same words from convert, diff, check, and batch of the folder and of its archive
	run 0 convert --root box
	says "$1"
	run 1 diff --root box new
	says "$1"
	run 1 check --root box box/etc/CCcam.cfg
	says "$1"
	rm -rf out
	if reads_archives; then
		tar -cf box.tar box
		run 0 batch -v -o out box.tar
		says "$1"
		rm -rf out
	fi
	run 0 batch -v -o out box
	says "$1"
}
all_say "CCcam.prio is not there; "
holds out/box/oscam.dvbapi 'I: 0100'
echo 'I: 0200' >box/var/etc/CCcam.prio
run 0 convert --root box
holds stdout 'I: 0200'
lacks stdout 'I: 0100'
lacks stderr side-file

# what lies there without an option that names it is named, with the line that would
rm box/etc/CCcam.prio box/var/etc/CCcam.prio
echo 'ALLOW WEBINFO : no' >box/etc/CCcam.cfg
echo '01000080 "Provider"' >box/etc/CCcam.providers
all_say "this line would: PROVIDERINFO FILE : /etc/CCcam.providers [side-file-unnamed]"
mkdir -p box/usr/keys
mv box/etc/CCcam.* box/usr/keys
run 0 convert --root box
says "this line would: PROVIDERINFO FILE : /usr/keys/CCcam.providers"
run 0 convert box/usr/keys/CCcam.cfg
says "box/usr/keys/CCcam.providers is there, but no line names it"
run 0 convert - <box/usr/keys/CCcam.cfg
lacks stderr side-file
echo 'PROVIDERINFO FILE : /usr/keys/CCcam.providers' >>box/usr/keys/CCcam.cfg
run 0 convert --root box
lacks stderr side-file

# without devices in the copy nothing is concluded of a card reader; with them it is
echo 'SERIAL READER : /dev/ttyUSB0 mouse' >box/usr/keys/CCcam.cfg
run 0 convert --root box
lacks stderr device-missing
mkdir box/dev
run 0 convert --root box
lacks stderr device-missing
: >box/dev/null
run 0 convert --root box
says "[device-missing]"
rm -rf out
run 0 batch -v -o out box
says "[device-missing]"
