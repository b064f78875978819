#!/bin/sh
# The tool that measures how far check agrees with OSCam: what it counts, and what it does not.
. "$SOURCE_DIR/tests/cli/common.inc"

measure() {
	wanted=$1
	shift
	got=0
	sh "$SOURCE_DIR/tests/agreement.sh" "$CC2OSCAM" sets "$@" >stdout 2>stderr || got=$?
	[ "$got" -eq "$wanted" ] || fail "status $got, not $wanted"
}

mkdir -p sets/001 sets/002
cat >sets/001/oscam.conf <<'END_OF_FILE'
[global]
colour = red
nice = 99
[webif]
httpsavefullcfg = 0
httpport = 8888
END_OF_FILE
cat >sets/002/oscam.server <<'END_OF_FILE'
[reader]
label = a b
protocol = cccam
device = server1.example.com,12000
user = u
password = p
group = x,1
END_OF_FILE
{
	printf 'set\tfile\tline\tversion\tkind\tkey\ttext\n'
	printf "001\toscam.conf\t2\t2.26.05\tW-key\tcolour\tWARNING: unknown setting 'colour=red'\n"
	printf '001\toscam.conf\t5\t2.26.05\tS-value\thttpsavefullcfg\t[webif] 0 -> 1\n'
	printf '002\toscam.server\t2\t2.26.05\tS-value\tlabel\ta b -> a_b\n'
	printf '002\toscam.server\t7\t2.26.05\tS-value\tgroup\tx,1 -> 1\n'
} >sets/verdicts.tsv

# Everything is found; that the web interface is closed is advice, and no false finding.
measure 0
holds stdout "2.26.05: 3 of 3 rows found (100.00 %), 0 of 3 findings false (0.00 %)"

# A row that check does not know of, and a finding that OSCam does not show.
printf '001\toscam.conf\t3\t2.26.05\tS-value\tnice\t[global] 99 -> 5\n' >>sets/verdicts.tsv
sed '/label/d' sets/verdicts.tsv >other && mv other sets/verdicts.tsv
measure 1
holds stdout "2.26.05: 2 of 3 rows found (66.67 %), 1 of 3 findings false (33.33 %)"
holds stdout "  missed: 001	oscam.conf	3	2.26.05	S-value	nice"
holds stdout "  false:  002	oscam.server	2	label-blank"

# Another version has no rows here.
measure 1 2.24.07-emu
holds stdout "2.24.07-emu: 0 of 0 rows found (100.00 %), 3 of 3 findings false"

rm sets/verdicts.tsv
measure 2
says "there is no sets/verdicts.tsv"
