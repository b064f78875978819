#!/bin/sh
# Builds everything in build-tests/, installing what that needs, and runs all tests. Arguments go to ctest:
# run.sh -L golden, run.sh -R unit/test_parse. Its status is ctest's.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/examples/setup.sh"

need cmocka=libcmocka-dev
build "$root/build-tests" -DCMAKE_BUILD_TYPE=Debug -DBUILD_TESTING=ON
cd "$root/build-tests"
exec ctest --output-on-failure -j "$(getconf _NPROCESSORS_ONLN)" "$@"
