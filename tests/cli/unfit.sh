#!/bin/sh
# An input in which nothing was understood never takes the place of a working OSCam.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >good.cfg <<'END'
C: host1.example.com 12000 anna wordone
F: bert wordtwo
END
run 0 convert -q -o oscam good.cfg
cp -R oscam before

: >empty.cfg
printf '\357\273\277' >mark.cfg
printf '# nothing\n\n' >comments.cfg
printf 'C: host1.example.com\nnonsense\n' >rejected.cfg
printf 'SERVER LISTEN PORT : 12000\n' >options.cfg
cp oscam/oscam.server server.cfg
cp oscam/oscam.user user.cfg
cp oscam/oscam.conf conf.cfg
printf '[deny]\nsrvid = 0001\n' >services.cfg
printf 'receiver "lr" { source = "lr" }\n' >manifest.cfg
printf '/* mine */ receiver\n"lr" { source = "lr" }\n' >comment.cfg
printf 'receiver,user\nlr,anna\n' >table.cfg
printf '# receivers\nliving-room\tbackups/lr/CCcam.cfg\n' >tabs.cfg
printf '"receiver";"path"\r\n"lr";"/backups/lr"\r\n' >paths.cfg
printf 'backups/lr.tar.gz\nbackups/kitchen.zip\n' >list.cfg
printf 'receiver\tuser\nlr\tanna\n' >words.cfg
printf '# mine\nP: 0500:030B00\n' >prio.cfg
printf '0500:030B00:1234 "Name"\n' >names.cfg
printf '{"version":1}\n' >json.cfg
printf '# mine\nprofile = "server"\n' >settings.cfg
printf '<!DOCTYPE html>\n<p>C: host1.example.com 12000 anna wordone\n' >page.cfg
printf '\377\376C\000:\000' >utf16.cfg
printf 'C\000:\000 \000a\000' >utf16le.cfg
iconv -f UTF-8 -t UTF-32LE good.cfg >utf32le.cfg
iconv -f UTF-8 -t UTF-32BE good.cfg >utf32be.cfg
printf 'C: \000\000\000' >zeros.cfg
printf 'SQLite format 3\000\020 ' >database.cfg
printf '\000hello world, and nothing of a receiver\n' >zero.cfg
printf '7z\274\257\047\034' >packed.cfg
printf '{\\rtf1 C: host1.example.com 12000 anna wordone}' >document.cfg
gzip -c good.cfg >gzip.cfg
tar -cf tar.cfg good.cfg

# what is there stays, whatever the way
for file in empty mark comments rejected server user conf services manifest comment table tabs json settings page utf16 utf16le \
	utf32le zeros database zero packed document gzip tar; do
	for how in "convert --replace $file.cfg -o oscam" "convert --merge $file.cfg -o oscam" \
		"diff $file.cfg oscam" "diff --merge $file.cfg oscam"; do
		# shellcheck disable=SC2086 # the words are apart on purpose
		run 2 $how
		[ ! -s stdout ] || fail "something was printed: $how"
		[ "$(ls -A oscam | wc -l)" -eq "$(ls -A before | wc -l)" ] || fail "files were made: $how"
		diff -r before oscam >/dev/null || fail "OSCam's files changed: $how"
	done
done

# what it is, and what to do
while read -r file words; do
	run 2 convert --replace "$file.cfg" -o oscam
	says "$words"
