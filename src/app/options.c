/* The words of the command line behind the command. */
#include "cc2oscam/masked.h"
#include "manifest.h"
#include "options.h"
#include "shell.h"
#include "words.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const struct option long_options[] = {
	{"output", required_argument, NULL, 'o'},
	{"only", required_argument, NULL, OPTION_ONLY},
	{"replace", no_argument, NULL, OPTION_REPLACE},
	{"strict", no_argument, NULL, OPTION_STRICT},
	{"report", required_argument, NULL, OPTION_REPORT},
	{"report-format", required_argument, NULL, OPTION_REPORT_FORMAT},
	{"redact", no_argument, NULL, OPTION_REDACT},
	{"templates", required_argument, NULL, OPTION_TEMPLATES},
	{"comments", required_argument, NULL, OPTION_COMMENTS},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"profile", required_argument, NULL, OPTION_PROFILE},
	{"target", required_argument, NULL, OPTION_TARGET},
	{"root", required_argument, NULL, OPTION_ROOT},
	{"settings", required_argument, NULL, OPTION_SETTINGS},
	{"set", required_argument, NULL, OPTION_SET},
	{"jobs", required_argument, NULL, 'j'},
	{"resume", no_argument, NULL, OPTION_RESUME},
	{"shard", required_argument, NULL, OPTION_SHARD},
	{"progress", required_argument, NULL, OPTION_PROGRESS},
	{"diff", no_argument, NULL, OPTION_DIFF},
	{"merge", no_argument, NULL, OPTION_MERGE},
	{"allow-empty", no_argument, NULL, OPTION_ALLOW_EMPTY},
	{"yes", no_argument, NULL, OPTION_YES},
	{"quiet", no_argument, NULL, 'q'},
	{"verbose", no_argument, NULL, 'v'},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0},
};

/* Which commands take an option; what is not here, such as -q and --color, all take. */
enum {
	CONVERT = 1,
	BATCH = 2,
	DIFF = 4,
	CHECK = 8,
	LOCATE = 16,
	MIGRATE = 32,
	CONVERTING = CONVERT | BATCH | DIFF | MIGRATE
};

static const struct {
	int option;
	unsigned commands;
} takers[] = {
	{'o', CONVERT | BATCH | MIGRATE},
	{OPTION_YES, MIGRATE},
	{OPTION_MERGE, CONVERTING},
	{OPTION_REPLACE, CONVERTING},
	{OPTION_ALLOW_EMPTY, CONVERTING},
	{OPTION_ONLY, CONVERTING},
	{OPTION_STRICT, CONVERTING},
	{OPTION_COMMENTS, CONVERTING},
	{OPTION_PROFILE, CONVERTING | CHECK},
	{OPTION_TARGET, CONVERTING | CHECK},
	{OPTION_TEMPLATES, CONVERTING | CHECK},
	{OPTION_SETTINGS, CONVERTING | CHECK},
	{OPTION_SET, CONVERTING | CHECK},
	{OPTION_REPORT, CONVERTING | CHECK},
	{OPTION_REPORT_FORMAT, CONVERTING | CHECK},
	{OPTION_REDACT, CONVERTING | CHECK},
	{'W', CONVERTING | CHECK},
	{'E', CONVERTING | CHECK},
	{'Q', CONVERTING | CHECK},
	{OPTION_ROOT, CONVERTING | CHECK | LOCATE},
	{'j', BATCH},
	{OPTION_RESUME, BATCH},
	{OPTION_SHARD, BATCH},
	{OPTION_PROGRESS, BATCH},
	{OPTION_DIFF, BATCH},
};

static unsigned command_bit(const char *command)
{
	static const char *const commands[] = {"convert", "batch", "diff", "check", "locate", "migrate"};

	for (unsigned i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(command, commands[i]) == 0)
			return 1U << i;
	return 0; /* explain, help */
}

static const char *long_name(int option)
{
	const struct option *row = long_options;

	while (row->val != option)
		row++;
	return row->name;
}

bool assignment_is_secret(const char *assignment)
{
	struct slice value = slice_of(assignment), key = slice_trim(slice_cut(&value, '=')), name = key;

	while (key.at)
		name = slice_cut(&key, '.');
	return oscam_name_is_secret(slice_trim(name));
}

