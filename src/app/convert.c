/* The command convert: one CCcam.cfg, to standard output or into a folder. */
#include "convert.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cc2oscam/output.h"
#include "cc2oscam/path.h"
#include "next.h"
#include "unfit.h"

/* `output`: as conversion_prove_all has it. */
static enum status prove_all(struct convert *v, struct output *output)
{
	if (conversion_prove_all(&v->c, output))
		return STATUS_DONE;
	return complain("%.*s\nNothing was written.", SLICE_ARG(v->c.failed));
}

/* Neither --merge nor --replace: no file of an OSCam that is set up is touched; without --only they are one
 * set. */
static enum status refuse_existing(const struct convert *v, const struct output *output)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		const char *name = target_file_name(&v->c.choices.target, file);
		if (request_wants(v->request, file) && output_exists(output, name))
			return say_existing(v, name);
	}
	return STATUS_DONE;
}

/* The report, when one is wanted: once, before anything gets its place. */
static enum status write_report(struct convert *v, bool failed)
{
	struct report report =
		conversion_report(&v->c, failed, v->request->redact && v->report.file == stdout);

	report.dry = v->dry;
	v->reported = true;
	return v->report.wanted ? put_report(v->request, &v->report, &report, NULL) : STATUS_DONE;
}

static bool any_wanted(const struct convert *v)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (conversion_wants(&v->c, file))
			return true;
	return false;
}

/* A folder with the files of the other program alone: a merge has nothing to begin with there, and a second
 * set of files is hardly meant. */
static enum status look_for_other_program(const struct convert *v)
{
	const char *other = other_program_file(&v->output, &v->c.choices.target);
	bool refused = v->request->existing == EXISTING_MERGE;

	if (!other || (v->request->quiet && !refused))
		return STATUS_DONE;
	say_other_program(v, other, refused);
	return refused ? STATUS_FAILED : STATUS_DONE;
}

static enum status write_folder(struct convert *v)
{
	struct output *output = &v->output;

	if (!any_wanted(v)) {
		(void)complain("of the files named by --only, this input needs none");
		return STATUS_DONE;
	}
	if (!output_begin(output, v->request->output, v->how))
		return complain("%s\nNothing was written.", output->failed);
	if (look_for_other_program(v) != STATUS_DONE || refuse_existing(v, output) != STATUS_DONE ||
		prove_all(v, output) != STATUS_DONE ||
		write_report(v, false) != STATUS_DONE) /* while nothing is in its place yet */
		return STATUS_FAILED;
	return commit_output(output, "written");
}

/* Proved first and rendered again, so that a broken template prints nothing. */
static enum status print_files(struct convert *v)
{
	struct sink sink = {print_file_text, NULL};
	enum status status = prove_all(v, NULL);

	if (status != STATUS_DONE || (v->request->report && strcmp(v->request->report, "-") == 0))
		return status;
	v->c.emission.redact = v->request->redact;
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		if (!conversion_wants(&v->c, file))
			continue;
		(void)printf("# ===== %s =====\n", target_file_name(&v->c.choices.target, file));
		if (!emit_file(&v->c.emission, file, &sink))
			break; /* said at the end, for standard output remembers it */
	}
	return STATUS_DONE;
}

enum status set_may_be_written(struct convert *v)
{
	if (v->set.failed.len > 0)
		return complain("%.*s\nNothing was written.", SLICE_ARG(v->set.failed));
	struct slice unfit = unfit_set(&v->c, &v->set, v->c.source.path, v->folder);
	return unfit.len > 0 ? say_would_empty(v, unfit) : STATUS_DONE;
}

/* Only files whose text changes are written. The others are not touched. */
static enum status write_set(struct convert *v)
{
	enum status status = set_may_be_written(v);

	if (status != STATUS_DONE)
		return status;
	if (!file_set_differs_at_all(&v->set))
		return write_report(v, false);
	if (!file_set_write(&v->set, &v->output))
		return complain("%s\nNothing was written.", v->output.failed);
	return write_report(v, false) == STATUS_DONE ? commit_output(&v->output, "written") : STATUS_FAILED;
}

static enum status write_result(struct convert *v)
{
	const struct request *request = v->request;
	enum status status;

	if (request->strict && v->c.losses)
		return complain("something would be lost, and --strict is set: nothing was written");
	if (v->folder)
		status = write_set(v);
	else
		status = request->output ? write_folder(v) : print_files(v);
	v->done = status == STATUS_DONE;
	return status == STATUS_DONE && v->c.losses ? STATUS_LOOK : status;
}

void say_changes(struct convert *v)
{
	struct buffer text = {0};
	bool any = file_set_changes(&v->set, v->c.arena, &text);
	struct slice changes = arena_take(v->c.arena, &text);

	if (!v->request->quiet)
		print_formatted(stderr, "%s%s: %s\n", arena_plain(v->c.arena, slice_of(v->folder)).at,
			v->dry ? " would change" : "",
			any ? changes.at
			    : "only comments, blanks and the order of lines; OSCam reads the same");
}