done <<'END'
empty [nothing-understood]
empty nothing in empty.cfg was understood, and oscam has 1 reader and 2 accounts.
empty cc2oscam convert --replace --allow-empty empty.cfg -o oscam
rejected nothing in rejected.cfg was understood
options options.cfg has no server, no card reader and no friend
server cc2oscam check server.cfg
services cc2oscam check services.cfg
manifest cc2oscam batch -o OUT manifest.cfg
comment cc2oscam batch -o OUT comment.cfg
table cc2oscam help manifest
table table.cfg is a table, not a CCcam.cfg
words words.cfg is a table, not a CCcam.cfg
tabs tabs.cfg is a table of paths, not a CCcam.cfg; how to write a list of receivers for batch
tabs cc2oscam help manifest
paths paths.cfg is a table of paths
list list.cfg is a table of paths
json JSON, such as a report
prio a side file of CCcam's (priorities or names), not a CCcam.cfg; keep this file beside
names a side file of CCcam's
settings --settings settings.cfg
page a page of the web
utf16 iconv -f UTF-16 -t UTF-8 utf16.cfg
utf16le iconv -f UTF-16LE -t UTF-8 utf16le.cfg
utf32le iconv -f UTF-32LE -t UTF-8 utf32le.cfg
utf32be iconv -f UTF-32BE -t UTF-8 utf32be.cfg
zeros no text
database database.cfg is a database (SQLite), no text, not a CCcam.cfg
zero zero.cfg is no text, not a CCcam.cfg
packed unpack it
document save it as plain text
gzip cc2oscam batch -o OUT gzip.cfg
tar cc2oscam batch -o OUT tar.cfg
END
# a line of CCcam's without its colon is no table
printf 'SERIAL READER\t/dev/ttyUSB0\nC\thost1.example.com\t12000\tanna\twordone\n' >broken.cfg
run 1 convert broken.cfg
says "[unknown-line]"
run 0 convert --merge options.cfg -o oscam
run 2 convert gzip.cfg
[ ! -s stdout ] || fail "files were made of an archive"
run 2 convert - <gzip.cfg
says "standard input is an archive (gzip)"
run 2 check gzip.cfg
says "cc2oscam batch -o OUT gzip.cfg"
run 1 check empty.cfg
says "[nothing-understood]"

# a working OSCam is what has readers or accounts; the same empty set-up again is no change
for file in empty comments; do
	run 0 convert -o "new-$file" "$file.cfg"
	says "[nothing-understood]"
	run 0 convert --replace -o "new-$file" "$file.cfg"
	run 0 convert --merge -o "new-$file" "$file.cfg"
done

# it is meant
run 2 diff empty.cfg oscam
says "  cc2oscam diff --replace --allow-empty empty.cfg oscam"
run 0 convert --replace --allow-empty -o oscam empty.cfg
lacks oscam/oscam.server "[reader]"
holds oscam/oscam.server.bak "[reader]"
rm -r oscam
cp -R before oscam
run 0 convert --merge --allow-empty -o oscam comments.cfg
holds oscam/oscam.server "[reader]"
run 1 diff --allow-empty empty.cfg oscam
run 2 check --allow-empty oscam

# a stray zero byte makes no other file of it
printf 'C: host1.example.com 12000 an\000na wordone\n' >stray.cfg
run 1 convert stray.cfg
says "[bad-value]"

# what is another file is no empty one
for file in server table json settings page utf16 zeros database zero packed document gzip tar; do
	for how in --replace --merge; do
		run 2 convert $how --allow-empty "$file.cfg" -o oscam
	done
done

