#!/bin/sh
# One value that OSCam cannot hold never stops the whole conversion: it is left out or made smaller, and said.
. "$SOURCE_DIR/tests/cli/common.inc"

# converted STATUS: the input on standard input is converted, and its second line is named.
converted() {
	cat >CCcam.cfg
	run "$1" convert CCcam.cfg
	holds stdout "label                         = host1.example.com"
	says "CCcam.cfg:2:"
}

for hops in 128 200 2147483647; do
	cat >CCcam.cfg <<END
C: host1.example.com 12000 anna wordone
MINIMUM DOWNHOPS : $hops
END
	got=0
	"$CC2OSCAM" convert CCcam.cfg >stdout 2>stderr || got=$?
	[ "$got" -ne 2 ] || fail "MINIMUM DOWNHOPS : $hops stops the conversion"
	holds stdout "label                         = host1.example.com"
	says "CCcam.cfg:2:"
done
long=$(head -c 20000 /dev/zero | tr '\0' p)
for option in "WEBINFO PASSWORD" "WEBINFO USERNAME"; do
	converted 1 <<END
C: host1.example.com 12000 anna wordone
$option : $long
END
	says value-too-long
done
for option in "DISABLE EMM : maybe" "EXTRA EMM LEVEL : maybe" "GLOBAL LIMITS : { maybe }"; do
	converted 1 <<END
C: host1.example.com 12000 anna wordone
$option
END
done
