#!/bin/sh
# The file of the report: it is there whole or not at all, and what stood there before stays when it fails.
. "$SOURCE_DIR/tests/cli/common.inc"

echo "C: host1.example.com 12000 anna wordone" >CCcam.cfg
cp CCcam.cfg long.cfg
i=0
while [ $i -lt 200 ]; do
	printf '#\n#\n#\n#\n#\n#\n#\n#\n#\n#\n' >>long.cfg
	i=$((i + 1))
done

# limited STATUS WORD...: no file may grow beyond 32 or 64 KB, as on a full disk
limited() {
	wanted=$1
	shift
	got=0
	(
		trap '' XFSZ
		ulimit -f 64
		exec "$CC2OSCAM" "$@"
	) >stdout 2>stderr || got=$?
	[ "$got" -eq "$wanted" ] || fail "status $got, not $wanted: cc2oscam $*"
}
nothing_beside() {
	[ -z "$(find . -name '.*.cc2oscam')" ] || fail "left behind: $(find . -name '.*.cc2oscam')"
}

limited 0 convert -q --report r.json CCcam.cfg -o small
for format in json csv; do
	run 0 convert -q --report "kept.$format" --report-format $format CCcam.cfg
	limited 2 convert --report "kept.$format" --report-format $format long.cfg -o out
	[ "$(grep -c 'cannot be written' stderr)" -eq 1 ] || fail "not said once: $(cat stderr)"
	says "kept.$format was the report of an earlier run, and is removed: this run made no report"
	[ ! -e "kept.$format" ] || fail "the earlier report stays"
	limited 2 convert --report "new.$format" --report-format $format long.cfg -o out
	[ ! -e "new.$format" ] || fail "a half report is left"
	: >"empty.$format"
	limited 2 convert --report "empty.$format" --report-format $format long.cfg -o out
	[ -e "empty.$format" ] || fail "a file that was no report is removed"
	lacks stderr "earlier run"
	[ ! -e out ] || fail "files were written without the report"
done
nothing_beside

# a batch tells what is done as it goes on: what does not fit is said
limited 2 batch -q --report fleet.json long.cfg -o fleet
says "fleet.json: the report cannot be written"

# the report keeps the rights of an earlier one, which may be elsewhere
mkdir there
run 0 convert -q --report there/r.json CCcam.cfg
[ "$(mode there/r.json)" = -rw------- ] || fail "rights of a new report: $(mode there/r.json)"
chmod 640 there/r.json
ln -s there/r.json link.json
run 0 convert -q --report link.json --report-format csv CCcam.cfg
[ -L link.json ] || fail "the link is gone"
holds there/r.json "file,line,fate"
[ "$(mode there/r.json)" = -rw-r----- ] || fail "rights of an earlier report: $(mode there/r.json)"
if has setfacl acl && setfacl -m u:1:r there/r.json 2>/dev/null; then
	run 0 convert -q --report there/r.json CCcam.cfg
	getfacl -n there/r.json 2>/dev/null | grep -q '^user:1:r--' || fail "the access control list of an earlier report is gone"
	setfacl -b there/r.json
fi
ln -s there/no.json nowhere.json
run 0 convert -q --report nowhere.json CCcam.cfg
holds there/no.json '"version":1'
if refused; then
	chmod 500 there
	run 0 convert -q --report there/r.json CCcam.cfg
	holds there/r.json '"version":1'
	run 2 convert -q --report there/fresh.json CCcam.cfg
	says "there/fresh.json: the report cannot be written: Permission denied"
	chmod 700 there
	cp there/r.json earlier
	chmod 400 there/r.json
	run 2 convert -q --report there/r.json --report-format csv CCcam.cfg
	says "there/r.json: the report cannot be written: Permission denied"
	cmp there/r.json earlier || fail "a report that may not be written is another one"
fi
run 0 check -q --set skip=webif-without-password --report checked.json small
holds checked.json '"status":"clean"'
run 1 check -q --report checked.json --report-format csv small
holds checked.json "file,line"

# what is no plain file gets it as it is
run 0 convert -q --report /dev/null CCcam.cfg
"$CC2OSCAM" convert -q --report /dev/stderr CCcam.cfg >stdout 2>stderr || fail "no report to standard error"
holds stderr '"version":1'
if [ -w /dev/full ]; then
	run 2 convert --report /dev/full CCcam.cfg -o out
	[ "$(grep -c 'cannot be written' stderr)" -eq 1 ] || fail "not said once: $(cat stderr)"
	[ ! -e out ] || fail "files were written without the report"
fi

# what a killed run left beside it is used again, whatever is in it, but not what is another's
sed "s/^/half a report/" long.cfg >.left.json.report.cc2oscam
chmod 644 .left.json.report.cc2oscam
run 0 convert -q --report left.json CCcam.cfg
holds left.json '"version":1'
! grep -q half left.json || fail "the left-over is in the report"
[ "$(mode left.json)" = -rw------- ] || fail "rights of a new report: $(mode left.json)"
mkdir .aside.json.report.cc2oscam
run 2 convert -q --report aside.json CCcam.cfg
says "aside.json: the report cannot be written"
rmdir .aside.json.report.cc2oscam
ln -s CCcam.cfg .aside.json.report.cc2oscam
run 2 convert -q --report aside.json CCcam.cfg
says "aside.json: the report cannot be written"
rm .aside.json.report.cc2oscam
if has flock util-linux; then
	(
		flock -n 9 && "$CC2OSCAM" convert -q --report left.json CCcam.cfg 2>stderr >stdout && exit 1
		exit 0
	) 9>.left.json.report.cc2oscam || fail "two write one report"
	says "left.json: the report cannot be written: another cc2oscam is writing it"
	rm .left.json.report.cc2oscam
fi
nothing_beside

# a run that ends before anything is converted leaves no report that says otherwise
run 0 convert -q --report told.json CCcam.cfg
holds told.json '"status":"converted"'
mkdir -p taken/oscam.user
run 2 convert -q --report told.json --merge CCcam.cfg -o taken
holds told.json '"status":"failed"'
nothing_beside

# the folder of the report has to be there
for command in convert batch; do
	run 2 $command CCcam.cfg -o fresh --report fresh/report.json
	says "fresh/report.json: the folder for the report is not there yet; make it first, or give the report a name"
	[ ! -e fresh ] || fail "something was made"
done
mkdir fresh
run 0 convert -q CCcam.cfg -o fresh --report fresh/report.json
[ -s fresh/report.json ] && [ -s fresh/oscam.server ] || fail "the report in the folder of the files"
