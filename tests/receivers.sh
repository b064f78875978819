#!/bin/sh
# receivers.sh TARGET BUILD: builds the program for a receiver (examples/receivers/build.sh), looks at what came of it,
# and runs the golden cases and the CLI scripts with it, under qemu-user where this machine has another processor. BUILD
# is a build of this machine's own with the tests. Ends with status 77 where there is no compiler or no qemu for it.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
target=${1:?the target} build=$(CDPATH='' cd -- "${2:?the folder of a build}" && pwd -P)
folder=$(mktemp -d "${TMPDIR:-/var/tmp}/cc2oscam-receiver-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
SIZE_MOST=1000000 MEMORY_MOST=2048

# Not with qemu, or not about the program: what traces it, stops it by signals or runs it in another root, what is about
# the build or the pages.
left_out='^(agreement|batch-combinations|batch-flush|batch-stop|docs|faults|fleet-ansible|fleet-parallel|fleet-ssh|hardened|install|large|move-ssh|setup|undo-killed|written-once)$'

fail() {
	echo "receivers.sh: $target: $*"
	exit 1
}

case $target in
armv7) qemu=qemu-arm-static machine=ARM ;;
aarch64) qemu=qemu-aarch64-static machine=AArch64 ;;
mipsel) qemu=qemu-mipsel-static machine=MIPS ;;
x86_64) qemu='' machine=X86-64 ;;
*) fail "no such target" ;;
esac
[ -z "$qemu" ] || command -v $qemu >/dev/null || {
	echo "skipped: there is no $qemu (on Debian: apt-get install qemu-user-static)"
	exit 77
}

look_at_program() {
	readelf -h "$folder/cc2oscam" | grep -q "Machine:.*$machine" || fail "another machine's program"
	if readelf -d "$folder/cc2oscam" | grep -q NEEDED; then
		fail "it needs libraries"
	fi
	size=$(wc -c <"$folder/cc2oscam")
	kernel=$(readelf -n "$folder/cc2oscam" | sed -n 's/.*OS: Linux, ABI: \([0-9]*\.[0-9]*\).*/\1/p')
	echo "$target: $size bytes, for Linux from ${kernel:-2.6} on"
	[ "$size" -le $SIZE_MOST ] || fail "it is larger than $SIZE_MOST bytes"
	# Programs with musl's C library say nothing, and run from 2.6 on.
	case ${kernel:-2.6} in
	2.6 | 3.[0-2]) ;;
	*) fail "it wants Linux $kernel" ;;
	esac
}

# look_at_package: what opkg would unpack, and that its script knows a wrong processor.
look_at_package() {
	mkdir "$folder/ipk" "$folder/data" "$folder/control"
	(cd "$folder/ipk" && ar x "$folder"/cc2oscam_*_"$target".ipk)
	[ "$(ar t "$folder"/cc2oscam_*_"$target".ipk | tr '\n' ' ')" = "debian-binary control.tar.gz data.tar.gz " ] ||
		fail "the ipk has other parts"
	tar -tzvf "$folder/ipk/data.tar.gz" | awk '{ print $1, $2, $6 }' >"$folder/listed"
	cat >"$folder/wanted" <<-'END'
		drwxr-xr-x 0/0 ./
		drwxr-xr-x 0/0 ./usr/
		drwxr-xr-x 0/0 ./usr/bin/
		-rwxr-xr-x 0/0 ./usr/bin/cc2oscam
		drwxr-xr-x 0/0 ./usr/share/
		drwxr-xr-x 0/0 ./usr/share/cc2oscam/
		-rw-r--r-- 0/0 ./usr/share/cc2oscam/cc2oscam.conf.sample
	END
	diff "$folder/wanted" "$folder/listed" || fail "the ipk has other files"
	tar -C "$folder/data" -xzf "$folder/ipk/data.tar.gz"
	tar -C "$folder/control" -xzf "$folder/ipk/control.tar.gz"
	cmp "$folder/cc2oscam" "$folder/data/usr/bin/cc2oscam" || fail "another program is in the ipk"
	for field in "Package: cc2oscam" "Version: [0-9.]+" "Architecture: all" "Maintainer: .+" "Description: .+"; do
		grep -qxE "$field" "$folder/control/control" || fail "the ipk's control file lacks $field"
	done
	printf '#!/bin/sh\nexit 1\n' >"$folder/data/usr/bin/cc2oscam"
	if D=$folder/data sh "$folder/control/postinst" 2>"$folder/said"; then
		fail "the ipk's script takes a wrong processor"
	fi
	grep -q "for $target" "$folder/said" || fail "the ipk's script says nothing"
}

