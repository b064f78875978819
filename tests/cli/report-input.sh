#!/bin/sh
# The report never takes the place of the input, or of a file that convert writes.
. "$SOURCE_DIR/tests/cli/common.inc"

echo "C: host1.example.com 12000 anna wordone" >CCcam.cfg
cp CCcam.cfg kept.cfg
"$CC2OSCAM" convert --report CCcam.cfg CCcam.cfg >stdout 2>stderr || :
cmp -s CCcam.cfg kept.cfg || fail "the report was written over CCcam.cfg"
ln -s CCcam.cfg link.json
"$CC2OSCAM" convert --report link.json CCcam.cfg >stdout 2>stderr || :
cmp -s CCcam.cfg kept.cfg || fail "the report was written over CCcam.cfg by way of a link"
