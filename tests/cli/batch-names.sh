#!/bin/sh
# Names follow from a receiver's own place, so that another list of INPUTs gives no box the folder of another; and
# --resume takes nothing for done that is not what would be written.
. "$SOURCE_DIR/tests/cli/common.inc"

# box PATH SERVER: a receiver there
box() {
	mkdir -p "$1"
	echo "C: $2.example.com 12000 anna wordone" >"$1/CCcam.cfg"
}

names() {
	(cd "$1" && find . -name oscam.server | sed 's,^\./,,; s,/oscam.server$,,' | LC_ALL=C sort | tr '\n' ' ')
}

box north/kitchen one
box north/attic two
box south/kitchen three
run 0 batch -q -o out north south
[ "$(names out)" = "north/attic north/kitchen south/kitchen " ] || fail "names: $(names out)"
run 0 batch -q -o turned south north
diff -r out turned || fail "the order of the INPUTs changes the names"
run 0 batch -q -o single north
[ "$(names single)" = "attic kitchen " ] || fail "names of one INPUT: $(names single)"
run 0 batch -q -o listed north/*
diff -r single listed || fail "a folder and the list of what is in it give different names"
mkdir -p east/boxes west/boxes
cp -R north/kitchen east/boxes
cp -R south/kitchen west/boxes
run 0 batch -q -o longer east/boxes west/boxes/
[ "$(names longer)" = "east/boxes/kitchen west/boxes/kitchen " ] || fail "longer labels: $(names longer)"

# names that clash: capitals, and bytes that become _
box odd/LR one
box odd/lr two
box "odd/a b" three
box odd/a_b four
run 0 batch -q -o odds odd
holds odds/a_b/oscam.server four.example.com
[ "$(names odds | tr ' ' '\n' | grep -c '^[LRlra_b]*-[0-9a-f]\{8\}$')" -eq 3 ] || fail "names: $(names odds)"
cp -R odds before
rm -r odd/LR
run 0 batch -q -o fewer odd
[ "$(names fewer | tr ' ' '\n' | grep -c -)" -eq 1 ] || fail "names: $(names fewer)"
diff -r before odds || fail "something else was written"

# what is named twice, or lies within another, is said before anything is made
ln -s north link
run 2 batch -o none north north
says "the INPUT north is named twice"
run 2 batch -o none north link
says "the INPUTs north and link are the same: leave one of them out"
run 2 batch -o none north/kitchen link
says "north/kitchen lies within the INPUT link, which is searched"
printf 'receiver "a" { source = "north/kitchen" }\nreceiver "b" { source = "north/kitchen" profile = "server" }\n' >f.conf
run 0 batch -q -o twofold f.conf north
[ "$(names twofold)" = "a attic b kitchen " ] || fail "the source of a manifest again: $(names twofold)"
run 2 batch -o none f.conf ./f.conf
says "f.conf and ./f.conf are the same manifest"
[ ! -e none ] || fail "something was made by a run that was refused"

# an output in an INPUT is not searched; one that an INPUT is, is refused
mkdir -p north/out
run 0 batch -q -o north/out north
run 0 batch -o north/out --merge north
holds stdout "2 receivers: 2 unchanged"
[ "$(names north/out)" = "attic kitchen " ] || fail "the output was searched: $(names north/out)"
mkdir north/out/copy
cp north/kitchen/CCcam.cfg north/out/copy
run 2 batch -q -o north/out --merge north
says "north/out holds a receiver itself (copy"
rm -r north/out/copy

# what is written stays in the output folder
mkdir -p linked elsewhere
ln -s ../elsewhere linked/attic
run 2 batch -o linked north
says "linked/attic is a link, and what is written must not leave the output folder"
holds stdout "2 receivers: 1 converted, 1 failed"
run 2 batch -o linked --merge north
says "linked/attic is a link"
[ -z "$(ls elsewhere)" ] || fail "files were written behind a link"
rm -r linked elsewhere
run 2 batch -o north north
says "what is written to north would lie in the INPUT north"
run 2 batch -o . north south
says "name another folder with -o"
[ ! -e north/attic/oscam.conf ] || fail "something was written in an INPUT"

# --resume looks at what is there
run 0 batch -o single --resume north/attic north/kitchen
holds stdout "2 receivers: 2 done before"
box north/kitchen four
cp -R single before.single
run 2 batch -o single --resume north/attic north/kitchen
says "north/kitchen/CCcam.cfg: oscam.server is there, but is not what this CCcam.cfg gives now"
holds stdout "2 receivers: 1 done before, 1 failed"
diff -r before.single single || fail "--resume wrote over something"
rm -r single
cp -R before.single single
echo "# mine" >>single/attic/oscam.user
run 2 batch -o single --resume north/attic north/kitchen
says "north/attic/CCcam.cfg: oscam.user is there, but is not"
rm -r single
cp -R before.single single
head -n 3 before.single/attic/oscam.server >single/attic/oscam.server
run 2 batch -o single --resume north/attic north/kitchen
says "north/attic/CCcam.cfg: oscam.server is there, but is not"
rm -r single
cp -R before.single single
: >single/attic/oscam.server
run 2 batch -o single --resume north/attic north/kitchen
says "north/attic/CCcam.cfg: oscam.server is there, but is not"
