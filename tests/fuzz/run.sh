#!/bin/sh
# tests/fuzz/run.sh MINUTES [TARGET...]: runs each fuzz target so long (0.5 is half a minute), on all processors, under the
# address, undefined-behaviour and leak sanitizers (clang). What they learn stays in build-fuzz/corpus for the next time.
# Prints executions and coverage of each, and fails when one of them finds something: the input is then in
# build-fuzz/found, and belongs, with the mending, into tests/fuzz/corpus/TARGET, which ctest replays. FUZZ_BUILD=Debug
# builds in a third of the time, and runs slower.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
build=$root/build-fuzz
cores=$(getconf _NPROCESSORS_ONLN)
if [ $# -lt 1 ]; then
	echo "tests/fuzz/run.sh MINUTES [TARGET...]" >&2
	exit 2
fi
seconds=$(awk "BEGIN { print int($1 * 60 + 0.5) }")
shift
if ! echo 'int main(void) { return 0; }' | clang -fsanitize=fuzzer-no-link,address,undefined -x c - -o /dev/null 2>/dev/null; then
	echo "skipped: there is no clang with sanitizers (on Debian: apt-get install clang libclang-rt-dev)"
	exit 77
fi

# one TARGET: runs it, and keeps what is worth it of its own corpus and the project's.
one() {
	own=$build/corpus/$1 seeds=$root/tests/fuzz/corpus/$1 log=$build/logs/$1
	mkdir -p "$own" "$build/found"
	status=0
	"$build/tests/fuzz_$1" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=3000 -print_final_stats=1 \
		-artifact_prefix="$build/found/$1-" "$own" "$seeds" >"$log" 2>&1 || status=$?
	awk -v name="$1" -v seconds="$seconds" -v status="$status" '
		/cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") cov = $(i + 1); else if ($i == "ft:") ft = $(i + 1) }
		/number_of_executed_units:/ { runs = $2 }
		END { printf "%-10s %5d s %10d executions %6d edges %7d features %s\n", name, seconds, runs, cov, ft,
			status == 0 ? "" : "FOUND SOMETHING" }' "$log"
	if [ "$status" -ne 0 ]; then
		grep -E 'ERROR|SUMMARY|runtime error|Test unit written' "$log" | head -n 5
		return 1
	fi
	rm -rf "$own.less"
	mkdir "$own.less"
	if "$build/tests/fuzz_$1" -merge=1 "$own.less" "$seeds" "$own" >>"$log" 2>&1; then
		rm -rf "$own"
		mv "$own.less" "$own"
	fi
}

if [ "${FUZZ_ONE-}" ]; then
	one "$1"
	exit
fi
CC=clang cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE="${FUZZ_BUILD:-RelWithDebInfo}" -DCMAKE_C_COMPILER=clang -DCC2OSCAM_FUZZ=ON >/dev/null
mkdir -p "$build/logs"
if [ $# -eq 0 ]; then
	for file in "$root"/tests/fuzz/fuzz_*.c; do
		name=${file##*/fuzz_}
		set -- "$@" "${name%.c}"
	done
fi
# shellcheck disable=SC2046 # one word for each target
cmake --build "$build" --parallel "$cores" --target $(printf 'fuzz_%s ' "$@") >"$build/logs/build" 2>&1 || {
	tail -n 20 "$build/logs/build"
	exit 1
}
printf '%s\n' "$@" | FUZZ_ONE=1 xargs -n 1 -P "$cores" sh "$0" "$(awk "BEGIN { print $seconds / 60 }")"
