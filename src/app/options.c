/* The options and settings, and what each sets. Nothing is printed here. See options.h. */
#include "options.h"

#include <string.h>

enum { JOBS_MOST = 1024 };

bool refuse(struct buffer *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buffer_vformat(why, format, args);
	va_end(args);
	return false;
}

bool suggest(struct buffer *why, struct slice word, const char *const *names, size_t count)
{
	const char *near = nearest(word, names, count);

	if (near)
		buffer_format(why, "; did you mean \"%s\"?", near);
	return near != NULL;
}

/* ---- what an option sets ---- */

static void *place_of(const struct settings *to, const struct option_row *row)
{
	return (char *)to->request + row->goes;
}

/* The place of the value among the words; -1: it is none of them. */
static int choose_word(const struct option_row *row, struct slice value, struct buffer *why)
{
	const char *word;

	for (int i = 0; (word = option_word(row, (size_t)i)); i++)
		if (slice_equal(value, slice_of(word)))
			return i;
	for (size_t i = 0; (word = option_word(row, i)); i++)
		buffer_format(why, "%s%s", i == 0 ? "write one of: " : ", ", word);
	buffer_format(why, "; not \"%.*s\"", SLICE_ARG(value));
	return -1;
}

/* The option alone, or one of the words of `switches`. */
static bool set_switch(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	int chosen = value.at ? choose_word(row, value, why) : 1;

	*(bool *)place_of(to, row) = chosen % 2 != 0;
	return chosen >= 0;
}

/* The number of the word goes into a byte. */
static bool set_word(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	int chosen = choose_word(row, value, why);

	*(uint8_t *)place_of(to, row) = (uint8_t)chosen;
	return chosen >= 0;
}

static bool set_slice(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	*(struct slice *)place_of(to, row) = value;
	return choose_word(row, value, why) >= 0;
}

static bool set_path(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	bool whole = value.len == 0 || value.at[0] == '/' || !*to->folder;

	if (value.len == 0)
		buffer_format(why, "write the path of a folder");
	*(const char **)place_of(to, row) =
		whole ? value.at : arena_format(&to->request->arena, "%s%s", to->folder, value.at).at;
	return value.len > 0;
}

static bool set_number(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	uint64_t number;

	if (!parse_decimal(value, row->most, &number) || number == 0)
		return refuse(why,
			row->letter == 'j' ? "write a number of workers, 1 to %u; not \"%.*s\""
					   : "write a number from 1 to %u, not \"%.*s\"",
			row->most, SLICE_ARG(value));
	*(unsigned *)place_of(to, row) = (unsigned)number;
	return true;
}

static bool set_account(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	bool fits = value.len > 0 && value.len <= NAME_CARRIED && find_control(value) == SIZE_MAX &&
		    !memchr(value.at, ' ', value.len);

	if (!fits)
		buffer_format(why, "write a user name: 1 to %d bytes without blanks", NAME_CARRIED);
	*(struct slice *)place_of(to, row) = value;
	return fits;
}

/* One code, or several with commas between. OVERRIDE_NONE is for the list of checks that are switched off. */
static bool set_codes(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	const char *command = to->request->command;
	bool checks = row->goes == OVERRIDE_NONE || (command && strcmp(command, "check") == 0);

	do {
		struct slice name = slice_trim(slice_cut(&value, ','));
		enum code code = code_by_name(name);
		if (code == CODE_COUNT) {
			const char *names[CODE_COUNT];
			for (int i = 0; i < CODE_COUNT; i++)
				names[i] = code_info((enum code)i)->name;
			buffer_format(why, "no finding has the code \"%.*s\"", SLICE_ARG(name));
			return !suggest(why, name, names, CODE_COUNT) &&
			       refuse(why, "; cc2oscam help %s lists the codes",
				       checks ? "check" : "convert");
		}
		if (row->goes == OVERRIDE_NONE)
			to->request->skip[code] = true;
		else
			to->request->overrides[code] = (uint8_t)row->goes;
	} while (value.at);
	return true;
}

