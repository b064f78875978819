/* What a conversion leaves in the receiver's folder: new files, written so far that they only need their
 * names, or a set of files beside those that are there. */
#include "batch.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "unfit.h"

/* ---- new files ---- */

static void fail_output(struct done *done)
{
	done_fail(done, "%s", done->output->failed);
}

/* Every file is proved, wanted or not: who reaches whom stands in two of them. */
static bool write_file(struct conversion *c, enum oscam_file file, struct done *done)
{
	struct output *output = done->output;
	struct sink sink = output_sink(output);
	bool write = output && conversion_wants(c, file);

	if (write && !output_open(output, target_file_name(&c->choices.target, file))) {
		fail_output(done);
		return false;
	}
	if (conversion_prove(c, file, write ? &sink : NULL))
		return true;
	if (c->failed.len > 0)
		done_fail(done, "%.*s", SLICE_ARG(c->failed));
	else
		fail_output(done);
	return false;
}

static void write_files(struct conversion *c, struct done *done)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (emit_has(&c->emission, file) && !write_file(c, file, done))
			return;
	if (done->output && !output_close(done->output))
		fail_output(done);
}

/* Which of the files that are to be written are there; in a new folder there are none. */
struct presence {
	int wanted;
	const char *existing, *missing; /* names, or NULL */
};

static struct presence look(const struct conversion *c, const struct output *output)
{
	struct presence presence = {0};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		const char *name = target_file_name(&c->choices.target, file);
		bool wanted = conversion_wants(c, file);
		bool exists =
			!output->hidden && request_wants(c->request, file) && output_exists(output, name);
		presence.wanted += wanted;
		if (exists && !presence.existing)
			presence.existing = name;
		if (!exists && wanted && !presence.missing)
			presence.missing = name;
	}
	return presence;
}

static void refuse_existing(struct done *done, const struct presence *presence, bool resume)
{
	if (resume)
		done_fail(done,
			"%s is there and %s is not, so the receiver was not finished (--replace "
			"writes all its files)",
			presence->existing, presence->missing);
	else
		done_fail(done,
			"%s is there already (--resume leaves such receivers alone; --replace, --merge)",
			presence->existing);
}

/* A link in the output folder may lead anywhere. */
static bool is_behind_link(const struct batch *batch, struct done *done)
{
	struct buffer path = {0};
	struct stat status;
	bool behind = false;

	buffer_format(&path, "%s/", batch->request->output);
	for (struct slice rest = slice_of(done->name); rest.at && !behind && !batch->fresh;) {
		buffer_add_slice(&path, slice_cut(&rest, '/'));
		buffer_add(&path, "", 1);
		behind = lstat(path.at, &status) == 0 && S_ISLNK(status.st_mode);
		path.at[path.len - 1] = '/';
	}
	if (behind)
		done_fail(done, "%.*s is a link, and what is written must not leave the output folder",
			(int)path.len - 1, path.at);
	buffer_free(&path);
	return behind;
}

static bool begin(const struct batch *batch, struct done *done, unsigned how)
{
	struct buffer path = {0};

	if (is_behind_link(batch, done))
		return false;

	buffer_format(&path, "%s/%s%c", batch->request->output, done->name, '\0');
	done->output = calloc(1, sizeof *done->output);
	if (!done->output)
		out_of_memory();
	int above = strchr(done->name, '/') ? -1 : batch->folder;
	bool good = output_begin_below(done->output, above, path.at, how | OUTPUT_INSIDE);
	buffer_free(&path);
	if (!good)
		fail_output(done);
	return good;
}

/* A file that is there, beside what would be written to it. */
struct comparison {
	struct slice rest; /* of the file: not compared yet */
	bool differs;
};

static bool compare_text(void *context, const char *text, size_t len)
{
	struct comparison *comparison = context;
	struct slice *rest = &comparison->rest;

	comparison->differs |=
		len > rest->len || !slice_equal((struct slice){text, len}, (struct slice){rest->at, len});
	if (!comparison->differs)
		*rest = (struct slice){rest->at + len, rest->len - len};
	return !comparison->differs;
}

static void say_other_bytes(const struct conversion *c, struct done *done, enum oscam_file file)
{
	done_fail(done,
		"%s is there, but is not what this CCcam.cfg gives now: it is another receiver's, or one of "
		"the two was changed since (--merge keeps what is in it, --replace takes its place)",
		target_file_name(&c->choices.target, file));
}

/* Proves the file, and sees to it that what is there has the same bytes. */
static bool compare_file(struct conversion *c, enum oscam_file file, struct done *done)
{
	struct comparison comparison = {.differs = false};
	struct source source = {.memory = NULL};
	struct sink sink = {compare_text, &comparison};
	bool compared = conversion_wants(c, file);

	if (compared && !output_existing(done->output, target_file_name(&c->choices.target, file), &source)) {
		fail_output(done);
		return false;
	}
	comparison.rest = source.text;
	if (!conversion_prove(c, file, compared ? &sink : NULL) && c->failed.len > 0)
		done_fail(done, "%.*s", SLICE_ARG(c->failed));
	else if (comparison.differs || (compared && comparison.rest.len > 0))
		say_other_bytes(c, done, file);
	source_free(&source);
	return done->outcome != OUTCOME_FAILED;
}

