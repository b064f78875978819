#!/bin/sh
# The report of a fleet: one receiver a line, in the order of the inputs, whatever became of it.
. "$SOURCE_DIR/tests/cli/common.inc"

mkdir -p in/a in/b in/c
echo "C: one.example.com 12000 anna wordone" >in/a/CCcam.cfg
printf 'C: bad\nF: friend "wordtwo\n' >in/b/CCcam.cfg
cp in/a/CCcam.cfg in/c/CCcam.cfg
mkdir -p out/in/c
: >out/in/c/oscam.user
odd=$(printf 'odd\033[31m\nname')
mkdir -p "in/$odd"
cp in/a/CCcam.cfg "in/$odd/CCcam.cfg"

run 2 batch -o out --report r.json in nothere
[ "$(mode r.json)" = -rw------- ] || fail "the report has other rights"
[ "$(wc -l <r.json)" -eq 5 ] || fail "the report has $(wc -l <r.json) lines"
lacks r.json wordone
lacks r.json wordtwo
for stream in stdout stderr r.json; do
	lacks $stream "$(printf '\033')"
done
if has python3 python3; then
	python3 - <<'END' >told || fail "the report is not what it should be"
import json
names = []
for line in open("r.json"):
    report = json.loads(line)
    names.append((report["receiver"], report["outcome"], report["status"]))
    assert report["version"] == 1
    assert set(report) >= {"input", "lines", "findings", "counts", "groups", "files"}, report
    assert ("error" in report) == (report["status"] == "failed")
    if report["outcome"] == "written":
        assert len(report["files"]) >= 3 and len(report["files"][0]["sha256"]) == 64
for name in names:
    print(*name)
END
	[ "$(cat told)" = "in/a written converted
in/b written partial
in/c failed failed
in/odd__31m_name written converted
nothere failed failed" ] || fail "the report says: $(cat told)"
fi

# the same lines on standard output; the summary gives way
run 2 batch -o other --report - in nothere
[ "$(wc -l <stdout)" -eq 5 ] || fail "standard output has something beside the report"
says "5 receivers: "

# the report of a batch can be written over, other files not
run 2 batch -q -o third --report r.json --report-format csv in nothere
head -n 1 r.json | grep -q '^receiver,file,line,fate,directive,codes,target,message' || fail "no head: $(head -n 1 r.json)"
[ "$(grep -c '^in/a,' r.json)" -eq 1 ] || fail "rows of a: $(grep '^in/a,' r.json)"
grep -q '^in/b,in/b/CCcam.cfg,1,rejected,C,missing-field' r.json || fail "no row of a line that is lost"
grep -q '^nothere,nothere,,failed,,,,"No such file or directory"' r.json || fail "no row of a failure"
[ "$(cut -d, -f1 r.json | uniq | tr '\n' ' ')" = "receiver in/a in/b in/c in/odd__31m_name nothere " ] ||
	fail "another order: $(cut -d, -f1 r.json | uniq)"
mkdir -p few/empty few/full
: >few/empty/CCcam.cfg
cp in/b/CCcam.cfg few/full/CCcam.cfg
run 2 batch -q --strict -o few-out --report few.csv --report-format csv few
[ "$(sed 1d few.csv | cut -d, -f1-4)" = "empty,few/empty/CCcam.cfg,,empty
full,few/full/CCcam.cfg,,failed
full,few/full/CCcam.cfg,1,rejected
full,few/full/CCcam.cfg,2,converted" ] || fail "rows: $(cat few.csv)"
holds few.csv 'empty,few/empty/CCcam.cfg,,empty,,,,"the file has no line"'
# nothing understood is empty, also with lines that are lost; an option alone is something
mkdir -p nothing/empty nothing/lost nothing/option
: >nothing/empty/CCcam.cfg
echo "no line of CCcam" >nothing/lost/CCcam.cfg
echo "WEBINFO LISTEN PORT : 16001" >nothing/option/CCcam.cfg
run 1 batch -o nothing-out --report nothing.json nothing
grep -q '^empty  *0  *0  empty$' stderr stdout || fail "no row of an empty file"
grep -q '^lost  *1  *1  empty: unknown-line$' stderr stdout || fail "no row of a file with a line that is lost"
cat stderr stdout | grep -q '^3 receivers: 1 converted, 2 empty$' || fail "other totals"
for status in empty:empty lost:empty option:converted; do
	grep -q "\"receiver\":\"${status%:*}\".*\"status\":\"${status#*:}\"" nothing.json || fail "not in the report: $status"
done
run 2 batch -q -o fourth --report r.json in nothere
head -n 1 r.json | grep -q '^{"version":1,' || fail "the report was not written over"
run 2 batch -o fifth --report in/a/CCcam.cfg in
[ ! -e fifth ] || fail "files were written without the report"
if [ -w /dev/full ]; then
	run 2 batch -q -o full --report /dev/full in/a
	says /dev/full
	[ -f full/a/oscam.server ] || fail "a report that cannot be written stops the receivers"
fi
