/* The verb convert: one CCcam.cfg, to standard output or into a folder. */
#include "report_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cc2oscam/emit.h"
#include "cc2oscam/output.h"
#include "cc2oscam/sha256.h"

struct conversion {
	const struct request *request;
	struct source source;
	struct arena arena;
	struct ledger ledger;
	struct model model;
	struct emission emission;
	struct report_file files[OSCAM_FILE_COUNT];
	size_t file_count;
	bool reported;
	FILE *report; /* open before anything is written, so that a bad name is known in time */
};

static bool wanted(const struct conversion *c, enum oscam_file file)
{
	bool any = false;

	for (int i = 0; i < OSCAM_FILE_COUNT; i++)
		any |= c->request->only[i];
	return emit_has(&c->emission, file) && (!any || c->request->only[file]);
}

/* Where the text of one file goes while it is proved. */
struct destination {
	struct output *output; /* or NULL: nowhere */
	struct sha256 *sum;    /* or NULL */
	uint64_t bytes;
};

static int take_text(void *context, const char *text, size_t len)
{
	struct destination *to = context;

	to->bytes += len;
	if (to->sum)
		sha256_add(to->sum, text, len);
	return to->output ? output_write(to->output, text, len) : 0;
}

static enum status complain_template(const struct conversion *c, const struct template_error *error)
{
	const char *folder = c->request->templates ? c->request->templates : "built-in template";
	const char *between = c->request->templates ? "/" : " ";
	const struct template_place *place = &error->place;

	if (!place->name)
		return complain("%s: %.*s\nNothing was written.", folder, SLICE_ARG(error->message));
	if (place->line == 0)
		return complain("%s%s%s.mustache: %.*s\nNothing was written.", folder, between, place->name,
			SLICE_ARG(error->message));
	return complain("%s%s%s.mustache:%u:%u: %.*s\nNothing was written.", folder, between, place->name,
		place->line, place->column, SLICE_ARG(error->message));
}

/* Every file is proved, wanted or not: who reaches whom stands in two of them. */
static enum status prove_file(
	struct conversion *c, enum oscam_file file, struct proof *proof, struct output *output)
{
	bool write = wanted(c, file);
	struct sha256 sum;
	struct destination to = {.output = write ? output : NULL, .sum = c->report ? &sum : NULL};
	struct template_error error;

	sha256_start(&sum);
	if (to.output && output_open(output, oscam_file_name(file)) != 0)
		return complain("%s", output->failed);
	int result = emit_proved(&c->emission, file, proof, &(struct sink){take_text, &to}, &error);
	if (result > 0)
		return complain_template(c, &error);
	if (result < 0)
		return complain("%s", to.output ? to.output->failed : "the text was refused");
	if (write) {
		struct report_file *done = &c->files[c->file_count++];
		done->name = oscam_file_name(file);
		done->bytes = to.bytes;
		sha256_end(&sum, done->sha256);
	}
	return STATUS_DONE;
}

static enum status prove_all(struct conversion *c, struct output *output)
{
	struct proof *proof = proof_new(&c->arena);
	enum status status = STATUS_DONE;

	for (int file = 0; file < OSCAM_FILE_COUNT && status == STATUS_DONE; file++)
		if (emit_has(&c->emission, (enum oscam_file)file))
			status = prove_file(c, (enum oscam_file)file, proof, output);
	return status;
}

/* Files of an OSCam that is set up already are never touched; without --only they are one set. */
static enum status refuse_existing(const struct conversion *c, const struct output *output)
{
	bool any = false;

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		any |= c->request->only[file];
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		const char *name = oscam_file_name((enum oscam_file)file);
		if ((!any || c->request->only[file]) && output_exists(output, name))
			return complain(
				"%s is in %s already, and nothing was written.\n"
				"Choose an empty folder, look at the new files there, and copy them by hand.",
				name, c->request->output);
	}
	return STATUS_DONE;
}

static enum status write_report(struct conversion *c, bool failed)
{
	struct report report = {
		.ledger = &c->ledger,
		.model = &c->model,
		.severity = request_severity,
		.silent = request_silent,
		.message = request_message,
		.context = c->request,
		.files = c->files,
		.file_count = c->file_count,
		.redact = c->request->redact && c->report == stdout,
		.failed = failed,
	};

	c->reported = true;
	return c->report ? put_report(c->request, c->report, &report) : STATUS_DONE;
}

static bool any_wanted(const struct conversion *c)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (wanted(c, (enum oscam_file)file))
			return true;
	return false;
}

static enum status write_folder(struct conversion *c)
{
	struct output output;
	enum status status = STATUS_DONE;

