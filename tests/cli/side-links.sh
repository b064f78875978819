#!/bin/sh
# Links and special files where side files should be: what a name leads to counts.
. "$SOURCE_DIR/tests/cli/common.inc"

mkdir -p box/var/etc box/var/keys
echo 'I: 0100' >box/var/keys/SoftCam.Key
echo 'I: 0200' >outside
echo 'I: 0300' >box/real
printf 'ALLOW WEBINFO : no\nCAID PRIO FILE : /var/etc/CCcam.prio\n' >CCcam.cfg

# a key file under another name is not opened
ln -s ../keys/SoftCam.Key box/var/etc/CCcam.prio
run 1 convert --root box CCcam.cfg
holds stderr "key file"
lacks stdout "I: 0100"

# nothing outside of the folder is
ln -sf ../../../outside box/var/etc/CCcam.prio
run 1 convert --root box CCcam.cfg
holds stderr "it leads to /outside, which --root does not have"
lacks stdout "I: 0200"
ln -sf "$work/outside" box/var/etc/CCcam.prio
run 1 convert --root box CCcam.cfg
holds stderr "it leads to $work/outside, which --root does not have"
lacks stdout "I: 0200"

# within the folder a link is as good as a file
ln -sf ../../real box/var/etc/CCcam.prio
run 0 convert --root box CCcam.cfg
holds stdout "I: 0300"

# also one that names the file by the path that it has on the receiver
ln -sf /real box/var/etc/CCcam.prio
run 0 convert --root box/ CCcam.cfg
holds stdout "I: 0300"

# what a link leads to is shown without bytes that move the cursor
escape=$(printf '\033')
ln -sf "/a${escape}b" box/var/etc/CCcam.prio
run 1 convert --root box CCcam.cfg
holds stdout "it leads to /a?b"
lacks stderr "$escape"

# round about is nowhere
ln -sf CCcam.prio box/var/etc/CCcam.prio
run 1 convert --root box CCcam.cfg
holds stderr "was not read"

# nobody waits for a pipe
rm box/var/etc/CCcam.prio
mkfifo box/var/etc/CCcam.prio
run 1 convert --root box CCcam.cfg
holds stderr "no regular file"

# a folder that is not there is a mistake
run 2 convert --root none CCcam.cfg
holds stderr "no such folder"

