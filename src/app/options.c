/* The words of the command line behind the command. */
#include "options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cc2oscam/masked.h"
#include "manifest.h"
#include "shell.h"
#include "words.h"

enum { JOBS_MOST = 1024 };

/* ---- what an option sets ---- */

static void *place_of(const struct option_row *row, struct request *request)
{
	return (char *)request + row->goes;
}

static bool set_switch(const struct option_row *row, struct request *request, const char *none)
{
	(void)none;
	*(bool *)place_of(row, request) = true;
	return true;
}

static bool set_text(const struct option_row *row, struct request *request, const char *text)
{
	*(const char **)place_of(row, request) = text;
	return true;
}

/* The number of the word goes into a byte. */
static bool set_word(const struct option_row *row, struct request *request, const char *word)
{
	struct buffer why = {0};
	int chosen = choose_word(row->words, slice_of(word), "", &why);

	*(uint8_t *)place_of(row, request) = (uint8_t)chosen;
	return complain_unless(chosen >= 0, &why, "--%s ", row->name);
}

static bool set_code(const struct option_row *row, struct request *request, const char *name)
{
	struct buffer why = {0};
	enum code code = find_code(slice_of(name), &why);

	if (code != CODE_COUNT)
		request->overrides[code] = (uint8_t)row->goes;
	return complain_unless(code != CODE_COUNT, &why, "%s", "");
}

static bool set_only(const struct option_row *row, struct request *request, const char *name)
{
	enum oscam_file file = oscam_file_named(name, false, NULL);

	(void)row;
	if (file != OSCAM_FILE_COUNT && file != OSCAM_SRVID) {
		request->only[file] = true;
		return true;
	}
	(void)complain("--only knows oscam.conf, .server, .user, .services, .dvbapi, .provid and .srvid2, "
		       "not \"%s\"",
		name);
	return false;
}

static bool set_target(const struct option_row *row, struct request *request, const char *word)
{
	struct buffer why = {0};

	return complain_unless(
		target_read(slice_of(word), &request->choices.target, &why), &why, "--%s: ", row->name);
}

static bool set_jobs(const struct option_row *row, struct request *request, const char *value)
{
	uint64_t number;

	(void)row;
	if (!parse_decimal(slice_of(value), JOBS_MOST, &number) || number == 0) {
		(void)complain("-j takes a number of workers, 1 to %d; not \"%s\"", JOBS_MOST, value);
		return false;
	}
	request->jobs = (unsigned)number;
	return true;
}

static bool set_shard(const struct option_row *row, struct request *request, const char *value)
{
	struct slice rest = slice_of(value);
	struct slice number = slice_cut(&rest, '/');
	uint64_t shard, shards;

	(void)row;
	if (!parse_decimal(number, UINT32_MAX, &shard) || !parse_decimal(rest, UINT32_MAX, &shards) ||
		shard == 0 || shard > shards) {
		(void)complain("--shard takes I/N, the I-th of N parts, such as 1/4; not \"%s\"", value);
		return false;
	}
	request->shard = (unsigned)shard;
	request->shards = (unsigned)shards;
	return true;
}

static bool set_existing(const struct option_row *row, struct request *request, const char *none)
{
	enum with_existing existing = (enum with_existing)row->goes;

	(void)none;
	if (request->existing != EXISTING_REFUSE && request->existing != existing) {
		(void)complain("--merge and --replace cannot go together; give one of them");
		return false;
	}
	request->existing = existing;
	return true;
}

/* ---- the options ---- */

enum {
	CONVERT = 1,
	BATCH = 2,
	DIFF = 4,
	CHECK = 8,
	LOCATE = 16,
	MIGRATE = 32,
	CONVERTING = CONVERT | BATCH | DIFF | MIGRATE,
	LOOKING = CONVERTING | CHECK,
	ALL = ~0U >> 1 /* explain, undo and help too */
};

static unsigned command_bit(const char *command)
{
	static const char *const commands[] = {"convert", "batch", "diff", "check", "locate", "migrate"};

	for (unsigned i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(command, commands[i]) == 0)
			return 1U << i;
	return 1U << 6;
}

static const char *const when_words[] = {"auto", "always", "never", NULL};
static const char *const formats[] = {
#define CC2OSCAM_REPORT_FORMAT(id, name, ...) #name,
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
	NULL};

#define AT(field) offsetof(struct request, field)

