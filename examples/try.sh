#!/bin/sh
# try.sh [CCcam.cfg]: builds cc2oscam, installing what that needs, and shows what it makes of the file (without
# one, of the example in home-receiver/). Writes nothing but the folder build/.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/examples/setup.sh"

file=${1:-$root/examples/home-receiver/CCcam.cfg}
if [ ! -r "$file" ]; then
	echo "try.sh: there is no file $file that can be read" >&2
	exit 2
fi

need
build "$root/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF

echo "== What OSCam needs in place of $file"
echo "== cc2oscam convert $file"
echo
status=0
"$root/build/cc2oscam" convert "$file" || status=$?
# 1 only says that there is something to look at.
[ "$status" -le 1 ] || exit "$status"