static enum status open_folder(struct convert *v)
{
	if (!output_begin(&v->output, v->folder, v->how))
		return complain("%s", v->output.failed);
	if (look_for_other_program(v) != STATUS_DONE)
		return STATUS_FAILED;
	if (!file_set_read(&v->set, &v->c.choices.target, &v->output, v->c.arena))
		return complain("%.*s\nNothing was written.", SLICE_ARG(v->set.failed));
	return STATUS_DONE;
}

/* What was written, and what comes next. */
static void say_end(struct convert *v)
{
	bool changed = v->folder && file_set_differs_at_all(&v->set);

	if (v->dry)
		say_compared(v, changed);
	else if (v->folder)
		say_set_written(v, changed);
	else if (!v->request->output)
		say_printed(v);
	else if (any_wanted(v))
		say_written(v);
}

static enum status translate_and_write(struct convert *v)
{
	bool merge = v->folder && v->request->existing == EXISTING_MERGE;
	enum status status = v->folder ? open_folder(v) : STATUS_DONE;

	if (status != STATUS_DONE) {
		/* an earlier report would say otherwise */
		conversion_translate(&v->c);
		(void)write_report(v, true);
		return STATUS_FAILED;
	}
	v->c.choices.folder = strcmp(v->path, "-") == 0 ? NULL : path_folder(v->c.arena, v->path);
	if (merge)
		file_set_choose(&v->set, &v->c);
	conversion_translate(&v->c);
	if (v->folder)
		(void)file_set_make(&v->set, &v->c, merge); /* a failure is said by set_may_be_written */
	struct slice unfit = unfit_text(&v->c);
	if (unfit.len > 0) {
		status = complain("%.*s", SLICE_ARG(unfit));
	} else {
		conversion_print_findings(&v->c);
		status = v->result(v);
	}
	if (status != STATUS_FAILED)
		print_summary(v->request, &v->c.ledger, &v->c.model, v->dry);
	if (v->done && !v->request->quiet)
		say_end(v);
	if (!v->reported || (status == STATUS_FAILED && v->report.file != stdout))
		if (write_report(v, status == STATUS_FAILED) != STATUS_DONE)
			status = STATUS_FAILED;
	return status;
}

/* Memory may run out anywhere: what was begun is taken back, or what was switched already is brought to its
 * end. */
static enum status convert(struct convert *v)
{
	struct memory_guard guard;
	enum status status;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		status = open_report(v->request, &v->report, REPORT_WHOLE) == STATUS_DONE
				 ? translate_and_write(v)
				 : STATUS_FAILED;
	} else {
		output_abort(&v->output);
		status = complain_of_memory(v->output.written, v->c.losses ? STATUS_LOOK : STATUS_DONE);
	}
	memory_guard_end(&guard);
	file_set_free(&v->set);
	bool written = v->output.written;
	output_end(&v->output);
	if (close_report(v->request, &v->report) == STATUS_DONE)
		return status;
	if (written)
		(void)complain("the files are written, all but the report");
	return STATUS_FAILED;
}

static enum status convert_file(struct convert *v)
{
	if (!source_read(&v->c.source, v->path))
		return cannot_read(v->path);
	struct slice unfit = unfit_bytes(&v->c);
	enum status status = unfit.len > 0 ? complain("%.*s", SLICE_ARG(unfit)) : convert(v);
	source_free(&v->c.source);
	return status;
}

enum status convert_one(struct convert *v)
{
	const struct request *request = v->request;
	const struct template_set *templates = NULL;
	const char *root = request->choices.root;
	struct arena arena;
	struct slice failed;
	enum status status = STATUS_DONE;

	arena_init(&arena);
	if (root && !is_folder(root))
		status = no_root("--root ", root, errno);
	else if (!load_templates(request, &arena, &templates, &failed))
		status = complain("%.*s\nNothing was written.", SLICE_ARG(failed));
	if (status == STATUS_DONE) {
		conversion_init(&v->c, request, templates, &arena);
		if (!v->path)
			v->path = only_cccam_file(request, &arena);
		status = v->path ? convert_file(v) : STATUS_FAILED; /* said already */
	}
	arena_free(&arena);
	return status;
}

enum status convert_into(const struct request *request, const char *path, unsigned how)
{
	struct convert v = {.request = request,
		.path = path,
		.folder = request->existing == EXISTING_REFUSE ? NULL : request->output,
		.how = request->existing == EXISTING_REFUSE ? how : OUTPUT_REPLACE | OUTPUT_RECORD,
		.result = write_result};

	return convert_one(&v);
}

enum status command_convert(const struct request *request)
{
	if (request->existing != EXISTING_REFUSE && !request->output)
		return say_no_folder(request);
	return convert_into(request, request->operand_count > 0 ? request->operands[0] : NULL, 0);
}