static const struct option_row rows[] = {
	{"output", 'o', true, false, CONVERT | BATCH | MIGRATE, set_text, AT(output), NULL},
	{"only", 0, true, true, CONVERTING, set_only, 0, NULL},
	{"replace", 0, false, false, CONVERTING, set_existing, EXISTING_REPLACE, NULL},
	{"strict", 0, false, true, CONVERTING, set_switch, AT(strict), NULL},
	{"report", 0, true, false, LOOKING, set_text, AT(report), NULL},
	{"report-format", 0, true, false, LOOKING, set_word, AT(report_format), formats},
	{"redact", 0, false, false, LOOKING, set_switch, AT(redact), NULL},
	{"templates", 0, true, true, LOOKING, set_text, AT(templates), NULL},
	{"comments", 0, true, true, CONVERTING, set_word, AT(no_comments), comment_words},
	{"color", 0, true, false, ALL, set_word, AT(color), when_words},
	{"profile", 0, true, true, LOOKING, set_word, AT(choices.profile), profile_words},
	{"target", 0, true, true, LOOKING, set_target, 0, NULL},
	{"root", 0, true, true, LOOKING | LOCATE, set_text, AT(choices.root), NULL},
	{"settings", 0, true, true, LOOKING, NULL, 0, NULL},
	{"set", 0, true, true, LOOKING, NULL, 0, NULL},
	{"jobs", 'j', true, true, BATCH, set_jobs, 0, NULL},
	{"resume", 0, false, true, BATCH, set_switch, AT(resume), NULL},
	{"shard", 0, true, true, BATCH, set_shard, 0, NULL},
	{"progress", 0, true, false, BATCH, set_word, AT(progress), when_words},
	{"diff", 0, false, false, BATCH, set_switch, AT(diff), NULL},
	{"merge", 0, false, false, CONVERTING, set_existing, EXISTING_MERGE, NULL},
	{"allow-empty", 0, false, true, CONVERTING, set_switch, AT(allow_empty), NULL},
	{"yes", 0, false, true, MIGRATE, set_switch, AT(yes), NULL},
	{"quiet", 'q', false, false, ALL, set_switch, AT(quiet), NULL},
	{"verbose", 'v', false, false, ALL, set_switch, AT(verbose), NULL},
	{"help", 'h', false, true, ALL, set_switch, AT(help), NULL},
	{NULL, 'W', true, true, LOOKING, set_code, OVERRIDE_WARNING, NULL},
	{NULL, 'E', true, true, LOOKING, set_code, OVERRIDE_ERROR, NULL},
	{NULL, 'Q', true, true, LOOKING, set_code, OVERRIDE_SILENT, NULL},
};

enum { OPTIONS = sizeof rows / sizeof *rows, LONG_OPTIONS = OPTIONS - 3, LONG_OPTION = 256 };

/* "-o", "--output"; NULL: there is no such option. */
static const struct option_row *row_spelled(struct slice spelling)
{
	struct slice name = {spelling.at + 2, spelling.len - 2};

	for (const struct option_row *row = rows; row < rows + OPTIONS; row++)
		if (spelling.len == 2 ? row->letter == spelling.at[1]
				      : row->name && slice_equal(slice_of(row->name), name))
			return row;
	return NULL;
}

bool option_is_taken(const char *command, struct slice spelling)
{
	const struct option_row *row = row_spelled(spelling);

	return !row || row->commands & command_bit(command);
}

const char *const *option_words(struct slice spelling)
{
	const struct option_row *row = row_spelled(spelling);

	return row ? row->words : NULL;
}

static void add_spelling(struct buffer *text, const struct option_row *row)
{
	if (row->letter)
		buffer_format(text, "-%c", row->letter);
	else
		buffer_format(text, "--%s", row->name);
}

void add_given(struct buffer *text, const struct given *given)
{
	buffer_add(text, " ", 1);
	add_spelling(text, given->option);
	if (given->value)
		add_shell_word(text, given->value);
}

bool assignment_is_secret(const char *assignment)
{
	struct slice value = slice_of(assignment), key = slice_trim(slice_cut(&value, '=')), name = key;

	while (key.at)
		name = slice_cut(&key, '.');
	return oscam_name_is_secret(slice_trim(name));
}

/* ---- the words ---- */

/* Options of other commands would be ignored in silence. */
static bool takes(const struct request *request, const struct option_row *row, const char *value)
{
	struct buffer text = {0};

	if (row->commands & command_bit(request->command))
		return true;
	if (row->letter == 'o' && command_bit(request->command) == DIFF)
		return diff_with_output(request, value) == STATUS_DONE;
	if (row->commands != BATCH)
		buffer_format(&text, "%s has no ", request->command);
	add_spelling(&text, row);
	if (row->commands == BATCH)
		buffer_format(&text, " is an option of batch (cc2oscam help batch)");
	else
		buffer_format(&text, "; cc2oscam help %s", request->command);
	return complain_text(&text) == STATUS_DONE;
}

/* --set and --settings count before all others, wherever they stand. */
struct command_line {
	struct list given;       /* struct given: the others */
	struct list assignments; /* const char *: the words of --set */
	const char *settings;
};

/* `option`: a letter, or LONG_OPTION and the number of the row. */
static void take_given(struct command_line *line, int option, const char *value)
{
	const struct option_row *row = option < LONG_OPTION ? rows : &rows[option - LONG_OPTION];

	while (option < LONG_OPTION && row->letter != option)
		row++;
	if (row->set)
		*(struct given *)list_add(&line->given) = (struct given){row, value};
	else if (strcmp(row->name, "settings") == 0)
		line->settings = value;
	else
		*(const char **)list_add(&line->assignments) = value;
}

