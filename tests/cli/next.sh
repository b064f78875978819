#!/bin/sh
# Every run ends with what was written, where, and the command that comes next; that command works as it stands.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >CCcam.cfg <<'END'
C: host1.example.com 12000 anna wordone
F: bert wordtwo
ALLOW WEBINFO : no
END
cp CCcam.cfg "my CCcam.cfg"

# next STATUS: runs the last command that standard error names
next() {
	sed -n 's/^  cc2oscam //p' stderr | tail -n 1 >words
	[ -s words ] || fail "no command is named"
	eval "set -- \"$1\" $(sed 's/ DIR$/ dir/' words)"
	run "$@"
}

# printed, then written with the same options, then checked
run 0 convert --profile server --set first-group=3 "my CCcam.cfg"
says "nothing was written; to write the files into a folder DIR:"
next 0
says "dir: wrote oscam.conf oscam.server oscam.user (1 reader, 1 account)"
holds dir/oscam.server "group                         = 3"
sed 's/^logfile .*/&\nlb_mode                       = 1/' dir/oscam.conf >with-lb # for the second server
cat with-lb >dir/oscam.conf
next 0
run 0 convert - <CCcam.cfg
says "  cc2oscam convert - -o DIR <FILE"
run 0 convert --set webif.httppwd=wordthree CCcam.cfg
lacks stderr wordthree
lacks stderr "  cc2oscam convert --set"
run 0 convert --only oscam.server CCcam.cfg -o only
says "only: wrote oscam.server (1 reader, 0 accounts)"

# a dry run ends with the command that writes it, and says what the folder would hold in all
echo "C: host2.example.com 12000 anna wordone" >>CCcam.cfg
run 1 diff --merge --profile server CCcam.cfg dir
says "dir would change: +1 reader"
says "dir would then hold 2 readers, 1 account in all"
says "nothing was written; to write this:"
next 0
says "dir: +1 reader"
says "dir: wrote oscam.server (2 readers, 1 account in all); the old files are kept beside them as .bak"
next 0
run 0 convert --merge --profile server CCcam.cfg -o dir
says "dir: nothing to change, and nothing was written (2 readers, 1 account in all)"
run 0 diff --merge --profile server CCcam.cfg dir
says "dir would not change (2 readers, 1 account in all)"
lacks stderr "  cc2oscam"
run 1 diff CCcam.cfg dir
says "  cc2oscam convert --replace CCcam.cfg -o dir"
run 1 diff CCcam.cfg not-there
says "  cc2oscam convert CCcam.cfg -o not-there"

# comments only
run 0 convert -q CCcam.cfg -o same
sed 's/^# .*/# mine/' same/oscam.server >changed
cp changed same/oscam.server
run 1 diff CCcam.cfg same
says "same would change: only comments, blanks and the order of lines; OSCam reads the same"
holds stdout "+# CCcam.cfg:1"

# check
echo "nonsense = 1" >>same/oscam.server
run 1 check same
says "next: mend what is named"
next 0

# notes alone ask for nothing
mkdir notes
printf '[reader]\nlabel = one\nprotocol = cccam\ndevice = host.example.com,12000\nuser = a\npassword = b\ngroup = 1\ncccwantemu = 1\n' \
	>notes/oscam.server
chmod 600 notes/oscam.server
run 1 check notes
says "notes need no change; what a note means, for example:"
says "cc2oscam explain needs-emu"
says "next: let OSCam read the files (restart it)"
lacks stderr "mend what is named"

# OSCam has nothing to do with what holds nothing: nobody is told to copy that
echo "SERVER LISTEN PORT : 12000" >options.cfg
: >empty.cfg
for file in empty options; do
	run 0 convert $file.cfg -o of-$file
	says "of-$file: wrote oscam.conf oscam.server oscam.user (0 readers, 1 account)"
	says "OSCam can do nothing with these files: $file.cfg has no server, no card reader and no friend"
	says "  cc2oscam locate"
	lacks stderr "copy them"
done

# where the report is, of every command, whatever came of the run
for format in json html; do
	for words in "0 convert CCcam.cfg -o r-$format" "0 convert CCcam.cfg" "1 diff CCcam.cfg options.cfg.d" "0 check dir" \
		"0 batch -o r-batch-$format CCcam.cfg" "2 convert CCcam.cfg -o dir"; do
		# shellcheck disable=SC2086 # the words are apart on purpose
		run $words --report report.$format --report-format $format
		[ "$(tail -n 1 stderr)" = "the report is in report.$format" ] || fail "the report is not named: $words"
		rm -r report*
	done
done
run 0 convert CCcam.cfg --report -
lacks stderr "the report"
run 0 convert -q CCcam.cfg -o quiet --report report.json
[ ! -s stderr ] || fail "-q names the report"
rm -r quiet

# many
mkdir -p in/lr/etc
cp CCcam.cfg in/lr/etc
run 1 batch --diff -o out in
says "nothing was written; to write this:"
next 0
holds stdout "out: wrote a folder for each of them"
holds stdout "  cc2oscam check out/lr"
run 0 batch --merge -o out in
holds stdout "out: nothing was written"

# -q says nothing of it
for words in "convert CCcam.cfg" "convert CCcam.cfg -o quiet" "convert --replace CCcam.cfg -o quiet" "batch -o qout in"; do
	# shellcheck disable=SC2086 # the words are apart on purpose
	run 0 $words -q
	[ ! -s stderr ] || fail "-q said something: $words"
done
