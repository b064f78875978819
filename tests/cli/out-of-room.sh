#!/bin/sh
# Where the system gives too little - bytes in a file, descriptors, memory - or a file is no file of a receiver, the
# old state stays, a message says so, and nothing is left behind; of a fleet only the receiver at hand fails.
. "$SOURCE_DIR/tests/cli/common.inc"

nothing_beside() {
	[ -z "$(find . -name '.*cc2oscam*')" ] || fail "left behind: $(find . -name '.*cc2oscam*')"
}
# within LIMIT STATUS WORD...: ulimit's letter and number in one word
within() {
	limit=$1 wanted=$2 got=0
	shift 2
	(
		# shellcheck disable=SC2086
		ulimit $limit 2>/dev/null || exit 77
		exec "$CC2OSCAM" "$@"
	) >stdout 2>stderr || got=$?
	[ "$got" -eq "$wanted" ] || fail "status $got, not $wanted: cc2oscam $* with ulimit $limit"
}

mkdir -p in/small in/large
echo "C: one.example.com 12000 anna wordone" >in/small/CCcam.cfg
i=0
while [ $i -lt 2000 ]; do
	echo "C: large$i.example.com 12000 anna wordone"
	i=$((i + 1))
done >in/large/CCcam.cfg

# a file that may not grow
within "-f 64" 2 convert -o out in/large/CCcam.cfg
says "cannot write: File too large"
[ ! -e out ] || fail "a folder is left"
within "-f 64" 2 batch -o out in
says "in/large/CCcam.cfg: out/large/oscam.server: cannot write: File too large"
[ -f out/small/oscam.server ] || fail "the other receiver is not written"
[ ! -e out/large ] || fail "a folder is left"
lacks stdout large1.example.com
nothing_beside

# a large part of a report waits in a file that nobody sees
rm -rf out
run 0 batch -q -j 2 -o out --report report in
[ "$(wc -l <report)" -eq 2 ] || fail "lines of the report: $(wc -l <report)"
grep -q '"line":2000,.*"receiver":\|"receiver":"large".*"line":2000,' report || fail "a part of the report is missing"
[ "$(wc -c <report)" -gt 270000 ] || fail "the report is not large: $(wc -c <report)"
grep '"receiver":"large"' report | tail -c 3 | grep -q ']}' || fail "the part of the large receiver has no end"
rm report
nothing_beside

# few descriptors
rm -rf out
for descriptors in 5 6 8 10 12; do
	got=0
	(ulimit -n $descriptors && exec "$CC2OSCAM" batch -j 2 -o out in) >stdout 2>stderr || got=$?
	[ "$got" -le 2 ] || fail "status $got with $descriptors descriptors"
	[ "$got" -lt 2 ] || [ -s stderr ] || fail "nothing is said with $descriptors descriptors"
	nothing_beside
	rm -rf out
done