/* What getopt_long wants to know of the rows. */
static void name_long_options(struct option *options, const char **names)
{
	for (int i = 0; i < LONG_OPTIONS; i++) {
		const struct option_row *row = &rows[i];
		names[i] = row->name;
		options[i] = (struct option){row->name, row->has_value ? required_argument : no_argument,
			NULL, row->letter ? row->letter : LONG_OPTION + i};
	}
	options[LONG_OPTIONS] = (struct option){NULL, 0, NULL, 0};
}

static const char letters[] = ":o:W:E:Q:j:qvh";

/* The word that getopt has just refused. getopt moves on only behind the last letter of a word. */
static const char *refused_word(int argc, char **argv)
{
	const char *before = argv[optind - 1];
	bool letter = optopt > 0 && optopt < 128 && !strchr(letters, optopt);

	if (!letter || optind >= argc)
		return before;
	bool ended = before[0] == '-' && before[1] != '-' && before[strlen(before) - 1] == optopt;
	return ended ? before : argv[optind];
}

static bool collect(struct request *request, int argc, char **argv, struct command_line *line)
{
	struct option long_options[LONG_OPTIONS + 1];
	const char *names[LONG_OPTIONS];
	int option;

	name_long_options(long_options, names);
	if (odd_dashes(request, names, LONG_OPTIONS) != STATUS_DONE)
		return false;
	opterr = 0;
	while ((option = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		if (option == '?' || option == ':') {
			/* A value is missing behind the last word only. musl's C library then changes the
			 * order of too many words. */
			const char *word =
				option == ':' ? request->words[argc - 1] : refused_word(argc, argv);
			(void)wrong_option(request, word, optopt, option == ':', names, LONG_OPTIONS);
			return false;
		}
		if (optarg && *optarg == '\0') {
			(void)complain("the value of an option is empty: is it a variable that has none?");
			return false;
		}
		take_given(line, option, optarg);
		if (option == 'h')
			return request->help = true;
	}
	return true;
}

static bool take_options(struct request *request, const struct list *options)
{
	for (uint32_t i = 0; i < options->count; i++) {
		const struct given *given = list_at(options, i);
		if (!given->option->set(given->option, request, given->value))
			return false;
	}
	return true;
}

static bool takes_all(const struct request *request, const struct command_line *line)
{
	for (uint32_t i = 0; i < line->given.count; i++) {
		const struct given *given = list_at(&line->given, i);
		if (!takes(request, given->option, given->value))
			return false;
	}
	return (!line->settings || takes(request, row_spelled(SLICE("--settings")), NULL)) &&
	       (line->assignments.count == 0 || takes(request, row_spelled(SLICE("--set")), NULL));
}

bool read_options(int argc, char **argv, struct request *request)
{
	struct command_line *line = arena_zero(&request->arena, sizeof *line);
	struct buffer why = {0};

	list_init(&line->given, &request->arena, sizeof(struct given));
	list_init(&line->assignments, &request->arena, sizeof(const char *));
	/* getopt_long changes the order of the others */
	request->words = arena_array(&request->arena, (size_t)argc, sizeof *request->words);
	memcpy(request->words, argv, (size_t)argc * sizeof *argv);
	request->word_count = argc;
	if (!collect(request, argc, argv, line))
		return false;
	request->operands = argv + optind;
	request->operand_count = argc - optind;
	request->given = &line->given;
	request->assignments = &line->assignments;
	request->settings_given = line->settings != NULL;
	if (request->help)
		return true;
	if (!takes_all(request, line))
		return false;
	if (wrong_settings(line->settings) != STATUS_DONE)
		return false;
	if (request->uses_settings && !read_settings(request, line->settings, &line->assignments))
		return false;
	if (!take_options(request, &line->given))
		return false;
	complain_of(&request->choices.target);
	if (!complain_unless(set_keys_fit_target(request, &why), &why, "%s", ""))
		return false;
	if (request->settings && request->verbose && !request->quiet)
		(void)complain("the settings are those of %s", request->settings);
	return true;
}

/* All options were taken once before, so nothing can fail. */
void request_for(const struct request *request, const struct manifest_receiver *receiver, struct request *own)
{
	*own = *request;
	arena_init(&own->arena);
	if (!receiver)
		return;
	const struct settings_layer *layers[] = {request->file_choices, receiver->manifest, receiver->own};
	own->choices = choices_default();
	own->templates = NULL;
	own->strict = own->no_comments = false;
	memset(own->overrides, 0, sizeof own->overrides);
	(void)take_settings(own, layers, sizeof layers / sizeof *layers, request->assignments);
	(void)take_options(own, request->given);
}
