#!/bin/sh
# A fleet over what is there: what --merge and --replace write, what --diff says before, and that neither touches
# what is as it should be.
. "$SOURCE_DIR/tests/cli/common.inc"

has patch patch || exit 77

for name in attic bath cellar; do
	mkdir -p in/site/$name
	echo "C: $name.example.com 12000 anna wordone" >in/site/$name/CCcam.cfg
done

# nothing there: everything would be new
run 1 batch --diff -o out in
[ ! -e out ] || fail "--diff made OUT"
says "3 receivers: 3 would change"
mkdir patched
(cd patched && patch -s -p1 <../stdout) || fail "patch does not take the diff of new receivers"
run 0 batch -o out in
for name in attic bath cellar; do
	diff -r patched/site/$name out/site/$name || fail "the diff of $name is not what batch writes"
done
run 0 batch --diff -o out in
[ ! -s stdout ] || fail "a diff of nothing"
says "3 receivers: 3 unchanged"

# somebody's own reader in one, another line in the next
printf '\n# mine\n[reader]\nlabel    = own\nprotocol = newcamd\ndevice   = own.example.com,1\n' >>out/site/attic/oscam.server
echo "C: more.example.com 12000 anna wordtwo" >>in/site/bath/CCcam.cfg
touch -d '2001-01-01 00:00' out/site/*/*
cp -Rp out before

run 1 batch --diff --merge -o out in
cp stdout merge.patch
[ "$(grep -c '^diff ' merge.patch)" -eq 1 ] || fail "the merge changes more than one file"
run 1 batch -j 2 --diff -o out in
cp stdout replace.patch
[ "$(grep '^--- ' replace.patch | cut -c5-)" = "a/site/attic/oscam.server
a/site/bath/oscam.conf
a/site/bath/oscam.server" ] || fail "the diff is about: $(grep '^--- ' replace.patch)"
run 1 batch --diff --redact -o out in
lacks stdout wordtwo
diff -r before out || fail "--diff changed something"
run 1 batch --diff -q --report - -o out in
[ "$(wc -l <stdout)" -eq 3 ] || fail "with the report on standard output: $(head -n 2 stdout)"

run 2 batch -o out in
says "site/attic/CCcam.cfg: oscam.conf is there already"
diff -r before out || fail "a refused run changed something"

cp -R before merged
(cd merged && patch -s -p1 <../merge.patch) || fail "patch does not take the diff of a merge"
run 0 batch --merge -o out in
holds stdout "3 receivers: 1 converted, 2 unchanged"
holds out/site/attic/oscam.server "label    = own"
cmp -s before/site/bath/oscam.server out/site/bath/oscam.server.bak || fail "no backup of the old file"
rm out/site/bath/oscam.server.bak
diff -r -x .cc2oscam.undo merged out || fail "the merge is not what the diff said"
ls -l --time-style=full-iso out/site/cellar >/dev/null 2>&1 && ls -l --time-style=full-iso out/site/cellar/oscam.server |
	grep -q 2001-01-01 || fail "what is unchanged was written again"
run 0 batch --merge -o out in
holds stdout "3 receivers: 3 unchanged"
diff -r -x .cc2oscam.undo merged out || fail "a second merge changed something"

run 0 batch --replace -o out in -v
holds stdout "3 receivers: 2 converted, 1 unchanged"
says "in/site/attic/CCcam.cfg: +0, ~0, -1 reader"
lacks out/site/attic/oscam.server own.example.com
[ "$(ls -A out/site/attic)" = ".cc2oscam.undo
oscam.conf
oscam.server
oscam.server.bak
oscam.user" ] || fail "beside the files: $(ls -A out/site/attic)"

# one that cannot be read back stops only itself; --strict is for each
mkdir out/site/bath/oscam.user.d
rm out/site/bath/oscam.user
mv out/site/bath/oscam.user.d out/site/bath/oscam.user
echo "C: bad" >>in/site/attic/CCcam.cfg
echo "C: last.example.com 12000 anna wordone" >>in/site/cellar/CCcam.cfg
run 2 batch --merge --strict -o out in
holds stdout "failed: something would be lost"
holds stdout "3 receivers: 1 converted, 2 failed"
holds out/site/cellar/oscam.server last.example.com
run 2 batch --resume --merge -o out in
says --resume
run 2 batch --merge --replace -o out in

# a file that is a link leads out of the output folder: that receiver fails, and what the link leads to stays
echo precious >victim
cp victim kept
ln -sf ../../../victim out/site/bath/oscam.server
for how in --merge --replace "--merge --diff" --resume; do
	run 2 batch $how -o out in
	says "oscam.server: is a link, and what is written must not leave the output folder"
	lacks stdout precious
	cmp -s victim kept || fail "batch $how wrote outside the output folder"
done
