# Every finding that the program knows is raised by some golden case.
set -eu

missing=$("$CC2OSCAM" help convert | awk '/^Findings:/ { on = 1; next } on && /^  [a-z]/ { print $1 }' |
	while read -r code; do
		grep -q -e "\[$code\]" -e "\"$code\"" "$SOURCE_DIR"/tests/golden/*.case || echo "$code"
	done)
if [ -n "$missing" ]; then
	echo "no golden case raises:" $missing >&2
	exit 1
fi
