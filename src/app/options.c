/* The words of the command line behind the command. */
#include "manifest.h"
#include "options.h"
#include "shell.h"
#include "words.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS_MOST = 1024 };

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

void add_given(struct buffer *text, const struct given *given)
{
	if (given->option < OPTION_ONLY)
		buffer_format(text, " -%c", (char)given->option);
	else
		buffer_format(text, " --%s", long_name(given->option));
	if (!given->argument)
		return;
	buffer_add(text, " ", 1);
	add_shell_word(text, slice_of(given->argument));
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

static bool set_override(struct request *request, const char *name, enum override override)
{
	enum code code = code_by_name(slice_of(name));
	const char *names[CODE_COUNT];

	if (code != CODE_COUNT) {
		request->overrides[code] = (uint8_t) override;
		return true;
	}
	for (int i = 0; i < CODE_COUNT; i++)
		names[i] = code_info((enum code)i)->name;
	const char *near = nearest(name, names, CODE_COUNT);
	if (near)
		(void)complain("no finding has the code \"%s\"; did you mean \"%s\"?", name, near);
	else
		(void)complain("no finding has the code \"%s\"; cc2oscam help convert lists the codes", name);
	return false;
}

static bool set_only(struct request *request, const char *name)
{
	enum oscam_file file = oscam_file_named(name, false, NULL);

	if (file != OSCAM_FILE_COUNT && file != OSCAM_SRVID) {
		request->only[file] = true;
		return true;
	}
	(void)complain("--only knows oscam.conf, .server, .user, .services, .dvbapi, .provid and .srvid2, "
		       "not \"%s\"",
		name);
	return false;
}

/* The place of `word` in the list, which ends with NULL; -1 with a message. */
static int choose(const char *option, const char *word, const char *const *words)
{
	struct buffer list = {0};

	for (int i = 0; words[i]; i++) {
		if (strcmp(word, words[i]) == 0) {
			buffer_free(&list);
			return i;
		}
		buffer_format(&list, "%s%s", i == 0 ? "" : ", ", words[i]);
	}
	(void)complain("%s takes one of: %.*s; not \"%s\"", option, (int)list.len, list.at, word);
	buffer_free(&list);
	return -1;
}

static const char *const when_words[] = {"auto", "always", "never", NULL};
static const char *const formats[] = {
#define CC2OSCAM_REPORT_FORMAT(id, name, ...) #name,
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
	NULL};

const char *const *option_words(struct slice spelling)
{
	struct buffer why = {0};
	const struct setting_row *setting;

	if (slice_equal(spelling, slice_of("--color")) || slice_equal(spelling, slice_of("--progress")))
		return when_words;
	if (slice_equal(spelling, slice_of("--report-format")))
		return formats;
	setting = spelling.len > 2 ? setting_find((struct slice){spelling.at + 2, spelling.len - 2}, &why)
				   : NULL;
	buffer_free(&why);
	return setting ? setting->words : NULL;
}

static bool set_words(struct request *request, int option, const char *word)
{
	static const char *const comments[] = {"source", "none", NULL};
	static const char *const profiles[] = {"receiver", "server", "tvheadend", NULL};
	int chosen;

	switch (option) {
	case OPTION_COLOR:
		chosen = choose("--color", word, when_words);
		request->color = (enum when)chosen;
		break;
	case OPTION_COMMENTS:
		chosen = choose("--comments", word, comments);
		request->no_comments = chosen == 1;
		break;
	case OPTION_REPORT_FORMAT:
		chosen = choose("--report-format", word, formats);
		request->report_format = (enum report_format)chosen;
		break;
	default:
		chosen = choose("--profile", word, profiles);
		request->choices.profile = (enum profile)chosen;
	}
	return chosen >= 0;
}

static bool set_target(struct request *request, const char *word)
{
	struct buffer why = {0};
	bool fine = target_read(slice_of(word), &request->choices.target, &why);

	setting_make_plain(&why);
	if (!fine)
		(void)complain("--target: %.*s", (int)why.len, why.at);
	buffer_free(&why);
	return fine;
}

static bool set_jobs(struct request *request, const char *argument)
{
	uint64_t number;

	if (!parse_decimal(slice_of(argument), JOBS_MOST, &number) || number == 0) {
		(void)complain("-j takes a number of workers, 1 to %d; not \"%s\"", JOBS_MOST, argument);
		return false;
	}
	request->jobs = (unsigned)number;
	return true;
}

static bool set_shard(struct request *request, const char *argument)
{
	struct slice rest = slice_of(argument);
	struct slice number = slice_cut(&rest, '/');
	uint64_t shard, shards;

	if (!parse_decimal(number, UINT32_MAX, &shard) || !parse_decimal(rest, UINT32_MAX, &shards) ||
		shard == 0 || shard > shards) {
		(void)complain("--shard takes I/N, the I-th of N parts, such as 1/4; not \"%s\"", argument);
		return false;
	}
	request->shard = (unsigned)shard;
	request->shards = (unsigned)shards;
	return true;
}

static bool set_progress(struct request *request, const char *word)
{
	int chosen = choose("--progress", word, when_words);

	request->progress = (enum when)chosen;
	return chosen >= 0;
}

/* Options that only batch has. */
static bool set_batch_option(struct request *request, int option, const char *argument)
{
	switch (option) {
	case 'j':
		return set_jobs(request, argument);
	case OPTION_SHARD:
		return set_shard(request, argument);
	case OPTION_PROGRESS:
		return set_progress(request, argument);
	case OPTION_RESUME:
		request->resume = true;
		return true;
	default:
		request->diff = true;
		return true;
	}
}

static bool set_existing(struct request *request, enum with_existing existing)
{
	if (request->existing != EXISTING_REFUSE && request->existing != existing) {
		(void)complain("--merge and --replace exclude each other");
		return false;
	}
	request->existing = existing;
	return true;
}

/* What an option without a value switches on, or NULL. */
static bool *switch_of(struct request *request, int option)
{
	switch (option) {
	case 'q':
		return &request->quiet;
	case 'v':
		return &request->verbose;
	case OPTION_STRICT:
		return &request->strict;
	case OPTION_YES:
		return &request->yes;
	case OPTION_ALLOW_EMPTY:
		return &request->allow_empty;
	case OPTION_REDACT:
		return &request->redact;
	default:
		return NULL;
	}
}

static bool set_option(struct request *request, int option, const char *argument)
{
	bool *flag = switch_of(request, option);

	if (flag)
		return *flag = true;
	switch (option) {
	case 'o':
		request->output = argument;
		return true;
	case 'W':
		return set_override(request, argument, OVERRIDE_WARNING);
	case 'E':
		return set_override(request, argument, OVERRIDE_ERROR);
	case 'Q':
		return set_override(request, argument, OVERRIDE_SILENT);
	case OPTION_ONLY:
		return set_only(request, argument);
	case OPTION_REPORT:
		request->report = argument;
		return true;
	case OPTION_TARGET:
		return set_target(request, argument);
	case OPTION_TEMPLATES:
		request->templates = argument;
		return true;
	case OPTION_ROOT:
		request->choices.root = argument;
		return true;
	case 'j':
	case OPTION_SHARD:
	case OPTION_PROGRESS:
	case OPTION_RESUME:
	case OPTION_DIFF:
		return set_batch_option(request, option, argument);
	case OPTION_REPLACE:
		return set_existing(request, EXISTING_REPLACE);
	case OPTION_MERGE:
		return set_existing(request, EXISTING_MERGE);
	default:
		return set_words(request, option, argument);
	}
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
			(void)wrong_option(
				request, argv[optind - 1], optopt, option == ':', names, LONG_OPTIONS);
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
		if (!set_option(request, given->option, given->argument))
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
	bool fits = set_keys_fit_target(request, &why);

	if (!fits)
		(void)complain("%.*s", (int)why.len, why.at);
	buffer_free(&why);
	return fits;
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
