# shellcheck shell=sh
# shellcheck disable=SC2154 # root comes from the caller
# What try.sh and tests/run.sh share: finds what a build needs, installs it when that is possible, and builds.
# Source it with `root` set to the folder of the project.

# The programs that tests use, as COMMAND=PACKAGE. What is large is not here, such as Ansible: a test that lacks a
# program is skipped, and run.sh says why.
test_tools="patch=patch strace=strace parallel=parallel"

# Prints the Debian packages that are missing, of libraries named as MODULE=PACKAGE.
missing_libraries()
{
	for library in "$@"; do
		pkg-config --exists "${library%%=*}" 2>/dev/null || echo "${library#*=}"
	done
}

missing_to_build()
{
	command -v cc >/dev/null || echo gcc
	echo '#include <stdio.h>' | cc -E -x c - >/dev/null 2>&1 || echo libc6-dev
	command -v cmake >/dev/null || echo cmake
	command -v make >/dev/null || command -v ninja >/dev/null || echo make
	command -v pkg-config >/dev/null || echo pkg-config
	missing_libraries libconfuse=libconfuse-dev jansson=libjansson-dev libarchive=libarchive-dev
}

missing_tools()
{
	for tool in $test_tools; do
		command -v "${tool%%=*}" >/dev/null || echo "${tool#*=}"
	done
}

# last_line FILE: what can be shown of its last line that is not empty.
last_line()
{
	tail -c 400 "$1" | tr '\r' '\n' | grep . | tail -n 1 | tr -cd '[:print:]' | cut -c 1-"$2"
}

# show_progress WORD LOG: shows the time and the log's last line until it is ended: on a terminal in one line, else
# now and then in a line of its own.
show_progress()
{
	seconds=0
	while sleep 1 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
		seconds=$((seconds + 1))
		if [ -t 2 ]; then
			printf '\r%s: %s s  %s\033[K' "$1" "$seconds" "$(last_line "$2" 50)" >&2
		elif [ $((seconds % 15)) -eq 0 ]; then
			printf '%s: %s s  %s\n' "$1" "$seconds" "$(last_line "$2" 70)" >&2
		fi
	done
}

# alive WORD LOG COMMAND...: runs the command with its output in the log, and shows that something is going on.
# Its status is the command's.
alive()
{
	word=$1 log=$2 status=0
	shift 2
	echo "$word ..." >&2
	: >"$log"
	show_progress "$word" "$log" &
	progress=$!
	"$@" >>"$log" 2>&1 || status=$?
	kill "$progress" 2>/dev/null || true
	wait "$progress" 2>/dev/null || true
	[ ! -t 2 ] || printf '\r\033[K' >&2
	return "$status"
}

# Runs apt-get as root, never asking; false when that is not allowed.
apt_get()
{
	set -- env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@"
	if [ "$(id -u)" != 0 ]; then
		set -- sudo -n "$@"
	fi
	"$@" </dev/null
}

# What is known of packages may be out of date, hence the update; without a network the old lists may do.
update_and_install()
{
	apt_get update || true
	apt_get install --no-install-recommends "$@"
}

# Installs the packages named; false when that cannot be done from here.
install_packages()
{
	command -v apt-get >/dev/null || return
	[ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || return
	install_log=$(mktemp)
	echo "Missing, to be installed: $*" >&2
	if alive "Installing" "$install_log" update_and_install "$@"; then
		rm -f "$install_log"
		return
	fi
	tail -n 20 "$install_log" >&2
	rm -f "$install_log"
	return 1
}

# Prints the line that a user without rights has to run, or has to have run.
say_what_to_install()
{
	install="apt-get install -y --no-install-recommends $*"
	echo "Missing: $*" >&2
	echo "These could not be installed from here. On Debian or Ubuntu, run this line once and start again:" >&2
	if [ "$(id -u)" = 0 ]; then
		echo "  apt-get update && $install" >&2
	elif command -v sudo >/dev/null; then
		echo "  sudo sh -c 'apt-get update && $install'" >&2
	else
		echo "  su -c 'apt-get update && $install'" >&2
	fi
}

# need build, need tests: installs what is missing, for both at once so that nobody is asked twice. Where that cannot
# be done it prints the line to run and exits with status 2; tests go on without programs that only some of them use.
need()
{
	to_build=$(missing_to_build)
	for_tests=$(missing_libraries cmocka=libcmocka-dev)
	tools=$(missing_tools)
	needed=$to_build
	wished=$to_build
	if [ "$1" = tests ]; then
		needed=$to_build$for_tests
		wished=$needed$tools
	fi
	# shellcheck disable=SC2086 # one word for each package
	if [ -n "$wished" ] && ! install_packages $to_build $for_tests $tools && [ -n "$needed" ]; then
		say_what_to_install $to_build $for_tests $tools
		exit 2
	fi
}

# configure_and_build FOLDER OPTION...
configure_and_build()
{
	cmake -S "$root" -B "$@" && cmake --build "$1" --parallel "$(getconf _NPROCESSORS_ONLN)"
}

# build FOLDER OPTION...: configures and builds there; the log is shown only when that fails.
build()
{
	folder=$1
	mkdir -p "$folder"
	if [ -f "$folder/CMakeCache.txt" ]; then
		# A folder that was moved or copied must be configured anew.
		grep -q -x -F "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt" ||
			rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
	fi
	if [ ! -f "$folder/CMakeCache.txt" ] && ! command -v make >/dev/null; then
		set -- "$@" -G Ninja
	fi
	if ! alive "Building" "$folder/build.log" configure_and_build "$@"; then
		cat "$folder/build.log" >&2
		echo "The build failed; the log above is $folder/build.log" >&2
		exit 2
	fi
}
