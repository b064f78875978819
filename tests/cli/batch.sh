#!/bin/sh
# Many receivers at once: statuses, order, one bad receiver among good ones, and nothing that depends on the
# number of workers.
. "$SOURCE_DIR/tests/cli/common.inc"

# box NAME SERVER...: a receiver with these servers
box() {
	mkdir -p "in/$1"
	name=$1
	shift
	for server in "$@"; do
		echo "C: $server.example.com 12000 user-$name wordone"
	done >"in/$name/CCcam.cfg"
}

box attic one two
box bath one
box cellar one three
run 0 batch -o out in
[ "$(mode out)" = drwx------ ] || fail "OUT has other rights: $(mode out)"
[ "$(mode out/attic)" = drwx------ ] || fail "a receiver's folder has other rights"
[ "$(mode out/attic/oscam.server)" = -rw------- ] || fail "a file has other rights"
[ "$(ls -A out)" = "attic
bath
cellar" ] || fail "other folders: $(ls -A out)"
[ ! -s stderr ] || fail "something on standard error"
for name in attic bath cellar; do
	"$CC2OSCAM" convert -q -o single/$name in/$name/CCcam.cfg
done
diff -r single out || fail "batch writes other files than convert"
tail -n 3 stdout >last
printf '%s\n' "3 receivers: 3 converted" "out: wrote a folder for each of them; next: check them, such as" \
	"  cc2oscam check out/attic" >expected
cmp -s last expected || fail "the last lines are: $(cat last)"
lacks stdout "wordone"

# each server once, with its receivers, the most used one first
sed -n '/^receivers/,/^$/p' stdout | sed 1d >servers
head -n 1 servers | grep -q '^  *3  cccam  *one.example.com:12000  *attic, bath, cellar$' ||
	fail "the servers are: $(cat servers)"
[ "$(grep -c . servers)" -eq 3 ] || fail "other servers: $(cat servers)"
run 0 batch -o redacted --redact in
lacks stdout example.com
holds stdout "attic, bath, cellar"
run 0 batch -q -o quiet in
[ ! -s stdout ] && [ ! -s stderr ] || fail "-q said something"
diff -r out quiet || fail "-q changes the files"

# what is there already is refused, receiver by receiver
rm -r out/bath
run 2 batch -o out in
says "in/attic/CCcam.cfg: oscam.conf is there already"
holds stdout "failed: oscam.conf is there already"
holds stdout "3 receivers: 1 converted, 2 failed"
diff -r single out || fail "a second run changed something"
run 0 batch -o out --resume in
holds stdout "3 receivers: 3 done before"
rm out/bath/oscam.user
run 2 batch -o out --resume in
says "oscam.user is not"
[ ! -e out/bath/oscam.user ] || fail "a half folder was filled up"

# losses and failures: a row each, and the others are done
echo "C: bad" >>in/bath/CCcam.cfg
mkdir in/empty.d
: >in/broken.tar.gz
ln -s nowhere/at/all gone
run 2 batch -o bad in gone
says "gone: "
says "in/broken.tar.gz: "
holds stdout "in/bath "
holds stdout "missing-field"
holds stdout "5 receivers: 2 converted, 1 with losses, 2 failed"
[ "$(ls bad/in)" = "attic
bath
cellar" ] || fail "other folders: $(ls bad/in)"
rm in/broken.tar.gz
run 1 batch -o losses in
holds stdout "3 receivers: 2 converted, 1 with losses"
[ ! -s stderr ] || fail "a loss is said on standard error"
run 1 batch -v -o verbose in
says "in/bath/CCcam.cfg:2:7: error:"
lacks stderr wordone
run 2 batch --strict -o strict in
holds stdout "failed: something would be lost, and --strict is set"
[ "$(ls strict)" = "attic
cellar" ] || fail "--strict wrote what it refuses"
sed -n '/^receivers/,/^$/p' stdout >servers
grep -q '^  *2  cccam  *one.example.com:12000  *attic, cellar$' servers ||
	fail "what --strict refused hangs on a server: $(cat servers)"
mkdir strict-merge
run 2 batch --strict --merge -o strict-merge in
grep -q '^  *2  cccam  *one.example.com:12000  *attic, cellar$' stdout ||
	fail "what --strict refused hangs on a server in a merge"
run 1 batch -E webif-without-password -o errors in
holds stdout "3 receivers: 3 with losses"

# the number of workers changes nothing
mkdir many
i=0
while [ $i -lt 400 ]; do
	mkdir many/$i
	{
		echo "C: s$((i % 7)).example.com 12000 u$i word"
		[ $((i % 9)) -ne 0 ] || echo "C: bad"
		echo "F: friend word"
	} >many/$i/CCcam.cfg
	i=$((i + 1))
done
run 1 batch -j 1 -o one --report one.json many
cp stdout one.txt
run 1 batch -j 7 -o seven --report seven.json many
sed 's/^seven: /one: /; s/^  cc2oscam check seven/  cc2oscam check one/' stdout >seven.txt
cmp -s seven.txt one.txt || fail "the summary depends on the workers"
cmp -s one.json seven.json || fail "the report depends on the workers"
diff -r one seven || fail "the files depend on the workers"
[ "$(ls -A one | wc -l)" -eq 400 ] || fail "not all receivers are there"
holds stdout "400 receivers: 355 converted, 45 with losses"

# of many servers the most used ones, of many receivers the first; with -v all
mkdir wide
i=100
while [ $i -lt 220 ]; do
	mkdir wide/a-receiver-with-quite-a-long-name-$i
	printf 'C: all.example.com 12000 u word\nC: own%d.example.com 12000 u word\n' $i \
		>wide/a-receiver-with-quite-a-long-name-$i/CCcam.cfg
	i=$((i + 1))
done
run 0 batch -o wide-out wide
holds stdout "a-receiver-with-quite-a-long-name-100, a-receiver-with-quite-a-long-name-101 and 118 more"
holds stdout "own198.example.com"
lacks stdout "own199.example.com"
holds stdout "21 more servers; -v shows all"
run 0 batch -v -o wide-all wide
grep -v '^cc2oscam: ' stdout >all
[ "$(grep -c 'example.com' all)" -eq 121 ] || fail "-v does not show all servers"
lacks all " more"
holds all ", a-receiver-with-quite-a-long-name-219"

# the parts of the shards are all, and none twice
for shard in 1 2 3; do
	run 1 batch --shard $shard/3 -o parts many
done
diff -r one parts || fail "the shards are not the whole"

# files, rather than folders
run 0 batch -q -o files in/attic/CCcam.cfg in/cellar/CCcam.cfg
[ "$(ls files | tr '\n' ' ')" = "attic cellar " ] || fail "names of single files: $(ls files)"

# what is refused as a whole
run 2 batch in
says "-o OUT"
run 2 batch -o none
run 2 batch -o none --root / in
says --root
run 2 batch -o none -j 0 in
run 2 batch -o none -j many in
run 2 batch -o none --shard 4/3 in
run 2 batch -o none --shard 0/3 in
run 2 batch -o none --shard 1 in
run 2 batch -o none --progress now in
run 2 batch -o none --report r.txt --report-format text in
cp stderr text
run 2 batch -o none --report-format text in
cmp -s text stderr || fail "two messages about one format: $(cat text stderr)"
says "--report-format takes here: json csv html"
run 2 batch -o none --report none in
says "both the report and OUT"
run 2 batch -o ./none/ --report "$PWD/none" in
says "both the report and OUT"
run 2 batch -o in/attic/CCcam.cfg --report stray in
says "is no folder"
[ ! -e stray ] || fail "a report was left by a run that was refused"
run 2 batch -o none - <in/attic/CCcam.cfg
says "convert - reads standard input"
run 2 batch -o none --set nonsense=1 in
run 2 batch -o in/attic/CCcam.cfg in
[ ! -e none ] || fail "something was made by a run that was refused"
run 2 convert --resume in/attic/CCcam.cfg
says batch
run 2 convert -j 2 in/attic/CCcam.cfg
run 0 help batch
holds stdout "--shard"

# progress only where it is wanted, and nothing of it stays
run 0 batch -o progress --progress always in/attic
grep -q 'receivers, ' stderr || fail "no progress line"
[ "$(tr -d '\r' <stderr | tail -c 3 | od -An -tx1 | tr -d ' ')" = 1b5b4b ] || fail "the line is not erased"