static bool set_only(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	enum oscam_file file = oscam_file_named(value.at, false, NULL);

	(void)row;
	if (file != OSCAM_FILE_COUNT && file != OSCAM_SRVID) {
		to->request->only[file] = true;
		return true;
	}
	buffer_format(why,
		"write oscam.conf, .server, .user, .services, .dvbapi, .provid or .srvid2, not \"%s\"",
		value.at);
	return false;
}

static bool set_target(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	return target_read(value, place_of(to, row), why);
}

static bool set_shard(
	struct settings *to, const struct option_row *row, struct slice value, struct buffer *why)
{
	struct slice rest = value, number = slice_cut(&rest, '/');
	uint64_t shard, shards;

	(void)row;
	if (!parse_decimal(number, UINT32_MAX, &shard) || !parse_decimal(rest, UINT32_MAX, &shards) ||
		shard == 0 || shard > shards)
		return refuse(
			why, "write I/N, the I-th of N parts, such as 1/4; not \"%.*s\"", SLICE_ARG(value));
	to->request->shard = (unsigned)shard;
	to->request->shards = (unsigned)shards;
	return true;
}

static bool set_existing(
	struct settings *to, const struct option_row *row, struct slice none, struct buffer *why)
{
	enum with_existing existing = (enum with_existing)row->goes, *place = &to->request->existing;

	(void)none;
	if (*place != EXISTING_REFUSE && *place != existing)
		return refuse(why, "--merge and --replace cannot go together; give one of them");
	*place = existing;
	return true;
}

/* ---- the rows ---- */

#define WORDS(...)                                                                                           \
	(const char *const[])                                                                                \
	{                                                                                                    \
		__VA_ARGS__, NULL                                                                            \
	}
static const char *format_word(size_t number)
{
	return number < REPORT_FORMAT_COUNT ? report_format((enum report_format)number)->name : NULL;
}

static const char *file_word(size_t number)
{
	return number < OSCAM_FILE_COUNT ? oscam_file_name((enum oscam_file)number) : NULL;
}

static const char *code_word(size_t number)
{
	return number < CODE_COUNT ? code_info((enum code)number)->name : NULL;
}

enum {
#define CC2OSCAM_COMMAND(id, ...) id = 1U << COMMAND_##id,
#include "commands.def"
#undef CC2OSCAM_COMMAND
	CONVERTING = CONVERT | BATCH | DIFF | MIGRATE,
	LOOKING = CONVERTING | CHECK,
	ALL = LOOKING | LOCATE | UNDO | EXPLAIN | HELP,
	MAKES = OPTION_MAKES,
	LIST = OPTION_LIST
};

#define AT(field) offsetof(struct request, field)
/* A setting alone, whose words stand in the order of their numbers. */
#define CHOICE(name, field, ...)                                                                             \
	{                                                                                                    \
		.setting = (name), .set = set_word, .goes = AT(choices.field), .words = WORDS(__VA_ARGS__)   \
	}
static const char formats_help[] =
#define CC2OSCAM_REPORT_FORMAT(id, name, fleet, starts, ends, help) help
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
	;
static const char codes_help[] =
	"findings of this code become warnings (-W) or errors (-E), or are left out (-Q); repeatable";

