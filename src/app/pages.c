/* The manual page and the page about the mapping. They are made at build time by running the program. */
#include "pages.h"

#include <stdio.h>
#include <string.h>

#include "example.h"
#include "cc2oscam/places.h"
#include "settings.h"

/* ---- Markdown ---- */

/* A text within a table: a bar would end its cell, and < > would be taken for HTML. */
static void print_cell(const char *text)
{
	for (; *text; text++) {
		if (strchr("|<>*_[]\\", *text))
			(void)putchar('\\');
		(void)putchar(*text);
	}
}

static void print_mapping_table(void)
{
	(void)puts("| line | since CCcam | what becomes of it |\n|---|---|---|");
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		(void)printf("| `%s%s` | %s | ", row->keyword, row->letter ? ":" : "", row->since);
		print_cell(row->mapping);
		(void)puts(" |");
	}
}

static void print_side_table(void)
{
	(void)puts("| line | file | what becomes of it |\n|---|---|---|");
	for (int i = 0; i < SIDE_LINES; i++) {
		const struct side_line *line = &side_lines[i];
		(void)printf("| `%s` | %s | ", line->name, line->file);
		print_cell(line->mapping);
		(void)puts(" |");
	}
}

static void print_mapping_outcome(const char *mapping, const struct example *example)
{
	print_cell(mapping);
	(void)printf("\n\n```\n%.*s```\n", SLICE_ARG(example->before));
	if (example->needs_file) {
		(void)puts("\nWhat comes of it depends on that file.");
		return;
	}
	if (example->after.len > 0)
		(void)printf("\n```diff\n%.*s```\n", SLICE_ARG(example->after));
	(void)printf(
		"\nThe line counts as %s%s\n", fate_name(example->fate), example->says.len > 0 ? ":\n" : ".");
	if (example->says.len > 0)
		(void)printf("```\n%.*s```\n", SLICE_ARG(example->says));
}

static void print_mapping_example(const struct directive *row)
{
	struct arena arena;

	arena_init(&arena);
	struct example example = example_of(row, &arena);
	(void)printf("\n### %s\n\n```\n%s%s %s\n```\n\n", row->keyword, row->keyword,
		directive_colon(directive_id(row)), row->syntax);
	if (*row->aliases) {
		(void)fputs("Also written ", stdout);
		print_cell(row->aliases);
		(void)puts(".\n");
	}
	print_mapping_outcome(row->mapping, &example);
	arena_free(&arena);
}

static void print_side_example(const struct side_line *line)
{
	struct arena arena;

	arena_init(&arena);
	struct example example = example_of_side(line, &arena);
	(void)printf("\n### %s in %s\n\n```\n%s\n```\n\n", line->name, line->file, line->syntax);
	if (*line->others) {
		(void)fputs("The names are ", stdout);
		print_cell(line->others);
		(void)puts(".\n");
	}
	print_mapping_outcome(line->mapping, &example);
	arena_free(&arena);
}

static void print_code_table(void)
{
	(void)puts("| code | severity | what it says | what to do |\n|---|---|---|---|");
	for (int i = 0; i < CODE_COUNT; i++) {
		const struct code_info *info = code_info((enum code)i);
		(void)printf("| `%s` | %s | ", info->name, severity_name(info->severity));
		print_cell(info->meaning);
		(void)fputs(" | ", stdout);
		print_cell(info->way_out);
		(void)puts(" |");
	}
}

void print_mapping(void)
{
	(void)puts("# What becomes of the lines of CCcam.cfg\n\n"
		   "Made by `cc2oscam help mapping` from the tables that the program itself works with.\n\n"
		   "## All lines\n");
	print_mapping_table();
	(void)puts("\n## Lines of the files that some of them name\n");
	print_side_table();
	(void)puts("\n## Findings\n");
	print_code_table();
	(void)puts("\n## Examples\n\n"
		   "Each line was converted to make this page. In sections that would be there anyway, `+` "
		   "marks\n"
		   "the lines that are there because of it, `-` those that are not.");
	for (int id = 0; id < DIRECTIVE_COUNT; id++)
		print_mapping_example(directive_at((enum directive_id)id));
	for (int i = 0; i < SIDE_LINES; i++)
		print_side_example(&side_lines[i]);
}

/* ---- the manual page ---- */

static void print_roff(const char *text)
{
	for (; *text; text++) {
		if (*text == '\\')
			(void)fputs("\\e", stdout);
		else if (*text == '-')
			(void)fputs("\\-", stdout);
		else if (*text == '\'')
			(void)fputs("\\(aq", stdout);
		else
			(void)putchar(*text);
	}
}

