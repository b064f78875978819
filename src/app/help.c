/* What the program can do, in its own words. */
#include "page.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/embedded.h"
#include "options.h"

enum { OPTION_WIDTH = 26, CODE_WIDTH = 36, PLACE_WIDTH = 35 };

const struct command_help command_helps[] = {
	{"cc2oscam convert [options] CCcam.cfg|-", "print the OSCam files"},
	{"cc2oscam convert [options] CCcam.cfg|- -o DIR", "write them to a folder"},
	{"cc2oscam convert [options] --root ROOT", "print them for the CCcam.cfg that is found under ROOT"},
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

void print_usage(FILE *to)
{
	(void)fputs("cc2oscam turns a receiver's CCcam.cfg into OSCam's files. It opens no network\n"
		    "connection.\n\n",
		to);
	for (const struct command_help *command = command_helps; command->line; command++)
		(void)fprintf(to, "  %s\n      %s\n", command->line, command->meaning);
}

/* A block of a table: an option, a place with its heading, or a paragraph. */
static void print_block(enum page_block kind, struct slice term, struct slice text)
{
	bool place = kind == PAGE_TERM && term.at[0] == '/';
	const char *indent = kind == PAGE_TERM && term.at[1] == '-' ? "      " : "  ";
	unsigned width = place ? PLACE_WIDTH : OPTION_WIDTH;

	if (kind == PAGE_SUBSECTION) {
		(void)printf("\n%.*s:\n", SLICE_ARG(text));
		return;
	}
	if (kind == PAGE_PARAGRAPH)
		(void)putchar('\n');
	else
		(void)printf("%s%-*.*s", indent, (int)(width - strlen(indent)), SLICE_ARG(term));
	width = kind == PAGE_PARAGRAPH ? 0 : width;
	print_wrapped(text, width, width);
}

/* The codes from `first` on, up to but without `end`. */
static void print_codes(int first, int end)
{
	for (int code = first; code < end; code++) {
		const struct code_info *info = code_info((enum code)code);
		(void)printf("  %-24s %-8s ", info->name, severity_name(info->severity));
		print_wrapped(slice_of(info->meaning), CODE_WIDTH, CODE_WIDTH);
	}
}

/* What there is help about: a part of help.txt, or a page, or a section of a page. */
static const struct {
	const char *name, *exits, *page, *section;
} topics[] = {
#define CC2OSCAM_COMMAND(id, name, settings, least, most, words, exits) {#name, exits, NULL, NULL},
#include "commands.def"
#undef CC2OSCAM_COMMAND
	{"settings", NULL, NULL, NULL},
	{"manual", NULL, "cc2oscam.1", NULL},
	{"report", NULL, "cc2oscam.1", "THE REPORT"},
	{"manifest", NULL, "cc2oscam.conf.5", "MANIFEST"},
	{"templates", NULL, "cc2oscam.conf.5", "TEMPLATES"},
	{"mapping", NULL, "cc2oscam-mapping.7", NULL},
	{"merge", NULL, "cc2oscam-merge.7", NULL},
	{"fleet", NULL, "cc2oscam-fleet.7", NULL},
};

enum { TOPIC_COUNT = sizeof topics / sizeof *topics };

const char *const locate_help =
	"Looks at the known places of CCcam.cfg, of OSCam's folder and of CCcam's side files: what is there, "
	"and whether it looks used. Only these places are looked at. Links lead where they lead under ROOT, "
	"and nothing outside ROOT is opened. Several names of one file, and copies of it, count as one.\n"
	"-v shows the places where nothing is too, and who uses them; -q prints one name of each file and of "
	"each folder that has OSCam's files, one a line, and nothing else.";

static void print_exits(const char *exits)
{
	struct buffer text = {0};

	buffer_format(&text, "Exit status: %s", exits);
	print_block(PAGE_PARAGRAPH, SLICE(""), buffer_slice(&text));
	buffer_free(&text);
}

/* A line of the text in braces stands for a table. */
static void print_help_line(int topic, struct slice line)
{
	bool table = line.len > 2 && line.at[0] == '{';

	if (slice_equal(line, SLICE("{options}")))
		show_options(print_block, command_bit(topics[topic].name));
	else if (slice_equal(line, SLICE("{exits}")))
		print_exits(topics[topic].exits);
	else if (slice_equal(line, SLICE("{findings}")))
		print_codes(0, CODE_FIRST_CHECK);
	else if (slice_equal(line, SLICE("{checks}")))
		print_codes(CODE_FIRST_CHECK, CODE_COUNT);
	else if (!table || !page_table((struct slice){line.at + 1, line.len - 2}, print_block))
		(void)printf("%.*s\n", SLICE_ARG(line));
}

/* The part of src/app/help.txt that stands below "# COMMAND". */
static void print_help(int topic)
{
	struct slice rest = slice_of(app_text("help"));
	bool wanted = false;

	while (rest.len > 0) {
		struct slice line = slice_cut(&rest, '\n');
		if (slice_starts(line, SLICE("# ")))
			wanted = slice_equal(
				(struct slice){line.at + 2, line.len - 2}, slice_of(topics[topic].name));
		else if (wanted)
			print_help_line(topic, line);
	}
}

static enum status show_topic(int topic)
{
	const char *name = topics[topic].name, *page = topics[topic].page;

	if (page)
		page_show_all(app_text(page), topics[topic].section, page_on_terminal);
	else if (strcmp(name, "help") == 0)
		print_usage(stdout);
	else if (strcmp(name, "settings") == 0)
		(void)fputs(app_text("settings_default"), stdout);
	else
		print_help(topic);
	return STATUS_DONE;
}

const char *help_topic(int number)
{
	return number < TOPIC_COUNT ? topics[number].name : NULL;
}

const char *help_exits(int number)
{
	return number < TOPIC_COUNT ? topics[number].exits : NULL;
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