/* In the order of the help, settings alone at the end. */
const struct option_row option_rows[] = {
	{"output", 'o', CONVERT | BATCH | MIGRATE, set_path, AT(output), "DIR",
		.help = "write to DIR (made if missing; OSCam files that are there refuse the run)",
		.batch = "the folder OUT for all receivers, each with a folder of its own in it"},
	{"merge", 0, CONVERTING, set_existing, EXISTING_MERGE, NULL,
		.help = "bring the sections into the OSCam files that are there; old files become NAME.bak"},
	{"replace", 0, CONVERTING, set_existing, EXISTING_REPLACE, NULL,
		.help = "take the place of the OSCam files that are there; old files become NAME.bak"},
	{"allow-empty", 0, CONVERTING | MAKES, set_switch, AT(allow_empty), NULL,
		.help = "a CCcam.cfg in which nothing was understood is meant: it may replace what is there, "
			"or be merged; no other kind of file is"},
	{"only", 0, CONVERTING | MAKES, set_only, 0, "NAME",
		.help = "of the files, just this one, such as oscam.server (repeatable)", .word = file_word},
	{"target", 0, LOOKING | MAKES, set_target, AT(choices.target), "NAME",
		.help = "which OSCam the files are for: any (default), oscam, oscam-emu or ncam, also with a "
			"version: oscam-" OSCAM_NEWEST_NAME,
		.setting = "target", .word = target_word},
	{"profile", 0, LOOKING | MAKES, set_word, AT(choices.profile), "NAME",
		.help = "receiver (with its own tuner, the default), server or tvheadend",
		.setting = "profile", .words = WORDS("receiver", "server", "tvheadend")},
	{"settings", 0, LOOKING | MAKES, NULL, 0, "FILE",
		.help = "the settings file; without this option ./cc2oscam.conf, the user's or the system's"},
	{"set", 0, LOOKING | MAKES | LIST, set_key, 0, "NAME=VALUE",
		.help = "one choice, or one key of OSCam: --set reader.cccam.inactivitytimeout=600 "
			"(repeatable; wins over the file)",
		.setting = "set"},
	{"root", 0, LOOKING | LOCATE | MAKES, set_path, AT(choices.root), "DIR",
		.help = "where the files and devices that CCcam.cfg names by absolute paths are looked up; "
			"without it files are looked for beside CCcam.cfg; convert without a file takes the "
			"only CCcam.cfg at the known places there"},
	{"yes", 0, MIGRATE | MAKES, set_switch, AT(yes), NULL, .help = "migrate: write without asking"},
	{"strict", 0, CONVERTING | MAKES, set_switch, AT(strict), NULL,
		.help = "any loss is an error: nothing is written", .setting = "strict",
		.words = WORDS("false", "true", "no", "yes", "off", "on")},
	{"report", 0, LOOKING, set_path, AT(report), "FILE",
		.help = "every line's fate, with the reasons; -: on standard output, in place of the files",
		.batch = "a line of JSON for each receiver, written as it goes; --report-format csv: rows "
			 "for all; html: a page, which leads to a page for each receiver that needs a look"},
	{"report-format", 0, LOOKING, set_word, AT(report_format), "HOW", .help = formats_help,
		.word = format_word},
	{"redact", 0, LOOKING, set_switch, AT(redact), NULL,
		.help = "mask passwords, keys and host names in what is printed"},
	{"comments", 0, CONVERTING | MAKES, set_word, AT(no_comments), "WHAT",
		.help = "source (each section says its line, the default) or none; losses are said in both",
		.setting = "comments", .words = WORDS("source", "none")},
	{"templates", 0, LOOKING | MAKES, set_path, AT(templates), "DIR",
		.help = "templates that replace built-in ones of the same name", .setting = "templates"},
	{NULL, 'W', LOOKING | MAKES | LIST, set_codes, OVERRIDE_WARNING, "CODE", .help = codes_help,
		.setting = "warn", .word = code_word},
	{NULL, 'E', LOOKING | MAKES | LIST, set_codes, OVERRIDE_ERROR, "CODE", .help = codes_help,
		.setting = "error", .word = code_word},
	{NULL, 'Q', LOOKING | MAKES | LIST, set_codes, OVERRIDE_SILENT, "CODE", .help = codes_help,
		.setting = "silent", .word = code_word},
	{"jobs", 'j', BATCH | MAKES, set_number, AT(jobs), "N", .most = JOBS_MOST,
		.batch = "workers; one for each processor by default"},
	{"resume", 0, BATCH | MAKES, set_switch, AT(resume), NULL,
		.batch = "do what an earlier run left: receivers whose files are there, as they would be "
			 "written, are left alone; other files fail"},
	{"shard", 0, BATCH | MAKES, set_shard, 0, "I/N",
		.batch = "do the I-th of N parts, which are the same on every machine"},
	{"diff", 0, BATCH, set_switch, AT(diff), NULL,
		.batch = "change nothing; print what would change, as a unified diff"},
	{"progress", 0, BATCH, set_word, AT(progress), "WHEN",
		.batch = "auto (on a terminal), always or never", .words = WORDS("auto", "always", "never")},
	{"color", 0, ALL, set_word, AT(color), "WHEN", .help = "auto, always or never; NO_COLOR is honoured",
		.words = WORDS("auto", "always", "never")},
	{"quiet", 'q', ALL, set_switch, AT(quiet), NULL, .help = "no findings, no summary"},
	{"verbose", 'v', ALL, set_switch, AT(verbose), NULL, .help = "details as well"},
	{"help", 'h', ALL | MAKES, set_switch, AT(help), NULL, .help = "the help of the command"},
	CHOICE("groups", groups, "minimal", "single", "per-protocol"),
	{.setting = "first-group", .set = set_number, .goes = AT(choices.first_group), .most = BITS_KNOWN},
	{.setting = "hops", .set = set_number, .goes = AT(choices.hops), .most = INT8_MAX},
	CHOICE("reshare", reshare_widest, "narrowest", "widest"),
	CHOICE("double-login", double_login, "last", "first", "any"),
	{.setting = "boxtype", .set = set_slice, .goes = AT(choices.boxtype), .words = box_types},
	{.setting = "local-account", .set = set_account, .goes = AT(choices.local_account)},
	CHOICE("spelling", tolerant, "documented", "tolerant"),
	CHOICE("notes", notes_filter, "comment", "filter"),
	CHOICE("disabled-lines", disabled_convert, "skip", "convert"),
	CHOICE("expiry-comments", expiry_convert, "ignore", "convert"),
	{.setting = "skip", .set = set_codes, .goes = OVERRIDE_NONE, .commands = LIST, .word = code_word},
};

