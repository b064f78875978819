#!/bin/sh
# What convert -o leaves behind: rights, refusals, and nothing at all when something fails.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >CCcam.cfg <<'END'
C: host1.example.com 12000 anna wordone
F: bert wordtwo 2 1 0 { 0:0:2, 500:0 }
END

# a folder below folders that are not there
run 0 convert -o new/below CCcam.cfg
[ ! -s stdout ] || fail "standard output has something though -o is given"
for folder in new new/below; do
	[ "$(mode $folder)" = drwx------ ] || fail "$folder has other rights: $(mode $folder)"
done
for file in oscam.conf oscam.server oscam.user oscam.services; do
	[ "$(mode new/below/$file)" = -rw------- ] || fail "$file has other rights: $(mode new/below/$file)"
done
[ "$(ls -A new/below | wc -l)" -eq 4 ] || fail "other files than the four: $(ls -A new/below)"

# the same bytes as on standard output, and the same again
run 0 convert CCcam.cfg
for file in oscam.conf oscam.server oscam.user oscam.services; do
	echo "# ===== $file ====="
	cat "new/below/$file"
done >together
cmp -s together stdout || fail "-o and standard output differ"
run 0 convert -o again CCcam.cfg
for file in oscam.conf oscam.server oscam.user oscam.services; do
	cmp -s "again/$file" "new/below/$file" || fail "the second run wrote another $file"
done

# a folder that is there keeps its rights and its other files
mkdir there
echo mine >there/notes.txt
run 0 convert -o there CCcam.cfg
[ "$(mode there)" = drwxr-xr-x ] || fail "the rights of a folder that was there changed"
[ "$(cat there/notes.txt)" = mine ] || fail "another file was touched"
[ "$(mode there/oscam.user)" = -rw------- ] || fail "oscam.user can be read by others"

# any of OSCam's files refuses the whole set
for file in oscam.conf oscam.server oscam.user oscam.services; do
	mkdir old
	echo "# old" >"old/$file"
	run 2 convert -o old CCcam.cfg
	says "$file"
	[ "$(ls -A old)" = "$file" ] || fail "with $file there, this was left: $(ls -A old)"
	[ "$(cat "old/$file")" = "# old" ] || fail "$file was changed"
	rm -r old
done
mkdir old
ln -s nowhere old/oscam.user
run 2 convert -o old CCcam.cfg
[ "$(ls -A old)" = oscam.user ] || fail "a link was taken for no file"
[ ! -e old/nowhere ] || fail "the file behind a link was written"

# --replace keeps the old files, with their rights, and what else is there
mkdir set
echo "# old" >set/oscam.user
echo "# older" >set/oscam.user.bak
echo mine >set/notes.txt
chmod 0640 set/oscam.user
run 0 convert --replace -o set CCcam.cfg
for file in oscam.conf oscam.server oscam.user oscam.services; do
	cmp -s "set/$file" "new/below/$file" || fail "--replace wrote another $file"
done
[ "$(cat set/oscam.user.bak.1)" = "# old" ] || fail "the old file is not kept"
[ "$(cat set/oscam.user.bak)" = "# older" ] || fail "an older backup was overwritten"
[ "$(mode set/oscam.user)" = -rw-r----- ] || fail "the rights of a file that was there changed"
[ "$(ls set | wc -l)" -eq 7 ] || fail "other files than expected: $(ls -A set)"

# all of a set or none: one name that cannot be written is enough
rm -r set
mkdir set
echo "# old" >set/oscam.conf
mkdir set/oscam.user
run 2 convert --replace -o set CCcam.cfg
says "set/oscam.user: is no plain file"
[ "$(ls -A set | wc -l)" -eq 2 ] || fail "something is left: $(ls -A set)"
[ "$(cat set/oscam.conf)" = "# old" ] || fail "one file of a refused set was replaced"
run 2 convert --replace CCcam.cfg
says "--merge and --replace go with -o DIR"

# another process in the same folder
if has flock util-linux; then
	flock set "$CC2OSCAM" convert --replace -o set CCcam.cfg >stdout 2>stderr && fail "the lock was not seen"
	says "set: another cc2oscam is writing there"
fi

# a folder that is none, and one that cannot be written
run 2 convert -o CCcam.cfg CCcam.cfg
says CCcam.cfg
holds CCcam.cfg "C: host1.example.com 12000 anna wordone"
run 2 convert -o CCcam.cfg/below CCcam.cfg
run 2 convert -o /dev/null/below CCcam.cfg
if refused; then
	mkdir -m 0500 closed
	run 2 convert -o closed CCcam.cfg
	says closed
	[ -z "$(ls -A closed)" ] || fail "something is in a folder that cannot be written"
fi

# nothing is made when something would be lost
echo "C: host2.example.com" >>CCcam.cfg
run 2 convert --strict -o strict CCcam.cfg
says --strict
[ ! -e strict ] || fail "--strict made the folder"
run 2 convert --strict CCcam.cfg
[ ! -s stdout ] || fail "--strict printed files"