# the same in a fleet
mkdir -p in/full/etc in/none in/nothing in/wide
cp good.cfg in/full/etc/CCcam.cfg
: >in/none/CCcam.cfg
cp server.cfg in/wide/CCcam.cfg
run 2 batch -v -o out --report out.json in
grep -q '^none  *0  *0  empty$' stdout || fail "no row says empty"
holds stdout "3 receivers: 1 converted, 1 empty, 1 failed"
says "in/wide/CCcam.cfg: it is a file of OSCam's"
says "in/nothing: there is no CCcam.cfg in it"
lacks stderr "in/full: "
grep -q '"receiver":"none","outcome":"empty","status":"empty"' out.json || fail "the report does not say empty"
mkdir -p lost/list lost/zero
printf 'CWS_KEEPALIVE = 5\nCWS = host1.example.com 10000 anna wordone 01 02\n' >lost/list/CCcam.cfg
cp zero.cfg lost/zero/CCcam.cfg
run 2 batch -o out-lost --report lost.json lost
grep -q '^list  *2  *2  empty: newcamd-list$' stdout || fail "rejected lines alone are not empty"
holds stdout "2 receivers: 1 empty, 1 failed"
holds lost.json '"receiver":"list","outcome":"empty","status":"empty"'
says "lost/zero/CCcam.cfg: it is no text"
cp before/* out/none
run 2 batch --replace -o out in
says "in/none/CCcam.cfg: nothing in it was understood, and out/none has 1 reader and 2 accounts; to write all the same: --allow-empty"
cmp -s before/oscam.server out/none/oscam.server || fail "batch emptied a receiver"
run 2 batch --merge -o out in
cmp -s before/oscam.server out/none/oscam.server || fail "batch merged nothing into a receiver"
run 2 batch --replace --allow-empty -o out in # what is no CCcam.cfg fails
lacks out/none/oscam.server "[reader]"
if reads_archives; then
	mkdir -p tar/lr/etc
	cp utf16.cfg tar/lr/etc/CCcam.cfg
	tar -cf boxes.tar -C tar lr
	run 2 batch -o boxed boxes.tar
	says "boxes.tar:lr/etc/CCcam.cfg: it is text in UTF-16"
fi
run 0 batch -o named in/full
lacks stdout empty
printf 'receiver "lr" { source = "in/full" }\n' >list
run 0 batch -o listed list
[ -f listed/lr/oscam.server ] || fail "a manifest under another name was not recognised"
run 2 batch -v -o roots in/full in/nothing
says "in/nothing: there is no CCcam.cfg in it"
lacks stderr "in/full/etc: "

# a file that was packed by itself is one receiver's CCcam.cfg; what the hint says works as it stands
if reads_archives; then
	for pack in gzip bzip2 xz zstd; do
		command -v $pack >/dev/null || continue
		$pack -c good.cfg >packed
		run 2 convert packed
		says "cc2oscam batch -o OUT packed"
		run 0 batch -o OUT packed
		holds OUT/packed/oscam.server "host1.example.com,12000"
		rm -r OUT
	done
	gzip -c server.cfg >packed
	run 2 batch -o OUT packed
	says "packed:CCcam.cfg: it is a file of OSCam's"
	gzip -c good.cfg | head -c 40 >packed
	run 2 batch -o OUT packed
	says "it is damaged"
fi

# what a folder has under other names is named with -v; in a receiver's own folder everything may lie
mkdir -p many/lr
cp good.cfg many/lr/CCcam.cfg
for name in x.gz list.conf all.csv lr.CCcam.cfg; do
	cp good.cfg "many/$name"
done
run 0 batch -q -o out-many many
[ ! -s stderr ] || fail "-q says something"
run 0 batch --replace -o out-many many
lacks stderr "is not used"
run 0 batch --replace -v -o out-many many
for name in x.gz list.conf all.csv lr.CCcam.cfg; do
	says "  many/$name"
done
cp good.cfg many/CCcam.cfg
run 0 batch -v -o out-own many
lacks stderr "is not used"
printf 'receiver,user\nlr,anna\n' >all.csv
printf '{"version":1}\n' >report.json
run 2 batch -o out-other all.csv report.json
says "all.csv: it is a table,"
says "report.json: it is JSON"

# nothing is merged into what OSCam cannot read
mkdir -p now
for text in 'PK\003\004' '\377\376[\000r\000' '\001\002\003\004\005\006'; do
	printf "$text" >now/oscam.user
	cp now/oscam.user as-it-was
	for command in "convert --merge good.cfg -o now" "diff --merge good.cfg now"; do
		run 2 $command
		says "nothing can be merged into this file"
	done
	cmp as-it-was now/oscam.user || fail "now/oscam.user was changed"
	[ "$(ls now)" = oscam.user ] || fail "something was written: $(ls now)"
done
