/* The commands that are tried. See scenes.h. */
#include "scenes.h"

#include "strike.h"

const char scene_start[] =
	"umask 022\n"
	"run() { \"$CC2OSCAM\" \"$@\" >/dev/null 2>&1 || [ $? -lt 2 ]; }\n"
	"cat >old.cfg <<'END'\n"
	"C: host1.example.com 12000 anna wordone\n"
	"F: bert wordtwo 2 1 0\n"
	"END\n"
	"cat >new.cfg <<'END'\n"
	"C: host2.example.com 12000 anna wordone no { 0:0:2 }\n"
	"N: host3.example.com 15000 nick wordthree 01 02 03 04 05 06 07 08 09 10 11 12 13 14\n"
	"F: carl wordtwo 2 1 0 { 0:0:2, 500:0 } { 0500:023800:1001 }\n"
	"SERVER LISTEN PORT : 12000\n"
	"UNHEARD OF : 1\n"
	"END\n"
	"cp new.cfg stdin\n";

/* A set with a file that is elsewhere, one that the new set lacks, and an older backup. */
#define OLD_SET                                                                                              \
	"run convert -o set old.cfg\n"                                                                       \
	"echo mine >set/notes; echo older >set/oscam.conf.bak\n"
#define LINKED "mkdir box; mv set/oscam.user box/user; ln -s ../box/user set/oscam.user\n"
#define RECEIVERS                                                                                            \
	"mkdir -p in/attic in/cellar in/garden\n"                                                            \
	"cp old.cfg in/attic/CCcam.cfg; cp new.cfg in/cellar/CCcam.cfg; cp old.cfg in/garden/CCcam.cfg\n"    \
	"printf 'I: 0500:023800\\n' >in/cellar/CCcam.prio\n"
#define ARCHIVED                                                                                             \
	RECEIVERS "if command -v tar >/dev/null; then tar -cf in/garden.tar -C in garden && rm -r "          \
		  "in/garden; fi\n"
#define OLD_SETS                                                                                             \
	RECEIVERS "run batch -o out in\n"                                                                    \
		  "cp new.cfg in/attic/CCcam.cfg\n"
#define BOX                                                                                                  \
	"mkdir -p box/var/etc box/etc/tuxbox/config; cp new.cfg box/var/etc/CCcam.cfg\n"                     \
	"run convert -o box/etc/tuxbox/config old.cfg\n"

