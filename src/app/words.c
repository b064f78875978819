/* Wrong words on the command line. See words.h. */
#include "words.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "next.h"
#include "options.h"
#include "shell.h"
#include "words_parts.h"

/* ---- the command that was meant ---- */

void words_add(struct buffer *text, const char *before, const char *word)
{
	if (*word == '\0')
		return;
	if (before && strcmp(before, "--set") == 0 && assignment_is_secret(word))
		buffer_format(text, " %.*s=VALUE", (int)strcspn(word, "="), word);
	else
		add_shell_word(text, word);
}

/* All words of the command line in their order, with `right` in the place of `wrong`, which is one of them;
 * left out where `right` is "". */
static void add_corrected(
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

/* ---- options ---- */

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

/* How many names begin so; *first is the first of them. */
static size_t beginnings(const char *name, const char *const *names, size_t count, const char **first)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (strncmp(names[i], name, strlen(name)) != 0)
			continue;
		if (found++ == 0)
			*first = names[i];
	}
	return found;
}

static void add_beginnings(struct buffer *text, const char *name, const char *const *names, size_t count)
{
	const char *between = "";

	for (size_t i = 0; i < count; i++) {
		if (strncmp(names[i], name, strlen(name)) != 0)
			continue;
		buffer_format(text, "%s--%s", between, names[i]);
		between = ", ";
	}
}

static enum status unknown_long(const struct request *request, struct arena *arena, const char *word,
	const char *const *names, size_t count)
{
	const char *name = option_name(arena, word), *first = NULL;
	const char *near = nearest(slice_of(name + 2), names, count);
	struct buffer text = {0};

	for (size_t i = 0; i < sizeof other_options / sizeof *other_options; i++)
		if (strcmp(name, other_options[i].word) == 0)
			return complain("there is no option %s; %s", name, other_options[i].say);
	if (words_position(name + 2, names, count) >= 0) {
		buffer_format(&text, "%s takes no value:\n", name);
		add_corrected(&text, request, word, name);
		return complain_text(&text);
	}
	if (name[2] != '\0' && beginnings(name + 2, names, count, &first) > 1) {
		buffer_format(&text, "%s may be ", name);
		add_beginnings(&text, name + 2, names, count);
		buffer_format(&text, "; write it in full");
		return complain_text(&text);
	}
	if (!near)
		return complain("there is no option %s (cc2oscam help %s)", word, request->command);
	buffer_format(&text, "there is no option %s; did you mean --%s?\n", name, near);
	const char *right = arena_format(arena, "--%s%s", near, word + strlen(name)).at;
	add_corrected(&text, request, word, right);
	return complain_text(&text);
}

/* A file whose name begins with "-". */
static enum status name_like_option(const struct request *request, const char *word)
{
	struct buffer text = {0}, right = {0};

	buffer_format(&right, "./%s", word);
	buffer_add(&right, "", 1);
	buffer_format(&text, "%s looks like an option; the file of this name is called ./%s:\n", word, word);
	add_corrected(&text, request, word, buffer_slice(&right).at);
	buffer_free(&right);
	return complain_text(&text);
}

/* The words in their order, without -o and its folder, which comes last where no other stands there. */
static void add_folder_last(struct buffer *text, const struct request *request, const char *folder)
{
	for (int i = 0; i < request->word_count; i++) {
		const char *word = request->words[i], *before = i > 0 ? request->words[i - 1] : NULL;
		bool output = i + 1 < request->word_count && request->words[i + 1] == folder;
		if (!output && word != folder && strcmp(word, "--") != 0)
			words_add(text, before, word);
	}
	if (request->operand_count == 0)
		buffer_format(text, " CCcam.cfg");
	if (request->operand_count < 2)
		add_shell_file(text, folder);
}

/* The value is a word of its own, and not glued to its option. */
static bool stands_alone(const struct request *request, const char *value)
{
	for (int i = 0; i < request->word_count; i++)
		if (request->words[i] == value)
			return true;
	return false;
}

