#!/bin/sh
# Every command in the README and in the manual pages works as it stands there.
. "$SOURCE_DIR/tests/cli/common.inc"

# What the commands are about: a CCcam.cfg, OSCam's folder, a copy of a receiver, two machines' backups.
examples=$SOURCE_DIR/examples
mkdir -p play/box/etc/tuxbox/config/oscam
cp "$examples/home-receiver/CCcam.cfg" play/CCcam.cfg
cp "$examples/home-receiver/CCcam.cfg" play/box/etc/CCcam.cfg
cp -R "$examples/running-oscam/oscam" play/oscam
cp play/oscam/* play/box/etc/tuxbox/config/oscam
echo "C: undone.example.com 12000 anna wordone" >undone.cfg # for undo
for folder in play/oscam play/box/etc/tuxbox/config/oscam; do
	"$CC2OSCAM" convert -q --merge undone.cfg -o $folder
done
sh "$examples/fleet/make.sh" play/fleet >/dev/null
mv play/fleet/* play
"$CC2OSCAM" batch -q -o play/written play/north play/south >/dev/null || :
mkdir play/backups play/mine
for box in living-room kitchen; do
	cp -R "$examples/fleet/boxes/$box" play/backups/$box.example.com
done
"$CC2OSCAM" batch -q -o play/new play/backups >/dev/null

# Commands stand behind blanks in the pages; in the README in a block, or between backticks. Capitals stand for
# something else, but for names of files and of variables.
{
	sed -n 's/^    \(cc2oscam .*\)/\1/p' "$SOURCE_DIR"/src/app/pages/*.page
	sed -n 's/^ *\(cc2oscam [a-z].*\)/\1/p' "$SOURCE_DIR/README.md"
	grep -o '`cc2oscam [a-z][^`]*`' "$SOURCE_DIR/README.md" "$SOURCE_DIR"/src/app/pages/*.page | sed 's/^[^`]*`//; s/`$//'
} | grep -vE '\[|\.\.\.|^cc2oscam [a-z]*$|(^| )(DIR|FILE|ROOT|OUT|INPUT|WORD|CODE|TOPIC|CODE,CODE)( |$)' | sort -u >commands
[ "$(wc -l <commands)" -ge 25 ] || fail "only $(wc -l <commands) commands were found"

PATH=$(dirname "$CC2OSCAM"):$PATH
while IFS= read -r command; do
	rm -rf here
	cp -R play here
	case $command in
	*--merge* | *--replace*) ;;
	*" -o oscam"*) rm -r here/oscam ;;
	esac
	case $command in
	*"batch -o new"*) rm -r here/new ;;
	*check\ oscam/north*) mkdir -p here/oscam && cp -R play/written/north here/oscam ;;
	esac
	got=0
	(cd here && eval "$command") >stdout 2>stderr </dev/null || got=$?
	# One receiver of the example is broken on purpose.
	case $command in
	*batch*) worst=2 ;;
	*) worst=1 ;;
	esac
	[ "$got" -le "$worst" ] || fail "status $got: $command"
	lacks stderr "no option"
	lacks stderr "no command"
	lacks stderr "cannot be read"
done <commands

# Other commands of the pages stand in the examples' pages, whose commands fleet.sh, fleet-parallel.sh and fleet-ssh.sh run.
sed -n 's/^    \(\(sh\|ssh\|scp\|ansible-playbook\|PARALLEL=.*\) .*\)/\1/p' "$SOURCE_DIR"/src/app/pages/*.page |
	sed 's/ && .*//' >others
[ "$(wc -l <others)" -ge 9 ] || fail "only $(wc -l <others) other commands were found"
while IFS= read -r command; do
	grep -qF -- "$command" "$examples/fleet/README.md" || fail "no test runs: $command"
done <others
