/* What the program can do, in its own words. */
#include "app.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
	"cc2oscam turns a receiver's CCcam.cfg into OSCam's files. It opens no network connection.\n"
	"\n"
	"  cc2oscam convert CCcam.cfg           show the OSCam files\n"
	"  cc2oscam convert CCcam.cfg -o DIR    write them to a folder\n"
	"  cc2oscam help convert                all options, exit statuses and findings\n"
	"  cc2oscam --version\n";

static const char convert_help[] =
	"cc2oscam convert [options] CCcam.cfg|-\n"
	"\n"
	"Prints the OSCam files, each under a \"# ===== NAME =====\" line, or writes them to a folder.\n"
	"Findings and a summary go to standard error.\n"
	"\n"
	"  -o, --output DIR        write to DIR (made if missing; existing OSCam files are never touched)\n"
	"      --only NAME         just this file: oscam.conf, .server, .user, .services (repeatable)\n"
	"      --profile NAME      receiver (with its own tuner, the default) or server\n"
	"      --strict            any loss is an error: nothing is written\n"
	"      --report FILE       every line's fate as JSON; -: on standard output, in place of the files\n"
	"      --redact            mask passwords, keys and host names in what is printed\n"
	"      --comments WHAT     source (each section says its line, the default) or none\n"
	"      --templates DIR     templates that replace built-in ones of the same name\n"
	"  -W, -E, -Q CODE         make findings of this code warnings, errors or silent (repeatable)\n"
	"      --color WHEN        auto, always or never; NO_COLOR is honoured\n"
	"  -q, --quiet             no findings, no summary\n"
	"  -v, --verbose           details as well\n"
	"\n"
	"Exit status: 0 done; 1 done, but something was lost; 2 not done, nothing was written.\n"
	"\n"
	"Findings:\n";

void print_usage(void)
{
	(void)fputs(usage, stderr);
}

enum status verb_help(const struct request *request)
{
	const char *verb = request->operand_count > 0 ? request->operands[0] : "";

	if (strcmp(verb, "") == 0 || strcmp(verb, "help") == 0 || verb[0] == '-') {
		(void)fputs(usage, stdout);
		return STATUS_DONE;
	}
	if (strcmp(verb, "convert") != 0)
		return complain("there is no verb \"%s\"; cc2oscam help lists them", verb);
	(void)fputs(convert_help, stdout);
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct code_info *info = code_info((enum code)code);
		(void)printf("  %-24s %-8s %s\n", info->name, severity_name(info->severity), info->meaning);
	}
	return STATUS_DONE;
}
