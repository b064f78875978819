/* What the program can do, in its own words. */
#include "page.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/embedded.h"
#include "cc2oscam/places.h"
#include "settings.h"

enum { OPTION_WIDTH = 26, CODE_WIDTH = 36, PLACE_WIDTH = 33 };

const struct command_help command_helps[] = {
	{"cc2oscam convert [options] CCcam.cfg|-", "print the OSCam files"},
	{"cc2oscam convert [options] CCcam.cfg|- -o DIR", "write them to a folder"},
	{"cc2oscam convert [options] --root ROOT", "of the CCcam.cfg that is found under ROOT"},
	{"cc2oscam batch [options] -o OUT INPUT...",
		"many receivers: folders that are searched, CCcam.cfg files, backup archives, a manifest"},
	{"cc2oscam diff [options] CCcam.cfg|- DIR", "show what convert -o DIR would change there"},
	{"cc2oscam check [options] DIR|FILE...", "what OSCam will not take as it is written"},
	{"cc2oscam locate [ROOT]", "where the files of CCcam and OSCam are, under ROOT or on this machine"},
	{"cc2oscam migrate [options] [--root ROOT]",
		"on the receiver, in one go: find CCcam.cfg and OSCam's folder, show, ask, write, check"},
	{"cc2oscam undo DIR", "take back what the last run changed in OSCam's folder"},
	{"cc2oscam explain [LINE|CODE]", "what becomes of a line of CCcam.cfg, what a finding means"},
	{"cc2oscam help [TOPIC]", "more about a command, or about: settings, manifest, templates, report, "
				  "merge, fleet, mapping, manual; or the text of a template"},
	{"cc2oscam --version", "the version"},
	{NULL, NULL},
};

const struct exit_help exit_helps[] = {
	{"convert", "done", "done, but something was lost, or a finding is an error by -E",
		"not done, and nothing was written: a wrong option or setting, a file that cannot be read or "
		"written, OSCam's files in the way, --strict, an input that is no CCcam.cfg"},
	{"diff", "nothing would change", "something would change", "it cannot be said"},
	{"batch", "done", "done, but something was lost; with --diff: something would change",
		"at least one receiver failed, or the run was stopped; the other receivers are done"},
	{"check", "nothing was found", "something was found, silent or not",
		"a file cannot be read, or there is no file to look at"},
	{"locate", "one CCcam.cfg was found, which convert --root ROOT takes",
		"no CCcam.cfg was found, or several that differ, or one that cannot be read",
		"ROOT is no folder"},
	{"migrate", "done", "done, but something was lost, or check found an error",
		"not done, and nothing was written"},
	{"undo", "done", NULL, "not done, and nothing was changed"},
	{"explain", "done", NULL, "there is no such line, and no such finding"},
	{"help", "done", NULL, "there is no help about the word"},
	{NULL, NULL, NULL, NULL},
};

const struct option_help option_help[] = {
	{"-o, --output DIR", "write to DIR (made if missing; OSCam files that are there refuse the run)"},
	{"--merge", "bring the sections into the OSCam files that are there; old files become NAME.bak"},
	{"--replace", "take the place of the OSCam files that are there; old files become NAME.bak"},
	{"--allow-empty", "a CCcam.cfg in which nothing was understood is meant: it may replace what is "
			  "there, or be merged; no other kind of file is"},
	{"--only NAME", "of the files, just this one, such as oscam.server (repeatable)"},
	{"--target NAME",
		"which OSCam the files are for: any (default), oscam, oscam-emu or ncam, also with a "
		"version: oscam-" OSCAM_NEWEST_NAME},
	{"--profile NAME", "receiver (with its own tuner, the default), server or tvheadend"},
	{"--settings FILE",
		"the settings file; without this option ./cc2oscam.conf, the user's or the system's"},
	{"--set NAME=VALUE", "one choice, or one key of OSCam: --set reader.cccam.inactivitytimeout=600 "
			     "(repeatable; wins over the file)"},
	{"--root DIR",
		"where the files and devices that CCcam.cfg names by absolute paths are looked up; without "
		"it files are looked for beside CCcam.cfg; convert without a file takes the only CCcam.cfg "
		"at the known places there"},
	{"--yes", "migrate: write without asking"},
	{"--strict", "any loss is an error: nothing is written"},
	{"--report FILE",
		"every line's fate, with the reasons; -: on standard output, in place of the files"},
	{
		"--report-format HOW",
#define CC2OSCAM_REPORT_FORMAT(id, name, fleet, starts, ends, help) help
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
	},
	{"--redact", "mask passwords, keys and host names in what is printed"},
	{"--comments WHAT",
		"source (each section says its line, the default) or none; losses are said in both"},
	{"--templates DIR", "templates that replace built-in ones of the same name"},
	{"-W, -E, -Q CODE", "make findings of this code warnings, errors or silent (repeatable)"},
	{"--color WHEN", "auto, always or never; NO_COLOR is honoured"},
	{"-q, --quiet", "no findings, no summary"},
	{"-v, --verbose", "details as well"},
	{"-h, --help", "the help of the command"},
	{NULL, NULL},
};

