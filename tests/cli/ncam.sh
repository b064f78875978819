#!/bin/sh
# NCam's files: what the golden cases do not show. A fleet gets them, receivers of a manifest may differ, and locate
# counts what is in NCam's folder.
. "${0%/*}/common.inc"

mkdir -p box1 box2
echo 'C: host1.example.com 12000 anna wordone' >box1/CCcam.cfg
echo 'C: host2.example.com 12000 anna wordone' >box2/CCcam.cfg
run 0 batch --target ncam -o out box1 box2
for box in box1 box2; do
	for file in conf server user; do
		[ -s "out/$box/ncam.$file" ] || fail "out/$box/ncam.$file was not written"
	done
	[ -z "$(find "out/$box" -name 'oscam.*')" ] || fail "files with OSCam's names were written"
done

# A second run changes nothing; check finds the files without a target.
run 0 batch --target ncam --merge -o out box1 box2
holds stdout "2 unchanged"
run 1 check out/box1
says "3 files: 1 warning"
run 2 check --target oscam out/box1
says "has files of NCam's, and none of OSCam's"
run 2 check --target ncam box1
says "there is no ncam.conf"

# Files that are there are refused by their own names.
run 2 convert --target ncam box1/CCcam.cfg -o out/box1
says "ncam.conf is in out/box1 already"

# Receivers of a manifest have targets of their own; what one of them does not know is refused at its line.
cat >fleet.conf <<'EOF'
receiver "a" { source = "box1" target = "ncam" }
receiver "b" { source = "box2" }
EOF
run 0 batch -o fleet fleet.conf
[ -s fleet/a/ncam.server ] && [ -s fleet/b/oscam.server ] || fail "the receivers have not their own files"
cat >wrong.conf <<'EOF'
set = { "reader.cccam.maxparallel = 2" }
receiver "a" { source = "box1" target = "oscam-2.26" }
receiver "b" { source = "box2" }
EOF
run 2 batch -o fleet2 wrong.conf
says 'wrong.conf:3: receiver "b": reader.maxparallel cannot be set'
[ ! -e fleet2 ] || fail "something was written"

mkdir -p root/etc/tuxbox/config/ncam
cp out/box1/ncam.* root/etc/tuxbox/config/ncam
run 1 locate root # a CCcam.cfg is what it misses
holds stdout "used: 1 reader, 1 account (ncam.conf"

# Where NCam is in use, locate names it, and its commands can be pasted.
cp box1/CCcam.cfg root/etc/CCcam.cfg
run 0 locate root
holds stdout "NCam is in use in /etc/tuxbox/config/ncam."
holds stdout "  cc2oscam diff --target ncam --merge --root root root/etc/CCcam.cfg root/etc/tuxbox/config/ncam"
holds stdout "  cc2oscam convert --target ncam --merge --root root root/etc/CCcam.cfg -o root/etc/tuxbox/config/ncam"
run 0 convert --target ncam --merge --root root root/etc/CCcam.cfg -o root/etc/tuxbox/config/ncam
run 2 convert --merge --root root root/etc/CCcam.cfg -o root/etc/tuxbox/config/ncam
says "  cc2oscam convert --root root --target ncam --merge root/etc/CCcam.cfg -o root/etc/tuxbox/config/ncam"
[ -z "$(find root -name 'oscam.*')" ] || fail "files with OSCam's names were written beside NCam's"
