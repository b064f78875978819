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
holds stderr "leads out of the folder"
lacks stdout "I: 0200"

# within the folder a link is as good as a file
ln -sf ../../real box/var/etc/CCcam.prio
run 0 convert --root box CCcam.cfg
holds stdout "I: 0300"

# nobody waits for a pipe
rm box/var/etc/CCcam.prio
mkfifo box/var/etc/CCcam.prio
run 1 convert --root box CCcam.cfg
holds stderr "no regular file"

# a folder that is not there is a mistake
run 2 convert --root none CCcam.cfg
holds stderr "no such folder"

