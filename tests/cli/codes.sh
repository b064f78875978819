# Every finding that the program knows is raised by some golden case or script.
set -eu

missing=$({ "$CC2OSCAM" help convert; "$CC2OSCAM" help check; } |
	awk '/^(Findings|Checks):/ { on = 1; next } /^[^ ]/ { on = 0 } on && /^  [a-z]/ { print $1 }' |
	while read -r code; do
		grep -q -e "\[$code\]" -e "\"$code\"" "$SOURCE_DIR"/tests/golden/*.case \
			"$SOURCE_DIR"/tests/cli/*.sh || echo "$code"
	done)
if [ -n "$missing" ]; then
	echo "no golden case or script raises:" $missing >&2
	exit 1
fi
