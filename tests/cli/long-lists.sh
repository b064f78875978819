# Lists that no line of OSCam could hold: service ids go into several sections, labels are left out and said.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

{
	printf 'ALLOW WEBINFO : no\nSCIDEVICES : 1\nSMARTCARD SID REJECT : /dev/sci0 { 0001'
	awk 'BEGIN { for (i = 2; i <= 5000; i++) printf ", %04x", i }'
	printf ' }\n'
} >sids.cfg
"$CC2OSCAM" convert -q --only oscam.services sids.cfg >sids.out
if [ "$(grep -c '^srvid' sids.out)" != 3 ]; then
	echo "5000 service ids are not in 3 sections" >&2
	exit 1
fi

{
	printf 'ALLOW WEBINFO : no\nF: anna plum-1 1 0 1\n'
	awk 'BEGIN { for (i = 1; i <= 2000; i++) print "SERIAL READER : /dev/ttyUSB" i " mouse" }'
} >labels.cfg
status=0
"$CC2OSCAM" convert --profile server --only oscam.user labels.cfg >labels.out 2>labels.err || status=$?
if [ "$status" != 1 ] || grep -q '^au ' labels.out || ! grep -q 'value-too-long' labels.err; then
	echo "labels too long for a line: status $status" >&2
	exit 1
fi
