/* Wrong options, files where folders are wanted, folders where files are, too many or too few words, and a
 * first word that is no command. See words.h. */
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

/* "cc2oscam ..." as it was typed, with `right` in the place of `wrong`. */
static const char *corrected_words(const struct request *request, const char *wrong, const char *right)
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

static enum status no_option(const struct request *request, const char *word)
{
	return complain("there is no option %s; the help of %s:\n  cc2oscam help %s", word, request->command,
		request->command);
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
		return no_option(request, word);
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
	if (letter == 0 || strncmp(word, "--", 2) == 0)
		return unknown_long(request, word);
	if (letter > 0 && letter < 128) /* else a byte of a character */
		word = arena_format(request->texts, "-%c", letter).at;
	return no_option(request, word);
}

/* The length of a dash that a word processor made: U+2010 to U+2015, U+2212. 0: there is none. */
static size_t false_dash(const char *word)
{
	const unsigned char *at = (const unsigned char *)word;

	if (at[0] == 0xe2 && at[1] == 0x80 && at[2] >= 0x90 && at[2] <= 0x95)
		return 3;
	return at[0] == 0xe2 && at[1] == 0x88 && at[2] == 0x92 ? 3 : 0;
}

/* The word with real dashes in front. A dash that a word processor made stands for two dashes in front of a
 * long name. NULL: the word is right as it is. */
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

/* ---- files and folders ---- */

/* The user's command with other names. */
static const char *meant(
	const struct request *request, const char *command, const char *first, const char *second)
{
	return COMMAND(request, .command = command, .how = existing_option(request), .first = first,
		.second = second);
}

static bool is_command(const struct request *request, const char *name)
{
	return strcmp(request->command, name) == 0;
}

/* The value is a word of its own, and not glued to its option. */
static bool stands_alone(const struct request *request, const char *value)
{
	for (int i = 0; i < request->word_count; i++)
		if (request->words[i] == value)
			return true;
	return false;
}

/* The words in their order, without -o and its folder, which comes last where no other stands there. */
enum status diff_with_output(const struct request *request, const char *folder)
{
	struct buffer text = {0};

	if (!stands_alone(request, folder))
		return complain("diff has no -o; OSCam's folder comes last:\n  cc2oscam diff CCcam.cfg DIR");
	for (int i = 0; i < request->word_count; i++) {
		bool output = i + 1 < request->word_count && request->words[i + 1] == folder;
		if (!output && request->words[i] != folder && strcmp(request->words[i], "--") != 0)
			add_shell_words(&text, request->words + i, 1, NULL, NULL);
	}
	if (request->operand_count == 0)
		buffer_format(&text, " CCcam.cfg");
	if (request->operand_count < 2)
		add_shell_file(&text, folder);
	return complain("diff has no -o; OSCam's folder comes last:\n  cc2oscam%s",
		arena_take(request->texts, &text).at);
}

/* A file of OSCam's or NCam's may stand for its folder. */
static enum status file_for_folder(
	const struct request *request, const char *path, const char *wants, const char *way)
{
	const char *name = path_base(path), *folder = path_folder(request->texts, path);
	bool oscam = strncmp(name, "oscam.", 6) == 0 || strncmp(name, "ncam.", 5) == 0;

	if (!oscam || !stands_alone(request, path))
		return complain("%s, and %s is a file%s", wants, path, way);
	return complain("%s, and %s is a file:\n  %s", wants, path,
		corrected_words(request, path, *folder ? folder : "."));
}

enum status no_cccam_file(const struct request *request)
{
	const char *report = request->report;

	if (report && stands_alone(request, report) &&
		(is_file(report) || slice_ends(slice_of(report), SLICE(".cfg"))))
		return complain("convert wants one CCcam.cfg; %s was taken for the file of the report, which "
				"stands behind --report:\n  %s %s",
			report, corrected_words(request, report, "report.json"),
			shell_file(request->texts, report));
	return complain(
		"convert wants one CCcam.cfg, - for standard input, or --root with the folder to look "
		"in:\n  %s CCcam.cfg",
		corrected_words(request, NULL, NULL));
}

enum status wrong_count_of_words(const struct request *request)
{
	char **operands = request->operands;

	if (!is_command(request, "convert") || request->operand_count < 2)
		return STATUS_DONE;
	bool swapped = is_folder(operands[0]) && is_file(operands[1]);
	/* "other.cfg" that is not there is rather a file than a new folder */
	bool folder = is_file(operands[0]) &&
		      (is_folder(operands[1]) ||
			      (!is_file(operands[1]) && !slice_ends(slice_of(operands[1]), SLICE(".cfg"))));
	if (request->operand_count == 2 && !request->output && (swapped || folder))
		return complain("the folder to write to stands behind -o:\n  %s",
			COMMAND(request, .command = "convert", .how = existing_option(request),
				.first = operands[swapped], .output = operands[!swapped]));
	return complain("convert takes one CCcam.cfg, and %d are named; batch takes many:\n  %s",
		request->operand_count,
		COMMAND(request, .command = "batch", .output = request->output ? request->output : "OUT",
			.operands = true));
}

