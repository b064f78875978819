#!/bin/sh
# What locate says of a copy of a receiver's files, and convert --root without a file.
. "$SOURCE_DIR/tests/cli/common.inc"
TZ=UTC
export TZ

# nothing there
mkdir box
run 1 locate box
holds stdout "There is no CCcam.cfg at the known places."
run 1 locate -q box
[ ! -s stdout ] || fail "-q names what is not there"
run 2 convert --root box
says "no CCcam.cfg is at the known places under box"
says "  cc2oscam locate -v box"
run 1 locate -v box
holds stdout "/var/tuxbox/config/CCcam.cfg"
holds stdout "DreamOS"

# one file, by an absolute link as images have it
mkdir -p box/etc/tuxbox/config/oscam box/var/etc box/usr/keys
cat >box/var/etc/CCcam.cfg <<'EOF'
C: host1.example.com 12000 anna wordone
C: host2.example.com 12000 anna wordtwo
F: bert wordthree
SERIAL READER : /dev/ttyUSB0 mouse
EOF
touch -t 202405011230 box/var/etc/CCcam.cfg
ln -s /var/etc/CCcam.cfg box/etc/CCcam.cfg
printf '[reader]\nlabel = wordfour\nprotocol = cccam\n' >box/etc/tuxbox/config/oscam/oscam.server
echo '[global]' >box/etc/tuxbox/config/oscam/oscam.conf
touch -t 202404010000 box/etc/tuxbox/config/oscam/oscam.server
touch -t 202403010000 box/etc/tuxbox/config/oscam/oscam.conf
echo 'I: 0100' >box/var/etc/CCcam.prio
touch -t 202405010000 box/var/etc/CCcam.prio
cat >expected <<'EOF'
CCcam.cfg
  /etc/CCcam.cfg            another name of /var/etc/CCcam.cfg
  /var/etc/CCcam.cfg        used: 2 C, 1 F, 1 local reader; 133 bytes, changed
                            2024-05-01 12:30

OSCam's folder
  /etc/tuxbox/config        not used: no file of OSCam's
  /etc/tuxbox/config/oscam  used: 1 reader (oscam.conf oscam.server), changed
                            2024-04-01 00:00
  /usr/keys                 not used: no file of OSCam's
  /var/etc                  not used: no file of OSCam's

CCcam's side files
  /var/etc/CCcam.prio       8 bytes, changed 2024-05-01 00:00

To see the files for OSCam, and to write them to a folder DIR:

  cc2oscam convert --root box
  cc2oscam convert --root box -o DIR

OSCam is in use in /etc/tuxbox/config/oscam. To see what CCcam's lines would change there, and to do it:

  cc2oscam diff --merge --root box box/var/etc/CCcam.cfg box/etc/tuxbox/config/oscam
  cc2oscam convert --merge --root box box/var/etc/CCcam.cfg -o box/etc/tuxbox/config/oscam
EOF
run 0 locate box
diff expected stdout >difference || fail "$(cat difference)"
[ ! -s stderr ] || fail "locate says something on standard error"
run 0 locate --root box
cmp -s expected stdout || fail "--root is not the folder"
run 0 locate box/
holds stdout "--root box/"
run 0 locate -q box
printf 'box/var/etc/CCcam.cfg\nbox/etc/tuxbox/config/oscam\nbox/var/etc/CCcam.prio\n' >expected
diff expected stdout >difference || fail "$(cat difference)"
run 0 locate -v box
holds stdout "/usr/local/etc "
holds stdout "DreamOS"

# which convert takes, and says so
run 0 convert --root box box/var/etc/CCcam.cfg
cp stdout expected
run 0 convert --root box
cmp -s expected stdout || fail "another conversion than that of the file"
says "cc2oscam: box/var/etc/CCcam.cfg is taken"
run 0 convert --root box -q
[ ! -s stderr ] || fail "-q said something"
run 0 convert --root box -o out
[ -f out/oscam.server ] || fail "nothing was written"
run 1 diff --root box new
says "cc2oscam: box/var/etc/CCcam.cfg is taken"
holds stdout "+++ b/oscam.server"
run 0 diff --root box out
run 2 diff out
says "1 is named"
echo "C: host9.example.com 12000 anna wordone" >other.cfg
run 0 convert --root box other.cfg
holds stdout host9.example.com
lacks stderr "is taken"
run 0 convert --root box - <other.cfg
holds stdout host9.example.com

# a copy is no other file; one that differs is
cp box/var/etc/CCcam.cfg box/usr/keys/CCcam.cfg
run 0 locate box
holds stdout "a copy of /var/etc/CCcam.cfg"
run 0 convert --root box
echo "DEBUG : no" >box/usr/keys/CCcam.cfg
run 1 locate box
holds stdout "not used: 1 option"
holds stdout "There are 2 CCcam.cfg that differ."
holds stdout "  cc2oscam convert --root box box/usr/keys/CCcam.cfg  # not used: 1 option"
run 2 convert --root box -o out2
says "2 CCcam.cfg that differ are under box"
says "  cc2oscam convert --root box box/var/etc/CCcam.cfg"
says "  cc2oscam convert --root box box/usr/keys/CCcam.cfg"
[ ! -e out2 ] || fail "something was written"
[ ! -s stdout ] || fail "something was printed"

# what the commands name is what the shell needs
mv box "my box's"
run 1 locate "my box's"
holds stdout "  cc2oscam convert --root 'my box'\\''s' 'my box'\\''s/usr/keys/CCcam.cfg'"
mv "my box's" box
rm box/usr/keys/CCcam.cfg

