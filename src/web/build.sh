#!/bin/sh
# Builds the program as one HTML file, build-web/cc2oscam.html, which works from the disk and without a network: the
# program for WebAssembly, on a file system in memory. For Debian; what is missing is installed where that is allowed,
# else the line to type is printed. The source of libConfuse comes from Debian, the file system and the tools for
# scripts from npm, in the versions of package-lock.json; both are kept in build-web/fetched.
# The tests use run.mjs and the program, which stay beside the page.
set -eu

cd "$(dirname "$0")/../.."
root=$PWD
build=$root/build-web
fetched=$build/fetched
. examples/setup.sh

missing_tools_of_page()
{
	for tool in clang=clang wasm-ld=lld llvm-ar=llvm cmake=cmake make=make pkg-config=pkg-config flex=flex npm=npm; do
		command -v "${tool%%=*}" >/dev/null || echo "${tool#*=}"
	done
	[ -f /usr/include/wasm32-wasi/stdlib.h ] || echo wasi-libc
}

# The part of the compiler's own library that WebAssembly needs is of the compiler's version.
missing_builtins()
{
	[ -f "$(clang --target=wasm32-wasi -print-libgcc-file-name)" ] ||
		echo "libclang-rt-$(clang -dumpversion | sed 's/\..*//')-dev-wasm32"
}

# need_packages PACKAGE...
need_packages()
{
	[ $# -eq 0 ] || install_packages "$@" || {
		say_what_to_install "$@"
		exit 2
	}
}

# The source alone, through a list of sources of our own: the system's lists stay as they are.
fetch_confuse()
{
	[ ! -d "$fetched/confuse" ] || return 0
	mkdir -p "$fetched/apt/lists/partial"
	. /etc/os-release
	echo "deb-src http://deb.debian.org/debian $VERSION_CODENAME main" >"$fetched/apt/sources.list"
	(
		cd "$fetched/apt"
		set -- -o "Dir::Etc::sourcelist=$PWD/sources.list" -o Dir::Etc::sourceparts=/dev/null \
			-o "Dir::State::lists=$PWD/lists" -o APT::Sandbox::User=root -o Dir::Cache::srcpkgcache= -o Dir::Cache::pkgcache=
		apt-get "$@" -q update
		apt-get "$@" -q --tar-only source libconfuse
		tar xf libconfuse_*.orig.tar.*
		mv libconfuse-*/ ../confuse
	)
	rm -r "$fetched/apt"
}

# None of what npm brings runs scripts when it is installed.
fetch_parts()
{
	cmp -s src/web/package-lock.json "$fetched/package-lock.json" || rm -rf "$fetched/node_modules"
	cp src/web/package.json src/web/package-lock.json "$fetched"
	[ -d "$fetched/node_modules" ] || npm ci --prefix "$fetched" --no-audit --no-fund --ignore-scripts
}

# Only what libConfuse asks for: there are no users, so no home folders.
write_pwd()
{
	cat >"$1" <<'END'
struct passwd {
	const char *pw_dir;
};
#define geteuid()       0
#define getpwuid(user)  ((struct passwd *)0)
#define getpwnam(name)  ((void)(name), (struct passwd *)0)
END
}

build_confuse()
{
	confuse=$build/confuse
	[ ! -f "$confuse/libconfuse.pc" ] || return 0
	mkdir -p "$confuse"
	cp "$fetched/confuse/src/confuse.h" "$confuse"
	write_pwd "$confuse/pwd.h"
	flex -Pcfg_yy -o "$confuse/lexer.c" "$fetched/confuse/src/lexer.l"
	# The lexer's function gives an int. WebAssembly is not valid where the caller thinks otherwise.
	sed 's/^extern void cfg_yylex_destroy/extern int cfg_yylex_destroy/' \
		"$fetched/confuse/src/confuse.c" >"$confuse/confuse.c"
	for source in "$confuse/confuse.c" "$fetched/confuse/src/reallocarray.c" "$confuse/lexer.c"; do
		clang --target=wasm32-wasi -O2 -w -I "$confuse" -I "$fetched/confuse/src" -DHAVE_STRINGS_H -DHAVE_UNISTD_H \
			-DHAVE_STRING_H -DHAVE_SYS_STAT_H -DHAVE_STRDUP -DHAVE_STRNDUP -DHAVE_STRCASECMP -DHAVE_FMEMOPEN \
			-DHAVE_REALLOCARRAY -DPACKAGE_VERSION='""' -DPACKAGE_STRING='""' -DPACKAGE='""' \
			-c "$source" -o "$confuse/$(basename "$source" .c).o"
	done
	llvm-ar rcs "$confuse/libconfuse.a" "$confuse"/*.o
	printf '%s\n' "Name: libconfuse" "Description: settings" "Version: 3.3" "Cflags: -I$confuse" \
		"Libs: $confuse/libconfuse.a" >"$confuse/libconfuse.pc"
}

build_program()
{
	PKG_CONFIG_LIBDIR=$build/confuse cmake -S . -B "$build/program" -DCMAKE_TOOLCHAIN_FILE="$root/src/web/wasi.cmake" \
		-DCMAKE_BUILD_TYPE=MinSizeRel -DCMAKE_C_FLAGS_MINSIZEREL="-O2 -DNDEBUG" -DBUILD_TESTING=OFF \
		-DCC2OSCAM_LIBARCHIVE=OFF -DCC2OSCAM_HARDEN=OFF
	cmake --build "$build/program" --target cc2oscam --parallel "$(getconf _NPROCESSORS_ONLN)"
}

# bundle FILE FORMAT OUTPUT
bundle()
{
	NODE_PATH=$fetched/node_modules "$fetched/node_modules/.bin/esbuild" "src/web/$1" --bundle "--format=$2" --minify \
		--log-level=warning "--outfile=$build/$3"
}

build_page()
{
	bundle run.js esm run.mjs
	bundle worker.js iife worker.js
	bundle page.js iife page.js
	node src/web/assemble.mjs src/web/page.html "$build/worker.js" "$build/page.js" "$build/program/cc2oscam.wasm" \
		"$(sed -n 's/^project(cc2oscam VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)" LICENSE \
		"$fetched/confuse/LICENSE" "$fetched/node_modules/@bjorn3/browser_wasi_shim/LICENSE-MIT" \
		"$fetched/node_modules/fflate/LICENSE" /usr/share/doc/wasi-libc/copyright >"$build/cc2oscam.html.new"
	mv "$build/cc2oscam.html.new" "$build/cc2oscam.html"
}

# shellcheck disable=SC2046 # one word for each package
need_packages $(missing_tools_of_page)
# shellcheck disable=SC2046
need_packages $(missing_builtins)
mkdir -p "$fetched"
fetch_confuse
fetch_parts
build_confuse
build_program
build_page
echo "The page is $build/cc2oscam.html"
