/* The end of a run. See next.h. */
#include "next.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/document.h"
#include "options.h"
#include "shell.h"
#include "unfit.h"

/* ---- the same command ---- */

static const char *named_folder(const struct convert *v)
{
	return v->folder ? v->folder : v->request->output;
}

/* "  cc2oscam convert --merge CCcam.cfg -o DIR": `how` is " --merge", " --replace" or nothing; `target`:
 * another one than the user's, or NULL. */
static void add_command(struct buffer *text, const struct convert *v, const char *command, const char *how,
	const char *target, const char *folder)
{
	buffer_format(text, "  ");
	add_command_for(text, v->request, command, target);
	buffer_format(text, "%s", how);
	add_shell_file(text, v->path);
	buffer_format(text, strcmp(command, "diff") == 0 ? "" : " -o");
	add_shell_file(text, folder);
	buffer_format(text, "%s\n", strcmp(v->path, "-") == 0 ? " <FILE" : "");
}

static void add_convert(struct buffer *text, const struct convert *v, const char *how, const char *folder)
{
	add_command(text, v, "convert", how, NULL, folder);
}

/* The user's command again. */
static void add_same(struct buffer *text, const struct convert *v, const char *how, const char *target)
{
	add_command(text, v,
		v->inner ? "migrate"
		: v->dry ? "diff"
			 : "convert",
		how, target, named_folder(v));
}

/* The folder's name, for a line of its own. */
static const char *shown_folder(const struct convert *v)
{
	return arena_plain(v->c.arena, slice_of(named_folder(v))).at;
}

/* ---- what was written ---- */

/* NCam's files are known by their names. */
static void add_check(struct buffer *text, const struct target *target, const char *folder)
{
	struct arena arena;

	arena_init(&arena);
	struct slice option = target_option(target, &arena);
	buffer_format(text, "  cc2oscam check");
	if (option.len > 0 && !target_is_ncam(target))
		buffer_format(text, " --target %.*s", SLICE_ARG(option));
	arena_free(&arena);
	add_shell_file(text, folder);
	buffer_add(text, "\n", 1);
}

enum status say_existing(const struct convert *v, const char *name)
{
	struct buffer text = {0};

	buffer_format(&text,
		"%s is in %s already, and nothing was written.\n"
		"--merge keeps what is in the files, --replace takes their place; both keep the old files as "
		".bak:\n",
		name, v->request->output);
	add_convert(&text, v, " --merge", v->request->output);
	add_convert(&text, v, " --replace", v->request->output);
	return complain_text(&text);
}

enum status say_room(const struct convert *v, struct slice why)
{
	bool merge = v->request->existing == EXISTING_MERGE;
	struct buffer text = {0};

	buffer_format(&text, "%.*s.\nNothing was written. To write all the same:\n", SLICE_ARG(why));
	const char *how = merge ? " --merge --allow-empty" : " --replace --allow-empty";
	add_same(&text, v, how, NULL);
	return complain_text(&text);
}

void say_other_program(const struct convert *v, const char *name, bool refused)
{
	bool ncam = target_is_ncam(&v->c.choices.target);
	const char *theirs = ncam ? "OSCam" : "NCam", *ours = ncam ? "NCam" : "OSCam";
	struct buffer text = {0};

	buffer_format(
		&text, "%s has files of %s's (%s), and none of %s's: ", shown_folder(v), theirs, name, ours);
	buffer_format(&text,
		refused ? "there is nothing to merge with, and nothing was written.\nIf %s is meant:\n"
			: "%s does not read the files that are made here.\nIf %s is meant:\n",
		theirs, theirs);
	add_same(&text, v, " --merge", ncam ? "any" : "ncam");
	(void)complain_text(&text);
}

enum status say_no_folder(const struct request *request)
{
	struct buffer text = {0};

	buffer_format(&text, "--merge and --replace go with -o DIR, where the files are:\n  ");
	add_command_again(&text, request, "convert");
	add_existing(&text, request);
	if (request->operand_count > 0)
		add_shell_file(&text, request->operands[0]);
	bool input = request->operand_count > 0 && strcmp(request->operands[0], "-") == 0;
	buffer_format(&text, " -o DIR%s", input ? " <FILE" : "");
	return complain_text(&text);
}

void say_printed(const struct convert *v)
{
	struct buffer text = {0};

	if (v->request->quiet)
		return;
	buffer_format(&text, "nothing was written; to write the files into a folder DIR:\n");
	add_convert(&text, v, "", "DIR");
	print_buffer(stderr, &text);
}

