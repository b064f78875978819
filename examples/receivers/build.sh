#!/bin/sh
# build.sh TARGET [FOLDER]: cc2oscam for a receiver: one static program that needs nothing of the image, and an .ipk
# package of it for opkg. TARGET is armv7 (hard float), aarch64, mipsel or x86_64; FOLDER, by default build-TARGET in the
# project's folder, gets cc2oscam and cc2oscam_VERSION_TARGET.ipk. On Debian 12, whose cross compilers and libraries are
# used; what is missing is installed where root or sudo allows that. The C library is musl's: with glibc's the program
# would be some 400 kB larger (x86_64: 700 kB).
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
. "$root/examples/setup.sh"

target=${1:-} code=''
case $target in
armv7) architecture=armhf processor=arm triplet=arm-linux-gnueabihf ;;
aarch64) architecture=arm64 processor=aarch64 triplet=aarch64-linux-gnu ;;
mipsel)
	architecture=mipsel processor=mips triplet=mipsel-linux-gnu
	code='-mplt -mno-shared' # a sixth smaller: a static program finds its own functions without tables
	;;
x86_64) architecture=amd64 processor=x86_64 triplet=x86_64-linux-gnu ;;
*)
	echo "usage: build.sh armv7|aarch64|mipsel|x86_64 [FOLDER]" >&2
	exit 2
	;;
esac
folder=${2:-$root/build-$target}
mkdir -p "$folder"
folder=$(CDPATH='' cd -- "$folder" && pwd -P)
case $folder in
*[[:space:]]*)
	echo "build.sh: the compiler takes no folder with a blank in its name: name another one behind $target" >&2
	exit 2
	;;
esac

install_compiler()
{
	set --
	for tool in cmake make pkg-config; do
		command -v $tool >/dev/null || set -- "$@" $tool
	done
	command -v $triplet-gcc >/dev/null || set -- "$@" gcc-"$(echo $triplet | tr _ -)"
	[ $# -eq 0 ] || install_packages "$@" || {
		say_what_to_install "$@"
		exit 2
	}
}

# apt for the receiver's architecture, with lists of its own: this machine's stay as they are.
apt_for_target()
{
	mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
	: >"$folder/apt/status"
	"$@" -q -o APT::Architecture=$architecture -o APT::Architectures=$architecture -o Dir::State="$folder/apt" \
		-o Dir::State::lists="$folder/apt/lists" -o Dir::State::status="$folder/apt/status" \
		-o Dir::Cache="$folder/apt/cache" -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1
}

# One list that cannot be had need not be the one that is wanted, hence no && behind the update.
download()
{
	cd "$folder/libraries" || return
	apt_for_target apt-get update
	apt_for_target apt-get download libconfuse-dev musl-dev
}

# The libraries, as files beside the build. The shared ones are taken away: static ones are meant.
fetch_libraries()
{
	[ ! -f "$folder/libraries/done" ] || return 0
	rm -rf "$folder/libraries"
	mkdir "$folder/libraries"
	(download) || return
	for package in "$folder/libraries"/*.deb; do
		dpkg-deb -x "$package" "$folder/libraries" || return
		rm "$package"
	done
	rm -r "$folder/libraries/usr/lib/$triplet"/*.so "$folder/apt"
	sed "s|/usr/|$folder/libraries/usr/|g" "$folder"/libraries/usr/lib/*-linux-musl*/musl-gcc.specs \
		>"$folder/libraries/specs" || return
	: >"$folder/libraries/done"
}

configure_and_build_target()
{
	export PKG_CONFIG_SYSROOT_DIR="$folder/libraries"
	export PKG_CONFIG_LIBDIR="$folder/libraries/usr/lib/$triplet/pkgconfig"
	cmake -S "$root" -B "$folder/build" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=$processor \
		-DCMAKE_C_COMPILER=$triplet-gcc -DCMAKE_BUILD_TYPE=MinSizeRel -DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON \
		-DCMAKE_C_FLAGS="-specs=$folder/libraries/specs -fno-pie $code -ffunction-sections -fdata-sections" \
		-DCMAKE_EXE_LINKER_FLAGS=-static -DCC2OSCAM_STATIC=ON -DCC2OSCAM_HARDEN=OFF \
		-DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_SYSCONFDIR=/etc -DBUILD_TESTING=OFF -DCC2OSCAM_LIBARCHIVE=OFF &&
		cmake --build "$folder/build" --parallel "$(getconf _NPROCESSORS_ONLN)" --target cc2oscam &&
		cp "$folder/build/cc2oscam" "$folder/cc2oscam"
}

# archive FOLDER FILE: of all that is in the folder, the same bytes each time.
archive()
{
	tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 --format=gnu -cf - . | gzip -9n >"$2"
}

# An .ipk is made like a .deb. Images name one architecture in many ways, hence "all", and a word when it is the wrong one.
make_package()
{
	version=$(sed -n 's/^project(cc2oscam VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
	ipk=$folder/cc2oscam_${version}_$target.ipk
	parts=$folder/package
	rm -rf "$parts"
	mkdir -p "$parts/control" "$parts/data/usr/bin" "$parts/data/usr/share/cc2oscam"
	install -m 755 "$folder/cc2oscam" "$parts/data/usr/bin"
	install -m 644 "$root/src/app/settings_default.conf" "$parts/data/usr/share/cc2oscam/cc2oscam.conf.sample"
	cat >"$parts/control/control" <<-END
		Package: cc2oscam
		Version: $version
		Architecture: all
		Maintainer: the cc2oscam project <cc2oscam@example.com>
		Section: utils
		Priority: optional
		Description: translates CCcam.cfg into the files of OSCam ($target)
	END
	cat >"$parts/control/postinst" <<-END
		#!/bin/sh
		"\$D/usr/bin/cc2oscam" --version && exit 0
		echo "This package of cc2oscam is for $target. This receiver has another processor." >&2
		exit 1
	END
	chmod 755 "$parts/control/postinst"
	chmod 644 "$parts/control/control"
	echo 2.0 >"$parts/debian-binary"
	archive "$parts/control" "$parts/control.tar.gz"
	archive "$parts/data" "$parts/data.tar.gz"
	rm -f "$ipk"
	(cd "$parts" && ar rcD "$ipk" debian-binary control.tar.gz data.tar.gz)
	rm -r "$parts"
}

install_compiler
for step in fetch_libraries configure_and_build_target; do
	if ! alive "$target" "$folder/build.log" $step; then
		tail -n 40 "$folder/build.log" >&2
		echo "build.sh: that failed; the log above is $folder/build.log" >&2
		grep -q '^VERSION_CODENAME=bookworm' /etc/os-release ||
			echo "build.sh: this script needs Debian 12 (bookworm); this system is another" >&2
		exit 2
	fi
done
make_package
echo "The program is $folder/cc2oscam ($(($(wc -c <"$folder/cc2oscam") / 1000)) kB)"
echo "The package is $ipk"
echo "Next, to bring the program to the receiver (its address in place of 192.0.2.10), and to move there:"
echo "scp $folder/cc2oscam root@192.0.2.10:/usr/bin/cc2oscam"
echo "ssh -t root@192.0.2.10 cc2oscam migrate"