enum status diff_with_output(const struct request *request, const char *folder)
{
	struct buffer text = {0};

	if (!stands_alone(request, folder))
		return complain("diff has no -o; OSCam's folder comes last:\n  cc2oscam diff CCcam.cfg DIR");
	buffer_format(&text, "diff has no -o; OSCam's folder comes last:\n  cc2oscam");
	add_folder_last(&text, request, folder);
	return complain_text(&text);
}

/* Where a file of OSCam's or NCam's stands for its folder: that folder, in the arena; else NULL. */
static const char *folder_of_oscam_file(struct arena *arena, const char *path)
{
	const char *name = path_base(path), *folder = path_folder(arena, path);

	if (strncmp(name, "oscam.", 6) != 0 && strncmp(name, "ncam.", 5) != 0)
		return NULL;
	return *folder ? folder : ".";
}

static enum status file_for_folder(
	const struct request *request, const char *path, const char *wants, const char *way)
{
	struct buffer text = {0};
	struct arena arena;

	arena_init(&arena);
	const char *folder = stands_alone(request, path) ? folder_of_oscam_file(&arena, path) : NULL;
	buffer_format(&text, "%s, and %s is a file%s", wants, path, folder ? ":\n" : way);
	if (folder)
		add_corrected(&text, request, path, folder);
	arena_free(&arena);
	return complain_text(&text);
}

enum status no_cccam_file(const struct request *request)
{
	struct buffer text = {0};

	buffer_format(&text,
		"convert wants one CCcam.cfg, - for standard input, or --root with the folder to look in:\n");
	add_corrected(&text, request, NULL, NULL);
	buffer_format(&text, " CCcam.cfg");
	return complain_text(&text);
}

enum status wrong_option(const struct request *request, const char *word, int letter, bool no_value,
	const char *const *names, size_t count)
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
	enum status status = unknown_long(request, &arena, word, names, count);
	arena_free(&arena);
	return status;
}

/* The bytes of a dash that is none: U+2010 to U+2015, U+2212. */
static size_t false_dash(const char *word)
{
	const unsigned char *at = (const unsigned char *)word;

	if (at[0] == 0xe2 && at[1] == 0x80 && at[2] >= 0x90 && at[2] <= 0x95)
		return 3;
	return at[0] == 0xe2 && at[1] == 0x88 && at[2] == 0x92 ? 3 : 0;
}

/* What the word is with real dashes in front; one that a word processor made stands for two where a long name
 * follows. Empty: it is as it should be. */
static struct slice with_dashes(struct arena *arena, const char *word, const char *const *names, size_t count)
{
	const char *name = word;
	bool odd = false;

	while (false_dash(name) > 0 || *name == '-') {
		odd |= false_dash(name) > 0;
		name += *name == '-' ? 1 : false_dash(name);
	}
	bool is_long = words_position(option_name(arena, name), names, count) >= 0;
	odd |= is_long && name - word == 1;
	if (!odd || *name == '\0')
		return SLICE("");
	return arena_format(arena, "%s%s", is_long ? "--" : "-", name);
}

static enum status say_dashes(const struct request *request, const char *word, struct slice right)
{
	struct buffer text = {0};

	buffer_format(&text, "%s is meant to be %.*s:\n", word, SLICE_ARG(right));
	add_corrected(&text, request, word, right.at);
	return complain_text(&text);
}

enum status odd_dashes(const struct request *request, const char *const *names, size_t count)
{
	enum status status = STATUS_DONE;
	struct arena arena;

	arena_init(&arena);
	for (int i = 1; i < request->word_count && status == STATUS_DONE; i++) {
		const char *word = request->words[i];
		if (strcmp(word, "--") == 0)
			break;
		struct slice right = with_dashes(&arena, word, names, count);
		if (right.len > 0 && !is_file(word) && !is_folder(word))
			status = say_dashes(request, word, right);
	}
	arena_free(&arena);
	return status;
}

