#!/bin/sh
# The program is built so that a hostile file finds it hard to misuse: position independent, its tables of addresses
# read-only from the start, no stack that can be executed, and guarded stacks.
. "$SOURCE_DIR/tests/cli/common.inc"

has readelf binutils || exit 77
readelf -hlW "$CC2OSCAM" >headers
readelf -dW "$CC2OSCAM" >dynamic
readelf -sW "$CC2OSCAM" >symbols
grep -q ' DYN ' headers || fail "the program is not position independent"
grep -q GNU_RELRO headers || fail "its tables of addresses can be written"
grep -qE 'BIND_NOW|FLAGS_1.* NOW' dynamic || fail "addresses are looked up late"
! grep 'GNU_STACK.*E' headers | grep -q 'RWE' || fail "the stack can be executed"
grep -q __stack_chk_fail symbols || fail "stacks are not guarded"
# each function that a pointer can lead to begins with a mark (control-flow protection)
if grep -q 'Advanced Micro Devices X86-64' headers; then
	[ "$(objdump -d "$CC2OSCAM" | grep -c endbr64)" -gt 100 ] || fail "jumps are not protected"
fi
! grep -qE 'RPATH|RUNPATH' dynamic || fail "libraries are looked for in a folder of the build"

# What only an optimised build has; CC2OSCAM_RELEASE names one.
if [ -n "${CC2OSCAM_RELEASE:-}" ]; then
	readelf -sW "$CC2OSCAM_RELEASE" | grep -qE '__[a-z]*printf_chk' || fail "library calls are not fortified"
fi