static const char *program(const struct convert *v)
{
	return target_is_ncam(&v->c.choices.target) ? "NCam" : "OSCam";
}

/* In place of the advice to copy the files. */
static void add_nothing(struct buffer *text, const struct convert *v)
{
	buffer_format(text,
		"%s can do nothing with these files: %s has no server, no card reader and no friend\n"
		"next: find the CCcam.cfg that is in use\n  cc2oscam locate",
		program(v), v->c.source.path);
	if (v->c.choices.root)
		add_shell_file(text, v->c.choices.root);
	buffer_add(text, "\n", 1);
}

void say_written(const struct convert *v)
{
	const struct model *model = v->c.emission.model;
	struct buffer text = {0};

	if (v->request->quiet)
		return;
	buffer_format(&text, "%s: wrote", shown_folder(v));
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (conversion_wants(&v->c, file))
			add_shell_file(&text, target_file_name(&v->c.choices.target, file));
	buffer_format(&text, " (");
	buffer_add_count(&text, conversion_wants(&v->c, OSCAM_SERVER) ? model->reader_count : 0, "reader");
	buffer_format(&text, ", ");
	buffer_add_count(&text, conversion_wants(&v->c, OSCAM_USER) ? model->account_count : 0, "account");
	buffer_format(&text, ")\n");
	if (makes_nothing(&v->c)) {
		add_nothing(&text, v);
	} else {
		buffer_format(&text, "next: check them, then copy them into %s's folder on the receiver\n",
			program(v));
		add_check(&text, &v->c.choices.target, v->request->output);
	}
	print_buffer(stderr, &text);
}

/* What OSCam would hold of this file: its new text, or the old one where it stays. */
static uint64_t count_in_set(const struct convert *v, enum oscam_file file, enum schema_section section)
{
	const struct set_file *at = &v->set.files[file];
	struct source made;

	if (!file_set_differs(&v->set, file))
		return document_count(&at->old, v->set.target, file, section);
	source_from_raw_text(&made, target_file_name(v->set.target, file), buffer_slice(&at->text));
	return document_count(&made, v->set.target, file, section);
}

static void add_holding(struct buffer *text, const struct convert *v)
{
	buffer_add_count(text, count_in_set(v, OSCAM_SERVER, SECTION_reader), "reader");
	buffer_format(text, ", ");
	buffer_add_count(text, count_in_set(v, OSCAM_USER, SECTION_account), "account");
	buffer_format(text, " in all");
}

void say_set_written(struct convert *v, bool changed)
{
	struct buffer text = {0};

	if (v->request->quiet)
		return;
	if (!changed) {
		buffer_format(&text, "%s: nothing to change, and nothing was written (", shown_folder(v));
		add_holding(&text, v);
		buffer_format(&text, ")\n");
		print_buffer(stderr, &text);
		return;
	}
	say_changes(v);
	buffer_format(&text, "%s: wrote", shown_folder(v));
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (file_set_differs(&v->set, file))
			add_shell_file(&text, target_file_name(&v->c.choices.target, file));
	buffer_format(&text, " (");
	add_holding(&text, v);
	buffer_format(&text, ")%s\nnext: check them, then let %s read them again (restart it)\n",
		file_set_keeps_old(&v->set) ? "; the old files are kept beside them as .bak" : "",
		program(v));
	add_check(&text, &v->c.choices.target, v->folder);
	print_buffer(stderr, &text);
}

/* No diff of new files is shown at their making, so they are named. */
static void add_new_files(struct buffer *text, const struct convert *v)
{
	buffer_format(text, "get");
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (file_set_differs(&v->set, file))
			add_shell_file(text, target_file_name(&v->c.choices.target, file));
	buffer_format(text, ", and ");
}

void say_compared(struct convert *v, bool changed)
{
	bool merge = v->request->existing == EXISTING_MERGE, there = false;
	struct buffer text = {0};

	if (v->request->quiet)
		return;
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		there |= v->set.files[file].there;
	if (changed)
		say_changes(v);
	buffer_format(&text, "%s would ", shown_folder(v));
	if (changed && v->inner && !there)
		add_new_files(&text, v);
	buffer_format(&text, changed ? "then hold " : "not change (");
	add_holding(&text, v);
	buffer_format(&text, "%s\n", changed ? "" : ")");
	if (changed && !v->inner) {
		buffer_format(&text, "nothing was written; to write this:\n");
		add_convert(&text, v, merge ? " --merge" : there ? " --replace" : "", v->folder);
	}
	print_buffer(stderr, &text);
}