# The program as any other is started, under its own name.
make_wrapper() {
	mkdir "$folder/bin"
	printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$qemu" "$folder/cc2oscam" >"$folder/bin/cc2oscam"
	chmod +x "$folder/bin/cc2oscam"
	[ "$("$folder/bin/cc2oscam" --version)" = "$("$build/cc2oscam" --version)" ] || fail "it does not run"
}

# asked_for: the memory that a program under qemu asks for, in kB: from the first to the last brk, and all that it maps,
# though most of that is given back.
asked_for() {
	$qemu -strace "$folder/cc2oscam" convert -q "$folder/CCcam.cfg" -o "$folder/oscam" 2>"$folder/strace" || :
	sed -n 's/^[0-9]* brk(.*) = \(0x[0-9a-f]*\).*/brk \1/p
		s/^[0-9]* mmap2*(NULL,\([0-9]*\),.*MAP_ANON.*/map \1/p' "$folder/strace" >"$folder/asked"
	sum=0 first=''
	while read -r call value; do
		value=$((value))
		case $call in
		map) sum=$((sum + value)) ;;
		brk) first=${first:-$value} last=$value ;;
		esac
	done <"$folder/asked"
	[ -n "$first" ] || fail "qemu shows no call for memory"
	echo $(((sum + last - first) / 1024))
}

# look_at_memory: that of a start, for a file of 100 lines. Under qemu only what the program asks for can be told; in the
# worst case all of the program and a stack of 128 kB come to that.
look_at_memory() {
	i=0
	while [ $((i += 1)) -le 100 ]; do
		echo "C: server$i.example.com 12000 anna word$i no { 0:0:2 }"
	done >"$folder/CCcam.cfg"
	if [ -z "$qemu" ]; then
		memory=$("$build/tests/peak" "$folder/cc2oscam" convert -q "$folder/CCcam.cfg" -o "$folder/oscam" 2>&1)
	else
		memory=$(($(asked_for) + size / 1024 + 128))
	fi
	echo "$target: $memory kB of memory for 100 lines"
	[ "$memory" -le $MEMORY_MOST ] || fail "more than $MEMORY_MOST kB of memory"
}

# all FOLDER PATTERN COMMAND...: runs the command for each file, on all processors; counts what went wrong.
all() {
	find "$1" -name "$2" | sort | sed 's|.*/||; s/\.[a-z]*$//' | grep -vE "$left_out" >"$folder/names"
	ending=${2#\*} place=$1
	shift 2
	: >"$folder/failed"
	xargs -P "$(getconf _NPROCESSORS_ONLN)" -I NAME sh -c '
		log=$1.log
		shift
		timeout 600 "$@" >"$log" 2>&1
		case $? in 0 | 77) ;; *) echo "$log" ;; esac' sh "$folder/NAME" "$@" "$place/NAME$ending" \
		<"$folder/names" >"$folder/failed" || :
	while read -r log; do
		echo "FAILED: $(basename "$log" .log)"
		tail -n 20 "$log"
	done <"$folder/failed"
	echo "$target: $(wc -l <"$folder/names") of *$ending, $(wc -l <"$folder/failed") failed"
	[ ! -s "$folder/failed" ] || bad=yes
}

sh "$root/examples/receivers/build.sh" "$target" "$folder" 2>"$folder/said" || {
	tail -n 40 "$folder/said"
	exit 1
}
look_at_program
look_at_package
make_wrapper
look_at_memory
bad=
CC2OSCAM=$folder/bin/cc2oscam SOURCE_DIR=$root TMPDIR=$(sh "$root/tests/memory.sh")
export CC2OSCAM SOURCE_DIR TMPDIR
all "$root/tests/golden" '*.case' "$build/tests/golden" --program "$folder/bin/cc2oscam"
all "$root/tests/cli" '*.sh' sh
[ -z "$bad" ]
