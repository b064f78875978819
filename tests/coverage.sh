#!/bin/sh
# coverage.sh SOURCE BUILD [CTEST]: runs the tests of a build with CC2OSCAM_COVERAGE, then prints how much of each
# file under src/ they reached. Fails when a test does, or when the total is below 90 %. Without CTEST, what ran in
# that build so far counts.
set -eu
source=$1
build=$2
ctest=${3:-}
least=90

# Ansible and SSH take long, and reach no line that the others do not.
run_tests() {
	find . -name '*.gcda' -exec rm -f {} +
	"$ctest" --output-on-failure -E "cli/fleet-(ansible|ssh)" -j "$(getconf _NPROCESSORS_ONLN)" >coverage-tests.log 2>&1 || {
		cat coverage-tests.log
		echo "coverage: the tests failed" >&2
		exit 1
	}
}

cd "$build"
[ -z "$ctest" ] || run_tests

# gcov -n prints, for each file, "File 'PATH'" and then "Lines executed:P% of N".
find . -name '*.gcno' -path '*.dir/src/*' | sort | while IFS= read -r notes; do
	gcov -n "$notes" 2>/dev/null
done | awk -v source="$source/src/" -v least="$least" '
	/^File / { file = substr($0, 7, length($0) - 7); next }
	/^Lines executed:/ && index(file, source) == 1 && file ~ /\.c$/ {
		split(substr($0, 16), part, "% of ")
		reached = part[1] * part[2] / 100
		printf "%6.1f %%  %5d lines  src/%s\n", part[1], part[2], substr(file, length(source) + 1)
		lines += part[2]
		total += reached
	}
	/^Lines executed:|^No executable lines/ { file = "" }
	END {
		if (lines == 0) {
			print "coverage: gcov counted no line"
			exit 1
		}
		percent = 100 * total / lines
		printf "%6.1f %%  %5d lines  in all\n", percent, lines
		if (percent < least) {
			print "coverage: below " least " %"
			exit 1
		}
	}'
