#!/bin/sh
# Whatever control characters stand in files, names and arguments: none of them reaches a terminal. Every one of
# them goes through every command and every kind of message.
. "$SOURCE_DIR/tests/cli/common.inc"

# all but the zero byte and the line feed: C0, DEL, C1 as bytes and in UTF-8, marks of direction
evil=$(awk 'BEGIN {
	for (i = 1; i < 32; i++) if (i != 10) printf "%c", i
	printf "%c", 127
	for (i = 128; i < 160; i++) printf "x\\%03o", i
	for (i = 128; i < 160; i++) printf "\\302\\%03o", i
	printf "\\342\\200\\256\\342\\201\\246"
}')
evil=$(printf '%b.' "$(printf '%s' "$evil" | sed 's/\\\([0-7]\)/\\0\1/g')")

clean() {
	[ "$(tr -d '\n\t\r\040-\176\200-\377' <"$1" | wc -c)" -eq 0 ] || fail "a control byte: $2"
	[ "$(tr -cd '\200-\237' <"$1" | wc -c)" -eq 0 ] || fail "a control character of C1: $2"
}

# tries WORD...: both outputs, to a file and, where script can make one, to a terminal.
tries() {
	"$CC2OSCAM" "$@" >stdout 2>stderr </dev/null || :
	clean stderr "$*"
	[ "${files_too:-}" ] && clean stdout "$*"
	[ "$terminal" ] || return 0
	printf '%s' "NO_COLOR=1 '$CC2OSCAM'" >command.sh
	for word; do
		printf " '%s'" "$(printf '%s.' "$word" | sed "s/'/'\\\\''/g" | sed '$s/\.$//')" >>command.sh
	done
	rm -rf made
	script -qec "sh command.sh" /dev/null </dev/null >seen 2>&1 || :
	clean seen "on a terminal: $*"
}

terminal=
if script -qec true /dev/null >/dev/null 2>&1; then
	terminal=yes
fi

mkdir input "box$evil" oscam fleet
{
	printf 'C: host1.example.com 12000 anna word # %s\n' "$evil"
	printf 'C: host%s 12000 anna word\n' "$evil"
	printf 'C: host2.example.com 12000 %s word\n' "$(printf '\302\233x')"
	printf 'C: host3.example.com 12000 anna %s\n' "$(printf '\233x\302\205')"
	printf '%s: x\n' "$evil"
	printf 'ALLOW WEBINFO : %s\n' "$evil"
	printf 'SERIAL READER : /dev/%s\n' "$(printf '\233y\302\233')"
	printf 'CAID PRIO FILE : %s\n' "$(printf 'p\233y\302\233')"
	printf 'F: %s word 1 1 1 { %s }\n' "$(printf '\302\233')" "$evil"
} >input/CCcam.cfg
cp input/CCcam.cfg "box$evil/CCcam.cfg"
mkdir "fleet/a$evil"
sed -n '/host[23]/p' input/CCcam.cfg >"fleet/a$evil/CCcam.cfg"
{
	printf '[reader]\nlabel = a%s\nprotocol = cccam\ndevice = h%s,1\nuser = %s\npassword = x\n' "$evil" "$evil" "$evil"
	printf 'x%s = %s\ngroup = %s\n%s\n[%s]\n' "$evil" "$evil" "$evil" "$evil" "$evil"
} >oscam/oscam.server
printf '[account]\nuser = %s\npwd = x\nau = %s\ngroup = 1\n' "$evil" "$evil" >oscam/oscam.user

tries convert input/CCcam.cfg
tries convert -v -o made input/CCcam.cfg
tries convert -v -o "made$evil" input/CCcam.cfg
tries convert "none$evil"
tries convert "box$evil/CCcam.cfg" -o made
tries diff input/CCcam.cfg oscam
tries diff --merge input/CCcam.cfg oscam
tries diff --color never input/CCcam.cfg "none$evil"
tries check -v oscam
tries check input/CCcam.cfg
tries check "none$evil"
tries batch --progress never -v -o made fleet
tries batch --progress never -o made "none$evil"
tries batch --progress never --diff -o made fleet
tries explain "$evil"
tries help "$evil"
tries "$evil"
tries convert "--$evil"
tries convert --set "x$evil=1" input/CCcam.cfg
tries convert --set "profile=$evil" input/CCcam.cfg
tries convert -W "$evil" input/CCcam.cfg
tries convert --only "$evil" input/CCcam.cfg
tries convert --templates "none$evil" input/CCcam.cfg
tries convert --root "none$evil" input/CCcam.cfg
tries convert --report "none$evil/x" input/CCcam.cfg
printf 'profile = "%s"\n' "$evil" >settings.conf
tries convert --settings settings.conf input/CCcam.cfg
printf '%s = 1\n' "$evil" >settings.conf
tries convert --settings settings.conf input/CCcam.cfg
printf 'receiver "x%s" { source = "none%s" }\n' "$evil" "$evil" >fleet.conf
tries batch --progress never -o made fleet.conf
files_too=yes
tries locate "box$evil"
tries locate -v "none$evil"
tries convert --report - input/CCcam.cfg
tries check --report - oscam
tries convert --report - --report-format csv input/CCcam.cfg
tries convert --report - --report-format text input/CCcam.cfg
tries check --report - --report-format text oscam

# comments name files and say what was found
odd=$(printf '\302\233\342\200\256x')
mkdir names
printf '%s FILE : %s\n' 'CAID PRIO' "p$odd" PROVIDERINFO "none$odd" >"names/c$odd"
echo "C: host1.example.com 12000 anna word" >>"names/c$odd"
echo "P: 0100" >"names/p$odd"
for redact in "" --redact; do
	"$CC2OSCAM" convert $redact "names/c$odd" >stdout 2>stderr || :
	grep '^#' stdout >comments
	clean comments "comments of convert $redact"
	for name in c p none; do
		holds comments "$name??x"
	done
done
