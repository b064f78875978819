#!/bin/sh
# The Ansible role of examples/ansible, with folders for receivers: what a look shows, what a run writes, that a second
# run changes nothing, that one broken receiver stands in nobody's way, and the way back.
. "$SOURCE_DIR/tests/cli/common.inc"

has ansible-playbook ansible-core || exit 77
exec </dev/null # Ansible takes no input that does not wait

example=$SOURCE_DIR/examples/ansible
secrets="kettle-42 ladder-5 basket-1 walnut-17 spoon-9 candle-6 candle-7 hammer-8 plum-1 plum-2 01020304"
LC_ALL=C.UTF-8
TMPDIR=$work/tmp
ANSIBLE_CONFIG=$example/ansible.cfg
ANSIBLE_HOME=$work/ansible
ANSIBLE_LOCAL_TEMP=$work/ansible/local
ANSIBLE_REMOTE_TEMP=$work/ansible/remote
ANSIBLE_NOCOLOR=1
ANSIBLE_NOCOWS=1
export LC_ALL TMPDIR ANSIBLE_CONFIG ANSIBLE_HOME ANSIBLE_LOCAL_TEMP ANSIBLE_REMOTE_TEMP ANSIBLE_NOCOLOR ANSIBLE_NOCOWS
mkdir "$TMPDIR"
cp -RP "$SOURCE_DIR/examples/fleet/boxes" before
# OSCam may run as somebody else, who has to go on reading what is there
chmod 644 before/living-room/etc/tuxbox/config/oscam.server
chmod 640 before/living-room/etc/tuxbox/config/oscam.user
cp -RP before boxes
server=boxes/living-room/etc/tuxbox/config/oscam.server
[ "$(id -u)" -ne 0 ] || chown 12345:12345 "$server"
owner=$(ls -ln "$server" | awk '{ print $3, $4 }')

# play STATUS HOSTS WORD...: the playbook ($book) ends with that status, leaves no copies, and prints no password.
book=site
play() {
	wanted=$1 hosts=$2
	shift 2
	got=0
	ansible-playbook -v -i "$example/boxes.yml" -e "boxes=$work/boxes" -e "cc2oscam_program=$CC2OSCAM" \
		--limit "$hosts" "$@" "$example/$book.yml" >stdout 2>stderr || got=$?
	[ "$got" -eq "$wanted" ] || {
		cat stdout
		fail "status $got, not $wanted: ansible-playbook $book.yml $*"
	}
	for secret in $secrets; do
		lacks stdout "$secret"
		lacks stderr "$secret"
	done
	find "$TMPDIR" -name 'cc2oscam.*' >left
	[ ! -s left ] || fail "left on the controller: $(cat left)"
}

# recap HOST CHANGED FAILED
recap() {
	grep -q "^$1 .* changed=$2 .* failed=$3 " stdout || {
		cat stdout
		fail "$1 is not changed=$2 failed=$3"
	}
}

unchanged() {
	diff -r --no-dereference "$1" "$2" >difference || fail "it must not change: $(cat difference)"
}

# the inventory that is there to be copied
ansible-playbook -i "$example/inventory.yml" --list-hosts "$example/site.yml" >stdout 2>stderr ||
	fail "inventory.yml is not taken"
holds stdout "living-room.example.com"

folder=etc/tuxbox/config
all=living-room,kitchen,cellar,shed
kept=$HOME/.local/state/cc2oscam
restart="cc2oscam_restart='touch $work/restarted.{{ inventory_hostname }}'"

# without cc2oscam nothing is begun, and it is said once
ansible-playbook -i "$example/boxes.yml" -e "boxes=$work/boxes" -e cc2oscam_program=nothere "$example/site.yml" \
	>stdout 2>stderr && fail "a missing cc2oscam is no failure"
[ "$(grep -c "nothere cannot be run on the controller" stdout)" -eq 1 ] || fail "not said once: $(cat stdout)"
unchanged before boxes

# a look: the differences, and nothing else
play 2 $all -e "$restart" --check --diff
unchanged before boxes
recap living-room 1 0
recap kitchen 1 0
recap cellar 1 0
recap shed 0 1
holds stdout "+protocol                      = newcamd"
holds stdout "+I: 0100:000080"
holds stdout "shed has no file"
holds stdout "[des-key]"
[ -z "$(ls restarted.* 2>/dev/null)" ] || fail "a look restarted something"