/* Whether an earlier run has written just this: a name may have been another receiver's by then. */
static void compare_with_before(struct conversion *c, struct done *done)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (emit_has(&c->emission, file) && !compare_file(c, file, done))
			return;
	done->outcome = OUTCOME_BEFORE;
}

/* Files that are there are refused; with --resume they may be those of an earlier run. */
static void write_new(const struct batch *batch, struct conversion *c, struct done *done)
{
	if (!begin(batch, done, OUTPUT_DEFER | (batch->fresh ? OUTPUT_NEW : 0)))
		return;
	struct presence presence = look(c, done->output);
	if (!presence.existing) {
		if (presence.wanted == 0)
			done->outcome = OUTCOME_UNCHANGED;
		write_files(c, done);
	} else if (c->request->resume && !presence.missing) {
		compare_with_before(c, done);
	} else {
		refuse_existing(done, &presence, c->request->resume);
	}
}

/* What is not written by now will not be. */
static void drop_output(struct done *done)
{
	if (!done->output)
		return;
	output_end(done->output);
	free(done->output);
	done->output = NULL;
}

static bool is_refused(const struct conversion *c, struct done *done)
{
	struct slice unfit = unfit_text_in_fleet(c);

	if (unfit.len > 0) {
		done_fail(done, "%.*s", SLICE_ARG(unfit));
		return true;
	}
	if (!c->request->strict || !c->losses)
		return false;
	done_fail(done, "something would be lost, and --strict is set");
	return true;
}

void convert_anew(const struct batch *batch, struct conversion *c, struct done *done)
{
	conversion_translate(c);
	done_count(done, c);
	if (!is_refused(c, done))
		write_new(batch, c, done);
	if (batch->servers_wanted)
		servers_of(&c->model, &done->servers);
	if (done->outcome != OUTCOME_WRITTEN)
		drop_output(done);
}

/* ---- files beside those that are there ---- */

static void say_changes(const struct file_set *set, struct conversion *c, struct done *done)
{
	struct buffer text = {0};

	(void)file_set_changes(set, c->arena, &text);
	done_say(done, "%.*s", SLICE_ARG(buffer_slice(&text)));
	buffer_free(&text);
}

static void show_set(const struct file_set *set, const struct conversion *c, struct done *done)
{
	struct sink sink = buffer_sink(&done->diff);
	struct buffer name = {0};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		if (!file_set_differs(set, file))
			continue;
		name.len = 0;
		buffer_format(&name, "%s/%s%c", done->name, target_file_name(&c->choices.target, file), '\0');
		file_set_diff(set, file, c->request, name.at, &sink);
	}
	buffer_free(&name);
}

static void write_set(const struct file_set *set, struct done *done)
{
	if (!file_set_write(set, done->output) || !output_close(done->output))
		fail_output(done);
}

static void put_set(const struct batch *batch, struct file_set *set, struct conversion *c, struct done *done)
{
	struct buffer folder = {0};

	if (set->failed.len > 0) {
		done_fail(done, "%.*s", SLICE_ARG(set->failed));
		return;
	}
	buffer_format(&folder, "%s/%s%c", batch->request->output, done->name, '\0');
	struct slice unfit = unfit_set(c, set, "it", folder.at);
	buffer_free(&folder);
	if (unfit.len > 0) {
		done_fail(done, "%.*s; to write all the same: --allow-empty", SLICE_ARG(unfit));
		return;
	}
	if (!file_set_differs_at_all(set)) {
		done->outcome = OUTCOME_UNCHANGED;
		return;
	}
	if (batch->request->diff)
		show_set(set, c, done);
	else
		write_set(set, done);
	if (c->request->verbose)
		say_changes(set, c, done);
}

static void convert_with_set(
	const struct batch *batch, struct file_set *set, struct conversion *c, struct done *done)
{
	bool merge = batch->request->existing == EXISTING_MERGE;
	bool ncam = target_is_ncam(&c->choices.target);
	const char *other = merge ? other_program_file(done->output, &c->choices.target) : NULL;

	if (other) {
		done_fail(done,
			"the folder has files of %s's (%s), and none of %s's: there is nothing to merge "
			"with; if "
			"%s is meant: --target %s",
			ncam ? "OSCam" : "NCam", other, ncam ? "NCam" : "OSCam", ncam ? "OSCam" : "NCam",
			ncam ? "any" : "ncam");
		return;
	}
	if (!file_set_read(set, &c->choices.target, done->output, c->arena)) {
		done_fail(done, "%.*s", SLICE_ARG(set->failed));
		return;
	}
	if (merge)
		file_set_choose(set, c);
	conversion_translate(c);
	(void)file_set_make(set, c, merge);
	done_count(done, c);
	if (!is_refused(c, done))
		put_set(batch, set, c, done);
	if (batch->servers_wanted)
		servers_of(&c->model, &done->servers);
}

void convert_into_set(
	const struct batch *batch, struct file_set *set, struct conversion *c, struct done *done)
{
	unsigned how = batch->request->diff ? OUTPUT_LOOK : OUTPUT_REPLACE | OUTPUT_RECORD | OUTPUT_DEFER;

	if (begin(batch, done, how))
		convert_with_set(batch, set, c, done);
	if (done->outcome != OUTCOME_WRITTEN || batch->request->diff)
		drop_output(done);
}