void add_given(struct buffer *text, const struct given *given)
{
	if (given->option < OPTION_ONLY)
		buffer_format(text, " -%c", (char)given->option);
	else
		buffer_format(text, " --%s", long_name(given->option));
	if (given->argument)
		add_shell_word(text, given->argument);
}

bool option_is_taken(const char *command, struct slice spelling)
{
	int option = (unsigned char)spelling.at[1];

	if (spelling.len > 2)
		for (const struct option *row = long_options; row->name; row++)
			if (slice_equal(
				    slice_of(row->name), (struct slice){spelling.at + 2, spelling.len - 2}))
				option = row->val;
	for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
		if (takers[i].option == option)
			return takers[i].commands & command_bit(command);
	return true;
}

/* Options of other commands would be ignored in silence. */
static bool takes(const struct request *request, int option)
{
	char letter[] = {(char)option, '\0'};
	bool is_short = option < OPTION_ONLY;
	const char *dash = is_short ? "-" : "--";

	for (size_t i = 0; i < sizeof takers / sizeof *takers; i++) {
		if (takers[i].option != option || takers[i].commands & command_bit(request->command))
			continue;
		const char *name = is_short ? letter : long_name(option);
		if (takers[i].commands == BATCH)
			(void)complain("%s%s is an option of batch (cc2oscam help batch)", dash, name);
		else
			(void)complain("%s has no %s%s; cc2oscam help %s", request->command, dash, name,
				request->command);
		return false;
	}
	return true;
}

enum { LONG_OPTIONS = sizeof long_options / sizeof *long_options - 1 };

static void name_long_options(const char **names)
{
	for (int i = 0; i < LONG_OPTIONS; i++)
		names[i] = long_options[i].name;
}

/* --set and --settings count before all others, wherever they stand. */
struct command_line {
	struct list given;       /* struct given: the others */
	struct list assignments; /* const char *: the words of --set */
	const char *settings;
};

static bool collect(const struct request *request, int argc, char **argv, struct command_line *line)
{
	const char *names[LONG_OPTIONS];
	int option;

	name_long_options(names);
	if (odd_dashes(request, names, LONG_OPTIONS) != STATUS_DONE)
		return false;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":o:W:E:Q:j:qvh", long_options, NULL)) != -1) {
		if (option == '?' || option == ':') {
			/* A value is missing behind the last word only. musl's C library then changes the
			 * order of too many words. */
			const char *word = option == ':' ? request->words[argc - 1] : argv[optind - 1];
			(void)wrong_option(request, word, optopt, option == ':', names, LONG_OPTIONS);
			return false;
		}
		if (optarg && *optarg == '\0') {
			(void)complain("the value of an option is empty: is it a variable that has none?");
			return false;
		}
		if (option == OPTION_SETTINGS)
			line->settings = optarg;
		else if (option == OPTION_SET)
			*(const char **)list_add(&line->assignments) = optarg;
		else
			*(struct given *)list_add(&line->given) = (struct given){option, optarg};
		if (option == 'h')
			return true;
	}
	return true;
}

static bool take_options(struct request *request, const struct list *options)
{
	for (uint32_t i = 0; i < options->count; i++) {
		const struct given *given = list_at(options, i);
		if (!option_set(request, given->option, given->argument))
			return false;
	}
	return true;
}

static bool takes_all(const struct request *request, const struct command_line *line)
{
	for (uint32_t i = 0; i < line->given.count; i++)
		if (!takes(request, ((const struct given *)list_at(&line->given, i))->option))
			return false;
	return (!line->settings || takes(request, OPTION_SETTINGS)) &&
	       (line->assignments.count == 0 || takes(request, OPTION_SET));
}

static bool fits_target(const struct request *request)
{
	struct buffer why = {0};

	return complain_unless(set_keys_fit_target(request, &why), &why, "%s", "");
}

bool read_options(int argc, char **argv, struct request *request)
{
	struct command_line *line = arena_zero(&request->arena, sizeof *line);

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
	if (line->given.count > 0) {
		const struct given *last = list_at(&line->given, line->given.count - 1);
		request->help = last->option == 'h';
	}
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
	if (!fits_target(request))
		return false;
	if (request->settings && request->verbose && !request->quiet)
		(void)complain("the settings are those of %s", request->settings);
	return true;
}

/* All was taken once, so nothing can fail. */
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
