#!/bin/sh
# web.sh PROGRAM: the page of src/web. It is built; its texts are looked at in every language; its program is compared
# with PROGRAM for the golden cases; and a browser does what a person does. Pictures of that are in build-web/shots.
# Skips (77) where Node, npm or Chromium is missing.
set -eu

native=$(realpath "$1")
cd "$(dirname "$0")/.."
root=$PWD
build=$root/build-web

skip()
{
	echo "skipped: $1"
	exit 77
}

for tool in node npm; do
	command -v "$tool" >/dev/null || skip "no $tool, so no page"
done
browser=$(command -v chromium) || skip "no chromium, so no page"
mkdir -p "$build"
sh src/web/build.sh >"$build/build.log" 2>&1 || {
	tail -n 40 "$build/build.log"
	exit 1
}
size=$(wc -c <"$build/cc2oscam.html")
echo "the page has $size bytes"
[ "$size" -le 1200000 ] || {
	echo "that is more than 1.2 MB"
	exit 1
}
node tests/web/texts.mjs
node tests/web/program.mjs "$build/run.mjs" "$build/program/cc2oscam.wasm" "$native" tests/golden
node tests/web/page.mjs "$build/cc2oscam.html" "$build/fetched/node_modules" "$browser" "$native" "$root" "$build/shots"
