#!/bin/sh
# migrate finds, shows, asks, writes and checks; undo takes the last run back, by its record.
. "$SOURCE_DIR/tests/cli/common.inc"
has script bsdutils || exit 77

# typed ANSWERS STATUS WORD...: as run, on a terminal where the answers are typed
typed() {
	answers=$1
	wanted=$2
	shift 2
	got=0
	printf '%b' "$answers" >answers
	script -qec "'$CC2OSCAM' $*" /dev/null <answers >stderr 2>&1 || got=$?
	[ "$got" -eq "$wanted" ] || fail "status $got, not $wanted: cc2oscam $*"
}

mkdir -p box/var/etc box/etc/tuxbox/config
cat >box/var/etc/CCcam.cfg <<'END'
C: host1.example.com 12000 anna wordone
F: bert wordtwo
WEBINFO LISTEN PORT : 16001
WEBINFO USERNAME : admin
WEBINFO PASSWORD : wordthree
END
cp box/var/etc/CCcam.cfg CCcam.cfg.before
oscam=box/etc/tuxbox/config

# without a terminal nothing is written, unless --yes is said; what would change is shown all the same
run 2 migrate --root box
says "migrate asks on a terminal; a script says --yes"
says "CCcam: box/var/etc/CCcam.cfg (1 C, 1 F)"
says "$oscam would get oscam.conf oscam.server oscam.user, and then hold 1 reader, 2 accounts in all"
says "$oscam would change: +1 reader"
[ -z "$(ls -A $oscam)" ] || fail "something was written without an answer"
# nor when the answer is none or another
for answer in '\n' 'n\n' 'yess\n' ''; do
	typed "$answer" 2 migrate --root box
	says "Write this into $oscam? [y/N]"
	says "nothing was written"
	[ -z "$(ls -A $oscam)" ] || fail "something was written after: $answer"
done
mkdir -p near/var/etc near/etc/tuxbox/config
sed 's/^F: bert wordtwo/& 0/; /^WEBINFO [UP]/d' box/var/etc/CCcam.cfg >near/var/etc/CCcam.cfg
run 0 migrate --root near --yes # these are warnings
for code in no-group webif-without-password; do
	[ "$(grep -c "\[$code\]" stderr)" -eq 1 ] || fail "$code is not said once"
done
run 0 convert -q -o near/oscam --root near
run 0 migrate --root box --yes
says "http://RECEIVER:16001/"
says "now: stop CCcam"
says "to go back: stop OSCam, start CCcam"
says "cc2oscam undo $oscam puts its files back as they were"
run 0 convert -q -o same --root box
for file in oscam.conf oscam.server oscam.user; do
	cmp -s same/$file $oscam/$file || fail "migrate writes another $file than convert"