/* The path of CCcam.cfg directly in the folder; NULL: there is none. */
static const char *file_inside(const struct request *request, const char *folder)
{
	size_t len = strlen(folder);
	const char *slash = len > 0 && folder[len - 1] == '/' ? "" : "/";
	const char *path = arena_format(request->texts, "%s%sCCcam.cfg", folder, slash).at;

	return is_file(path) ? path : NULL;
}

/* The folder stands where a CCcam.cfg should: the file in it, where there is one. */
static enum status folder_for_file(const struct request *request, const char *path)
{
	bool diff = is_command(request, "diff");
	const char *how = existing_option(request), *inside = file_inside(request, path);
	const char *none = *how ? "DIR" : NULL;
	struct command_words words = {.command = request->command,
		.how = how,
		.first = inside,
		.second = diff ? request->operands[1] : NULL,
		.output = diff              ? NULL
			  : request->output ? request->output
					    : none};

	if (inside)
		return complain("%s is a folder, and %s takes one CCcam.cfg; the one in it:\n  %s", path,
			request->command, command_again(request, words));
	words.how = arena_format(request->texts, "%s --root", how).at;
	words.first = path;
	return complain("%s is a folder, and %s takes one CCcam.cfg. For the files of one receiver, or of "
			"many receivers:\n  %s\n  %s -o OUT %s",
		path, request->command, command_again(request, words), meant(request, "batch", NULL, NULL),
		shell_file(request->texts, path));
}

static enum status wrong_convert(const struct request *request)
{
	const char *input = request->operand_count > 0 ? request->operands[0] : NULL;
	const char *output = request->output;

	if (input && is_folder(input) && output && is_file(output))
		return complain("CCcam.cfg and the folder are swapped:\n  %s",
			COMMAND(request, .command = "convert", .how = existing_option(request),
				.first = output, .output = input));
	if (input && is_folder(input))
		return folder_for_file(request, input);
	if (output && is_file(output))
		return file_for_folder(request, output, "-o wants a folder",
			"; name a folder (cc2oscam makes a folder that is missing)");
	return STATUS_DONE;
}

static enum status wrong_diff(const struct request *request)
{
	char **operands = request->operands;
	bool two = request->operand_count == 2;
	const char *last = operands[request->operand_count - 1];

	if (!two && !request->choices.root)
		return complain("diff wants one CCcam.cfg, then OSCam's folder; 1 is named:\n  %s",
			is_folder(last) ? meant(request, "diff", "CCcam.cfg", last)
					: meant(request, "diff", last, "DIR"));
	if (two && is_folder(operands[0]) && is_file(last))
		return complain("the CCcam.cfg comes first, then OSCam's folder:\n  %s",
			meant(request, "diff", last, operands[0]));
	if (two && is_folder(operands[0]))
		return folder_for_file(request, operands[0]);
	if (!is_file(last))
		return STATUS_DONE;
	const char *folder = path_folder(request->texts, last);
	return complain("%s is a file, and diff compares with OSCam's folder:\n  %s", last,
		meant(request, "diff", two ? operands[0] : "CCcam.cfg", *folder ? folder : "."));
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
	const char *first = request->operand_count > 0 ? request->operands[0] : NULL,
		   *place = request->operand_count > 0 ? first : request->choices.root;

	for (int i = 0; i < request->operand_count; i++)
		if (*request->operands[i] == '\0')
			return complain("a word behind %s is empty: is it a variable that has no value?",
				request->command);
	if (wrong_values(request) != STATUS_DONE)
		return STATUS_FAILED;
	if (is_command(request, "convert"))
		return wrong_convert(request);
	if (is_command(request, "diff"))
		return wrong_diff(request);
	if (is_command(request, "migrate") && first && is_folder(first))
		return complain("%s is a folder; the copy of a receiver's files stands behind --root:\n"
				"  cc2oscam migrate --root %s",
			first, shell_file(request->texts, first));
	if (is_command(request, "undo") && is_file(first))
		return file_for_folder(
			request, first, "undo wants OSCam's folder", "; cc2oscam locate finds the folder");
	if (is_command(request, "locate") && place && is_file(place))
		return complain("%s is a file, and locate looks through a folder; to convert the file:\n"
				"  cc2oscam %s %s",
			place, kind_of_file(place).is == FILE_ARCHIVE ? "batch -o OUT" : "convert",
			shell_file(request->texts, place));
	return STATUS_DONE;
}

/* ---- the first word ---- */

/* "cc2oscam --merge convert ...": the command stands further behind, or nowhere. */
static enum status option_first(const struct request *request, int argc, char **argv)
{
	struct buffer text = {0};
	int at = 1;
	bool input = false;

	while (at < argc && command_bit(argv[at]) == 1U << COMMANDS)
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
	const char *near = nearest(slice_of(word), command_names, COMMANDS);
	if (near)
		return complain("there is no command \"%s\"; did you mean \"%s\"?", word, near);
	if (strchr(word, '/') || strchr(word, '.'))
		return complain(
			"%s is no file, no folder and no command; the commands:\n  cc2oscam help", word);
	return complain("there is no command \"%s\"; the commands:\n  cc2oscam help", word);
}
