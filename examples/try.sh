#!/bin/sh
# try.sh [CCcam.cfg]: builds cc2oscam, installing what that needs, and shows what it makes of the file (without
# one, of the example in home-receiver/). Writes nothing but the folder build/.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/examples/setup.sh"

# in_shell TEXT: as a shell wants to have it.
in_shell()
{
	case $1 in
	*[!A-Za-z0-9_./-]*) printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")" ;;
	*) printf %s "$1" ;;
	esac
}

file=${1:-$root/examples/home-receiver/CCcam.cfg}
if [ ! -r "$file" ]; then
	echo "try.sh: there is no file $file that can be read" >&2
	exit 2
fi

need build
build "$root/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF

program=$root/build/cc2oscam
echo "== What OSCam needs in place of $file"
echo "== cc2oscam convert $file"
echo
status=0
"$program" convert "$file" || status=$?
# 1 only says that there is something to look at.
[ "$status" -le 1 ] || exit "$status"
echo
echo "== The program is $program"
if [ $# -gt 0 ]; then
	echo "== Next, to write these files to the folder oscam:"
	echo "$(in_shell "$program") convert $(in_shell "$file") -o oscam"
else
	echo "== Next, with your own CCcam.cfg:"
	echo "sh $(in_shell "$root/examples/try.sh") CCcam.cfg"
fi