/* ---- files and folders ---- */

/* As words_add_command, with the user's options. */
static void add_meant(struct buffer *text, const struct request *request, const char *command,
	const char *first, const char *second)
{
	buffer_format(text, "\n  ");
	add_command_again(text, request, command);
	if (request->existing != EXISTING_REFUSE)
		buffer_format(text, " --%s", request->existing == EXISTING_MERGE ? "merge" : "replace");
	if (first)
		add_shell_file(text, first);
	if (second)
		add_shell_file(text, second);
}

static bool is_command(const struct request *request, const char *name)
{
	return strcmp(request->command, name) == 0;
}

/* It is one, or may be made; "other.cfg", which is not there, is rather a file. */
static bool may_be_folder(const char *path)
{
	size_t len = strlen(path);

	return is_folder(path) || (!is_file(path) && (len < 4 || strcmp(path + len - 4, ".cfg") != 0));
}

enum status wrong_count_of_words(const struct request *request)
{
	char **operands = request->operands;
	struct buffer text = {0};

	if (!is_command(request, "convert") || request->operand_count < 2)
		return STATUS_DONE;
	bool folder_first = is_folder(operands[0]) && is_file(operands[1]);
	if (request->operand_count == 2 && !request->output &&
		(folder_first || (is_file(operands[0]) && may_be_folder(operands[1])))) {
		buffer_format(&text, "the folder to write to stands behind -o:");
		add_meant(&text, request, "convert", operands[folder_first], NULL);
		buffer_format(&text, " -o");
		add_shell_file(&text, operands[!folder_first]);
		return complain_text(&text);
	}
	buffer_format(&text, "convert takes one CCcam.cfg, and %d are named; batch takes many:\n  ",
		request->operand_count);
	add_command_again(&text, request, "batch");
	buffer_format(&text, " -o");
	add_shell_file(&text, request->output ? request->output : "OUT");
	for (int i = 0; i < request->operand_count; i++)
		add_shell_file(&text, operands[i]);
	return complain_text(&text);
}

/* The folder stands where a CCcam.cfg should. */
static enum status folder_for_file(const struct request *request, const char *command, const char *path)
{
	const char *none = request->existing != EXISTING_REFUSE ? "DIR" : NULL;
	const char *output = request->output ? request->output : none;
	struct buffer text = {0};

	buffer_format(&text, "%s is a folder, and %s takes one CCcam.cfg", path, command);
	buffer_format(&text, ". For the files of one receiver, or of many receivers:");
	add_meant(&text, request, command, NULL, NULL);
	buffer_format(&text, " --root");
	add_shell_file(&text, path);
	if (is_command(request, "diff")) {
		add_shell_file(&text, request->operands[1]);
	} else if (output) {
		buffer_format(&text, " -o");
		add_shell_file(&text, output);
	}
	add_meant(&text, request, "batch", NULL, NULL);
	buffer_format(&text, " -o OUT");
	add_shell_file(&text, path);
	return complain_text(&text);
}

static enum status wrong_convert(const struct request *request)
{
	const char *input = request->operand_count > 0 ? request->operands[0] : NULL;
	const char *output = request->output;
	struct buffer text = {0};

	if (input && is_folder(input) && output && is_file(output)) {
		buffer_format(&text, "CCcam.cfg and the folder are swapped:");
		add_meant(&text, request, "convert", output, NULL);
		buffer_format(&text, " -o");
		add_shell_file(&text, input);
		return complain_text(&text);
	}
	if (input && is_folder(input))
		return folder_for_file(request, "convert", input);
	if (output && is_file(output))
		return file_for_folder(request, output, "-o wants a folder",
			"; name a folder (cc2oscam makes a folder that is missing)");
	return STATUS_DONE;
}

