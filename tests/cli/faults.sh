#!/bin/sh
# strace makes each system call of the writing fail, or kills the program at it: the names show the whole old set
# or the whole new one, and the next run leaves nothing beside it.
if [ -d /dev/shm ] && [ -w /dev/shm ]; then
	TMPDIR=/dev/shm # many runs, and each flushes: a disk would take its time
	export TMPDIR
fi
. "$SOURCE_DIR/tests/cli/common.inc"

ASAN_OPTIONS=detect_leaks=0 # it cannot look for leaks while it is traced
export ASAN_OPTIONS
has strace strace || exit 77
if ! strace -o probe -e trace=openat -e inject=openat:error=EIO:when=1000 true 2>/dev/null; then
	skipped "strace may not trace here, or cannot inject"
	exit 77
fi

cat >old.cfg <<'END_OLD'
C: host1.example.com 12000 anna wordone
F: bert wordtwo 2 1 0
END_OLD
cat >new.cfg <<'END_NEW'
C: host2.example.com 12000 anna wordone
F: carl wordtwo 2 1 0 { 0:0:2, 500:0 }
END_NEW
names="oscam.conf oscam.server oscam.user oscam.services"
run 0 convert -q -o old old.cfg
run 0 convert -q -o new new.cfg
[ ! -e old/oscam.services ] || fail "the old set is to lack a file of the new one"
# one of the files is elsewhere
mkdir old-box
mv old/oscam.user old-box/user
ln -s ../box/user old/oscam.user

# What the names show: old, new, or something else.
shown() {
	which="old new"
	for name in $names; do
		for set in old new; do
			if [ -e "$set-text/$name" ]; then
				cmp -s "$set-text/$name" "$folder/$name" && continue
			else
				[ -e "$folder/$name" ] || continue
			fi
			which=$(echo "$which" | sed "s/$set//")
		done
	done
	echo $which # the blanks go
}

# Everything that is there.
listed() {
	find "$folder" box .??*cc2oscam* 2>/dev/null | LC_ALL=C sort
}

# Each scenario makes what was there before, and says where the set is to be.
over_a_set() {
	rm -rf set box .??*cc2oscam*
	cp -a old set
	cp -a old-box box
}
into_a_new_folder() {
	rm -rf new-set .??*cc2oscam*
}

errors_of() {
	case $1 in
	write | mkdirat | symlinkat) echo ENOSPC ;;
	openat) echo EACCES ;;
	*) echo EIO ;;
	esac
}

convert="convert -q --replace -o"
calls="openat|close|write|fsync|flock|linkat|symlinkat|renameat|renameat2|unlinkat|mkdirat|mkdir"
calls="$calls|fchmod|fchmodat|fchown|readlinkat|newfstatat|fstatat64|getdents64"

# injected CALL NUMBER WHAT: one run; its status is in $got.
injected() {
	"$prepare"
	got=0
	strace -o log -e "trace=$1" -e "inject=$1:$3:when=$2" "$CC2OSCAM" $convert "$folder" new.cfg \
		>stdout 2>stderr || got=$?
	seen=$((seen + 1))
}

failing() {
	injected "$1" "$2" "error=$(errors_of "$1")"
	case $got in
	0) expected=new ;;
	2) expected=old ;;
	*) fail "$1 number $2 fails: status $got" ;;
	esac
	[ "$(shown)" = $expected ] || fail "$1 number $2 fails: status $got, and the names show: $(shown)"
	eval "$expected=\$(($expected + 1))"
	if grep -q "not all is tidied up" stderr; then
		expected=left
		"$CC2OSCAM" convert -q -o "$folder" new.cfg >/dev/null 2>&1 && fail "the old files were not seen"
		expected=new
		[ "$(shown)" = new ] || fail "$1 number $2 fails: the next run changed the set"
	fi
	listed | cmp -s - "listed-$expected" ||
		fail "$1 number $2 fails: this is there: $(listed | diff - "listed-$expected")"
}

killing() {
	injected "$1" "$2" "signal=KILL"
	[ $got -eq 137 ] || fail "$1 number $2 kills: status $got"
	expected=$(shown)
	case $expected in
	old | new) ;;
	*) fail "$1 number $2 kills, and the names show neither set" ;;
	esac
	# the next run is refused, since there are files, or writes
	status=0
	"$CC2OSCAM" convert -q -o "$folder" new.cfg >stdout 2>stderr || status=$?
	[ $status -eq 2 ] || [ ! -s listed-old ] || fail "$1 number $2 kills: the next run is not refused"
	[ -s listed-old ] || [ "$expected" = new ] || expected=new
	[ "$(shown)" = "$expected" ] || fail "$1 number $2 kills: the next run changed the set"
	listed | cmp -s - "listed-$expected" ||
		fail "$1 number $2 kills: the next run leaves: $(listed | diff - "listed-$expected")"
}

rm -rf old-text new-text
cp -a new new-text
mkdir old-text
cp old/oscam.conf old/oscam.server old-text
cp old-box/user old-text/oscam.user

for prepare in over_a_set into_a_new_folder; do
	folder=set
	if [ $prepare = into_a_new_folder ]; then
		folder=new-set
		rm -rf old-text box
		mkdir old-text
	fi
	$prepare
	listed >listed-old
	strace -o trace "$CC2OSCAM" $convert $folder new.cfg >stdout 2>stderr ||
		fail "it does not work without failures"
	[ "$(shown)" = new ] || fail "the new set is not there"
	listed >listed-new
	# CALL FIRST LAST: those from the first look at the folder on, counted from the program's start
	awk -v mark="\"$folder\"" -v calls="^($calls)\\\\(" '
		index($0, mark) && !/^execve/ { writing = 1 }
		match($0, /^[a-z0-9_]+\(/) && $0 ~ calls {
			call = substr($0, 1, RLENGTH - 1)
			count[call]++
			if (writing && !(call in first))
				first[call] = count[call]
		}
		END { for (call in first) print call, first[call], count[call] }' trace >ranges
	seen=0 old=0 new=0
	while read -r call first last; do
		number=$first
		while [ "$number" -le "$last" ]; do
			failing "$call" "$number"
			case $call in
			newfstatat | fstatat64 | readlinkat | getdents64) ;; # they only look: as before the next one
			*) killing "$call" "$number" ;;
			esac
			number=$((number + 1))
		done
	done <ranges
	echo "$prepare: $seen runs; of the failures, $old kept the old set and $new came after the new one was there"
	[ "$seen" -gt 40 ] && [ "$old" -gt 10 ] && [ "$new" -gt 0 ] || fail "too few calls were found"
done
