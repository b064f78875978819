#!/bin/sh
# The fleet over SSH as it is, with two machines. The commands are those of examples/fleet/README.md.
. "$SOURCE_DIR/tests/cli/machines.inc"

has parallel parallel || exit 77
has ansible-playbook ansible-core || exit 77
unset PARALLEL PARALLEL_SSH
HOME=$work/home # parallel takes folders below the home for others on each machine
mkdir "$HOME"
machine north "$SOURCE_DIR/examples/fleet/boxes/living-room" north.example.com living-room.example.com
machine south "$SOURCE_DIR/examples/fleet/boxes/kitchen" south.example.com kitchen.example.com

# ---- the page's commands ----

# block NUMBER: runs the commands of that block of the page.
block() {
	shown "$SOURCE_DIR/examples/fleet/README.md" "$1" >"$work/commands"
	[ -s "$work/commands" ] || fail "the page has no block $1"
	(unset CC2OSCAM && sh -e "$work/commands") >"$work/stdout" 2>"$work/stderr"
}

project project
cat >project/examples/ansible/inventory.yml <<END
receivers:
  hosts:
    living-room.example.com:
    kitchen.example.com:
  vars:
    ansible_python_interpreter: /usr/bin/python3
END
sh project/examples/fleet/make.sh project/build/fleet
cd project/build/fleet || exit
run 2 batch -q -o whole north south

# on both machines, which see these files
block 3 || [ $? -eq 2 ] || fail "over two machines: status $?"
diff -r whole shared >difference 2>&1 || fail "over two machines: $(cat difference "$work/stderr")"
grep -c 'north.example.com\|south.example.com' shared.parts/log >count || fail "no part ran on another machine"
[ "$(cut -f 2 shared.parts/log | sort -u | grep -c example.com)" -eq 2 ] || fail "not both machines had work"

# each machine its own backups
for host in north south; do
	mkdir "$work/$host/root/backups"
	cp -RP $host/. "$work/$host/root/backups"
done
block 4 && fail "one machine has a broken receiver, but parallel says that all is well"
[ "$(wc -l <fleet.ndjson)" -eq 6 ] || fail "the reports are not joined: $(cat "$work/stderr")"
diff -r whole/south "$work/south/root/oscam" >difference || fail "south: $(cat difference)"

# collected, looked at, written, checked. The comparisons say 1.
sed 's/^cc2oscam .*/& || [ $? -eq 1 ]/' "$SOURCE_DIR/examples/fleet/README.md" >"$work/page"
shown "$work/page" 6 | sed 's/\( *#[^|]*\) || \(.*\)/ || \2/' >"$work/commands"
sh -e "$work/commands" >"$work/stdout" 2>"$work/stderr" || fail "collecting: $(cat "$work/stdout" "$work/stderr")"
[ "$(tar -tzf backups/living-room.example.com.tar.gz | wc -l)" -eq 4 ] || fail "the archive has other files"
[ "$(mode backups/kitchen.example.com.tar.gz)" = -rw------- ] || fail "others can read the archives"
for host in living-room kitchen; do
	"$CC2OSCAM" convert -q -o direct/$host "$SOURCE_DIR/examples/fleet/boxes/$host/etc/CCcam.cfg" \
		--root "$SOURCE_DIR/examples/fleet/boxes/$host"
	diff -r direct/$host new/$host.example.com >difference || fail "collected: $(cat difference)"
done
cp backups/kitchen.example.com.tar.gz before.tar.gz
mv "$work/south/etc/CCcam.cfg" "$work/south/etc/elsewhere"
sh ../../examples/fleet/collect.sh backups root@kitchen.example.com root@living-room.example.com >stdout 2>stderr &&
	fail "a receiver without CCcam.cfg is no failure"
says "not fetched: root@kitchen.example.com"
cmp -s before.tar.gz backups/kitchen.example.com.tar.gz || fail "the archive of an earlier time is gone"
mv "$work/south/etc/elsewhere" "$work/south/etc/CCcam.cfg"

# deployed by Ansible, and back
LC_ALL=C.UTF-8
ANSIBLE_CONFIG=$work/project/examples/ansible/ansible.cfg
ANSIBLE_HOME=$work/a ANSIBLE_LOCAL_TEMP=$work/a/l ANSIBLE_SSH_CONTROL_PATH_DIR=$work/c ANSIBLE_NOCOLOR=1 ANSIBLE_NOCOWS=1
export LC_ALL ANSIBLE_CONFIG ANSIBLE_HOME ANSIBLE_LOCAL_TEMP ANSIBLE_SSH_CONTROL_PATH_DIR ANSIBLE_NOCOLOR ANSIBLE_NOCOWS
box=$SOURCE_DIR/examples/fleet/boxes/living-room
mkdir -p "$work/merged"
cp -R "$box/etc/tuxbox/config" "$work/merged/north"
"$CC2OSCAM" convert -q --merge -o "$work/merged/north" "$box/etc/CCcam.cfg"
cp -R direct/kitchen "$work/merged/south"
shown "$SOURCE_DIR/examples/fleet/README.md" 7 >"$work/plays"
play() {
	sed -n "$1p" "$work/plays" >"$work/commands"
	sh -e "$work/commands" >"$work/stdout" 2>"$work/stderr" || fail "$(cat "$work/commands" "$work/stdout")"
}
play 2
for host in north south; do
	diff -r -x '*.bak' -x '*~' -x .cc2oscam.undo "$work/merged/$host" "$work/$host/etc/tuxbox/config" >difference ||
		fail "deployed on $host: $(cat difference)"
done
play 1
[ "$(grep -c 'changed=0 .*failed=0' "$work/stdout")" -eq 2 ] || fail "a second run would change: $(cat "$work/stdout")"
play 3
diff -r -x '*~' -x .cc2oscam.undo "$box/etc/tuxbox/config" "$work/north/etc/tuxbox/config" >difference || fail "undone: $(cat difference)"
[ "$(ls "$work/south/etc/tuxbox/config")" = "" ] || fail "undone: something new is left"

# by the program itself on the receiver, and back
shown "$SOURCE_DIR/examples/fleet/README.md" 8 >"$work/commands"
sed '$d' "$work/commands" >"$work/there"
sh -e "$work/there" >stdout 2>stderr || fail "migrate on the receiver: $(cat stdout)"
diff -r -x '*.bak' -x '*~' -x .cc2oscam.undo "$work/merged/north" "$work/north/etc/tuxbox/config" >difference ||
	fail "migrate gives something else: $(cat difference)"
sed -n '$p' "$work/commands" >"$work/back"
sh -e "$work/back" >stdout 2>stderr || fail "undo on the receiver"
[ "$(mode "$work/north/etc/tuxbox/config/oscam.server")" = -rw-r--r-- ] || fail "undo gives other rights"
diff -r -x '*.bak*' -x '*~' -x .cc2oscam.undo "$box/etc/tuxbox/config" "$work/north/etc/tuxbox/config" >difference ||
	fail "undo leaves: $(cat difference)"
cd "$work"
