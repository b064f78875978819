#!/bin/sh
# What check takes, its statuses, the rights of files, and that it changes nothing.
. "$SOURCE_DIR/tests/cli/common.inc"

mkdir oscam
cat >oscam/oscam.server <<'END'
[reader]
label                         = server1
protocol                      = newcamd
device                        = server1.example.com,12000
user                          = livingroom
password                      = kettle-42
group                         = 1
END
chmod 600 oscam/oscam.server
cp -R oscam before

run 1 check oscam
says "newcamd-idle"
says "1 file: 1 note"
[ ! -s stdout ] || fail "something on standard output"
run 1 check oscam/
says "oscam/oscam.server:1:1:"
run 1 check -q oscam
[ ! -s stderr ] || fail "-q said something"
run 1 check -Q newcamd-idle oscam
says "1 file: 1 silent"
lacks stderr newcamd-idle
run 0 check --set skip=newcamd-idle oscam
says "nothing found"
echo 'skip = { "newcamd-idle" }' >settings.conf
run 0 check --settings settings.conf oscam
run 2 check --set skip=newcamd-idel oscam
says '"newcamd-idle"'
echo 'silent = { "newcamd-idle" } skip = { "newcamd-idle" }' >settings.conf
run 2 check --settings settings.conf oscam
diff -r oscam before || fail "check changed something"

# rights
for rights in 600 400; do
	chmod $rights oscam/oscam.server
	run 1 check oscam
	lacks stderr world-readable
done
for rights in 640 604 660 644; do
	chmod $rights oscam/oscam.server
	run 1 check oscam
	says "0$rights [world-readable]"
done

# what cannot be read
run 2 check
run 2 check missing
says missing
run 2 check oscam/oscam.user
mkdir empty
run 2 check empty
says "oscam.conf"
run 2 check -o out oscam
[ ! -e out ] || fail "check wrote something"
run 2 check --report-format csv oscam
mkdir folder
mkdir folder/oscam.user
run 2 check folder
says "folder/oscam.user is no plain file"
mkdir pipes
mkfifo pipes/oscam.user pipes/other
ln -s oscam.user pipes/oscam.conf
for operand in pipes pipes/oscam.user pipes/oscam.conf pipes/other /dev/zero; do
	run 2 check "$operand"
	says "is no plain file"
done
ln -s ../oscam/oscam.server folder/oscam.server
run 1 check folder/oscam.server
if refused; then
	chmod 000 oscam/oscam.server
	run 2 check oscam
fi
chmod 600 oscam/oscam.server

# what a file is, by its name and by its text
cp oscam/oscam.server oscam.server.old
run 1 check oscam.server.old
says "newcamd-idle"
cp oscam/oscam.server other.txt
run 1 check other.txt
says "newcamd-idle"
run 1 check - <oscam/oscam.server
says "newcamd-idle"
echo "F: bert plum-2" >friends
run 1 check --profile server friends
says "would be"
run 1 check --profile server - <friends
says "standard input"
echo "[reader]" >oscam.tiers
run 2 check oscam.tiers

# the report
run 1 check --report report.json oscam
holds report.json '{"version":1,"input":"oscam","status":"findings"'
holds report.json '"newcamd-idle"'
for format in json text csv; do
	run 1 check --report report --report-format $format oscam
	run 1 check --report report --report-format $format oscam
	lacks report kettle-42
	rm report
done
cp friends report
run 2 check --report report oscam
run 2 check --report oscam/oscam.conf oscam

# of what convert writes check says what convert said, without comments too
for comments in source none; do
	rm -rf made
	run 0 convert --comments $comments "$SOURCE_DIR/examples/home-receiver/CCcam.cfg" -o made
	says "[needs-emu]"
	run 1 check made
	says "4 files: 1 note"
	says "[needs-emu]"
done

# one file of them alone names readers and accounts of the others, and of services it is said that they are not
# there; more of them are looked at as OSCam would
cat >limited.cfg <<'END'
SERIAL READER : /dev/ttyS0 mouse
C: host1.example.com 12000 anna wordone { 0:0:2, 0500:030B00:0 }
F: bert plum-2 5 0 1 { 0500:030B00:0 }
END
for file in conf server user services; do
	rm -rf part
	run 0 convert -q --only oscam.$file limited.cfg -o part
	case $file in
	server | user)
		run 1 check part
		says "1 note"
		says "services-missing"
		;;
	conf)
		run 1 check part
		says "1 warning"
		says "webif-without-password"
		;;
	*) run 0 check part ;;
	esac
done
rm -rf part
run 0 convert -q --only oscam.server --only oscam.user limited.cfg -o part
run 1 check part
says "[services-missing]"
run 0 check part/oscam.server part/oscam.user

# what cannot be read keeps nobody from what can; and every check ends with what comes next
printf 'C: host1.example.com 12000 anna wordone\nALLOW WEBINFO : no\n' >good.cfg
echo nonsense >bad.cfg
run 2 check bad.cfg missing.cfg
says "missing.cfg cannot be read"
says "bad.cfg:1:1: error:"
run 2 check missing.cfg bad.cfg
says "bad.cfg:1:1: error:"
says "  cc2oscam explain unknown-line"
run 0 check good.cfg
says "next: convert good.cfg"
says "  cc2oscam convert good.cfg"
run 0 convert -q good.cfg -o whole
run 0 check whole
says "next: let OSCam read the files (restart it)"
run 0 check -q whole
[ ! -s stderr ] || fail "-q says something"
mkdir halved
cp whole/oscam.user halved
mkdir halved/oscam.server
run 2 check halved bad.cfg
says "bad.cfg:1:1: error:"
lacks stderr "halved/oscam.user"
