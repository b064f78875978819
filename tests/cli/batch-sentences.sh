#!/bin/sh
# What is true of many receivers is said once, with the first of them and the number of the others; -v says all.
. "$SOURCE_DIR/tests/cli/common.inc"

for i in 1 2 3 4; do
	mkdir -p "fleet/box$i" "out/box$i"
	echo "C: host$i.example.com 12000 anna wordone" >"fleet/box$i/CCcam.cfg"
	echo "[reader]" >"out/box$i/oscam.server"
done
run 2 batch -j 1 -o out fleet
[ "$(grep -c 'box[1-4]' stderr)" -eq 1 ] || fail "the sentence stands once"
says "cc2oscam: 3 more receivers: "
[ "$(grep -c 'failed: ' stdout)" -eq 4 ] || fail "the table has all of them"
run 2 batch -v -j 1 -o out fleet
[ "$(grep -c 'box[1-4]' stderr)" -ge 4 ] || fail "-v says all"
