#!/bin/sh
# fresh.sh [SUITE...]: the README's two commands on bare systems of Debian or Ubuntu that have git and nothing else, as
# root and as an ordinary user, who is told what to install. A suite is such as bookworm (this machine's own, without an
# argument), trixie or noble; SUITE=MIRROR where apt on this machine has no archive with it. Needs root; ends with status
# 77 where a bare system cannot be had. What is tried is the last commit.
#
# For a quick look: FRESH_USERS has the users (somebody root), FRESH_TESTS the arguments of run.sh (none: all tests).
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/tests/root.inc"

fail() {
	tail -n 60 "$scratch/said" 2>/dev/null
	echo "fresh.sh: $*"
	exit 1
}

# says_what_to_install COMMAND: as a user without rights it ends with 2 and one line. The line is run as root.
say_and_install() {
	status=0
	in_root "$system" somebody "cd cc2oscam && sh $1" >"$scratch/said" 2>&1 || status=$?
	[ "$status" -eq 2 ] || fail "$1 ends with status $status, not 2, where things are missing"
	[ "$(grep -c "apt-get install" "$scratch/said")" -eq 1 ] || fail "$1 does not print one line to run"
	line=$(sed -n "s/^  su -c '\(.*\)'$/\1/p" "$scratch/said")
	[ -n "$line" ] || fail "$1 does not say what to run as root"
	in_root "$system" root "DEBIAN_FRONTEND=noninteractive $line" >"$scratch/said" 2>&1 || fail "the line fails: $line"
}

# two_commands USER: both go through. Says how long they took, and what the tests did.
two_commands() {
	for script in examples/try.sh tests/run.sh; do
		arguments=
		[ "$script" = examples/try.sh ] || arguments=${FRESH_TESTS:-}
		begun=$(date +%s)
		in_root "$system" "$1" "cd cc2oscam && sh $script $arguments" >"$scratch/said" 2>&1 || fail "$script fails for $1"
		echo "$suite, $1: $script $(($(date +%s) - begun)) s"
		[ "$script" = tests/run.sh ] || grep -q "^== The program is " "$scratch/said" || fail "try.sh does not end well"
	done
	summary=$(sed -n 's/^\(.*tests passed.*\)$/\1/p' "$scratch/said")
	sed -n '/^The following tests did not run:/,/^$/s/.* - \(.*\) (Skipped)$/\1/p' "$scratch/said" >"$scratch/skipped"
	while read -r name; do
		grep -q -F "  $name: " "$scratch/said" || fail "no reason is given for skipping $name"
	done <"$scratch/skipped"
	echo "$suite, $1: $summary, $(wc -l <"$scratch/skipped") of them skipped"
	sed -n '/^Skipped, in full or in part:/,$p' "$scratch/said" | sed '1d'
}

git -c safe.directory='*' -C "$root" bundle create -q "$scratch/project.bundle" HEAD
own=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
for wanted in "${@:-$own}"; do
	suite=${wanted%%=*}
	begun=$(date +%s)
	bare_root "$wanted" "$scratch/bare.$suite"
	echo "$suite: a bare system in $(($(date +%s) - begun)) s"
	for user in ${FRESH_USERS:-somebody root}; do
		system=$scratch/root.$suite.$user
		cp -a "$scratch/bare.$suite" "$system"
		mount_in "$system"
		[ "$user" = root ] || in_root "$system" root "useradd -m $user"
		cp "$scratch/project.bundle" "$system/tmp"
		chmod 644 "$system/tmp/project.bundle"
		in_root "$system" "$user" "git clone -q /tmp/project.bundle cc2oscam" >"$scratch/said" 2>&1 || fail "no clone"
		[ "$user" = root ] || say_and_install examples/try.sh
		two_commands "$user"
		remove_systems
	done
done
