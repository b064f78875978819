/* The words of the command line behind the command: which options stand there, and what they set. */
#include <getopt.h>
#include <string.h>

#include "cc2oscam/masked.h"
#include "manifest.h"
#include "options.h"
#include "words.h"

const char *option_spelling(struct arena *arena, const struct option_row *row)
{
	return row->letter ? arena_format(arena, "-%c", row->letter).at
			   : arena_format(arena, "--%s", row->name).at;
}

bool assignment_is_secret(const char *assignment)
{
	struct slice value = slice_of(assignment), key = slice_trim(slice_cut(&value, '=')), name = key;

	while (key.at)
		name = slice_cut(&key, '.');
	return oscam_name_is_secret(slice_trim(name));
}

struct command_line {
	struct list given;       /* struct given */
	struct list assignments; /* const char *: the words of --set */
	const char *settings;
};

/* Options of other commands would be ignored in silence. */
static bool takes_all(const struct request *request, const struct list *given_options)
{
	for (uint32_t i = 0; i < given_options->count; i++) {
		const struct given *given = list_at(given_options, i);
		const struct option_row *row = given->option;
		if (row->commands & command_bit(request->command))
			continue;
		if (row->letter == 'o' && strcmp(request->command, "diff") == 0)
			return diff_with_output(request, given->value) == STATUS_DONE;
		const char *spelling = option_spelling(request->texts, row);
		if (row->commands & ~(command_bit("batch") | OPTION_MAKES))
			(void)complain("%s has no %s; cc2oscam help %s", request->command, spelling,
				request->command);
		else
			(void)complain("%s is an option of batch (cc2oscam help batch)", spelling);
		return false;
	}
	return true;
}

enum { LETTER_END = 256 }; /* what getopt_long returns: a letter, or this and the number of the row */

/* What getopt_long wants to know of the rows; both have room for all. */
static void name_options(struct option *options, char *letters)
{
	*letters++ = ':';
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		if (row->letter) {
			*letters++ = row->letter;
			if (row->value)
				*letters++ = ':';
		}
		if (row->name)
			*options++ = (struct option){row->name, row->value ? required_argument : no_argument,
				NULL, LETTER_END + (int)(row - option_rows)};
	}
	*letters = '\0';
	*options = (struct option){NULL, 0, NULL, 0};
}

/* A word of options with a letter that is not ASCII. */
static bool has_foreign_letter(const char *word)
{
	bool foreign = false;

	for (const char *at = word; *at; at++)
		foreign = foreign || (unsigned char)*at >= 0x80;
	return foreign && word[0] == '-' && word[1] != '-';
}

/* The word that getopt has just refused. getopt moves on to the next word only behind the last letter of one.
 */
static const char *refused_word(int argc, char **argv, const char *letters)
{
	const char *before = argv[optind - 1];
	bool ascii = optopt >= 0 && optopt<128, letter = optopt> 0 && ascii && !strchr(letters, optopt);

	if (!ascii && optind < argc && !has_foreign_letter(before) && has_foreign_letter(argv[optind]))
		return argv[optind];
	if (!letter || optind >= argc)
		return before;
	bool ended = before[0] == '-' && before[1] != '-' && before[strlen(before) - 1] == optopt;
	return ended ? before : argv[optind];
}

static bool collect(struct request *request, int argc, char **argv, struct command_line *line)
{
	size_t rows = (size_t)(option_end - option_rows);
	struct option *options = arena_array(&request->arena, rows + 1, sizeof *options);
	char *letters = arena_bytes(&request->arena, 2 * rows + 2);
	int option;

	name_options(options, letters);
	if (odd_dashes(request) != STATUS_DONE)
		return false;
	opterr = 0;
	while ((option = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		if (option == '?' || option == ':') {
			/* A value is missing behind the last word only. musl's C library then changes the
			 * order of too many words. */
			const char *word =
				option == ':' ? request->words[argc - 1] : refused_word(argc, argv, letters);
			(void)wrong_option(request, word, optopt, option == ':');
			return false;
		}
		const struct option_row *row = option_rows + (option < LETTER_END ? 0 : option - LETTER_END);
		while (option < LETTER_END && row->letter != option)
			row++;
		if (optarg && *optarg == '\0') {
			(void)complain("the value of %s is empty: is it a variable that has no value?",
				option_spelling(request->texts, row));
			return false;
		}
		*(struct given *)list_add(&line->given) = (struct given){row, optarg};
		if (!row->set)
			line->settings = optarg;
		if (row->set == set_key)
			*(const char **)list_add(&line->assignments) = optarg;
		if (row->letter == 'h')
			return request->help = true;
	}
	return true;
}

/* Settings count before all others, and were taken already. In a message the option's name stands for the
 * "it" of a reason. */
static bool take_options(struct request *request, const struct list *options)
{
	struct settings to = {.request = request, .folder = ""};

	for (uint32_t i = 0; i < options->count; i++) {
		const struct given *given = list_at(options, i);
		const struct option_row *row = given->option;
		struct slice value = given->value ? slice_of(given->value) : (struct slice){NULL, 0};
		struct buffer why = {0};
		if (!row->set || row->set == set_key || row->set(&to, row, value, &why))
			continue;
		bool named = row->name && row->value;
		return complain_unless(false, &why, "%s%s", named ? option_spelling(request->texts, row) : "",
			named ? ": " : "");
	}
	return true;
}

bool read_options(int argc, char **argv, struct request *request)
{
	struct command_line *line = arena_zero(&request->arena, sizeof *line);
	struct buffer why = {0};

	list_init(&line->given, &request->arena, sizeof(struct given));
	list_init(&line->assignments, &request->arena, sizeof(const char *));
	request->texts = &request->arena;
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
	if (!takes_all(request, &line->given) || wrong_settings(line->settings) != STATUS_DONE)
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
