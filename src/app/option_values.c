/* What an option of the command line sets, and which values it may have. */
#include "options.h"
#include "settings.h"

#include <string.h>

enum { JOBS_MOST = 1024 };

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
	const char *near = nearest(slice_of(name), names, CODE_COUNT);
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
		request->choices.profile = (uint8_t)chosen;
	}
	return chosen >= 0;
}

static bool set_target(struct request *request, const char *word)
{
	struct buffer why = {0};

	return complain_unless(
		target_read(slice_of(word), &request->choices.target, &why), &why, "--target: ");
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

/* Where an option without a value switches something on. */
static bool set_switch(struct request *request, int option)
{
	switch (option) {
	case 'q':
		return request->quiet = true;
	case 'v':
		return request->verbose = true;
	case OPTION_STRICT:
		return request->strict = true;
	case OPTION_YES:
		return request->yes = true;
	case OPTION_ALLOW_EMPTY:
		return request->allow_empty = true;
	case OPTION_REDACT:
		return request->redact = true;
	default:
		return false;
	}
}

bool option_set(struct request *request, int option, const char *argument)
{
	if (set_switch(request, option))
		return true;
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
