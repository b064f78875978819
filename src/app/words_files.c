/* Files where folders are wanted, folders where files are, and too many or too few of them. See words.h. */
#include "words.h"

#include <string.h>

#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "next.h"
#include "shell.h"
#include "words_parts.h"

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
		words_add_corrected(&text, request, path, folder);
	arena_free(&arena);
	return complain_text(&text);
}

enum status no_cccam_file(const struct request *request)
{
	const char *report = request->report;
	size_t len = report ? strlen(report) : 0;
	struct buffer text = {0};

	if (report && stands_alone(request, report) &&
		(is_file(report) || (len > 4 && strcmp(report + len - 4, ".cfg") == 0))) {
		buffer_format(&text,
			"convert wants one CCcam.cfg; %s was taken for the file of the report, which stands "
			"behind --report:\n",
			report);
		words_add_corrected(&text, request, report, "report.json");
		add_shell_file(&text, report);
		return complain_text(&text);
	}
	buffer_format(&text,
		"convert wants one CCcam.cfg, - for standard input, or --root with the folder to look in:\n");
	words_add_corrected(&text, request, NULL, NULL);
	buffer_format(&text, " CCcam.cfg");
	return complain_text(&text);
}

/* As words_add_command, with the user's options. */
static void add_meant(struct buffer *text, const struct request *request, const char *command,
	const char *first, const char *second)
{
	buffer_format(text, "\n  ");
	add_command_again(text, request, command);
	add_existing(text, request);
	if (first)
		add_shell_file(text, first);
	if (second)
		add_shell_file(text, second);
}

static bool is_command(const struct request *request, const char *name)
{
	return strcmp(request->command, name) == 0;
}

/* A folder, or a name for a new one. "other.cfg" that is not there is rather a file. */
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

/* What stands behind CCcam.cfg. */
static void add_output(struct buffer *text, const struct request *request)
{
	const char *none = request->existing != EXISTING_REFUSE ? "DIR" : NULL;
	const char *output = request->output ? request->output : none;

	if (is_command(request, "diff")) {
		add_shell_file(text, request->operands[1]);
	} else if (output) {
		buffer_format(text, " -o");
		add_shell_file(text, output);
	}
}

const char *words_file_inside(struct arena *arena, const char *folder)
{
	size_t len = strlen(folder);
	bool slash = len > 0 && folder[len - 1] == '/';
	const char *path = arena_format(arena, "%s%sCCcam.cfg", folder, slash ? "" : "/").at;

	return is_file(path) ? path : NULL;
}

/* The file itself, where it is directly in the folder. */
static bool add_file_inside(
	struct buffer *text, const struct request *request, const char *command, const char *folder)
{
	struct arena arena;

	arena_init(&arena);
	const char *path = words_file_inside(&arena, folder);
	if (path) {
		buffer_format(text, "; the one in it:");
		add_meant(text, request, command, path, NULL);
		add_output(text, request);
	}
	arena_free(&arena);
	return path != NULL;
}

/* The folder stands where a CCcam.cfg should. */
static enum status folder_for_file(const struct request *request, const char *command, const char *path)
{
	struct buffer text = {0};

	buffer_format(&text, "%s is a folder, and %s takes one CCcam.cfg", path, command);
	if (add_file_inside(&text, request, command, path))
		return complain_text(&text);
	buffer_format(&text, ". For the files of one receiver, or of many receivers:");
	add_meant(&text, request, command, NULL, NULL);
	buffer_format(&text, " --root");
	add_shell_file(&text, path);
	add_output(&text, request);
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
