# shellcheck shell=sh
# shellcheck disable=SC2154 # root comes from the caller
# What try.sh and tests/run.sh share: finds what a build needs, installs it when that is possible, and builds.
# Source it with `root` set to the folder of the project.

# Prints the Debian packages of what is missing; the arguments are further libraries as MODULE=PACKAGE.
missing_packages()
{
	command -v cc >/dev/null || echo gcc
	echo '#include <stdio.h>' | cc -E -x c - >/dev/null 2>&1 || echo libc6-dev
	command -v cmake >/dev/null || echo cmake
	command -v make >/dev/null || command -v ninja >/dev/null || echo make
	command -v pkg-config >/dev/null || echo pkg-config
	for library in libconfuse=libconfuse-dev jansson=libjansson-dev \
		libarchive=libarchive-dev "$@"; do
		pkg-config --exists "${library%%=*}" 2>/dev/null || echo "${library#*=}"
	done
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

# Installs the packages named, or prints the line to run and exits with status 2.
install_packages()
{
	echo "Missing, to be installed:" "$@" >&2
	if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
		log=$(mktemp)
		# What is known may be out of date, hence the update; without a network the old lists may do.
		apt_get update >"$log" 2>&1 || true
		if apt_get install --no-install-recommends "$@" >>"$log" 2>&1; then
			rm -f "$log"
			return
		fi
		tail -n 20 "$log" >&2
		rm -f "$log"
	fi
	echo "They could not be installed from here. On Debian or Ubuntu, run this line and start again:" >&2
	echo "  sudo apt-get update && sudo apt-get install -y $*" >&2
	exit 2
}

# Installs what is missing; the arguments are those of missing_packages.
need()
{
	# shellcheck disable=SC2046 # one word for each package
	set -- $(missing_packages "$@")
	[ $# -eq 0 ] || install_packages "$@"
}

# build FOLDER OPTION...: configures and builds there; the log is shown only when that fails.
build()
{
	folder=$1
	shift
	mkdir -p "$folder"
	if [ -f "$folder/CMakeCache.txt" ]; then
		# A folder that was moved or copied must be configured anew.
		grep -q -x -F "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt" ||
			rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
	fi
	if [ ! -f "$folder/CMakeCache.txt" ] && ! command -v make >/dev/null; then
		set -- -G Ninja "$@"
	fi
	if ! { cmake -S "$root" -B "$folder" "$@" &&
		cmake --build "$folder" --parallel "$(getconf _NPROCESSORS_ONLN)"; } >"$folder/build.log" 2>&1; then
		cat "$folder/build.log" >&2
		echo "The build failed; the log above is $folder/build.log" >&2
		exit 2
	fi
}
