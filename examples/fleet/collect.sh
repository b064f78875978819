#!/bin/sh
# collect.sh FOLDER HOST...: fetches what `cc2oscam batch` needs of each receiver by ssh: FOLDER/HOST.tar.gz with CCcam's
# files and OSCam's, from the places where images have them. HOST is what ssh takes, such as root@kitchen.example.com.
# The receiver needs nothing but sh and tar, and nothing is written there. A receiver that fails is named at the end, and
# its archive of an earlier time stays; the status is 1 then. Many at once: parallel sh collect.sh backups ::: HOST...
set -eu

if [ $# -lt 2 ]; then
	echo "usage: collect.sh FOLDER HOST..." >&2
	exit 2
fi
folder=$1
shift
umask 077 # the files hold passwords
mkdir -p "$folder"

# What the receiver's own shell does. Of a link the archive gets the file.
there='
cd / || exit
set --
for place in etc var/etc usr/keys var/keys etc/tuxbox/config var/tuxbox/config usr/local/etc etc/cccam etc/CCcam \
	etc/oscam etc/tuxbox/config/oscam etc/tuxbox/config/oscam-emu etc/tuxbox/config/ncam; do
	for file in CCcam.cfg CCcam.prio CCcam.providers CCcam.channelinfo newcamd.conf; do
		[ ! -f "$place/$file" ] || set -- "$@" "$place/$file"
	done
	for file in conf server user services dvbapi provid srvid srvid2; do
		[ ! -f "$place/oscam.$file" ] || set -- "$@" "$place/oscam.$file"
		[ ! -f "$place/ncam.$file" ] || set -- "$@" "$place/ncam.$file"
	done
done
case " $*" in
*/CCcam.cfg*) exec tar -chzf - "$@" ;;
esac
echo "there is no CCcam.cfg at the known places" >&2
exit 1'

failed=
for host in "$@"; do
	archive=$folder/${host##*@}.tar.gz
	if ssh -n -o BatchMode=yes -- "$host" "$there" >"$archive.new" && gzip -t "$archive.new"; then
		mv "$archive.new" "$archive"
		echo "$archive"
	else
		rm -f "$archive.new"
		failed="$failed $host"
	fi
done
[ -z "$failed" ] || {
	echo "collect.sh: not fetched:$failed" >&2
	exit 1
}
