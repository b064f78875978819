#!/bin/sh
# The fleet over SSH as it is: two machines with an sshd each, made of this machine's programs and an /etc of their own,
# in name spaces. Nothing of them is left, and nothing else is reached. The commands are those of examples/fleet/README.md.
if [ -z "${FLEET_INSIDE:-}" ] && [ "$(id -u)" = 0 ] && unshare --net true 2>/dev/null && command -v ip >/dev/null; then
	FLEET_INSIDE=1 exec unshare --net sh -c 'ip link set lo up && exec sh "$0"' "$0" # a network of their own
fi
. "$SOURCE_DIR/tests/cli/common.inc"

PATH=$PATH:/usr/sbin:/sbin
[ "$(id -u)" = 0 ] || {
	skipped "two machines to reach by SSH need root"
	exit 77
}
has sshd openssh-server || exit 77
has ssh openssh-client || exit 77
has parallel parallel || exit 77
has ansible-playbook ansible-core || exit 77
unshare --mount --pid --fork true 2>/dev/null || {
	skipped "no name space can be made here (unshare)"
	exit 77
}
# Links to the machine's own folders, where Debian has links too.
for folder in bin sbin lib lib64; do
	[ -L /$folder ] || [ ! -e /$folder ] || {
		skipped "/$folder is no link to /usr/$folder here"
		exit 77
	}
done
ports=$((20000 + $$ % 10000))
unset PARALLEL PARALLEL_SSH
HOME=$work/home # parallel takes folders below the home for others on each machine
mkdir "$HOME"

# ---- two machines ----

ssh-keygen -q -t ed25519 -N '' -f key
mkdir bin
cp "$CC2OSCAM" bin/cc2oscam

# machine NAME PORT BOX: the root of a machine, with the files of a receiver.
machine() {
	root=$work/$1
	mkdir -p "$root/usr" "$root/proc" "$root/dev" "$root/tmp" "$root/run/sshd" "$root/root/.ssh" "$root/etc" "$root$work"
	for folder in bin sbin lib lib64; do
		[ ! -L /$folder ] || ln -s usr/$folder "$root/$folder"
	done
	cp -R "$SOURCE_DIR/examples/fleet/boxes/$3/." "$root"
	cp -RP /etc/alternatives /etc/ld.so.cache "$root/etc"
	printf 'root:x:0:0::/root:/bin/sh\nsshd:x:100:100::/run/sshd:/bin/false\nnobody:x:65534:65534::/:/bin/false\n' \
		>"$root/etc/passwd"
	printf 'root:x:0:\nsshd:x:100:\nnogroup:x:65534:\n' >"$root/etc/group"
	printf 'root:*:20000:0:99999:7:::\n' >"$root/etc/shadow"
	chmod 600 "$root/etc/shadow"
	chmod 1777 "$root/tmp"
	chmod 700 "$root/root" "$root/root/.ssh"
	cp key.pub "$root/root/.ssh/authorized_keys"
	ssh-keygen -q -t ed25519 -N '' -f "$root/etc/host_key"
	cat >"$root/etc/sshd_config" <<-END
		ListenAddress 127.0.0.1:$2
		HostKey /etc/host_key
		PermitRootLogin prohibit-password
		UsePAM no
		Subsystem sftp /usr/lib/openssh/sftp-server
		SetEnv PATH=$work/bin:/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8
	END
	# The mounts are known in this name space only, and gone with its processes.
	unshare --mount --pid --fork --kill-child --propagation private sh -ec '
		mount --rbind /usr "$1/usr"
		mount --bind "$2" "$1$2"
		mount --rbind /dev "$1/dev"
		mount -t proc proc "$1/proc"
		exec chroot "$1" /usr/sbin/sshd -D -e -f /etc/sshd_config' sh "$root" "$work" >"$1.log" 2>&1 &
	machines="$machines $!"
}

stop() {
	for process in $machines; do
		kill -9 "$process" 2>/dev/null || :
	done
	wait
	machines=
}
machines=
trap 'stop; chmod -R u+rwx "$work"; rm -rf --one-file-system "$work"' EXIT
machine north $ports living-room
machine south $((ports + 1)) kitchen

cat >ssh_config <<END
Host north.example.com living-room.example.com
	Port $ports
Host south.example.com kitchen.example.com
	Port $((ports + 1))
Host *
	HostName 127.0.0.1
	User root
	IdentityFile $work/key
	IdentitiesOnly yes
	StrictHostKeyChecking no
	UserKnownHostsFile /dev/null
	LogLevel ERROR
END
for tool in ssh scp; do
	printf '#!/bin/sh\nexec %s -F %s/ssh_config "$@"\n' "$(command -v $tool)" "$work" >bin/$tool
	chmod +x bin/$tool
done
PATH=$work/bin:$PATH

for host in north south; do
	tries=0
	until ssh -o BatchMode=yes $host.example.com true 2>stderr; do
		[ $((tries += 1)) -lt 50 ] || fail "$host takes no login: $(cat stderr $host.log)"
		sleep 0.2
	done
done

# ---- the page's commands ----

# block NUMBER: runs the commands of that block of the page.
block() {
	shown "$SOURCE_DIR/examples/fleet/README.md" "$1" >"$work/commands"
	[ -s "$work/commands" ] || fail "the page has no block $1"
	(unset CC2OSCAM && sh -e "$work/commands") >"$work/stdout" 2>"$work/stderr"
}

project project
mkdir -p project/build-armv7
cp "$CC2OSCAM" project/build-armv7/cc2oscam
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
	diff -r -x '*.bak' -x '*~' "$work/merged/$host" "$work/$host/etc/tuxbox/config" >difference ||
		fail "deployed on $host: $(cat difference)"
done
play 1
[ "$(grep -c 'changed=0 .*failed=0' "$work/stdout")" -eq 2 ] || fail "a second run would change: $(cat "$work/stdout")"
play 3
diff -r -x '*~' "$box/etc/tuxbox/config" "$work/north/etc/tuxbox/config" >difference || fail "undone: $(cat difference)"
[ "$(ls "$work/south/etc/tuxbox/config")" = "" ] || fail "undone: something new is left"

# by the program itself on the receiver, and back
shown "$SOURCE_DIR/examples/fleet/README.md" 8 >"$work/commands"
sed '$d; s/ migrate .*/& || [ $? -eq 1 ]/' "$work/commands" >"$work/there"
sh -e "$work/there" >stdout 2>stderr || fail "migrate on the receiver: $(cat stdout)"
diff -r -x '*.bak' -x '*~' "$work/merged/north" "$work/north/etc/tuxbox/config" >difference ||
	fail "migrate gives something else: $(cat difference)"
sed -n '$p' "$work/commands" >"$work/back"
sh -e "$work/back" >stdout 2>stderr || fail "undo on the receiver"
[ "$(mode "$work/north/etc/tuxbox/config/oscam.server")" = -rw-r--r-- ] || fail "undo gives other rights"
diff -r -x '*.bak*' -x '*~' "$box/etc/tuxbox/config" "$work/north/etc/tuxbox/config" >difference ||
	fail "undo leaves: $(cat difference)"
cd "$work"