# nothing outside is opened, wherever links lead
echo "F: carl wordfive" >outside
ln -sf "$work/outside" box/etc/CCcam.cfg
ln -s ../../../outside box/usr/keys/CCcam.cfg
run 0 locate box
holds stdout "a link to $work/outside, which"
holds stdout "a link to /outside, which is not there"
lacks stdout "1 F;"
rm box/usr/keys/CCcam.cfg

# names are shown without bytes that move the cursor
escape=$(printf '\033')
ln -sf "/x${escape}[31m" box/etc/CCcam.cfg
touch "box/etc/tuxbox/config/oscam/oscam.${escape}c"
run 0 locate -v box
holds stdout "/x?[31m"
holds stdout "oscam.?c"
lacks stdout "$escape"
mv box/var/etc/CCcam.cfg "box/x${escape}[31m"
run 0 locate box
holds stdout "leads to /x?[31m"
lacks stdout "$escape"
run 0 locate -q box
lacks stdout "$escape"
run 0 convert --root box
says "box/x?[31m is taken"
lacks stderr "$escape"
mkdir box/dev
: >box/dev/null
run 1 convert --root box -E device-missing
rm -r box/dev
lacks stdout "$escape"
mv "box/x${escape}[31m" box/var/etc/CCcam.cfg
rm "box/etc/tuxbox/config/oscam/oscam.${escape}c"

# no secret, host or user is shown
ln -sf /var/etc/CCcam.cfg box/etc/CCcam.cfg
run 0 locate -v box
for word in word anna bert example.com; do
	lacks stdout "$word"
done

# without the right to read it, which root always has
chmod 000 box/var/etc/CCcam.cfg box/etc/tuxbox/config/oscam/oscam.server
if [ ! -r box/var/etc/CCcam.cfg ]; then
	run 1 locate box
	holds stdout "Permission denied"
	holds stdout "unclear: oscam.server cannot be read"
	run 2 convert --root box
	says "cannot be read"
fi
chmod 600 box/var/etc/CCcam.cfg box/etc/tuxbox/config/oscam/oscam.server

# the manual page's example
rm -rf box
mkdir -p box/var/etc box/etc/tuxbox/config/oscam
cp "$SOURCE_DIR/examples/home-receiver/CCcam.cfg" box/var/etc
cp "$SOURCE_DIR/examples/home-receiver/oscam/"oscam.* box/etc/tuxbox/config/oscam
ln -s /var/etc/CCcam.cfg box/etc/CCcam.cfg
touch -t 202403051912 box/var/etc/CCcam.cfg
touch -t 202405012031 box/etc/tuxbox/config/oscam/*
sed -n 's/^    //; /^\$ cc2oscam locate box$/,/convert --merge .* -o box/p' \
	"$SOURCE_DIR/src/app/pages/cc2oscam.1.page" | sed 1d >expected
run 0 locate box
diff expected stdout >difference || fail "$(cat difference)"

# not done
run 2 locate none
says "none: there is no such folder"
run 2 locate other.cfg
run 2 locate ""
run 2 locate box box
run 2 locate --root box box
run 2 convert --root none
says "--root none: there is no such folder"
run 2 convert
says "--root"
run 0 help locate
while read -r place; do
	holds stdout "$place"
done <<'EOF'
/etc/CCcam.cfg
/var/etc/CCcam.cfg
/etc/tuxbox/config/oscam
/usr/local/etc
EOF
awk 'length > 80 { print; wide = 1 } END { exit wide }' stdout || fail "the help is too wide"

# what this user may not look at is not said to be missing
if refused; then
	mkdir -p closed/etc half/etc
	echo "C: host1.example.com 12000 anna wordone" >half/etc/CCcam.cfg
	chmod 000 closed half/etc
	run 2 locate closed
	says "closed: this user may not look into the folder"
	run 2 convert --root closed
	says "--root closed: this user may not look into the folder"
	run 1 locate half
	holds stdout "he may not"
	run 2 convert --root half
	says "no CCcam.cfg is where this user may look under half"
	chmod 755 half/etc
	chmod 000 half/etc/CCcam.cfg
	run 2 convert --root half
	says "half/etc/CCcam.cfg cannot be read: Permission denied"
	chmod -R u+rwx closed half
fi

# of two that differ the one that says something counts, in every command
mkdir -p two/etc two/var/etc
echo "C: host1.example.com 12000 anna wordone" >two/var/etc/CCcam.cfg
printf '# mine\n\n' >two/etc/CCcam.cfg
run 0 locate two
holds stdout "Only /var/etc/CCcam.cfg says something, so the others do not count."
holds stdout "  cc2oscam convert --root two -o DIR"
run 0 convert --root two
says "two/var/etc/CCcam.cfg is taken, the only CCcam.cfg that says something at the known places under two"
says "two/etc/CCcam.cfg (only comments) is not used"
holds stdout host1.example.com
mkdir boxes
cp -R two boxes
run 0 batch -v -o of-two boxes
holds of-two/two/oscam.server host1.example.com
if reads_archives; then
	tar -cf packed.tar two
	run 0 batch -v -o of-packed packed.tar
	holds of-packed/packed/oscam.server host1.example.com
fi
echo "nonsense" >two/etc/CCcam.cfg
run 1 locate two
holds stdout "There are 2 CCcam.cfg that differ."
