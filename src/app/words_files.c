/* Files where folders are wanted, folders where files are, and too many or too few of them. See words.h. */
#include "words.h"

#include <string.h>

#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "shell.h"

/* The user's command with other names. */
static const char *meant(
	const struct request *request, const char *command, const char *first, const char *second)
{
	return command_again(request, (struct command_words){.command = command,
					      .how = existing_option(request),
					      .first = first,
					      .second = second});
}

static bool is_command(const struct request *request, const char *name)
{
	return strcmp(request->command, name) == 0;
}

static bool ends_with_cfg(const char *path)
{
	size_t len = strlen(path);

	return len >= 4 && strcmp(path + len - 4, ".cfg") == 0;
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

	if (report && stands_alone(request, report) && (is_file(report) || ends_with_cfg(report)))
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
	struct buffer text = {0};

	if (!is_command(request, "convert") || request->operand_count < 2)
		return STATUS_DONE;
	bool swapped = is_folder(operands[0]) && is_file(operands[1]);
	/* "other.cfg" that is not there is rather a file than a new folder */
	bool folder = is_file(operands[0]) &&
		      (is_folder(operands[1]) || (!is_file(operands[1]) && !ends_with_cfg(operands[1])));
	if (request->operand_count == 2 && !request->output && (swapped || folder))
		return complain("the folder to write to stands behind -o:\n  %s",
			command_again(request, (struct command_words){.command = "convert",
						       .how = existing_option(request),
						       .first = operands[swapped],
						       .output = operands[!swapped]}));
	for (int i = 0; i < request->operand_count; i++)
		add_shell_file(&text, operands[i]);
	return complain("convert takes one CCcam.cfg, and %d are named; batch takes many:\n  %s%s",
		request->operand_count,
		command_again(request, (struct command_words){.command = "batch",
					       .output = request->output ? request->output : "OUT"}),
		arena_take(request->texts, &text).at);
}

const char *file_inside(const struct request *request, const char *folder)
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
			command_again(request, (struct command_words){.command = "convert",
						       .how = existing_option(request),
						       .first = output,
						       .output = input}));
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
		   *place = first ? first : request->choices.root;

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
