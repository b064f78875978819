#!/bin/sh
# How far "cc2oscam check" agrees with OSCam itself.
#
#   agreement.sh PROGRAM SETS [VERSION...]
#
# SETS is a folder. Each folder NNN in SETS holds the files of one OSCam, and SETS/verdicts.tsv holds what real
# OSCams made of these files: a row for each line that an OSCam warned about or changed, with the columns
#   set  file  line  version  kind  key  text
# Line 0 is the file as a whole. A version is 2.26.05, or 2.26.05-emu for a build with the emulator; check gets it
# as its target. Without VERSION all versions in the table are measured. Printed are two shares for each version,
# the rows that check does not find, and the findings that OSCam does not show. The status is 0 when at least
# 99.5 % of the rows are found and less than 0.5 % of the findings are false, otherwise 1.
#
# What counts:
# * A row is found when check says something of its line with a code that means the same (see `means` below).
#   A row that OSCam writes for a section counts at the header too, and a row for line 0 anywhere in the file.
# * "services" without a file oscam.services is said once for the whole set: that note finds all such rows.
# * The row "httpsavefullcfg 0 -> 1" does not count: whoever measures sets it, so that OSCam saves every key.
# * A finding is one of OSCam's when its code says that OSCam warns, drops, cuts or changes something when it
#   reads the file. It is false when no row of the table stands for its line.
# * All other codes are advice: what OSCam does later, when it runs (value-replaced, newcamd-idle, port-conflict),
#   what is unsafe (webif-open, world-readable), what fits badly (no-group, label-is-user). OSCam shows nothing of
#   them while it reads the files. They are not counted, and neither are notes and details: a note says what is so
#   on some OSCams, or what has no effect. But a note may find a row.
# * Some true findings show only now and then, and so may find a row, but are not counted: comment-in-value, for
#   OSCam saves the text with the comment; port-range, for most ports are kept and saved as they stand, and cut when
#   OSCam opens them; an unknown boxtype, which OSCam does not save at all.
# * oscam.dvbapi, oscam.provid, oscam.srvid, oscam.srvid2 and oscam.tiers are not counted: the table says nothing
#   of them, since OSCam neither warns of their rows nor saves them.
set -eu

[ $# -ge 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
program=$1 sets=$2
shift 2
case $program in
/*) ;;
*) program=$(pwd)/$program ;;
esac
table=$sets/verdicts.tsv
[ -r "$table" ] || { echo "agreement.sh: there is no $table" >&2; exit 2; }
[ $# -gt 0 ] || set -- $(awk -F '\t' 'NR > 1 && !seen[$4]++ { print $4 }' "$table")

# The findings of one version: set, file, line, severity, code, with tabs between.
findings() {
	case $1 in
	*-emu) target=oscam-emu-${1%-emu} ;;
	*) target=oscam-$1 ;;
	esac
	for folder in "$sets"/*/; do
		name=$(basename "$folder")
		(cd "$folder" && "$program" check -q --target "$target" --report - --report-format csv .) ||
			[ $? -eq 1 ] || { echo "agreement.sh: check fails on $folder" >&2; exit 2; }
		echo "= $name"
	done | awk -F , -v OFS='\t' '
		/^= / { for (i = 0; i < count; i++) print substr($0, 3), row[i]; count = 0; next }
		/^\.\// { row[count++] = substr($1, 3) OFS $2 OFS $4 OFS $5 }'
}

compare() {
	awk -F '\t' -v version="$1" '
	# Codes for each kind of row; the same codes are those that count as findings.
	function means(kind, codes,   i, n, part) {
		n = split(codes, part, " ")
		for (i = 1; i <= n; i++) { fits[kind, part[i]] = 1; counts[part[i]] = 1 }
	}
	BEGIN {
		unknown = "unknown-setting misplaced-setting folk-setting other-oscam leading-tab comment-mark " \
			"unknown-section carriage-return"
		skipped = "line-skipped header-unseen long-line byte-order-mark"
		lost = "duplicate-account unknown-protocol reader-lost reader-leak unknown-section account-without-user"
		value = "not-a-number number-wraps number-changed value-cut key-digits unknown-word list-item " \
			"address-form group-form caid-form ident-form class-form betatunnel-form timeframe-form " \
			"expdate-form au-form protocols-unknown port-table device-form label-blank " \
			"services-unknown services-missing services-many au-unknown tab-in-value zero-byte long-line " \
			"duplicate-account setting-before-header"
		unseen = "comment-in-value port-range setting-unused respelled seconds emulator-delay"
		means("W-key", unknown); means("W-section", unknown)
		means("W-hex", "key-digits"); means("W-len/hex", "key-digits value-cut")
		means("W-len", "value-cut"); means("W-label", "label-blank")
		means("W-protocol", lost); means("W-dup-account", "duplicate-account unknown-section account-without-user")
		means("S-value", value " " lost " " unseen)
		means("S-noeq", skipped); means("S-short", skipped)
		means("S-repeated", "repeated-setting repeated-ranges")
		means("S-repeated-same", "repeated-setting repeated-ranges")
		means("S-section-lost", lost); means("S-extra-section", lost)
		split(unseen, part, " ")
		for (i in part) delete counts[part[i]]
	}
	FILENAME == "-" {
		place = $1 SUBSEP $2
		said[place, $3, $5] = 1
		if ($5 == "services-missing") missing[$1] = 1
		for (kind_code in fits) {
			split(kind_code, part, SUBSEP)
			if (part[2] == $5) somewhere[place, part[1]] = 1
		}
		if ($5 == "unknown-word" && $2 == "oscam.conf") next # boxtype
		if ($5 in counts && $4 != "note" && $4 != "detail" && $2 ~ /^oscam\.(conf|server|user|services)$/)
			finding[++findings] = $1 "\t" $2 "\t" $3 "\t" $5
		next
	}
	FNR == 1 || $4 != version || ($6 == "httpsavefullcfg" && $7 ~ /0 -> 1$/) { next }
	{
		row[++rows] = $0
		shown[$1, $2, $3] = 1
	}
	function is_found(n,   part, code, key) {
		split(row[n], part, "\t")
		if (part[3] == 0) return (part[1], part[2], part[5]) in somewhere
		if (part[6] ~ /services$/ && part[1] in missing) return 1
		for (key in fits) {
			split(key, code, SUBSEP)
			if (code[1] == part[5] && (part[1], part[2], part[3], code[2]) in said) return 1
		}
		return 0
	}
	END {
		for (i = 1; i <= rows; i++)
			if (is_found(i)) found++; else miss[++misses] = row[i]
		for (i = 1; i <= findings; i++) {
			split(finding[i], part, "\t")
			if (!((part[1], part[2], part[3]) in shown)) wrong[++wrongs] = finding[i]
		}
		hit = rows ? 100 * found / rows : 100
		off = findings ? 100 * wrongs / findings : 0
		printf "%s: %d of %d rows found (%.2f %%), %d of %d findings false (%.2f %%)\n", version, found, rows, hit,
			wrongs, findings, off
		for (i = 1; i <= misses; i++) print "  missed: " miss[i]
		for (i = 1; i <= wrongs; i++) print "  false:  " wrong[i]
		exit !(hit >= 99.5 && off < 0.5)
	}' - "$table"
}

status=0
for version; do
	findings "$version" | compare "$version" || status=1
done
exit $status