done
sed 's/^logfile .*/&\nlb_mode                       = 1/' $oscam/oscam.conf >with-lb # for the second server
cat with-lb >$oscam/oscam.conf
run 0 migrate --root box
says "$oscam would not change"
says "now: stop CCcam"
lacks stderr "? [y/N]"
says "cc2oscam undo $oscam"
mkdir $oscam/.cc2oscam # by a run that was killed
run 0 migrate --root box --yes
[ ! -e $oscam/.cc2oscam ] || fail "what a killed run left is not tidied up"
# what was new is taken away, also where it was changed since, and undo once more brings it back
run 0 undo $oscam
says "$oscam: oscam.server, which was new, is taken away"
says "$oscam: oscam.conf was changed after that run; the changed text is kept as oscam.conf.bak"
says "next: stop OSCam, whose files were all new, and start CCcam"
[ -z "$(ls $oscam | grep -v "[.]bak$")" ] || fail "undo leaves something new: $(ls $oscam)"
run 0 undo $oscam
cmp -s with-lb $oscam/oscam.conf || fail "undo once more does not bring oscam.conf back"
rm $oscam/*.bak $oscam/.cc2oscam.undo
run 0 migrate --root box
lacks stderr "cc2oscam undo"

# into a set-up that is there: merged, with backups, which undo puts back
cat >>box/var/etc/CCcam.cfg <<'END'
C: host2.example.com 12000 anna wordone { 0:0:3, 0500:0 }
END
echo "# mine" >>$oscam/oscam.user
cp -R $oscam before
typed 'Y\n' 0 migrate --root box
says "OSCam: $oscam (1 reader, 2 accounts"
says "host2.example.com"
says "written; the old files are kept beside them as .bak"
says "cc2oscam undo $oscam"
holds $oscam/oscam.server host2.example.com
holds $oscam/oscam.services deny_0500
holds $oscam/oscam.user "# mine"
cp -R $oscam after
same_as() { # same_as FOLDER: OSCam's files are those again
	for file in oscam.conf oscam.server oscam.user oscam.services; do
		[ ! -e "$1/$file" ] && [ ! -e "$oscam/$file" ] && continue
		cmp -s "$1/$file" "$oscam/$file" || fail "$file is not that of $1"
	done
}
for round in 1 2; do
	run 0 undo $oscam
	says "$oscam: oscam.server has the text of oscam.server.bak"
	says "$oscam: oscam.services, which was new, is taken away"
	says "cc2oscam undo $oscam"
	same_as before
	run 0 undo $oscam
	same_as after
done
cmp -s box/var/etc/CCcam.cfg CCcam.cfg.before && fail "the test is wrong"

# backups count for nothing
touch "$oscam/oscam.dvbapi.1.2026-11-30@12:00:00~"
run 0 locate box
lacks stdout ".bak"
lacks stdout "oscam.dvbapi"
rm "$oscam"/*~

# only the newest set: what only an earlier run changed stays
run 0 migrate --root box -q
[ ! -s stderr ] || fail "-q said something"
echo "C: host3.example.com 12000 anna wordone" >>box/var/etc/CCcam.cfg
cp -R $oscam earlier
sleep 0.1
run 0 migrate --root box --yes
cmp -s earlier/oscam.user $oscam/oscam.user || fail "oscam.user changed too"
run 0 undo $oscam
lacks stderr oscam.user
same_as earlier
run 0 undo $oscam -q
[ ! -s stderr ] || fail "-q said something"

# the question stands on the screen before anybody answers
mkfifo typing
script -qec "'$CC2OSCAM' migrate -q --root near -o asked" /dev/null <typing >screen 2>&1 &
exec 3>typing
tries=0
until grep -q "\[y/N\]" screen; do
	tries=$((tries + 1))
	[ $tries -lt 600 ] || fail "nothing is asked: $(cat screen)"
	sleep 0.1
done
echo n >&3
exec 3>&-
wait
[ ! -e asked ] || fail "something was written without an answer"

# what cannot be looked at may be in use
mkdir -p large/etc large/var/etc large/etc/tuxbox/config
cp CCcam.cfg.before large/etc/CCcam.cfg
cp CCcam.cfg.before large/var/etc/CCcam.cfg
dd if=/dev/zero of=large/var/etc/CCcam.cfg bs=1 count=1 seek=200000000 conv=notrunc 2>dd
run 2 migrate --root large --yes
says "large/var/etc/CCcam.cfg cannot be looked at: "
run 0 migrate --root large --yes large/etc/CCcam.cfg

# several files: asked on a terminal, named for a script
mkdir -p box/usr/keys box/etc/oscam
echo "C: host9.example.com 12000 anna wordone" >box/usr/keys/CCcam.cfg
run 2 migrate --root box --yes
says "there are 2 CCcam.cfg that differ, and nothing was written"
says "  cc2oscam migrate --root box --yes box/usr/keys/CCcam.cfg"
typed '\n' 2 migrate --root box
says "Which CCcam.cfg is in use?"
says "nothing was written"
typed '7\n' 2 migrate --root box
typed '2\ny\n' 0 migrate --root box
says "1  box/var/etc/CCcam.cfg"
says "CCcam: box/usr/keys/CCcam.cfg"
holds $oscam/oscam.server host9.example.com
cp same/* box/etc/oscam
run 2 migrate --root box --yes box/usr/keys/CCcam.cfg
says "there are 2 folders of OSCam's"
says "  cc2oscam migrate --root box --yes box/usr/keys/CCcam.cfg -o box/etc/oscam"
run 2 migrate --root box --yes -o box/etc/oscam
says "  cc2oscam migrate --root box --yes box/usr/keys/CCcam.cfg -o box/etc/oscam"
run 0 migrate --root box --yes box/usr/keys/CCcam.cfg -o box/etc/oscam
holds box/etc/oscam/oscam.server host9.example.com
echo "C: host8.example.com 12000 anna wordone" >>box/usr/keys/CCcam.cfg
typed '2\nno\n' 2 migrate --root box box/usr/keys/CCcam.cfg
says "Which folder of OSCam's is in use?"
says "Write this into box/etc/oscam?"

# where only new files come beside those that are there, nothing is kept, and undo takes them away
mkdir -p few/etc/tuxbox/config
cp CCcam.cfg.before few/etc/CCcam.cfg
echo "# mine" >few/etc/tuxbox/config/oscam.srvid
run 0 migrate --root few --yes
says "few/etc/tuxbox/config: written"
lacks stderr ".bak"
says "cc2oscam undo few/etc/tuxbox/config"
[ -z "$(find few -name '*.bak*')" ] || fail "something was kept"

# of two CCcam.cfg the one that says something counts; where none does, CCcam is to stay
mkdir -p two/etc two/var/etc
cp CCcam.cfg.before two/var/etc/CCcam.cfg
: >two/etc/CCcam.cfg
run 0 migrate --root two -o two/oscam --yes --report two.json
says "CCcam: two/var/etc/CCcam.cfg ("
says "; two/etc/CCcam.cfg (empty) is not used"
says "the report is in two.json"
echo "# nothing" >two/var/etc/CCcam.cfg
rm two/etc/CCcam.cfg
run 2 migrate --root two -o two/other --yes
says "two/var/etc/CCcam.cfg has no server, no card reader and no friend that OSCam could use, and nothing was written"
says "  cc2oscam migrate --root two --yes FILE -o two/other"
says "  cc2oscam migrate --root two --yes -o two/other --allow-empty"
[ ! -e two/other ] || fail "an empty set-up was written"
run 2 migrate --root two -o two/other --yes - </dev/null
says "standard input has no server"
[ ! -e two/other ] || fail "an empty set-up was written"
: >two/etc/CCcam.cfg
run 2 migrate --root two -o two/other --yes two/etc/CCcam.cfg
rm two/etc/CCcam.cfg
run 0 migrate --root two -o two/other --yes --allow-empty
says "now: leave CCcam as it is; two/var/etc/CCcam.cfg has no server, no card reader and no friend"
says "  cc2oscam migrate --root two --yes --allow-empty FILE -o two/other"
lacks stderr "stop CCcam"

# a folder that is not there yet, and what cannot be done
rm -rf box/etc/tuxbox box/etc/oscam box/usr
run 0 migrate --root box --yes -o new
[ -f new/oscam.server ] || fail "nothing is in the new folder"
rm box/var/etc/CCcam.cfg
run 2 migrate --root box --yes
says "no CCcam.cfg that can be read is at the known places under box"
run 2 migrate --root none --yes
says "none: there is no such folder"
: >empty.cfg
run 2 migrate --root box --yes empty.cfg -o new
says "nothing in empty.cfg was understood"
says "cc2oscam migrate --root box --yes --merge --allow-empty empty.cfg -o new"
run 0 migrate --root box --yes --merge --allow-empty empty.cfg -o new
echo "C: host1.example.com" >lost.cfg
run 2 migrate --root box --yes --strict lost.cfg -o lost
[ ! -e lost ] || fail "something was written though it was refused"
run 2 migrate --root box --yes lost.cfg -o lost # nothing is left

# of the findings the gravest is named last, and of warnings that of a loss; the status is that of convert
cat >lost.cfg <<'END'
WEBINFO LISTEN PORT : 16001
C: host1.example.com 12000 anna wordone
N: host2.example.com 15050 anna wordone 01 02 03
END
last_code() { # last_code CODE OPTION...: in a new folder
	code=$1
	shift
	run 1 migrate --root box --yes lost.cfg -o lost "$@"
	says "[webif-without-password]"
	says "next: mend what is named, and migrate again; what a finding means:"
	says "  cc2oscam explain $code"
	run 1 migrate --root box --yes lost.cfg -o lost "$@" # nothing new
	says "  cc2oscam explain $code"
	rm -r lost
}
last_code des-key
last_code des-key -W des-key
last_code webif-without-password -W des-key -E webif-without-password
sed -i '$d' lost.cfg
run 0 migrate --root box --yes lost.cfg -o lost
says "  cc2oscam explain webif-without-password"

# a screen or a log gets no password: where they are merged, the diff is complete before anything is written
echo "C: host3.example.com 12000 anna wordsix" >>lost.cfg
rm -r lost
cp -R before lost
got=0
"$CC2OSCAM" migrate --root box --yes lost.cfg -o lost >log 2>&1 || got=$?
holds log "+device                        = host3.example.com,12000"
lacks log wordsix
lacks log wordone
holds lost/oscam.server wordsix
sed -n '/would change/,$p' log >after_diff
holds after_diff "lost: written"
lacks after_diff "+device"
rm -r lost after
run 2 undo
run 2 undo none
run 2 undo empty.cfg
says "cc2oscam locate finds the folder"
run 2 convert --yes lost.cfg
run 0 help migrate
run 0 help undo

# NCam's files, by what is in the folder; and a folder's name does nothing to the terminal
mkdir -p ncam/etc/tuxbox/config/ncam
echo "C: host1.example.com 12000 anna wordone" >ncam/etc/CCcam.cfg
printf '[reader]\nlabel = mine\nprotocol = mouse\ndevice = /dev/ttyUSB0\ngroup = 1\n' >ncam/etc/tuxbox/config/ncam/ncam.server
run 0 migrate --root ncam --yes
says "NCam: ncam/etc/tuxbox/config/ncam"
holds ncam/etc/tuxbox/config/ncam/ncam.server host1.example.com
[ ! -e ncam/etc/tuxbox/config/ncam/oscam.server ] || fail "OSCam's files were made for NCam"
lacks stderr "stop OSCam"
run 0 undo ncam/etc/tuxbox/config/ncam
says "restart NCam"
lacks ncam/etc/tuxbox/config/ncam/ncam.server host1.example.com
[ ! -e ncam/etc/tuxbox/config/ncam/ncam.user ] || fail "a new file stays"
# with both programs on the receiver, --target says which is meant
cp ncam/etc/tuxbox/config/ncam/ncam.server ncam/etc/tuxbox/config/oscam.server
run 2 migrate --root ncam --yes
says "there are 2 folders of OSCam's"
# what check finds in the old files counts too
printf '[webif]\nhttpport = +8443\nhttpallowed = 127.0.0.1\n' >ncam/etc/tuxbox/config/oscam.conf
run 1 migrate --root ncam --yes --target oscam -E webif-without-password
says "https://RECEIVER:8443/"
holds ncam/etc/tuxbox/config/oscam.server host1.example.com
run 0 migrate --root ncam --yes --target ncam
holds ncam/etc/tuxbox/config/ncam/ncam.server host1.example.com
rm ncam/etc/tuxbox/config/ncam/ncam.*
echo "# mine" >ncam/etc/tuxbox/config/ncam/ncam.conf
run 0 migrate --root ncam --yes --target ncam
holds ncam/etc/tuxbox/config/ncam/ncam.server host1.example.com
[ ! -e ncam/etc/tuxbox/config/ncam.server ] || fail "NCam's files are in OSCam's folder, though NCam has one"
rm ncam/etc/tuxbox/config/oscam.*
odd=$(printf 'odd\nOSCam: \033[1m')
run 0 migrate --root ncam --yes -o "$odd"
lacks stderr "$(printf '\033')"
[ "$(grep -c '^OSCam: ' stderr)" -le 1 ] || fail "the folder's name makes a line of its own"
