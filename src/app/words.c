/* Wrong options and a wrong first word on the command line. See words.h. */
#include "words.h"

#include <string.h>

#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "options.h"
#include "shell.h"

/* What other programs call it; each table has NULL at its end. */
struct other {
	const char *word, *meant;
};

static const struct other other_options[] = {
	{"--dry-run", "without -o nothing is written; what would change in a folder shows\n"
		      "  cc2oscam diff CCcam.cfg DIR"},
	{"--check", "what OSCam will not take shows\n  cc2oscam check DIR"},
	{"--force", "over OSCam's files that are there: --replace, or --merge"},
	{"--overwrite", "over OSCam's files that are there: --replace, or --merge"},
	{"--recursive", "folders are searched by\n  cc2oscam batch -o OUT FOLDER"},
	{"--input", "the CCcam.cfg is named without an option:\n  cc2oscam convert CCcam.cfg"},
	{"--file", "the CCcam.cfg is named without an option:\n  cc2oscam convert CCcam.cfg"},
	{"--in-place", "files that are there: --merge or --replace, with -o DIR"},
	{NULL, NULL},
};

static const struct other other_commands[] = {
	{"merge", "convert --merge CCcam.cfg -o DIR"},
	{"replace", "convert --replace CCcam.cfg -o DIR"},
	{"write", "convert CCcam.cfg -o DIR"},
	{"show", "convert CCcam.cfg"},
	{"translate", "convert CCcam.cfg"},
	{"import", "convert CCcam.cfg"},
	{"compare", "diff CCcam.cfg DIR"},
	{"dry-run", "diff CCcam.cfg DIR"},
	{"validate", "check DIR"},
	{"verify", "check DIR"},
	{"lint", "check DIR"},
	{"test", "check DIR"},
	{"find", "locate"},
	{"search", "locate"},
	{"version", "--version"},
	{"-V", "--version"},
	{"-version", "--version"},
	{"man", "help manual"},
	{"usage", "help"},
	{"-?", "help"},
	{NULL, NULL},
};

static const char *meant_by(const struct other *others, const char *word)
{
	while (others->word && strcmp(others->word, word) != 0)
		others++;
	return others->meant;
}

/* ---- options ---- */

const char *corrected_words(const struct request *request, const char *wrong, const char *right)
{
	struct buffer text = {0};

	buffer_format(&text, "cc2oscam");
	add_shell_words(&text, request->words, request->word_count, wrong, right);
	return arena_take(request->texts, &text).at;
}

static bool is_option_name(struct slice name)
{
	for (const struct option_row *row = option_rows; row < option_end; row++)
		if (row->name && slice_equal(slice_of(row->name), name))
			return true;
	return false;
}

static enum status unknown_long(const struct request *request, const char *word)
{
	struct arena *arena = request->texts;
	struct slice name = {word, strcspn(word, "=")}, begin = {word + 2, name.len - 2};
	const char **names = arena_array(arena, (size_t)(option_end - option_rows), sizeof *names);
	const char *alone = arena_copy(arena, name).at, *meant = meant_by(other_options, alone);
	size_t count = 0, found = 0;
	struct buffer text = {0};

	if (meant)
		return complain("there is no option %s; %s", alone, meant);
	if (is_option_name(begin))
		return complain("%s takes no value:\n  %s", alone, corrected_words(request, word, alone));
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		if (!row->name)
			continue;
		names[count++] = row->name;
		if (slice_starts(slice_of(row->name), begin))
			buffer_format(&text, "%s--%s", found++ == 0 ? "" : ", ", row->name);
	}
	struct slice several = arena_take(arena, &text);
	if (begin.len > 0 && found > 1)
		return complain("%s may be %.*s; write it in full", alone, SLICE_ARG(several));
	const char *near = nearest(begin, names, count);
	if (!near)
		return complain("there is no option %s (cc2oscam help %s)", word, request->command);
	const char *right = arena_format(arena, "--%s%s", near, word + name.len).at;
	return complain("there is no option %s; did you mean --%s?\n  %s", alone, near,
		corrected_words(request, word, right));
}

