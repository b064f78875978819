# More than 2000 names of channels: convert, a merge and check say so; 2000 are nothing to speak of.
. "$SOURCE_DIR/tests/cli/common.inc"

names() { # names FROM TO
	awk -v from="$1" -v to="$2" 'BEGIN { for (i = from; i <= to; i++) printf "0500:032830:%04X \"Channel %d\"\n", i, i }'
}

printf 'CHANNELINFO FILE : /var/etc/CCcam.channelinfo\nALLOW WEBINFO : no\n' >CCcam.cfg
names 1 2000 >CCcam.channelinfo
run 0 convert -o out CCcam.cfg
lacks stderr "names-many"
run 1 check out
lacks stderr "names-many"
names 2001 2002 >CCcam.channelinfo
run 0 convert --merge -o out CCcam.cfg
says "names-many"
says "2002 names"
run 1 check out
says "names-many"
run 0 convert --merge -o out CCcam.cfg
lacks stderr "names-many"
names 1 2001 >CCcam.channelinfo
run 0 convert -o new CCcam.cfg
says "names-many"