static enum status wrong_diff(const struct request *request)
{
	char **operands = request->operands;
	const char *last = operands[request->operand_count - 1];
	struct buffer text = {0};
	struct arena arena;

	if (request->operand_count == 1 && !request->choices.root) {
		bool folder = is_folder(last);
		buffer_format(&text, "diff wants one CCcam.cfg, then OSCam's folder; 1 is named:");
		add_meant(&text, request, "diff", folder ? "CCcam.cfg" : last, folder ? last : "DIR");
		return complain_text(&text);
	}
	if (request->operand_count == 2 && is_folder(operands[0]) && is_file(last)) {
		buffer_format(&text, "the CCcam.cfg comes first, then OSCam's folder:");
		add_meant(&text, request, "diff", last, operands[0]);
		return complain_text(&text);
	}
	if (request->operand_count == 2 && is_folder(operands[0]))
		return folder_for_file(request, "diff", operands[0]);
	if (!is_file(last))
		return STATUS_DONE;
	arena_init(&arena);
	buffer_format(&text, "%s is a file, and diff compares with OSCam's folder:", last);
	const char *folder = path_folder(&arena, last);
	add_meant(&text, request, "diff", request->operand_count == 2 ? operands[0] : "CCcam.cfg",
		*folder ? folder : ".");
	arena_free(&arena);
	return complain_text(&text);
}

static enum status wrong_locate(const struct request *request)
{
	struct buffer text = {0};
	const char *path = request->operand_count > 0 ? request->operands[0] : request->choices.root;

	if (!path || !is_file(path))
		return STATUS_DONE;
	buffer_format(&text, "%s is a file, and locate looks through a folder; to convert the file:", path);
	words_add_command(
		&text, kind_of_file(path).is == FILE_ARCHIVE ? "batch -o OUT" : "convert", path, NULL);
	return complain_text(&text);
}

static enum status wrong_migrate(const struct request *request)
{
	const char *path = request->operand_count > 0 ? request->operands[0] : NULL;
	struct buffer text = {0};

	if (!path || !is_folder(path))
		return STATUS_DONE;
	buffer_format(&text, "%s is a folder; the copy of a receiver's files stands behind --root:", path);
	words_add_command(&text, "migrate --root", path, NULL);
	return complain_text(&text);
}

/* Values of options that all commands read alike. */
static enum status wrong_values(const struct request *request)
{
	const char *root = request->choices.root;

	if (root && is_file(root))
		return complain(
			"--root wants the folder with a copy of a receiver's files, and %s is a file", root);
	if (request->templates && is_file(request->templates))
		return complain(
			"--templates wants a folder with templates, and %s is a file", request->templates);
	if (request->report && is_folder(request->report))
		return complain("--report wants a file, and %s is a folder; such as --report %s/report.json",
			request->report, request->report);
	return STATUS_DONE;
}

enum status wrong_settings(const char *path)
{
	if (!path || !is_folder(path))
		return STATUS_DONE;
	return complain("--settings wants a file, and %s is a folder; a first settings file is made by\n"
			"  cc2oscam help settings >cc2oscam.conf",
		path);
}

enum status wrong_operands(const struct request *request)
{
	for (int i = 0; i < request->operand_count; i++)
		if (*request->operands[i] == '\0')
			return complain("a word behind %s is empty: is it a variable that has no value?",
				request->command);
	if (wrong_values(request) != STATUS_DONE)
		return STATUS_FAILED;
	if (is_command(request, "migrate"))
		return wrong_migrate(request);
	if (is_command(request, "convert"))
		return wrong_convert(request);
	if (is_command(request, "diff"))
		return wrong_diff(request);
	if (is_command(request, "undo") && request->operand_count == 1 && is_file(request->operands[0]))
		return file_for_folder(request, request->operands[0], "undo wants OSCam's folder",
			"; cc2oscam locate finds the folder");
	return is_command(request, "locate") ? wrong_locate(request) : STATUS_DONE;
}
