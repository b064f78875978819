#!/bin/sh
# The HTML report: whatever the bytes of the input are, they stay text; no secret is in it; nothing is loaded.
. "$SOURCE_DIR/tests/cli/common.inc"

# page FILE: no markup but the template's, no control byte, only UTF-8, nothing from elsewhere.
page() {
	head -n 2 "$1" | grep -q 'A report of cc2oscam' || fail "$1 is no report"
	grep -q "default-src 'none'" "$1" || fail "$1 may load things"
	! grep -aE '<(script|img|iframe|object|embed|link|base|form)[ >]| on[a-z]*=|javascript:|@import|url\(' "$1" ||
		fail "$1 has active content"
	! grep -aEo 'https?://[^"<]*' "$1" | grep -v example || fail "$1 names a network place"
	LC_ALL=C tr -d '\n\t\040-\176\200-\377' <"$1" | wc -c | grep -qx ' *0' || fail "$1 has control bytes"
	if has iconv libc-bin; then
		iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1 || fail "$1 is no UTF-8"
	fi
	# without the tags of the template no < and no > is left
	sed '/^<style>/,/^<\/style>/d' "$1" |
		sed -E 's/<!doctype html>|<!-- A report of cc2oscam. -->//g
			s/<\/?(html|head|meta|title|body|header|main|h[123]|p|section|ul|ol|li|a|code|span|strong|br|del|ins|div|table|caption|thead|tbody|tr|th|td|svg|text|path|g|rect|details|summary)( [a-zA-Z0-9-]+(="[^"<>]*")?)*\/?>//g' >bare
	! grep -n '[<>]' bare || fail "$1: markup got through"
	for tag in table tr td th section ul ol li div svg g a span code; do
		opened=$(grep -oE "<$tag[ >]" "$1" | wc -l) closed=$(grep -o "</$tag>" "$1" | wc -l)
		[ "$opened" -eq "$closed" ] || fail "$1: $opened times <$tag>, $closed times </$tag>"
	done
}

cp "$SOURCE_DIR/examples/home-receiver/"CCcam.* .
run 0 convert -q CCcam.cfg --report home.html --report-format html
page home.html
holds home.html "Nothing got lost."
holds home.html '<a href="#oscam.server-'
for secret in $(sed -n 's/^[CNF]: *[^ ]* *[0-9]* *[^ ]* *\([^ ]*\).*/\1/p' CCcam.cfg | grep -- -); do
	lacks home.html "$secret"
done

# the same file again is written over, another one is not
run 0 convert -q CCcam.cfg --report home.html --report-format html
echo '<!doctype html><p>mine</p>' >mine.html
run 2 convert -q CCcam.cfg --report mine.html --report-format html
says "give the report another name"

# every control byte, markup, quotes and what is no UTF-8, in every field
bad='<script>alert(1)</script>"'"'"'&amp;<b>'
{
	printf 'C: h%s 12000 u%s p%s\n' "$bad" "$bad" "$bad"
	printf 'N: h%s 15050 u%s p%s 01 02 03 04 05 06 07 08 09 10 11 12 13 14 # n%s\n' "$bad" "$bad" "$bad" "$bad"
	printf 'F: u%s p%s 1 0 0 { } { } { } h%s # n%s\n' "$bad" "$bad" "$bad" "$bad"
	printf '%s : %s\n%s\n# %s\n' "$bad" "$bad" "$bad" "$bad"
	printf 'SERIAL READER : /dev/%s\nWEBINFO USERNAME : %s\nWEBINFO PASSWORD : %s\n' "$bad" "$bad" "$bad"
	printf 'CAID PRIO FILE : CCcam.prio\nCHANNELINFO FILE : CCcam.channelinfo\nPROVIDERINFO FILE : CCcam.providers\n'
	printf 'C: a\377\376.example.com 12000 u\300\200 p\355\240\200\nC: b\302\233.example.com 12000 \342\200\256u p\n'
	for byte in 1 2 3 4 5 6 7 10 13 14 16 17 20 21 22 23 24 25 26 27 30 31 32 33 34 35 36 37 177; do
		printf "C: c\\$byte.example.com 12000 u\\$byte p\\$byte # n\\$byte\\nF: f\\$byte p\\n"
	done
} >hostile.cfg
printf 'P: 0500:032830 # %s\nI: %s\n' "$bad" "$bad" >CCcam.prio
printf '0500:032830:1234 "%s\033[31m\377"\n' "$bad" >CCcam.channelinfo
printf '05032830 "%s\233"\n' "$bad" >CCcam.providers
run 1 convert -q hostile.cfg --report hostile.html --report-format html
page hostile.html
holds hostile.html "&lt;script&gt;"
mkdir oscam
printf '[reader]\nlabel = %s\nprotocol = %s\ndevice = %s,1\nuser = %s\npassword = kettle-42\n%s = %s\ngroup = %s\n# \001\033\377%s\n' \
	"$bad" "$bad" "$bad" "$bad" "$bad" "$bad" "$bad" "$bad" >oscam/oscam.server
printf '[account]\nuser = %s\npwd = kettle-42\ngroup = %s\n' "$bad" "$bad" >oscam/oscam.user
run 1 check -q oscam --report check.html --report-format html
page check.html
holds check.html "what OSCam makes of it"
lacks check.html kettle-42
run 1 diff -q --merge hostile.cfg oscam --report diff.html --report-format html
page diff.html
holds diff.html "What changes in oscam.server"
lacks diff.html kettle-42

# what would take the place of other files is shown beside them, too
run 1 diff -q hostile.cfg oscam --report diff.html --report-format html
page diff.html
holds diff.html "What changes in oscam.server"
lacks diff.html kettle-42

# where only a password changes, both lines look alike, and are shown as changed
printf 'C: a.example.com 12000 u kettle-42\n' >word.cfg
run 0 convert -q word.cfg -o word
printf 'C: a.example.com 12000 u kettle-43\n' >word.cfg
run 1 diff -q word.cfg word --report diff.html --report-format html
page diff.html
[ "$(grep -c 'class="change-changed"' diff.html)" = 1 ] || fail "the new password is not shown as a change"
grep 'class="change-changed"' diff.html | grep -q '<del>password.*<ins>password' || fail "another line has changed"
lacks diff.html kettle

# NCam's name is in the title of what is for NCam
run 0 convert -q word.cfg --target ncam --report - --report-format html
holds stdout "<h1>word.cfg: from CCcam to NCam</h1>"

# hosts are masked as well where that is asked for
printf 'C: secret-host.example.com 12000 u kettle-42\nF: friend plum-2 1\n' >two.cfg
run 0 convert -q --redact two.cfg --report - --report-format html
cp stdout redacted.html
page redacted.html
lacks redacted.html secret-host
lacks redacted.html kettle-42

# with many readers those that are alike share a box
awk 'BEGIN { for (i = 1; i <= 200; i++) printf "C: server%d.example.com 12000 u p%d\n", i, i; print "F: anna x 1" }' >many.cfg
run 0 convert -q many.cfg --report many.html --report-format html
page many.html
holds many.html "200 readers: cccam, 1 hop"

# a template of one's own; a wrong one is said
mkdir templates
printf '<!doctype html>\n<!-- A report of cc2oscam. -->\n<p>{{sentence}}</p>\n' >templates/report.html.mustache
run 0 convert -q two.cfg --templates templates --report - --report-format html
holds stdout "<p>Everything was carried over. Nothing got lost.</p>"
printf '{{sentence}} {{nonsense}}\n' >templates/report.html.mustache
run 2 convert -q two.cfg --templates templates --report r.html --report-format html
says "templates/report.html.mustache:1:14: "
[ ! -e r.html ] || fail "a report was begun"
rm -r templates

# ---- a fleet: one page leads to a page for each receiver that needs a look ----

# links FILE: what the page leads to, decoded; each is there
links() {
	sed -n 's/.*<a href="\(\.[^"]*\)".*/\1/p' "$1" | sort -u | while read -r link; do
		name=$(echo "$link" | awk '{
			for (hex = "0123456789ABCDEF"; i = index($0, "%"); $0 = substr($0, i + 3))
				printf "%s%c", substr($0, 1, i - 1), (index(hex, substr($0, i + 1, 1)) - 1) * 16 + index(hex, substr($0, i + 2, 1)) - 1
			print
		}')
		case $link in
		../*) [ -f "$name" ] || [ -f "${1%/*}/$name" ] || fail "$1 leads to $link, which is not there" ;;
		*) [ -f "$name" ] || fail "$1 leads to $link, which is not there" ;;
		esac
		printf '%s\n' "$name"
	done
}

odd='<b>"'"'"'&'
mkdir -p "fleet/good" "fleet/a/lossy" "fleet/$odd" fleet/empty fleet/failed
echo 'C: a.example.com 12000 u p' >fleet/good/CCcam.cfg
printf 'C: bad\nC: a.example.com 12000 u kettle-42\n' >fleet/a/lossy/CCcam.cfg
cp hostile.cfg "fleet/$odd/CCcam.cfg"
cp CCcam.prio CCcam.channelinfo CCcam.providers "fleet/$odd"
: >fleet/empty/CCcam.cfg
printf 'PK\003\004' >fleet/failed/CCcam.cfg
run 2 batch -q -j 3 -o out fleet --report fleet.html --report-format html
page fleet.html
for file in fleet-receivers/*; do
	page "$file"
	lacks "$file" kettle-42
	holds "$file" '<a href="../fleet.html">All receivers</a>'
done
[ "$(ls fleet-receivers | tr '\n' ' ')" = "_b____.html a+lossy.html empty.html " ] || fail "pages: $(ls fleet-receivers)"
[ "$(links fleet.html | tr '\n' ' ')" = "./fleet-receivers/_b____.html ./fleet-receivers/a+lossy.html ./fleet-receivers/empty.html " ] ||
	fail "links: $(links fleet.html)"
holds fleet.html "1 of 5 receivers failed. Something got lost in 2 of 5 receivers."
holds fleet.html "5 receivers: 1 converted, 2 with losses, 1 empty, 1 failed"
holds fleet.html "it is an archive, in spite of its name"
[ "$(mode fleet-receivers) $(mode fleet-receivers/empty.html) $(mode fleet.html)" = "drwx------ -rw------- -rw-------" ] ||
	fail "others may read it"
! ls -A | grep cc2oscam || fail "something is left"

# however many workers there are, and with --resume
mv fleet-receivers before
mv fleet.html before.html
run 2 batch -q -j 1 --resume -o out fleet --report fleet.html --report-format html
[ "$(ls fleet-receivers)" = "$(ls before)" ] || fail "other pages: $(ls fleet-receivers)"
cmp fleet-receivers/_b____.html before/_b____.html || fail "other pages by other workers"
holds fleet.html "5 receivers: 3 done before, 1 empty, 1 failed"

# pages of an earlier run go, and what is no page does not
printf 'C: b.example.com 12000 u p\n' >fleet/a/lossy/CCcam.cfg
rm -r "fleet/$odd" fleet/failed
chmod 644 fleet.html
run 0 batch -q --merge -o out fleet --report fleet.html --report-format html
[ "$(ls fleet-receivers)" = empty.html ] || fail "pages stay: $(ls fleet-receivers)"
[ "$(mode fleet-receivers) $(mode fleet-receivers/empty.html) $(mode fleet.html)" = "drwxr-xr-x -rw-r--r-- -rw-r--r--" ] ||
	fail "whom the report was shown cannot read the pages"
rm -r fleet/empty
run 0 batch -q --merge -o out fleet --report fleet.html --report-format html
[ ! -e fleet-receivers ] || fail "a folder without pages"
holds fleet.html "Nothing got lost."
mkdir fleet-receivers
echo mine >fleet-receivers/diary.html
cp fleet.html before.html
run 2 batch -q --replace -o out fleet --report fleet.html --report-format html
says "fleet-receivers is there already"
cmp fleet.html before.html
holds fleet-receivers/diary.html mine
rm -r fleet-receivers

# what would change, side by side
echo 'C: c.example.com 12000 u p' >fleet/good/CCcam.cfg
run 1 batch -q --diff -o out fleet --report fleet.html --report-format html
[ "$(ls fleet-receivers | tr '\n' ' ')" = "a+lossy.html good.html " ] || fail "pages: $(ls fleet-receivers)"
page fleet-receivers/good.html
holds fleet-receivers/good.html "What changes in oscam.server"
holds fleet.html "would change"

# names that a link has to be careful with
name='a#b?c%20"<i>:&'
run 1 batch -q --diff -o out fleet --report "$name.html" --report-format html
page "$name.html"
[ "$(links "$name.html" | tail -n 1)" = "./$name-receivers/good.html" ] || fail "links: $(links "$name.html")"
[ -n "$(links "$name-receivers/good.html")" ] || fail "no way back"

# a run that was killed: between the names, and before
cp -R fleet-receivers was
cp fleet.html was.html
mv fleet.html .fleet-receivers.index.report.cc2oscam
mv fleet-receivers .fleet-receivers.earlier.report.cc2oscam
mkdir fleet-receivers .fleet-receivers.report.cc2oscam
cp was/good.html fleet-receivers/new.html
echo half >.fleet-receivers.report.cc2oscam/half.html
mkdir full
echo mine >full/note
run 2 batch -q -o full/note fleet --report fleet.html --report-format html
run 2 batch -q --replace -o nowhere/../full/note/x fleet --report fleet.html --report-format html
cmp fleet.html was.html
cmp fleet-receivers/good.html was/good.html
[ "$(ls fleet-receivers)" = "$(ls was)" ] || fail "pages: $(ls fleet-receivers)"
! ls -A | grep cc2oscam || fail "something is left"

# neither pages in the output folder's place, nor without a place
run 2 batch -q -o r-receivers fleet --report r.html --report-format html
says "r-receivers cannot be both the report and OUT"
run 2 batch -q -o none fleet --report - --report-format html
says "--report report.html"
[ ! -e none ] && [ ! -e r.html ] || fail "something was made"
