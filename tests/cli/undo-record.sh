#!/bin/sh
# undo goes by the record of the last run: it puts back the texts that were there, and nothing else.
. "$SOURCE_DIR/tests/cli/common.inc"

example=$SOURCE_DIR/examples/running-oscam
record=now/.cc2oscam.undo

# fresh: OSCam's folder `now`, with a new oscam.user to come, and `before` beside it
fresh() {
	rm -rf now before
	cp -R "$example/oscam" now
	rm -f now/oscam.user
	cp -R now before
}

merge() {
	run 0 convert -q --merge "$example/CCcam.cfg" -o now
}

# refuses TEXT: undo does nothing, and says that
refuses() {
	rm -rf kept
	cp -R now kept
	run 2 undo now
	says "$1"
	diff -r kept now >difference 2>&1 || fail "a refused undo changed something: $(cat difference)"
}

is_before() {
	for file in oscam.conf oscam.server oscam.services; do
		[ ! -e before/$file ] || cmp -s before/$file now/$file || fail "$file is not as before"
	done
	[ ! -e now/oscam.user ] || fail "the new oscam.user stays"
}

# a hint names only what is there
fresh
rm -f now/*.bak*
refuses "No backup (.bak) is in now either."
lacks stderr "cp -p"
run 2 undo nowhere
says "cc2oscam locate"

# backups of others count for nothing, with or without a run
fresh
echo "# of 2020" >now/oscam.server.bak
echo "# of 2020" >now/oscam.conf.bak.7
refuses "there is nothing to undo in now: no run"
says "cp -p now/oscam.server.bak now/oscam.server"
says "cp -p now/oscam.conf.bak.7 now/oscam.conf"
lacks stderr "oscam.user"
merge
[ "$(mode $record)" = -rw------- ] || fail "the record has the mode $(mode $record)"
holds $record "may be deleted"
echo "# by OSCam's web page" >now/oscam.conf.bak.9
run 0 undo now
is_before
says "now: oscam.server has the text of oscam.server.bak.1 again"

# by a link, the backup lies beside the file itself
fresh
mkdir -p elsewhere
mv now/oscam.server elsewhere/real
ln -s ../elsewhere/real now/oscam.server
merge
run 0 undo now
says "now: oscam.server has the text of real.bak again"
is_before
[ -L now/oscam.server ] || fail "the link was replaced"

# what was changed since is kept, and that is said
fresh
merge
echo "# mine" >>now/oscam.user
echo "# mine" >>now/oscam.server
cp now/oscam.server changed
run 0 undo now
is_before
says "now: oscam.user, which was new, is taken away"
says "now: oscam.user was changed after that run; the changed text is kept as oscam.user.bak"
says "now: oscam.server was changed after that run; the changed text is kept as oscam.server.bak.1"
cmp -s changed now/oscam.server.bak.1 || fail "the changed text is not kept"
run 0 undo now
cmp -s changed now/oscam.server || fail "undo once more does not bring the changed text back"
holds now/oscam.user "# mine"
[ ! -e $record.bak ] || fail "a backup of the record is kept"

# a backup that is gone or was changed: nothing is put back
fresh
merge
cp now/oscam.server.bak server
rm now/oscam.server.bak
refuses "now/oscam.server: the backup (.bak) with its old text is not there any more"
echo "# other" >now/oscam.server.bak
refuses "now/oscam.server: the backup (.bak) with its old text is not there any more"
mkdir now/oscam.server.bak.2
mkfifo now/oscam.server.bak.3 # which nobody waits for
run 2 undo now
says "now/oscam.server: the backup"
rm now/oscam.server.bak.3
# another name of a backup does as well; of several with that text the newest is named
for number in 4 5 12 6 7 8 9 10; do cp server now/oscam.server.bak.$number; done
run 0 undo now
says "oscam.server.bak.12"
is_before

# put back by hand already
fresh
merge
for file in now/*.bak; do cp -p "$file" "${file%.bak}"; done
rm now/oscam.user
run 0 undo now
says "now: oscam.server is already as before that run"
lacks stderr "next:"
is_before

# a run that changes nothing leaves the record as it is
fresh
merge
cp $record record
merge
cmp -s record $record || fail "a merge that changes nothing changes the record"
run 0 undo now
is_before

# a record that is none
fresh
merge
cp $record record
for damage in 'sed -e $d' 'sed -e s/^oscam/other/' 'sed -e s/^oscam.server/..\/oscam.server/' 'sed -e s/[0-9a-f]$/g/' \
	'sed -e 3s/^oscam/ncam/' 'sed -e 3p' 'sed -e 4s/[.].*//;4q' 'head -c 100' 'head -c 0' 'tr \n \0' 'cat - /dev/null record' 'head -c 9000000 /dev/zero'; do
	$damage <record >damaged
	cat damaged >$record
	refuses "now/.cc2oscam.undo is damaged"
	says "cp -p now/oscam.server.bak now/oscam.server"
done
rm $record
ln -s ../record $record
refuses "now/.cc2oscam.undo: is a link"
run 2 convert -q --replace "$SOURCE_DIR/examples/home-receiver/CCcam.cfg" -o now
says "now/.cc2oscam.undo: is a link"
rm $record
mkdir $record
refuses "now/.cc2oscam.undo: is no plain file"
rmdir $record
refuses "there is nothing to undo in now"
cp record $record
run 0 undo now
is_before

# batch: a record where something is merged or replaced, and none in new folders
mkdir -p in/attic
cp "$example/CCcam.cfg" in/attic
run 0 batch -q -o out in
[ ! -e out/attic/.cc2oscam.undo ] || fail "a plain batch writes a record"
run 0 convert -q "$example/CCcam.cfg" -o new
[ ! -e new/.cc2oscam.undo ] || fail "a plain convert writes a record"
cp -R out before-batch
echo "C: last.example.com 12000 anna wordone" >>in/attic/CCcam.cfg
for how in --merge --replace; do
	run 0 batch -q $how -o out in
	run 0 undo out/attic
	cmp -s before-batch/attic/oscam.server out/attic/oscam.server || fail "undo after batch $how"
done

# where undo took all files away, only the record is left, and makes room for that of the next run
mkdir -p box/etc
cp "$example/CCcam.cfg" box/etc
for round in 1 2; do
	run 0 migrate -q --root box --yes -o again
	run 0 undo again
	[ ! -e again/oscam.server ] || fail "the new oscam.server stays"
done
