#!/bin/sh
# Merging and replacing: what is kept beside, what a second run does, what refuses; and the diff that shows it first.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >CCcam.cfg <<'END_OF_FILE'
C: host1.example.com 12000 anna wordone
N: host2.example.com 15000 anna wordtwo 01 02 03 04 05 06 07 08 09 10 11 12 13 14
F: bert wordthree 1 1 0 { 0:0:2, 500:0 }
END_OF_FILE
mkdir was
cat >was/oscam.server <<'END_OF_FILE'
# by hand
[reader]
label = mine
protocol = cs378x
device = 192.0.2.7,15000
user = anna
password = wordfour
group = 1
END_OF_FILE
printf '[account]\r\nuser = kids\r\npwd = wordfive\r\ngroup = 1\r\n' >was/oscam.user
printf 'P: 0500' >was/oscam.dvbapi
chmod 0640 was/oscam.server
cp -pR was now
files='oscam.conf oscam.dvbapi oscam.server oscam.services oscam.user'

# same FOLDER FOLDER: OSCam's files in both are equal.
same() {
	for file in $files; do
		[ -e "$1/$file" ] || [ -e "$2/$file" ] || continue
		cmp -s "$1/$file" "$2/$file" || fail "$file differs in $1 and $2"
	done
}

# the diff is what patch and git make of the old files; it touches nothing
for existing in --merge --replace; do
	run 1 diff $existing CCcam.cfg now
	same was now
	[ "$(ls -A now | wc -l)" -eq 3 ] || fail "diff left something: $(ls -A now)"
	cp stdout difference
	cp -pR was patched
	if has patch patch; then
		(cd patched && patch -s -p1 --binary <../difference)
		cp -pR was wanted
		run 0 convert $existing CCcam.cfg -o wanted
		same patched wanted
		rm -r wanted
	fi
	rm -r patched
	run 1 diff -q $existing CCcam.cfg now
	[ ! -s stderr ] || fail "-q says something"
done
run 1 diff CCcam.cfg nowhere
[ ! -e nowhere ] || fail "diff made the folder"
run 1 diff --color always CCcam.cfg now
grep -q "$(printf '\033')" stdout || fail "no colour with --color always"
run 1 diff --redact --merge CCcam.cfg now
for word in wordone wordtwo wordthree 0102030405 host1 host2; do
	lacks stdout $word
done
run 1 diff - now <CCcam.cfg

# the merge: the old files beside, rights kept, lines that are not ours as they were
run 0 convert --merge CCcam.cfg -o now
[ "$(mode now/oscam.server)" = -rw-r----- ] || fail "the rights changed: $(mode now/oscam.server)"
[ "$(mode now/oscam.services)" = -rw------- ] || fail "a new file has other rights"
for file in oscam.server oscam.user; do
	cmp -s was/$file now/$file.bak || fail "$file.bak is not the old file"
done
cmp -s was/oscam.dvbapi now/oscam.dvbapi || fail "a file that nothing changes was changed"
[ ! -e now/oscam.dvbapi.bak ] || fail "a backup of what did not change"
head -n 8 now/oscam.server | cmp -s - was/oscam.server || fail "the reader of our own was changed"
[ "$(tr -cd '\r' <now/oscam.user | wc -c)" -eq "$(wc -l <now/oscam.user)" ] || fail "mixed line ends"

# once more: nothing; with the report, which has the files all the same
ls -Al now >before
run 0 convert --merge CCcam.cfg -o now --report report.json
says "nothing to change"
ls -Al now >after
cmp -s before after || fail "a second merge changed something"
holds report.json '"name":"oscam.server"'
run 0 diff --merge CCcam.cfg now
says "would not change"
[ ! -s stdout ] || fail "a diff of nothing"

# of what a merge leaves check says nothing that the merge did not say
chmod 0600 now/oscam.*
run 1 check now
says "5 files: 1 warning"
says "[webif-without-password]"

# a change of CCcam.cfg is brought over, with another backup
sed 's/wordone/wordsix/' CCcam.cfg >newer.cfg
run 0 convert --merge newer.cfg -o now
[ -e now/oscam.server.bak.1 ] || fail "the older backup was overwritten, or there is none"
holds now/oscam.server wordsix
lacks now/oscam.server wordone

# replacing: what is new, and nothing else; the rest stays beside it
cp -pR was other
run 0 convert --replace CCcam.cfg -o other
lacks other/oscam.server wordfour
holds other/oscam.server.bak wordfour
run 0 convert --replace CCcam.cfg -o other
says "nothing to change"
[ ! -e other/oscam.server.bak.1 ] || fail "the same text was written once more"

# refusals
run 2 convert --merge CCcam.cfg
run 2 convert --merge --replace CCcam.cfg -o now
run 2 diff CCcam.cfg
run 2 diff CCcam.cfg now -o now
run 2 diff CCcam.cfg CCcam.cfg
run 2 diff missing.cfg now
echo "C: host2.example.com" >>newer.cfg
cp -pR now strict
run 2 convert --strict --merge newer.cfg -o strict
same now strict
run 2 diff --strict --merge newer.cfg now
run 1 convert --merge newer.cfg -o strict
mkdir odd
mkfifo odd/oscam.user
run 2 convert --merge CCcam.cfg -o odd
says oscam.user
run 2 diff --merge CCcam.cfg odd

# what --only leaves out is said where it matters; and that a folder is not there yet
run 0 convert --only oscam.user CCcam.cfg
says "the folder has no oscam.services"
run 0 convert --only oscam.conf CCcam.cfg
! grep -q services stderr || fail "said where nothing refers to it"
run 1 diff CCcam.cfg nowhere
says "nowhere is not there yet"