/* A paragraph with its name in bold. No text begins with a dot, which would make a request of it. */
static void print_tagged(const char *name, const char *end, const char *text)
{
	(void)fputs(".TP\n\\fB", stdout);
	print_roff(name);
	(void)fputs(end, stdout);
	(void)fputs("\\fR\n\\&", stdout);
	print_roff(text);
	(void)putchar('\n');
}

static void print_manual_start(void)
{
	(void)printf(".TH CC2OSCAM 1 \"\" \"cc2oscam %s\" \"User Commands\"\n"
		     ".SH NAME\ncc2oscam \\- turns a CCcam.cfg into OSCam's files\n.SH SYNOPSIS\n.nf\n",
		CC2OSCAM_VERSION);
	for (const struct command_help *command = command_helps; command->line; command++) {
		print_roff(command->line);
		(void)putchar('\n');
	}
	(void)puts(".fi\n.SH DESCRIPTION\n"
		   "Reads the configuration of a receiver with CCcam, and makes of it the files that OSCam "
		   "needs to\n"
		   "do the same: oscam.conf, oscam.server, oscam.user and, where limits need them,\n"
		   "oscam.services. Every line ends with exactly one fate, and nothing is lost in silence. "
		   "It opens\n"
		   "no network connection.");
	for (const struct command_help *command = command_helps; command->line; command++)
		print_tagged(command->line, "", command->meaning);
}

static void print_manual_options(void)
{
	(void)puts(".SH OPTIONS");
	for (const struct option_help *option = option_help; option->name; option++)
		print_tagged(option->name, "", option->meaning);
	(void)puts(".SS Of batch");
	for (const struct option_help *option = batch_help; option->name; option++)
		print_tagged(option->name, "", option->meaning);
	(void)puts(".SH EXIT STATUS");
	print_tagged("0", "", "Done, and nothing was lost.");
	print_tagged("1", "",
		"Done, but there is something to look at: a loss, or a finding made an error by -E.");
	print_tagged("2", "",
		"Not done: a wrong option or setting, a file that cannot be read or written, OSCam files in "
		"the "
		"way, --strict. Nothing was written. Of batch: at least one receiver failed, or the run was "
		"stopped; the others are done.");
}

static void print_manual_places(void)
{
	(void)puts(".SH PLACES");
	print_roff(locate_help);
	(void)putchar('\n');
	for (size_t i = 0; i < known_place_count; i++) {
		const struct known_place *place = &known_places[i];
		if (i == 0 || place->kind != known_places[i - 1].kind) {
			(void)fputs(".SS ", stdout);
			print_roff(place_kind_name(place->kind));
			(void)putchar('\n');
		}
		print_tagged(place->path, "", place->users);
	}
}

static void print_manual_files(void)
{
	static const char *const files[] = {"./cc2oscam.conf", "$XDG_CONFIG_HOME/cc2oscam/cc2oscam.conf",
		CC2OSCAM_SYSCONFDIR "/cc2oscam.conf", "/etc/cc2oscam.conf"};

	(void)puts(".SH FILES\nThe settings file is the first of these that is there, unless \\-\\-settings "
		   "names "
		   "one:");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		print_tagged(files[i], "",
			i == 1 ? "~/.config/cc2oscam/cc2oscam.conf without that variable." : "");
	(void)puts(".SH ENVIRONMENT");
	print_tagged("XDG_CONFIG_HOME, HOME", "", "Where the user's settings file is looked for.");
	print_tagged("NO_COLOR", "", "Without colour, unless --color says otherwise.");
	(void)puts(".SH SETTINGS\n.nf");
	for (const char *at = settings_default; *at;) {
		size_t len = strcspn(at, "\n");
		struct buffer line = {0};
		buffer_add(&line, at, len);
		buffer_add(&line, "", 1);
		(void)fputs("\\&", stdout);
		print_roff(line.at);
		(void)putchar('\n');
		buffer_free(&line);
		at += len + (at[len] == '\n');
	}
	(void)puts(".fi");
}

void print_manual(void)
{
	print_manual_start();
	print_manual_options();
	print_manual_places();
	print_manual_files();
	(void)puts(".SH LINES OF CCCAM.CFG");
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		print_tagged(row->keyword, row->letter ? ":" : "", row->mapping);
	}
	(void)puts(".SH LINES OF THE FILES BESIDE IT");
	for (int i = 0; i < SIDE_LINES; i++) {
		const struct side_line *line = &side_lines[i];
		struct buffer end = {0};
		buffer_format(&end, " in %s%c", line->file, '\0');
		print_tagged(line->name, end.at, line->mapping);
		buffer_free(&end);
	}
	(void)puts(".SH FINDINGS");
	for (int i = 0; i < CODE_COUNT; i++) {
		const struct code_info *info = code_info((enum code)i);
		print_tagged(info->name, "", info->meaning);
		(void)printf("(%s)\n", severity_name(info->severity));
	}
}
