/* Wrong options on the command line, and how a command is written again. See words.h. */
#include "words.h"

#include <string.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/path.h"
#include "options.h"
#include "shell.h"
#include "words_parts.h"

void words_add(struct buffer *text, const char *before, const char *word)
{
	if (*word == '\0')
		return;
	if (before && strcmp(before, "--set") == 0 && assignment_is_secret(word))
		buffer_format(text, " %.*s=VALUE", (int)strcspn(word, "="), word);
	else
		add_shell_word(text, word);
}

void words_add_corrected(
	struct buffer *text, const struct request *request, const char *wrong, const char *right)
{
	buffer_format(text, "  cc2oscam");
	for (int i = 0; i < request->word_count; i++) {
		const char *before = i > 0 ? request->words[i - 1] : NULL, *word = request->words[i];
		words_add(text, before, word == wrong ? right : word);
	}
}

void words_add_command(struct buffer *text, const char *command, const char *first, const char *second)
{
	buffer_format(text, "\n  cc2oscam %s", command);
	if (first)
		add_shell_file(text, first);
	if (second)
		add_shell_file(text, second);
}

int words_position(const char *word, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, names[i]) == 0)
			return (int)i;
	return -1;
}

static const struct {
	const char *word, *say;
} other_options[] = {
	{"--dry-run", "without -o nothing is written; what would change in a folder shows\n"
		      "  cc2oscam diff CCcam.cfg DIR"},
	{"--check", "what OSCam will not take shows\n  cc2oscam check DIR"},
	{"--force", "over OSCam's files that are there: --replace, or --merge"},
	{"--overwrite", "over OSCam's files that are there: --replace, or --merge"},
	{"--recursive", "folders are searched by\n  cc2oscam batch -o OUT FOLDER"},
	{"--input", "the CCcam.cfg is named without an option:\n  cc2oscam convert CCcam.cfg"},
	{"--file", "the CCcam.cfg is named without an option:\n  cc2oscam convert CCcam.cfg"},
	{"--in-place", "files that are there: --merge or --replace, with -o DIR"},
};

/* The option's name without what stands behind =. */
static const char *option_name(struct arena *arena, const char *word)
{
	return arena_copy(arena, (struct slice){word, strcspn(word, "=")}).at;
}

static bool is_option_name(const char *name)
{
	for (const struct option_row *row = option_rows; row < option_end; row++)
		if (row->name && strcmp(row->name, name) == 0)
			return true;
	return false;
}

static enum status unknown_long(const struct request *request, struct arena *arena, const char *word)
{
	const char *name = option_name(arena, word);
	const char **names = arena_array(arena, (size_t)(option_end - option_rows), sizeof *names);
	size_t count = 0, found = 0;
	struct buffer text = {0};

	for (const struct option_row *row = option_rows; row < option_end; row++)
		if (row->name)
			names[count++] = row->name;
	const char *near = nearest(slice_of(name + 2), names, count);

	for (size_t i = 0; i < sizeof other_options / sizeof *other_options; i++)
		if (strcmp(name, other_options[i].word) == 0)
			return complain("there is no option %s; %s", name, other_options[i].say);
	if (is_option_name(name + 2)) {
		buffer_format(&text, "%s takes no value:\n", name);
		words_add_corrected(&text, request, word, name);
		return complain_text(&text);
	}
	buffer_format(&text, "%s may be ", name);
	for (size_t i = 0; i < count; i++)
		if (slice_starts(slice_of(names[i]), slice_of(name + 2)))
			buffer_format(&text, "%s--%s", found++ == 0 ? "" : ", ", names[i]);
	if (name[2] != '\0' && found > 1) {
		buffer_format(&text, "; write it in full");
		return complain_text(&text);
	}
	text.len = 0;
	if (!near) {
		buffer_format(&text, "there is no option %s (cc2oscam help %s)", word, request->command);
		return complain_text(&text);
	}
	buffer_format(&text, "there is no option %s; did you mean --%s?\n", name, near);
	const char *right = arena_format(arena, "--%s%s", near, word + strlen(name)).at;
	words_add_corrected(&text, request, word, right);
	return complain_text(&text);
}

/* A file whose name begins with "-". */
static enum status name_like_option(const struct request *request, const char *word)
{
	struct buffer text = {0}, right = {0};

	buffer_format(&right, "./%s", word);
	buffer_add(&right, "", 1);
	buffer_format(&text, "%s looks like an option; the file of this name is called ./%s:\n", word, word);
	words_add_corrected(&text, request, word, buffer_slice(&right).at);
	buffer_free(&right);
	return complain_text(&text);
}

enum status wrong_option(const struct request *request, const char *word, int letter, bool no_value)
{
	struct arena arena;

	if (no_value)
		return complain(
			"the option %s wants a value behind it (cc2oscam help %s)", word, request->command);
	if (is_file(word))
		return name_like_option(request, word);
	if (letter != 0 && letter < 128 && strncmp(word, "--", 2) != 0)
		return complain("there is no option -%c (cc2oscam help %s)", letter, request->command);
	arena_init(&arena);
	enum status status = unknown_long(request, &arena, word);
	arena_free(&arena);
	return status;
}

/* The length of a dash that a word processor made: U+2010 to U+2015, U+2212. 0: there is none. */
static size_t false_dash(const char *word)
{
	const unsigned char *at = (const unsigned char *)word;

	if (at[0] == 0xe2 && at[1] == 0x80 && at[2] >= 0x90 && at[2] <= 0x95)
		return 3;
	return at[0] == 0xe2 && at[1] == 0x88 && at[2] == 0x92 ? 3 : 0;
}

/* What the word is with real dashes in front; one that a word processor made stands for two where a long name
 * follows. Empty: it is as it should be. */
static struct slice with_dashes(struct arena *arena, const char *word)
{
	const char *name = word;
	bool odd = false;

	while (false_dash(name) > 0 || *name == '-') {
		odd |= false_dash(name) > 0;
		name += *name == '-' ? 1 : false_dash(name);
	}
	bool is_long = is_option_name(option_name(arena, name));
	odd |= is_long && name - word == 1;
	if (!odd || *name == '\0')
		return SLICE("");
	return arena_format(arena, "%s%s", is_long ? "--" : "-", name);
}

enum status odd_dashes(const struct request *request)
{
	enum status status = STATUS_DONE;
	struct buffer text = {0};
	struct arena arena;

	arena_init(&arena);
	for (int i = 1; i < request->word_count && status == STATUS_DONE; i++) {
		const char *word = request->words[i];
		if (strcmp(word, "--") == 0)
			break;
		struct slice right = with_dashes(&arena, word);
		if (right.len == 0 || is_file(word) || is_folder(word))
			continue;
		buffer_format(&text, "%s is meant to be %.*s:\n", word, SLICE_ARG(right));
		words_add_corrected(&text, request, word, right.at);
		status = complain_text(&text);
	}
	arena_free(&arena);
	return status;
}
