#!/bin/sh
# Wrong words on the command line: each is refused with a sentence of its own, and with the right command.
. "$SOURCE_DIR/tests/cli/common.inc"

echo "C: host1.example.com 12000 anna wordone" >CCcam.cfg
cp CCcam.cfg "my cfg"
mkdir -p box/etc backups
cp CCcam.cfg box/etc
run 0 convert -q CCcam.cfg -o oscam
tar -cf lr.tar box

# means "WORDS" "SENTENCE" "COMMAND": the words are refused with the sentence, and the command works
means() {
	# shellcheck disable=SC2086 # the words are apart on purpose
	eval "run 2 $1"
	[ ! -s stdout ] || fail "something on standard output: $1"
	says "$2"
	[ -z "$3" ] || says "  cc2oscam $3"
}

# a file or a folder in the place of the command
means 'CCcam.cfg' 'CCcam.cfg is a file, and the command comes first:' 'convert CCcam.cfg'
means '"my cfg"' 'my cfg is a file' "convert 'my cfg'"
means './CCcam.cfg -o out' 'the command comes first' 'convert ./CCcam.cfg -o out'
means 'CCcam.cfg oscam' 'the command comes first' 'diff CCcam.cfg oscam'
means 'lr.tar' 'lr.tar is a backup archive' 'batch -o OUT lr.tar'
means 'box' 'box is a folder' 'locate box'
means 'box' 'box is a folder' 'batch -o OUT box'
means 'none.cfg' 'none.cfg is no file, no folder and no command; the commands:' 'help'
# an option before the command
means '--merge convert CCcam.cfg -o oscam' 'the command comes first, then its options:' 'convert --merge CCcam.cfg -o oscam'
means '-q -o out convert CCcam.cfg' 'the command comes first' 'convert -q -o out CCcam.cfg'
means '-o out CCcam.cfg' 'the command comes first' 'convert -o out CCcam.cfg'
means '-q' 'the command comes first' 'convert -q CCcam.cfg'
means '--target=ncam' 'the command comes first' 'convert --target=ncam CCcam.cfg'
# what other programs call it
means 'merge CCcam.cfg' 'there is no command "merge"' 'convert --merge CCcam.cfg -o DIR'
means 'validate oscam' 'there is no command "validate"' 'check DIR'
means 'version' 'there is no command "version"' '--version'
means 'Convert CCcam.cfg' 'did you mean "convert"?' ''
# a folder for a file, and a file for a folder
means 'convert box' 'box is a folder, and convert takes one CCcam.cfg' 'convert --root box'
means 'convert box' 'of one receiver, or of many receivers:' 'batch -o OUT box'
means 'convert --replace box -o oscam' 'box is a folder' 'convert --replace --root box -o oscam'
means 'convert --merge box' 'box is a folder' 'convert --merge --root box -o DIR'
means 'diff box oscam' 'box is a folder, and diff takes one CCcam.cfg' 'diff --root box oscam'
means 'diff box oscam' 'of many receivers:' 'batch -o OUT box'
cp CCcam.cfg backups
means 'convert backups' 'backups is a folder, and convert takes one CCcam.cfg; the one in it:' 'convert backups/CCcam.cfg'
means 'convert --merge backups/ -o oscam' 'the one in it:' 'convert --merge backups/CCcam.cfg -o oscam'
means 'diff backups oscam' 'the one in it:' 'diff backups/CCcam.cfg oscam'
means 'backups' 'backups is a folder' 'convert backups/CCcam.cfg'
rm backups/CCcam.cfg
means 'convert CCcam.cfg -o "my cfg"' '-o wants a folder, and my cfg is a file' ''
means 'diff CCcam.cfg oscam/oscam.server' 'oscam/oscam.server is a file' 'diff CCcam.cfg oscam'
means 'locate CCcam.cfg' 'CCcam.cfg is a file, and locate looks through a folder' 'convert CCcam.cfg'
means 'locate lr.tar' 'lr.tar is a file' 'batch -o OUT lr.tar'
# swapped
means 'diff oscam CCcam.cfg' "the CCcam.cfg comes first, then OSCam's folder:" 'diff CCcam.cfg oscam'
means 'convert oscam -o CCcam.cfg' 'CCcam.cfg and the folder are swapped:' 'convert CCcam.cfg -o oscam'
means 'migrate box' "the copy of a receiver's files stands behind --root:" 'migrate --root box'
means 'convert --root CCcam.cfg' '--root wants the folder' ''
means 'convert --settings box CCcam.cfg' '--settings wants a file, and box is a folder' ''
means 'convert --templates CCcam.cfg CCcam.cfg' '--templates wants a folder' ''
means 'convert --report box CCcam.cfg' '--report wants a file, and box is a folder' ''
means 'convert --merge CCcam.cfg' '--merge and --replace go with -o DIR' 'convert --merge CCcam.cfg -o DIR'
means 'convert CCcam.cfg -o oscam' 'oscam.conf is in oscam already' 'convert --merge CCcam.cfg -o oscam'
means 'convert CCcam.cfg -o oscam' 'both keep the old files as .bak' 'convert --replace CCcam.cfg -o oscam'
means 'convert none.cfg' 'none.cfg cannot be read' 'locate'
means 'batch "my cfg" box' 'batch wants -o OUT, the folder for all receivers' "batch -o OUT 'my cfg' box"
# too few, too many
means 'diff CCcam.cfg' '1 is named' 'diff CCcam.cfg DIR'
means 'diff oscam' '1 is named' 'diff CCcam.cfg oscam'
means 'convert CCcam.cfg out' 'the folder to write to stands behind -o:' 'convert CCcam.cfg -o out'
means 'convert --target ncam CCcam.cfg out' 'stands behind -o:' 'convert --target ncam CCcam.cfg -o out'
means 'convert CCcam.cfg "my cfg"' '2 are named; batch takes many:' "batch -o OUT CCcam.cfg 'my cfg'"
means 'convert oscam CCcam.cfg' 'the folder to write to stands behind -o:' 'convert CCcam.cfg -o oscam'
means 'convert CCcam.cfg base.cfg' '2 are named; batch takes many:' 'batch -o OUT CCcam.cfg base.cfg'
# nothing, where a variable has no value
means 'convert ""' 'a word behind convert is empty' ''
means 'check ""' 'a word behind check is empty' ''
means 'convert CCcam.cfg -o ""' 'the value of -o is empty' ''
# options
means 'convert --repalce CCcam.cfg -o oscam' 'there is no option --repalce; did you mean --replace?' \
	'convert --replace CCcam.cfg -o oscam'
