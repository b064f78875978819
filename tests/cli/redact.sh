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
run 0 convert --redact --set global.serverip=192.0.2.7 --set webif.serverip=192.0.2.8 --only oscam.conf CCcam.cfg
lacks stdout 192.0.2
mkdir before
run 1 diff --redact CCcam.cfg before
holds stdout "+# CCcam.cfg:1: ********"
lacks stdout "was"
run 0 convert --set newcamd.key=AB02030405060708091011121314 --only oscam.conf CCcam.cfg
holds stdout "key                           = AB02030405060708091011121314"
