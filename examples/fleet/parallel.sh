#!/bin/sh
# parallel.sh PARTS OUT INPUT...: what `cc2oscam batch -o OUT INPUT...` does, in that many parts by GNU parallel.
# Options of batch may stand among the inputs. OUT.ndjson is the report of all; the status is batch's, the highest of
# all parts.
#
# Without more, the parts run on this machine. The variable PARALLEL has further options of parallel, such as
# "-S north.example.com,south.example.com --workdir ." for machines that see the same files under the same names.
# The variable CC2OSCAM is the program when it is not in PATH.
set -eu

case ${1:-} in
'' | *[!0-9]*) parts=0 ;;
*) parts=$1 ;;
esac
if [ "$parts" -lt 1 ] || [ $# -lt 3 ]; then
	echo "usage: parallel.sh PARTS OUT INPUT|OPTION..." >&2
	exit 2
fi
out=$2
shift 2
parallel --version 2>/dev/null | grep -q '^GNU parallel' || {
	echo "parallel.sh: GNU parallel is missing (on Debian: apt-get install parallel)" >&2
	exit 2
}

mkdir -p "$out.parts"
rm -f "$out.parts"/*
# --quote: blanks and the like in names mean nothing to the shell that starts a part.
seq "$parts" | parallel --quote --joblog "$out.parts/log" "${CC2OSCAM:-cc2oscam}" batch -q -j 1 \
	--shard "{}/$parts" --report "$out.parts/{}.ndjson" -o "$out" "$@" || true

status=0
seq "$parts" | sed 's/$/.ndjson/' | (cd "$out.parts" && xargs cat) >"$out.ndjson" || status=2
# Of each part the log has the status and the signal that ended it, 7th and 8th in a row.
awk -F '\t' -v parts="$parts" -v worst="$status" '
	NR > 1 { rows++; status = $7 > 2 || $8 > 0 ? 2 : $7 + 0; if (status > worst) worst = status }
	END { exit rows + 0 < parts + 0 ? 2 : worst }' "$out.parts/log"
