#!/bin/sh
# A manifest: names, choices of a receiver's own, and what is wrong in it before anything is converted.
. "$SOURCE_DIR/tests/cli/common.inc"

mkdir -p backups/lr backups/at templates
for name in lr at; do
	{
		echo "C: one.example.com 12000 anna wordone"
		echo "C: bad"
	} >backups/$name/CCcam.cfg
done
printf '# from our own template\n' | cat - "$SOURCE_DIR/templates/oscam.user.mustache" >templates/oscam.user.mustache
cat >fleet.conf <<'END'
groups = "per-protocol"
set = { "webif.httpport = 8899" }
receiver "Living Room" { source = "backups/lr/CCcam.cfg"  output = "lr"  profile = "server"  strict = yes }
receiver "attic" { source = "backups/at"  set = { "webif.httpport = 8890" }  templates = "templates" }
END

run 2 batch -o out fleet.conf
holds stdout "lr "
holds stdout "2 receivers: 1 with losses, 1 failed"
[ "$(ls -A out)" = attic ] || fail "receivers: $(ls -A out)"
grep -q '^httpport *= 8890$' out/attic/oscam.conf || fail "the receiver's own choice does not count"
holds out/attic/oscam.user "# from our own template"
run 1 batch -j 3 -o other --set strict=no --set webif.httpport=7000 fleet.conf
grep -q '^httpport *= 7000$' other/attic/oscam.conf || fail "--set does not win"
if grep -q dvbapi other/lr/oscam.conf; then
	fail "the profile of the manifest does not count"
fi
grep -q '^group *= 2$' other/lr/oscam.server || fail "the manifest's choices for all do not count"

# the manifest's choices win over those of the settings file
printf 'groups = "single" first-group = 5\nset = { "webif.httpport = 8898" }\n' >settings.conf
run 1 batch -o layers --set strict=no --settings settings.conf fleet.conf
grep -q '^group *= 6$' layers/lr/oscam.server || fail "the settings file and the manifest do not count together"
grep -q '^httpport *= 8899$' layers/lr/oscam.conf || fail "the settings file wins over the manifest"

echo "{{nonsense}}" >templates/oscam.user.mustache
run 2 batch -o third --set strict=no fleet.conf
says 'fleet.conf:4: receiver "attic": templates/oscam.user.mustache:1'
[ "$(wc -l <stderr)" -eq 1 ] || fail "wrong templates are said more than once"
[ ! -e third ] || fail "something was made though a receiver's templates are wrong"
cat >nowhere.conf <<'END'
# a folder that is not there, for two receivers
groups = "single"
templates = "nowhere"
receiver "a" { source = "backups/lr" }
receiver "b" { source = "backups/at" }
END
run 2 batch -o third nowhere.conf
says "cc2oscam: nowhere.conf:3: nowhere: "
[ "$(wc -l <stderr)" -eq 1 ] || fail "a wrong folder of templates is said more than once"
[ ! -e third ] || fail "something was made though the folder of templates is wrong"

sed 's/per-protocol/per-protocoll/' fleet.conf >wrong.conf
run 2 batch -o fourth wrong.conf
says wrong.conf
[ ! -e fourth ] || fail "something was made though the manifest is wrong"

# a manifest as a source, be it the same one; a CCcam.cfg may have such a name
printf 'receiver "ok" { source = "backups/at" }\n\nreceiver "self" { source = "self.conf" }\n' >self.conf
run 2 batch -o fourth self.conf
says 'self.conf:3: receiver "self": the source is a manifest'
printf 'receiver "other" { source = "%s/self.conf" }\n' "$PWD" >other.manifest
run 2 batch -o fourth other.manifest
says 'other.manifest:1: receiver "other": the source is a manifest'
[ ! -e fourth ] || fail "something was made though a source is a manifest"
cp backups/lr/CCcam.cfg backups/box.conf
echo 'receiver "box" { source = "backups/box.conf" }' >box.manifest
run 1 batch -o box box.manifest
[ -s box/box/oscam.server ] || fail "a CCcam.cfg called box.conf is no source"

# a folder of several boxes is a folder of receivers, each with its own side files; of one box it is that box
mkdir -p site/north/etc site/south/deep/etc site/also/one/etc
for box in north south/deep also/one; do
	cp backups/lr/CCcam.cfg site/$box/etc/CCcam.cfg
	echo "CAID PRIO FILE : /etc/CCcam.prio" >>site/$box/etc/CCcam.cfg
done
echo "I: 0100:000080" >site/north/etc/CCcam.prio
echo "I: 0500:050800" >site/south/deep/etc/CCcam.prio
cat >site.conf <<'END'
receiver "site" { source = "site"  output = "home/site"  set = { "webif.httpport = 8890" } }
receiver "one" { source = "site/also" }
END
run 1 batch -o site-out site.conf
holds stdout "4 receivers: 4 with losses"
(cd site-out && find . -name oscam.server | sort) >found
printf './%s/oscam.server\n' home/site/also/one home/site/north home/site/south/deep one >wanted
cmp -s wanted found || fail "other receivers: $(cat found)"
holds site-out/home/site/north/oscam.dvbapi "I: 0100:000080"
holds site-out/home/site/south/deep/oscam.dvbapi "I: 0500:050800"
grep -q '^httpport *= 8890$' site-out/home/site/south/deep/oscam.conf || fail "a box without the receiver's choices"
for shard in 1 2 3; do
	got=0
	"$CC2OSCAM" batch -q -o site-parts --shard $shard/3 site.conf >stdout 2>stderr || got=$?
	[ $got -le 1 ] || fail "a shard ends with status $got"
done
diff -r site-out site-parts || fail "the shards of a folder of boxes are not the whole"
mkdir hollow
echo 'receiver "hollow" { source = "hollow" }' >hollow.conf
run 2 batch -o hollow-out hollow.conf
says "there is no CCcam.cfg in it, and no backup archive"