/* ---- a check ---- */

/* CODE_COUNT: none is shown. Of findings as grave as each other the first counts. */
static enum code gravest_shown(
	const struct request *request, const struct ledger *const *ledgers, size_t count, unsigned *most)
{
	enum code gravest = CODE_COUNT;

	*most = 0;
	for (size_t i = 0; i < count; i++) {
		const struct finding **sorted = ledger_sorted(ledgers[i]);
		for (uint32_t k = 0; k < ledgers[i]->findings.count; k++) {
			unsigned weight = finding_weight(request, ledgers[i], sorted[k]);
			if (!request_shows(request, sorted[k]->code) ||
				(gravest != CODE_COUNT && weight <= *most))
				continue;
			gravest = sorted[k]->code;
			*most = weight;
		}
	}
	return gravest;
}

/* At the end of migrate what CCcam.cfg has to mend comes before what the files have, unless that is graver.
 * Its notes ask for nothing. */
static bool is_of_input(const struct request *request, unsigned weight, enum code *code)
{
	unsigned heard = 0;
	enum code gravest = request->heard ? heard_gravest(request->heard, &heard) : CODE_COUNT;

	if (gravest == CODE_COUNT || heard < 2 * SEVERITY_WARNING || heard < weight)
		return false;
	*code = gravest;
	return true;
}

/* What comes where nothing has to be mended. */
static void add_after_check(
	struct buffer *text, const struct request *request, const char *cccam, const char *program)
{
	bool input = cccam && strcmp(cccam, "standard input") == 0;

	if (strcmp(request->command, "check") != 0)
		return; /* migrate says itself what comes next */
	if (!cccam) {
		buffer_format(text, "next: let %s read the files (restart it)\n", program);
		return;
	}
	buffer_format(text, "next: convert %s\n  ", cccam);
	add_command_again(text, request, "convert");
	add_shell_file(text, input ? "-" : cccam);
	buffer_format(text, "%s\n", input ? " <FILE" : "");
}

void say_checked(const struct request *request, const struct ledger *const *ledgers, size_t count,
	const char *cccam, const char *program)
{
	unsigned weight;
	enum code code = gravest_shown(request, ledgers, count, &weight);
	bool input_first = is_of_input(request, weight, &code);
	bool mend = code != CODE_COUNT && (input_first || weight >= 2 * SEVERITY_WARNING);
	struct buffer text = {0};

	if (request->quiet)
		return;
	if (mend)
		buffer_format(&text, "next: mend what is named, and %s again; what a finding means:\n",
			input_first ? "migrate" : "check");
	else if (code != CODE_COUNT)
		buffer_format(&text, "notes need no change; what a note means, for example:\n");
	if (code != CODE_COUNT)
		buffer_format(&text, "  cc2oscam explain %s\n", code_info(code)->name);
	if (!mend)
		add_after_check(&text, request, cccam, program);
	print_buffer(stderr, &text);
}

/* ---- many receivers ---- */

static void add_batch(struct buffer *text, const struct request *request)
{
	buffer_format(text, "  ");
	add_command_again(text, request, "batch");
	add_existing(text, request);
	if (request->existing == EXISTING_REFUSE)
		buffer_format(text, " --replace");
	buffer_format(text, " -o");
	add_shell_file(text, request->output);
	for (int i = 0; i < request->operand_count; i++)
		add_shell_file(text, request->operands[i]);
	buffer_add(text, "\n", 1);
}

void say_batch_done(FILE *to, const struct request *request, const char *receiver, bool failed)
{
	struct buffer text = {0}, folder = {0};

	buffer_format(&folder, "%s/%s%c", request->output, receiver ? receiver : "", '\0');
	if (request->diff && receiver) {
		buffer_format(&text, "nothing was written; to write this:\n");
		add_batch(&text, request);
	} else if (request->diff) {
		buffer_format(&text, "nothing was written, and nothing would be\n");
	} else if (receiver) {
		buffer_format(&text, "%s: wrote a folder for each of them; next: check them, such as\n",
			request->output);
		add_check(&text, &request->choices.target, folder.at);
	} else {
		buffer_format(&text, "%s: nothing was written\n", request->output);
	}
	if (failed)
		buffer_format(&text, "what failed is said above, with the reason\n");
	print_buffer(to, &text);
	buffer_free(&folder);
}