const struct option_row *const option_end = option_rows + sizeof option_rows / sizeof *option_rows;

const char *const command_names[] = {
#define CC2OSCAM_COMMAND(id, name, ...) #name,
#include "commands.def"
#undef CC2OSCAM_COMMAND
	NULL};

unsigned command_bit(const char *command)
{
	unsigned bit = 0;

	while (command_names[bit] && strcmp(command, command_names[bit]) != 0)
		bit++;
	return 1U << bit;
}

const char *option_word(const struct option_row *row, size_t number)
{
	if (row->word)
		return row->word(number);
	for (size_t i = 0; row->words && row->words[i]; i++)
		if (i == number)
			return row->words[i];
	return NULL;
}

/* ---- settings by their names ---- */

void setting_say_unknown(struct slice name, const char *const *names, size_t count, struct buffer *why)
{
	buffer_format(why, "there is no choice \"%.*s\"", SLICE_ARG(name));
	if (!suggest(why, name, names, count))
		buffer_format(why, " (cc2oscam help settings lists them)");
}

const struct option_row *setting_find(struct slice name, struct buffer *why)
{
	const char *names[sizeof option_rows / sizeof *option_rows];
	size_t count = 0;

	for (const struct option_row *row = option_rows; row < option_end; row++) {
		if (!row->setting)
			continue;
		if (slice_equal(name, slice_of(row->setting)))
			return row;
		names[count++] = row->setting;
	}
	setting_say_unknown(name, names, count, why);
	return NULL;
}

bool setting_assign(struct settings *settings, struct slice text, struct buffer *why)
{
	struct slice value = text, name = slice_trim(slice_cut(&value, '='));

	if (!value.at)
		return refuse(why, "write NAME=VALUE, such as groups=single");
	if (name.len > 0 && memchr(name.at, '.', name.len))
		return set_key(settings, NULL, text, why);
	const struct option_row *row = setting_find(name, why);
	return row && row->set(settings, row, arena_copy(&settings->request->arena, slice_trim(value)), why);
}
