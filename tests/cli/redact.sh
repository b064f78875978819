#!/bin/sh
# --redact masks passwords, keys and host names in all that is printed; files are written in full.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >CCcam.cfg <<'END'
C: host1.example.com 12000 anna wordone # was host9.example.com
C: host1.example.com 12001 anna wordone
N: host2.example.com 15000 anna wordtwo AA 02 03 04 05 06 07 08 09 10 11 12 13 14
F: bert wordthree 2 1 0 { } { } { } host3.example.com
END
run 0 convert --redact -v CCcam.cfg
for secret in word1 wordone wordtwo wordthree AA0203 example.com; do
	lacks stdout "$secret"
	lacks stderr "$secret"
done
run 0 convert --redact --report - CCcam.cfg
lacks stdout example.com
run 0 convert --redact -o out CCcam.cfg
holds out/oscam.server "password                      = wordone"
holds out/oscam.server "device                        = host2.example.com,15000"

# what the user's own settings put into a section
run 0 convert --redact --set newcamd.key=AB02030405060708091011121314 --set global.sysloghost=log.example.com \
	--set 'newcamd.port=15000{AB02030405060708091011121315}@0500:023800' --only oscam.conf CCcam.cfg
lacks stdout AB0203
lacks stdout example.com
holds stdout "key                           = ********"
run 0 convert --redact --set cccam.nodeid=AB02030405060708 --only oscam.conf CCcam.cfg
lacks stdout AB0203
run 0 convert --redact --set global.serverip=192.0.2.7 --set webif.serverip=192.0.2.8 --only oscam.conf CCcam.cfg
lacks stdout 192.0.2
run 0 convert --redact --set webif.httpallowed=10.0.0.1,192.0.2.9 --set radegast.allowed=192.168.0.7 --only oscam.conf CCcam.cfg
lacks stdout 192.0.2
holds stdout "httpallowed                   = ********"
run 0 convert --redact --only oscam.conf CCcam.cfg
holds stdout "httpallowed                   = 127.0.0.1,10.0.0.0-"
mkdir before
run 1 diff --redact CCcam.cfg before
holds stdout "+# CCcam.cfg:1: ********"
lacks stdout "was"
run 0 convert --set newcamd.key=AB02030405060708091011121314 --only oscam.conf CCcam.cfg
holds stdout "key                           = AB02030405060708091011121314"

# the old key of OSCam for a login, misspelt and unknown keys, keys that hold an identity; au = 1 is no host
mkdir old
cat >old/oscam.server <<'END'
[reader]
label                         = server2
protocol                      = cccam
device                        = server2.example.com,12000
user                          = user1
account                       = user1,wordfive
pasword                       = wordsix
stbid                         = 0102030405
password                      = wordseven
group                         = 1
END
printf '[account]\nuser = ines\npw = wordeight\nau = 1\ngroup = 1\n' >old/oscam.user
echo 'C: server2.example.com 12000 user1 wordnine { 0:0:2 }' >one.cfg
run 1 diff --redact one.cfg old
holds stdout "au = 1"
for secret in wordfive wordsix wordseven wordeight wordnine 0102030405 server2.example; do
	lacks stdout "$secret"
	lacks stderr "$secret"
done


# on a terminal the line itself is shown: of hosts nothing with --redact, and never a secret
cat >wrong.cfg <<'END'
C: host1.example.com 70000 anna wordone # of host9.example.com
C: host2.example.com:12000 anna wordone
HiC: host3.example.com 12000 anna wordone
F: bert wordtwo 1 1 1 { } { } { x } host4.example.com
END
if script -qec true /dev/null >/dev/null 2>&1; then
	script -qec "'$CC2OSCAM' convert --redact -v wrong.cfg" /dev/null </dev/null >terminal 2>&1 || :
	holds terminal "^"
	lacks terminal example.com
	lacks terminal wordone
	script -qec "'$CC2OSCAM' convert -v wrong.cfg" /dev/null </dev/null >terminal 2>&1 || :
	holds terminal "C: host1.example.com 70000 anna *******"
	holds terminal "HiC: host3.example.com 12000"
	lacks terminal wordone
	lacks terminal wordtwo
	script -qec "'$CC2OSCAM' check --redact old" /dev/null </dev/null >terminal 2>&1 || :
	for secret in wordfive wordsix wordseven wordeight server2.example; do
		lacks terminal "$secret"
	done
fi
