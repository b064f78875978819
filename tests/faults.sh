#!/bin/sh
# Faults in every command: see tests/faults/faults.c. The program and the test are those of build-tests/, which
# tests/run.sh builds; or of the folder in BUILD.
#
# tests/faults.sh                     a minute's sample, which moves with the date
# tests/faults.sh SECONDS [SEED]      another one
# tests/faults.sh all                 everything: some ten minutes
# tests/faults.sh SCENE [WHAT [NUMBER [REASON]]]   those faults alone, as they are printed behind WRONG
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
build=${BUILD:-$root/build-tests}
if [ ! -x "$build/tests/faults" ] || [ ! -x "$build/cc2oscam" ]; then
	echo "skipped: there is no test of faults in $build (tests/run.sh builds it, on Linux)"
	exit 77
fi
TMPDIR=$(mktemp -d "$(sh "$root/tests/memory.sh")/cc2oscam-faults-XXXXXX")
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' HUP INT TERM
SOURCE_DIR=$root
export TMPDIR SOURCE_DIR

case ${1:-60} in
[0-9]*)
	seconds=${1:-60}
	seed=${2:-$(date +%Y%m%d)}
	echo "seed $seed: the same again with tests/faults.sh $seconds $seed"
	set -- sample "$seconds" "$seed"
	;;
esac
"$build/tests/faults" "$build/cc2oscam" "$build/tests/libstrike.so" "$@"
