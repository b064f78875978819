/* What a conversion leaves in the receiver's folder: new files that only need their names, or a set of files
 * for a folder that has files already. */
#include "batch.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "cc2oscam/path.h"
#include "unfit.h"

/* ---- new files ---- */

static void fail_output(struct done *done)
{
	done_fail(done, "%s", done->output->failed);
}

/* Which of the wanted files are in the folder already; a new folder has none. */
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
			"%s is there already (--resume leaves such receivers alone, --merge keeps what is in "
			"the files, --replace takes their place)",
			presence->existing);
}

/* A link in the output folder may lead anywhere. */
static bool is_behind_link(const struct batch *batch, struct arena *arena, struct done *done)
{
	struct slice path = slice_of(batch->request->output);
	struct stat status;
	bool behind = false;

	if (batch->fresh)
		return false;
	for (struct slice rest = slice_of(done->name); rest.at && !behind;) {
		path = path_join(arena, path, slice_cut(&rest, '/'));
		behind = lstat(path.at, &status) == 0 && S_ISLNK(status.st_mode);
	}
	if (behind)
		done_fail(
			done, "%s is a link, and what is written must not leave the output folder", path.at);
	return behind;
}

/* Its folder below that of all receivers. */
static const char *folder_of(const struct batch *batch, struct arena *arena, const struct done *done)
{
	return path_join(arena, slice_of(batch->request->output), slice_of(done->name)).at;
}

static bool begin(const struct batch *batch, const struct conversion *c, struct done *done, unsigned how)
{
	if (is_behind_link(batch, c->arena, done))
		return false;
	done->output = calloc(1, sizeof *done->output);
	if (!done->output)
		out_of_memory();
	int above = strchr(done->name, '/') ? -1 : batch->folder;
	if (output_begin_below(done->output, above, folder_of(batch, c->arena, done), how | OUTPUT_INSIDE))
		return true;
	fail_output(done);
	return false;
}

/* `rest`: what is there, and was not compared yet. */
static bool compare_text(void *rest, const char *text, size_t len)
{
	struct slice *there = rest;

	if (len > there->len || memcmp(there->at, text, len) != 0)
		return false;
	*there = (struct slice){there->at + len, there->len - len};
	return true;
}

/* Proves the file, and sees to it that what is there has the same bytes. */
static bool compare_file(struct conversion *c, enum oscam_file file, struct done *done)
{
	const char *name = target_file_name(&c->choices.target, file);
	struct source source = {.memory = NULL};
	bool compared = conversion_wants(c, file);

	if (compared && !output_existing(done->output, name, &source)) {
		fail_output(done);
		return false;
	}
	struct slice rest = source.text;
	bool proved = conversion_prove(c, file, compared ? &(struct sink){compare_text, &rest} : NULL);
	if (!proved && c->failed.len > 0)
		done_fail(done, "%.*s", SLICE_ARG(c->failed));
	else if (!proved || rest.len > 0)
		done_fail(done,
			"%s is there, but is not what this CCcam.cfg gives now: %s is another receiver's, or "
			"one of the two files was changed since (--merge keeps what is in %s, --replace "
			"takes its place)",
			name, name, name);
	source_free(&source);
	return done->outcome != OUTCOME_FAILED;
}

/* Files that are there are refused; with --resume they may be those of an earlier run. */
static void write_new(const struct batch *batch, struct conversion *c, struct done *done)
{
	if (!begin(batch, c, done, OUTPUT_DEFER | (batch->fresh ? OUTPUT_NEW : 0)))
		return;
	struct presence presence = look(c, done->output);
	if (!presence.existing) {
		if (presence.wanted == 0)
			done->outcome = OUTCOME_UNCHANGED;
		if (!conversion_prove_all(c, done->output))
			done_fail(done, "%.*s", SLICE_ARG(c->failed));
		else if (!output_close(done->output))
			fail_output(done);
	} else if (c->request->resume && !presence.missing) {
		/* whether the earlier run has written just this: the name may have been another receiver's */
		for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
			if (emit_has(&c->emission, file) && !compare_file(c, file, done))
				return;
		done->outcome = OUTCOME_BEFORE;
	} else {
		refuse_existing(done, &presence, c->request->resume);
	}
}

static bool is_refused(const struct conversion *c, struct done *done)
{
	struct slice unfit = unfit_text_in_fleet(c);

	if (unfit.len > 0)
		done_fail(done, "%.*s", SLICE_ARG(unfit));
	else if (c->request->strict && c->losses)
		done_fail(done, "something would be lost, and --strict is set");
	return done->outcome == OUTCOME_FAILED;
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
		done_drop_output(done);
}

/* ---- into a folder that has files already ---- */

static void show_set(const struct file_set *set, const struct conversion *c, struct done *done)
{
	struct sink sink = buffer_sink(&done->diff);

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		const char *name = target_file_name(&c->choices.target, file);
		if (file_set_differs(set, file))
			file_set_diff(set, file, c->request,
				arena_format(c->arena, "%s/%s", done->name, name).at, &sink);
	}
}

static void put_set(const struct batch *batch, struct file_set *set, struct conversion *c, struct done *done)
{
	struct buffer changes = {.arena = c->arena};

	if (set->failed.len > 0) {
		done_fail(done, "%.*s", SLICE_ARG(set->failed));
		return;
	}
	struct slice unfit = unfit_set(c, set, "it", folder_of(batch, c->arena, done));
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
	else if (!file_set_write(set, done->output) || !output_close(done->output))
		fail_output(done);
	if (c->request->verbose) {
		(void)file_set_changes(set, c->arena, &changes);
		done_say(done, "%.*s", SLICE_ARG(buffer_slice(&changes)));
	}
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
			"with; if %s is meant: --target %s",
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

	if (begin(batch, c, done, how))
		convert_with_set(batch, set, c, done);
	if (done->outcome != OUTCOME_WRITTEN || batch->request->diff)
		done_drop_output(done);
}