run 0 convert -q -o new in/small/CCcam.cfg
for descriptors in 5 6 7 8; do
	for how in merge replace; do
		rm -rf set
		mkdir set
		cp new/* set
		ls -A set >before
		got=0
		(ulimit -n $descriptors && exec "$CC2OSCAM" convert --$how --set first-group=7 -o set in/small/CCcam.cfg) >stdout 2>stderr ||
			got=$?
		[ "$got" -lt 2 ] || ls -A set | cmp -s - before || fail "left with $descriptors descriptors: $(ls -A set)"
	done
done
rm -rf set new before

# little memory: the sanitizers alone take more
rm -rf out
if (ulimit -v 60000 && exec "$CC2OSCAM" --version) >stdout 2>stderr; then
	mkdir -p lines/box lines/other
	dd if=/dev/zero bs=1048576 count=16 2>dd.log | tr '\000' '\n' >lines/box/CCcam.cfg
	cp in/small/CCcam.cfg lines/other
	within "-v 60000" 2 batch -o out --report report lines
	says "lines/box/CCcam.cfg: there is not enough memory for it"
	[ -f out/other/oscam.server ] || fail "the other receiver is not written"
	[ ! -e out/box ] || fail "a folder is left"
	holds report '"receiver":"box","outcome":"failed"'
	rm -r lines report out
	# threads whose stacks are as large as the system would make them
	(
		ulimit -s 200000 2>/dev/null || exit 0
		ulimit -v 150000
		exec "$CC2OSCAM" batch -q -o out in
	) >stdout 2>stderr || fail "little memory and large stacks"
fi
rm -rf out

# a file of no receiver: the same words wherever it comes from
mkdir -p huge/box huge/other
: >huge/box/CCcam.cfg
cp in/small/CCcam.cfg huge/other
dd if=/dev/zero of=huge/box/CCcam.cfg bs=1 count=1 seek=6000000000 2>dd.log ||
	{ echo "skipped: no file of 6 GB may be made here"; exit 77; }
says_too_large() {
	says "it has more than 128 MiB, and no file of CCcam or OSCam has"
}
run 2 batch -o out huge
says "huge/box/CCcam.cfg: it has more than 128 MiB"
[ -f out/other/oscam.server ] || fail "the other receiver is not written"
for command in convert check; do
	run 2 $command huge/box/CCcam.cfg
	says_too_large
done
mkdir there
dd if=/dev/zero of=there/oscam.user bs=1 count=1 seek=6000000000 2>dd.log
run 2 convert --merge -o there in/small/CCcam.cfg
says_too_large
if [ -c /dev/zero ]; then
	run 2 convert /dev/zero
	says_too_large
	got=0
	"$CC2OSCAM" check - </dev/zero >stdout 2>stderr || got=$?
	[ "$got" -eq 2 ] || fail "status $got: check - </dev/zero"
	says_too_large
fi
rm -r huge there out

# the last rename fails: nothing of that receiver is anywhere, and no earlier report says otherwise
rm -rf out
if has strace strace; then
	mkdir -p two/first two/second
	cp in/small/CCcam.cfg two/first
	sed 's/one/two/' in/small/CCcam.cfg >two/second/CCcam.cfg
	ASAN_OPTIONS=detect_leaks=0 # it cannot look for leaks while it is traced
	export ASAN_OPTIONS
	fails="-e trace=renameat2 -e inject=renameat2:error=EIO:when"
	got=0
	# shellcheck disable=SC2086
	strace -f -o trace $fails=2 "$CC2OSCAM" batch -j 1 -o out two >stdout 2>stderr || got=$?
	[ "$got" -eq 2 ] || fail "status $got where the last rename of a batch fails"
	holds stdout one.example.com
	lacks stdout two.example.com
	[ ! -e out/second ] || fail "a folder is left"
	run 0 convert -q -o set --report report two/first/CCcam.cfg
	holds report '"status":"converted"'
	got=0
	# shellcheck disable=SC2086
	strace -o trace $fails=1 "$CC2OSCAM" convert -q -o other --report report two/first/CCcam.cfg \
		>stdout 2>stderr || got=$?
	[ "$got" -eq 2 ] || fail "status $got where the last rename fails"
	holds report '"status":"failed"'
	[ ! -e other ] || fail "a folder is left"
	nothing_beside
	rm -r two set report
	unset ASAN_OPTIONS
fi
rm -rf out

# somebody's own file in the folder that is ours while we write: of another name, or with other rights than ours
mkdir .own.cc2oscam
echo mine >.own.cc2oscam/notes
: >.own.cc2oscam/oscam.conf
chmod 600 .own.cc2oscam/*
for rights in 755 700; do
	chmod $rights .own.cc2oscam
	run 2 convert -o own in/small/CCcam.cfg
	says ".own.cc2oscam beside it is in the way"
	says "then rename or remove .own.cc2oscam"
	holds .own.cc2oscam/notes mine
done
rm .own.cc2oscam/notes
echo mine >.own.cc2oscam/oscam.conf
for rights in "755 600" "700 644"; do
	chmod ${rights% *} .own.cc2oscam
	chmod ${rights#* } .own.cc2oscam/oscam.conf
	run 2 convert -o own in/small/CCcam.cfg
	says ".own.cc2oscam beside it is in the way"
	holds .own.cc2oscam/oscam.conf mine
done
chmod 600 .own.cc2oscam/oscam.conf
run 0 convert -q -o own in/small/CCcam.cfg
nothing_beside