enum status wrong_option(const struct request *request, const char *word, int letter, bool no_value)
{
	if (no_value)
		return complain(
			"the option %s wants a value behind it (cc2oscam help %s)", word, request->command);
	if (is_file(word)) /* whose name begins with "-" */
		return complain("%s looks like an option; the file of this name is called ./%s:\n  %s", word,
			word, corrected_words(request, word, arena_format(request->texts, "./%s", word).at));
	if (letter != 0 && letter < 128 && strncmp(word, "--", 2) != 0)
		return complain("there is no option -%c (cc2oscam help %s)", letter, request->command);
	return unknown_long(request, word);
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
 * follows. NULL: it is as it should be. */
static const char *with_dashes(struct arena *arena, const char *word)
{
	const char *name = word;
	bool odd = false;

	while (false_dash(name) > 0 || *name == '-') {
		odd |= false_dash(name) > 0;
		name += *name == '-' ? 1 : false_dash(name);
	}
	bool is_long = is_option_name((struct slice){name, strcspn(name, "=")});
	odd |= is_long && name - word == 1;
	return !odd || *name == '\0' ? NULL : arena_format(arena, "%s%s", is_long ? "--" : "-", name).at;
}

enum status odd_dashes(const struct request *request)
{
	for (int i = 1; i < request->word_count && strcmp(request->words[i], "--") != 0; i++) {
		const char *word = request->words[i], *right = with_dashes(request->texts, word);
		if (right && !is_file(word) && !is_folder(word))
			return complain("%s is meant to be %s:\n  %s", word, right,
				corrected_words(request, word, right));
	}
	return STATUS_DONE;
}

/* ---- the first word ---- */

static bool is_command_name(const char *word)
{
	return command_bit(word) < 1U << COMMAND_COUNT;
}

/* "cc2oscam --merge convert ...": the command stands further behind, or nowhere. */
static enum status option_first(const struct request *request, int argc, char **argv)
{
	struct buffer text = {0};
	int at = 1;
	bool input = false;

	while (at < argc && !is_command_name(argv[at]))
		at++;
	for (int i = 0; i < argc; i++)
		input |= is_file(argv[i]) || strcmp(argv[i], "-") == 0;
	add_shell_words(&text, argv, argc, at < argc ? argv[at] : NULL, "");
	return complain("the command comes first, then its options:\n  cc2oscam %s%s%s",
		at < argc ? argv[at] : "convert", arena_take(request->texts, &text).at,
		at == argc && !input ? " CCcam.cfg" : "");
}

/* "cc2oscam CCcam.cfg", "cc2oscam backups" */
static enum status path_first(const struct request *request, int argc, char **argv)
{
	const char *path = argv[0];
	struct buffer text = {0};

	if (is_folder(path)) {
		const char *name = shell_file(request->texts, path), *inside = file_inside(request, path);
		return complain("%s is a folder, and the command comes first:%s%s\n"
				"  cc2oscam locate %s       # a receiver's files\n"
				"  cc2oscam batch -o OUT %s # many receivers\n"
				"  cc2oscam check %s        # OSCam's files",
			path, inside ? "\n  cc2oscam convert " : "",
			inside ? shell_file(request->texts, inside) : "", name, name, name);
	}
	bool archive = kind_of_file(path).is == FILE_ARCHIVE;
	bool two = argc == 2 && is_folder(argv[1]);
	add_shell_words(&text, argv, argc, NULL, NULL);
	return complain("%s is a %s, and the command comes first:\n  cc2oscam %s%s", path,
		archive ? "backup archive" : "file",
		archive ? "batch -o OUT"
		: two   ? "diff"
			: "convert",
		arena_take(request->texts, &text).at);
}

enum status wrong_command(const struct request *request, int argc, char **argv)
{
	const char *word = argv[0], *meant = meant_by(other_commands, word);

	if (meant)
		return complain("there is no command \"%s\"; what does it is:\n  cc2oscam %s", word, meant);
	if (word[0] == '-' && word[1] != '\0')
		return option_first(request, argc, argv);
	if (is_file(word) || is_folder(word) || strcmp(word, "-") == 0)
		return path_first(request, argc, argv);
	const char *near = nearest(slice_of(word), command_names, COMMAND_COUNT);
	if (near)
		return complain("there is no command \"%s\"; did you mean \"%s\"?", word, near);
	if (strchr(word, '/') || strchr(word, '.'))
		return complain("%s is not there, nor is it a command; cc2oscam help lists those", word);
	return complain("there is no command \"%s\"; cc2oscam help lists them", word);
}