const struct option_help batch_help[] = {
	{"-o, --output OUT", "the folder for all receivers, each with a folder of its own in it"},
	{"-j, --jobs N", "workers; one for each processor by default"},
	{"--resume",
		"do what an earlier run left: receivers whose files are there, as they would be written, "
		"are left alone; other files fail"},
	{"--shard I/N", "do the I-th of N parts, which are the same on every machine"},
	{"--diff", "change nothing; print what would change, as a unified diff"},
	{"--progress WHEN", "auto (on a terminal), always or never"},
	{"--report FILE",
		"a line of JSON for each receiver, written as it goes; --report-format csv: rows for all; "
		"html: a page, which leads to a page for each receiver that needs a look"},
	{NULL, NULL},
};

static void print_commands(FILE *to)
{
	(void)fputs("cc2oscam turns a receiver's CCcam.cfg into OSCam's files. It opens no network\n"
		    "connection.\n\n",
		to);
	for (const struct command_help *command = command_helps; command->line; command++)
		(void)fprintf(to, "  %s\n      %s\n", command->line, command->meaning);
}

void print_usage(void)
{
	print_commands(stderr);
}

static void print_options(const struct option_help *option)
{
	for (; option->name; option++) {
		const char *indent = option->name[1] == '-' ? "      " : "  ";
		(void)printf("%s%-*s", indent, OPTION_WIDTH - (int)strlen(indent), option->name);
		print_wrapped(option->meaning, OPTION_WIDTH, OPTION_WIDTH);
	}
}

/* The codes from `first` on, up to but without `end`. */
static void print_codes(int first, int end)
{
	for (int code = first; code < end; code++) {
		const struct code_info *info = code_info((enum code)code);
		(void)printf("  %-24s %-8s ", info->name, severity_name(info->severity));
		print_wrapped(info->meaning, CODE_WIDTH, CODE_WIDTH);
	}
}

void add_exits(struct buffer *text, const struct exit_help *help)
{
	buffer_format(text, "0 %s; ", help->done);
	if (help->look)
		buffer_format(text, "1 %s; ", help->look);
	buffer_format(text, "2 %s.", help->failed);
}

static void print_exits(const char *command)
{
	const struct exit_help *help = exit_helps;
	struct buffer text = {0};

	while (strcmp(help->command, command) != 0)
		help++;
	buffer_add_slice(&text, SLICE("Exit status: "));
	add_exits(&text, help);
	buffer_add(&text, "", 1);
	(void)putchar('\n');
	print_wrapped(text.at, 0, 0);
	buffer_free(&text);
}

const char *const locate_help =
	"Looks at the known places of CCcam.cfg, of OSCam's folder and of CCcam's side files: what is there, "
	"and "
	"whether it looks used. Only these places are looked at. Links lead where they lead under ROOT, and "
	"nothing outside ROOT is opened. Several names of one file, and copies of it, count as one.\n"
	"-v shows the places where nothing is too, and who uses them; -q prints one name of each file and of "
	"each folder that has OSCam's files, one a line, and nothing else.";

static void print_locate(void)
{
	for (struct slice rest = slice_of(locate_help); rest.len > 0;) {
		struct buffer paragraph = {0};
		buffer_add_slice(&paragraph, slice_cut(&rest, '\n'));
		buffer_add(&paragraph, "", 1);
		(void)putchar('\n');
		print_wrapped(paragraph.at, 0, 0);
		buffer_free(&paragraph);
	}
}

