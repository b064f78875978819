#!/bin/sh
# The README's way from a receiver and back to it over SSH, as its commands stand there.
. "$SOURCE_DIR/tests/cli/machines.inc"

# part TITLE: the commands in that part of the README.
part() {
	awk -v title="## $1" '/^## / { inside = $0 == title } inside' "$SOURCE_DIR/README.md" |
		sed -n 's/^ *\(\(cc2oscam\|mkdir\|scp\|sh\|ssh\) .*\)/\1/p'
}

# try STATUS TEXT: the next of the commands, which must be of this kind.
try() {
	command=$(sed -n 1p commands)
	sed -i 1d commands
	case $command in
	*"$2"*) ;;
	*) fail "the README's next command is no $2: $command" ;;
	esac
	got=0
	(cd project && PATH=$work/project/build:$PATH && eval "$command") >stdout 2>stderr </dev/null || got=$?
	[ "$got" -eq "$1" ] || fail "status $got, not $1: $command: $(cat stdout)"
}

# there FOLDER: the receiver's OSCam has these files.
there() {
	diff -r -x '*.bak*' -x '*~' -x .cc2oscam.undo "$1" box/etc/tuxbox/config >difference || fail "not on the receiver: $(cat difference)"
}

# Nothing of that kind stands elsewhere in the README. The first part is run by tests/fresh.sh.
for title in "Two commands" "On the receiver itself, one command" "First move, step by step" "OSCam runs already?"; do
	part "$title"
done | grep -v '^cc2oscam' >commands
[ "$(wc -l <commands)" -eq "$(grep -cE '^ *(mkdir|scp|sh|ssh) ' "$SOURCE_DIR/README.md")" ] ||
	fail "the README has commands that no test runs"

home=$SOURCE_DIR/examples/home-receiver
running=$SOURCE_DIR/examples/running-oscam
mkdir -p files/etc/tuxbox/config
cp "$home/CCcam.cfg" files/etc
machine box files 192.0.2.10
sftp_server=/usr/libexec/no-sftp-server
machine without-sftp files 192.0.2.11
project project

# ---- step by step ----

part "First move, step by step" | grep -v ' explain \| undo ' >commands
cp commands first
[ "$(wc -l <commands)" -eq 5 ] || fail "the README's first move has other commands: $(cat commands)"
try 0 "scp root"
cmp project/CCcam.cfg "$home/CCcam.cfg" || fail "another CCcam.cfg came"
try 0 "convert CCcam.cfg"
try 0 "convert CCcam.cfg -o DIR" # what convert says
rm -r project/DIR
try 0 "-o oscam"
try 0 "scp oscam/"
there project/oscam
[ "$(ls box/etc/tuxbox/config | wc -l)" -ge 3 ] || fail "too few files: $(ls box/etc/tuxbox/config)"

# ---- no sftp-server on the receiver ----

sed -n '/scp root/s/2\.10/2.11/p' first >commands
cat commands >again
rm project/CCcam.cfg
try 255 "scp root"
says "Connection closed"
sed 's/^scp/& -O/' again >commands
try 0 "scp -O root"
cmp project/CCcam.cfg "$home/CCcam.cfg" || fail "another CCcam.cfg came by scp -O"

# ---- OSCam runs already ----

cp "$running/CCcam.cfg" box/etc
cp "$running/CCcam.cfg" project
rm -r project/oscam box/etc/tuxbox/config/*
cp "$running/oscam/"* box/etc/tuxbox/config
part "OSCam runs already?" >commands
try 0 "mkdir oscam"
try 0 "scp 'root"
diff -r "$running/oscam" project/oscam || fail "not all of OSCam's files came"
try 1 "diff --merge"
try 0 "convert --merge"
sed -n '$p' first >commands
: >project/oscam/oscam.srvid2
try 0 "scp oscam/"
rm box/etc/tuxbox/config/oscam.srvid2 || fail "not all files are copied"
there "$running/merged"

# ---- on the receiver itself ----

rm box/etc/tuxbox/config/*
cp "$running/oscam/"* box/etc/tuxbox/config
chmod 600 box/etc/tuxbox/config/* # else check complains
part "On the receiver itself, one command" >commands
try 0 "build.sh armv7"
try 0 "scp build-armv7/cc2oscam"
ssh root@192.0.2.10 "cmp $work/bin/cc2oscam /usr/bin/cc2oscam" || fail "the program is not where the receiver looks for it"
if has script bsdutils; then
	got=0
	{ echo "PATH=$PATH" && sed -n 1p commands; } >asking
	echo y | script -qec "sh asking" /dev/null >stdout 2>stderr || got=$?
	[ "$got" -eq 0 ] || fail "status $got: migrate on the receiver: $(cat stdout)"
	there "$running/merged"
fi
sed -i '/ migrate$/d' commands
[ "$(wc -l <commands)" -eq 1 ] || fail "the README has other commands: $(cat commands)"
try 0 "undo /etc/tuxbox/config"
there "$running/oscam"
