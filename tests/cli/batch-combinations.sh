#!/bin/sh
# Every combination of --merge, --replace, --diff, --resume, --strict, -v, -j and --report with its formats, for a
# fleet and for one receiver, over folders that are empty, full, old, half or not to be used. Each run ends with a
# status of ours, says nothing that a sanitizer would say, and tells no password. The last line counts the runs.
. "$SOURCE_DIR/tests/cli/common.inc"

# Findings of the sanitizers get a status that no run ends with.
ASAN_OPTIONS=exitcode=99${ASAN_OPTIONS:+:$ASAN_OPTIONS}
UBSAN_OPTIONS=exitcode=99${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}
TSAN_OPTIONS=exitcode=99${TSAN_OPTIONS:+:$TSAN_OPTIONS}
export ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS
count=0

box() {
	mkdir -p "in/$1"
	cat >"in/$1/CCcam.cfg"
}
for name in new same old half folder link file; do
	box $name <<END
SERVER LISTEN PORT : 12000
C: one.example.com 12000 anna hidden1
N: two.example.com 15000 anna hidden1 01 02 03 04 05 06 07 08 09 10 11 12 13 14
F: bert hidden2 1 0 0 { 0:0:2, 0500:032830 }
C: bad
WEBINFO USERNAME : anna
END
done
: | box empty
printf 'PK\003\004' | box archive

# places DIR: what stands in each receiver's folder there
places() {
	mkdir -p "$1"
	cp -R full/same "$1/same"
	mkdir -p "$1/old" "$1/half" "$1/folder/oscam.conf" away
	cat >"$1/old/oscam.server" <<END
[reader]
label = mine
protocol = cccam
device = one.example.com,12000
user = anna
password = hidden3
group = 5
END
	printf '[account]\nuser = BERT\npwd = hidden4\ngroup = 5\nservices = none\n' >"$1/old/oscam.user"
	printf '[cccam]\nport = 70000\n\001\n[webif]\nhttpport = 12000\n' >"$1/old/oscam.conf"
	printf '[account]\nuser = bert' >"$1/half/oscam.user"
	ln -s ../away "$1/link"
	: >"$1/file"
}

# once WORD...: one run
once() {
	count=$((count + 1))
	got=0
	"$CC2OSCAM" "$@" >stdout 2>stderr || got=$?
	[ "$got" -le 2 ] || fail "status $got: cc2oscam $*"
	if grep -aEq 'runtime error|(Address|Leak|Thread|Memory)Sanitizer' stderr; then
		fail "a sanitizer speaks: cc2oscam $*"
	fi
	if [ -f report ] && cat report report-receivers/* 2>/dev/null | grep -aq 'hidden[0-9]'; then
		fail "a password is in the report: cc2oscam $*"
	fi
	if grep -aq 'hidden[0-9]' stderr; then
		fail "a password is said: cc2oscam $*"
	fi
}

# formats WORD...: without a report, and with one in each format, to a file and to standard output
formats() {
	once "$@"
	for format in json csv text html; do
		rm -rf report report-receivers
		once "$@" --report report --report-format $format
		once "$@" --report - --report-format $format
	done
	rm -rf report report-receivers
}

"$CC2OSCAM" batch -q -o full in >/dev/null 2>&1 || [ $? -le 2 ]
[ -f full/same/oscam.server ] || fail "nothing to start from"

for how in '' --merge --replace; do
	for more in '' --resume --strict --redact; do
		for workers in 1 3; do
			for dry in '' --diff; do
				rm -rf out
				places out
				formats batch -j $workers -o out $how $more $dry in
			done
		done
		for talk in -v -q; do
			rm -rf out
			places out
			formats batch $talk -o out $how $more in/old in/same in/folder
		done
		[ "$more" = --resume ] && continue
		for name in new same old half folder link file empty archive; do
			rm -rf out
			places out
			once convert $how $more -o out/$name --report report in/$name/CCcam.cfg
			rm -f report
		done
		rm -rf out
		places out
		formats convert $how $more -o out/old in/old/CCcam.cfg
		[ "$how" = --replace ] || formats diff $how $more in/old/CCcam.cfg out/old
	done
done

# what a merge tells of the old files is whole in the report of a fleet
rm -rf out
places out
once batch -q -j 3 --merge --diff -o out --report report in
holds report '"target":["oscam.server:[reader] mine"]'
if command -v python3 >/dev/null; then
	python3 -c 'import json; [json.loads(line) for line in open("report")]' || fail "the report is no JSON"
fi

echo "$count runs"
