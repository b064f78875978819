#!/bin/sh
# A run that is stopped or killed in the middle: what is there is complete, and --resume does the rest. The report
# goes into a pipe that is read when the test wants it, so that the run waits in the middle.
. "$SOURCE_DIR/tests/cli/common.inc"

mkdir in
i=0
while [ $i -lt 400 ]; do
	mkdir in/b$i
	for server in 1 2 3 4 5 6 7 8 9 10 11 12; do
		echo "C: s$server.example.com 12000 u$i word"
	done >in/b$i/CCcam.cfg
	i=$((i + 1))
done
run 0 batch -o whole in
cp stdout whole.txt

# every folder that can be seen has all files; hidden ones may be there after a kill
complete() {
	for folder in "$1"/*/; do
		[ -f "$folder/oscam.conf" ] && [ -f "$folder/oscam.server" ] && [ -f "$folder/oscam.user" ] ||
			fail "$folder is not complete: $(ls "$folder")"
		diff -r "$folder" "whole/$(basename "$folder")" || fail "$folder has other bytes"
	done
}

# start OUT [WORD...]: a run whose report nobody reads behind the first line; `as` is a command in front
as=
start() {
	rm -f pipe
	mkfifo pipe
	out=$1
	shift
	$as "$CC2OSCAM" batch -j 2 -o "$out" --report pipe "$@" in >stdout 2>stderr &
	batch=$!
	exec 3<pipe
	read -r line <&3
	case $line in
	'{"version":1,"input":'*) ;;
	*) fail "the first line is no report" ;;
	esac
	# until it waits: nothing new for a while
	before=-1
	while now=$(ls "$out" | wc -l); [ "$now" -eq 0 ] || [ "$now" -ne "$before" ]; do
		before=$now
		sleep 0.3
	done
}

start stopped
kill -TERM $batch
cat <&3 >rest.json
exec 3<&-
got=0
wait $batch || got=$?
[ $got -eq 2 ] || fail "stopped with status $got"
says "cc2oscam: stopping; what is begun is finished"
says "the same command with --resume does the rest"
complete stopped
some=$(ls stopped | wc -l)
[ "$some" -gt 0 ] && [ "$some" -lt 400 ] || fail "the run was not stopped in the middle: $some"
[ "$(ls -A stopped | wc -l)" -eq "$some" ] || fail "something hidden was left: $(ls -A stopped | head -n 3)"
says "stopped: $some "
[ "$(($(wc -l <rest.json) + 1))" -eq "$some" ] || fail "not every receiver that is done is in the report"
holds stdout "$some receivers: $some converted"
run 0 batch -o stopped --resume in
holds stdout "400 receivers: $((400 - some)) converted, $some done before"
diff -r whole stopped || fail "--resume did not do the rest"
sed '/^400 receivers/,$d' stdout >a
sed '/^400 receivers/,$d' whole.txt >b
cmp -s a b || fail "the summary of a run that was resumed is another one"

start killed
kill -KILL $batch
exec 3<&-
wait $batch || true
complete killed
some=$(ls killed | wc -l)
[ "$some" -gt 0 ] && [ "$some" -lt 400 ] || fail "the run was not killed in the middle: $some"
run 0 batch -o killed --resume in
holds stdout "400 receivers: $((400 - some)) converted, $some done before"
diff -r whole killed || fail "what was left hidden did harm"
[ "$(ls -A killed | wc -l)" -eq 400 ] || fail "something hidden was left"

# twice: at once
start twice
kill -TERM $batch
sleep 0.3
kill -TERM $batch
got=0
wait $batch || got=$?
exec 3<&-
[ $got -gt 128 ] || fail "the second signal was not heeded: status $got"
complete twice
run 0 batch -q -o twice --resume in
diff -r whole twice || fail "after two signals --resume did not do the rest"

# by the keyboard and by the end of a session as well; -q says less. A run in the background ignores the first.
if env --default-signal=INT true 2>/dev/null; then
	as="env --default-signal=INT,HUP"
	for signal in INT HUP; do
		start quiet$signal -q
		kill -$signal $batch
		cat <&3 >/dev/null
		exec 3<&-
		got=0
		wait $batch || got=$?
		[ $got -eq 2 ] || fail "stopped by $signal with status $got"
		lacks stderr "stopping"
		says "with --resume does the rest"
	done
	as=
fi

# what is ignored from the start stays ignored
rm -f pipe
mkfifo pipe
(
	trap '' TERM
	exec "$CC2OSCAM" batch -q -o ignored --report pipe in >stdout 2>stderr
) &
batch=$!
exec 3<pipe
read -r line <&3
kill -TERM $batch
cat <&3 >/dev/null
exec 3<&-
wait $batch || fail "a signal that is ignored stopped the run"
diff -r whole ignored || fail "not all was done"

# a reader that goes away does not stop the run
"$CC2OSCAM" batch -o headless in 2>stderr | head -n 1 >/dev/null
diff -r whole headless || fail "a closed standard output stopped the run"

# a run beside another one is told, once; the parts of a fleet are not, for they share a folder on purpose
mkdir extra
cp -R in/b1 extra/beside
start both
run 0 batch -o both extra
says "another cc2oscam works in both right now"
[ "$(grep -c 'another cc2oscam' stderr)" -eq 1 ] || fail "said more than once"
kill -KILL $batch
exec 3<&-
wait $batch || true
run 0 batch -o both --resume extra
lacks stderr "another cc2oscam"
