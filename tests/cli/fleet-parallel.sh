#!/bin/sh
# GNU parallel over the folders of examples/fleet: all parts together are the whole, here and by way of something that
# stands in for ssh.
. "$SOURCE_DIR/tests/cli/common.inc"

parallel --version 2>/dev/null | grep -q '^GNU parallel' || {
	skipped "there is no GNU parallel (on Debian: apt-get install parallel)"
	exit 77
}

example=$SOURCE_DIR/examples/fleet
unset PARALLEL PARALLEL_SSH
export CC2OSCAM
sh "$example/make.sh" fleet
cd fleet || exit
run 2 batch -q -o ../whole --report ../whole.ndjson north south
[ -s ../whole/north/living-room/oscam.server ] || fail "batch did not write what is to be compared"
sort ../whole.ndjson >../sorted

# parts STATUS WORD...: parallel.sh ends with that status.
parts() {
	wanted=$1 got=0
	shift
	sh "$example/parallel.sh" "$@" >stdout 2>stderr || got=$?
	[ "$got" -eq "$wanted" ] || fail "status $got, not $wanted: parallel.sh $*"
}

# whole OUT: it is what one batch writes, and so is its report but for the order.
whole() {
	diff -r ../whole "$1" >../difference || fail "$(cat ../difference)"
	sort "$1.ndjson" | diff - ../sorted >../difference || fail "$(cat ../difference)"
}

for number in 1 2 3 7; do
	parts 2 $number ../local$number north south
	whole ../local$number
done
says "south/shed/etc/CCcam.cfg: "
# each part does something, so that this says something
for part in 1 2 3; do
	[ -s ../local3.parts/$part.ndjson ] || fail "part $part of 3 is empty: choose other names for the boxes"
done

# the status is that of the worst part
parts 0 3 ../fine north/living-room
parts 1 3 ../lossy north/living-room south/cellar
parts 2 0 ../none north
says "usage: "
parts 2 2 ../none
says "usage: "

# what was done stays done
touch ../before
parts 2 3 ../local3 north south --resume
diff -r ../whole ../local3 >../difference || fail "$(cat ../difference)"
[ -z "$(find ../local3 -type f -newer ../before)" ] || fail "--resume wrote again"

# names are words, not commands
mkdir "it's a; \$(touch x)"
cp -R north/kitchen "it's a; \$(touch x)"
parts 0 2 "../an 'out'" "it's a; \$(touch x)"
[ -s "../an 'out'/kitchen/oscam.server" ] || fail "a name with blanks and quotes was not found"

# over machines: each command goes through one more shell, which ssh names in SHELL whatever the caller has, at home,
# which for some is a folder of their name
cat >../ssh <<EOF
#!/bin/sh
while [ "\${1#-}" != "\$1" ]; do
	shift
done
echo "\$1" >>"$work/hosts"
cd "$work/fleet/\$1" 2>/dev/null || cd
shift
[ "\$1" != -- ] || shift
exec env SHELL=/bin/sh sh -c "\$*"
EOF
chmod +x ../ssh
PARALLEL_SSH=$work/ssh
export PARALLEL_SSH
unset SHELL
PARALLEL="-S 1/north.example.com,1/south.example.com --workdir ." parts 2 4 "$work/an 'ssh'" north south
whole "$work/an 'ssh'"
[ "$(sort -u ../hosts | tr '\n' ' ')" = "north.example.com south.example.com " ] || fail "not both machines had work"

# each machine does all of its own
got=0
parallel --nonall -S 1/north,1/south "$CC2OSCAM" batch -q -o oscam --report - . >own 2>stderr || got=$?
[ "$got" -gt 0 ] || fail "one machine has a broken receiver, but parallel says that all is well"
[ "$(wc -l <own)" -eq 6 ] || fail "the reports are not joined"
diff -r ../whole/south/cellar south/oscam/cellar >../difference || fail "$(cat ../difference)"
diff -r ../whole/north/kitchen north/oscam/kitchen >../difference || fail "$(cat ../difference)"

# a program that is not there is a failure, not an empty fleet
CC2OSCAM=$work/none parts 2 2 ../none north south
[ ! -s ../none.ndjson ] || fail "a report of nothing"

# the README's commands, as they stand; ssh is played as above
cd "$work"
project project
cp -R "$SOURCE_DIR/examples/fleet/boxes/kitchen" backups
for block in 1 2 3 4 5; do
	shown "$SOURCE_DIR/examples/fleet/README.md" $block
done >commands
(unset CC2OSCAM && cd project && sh "$work/commands") >stdout 2>stderr || :
diff -r whole project/build/fleet/oscam >difference || fail "in parts: $(cat difference)"
diff -r whole project/build/fleet/shared >difference || fail "over two machines: $(cat difference)"
[ "$(wc -l <project/build/fleet/fleet.ndjson)" -eq 2 ] || fail "the reports of two machines are not joined"
if has jq jq; then
	holds stdout "south/shed: failed"
fi