# a run: what cc2oscam gives, beside what was there
play 2 $all -e "$restart"
for host in living-room kitchen cellar; do
	recap $host 2 0 # the files, and the restart
	[ -f restarted.$host ] || fail "$host was not restarted"
	mkdir -p expected
	[ ! -d before/$host/$folder ] || cp -R before/$host/$folder expected/$host
	"$CC2OSCAM" convert -q --merge -o expected/$host --root before/$host before/$host/etc/CCcam.cfg || [ $? -eq 1 ]
	diff -r -x '*.bak' -x '*~' -x .cc2oscam.undo expected/$host boxes/$host/$folder >difference ||
		fail "$host has something else than convert gives: $(cat difference)"
	for file in boxes/$host/$folder/oscam.*[a-z]; do
		rights=-rw-------
		[ ! -e "before/${file#boxes/}" ] || rights=$(mode "before/${file#boxes/}")
		[ "$(mode "$file")" = "$rights" ] || fail "$file has the mode $(mode "$file")"
	done
done
[ "$(ls -ln "$server" | awk '{ print $3, $4 }')" = "$owner" ] || fail "another owner: $(ls -ln "$server")"
recap shed 0 1
unchanged before/shed boxes/shed
[ "$(mode boxes/kitchen/$folder)" = drwx------ ] || fail "the new folder has the mode $(mode boxes/kitchen/$folder)"
holds boxes/living-room/$folder/oscam.server "lb_weight                     = 300"
for file in oscam.server oscam.conf oscam.user; do
	set -- boxes/living-room/$folder/$file.*~
	if cmp -s before/living-room/$folder/$file boxes/living-room/$folder/$file; then
		[ ! -e "$1" ] || fail "$file did not change, but has a backup"
	else
		cmp -s before/living-room/$folder/$file "$1" || fail "the backup of $file is not what was there"
	fi
done

# the second run finds nothing to do
rm restarted.*
cp -RP boxes after
play 2 $all -e "$restart" --diff
unchanged after boxes
for host in living-room kitchen cellar; do
	recap $host 0 0
done
recap shed 0 1
[ -z "$(ls restarted.* 2>/dev/null)" ] || fail "restarted without a change"

# back: what was there is there again, what was new is gone, and there is nothing more to undo
rm -f restarted.*
book=undo
play 2 living-room,kitchen,shed -e "$restart"
for host in living-room kitchen; do
	recap $host 2 0
	[ -f restarted.$host ] || fail "$host was not restarted"
	find boxes/$host \( -name '*~' -o -type d -empty \) -delete
	find boxes/$host -type d -empty -delete
	diff -r before/$host boxes/$host >difference || fail "undo leaves $host another: $(cat difference)"
	[ -z "$(ls -A "$kept/$host")" ] || fail "the undone run of $host is still kept"
done
[ "$(ls -ln "$server" | awk '{ print $3, $4 }')" = "$owner" ] || fail "undo gives another owner: $(ls -ln "$server")"
recap shed 0 1
holds stdout "nothing is kept for shed"
[ "$(find "$kept" -type f -perm /077)" = "" ] || fail "others can read what is kept"
book=site

# losses can be a failure, files can be replaced, and nothing is restarted unasked
rm -r boxes
cp -RP before boxes
mkdir -p boxes/garage/$folder
printf '[reader]\nlabel = old\nprotocol = cccam\ndevice = old.example.com,1\n' >boxes/garage/$folder/oscam.server
play 2 cellar,garage -e '{"cc2oscam_strict": true}' -e cc2oscam_existing=replace
recap cellar 0 1
recap garage 1 0
holds stdout "--strict"
unchanged before/cellar boxes/cellar
lacks boxes/garage/$folder/oscam.server old.example.com
holds boxes/garage/$folder/oscam.server server1.example.com
cat boxes/garage/$folder/oscam.server.*~ >old
holds old old.example.com
lacks boxes/garage/$folder/oscam.conf dvbapi

# the README's commands, as they stand, but for one receiver
project project
mkdir one
printf '#!/bin/sh\nexec %s --limit kitchen "$@"\n' "$(command -v ansible-playbook)" >one/ansible-playbook
chmod +x one/ansible-playbook
shown "$example/README.md" 2 >commands
(PATH=$work/one:$PATH && cd project && sh -e "$work/commands") >stdout 2>stderr || fail "$(cat stdout)"
diff -r -x '*.bak' -x '*~' -x .cc2oscam.undo expected/kitchen project/build/boxes/kitchen/$folder >difference ||
	fail "the README's commands give something else: $(cat difference)"
shown "$example/README.md" 3 >commands
(PATH=$work/one:$PATH && cd project/examples/ansible && sh -e "$work/commands") >stdout 2>stderr || fail "$(cat stdout)"
[ ! -e project/build/boxes/kitchen/$folder/oscam.server ] || fail "the README's way back leaves something"
