#!/bin/sh
# Passwords and keys are in the files that are written and nowhere else: not in a finding, not in the report,
# not in a comment, however broken the line is. Every secret here begins with "hush" or with DEADBEEF.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >CCcam.cfg <<'END'
C: host1.example.com 12000 anna hush1 yes { 0:0:2 }
C: host1.example.com 12000 anna hush2
C: host2.example.com 12000 anna hush3 { broken
C: host3.example.com port anna hush4
C: host4.example.com 12000 anna hush5 maybe hush6 hush7
C : host5.example.com 12000 anna hush8
c:host6.example.com 12000 anna hush9 no { 0:0:9:9 }
HiC: host7.example.com 12000 anna hush10
host8.example.com 12000 anna hush11
http://host8.example.com/?password=hush12
N: host9.example.com 15000 anna hush13 DE AD BE EF 05 06 07 08 09 10 11 12 13
N: host9.example.com 15000 anna hush14 DEADBEEF050607080910111213141516
N: host9.example.com 15000 anna hush15 DEADBEEF05060708091011121314 1 9
N: host9.example.com 15000 anna hush16 DEADBEEF05060708091011121314 1 2
N: host9.example.com 15000 anna hush17 hushkey
L: host9.example.com 15000 anna hush18 01 000080000
G: hush19 host1.example.com 8000 hush20 host2.example.com port
F: bert hush21 x
F: carl hush22 1 2
F: dora hush23 1 1 1 { 0:0 x }
F: emil hush24 1 1 1 { } { } { 25:00-26:00 }
F: bert hush25
F: bert hush26
f: fred hush27
F:gina hush28
WEBINFO PASSWORD : hush29 hush30
WEBINFO PASSWORD = hush31
WEBINFO PASSWORD hush32
TELNETINFO PASSWORD : hush33
OSD PASSWORD :hush34
osd password : hush35
CAMKEY : /dev/sci0 DE AD BE EF 05 06 07
CAMKEY : /dev/sci0 DEADBEEFDEADBEEF00
BOXKEY : /dev/sci0 DEADBEEF0
CAMDATA : /dev/sci0 DEADBEEFX
PIN : /dev/sci0 hush36 hush37
PIN : hush38
NEWCAMD PASSWORD : hush39
CCCAM PASSWORD: hush40
Q: hush41 hush42
hush43
WEBINFO PASSWORT : hush44
C: host1.example.com:12000 anna hush45
C: host1.example.com 12000 annahush46
C: hush47
C: cccam://anna:hush48@host1.example.com 12000
F: hush49
F: judy hush53 1 0 0 { 0:0:1 C: host1.example.com 12000 anna hush54 }
C: host1.example.com 1 anna hush55 no { 0:0:1, C: host 12000 anna hush56 no { 0:0:2 }
F: kate hush57 1 0 0 { } { 0500:1:F: kate hush58 }
F: lena hush59 1 x 0 # C: host1.example.com 12000 anna hush60
ALLOW WEBINFO : C: host1.example.com 12000 anna hush61
SERVER LISTEN PORT : 12000 C: host1.example.com 12000 anna hush62
OSD USERNAME : x C: host1.example.com 12000 anna hush63
DEBUG : yes F: mary hush64
DEBUG : yesF: mary hush65
END
# a control byte and a very long one
printf 'C: host1.example.com 12000 anna hush50\001\n' >>CCcam.cfg
printf 'F: ines hush51\033[31m\n' >>CCcam.cfg
printf 'C: host1.example.com 12000 anna hush52%0100d\n' 0 >>CCcam.cfg

# Words where a host, a user or a directive stands are no secrets to the program; those cannot be known.
known() {
	grep -v -e hush43 -e hush47 -e hush49 -e annahush46 "$1" || :
}

quiet() {
	known "$1" >checked
	for secret in hush DEADBEEF deadbeef "DE AD BE EF"; do
		lacks checked "$secret"
	done
}

run 1 convert -v -o out --report report.json CCcam.cfg
quiet stderr
tr ',' '\n' <report.json >report.lines
quiet report.lines
for format in html csv txt; do
	run 1 convert -v -o "out.$format" --report "report.$format" CCcam.cfg
	quiet "report.$format"
done
grep '^#' out/oscam.* >comments || :
quiet comments
run 1 convert -v --redact CCcam.cfg
quiet stderr
quiet stdout
run 2 convert --strict -v CCcam.cfg
quiet stderr

# what a person sees on a terminal: the line itself, its secrets masked
if script -qec true /dev/null >/dev/null 2>&1; then
	script -qec "'$CC2OSCAM' convert -v -o seen CCcam.cfg" /dev/null </dev/null >terminal 2>&1 || :
	holds terminal "^"
	quiet terminal
else
	skipped "there is no script of util-linux, which gives the program a terminal"
fi
