#!/bin/sh
# Builds everything in build-tests/, installing what that needs, and runs all tests. Arguments go to ctest:
# run.sh -L golden, run.sh -R unit/test_parse. Its status is ctest's. What was skipped is listed at the end.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/examples/setup.sh"

# A test that skips something prints "skipped: REASON"; ctest keeps what tests print in its log.
list_skipped()
{
	[ -f "$1" ] || return 0
	awk '/^[0-9]+\/[0-9]+ Test(ing)?: / { name = $3 }
		sub(/^skipped: /, "") && !seen[name, $0]++ {
			if (!any++)
				print "\nSkipped, in full or in part:"
			print "  " name ": " $0
		}' "$1"
}

need tests
build "$root/build-tests" -DCMAKE_BUILD_TYPE=Debug -DBUILD_TESTING=ON
cd "$root/build-tests"
log=Testing/Temporary/LastTest.log
rm -f "$log"
status=0
ctest --output-on-failure -j "$(($(getconf _NPROCESSORS_ONLN) + 1))" "$@" || status=$? # some tests wait
list_skipped "$log"
exit "$status"