	if (!any_wanted(c)) {
		(void)complain("of the files named by --only, this input needs none");
		return STATUS_DONE;
	}
	if (output_begin(&output, c->request->output) != 0)
		status = complain("%s", output.failed);
	if (status == STATUS_DONE)
		status = refuse_existing(c, &output);
	if (status == STATUS_DONE)
		status = prove_all(c, &output);
	if (status == STATUS_DONE)
		status = write_report(c, false); /* while nothing is in its place yet */
	if (status == STATUS_DONE && output_commit(&output) != 0)
		status = complain("%s\nNothing was written.", output.failed);
	output_end(&output);
	return status;
}

static int print_text(void *context, const char *text, size_t len)
{
	(void)context;
	return fwrite(text, 1, len, stdout) == len ? 0 : -1;
}

/* Proved first and rendered again, so that a broken template prints nothing. */
static enum status print_files(struct conversion *c)
{
	struct sink sink = {print_text, NULL};
	enum status status = prove_all(c, NULL);

	if (status != STATUS_DONE || (c->request->report && strcmp(c->request->report, "-") == 0))
		return status;
	c->emission.redact = c->request->redact;
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		if (!wanted(c, (enum oscam_file)file))
			continue;
		(void)printf("# ===== %s =====\n", oscam_file_name((enum oscam_file)file));
		if (emit_file(&c->emission, (enum oscam_file)file, &sink) != 0)
			break; /* said at the end, for standard output remembers it */
	}
	return STATUS_DONE;
}

static void print_summary(const struct conversion *c)
{
	struct buffer text = {0};

	report_summary(&c->ledger, &c->model, &text);
	(void)fprintf(stderr, "%.*s\n", (int)text.len, text.at);
	buffer_free(&text);
}

/* The folder of CCcam.cfg, where its side files are; standard input has none. */
static const char *folder_of(struct conversion *c)
{
	const char *path = c->request->operands[0], *slash = strrchr(path, '/');

	if (strcmp(path, "-") == 0)
		return NULL;
	if (!slash)
		return "";
	size_t len = slash == path ? 1 : (size_t)(slash - path);
	return arena_copy(&c->arena, (struct slice){path, len}).at;
}

/* The findings of CCcam.cfg, then those of its side files. True when something got lost. */
static bool look_at_findings(const struct conversion *c)
{
	bool losses = has_losses(c->request, &c->ledger);

	print_findings(c->request, &c->ledger);
	for (uint32_t i = 0; i < c->model.sides.count; i++) {
		const struct side_file *side = list_at(&c->model.sides, i);
		print_findings(c->request, &side->ledger);
		losses |= has_losses(c->request, &side->ledger);
	}
	return losses;
}

static enum status write_result(struct conversion *c, bool losses)
{
	const struct request *request = c->request;

	if (request->strict && losses)
		return complain("something would be lost, and --strict is set: nothing was written");
	enum status status = request->output ? write_folder(c) : print_files(c);
	return status == STATUS_DONE && losses ? STATUS_LOOK : status;
}

static bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static enum status convert(struct conversion *c)
{
	const struct request *request = c->request;
	struct choices choices = request->choices;
	struct template_set *templates;
	struct template_error error;

	if (choices.root && !is_folder(choices.root))
		return complain("--root %s: there is no such folder", choices.root);
	if (!emit_templates(&c->arena, request->templates, &templates, &error))
		return complain_template(c, &error);
	enum status status = open_report(request, &c->report);
	if (status != STATUS_DONE)
		return status;
	ledger_init(&c->ledger, &c->arena, &c->source);
	model_init(&c->model, &c->arena);
	choices.folder = folder_of(c);
	translate(&c->ledger, &choices, &c->model);
	c->emission = (struct emission){.model = &c->model,
		.ledger = &c->ledger,
		.templates = templates,
		.wanted = request->choices.wanted,
		.wanted_count = request->choices.wanted_count,
		.comments = !request->no_comments};
	status = write_result(c, look_at_findings(c));
	if (status != STATUS_FAILED && !request->quiet)
		print_summary(c);
	if (!c->reported || (status == STATUS_FAILED && c->report != stdout))
		if (write_report(c, status == STATUS_FAILED) != STATUS_DONE)
			status = STATUS_FAILED;
	return close_report(request, c->report) == STATUS_DONE ? status : STATUS_FAILED;
}

enum status verb_convert(const struct request *request)
{
	struct conversion c = {.request = request};
	const char *path = request->operands[0];

	if (source_read(&c.source, path) != 0)
		return complain("%s cannot be read: %s", path, strerror(errno));
	arena_init(&c.arena);
	enum status status = convert(&c);
	arena_free(&c.arena);
	source_free(&c.source);
	return status;
}
