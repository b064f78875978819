#!/bin/sh
# What the command line refuses, and how it helps.
. "$SOURCE_DIR/tests/cli/common.inc"

echo "C: host1.example.com 12000 anna wordone" >CCcam.cfg

run 2
says "cc2oscam convert"
for words in "--help" "help" "help convert" "convert --help" "--version"; do
	# shellcheck disable=SC2086 # the words are apart on purpose
	run 0 $words
	[ -s stdout ] || fail "nothing on standard output: $words"
	[ ! -s stderr ] || fail "something on standard error: $words"
done
run 0 help convert
for word in --output --only --strict --report --redact --templates --comments --color des-key brace-blanks; do
	holds stdout "$word"
done

run 2 convrt CCcam.cfg
says '"convrt"'
says '"convert"'
run 2 zzzzzz
says zzzzzz
run 2 help zzzzzz
run 2 convert
run 2 batch -o out
says "batch wants folders, CCcam.cfg files, backup archives or a manifest; none is named (cc2oscam help batch)"
run 2 diff CCcam.cfg
says "1 is named"
run 2 convert CCcam.cfg CCcam.cfg CCcam.cfg
says "3 are named"
run 2 convert CCcam.cfg CCcam.cfg
run 2 convert --bogus CCcam.cfg
says --bogus
run 2 convert -Z CCcam.cfg
says -Z
run 2 convert -o
says "the option -o wants a value behind it"
run 2 convert --report
says "the option --report wants a value behind it"
for option in -W -E -Q; do
	run 2 convert $option des-kye CCcam.cfg
	says '"des-kye"'
	says '"des-key"'
done
run 2 convert -W zzzzzzzzz CCcam.cfg
says 'no finding has the code "zzzzzzzzz"; cc2oscam help convert lists the codes'
run 2 convert --only oscam.srvr CCcam.cfg
says oscam.srvr
run 2 convert --profile box CCcam.cfg
says '--profile: write one of: receiver, server, tvheadend; not "box"'
run 2 convert --comments some CCcam.cfg
says '--comments: write one of: source, none; not "some"'
run 2 convert --color sometimes CCcam.cfg
says '--color: write one of: auto, always, never; not "sometimes"'
run 2 convert --templates missing CCcam.cfg
says missing
[ ! -s stdout ] || fail "files were printed without the templates"

# options that belong to other commands
mkdir -p now
while read -r command option words; do
	# shellcheck disable=SC2086 # the words are apart on purpose
	run 2 $command $option $words
	says "cc2oscam: $command has no ${option%%=*}; cc2oscam help $command"
	[ ! -s stdout ] || fail "something on standard output: $command $option"
done <<'END'
check --merge now
check --replace now
check --only=oscam.conf now
check --strict now
check --comments=none now
check -o out now
locate --merge
locate --redact now
locate --set=profile=server now
locate --settings=none.conf now
explain --root=now C
explain -W des-key C
help --strict convert
END
[ ! -e out ] || fail "something was written"
for option in -j3 --resume --shard=1/2 --progress=never --diff; do
	run 2 check $option now
	says "is an option of batch"
done
run 0 explain -q --color never C
run 0 check --merge --help
run 0 convert -h --color nonsense
holds stdout "cc2oscam convert [options]"
run 0 diff --replace --help

# options behind the input, and words after --
run 0 convert CCcam.cfg --only oscam.server -q
holds stdout "[reader]"
[ ! -s stderr ] || fail "-q said something"
cp CCcam.cfg ./-odd.cfg
run 0 convert --only oscam.server -- -odd.cfg
holds stdout "# -odd.cfg:1"

# colour only when asked for, for there is no terminal here
run 0 convert --color always CCcam.cfg
escape=$(printf '\033')
holds stderr "$escape["
run 0 convert CCcam.cfg
lacks stderr "$escape"
