#!/bin/sh
# With groups by protocol a number and a name mean the same on every receiver of a fleet, whatever else is on it.
. "$SOURCE_DIR/tests/cli/common.inc"

key=0102030405060708091011121314
box() {
	mkdir -p "in/$1"
	cat >"in/$1/CCcam.cfg"
}
box near <<END
C: c.example.com 12000 anna wordone
N: n.example.com 15000 anna wordone $key
F: friend wordtwo 1
END
box far <<END
N: other.example.com 15000 anna wordone $key 7
N: n.example.com 15000 berta wordone $key 1
L: l.example.com 20000 anna wordone 0500 032830
C: c.example.com 12000 berta wordone
F: first wordtwo 1
F: second wordtwo 9
END
box many <<END
R: r.example.com 30000 0500 032830
C: z.example.com 12000 anna wordone
C: c.example.com 12000 carla wordone
N: n.example.com 15000 carla wordone $key 1
END

run 0 batch -q -Q shareemus --set groups=per-protocol -o out in

# label, protocol and group of each reader that several have, and of the farther one
table() {
	awk '$1 == "label" { label = $3 } $1 == "protocol" { protocol = $3 } $1 == "group" { print label, protocol, $3 }' \
		out/"$1"/oscam.server | sort
}
for name in near far many; do
	table $name | grep -qx 'c.example.com cccam 2' || fail "the cccam server of $name: $(table $name)"
	table $name | grep -qx 'n.example.com newcamd 3' || fail "the newcamd server of $name: $(table $name)"
done
table far | grep -qx 'other.example.com newcamd 9' || fail "the farther newcamd server: $(table far)"
table far | grep -qx 'l.example.com cs357x 4' || fail "the camd35 server: $(table far)"
table many | grep -qx 'r.example.com radegast 5' || fail "the radegast server: $(table many)"
