#!/bin/sh
# try.sh and run.sh on a machine that lacks things: apt-get, cmake and ctest are played here. tests/fresh.sh has the
# real ones.
. "$SOURCE_DIR/tests/cli/common.inc"

mkdir -p "the project/tests" fake
cp -R "$SOURCE_DIR/examples" "the project"
cp "$SOURCE_DIR/tests/run.sh" "the project/tests"
PATH=$work/fake:$PATH
export PATH work CC2OSCAM

# player NAME: a program of that name; standard input is its script.
player() {
	{ echo "#!/bin/sh" && cat; } >"fake/$1"
	chmod +x "fake/$1"
}

# script STATUS FILE WORD...: a script of the project ends with that status.
script() {
	wanted=$1
	shift
	got=0
	sh "the project/$@" >stdout 2>stderr </dev/null || got=$?
	[ "$got" -eq "$wanted" ] || fail "status $got, not $wanted: $*"
}

player pkg-config <<'END'
[ -e "$work/installed" ]
END
player id <<'END'
cat "$work/user"
END
player apt-get <<'END'
echo "$*" >>"$work/apt"
case $* in
*install*) : >"$work/installed" ;;
esac
END
player cmake <<'END'
case $1 in
-S) mkdir -p "$4" && : >"$4/CMakeCache.txt" ;;
--build) ln -sf "$CC2OSCAM" "$2/cc2oscam" ;;
esac
END
player ctest <<'END'
mkdir -p Testing/Temporary
printf '%s\n' '1/2 Testing: cli/one' 'skipped: there is no tool' 'skipped: there is no tool' \
	'2/2 Testing: cli/two' 'not skipped: this' >Testing/Temporary/LastTest.log
exit 8
END

# Without rights: one line, the same from both, with what both need.
echo 1000 >user
player sudo <<'END'
exit 1
END
for file in examples/try.sh tests/run.sh; do
	script 2 $file
	[ "$(grep -c "apt-get install" stderr)" -eq 1 ] || fail "not one line to run"
	grep "apt-get install" stderr >"line-$(basename $file)"
	for package in libconfuse-dev libjansson-dev libarchive-dev libcmocka-dev; do
		grep -q " $package[ ']" stderr || fail "$file does not name $package"
	done
done
cmp line-try.sh line-run.sh || fail "the scripts want different packages"
[ ! -e apt ] || fail "apt-get ran without rights"
# The line can be pasted: sudo runs what it is given.
player sudo <<'END'
[ "$1" != -n ] && exec "$@"
END
sh line-try.sh || fail "the line does not run"
[ -e installed ] || fail "the line installs nothing"
rm installed apt

# As root: apt is asked once, for both.
echo 0 >user
script 0 examples/try.sh
holds apt libcmocka-dev
holds stderr "Installing"
holds stderr "Building"
grep -q "^\[reader\]" stdout || fail "the conversion is not shown"
tail -n 1 stdout >next
# The last line can be pasted, also where the folder has a blank in its name.
holds next "sh '"
script 0 examples/try.sh "$SOURCE_DIR/examples/home-receiver/CCcam.cfg"
tail -n 1 stdout >next
sh next 2>/dev/null || fail "the next command does not run"
[ -s oscam/oscam.server ] || fail "the next command does not write"
for tool in patch strace parallel; do
	player $tool </dev/null
done
rm apt
script 8 tests/run.sh
[ ! -e apt ] || fail "run.sh asked again"
[ "$(grep -c "there is no tool" stdout)" -eq 1 ] || fail "a reason is not there once"
holds stdout "  cli/one: there is no tool"
lacks stdout "not skipped"

# What cannot be installed: said, with the line. Tools that only some tests use stop nothing.
rm installed
player apt-get <<'END'
echo "no network"
exit 100
END
script 2 tests/run.sh
says "no network"
says "apt-get install"