means 'convert CCcam.cfg --ouput=out' 'did you mean --output?' 'convert CCcam.cfg --output=out'
means 'convert --Merge CCcam.cfg -o oscam' 'did you mean --merge?' 'convert --merge CCcam.cfg -o oscam'
means 'convert --set webif.httppwd=wordtwo --repalce CCcam.cfg -o oscam' 'did you mean --replace?' \
	'convert --set webif.httppwd=VALUE --replace CCcam.cfg -o oscam'
lacks stderr wordtwo
means 'convert --re CCcam.cfg' '--re may be --replace, --report' ''
means 'convert --merge=yes CCcam.cfg -o oscam' '--merge takes no value:' 'convert --merge CCcam.cfg -o oscam'
means 'convert -merge CCcam.cfg -o oscam' '-merge is meant to be --merge:' 'convert --merge CCcam.cfg -o oscam'
means 'convert –merge CCcam.cfg -o oscam' '–merge is meant to be --merge:' 'convert --merge CCcam.cfg -o oscam'
means 'convert CCcam.cfg —o out' 'is meant to be -o:' 'convert CCcam.cfg -o out'
means 'convert --dry-run CCcam.cfg' 'there is no option --dry-run; without -o nothing is written' 'diff CCcam.cfg DIR'
means 'convert --force CCcam.cfg' '--replace, or --merge' ''
means 'convert CCcam.cfg -o' 'the option -o wants a value behind it (cc2oscam help convert)' ''
means 'check --bogus oscam' 'there is no option --bogus; the help of check:' 'help check'
means 'check --redact -Zx oscam' 'there is no option -Z; the help of check:' 'help check'
means 'check -Z oscam' 'there is no option -Z; the help of check:' 'help check'
means 'convert -Z CCcam.cfg' 'there is no option -Z; the help of convert:' 'help convert'
means 'check -é oscam' 'there is no option -é; the help of check:' 'help check'
means "check -$(printf '\351') -é" "there is no option -$(printf '\351'); the help of check:" 'help check'
means "check -v$(printf '\302\233') oscam" 'there is no option -v?; the help of check:' 'help check'
# a file of OSCam's for its folder, no CCcam.cfg at all, -o of diff
means 'undo oscam/oscam.server' 'undo wants OSCam'"'"'s folder, and oscam/oscam.server is a file' 'undo oscam'
means 'undo CCcam.cfg' 'cc2oscam locate finds the folder' ''
means 'convert --merge CCcam.cfg -o oscam/oscam.user' '-o wants a folder' 'convert --merge CCcam.cfg -o oscam'
means 'convert -o out --merge' 'convert wants one CCcam.cfg' 'convert -o out --merge CCcam.cfg'
means 'diff --merge -o oscam CCcam.cfg' 'diff has no -o' 'diff --merge CCcam.cfg oscam'
means 'diff -o out CCcam.cfg oscam' 'diff has no -o' 'diff CCcam.cfg oscam'
means 'diff -o oscam' 'diff has no -o' 'diff CCcam.cfg oscam'
means 'diff CCcam.cfg -ooscam' 'diff has no -o' 'diff CCcam.cfg DIR'
# names that look like options
cp CCcam.cfg ./-living.cfg
means 'convert --merge -living.cfg -o oscam' '-living.cfg looks like an option' 'convert --merge ./-living.cfg -o oscam'
run 0 convert -- -living.cfg
says '  cc2oscam convert ./-living.cfg -o DIR'
run 2 convert -o oscam -- -living.cfg
says '  cc2oscam convert --merge ./-living.cfg -o oscam'
run 2 batch -- -living.cfg
says '  cc2oscam batch -o OUT ./-living.cfg'
run 0 convert -o -out -- CCcam.cfg
says '  cc2oscam check ./-out'
rm -r ./-living.cfg ./-out
[ "$(ls)" = "$(printf 'CCcam.cfg\nbackups\nbox\nlr.tar\nmy cfg\noscam\nstderr\nstdout')" ] || fail "something was written: $(ls)"