static void print_places(void)
{
	for (size_t i = 0; i < known_place_count; i++) {
		const struct known_place *place = &known_places[i];
		if (i == 0 || place->kind != known_places[i - 1].kind)
			(void)printf("\n%s:\n", place_kind_name(place->kind));
		(void)printf("  %-*s", PLACE_WIDTH, place->path);
		print_wrapped(place->users, PLACE_WIDTH + 2, PLACE_WIDTH + 2);
	}
}

/* A line of the text in braces stands for a table; {newest} ends a line with OSCam's newest version. */
static void print_help_line(const char *command, struct slice line)
{
	if (slice_equal(line, SLICE("{options}")))
		print_options(option_help);
	else if (slice_equal(line, SLICE("{batch-options}")))
		print_options(batch_help);
	else if (slice_equal(line, SLICE("{exits}")))
		print_exits(command);
	else if (slice_equal(line, SLICE("{findings}")))
		print_codes(0, CODE_FIRST_CHECK);
	else if (slice_equal(line, SLICE("{checks}")))
		print_codes(CODE_FIRST_CHECK, CODE_COUNT);
	else if (slice_equal(line, SLICE("{locate}")))
		print_locate();
	else if (slice_equal(line, SLICE("{places}")))
		print_places();
	else {
		struct slice text = slice_cut(&line, '{');
		(void)printf("%.*s%s\n", SLICE_ARG(text), line.at ? OSCAM_NEWEST_NAME : "");
	}
}

/* The part of src/app/help.txt that stands below "# COMMAND". */
static void print_help(const char *command)
{
	struct slice rest = slice_of(app_text("help"));
	bool wanted = false;

	while (rest.len > 0) {
		struct slice line = slice_cut(&rest, '\n');
		if (slice_starts(line, SLICE("# ")))
			wanted = slice_equal((struct slice){line.at + 2, line.len - 2}, slice_of(command));
		else if (wanted)
			print_help_line(command, line);
	}
}

/* What there is help about: a part of help.txt, or a page, or a section of a page. */
static const struct {
	const char *name, *page, *section;
} topics[] = {
	{"convert", NULL, NULL},
	{"diff", NULL, NULL},
	{"check", NULL, NULL},
	{"locate", NULL, NULL},
	{"batch", NULL, NULL},
	{"migrate", NULL, NULL},
	{"undo", NULL, NULL},
	{"explain", NULL, NULL},
	{"help", NULL, NULL},
	{"settings", NULL, NULL},
	{"manual", "cc2oscam.1", NULL},
	{"report", "cc2oscam.1", "THE REPORT"},
	{"manifest", "cc2oscam.conf.5", "MANIFEST"},
	{"templates", "cc2oscam.conf.5", "TEMPLATES"},
	{"mapping", "cc2oscam-mapping.7", NULL},
	{"merge", "cc2oscam-merge.7", NULL},
	{"fleet", "cc2oscam-fleet.7", NULL},
};

enum { TOPIC_COUNT = sizeof topics / sizeof *topics };

static enum status show_topic(int topic)
{
	const char *name = topics[topic].name, *page = topics[topic].page;

	if (page)
		page_show_all(app_text(page), topics[topic].section, page_on_terminal);
	else if (strcmp(name, "help") == 0)
		print_commands(stdout);
	else if (strcmp(name, "settings") == 0)
		(void)fputs(app_text("settings_default"), stdout);
	else
		print_help(name);
	return STATUS_DONE;
}

const char *help_topic(int number)
{
	return number < TOPIC_COUNT ? topics[number].name : NULL;
}

enum status command_help(const struct request *request)
{
	const char *topic = request->operand_count > 0 ? request->operands[0] : "help";
	const char *names[TOPIC_COUNT];

	if (*topic == '-' || *topic == '\0')
		topic = "help";
	for (int i = 0; i < TOPIC_COUNT; i++) {
		if (strcmp(topic, topics[i].name) == 0)
			return show_topic(i);
		names[i] = topics[i].name;
	}
	/* as it is built in, to be changed and given to --templates */
	const struct embedded *template = embedded_find(builtin_templates, topic);
	if (template)
		return fwrite(template->text, 1, template->size, stdout) == template->size ? STATUS_DONE
											   : STATUS_FAILED;
	const char *near = nearest(slice_of(topic), names, TOPIC_COUNT);
	if (near)
		return complain("there is no help about \"%s\"; did you mean \"%s\"?", topic, near);
	return complain("there is no help about \"%s\"; cc2oscam help lists what there is", topic);
}
