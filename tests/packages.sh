#!/bin/sh
# packages.sh BUILD: makes the packages of a build and tries them: the Debian package in a bare system (installed, run,
# upgraded, removed, with nothing left), the RPM's contents, and the source archive, which has to build without git.
# Needs root; ends with status 77 where a bare system cannot be had.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
build=$(CDPATH='' cd -- "${1:?the folder of a build}" && pwd -P)
. "$root/tests/root.inc"
for tool in cpack lintian; do
	command -v $tool >/dev/null || skip "there is no $tool (on Debian: apt-get install cmake lintian)"
done

fail() {
	tail -n 60 "$scratch/said" 2>/dev/null
	echo "packages.sh: $*"
	exit 1
}

# package KIND: the file that cpack makes, in the scratch folder.
package() {
	(cd "$build" && cpack -G "$1" -B "$scratch/$1") >"$scratch/said" 2>&1 || fail "cpack makes no $1"
}

# files: all that there is in the bare system, but for what apt and dpkg keep for themselves.
files() {
	(cd "$system" && find . -xdev \( -path ./tmp -o -path ./root -o -path ./run -o -path ./var/cache -o -path ./var/log \
		-o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./etc/ld.so.cache \) -prune -o -print | LC_ALL=C sort)
}

apt_in() {
	in_root "$system" root "DEBIAN_FRONTEND=noninteractive apt-get -q -y $*" >"$scratch/said" 2>&1 || fail "apt-get $*"
}

try_debian_package() {
	package DEB
	deb=$(echo "$scratch"/DEB/*.deb)
	lintian --fail-on error --allow-root "$deb" >"$scratch/lintian" 2>&1 || {
		cat "$scratch/lintian"
		fail "lintian finds errors"
	}
	cat "$scratch/lintian"
	dpkg-deb -R "$deb" "$scratch/next"
	sed -i 's/^Version: .*/&+next/' "$scratch/next/DEBIAN/control"
	rm "$scratch/next/usr/share/doc/cc2oscam/README.md" # a file that the next version has no more
	dpkg-deb -b "$scratch/next" "$scratch/next.deb" >/dev/null

	suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	system=$scratch/root.package
	bare_root "$suite" "$system"
	mount_in "$system"
	cp "$deb" "$system/tmp/cc2oscam.deb"
	cp "$scratch/next.deb" "$system/tmp"
	chmod 644 "$system"/tmp/*.deb
	apt_in update
	files >"$scratch/before"
	apt_in install --no-install-recommends /tmp/cc2oscam.deb
	docs=/usr/share/doc/cc2oscam
	in_root "$system" root "cc2oscam convert -q $docs/examples/home-receiver/CCcam.cfg -o /tmp/oscam &&
		cd /tmp && tar -C $docs/examples/fleet/boxes/attic -czf attic.tar.gz etc &&
		cc2oscam batch -q -o /tmp/all attic.tar.gz" >"$scratch/said" 2>&1 || fail "the program does not run"
	diff -r "$root/examples/home-receiver/oscam" "$system/tmp/oscam" || fail "the program converts in another way"
	echo 'comments = "none"' >"$system/etc/cc2oscam.conf"
	apt_in install --no-install-recommends /tmp/next.deb
	in_root "$system" root "cc2oscam --version" >"$scratch/said" 2>&1 || fail "the next version does not run"
	[ ! -e "$system$docs/README.md" ] || fail "an old file is left by the upgrade"
	[ -f "$system/etc/cc2oscam.conf" ] || fail "the upgrade took the settings"
	apt_in purge cc2oscam
	apt_in autoremove --purge
	[ -f "$system/etc/cc2oscam.conf" ] || fail "the settings, which are the user's, were removed"
	rm "$system/etc/cc2oscam.conf"
	files | diff "$scratch/before" - >"$scratch/said" || fail "something is left, or gone"
	remove_systems
	echo "the Debian package: installed, run, upgraded and removed ($(($(stat -c %s "$deb") / 1000)) kB)"
}

try_rpm() {
	command -v rpmbuild >/dev/null || {
		echo "skipped: there is no rpmbuild (on Debian: apt-get install rpm)"
		return
	}
	package RPM
	dpkg-deb -c "$deb" | awk '{ print $6 }' | sed 's/^\.//; s/\.gz$//; s/vendor-completions/site-functions/' |
		grep -v -e '/$' -e /changelog -e /copyright | sort >"$scratch/in-deb"
	rpm -qpl "$scratch"/RPM/*.rpm 2>/dev/null | sort >"$scratch/in-rpm"
	comm -23 "$scratch/in-deb" "$scratch/in-rpm" >"$scratch/said"
	[ ! -s "$scratch/said" ] || fail "the RPM lacks files of the Debian package"
	echo "the RPM has all files"
}

try_source() {
	(cd "$build" && cpack --config CPackSourceConfig.cmake -B "$scratch") >"$scratch/said" 2>&1 ||
		fail "cpack makes no source archive"
	mkdir "$scratch/source"
	tar -C "$scratch/source" --strip-components=1 -xzf "$scratch"/cc2oscam-*.tar.gz
	if git -c safe.directory='*' -C "$root" ls-files >"$scratch/files" 2>/dev/null; then
		(cd "$scratch/source" && find . ! -type d | sed 's|^\./||' | LC_ALL=C sort) >"$scratch/in-source"
		LC_ALL=C sort "$scratch/files" | diff - "$scratch/in-source" >"$scratch/said" || fail "other files than git has"
	fi
	(cd "$scratch/source" && export CCACHE_BASEDIR="$PWD" PATH="$scratch/no-git:$PATH" && cmake -S . -B build -DCMAKE_BUILD_TYPE=Debug -DBUILD_TESTING=OFF &&
		cmake --build build --parallel "$(getconf _NPROCESSORS_ONLN)") >"$scratch/said" 2>&1 ||
		fail "the source archive does not build"
	"$scratch/source/build/cc2oscam" --version
	echo "the source archive builds"
}

mkdir "$scratch/no-git"
printf '#!/bin/sh\nexit 127\n' >"$scratch/no-git/git"
chmod +x "$scratch/no-git/git"
try_debian_package
try_rpm
try_source
