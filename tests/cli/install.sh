#!/bin/sh
# What `cmake --install` puts where, and what the shells' completions offer. tests/packages.sh has the packages.
. "$SOURCE_DIR/tests/cli/common.inc"

build=$(dirname "$CC2OSCAM")
cmake --install "$build" --prefix "$work/there" >stdout 2>stderr || fail "it cannot be installed"
for file in bin/cc2oscam share/man/man1/cc2oscam.1 share/doc/cc2oscam/README.md \
	share/doc/cc2oscam/examples/home-receiver/CCcam.cfg share/doc/cc2oscam/examples/ansible/site.yml \
	share/cc2oscam/cc2oscam.conf.sample share/cc2oscam/templates/oscam.server.mustache \
	share/bash-completion/completions/cc2oscam share/zsh/site-functions/_cc2oscam \
	share/fish/vendor_completions.d/cc2oscam.fish; do
	[ -f "there/$file" ] || fail "not installed: $file"
done
there/bin/cc2oscam convert -q there/share/doc/cc2oscam/examples/home-receiver/CCcam.cfg >stdout ||
	fail "what was installed does not run"
there/bin/cc2oscam convert -q --settings there/share/cc2oscam/cc2oscam.conf.sample \
	--templates there/share/cc2oscam/templates there/share/doc/cc2oscam/examples/home-receiver/CCcam.cfg >stdout ||
	fail "the sample settings or the templates are not taken"

if refused; then
	mkdir closed
	chmod 500 closed
	cmake --install "$build" --prefix "$work/closed" >stdout 2>stderr && fail "written where it may not"
	says "--prefix ~/.local"
fi

# each command, option, code, setting and file stands in all three
"$CC2OSCAM" help >commands
sed -n "s/^  cc2oscam \([a-z][a-z]*\).*/\1/p" commands | sort -u >words
sed -n 's/^	{"\([a-z-]*\)", [a-z]*_argument,.*/\1/p' "$SOURCE_DIR/src/app/options.c" >>words
sed -n 's/^CC2OSCAM_CODE([A-Z_0-9]*, "\([a-z0-9-]*\)",.*/\1/p' "$SOURCE_DIR/include/cc2oscam/codes.def" "$SOURCE_DIR/include/cc2oscam/checks.def" >>words
sed -n 's/^#*\([a-z-]*\) *= .*/\1/p' there/share/cc2oscam/cc2oscam.conf.sample >>words
printf '%s\n' oscam.server oscam.srvid always json receiver oscam-emu manual TELNETINFO >>words
(cd "$SOURCE_DIR/templates" && ls -- *.mustache) | sed 's/\.mustache$//' >>words
[ "$(wc -l <words)" -gt 150 ] || fail "the tables were not read"
for file in share/bash-completion/completions/cc2oscam share/zsh/site-functions/_cc2oscam \
	share/fish/vendor_completions.d/cc2oscam.fish; do
	tr -s " =|)(']:[,\\\\" '\n' <"there/$file" | sed 's/^[*-]*//' | sort -u >"$work/offered"
	while read -r word; do
		grep -qxF -- "$word" offered || fail "$file does not offer $word"
	done <words
done
for shell in zsh fish; do
	if has $shell $shell; then
		case $shell in
		zsh) file=there/share/zsh/site-functions/_cc2oscam ;;
		*) file=there/share/fish/vendor_completions.d/cc2oscam.fish ;;
		esac
		$shell -n $file 2>stderr || fail "$shell does not read it"
	fi
done

# completed WORDS... WANTED: bash offers that for the last of the words.
if has bash bash; then
	cat >completed <<'END'
. "$1"
compopt() { :; }
shift
wanted=${!#}
COMP_WORDS=("${@:1:$#-1}")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_cc2oscam
[ "${COMPREPLY[*]}" = "$wanted" ] || { echo "for ${COMP_WORDS[*]} it offers ${COMPREPLY[*]}, not $wanted"; exit 1; }
END
	completed() {
		bash completed there/share/bash-completion/completions/cc2oscam cc2oscam "$@" >&2 || fail "bash: $*"
	}
	completed conv "convert"
	completed convert --rep "--replace --report --report-format"
	completed explain --rep ""
	completed convert --sh ""
	completed batch --sh "--shard"
	completed convert --only oscam.se "oscam.server oscam.services"
	completed convert --only = oscam.se "oscam.server oscam.services"
	completed convert --color "" "auto always never"
	completed convert --set prof "profile="
	completed convert --set profile = rec "receiver"
	completed check -Q des- "des-key"
	completed explain des- "des-key"
	completed help conv "convert"
	completed help oscam.se "oscam.server oscam.services"
	mkdir "a folder"
	: >"a file"
	completed convert -o "a f" "a folder"
	completed convert --templates "a f" "a folder"
	completed convert "a fi" "a file"
	completed undo "a f" "a folder"
	completed locate "a f" "a folder"
	completed undo --hel "--help"
	completed convert --set skip = no-gr "no-group"
	completed check --set silent = webif-without "webif-without-password"
	completed convert --set target = nc "ncam"
fi
