#!/bin/sh
# Which settings file is read, and what wins over what.
. "$SOURCE_DIR/tests/cli/common.inc"
unset XDG_CONFIG_HOME

cat >CCcam.cfg <<'END'
C: host1.example.com 12000 anna wordone
ALLOW WEBINFO : no
END

# group WORD...: the number that the reader gets says which file was read
group() {
	"$CC2OSCAM" convert --only oscam.server CCcam.cfg -q "$@" >stdout 2>stderr || fail "status $?: $*"
	sed -n 's/^group *= //p' stdout
}
expect() {
	[ "$1" = "$2" ] || fail "group $1, not $2: $3"
}

expect "$(group)" 1 "no file at all"
mkdir -p .config/cc2oscam xdg/cc2oscam
echo 'first-group = 3' >.config/cc2oscam/cc2oscam.conf
expect "$(group)" 3 "the user's folder"
XDG_CONFIG_HOME=relative
export XDG_CONFIG_HOME
expect "$(group)" 3 "a relative XDG_CONFIG_HOME does not count"
XDG_CONFIG_HOME=$work/xdg
expect "$(group)" 1 "an XDG_CONFIG_HOME without the file"
echo 'first-group = 4' >xdg/cc2oscam/cc2oscam.conf
expect "$(group)" 4 "XDG_CONFIG_HOME"
echo 'profile = "server"' >cc2oscam.conf
expect "$(group)" 1 "only one file is read"
echo 'first-group = 5' >cc2oscam.conf
expect "$(group)" 5 "the current folder"
echo 'first-group = 6' >other.conf
expect "$(group --settings other.conf)" 6 "--settings"
expect "$(group --settings /dev/null)" 1 "--settings with an empty file"
expect "$(group --set first-group=7 --settings other.conf)" 7 "--set wins over the file, wherever it stands"
expect "$(group --set first-group=7 --set first-group=8)" 8 "the last --set wins"

# -v says which
run 0 convert -v CCcam.cfg
says "the settings are those of cc2oscam.conf"
run 0 convert CCcam.cfg
lacks stderr "settings"

# a file that is there and cannot be used stops the run; only commands that have a use for it read it
echo 'first-grup = 5' >cc2oscam.conf
run 2 convert CCcam.cfg -o out
says 'cc2oscam: cc2oscam.conf:1: there is no choice "first-grup"; did you mean "first-group"?'
[ ! -e out ] || fail "something was written"
[ ! -s stdout ] || fail "something was printed"
run 0 help
run 0 explain C
rm cc2oscam.conf
mkdir cc2oscam.conf
run 2 convert CCcam.cfg
says "cc2oscam.conf cannot be read"
rmdir cc2oscam.conf
run 2 convert --settings missing.conf CCcam.cfg
says "missing.conf cannot be read"

# the command line's own options win over both
echo 'profile = "server" comments = "none" error = { "webif-without-password" } templates = "missing"' >all.conf
echo 'C: host1.example.com 12000 anna wordone' >open.cfg
run 2 convert --settings all.conf open.cfg
says "missing"
mkdir templates
run 1 convert --settings all.conf --templates templates open.cfg
says "error: the web interface"
lacks stdout "[dvbapi]"
lacks stdout "# open.cfg"
run 0 convert --settings all.conf --templates templates -W webif-without-password --profile receiver \
	--comments source open.cfg
says "warning: the web interface"
holds stdout "[dvbapi]"
holds stdout "# open.cfg:1"
run 0 convert --settings all.conf --set profile=receiver --set comments=source --set templates=templates \
	--set silent=webif-without-password open.cfg
lacks stderr "web interface"
holds stdout "[dvbapi]"

# a relative path starts at the settings file's folder
mkdir -p deep/mine
echo 'templates = "mine"' >deep/settings.conf
echo 'nothing' >deep/mine/oscam.server.mustache
run 2 convert --settings deep/settings.conf CCcam.cfg
says "deep/mine"

rm -r xdg .config

# of what keys of OSCam make check says what was said, and nothing else
cat >keys.conf <<'END'
profile = "receiver"
groups  = "minimal"
set     = { "reader.cccam.inactivitytimeout = 600", "account.max_connections = 2" }
END
printf 'C: host1.example.com 12000 anna wordone\nF: bert wordtwo 1 1 0\n' >friend.cfg
run 0 convert --settings keys.conf --set monitor.port=988 friend.cfg -o keys
says "note: max_connections has no effect: OSCam counts logins only with uniq = 1 to 4 [setting-unused]"
says "warning: [monitor] port = 988: only root may open ports below 1024 [port-privileged]"
says "[webif-without-password]"
holds keys/oscam.server "inactivitytimeout             = 600"
holds keys/oscam.user "max_connections               = 2"
run 1 check keys
says "3 files: 2 warnings, 1 note"
run 0 convert --settings keys.conf --set account.uniq=1 friend.cfg -o uniq
lacks stderr max_connections
lacks uniq/oscam.user skip
run 1 check uniq
says "3 files: 1 warning"
run 2 convert --set cccam.version=9.9.9 friend.cfg -o refused
says 'cc2oscam: --set "cccam.version": version = 9.9.9: OSCam does not know it, and calls itself 2.3.2 [version-unknown]'
[ ! -e refused ] || fail "something was written"

# the sample is a settings file that changes nothing
run 0 help settings
sed 's/^#\([a-z]\)/\1/; /^templates/d' stdout >sample.conf
run 0 convert CCcam.cfg
cp stdout plain
run 0 convert --settings sample.conf CCcam.cfg
cmp plain stdout || fail "the sample's defaults are not the program's"
