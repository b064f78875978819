#!/bin/sh
# Templates from outside: a layout of one's own is welcome, a broken one stops the run with nothing written.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >CCcam.cfg <<'END'
C: host1.example.com 12000 anna wordone yes
F: bert wordtwo 2 1 0 { 0:0:2 }
END
built_in=$SOURCE_DIR/templates

# A template that names the keys one by one.
keys() {
	printf '{{> origin}}\n[%s]\n' "$1"
	shift
	for key in "$@"; do
		printf '{{#%s}}\n%-30s= {{%s}}\n{{/%s}}\n' "$key" "$key" "$key" "$key"
	done
	echo
}

# change TEMPLATE SED: a copy of the template, alone in the folder.
change() {
	rm -rf own
	mkdir own
	case $1 in
	reader-cccam) keys reader label protocol device user password group ccckeepalive cccwantemu ;;
	account) keys account user pwd au allowedprotocols group cccmaxhops cccreshare ;;
	*) cat "$built_in/$1.mustache" ;;
	esac | sed "$2" >"own/$1.mustache"
}

# refused TEXT...: status 2, the template and each text are named, nothing is written or printed.
refused() {
	run 2 convert --templates own -o out CCcam.cfg
	for text in "$@"; do
		says "$text"
	done
	[ ! -e out ] || fail "something was written: $(ls -A out)"
	run 2 convert --templates own CCcam.cfg
	[ ! -s stdout ] || fail "something was printed"
	lacks stderr wordone
	lacks stderr wordtwo
}

change reader-cccam 's/ *= /=/'
run 0 convert --templates own --only oscam.server CCcam.cfg
holds stdout "cccwantemu=1"
change account 's/^pwd .*/&\
# a comment of my own/'
run 0 convert --templates own -o own-out CCcam.cfg
holds own-out/oscam.user "# a comment of my own"
change reader-cccam 's/{{password}}/{{{password}}}/'
run 0 convert --templates own --only oscam.server CCcam.cfg
holds stdout wordone

change reader-cccam '1s/.*/{{#label}/'
refused own/reader-cccam.mustache:1:
change reader-cccam '$s/.*/{{#label}}/'
refused own/reader-cccam.mustache
change reader-cccam 's/{{password}}/{{pasword}}/'
refused own/reader-cccam.mustache:16: pasword
change account '1s/origin/orign/'
refused own/account.mustache:1: orign
change reader-cccam 's/= {{password}}/= x{{password}}/'
refused own/reader-cccam.mustache:16: password
change reader-cccam '/^user /d'
refused own/reader-cccam.mustache user
change reader-cccam 's/^user .*/&\
au = 1/'
refused own/reader-cccam.mustache:14: '"au"'
change reader-cccam 's/^user .*/&\
audisabled = 1/'
refused own/reader-cccam.mustache:14: audisabled
change reader-cccam 's/^user .*/&\
&/'
refused own/reader-cccam.mustache user
change account 's/{{group}}/1,2/'
refused own/account.mustache group
change oscam.server '1s/^/[reader]\
label = other\
/'
refused own/oscam.server.mustache
change oscam.user '/{{> account}}/d'
refused own/oscam.user
change oscam.conf 's/{{header}}/CC{{header}}/'
refused own/oscam.conf.mustache
change section 's/{{value}}/{{value}}0/'
refused own/section.mustache:5: another
change remark '1s/.*/{{nosuch}}/'
refused own/remark.mustache:1: nosuch

# of a line in a file without sections every part is looked at
mkdir rows parts
printf '%s FILE : CCcam.%s\n' 'CAID PRIO' prio PROVIDERINFO providers CHANNELINFO channelinfo >rows/CCcam.cfg
echo 'I: 0100:80' >rows/CCcam.prio
echo '01000080 "One"' >rows/CCcam.providers
printf '%s "One"\n' 0100:80:1 0D05:000000,0D95:000000:5274 >rows/CCcam.channelinfo
for part in dvbapi:kind=P dvbapi:caid=0200 dvbapi:ident=000081 provid:caid=0200 provid:ident=000081 provid:name=Two \
	srvid2:sid=0002 srvid2:caid=0200 srvid2:ident=000081 srvid2:name=Two srvid2:more-caids=0200; do
	rm -f parts/*
	file=oscam.${part%%:*}.mustache
	name=${part#*:}
	sed "s/{{${name%=*}}}/${name#*=}/" "$SOURCE_DIR/templates/$file" >parts/"$file"
	run 2 convert -q --templates parts rows/CCcam.cfg
	says "parts/$file:"
	says "another line was expected here"
done