const struct scene scenes[] = {
	{.name = "print", .made = "", .command = "convert new.cfg"},
	{.name = "print-report", .made = "", .command = "convert -q --report - --report-format text new.cfg"},
	{.name = "convert", .made = "", .command = "convert -o above/set new.cfg"},
	{.name = "convert-input", .made = "", .command = "convert -q -o set -"},
	{.name = "convert-no-links",
		.made = "",
		.command = "convert -q -o set new.cfg",
		.lacks = LACKS_LINKS},
	{.name = "convert-no-renameat2",
		.made = "",
		.command = "convert -q -o above/set new.cfg",
		.lacks = LACKS_RENAMEAT2},
	{.name = "convert-sides",
		.made = "printf 'I: 0500:023800\\n' >CCcam.prio; printf '0500023800 \"A name\"\\n' "
			">CCcam.providers\n"
			"printf 'profile = server\\nset = { \"global.nice = 3\" }\\n' >cc2oscam.conf\n"
			"cp \"$SOURCE_DIR\"/templates/*.mustache . && mkdir own && mv *.mustache own\n"
			"cp new.cfg CCcam.cfg\n",
		.command = "convert -o set --templates own CCcam.cfg"},
	{.name = "report",
		.made = "run convert --report report.json old.cfg\n",
		.command = "convert -q -o set --report report.json new.cfg",
		.report = "report.json"},
	{.name = "report-refused",
		.made = "echo mine >report.json\n",
		.command = "convert -q -o set --report report.json new.cfg"},
	{.name = "report-html",
		.made = "",
		.command = "convert -q -o set --report page.html --report-format html new.cfg",
		.report = "page.html"},
	{.name = "report-csv",
		.made = "",
		.command = "convert -q --report r.csv --report-format csv new.cfg",
		.report = "r.csv"},
	{.name = "replace",
		.made = OLD_SET LINKED,
		.command = "convert -q --replace -o set new.cfg",
		.next = "convert -q -o set new.cfg"},
	{.name = "replace-no-links",
		.made = OLD_SET,
		.command = "convert -q --replace -o set new.cfg",
		.next = "convert -q -o set new.cfg",
		.lacks = LACKS_LINKS},
	{.name = "replace-no-renameat2",
		.made = OLD_SET LINKED,
		.command = "convert -q --replace -o set new.cfg",
		.next = "convert -q -o set new.cfg",
		.lacks = LACKS_RENAMEAT2},
	{.name = "replace-plain",
		.made = OLD_SET,
		.command = "convert -q --replace -o set new.cfg",
		.next = "convert -q -o set new.cfg",
		.lacks = LACKS_LINKS | LACKS_RENAMEAT2},
	{.name = "merge", .made = OLD_SET LINKED, .command = "convert -q --merge -o set new.cfg"},
	{.name = "merge-no-links",
		.made = OLD_SET,
		.command = "convert -q --merge -o set new.cfg",
		.lacks = LACKS_LINKS},
	{.name = "undo",
		.made = OLD_SET LINKED,
		.first = "convert -q --replace -o set new.cfg",
		.command = "undo set",
		.next = "convert -q -o set new.cfg"},
	{.name = "migrate", .made = BOX, .command = "migrate --yes --root box"},
	{.name = "batch",
		.made = ARCHIVED,
		.command = "batch -q -j 1 -o out --report report in",
		.next = "batch -q -j 1 --resume -o out in",
		.apart = "out",
		.report = "report"},
	{.name = "batch-workers",
		.made = ARCHIVED,
		.command = "batch -j 2 -o out in",
		.next = "batch -q --resume -o out in",
		.apart = "out",
		.hints = true},
	{.name = "batch-resume",
		.made = OLD_SETS "rm -r out/garden\n",
		.command = "batch -q -j 1 --resume -o out in",
		.apart = "out"},
	{.name = "batch-replace",
		.made = OLD_SETS,
		.command = "batch -q -j 1 --replace -o out in",
		.next = "batch -q -j 1 -o out in",
		.apart = "out"},
	{.name = "batch-merge",
		.made = OLD_SETS,
		.command = "batch -q -j 2 --merge --report r.csv --report-format csv -o out in",
		.apart = "out",
		.report = "r.csv"},
	{.name = "batch-diff", .made = OLD_SETS, .command = "batch -j 1 --diff --merge -o out in"},
	{.name = "manifest",
		.made = RECEIVERS
		"printf 'profile = server\\nreceiver \"a b\" { source = \"in/attic\" output = attic }\\n"
		"receiver c { source = \"in/cellar/CCcam.cfg\" }\\n' >all.conf\n",
		.command = "batch -q -j 1 -o out all.conf",
		.next = "batch -q -j 1 --resume -o out all.conf",
		.apart = "out"},
	{.name = "check", .made = OLD_SET "echo 'caid = zz' >>set/oscam.server\n", .command = "check set"},
	{.name = "check-cccam", .made = "", .command = "check new.cfg"},
	{.name = "check-report",
		.made = OLD_SET,
		.command = "check --report r.html --report-format html set",
		.report = "r.html"},
	{.name = "diff", .made = OLD_SET LINKED, .command = "diff --merge new.cfg set"},
	{.name = "explain", .made = "", .command = "explain"},
	{.name = "explain-word", .made = "", .command = "explain SERVER LISTEN PORT"},
	{.name = "explain-near", .made = "", .command = "explain SERVR LISTN"},
	{.name = "locate", .made = BOX, .command = "locate box", .hints = true},
	{.name = "help", .made = "", .command = "help convert"},
	{.name = "version", .made = "", .command = "--version"},
	{.name = "wrong", .made = "", .command = "convert --repot x new.cfg"},
};
const size_t scene_count = sizeof scenes / sizeof *scenes;
