/* The pages of a batch. See batch.h. */
#include "batch.h"

#include <errno.h>
#include <string.h>

#include "cc2oscam/path.h"

/* ---- names ---- */

/* A link must not be taken for anything but a name. */
static void add_link(struct buffer *link, const char *name)
{
	static const char plain[] = "._-+/";

	for (; *name; name++)
		if (is_digit(*name) || is_letter(*name) || strchr(plain, *name))
			buffer_add(link, name, 1);
		else
			buffer_format(link, "%%%02X", (unsigned)(unsigned char)*name);
}

static struct slice link_of(struct arena *arena, const char *before, const char *path, const char *end)
{
	struct buffer link = {0};

	buffer_format(&link, "%s", before);
	add_link(&link, path_base(path));
	buffer_format(&link, "%s", end);
	return arena_take(arena, &link);
}

/* No receiver has a + in its name. */
static struct buffer page_name(const char *name)
{
	struct buffer text = {0};

	for (; *name; name++)
		buffer_add(&text, *name == '/' ? "+" : name, 1);
	buffer_add(&text, "", 1);
	return text;
}

/* ---- the start ---- */

bool pages_start(struct batch *batch)
{
	struct pages *pages = &batch->pages;

	list_init(&pages->looks, &batch->arena, sizeof(struct fleet_row));
	list_init(&pages->others, &batch->arena, sizeof(struct fleet_row));
	if (page_folder_open(&pages->folder, &batch->target.whole, REPORT_HTML_START)) {
		pages->home = link_of(&batch->arena, "../", pages->folder.file, "");
		pages->links = link_of(&batch->arena, "./", pages->folder.place, "/");
		return true;
	}
	int why = errno;
	if (why == EEXIST)
		(void)complain("%s is there already, and is no folder of an earlier report; give the report "
			       "another name than %s",
			pages->folder.place, batch->target.path);
	else
		(void)complain(
			"%s: the pages of the report cannot be made: %s", pages->folder.place, strerror(why));
	return false;
}

/* ---- the pages ---- */

static bool needs_look(const struct request *request, const struct done *done)
{
	return done->outcome == OUTCOME_FAILED || done->losses || done->empty ||
	       (request->diff && done->outcome == OUTCOME_WRITTEN);
}

bool pages_put(const struct batch *batch, struct done *done, const struct report *report)
{
	struct report linked = *report;

	if (!needs_look(batch->request, done))
		return true;
	struct buffer name = page_name(done->name);
	done->page = page_folder_add(&batch->pages.folder, name.at);
	done->has_page = done->page != NULL;
	buffer_free(&name);
	if (!done->page)
		return false;
	linked.home = batch->pages.home.at;
	struct sink sink = file_sink(done->page);
	bool fine = report_format(REPORT_HTML)->write(&linked, &sink);
	int why = errno;
	if (fclose(done->page) != 0 && fine) {
		why = errno;
		fine = false;
	}
	done->page = NULL;
	errno = why;
	return fine;
}

void pages_drop(const struct batch *batch, struct done *done)
{
	if (!done->has_page)
		return;
	if (done->page)
		(void)fclose(done->page);
	done->page = NULL;
	done->has_page = false;
	struct buffer name = page_name(done->name);
	page_folder_drop(&batch->pages.folder, name.at);
	buffer_free(&name);
}

/* ---- the page of the fleet ---- */

static const char *outcome_of(const struct done *done, bool dry)
{
	static const char *const outcomes[] = {"converted", "unchanged", "done before", "failed"};

	if (done->outcome == OUTCOME_FAILED)
		return outcomes[done->outcome];
	if (done->empty)
		return "empty";
	if (done->outcome == OUTCOME_WRITTEN && dry)
		return done->losses ? "would change, with losses" : "would change";
	return done->losses ? "with losses" : outcomes[done->outcome];
}

/* Of receivers that need a look the page also says where CCcam.cfg is, and why a look is needed. */
void pages_add(struct batch *batch, const struct done *done)
{
	bool looks = needs_look(batch->request, done), failed = done->outcome == OUTCOME_FAILED;
	struct fleet_row *row = list_add(looks ? &batch->pages.looks : &batch->pages.others);
	struct arena *arena = &batch->arena;
	struct buffer codes = {.arena = arena};

	*row = (struct fleet_row){.name = arena_copy(arena, slice_of(done->name)),
		.outcome = outcome_of(done, batch->request->diff),
		.failed = failed,
		.lines = done->lines,
		.lost = done->lost};
	if (!looks)
		return;
	if (done->has_page) {
		struct buffer page = page_name(done->name);
		row->link = arena_format(arena, "%.*s%s.html", SLICE_ARG(batch->pages.links), page.at);
		buffer_free(&page);
	}
	add_codes(&codes, done);
	row->input = arena_copy(arena, slice_of(done->origin));
	row->why = failed ? arena_copy(arena, buffer_slice(&done->failed)) : buffer_slice(&codes);
}

static void add_number(struct buffer *text, uint64_t some, uint64_t all)
{
	if (all == 1)
		buffer_format(text, "the receiver");
	else if (some == all)
		buffer_format(text, "all %llu receivers", (unsigned long long)all);
	else
		buffer_format(
			text, "%llu of %llu receivers", (unsigned long long)some, (unsigned long long)all);
}

/* The result in a sentence or two. */
static void add_result(const struct batch *batch, uint64_t left, struct buffer *text)
{
	const struct totals *totals = &batch->totals;
	bool dry = batch->request->diff;
	uint64_t all = totals->receivers, failed = totals->of[OUTCOME_FAILED];

	if (left > 0)
		buffer_format(text, "Stopped: %llu more receivers are not in this page. ",
			(unsigned long long)left);
	if (all == 0) {
		buffer_format(text, "No receiver was looked at.");
		return;
	}
	if (failed > 0) {
		size_t start = text->len;
		add_number(text, failed, all);
		text->at[start] = to_upper(text->at[start]);
		buffer_format(text, " failed. ");
	}
	if (totals->losses > 0) {
		buffer_format(text, dry ? "Something would get lost in " : "Something got lost in ");
		add_number(text, totals->losses, all);
		buffer_format(text, ".");
	} else if (failed < all) {
		buffer_format(text, "%s %s lost.", failed > 0 ? "In the others nothing" : "Nothing",
			dry ? "would get" : "got");
	}
}

static struct fleet_code *list_codes(struct batch *batch, size_t *count)
{
	struct fleet_code *codes = arena_array(&batch->arena, CODE_COUNT, sizeof *codes);

	for (enum code code = 0; code < CODE_COUNT; code++)
		if (batch->totals.codes[code].findings > 0)
			codes[(*count)++] = (struct fleet_code){.code = code,
				.severity = request_severity(batch->request, code),
				.findings = batch->totals.codes[code].findings,
				.receivers = batch->totals.codes[code].receivers};
	return codes;
}

enum status pages_write(struct batch *batch, uint64_t left)
{
	const struct totals *totals = &batch->totals;
	struct buffer sentence = {.arena = &batch->arena}, summary = {.arena = &batch->arena};
	bool failed = totals->of[OUTCOME_FAILED] > 0 || left > 0;

	add_result(batch, left, &sentence);
	add_outcomes(&summary, totals, batch->request->diff);
	struct fleet_report report = {.templates = batch->request->templates,
		.ncam = target_is_ncam(&batch->request->choices.target),
		.status = failed               ? "failed"
			  : totals->losses > 0 ? "partial"
					       : "converted",
		.sentence = buffer_slice(&sentence),
		.summary = buffer_slice(&summary),
		.fates = totals->fates,
		.looks = &batch->pages.looks,
		.others = &batch->pages.others};
	report.codes = list_codes(batch, &report.code_count);
	return put_fleet_report(&batch->target, &report);
}

bool pages_end(struct batch *batch, bool lost)
{
	bool open = batch->pages.folder.file;

	if (lost)
		batch->target.whole.complete = false;
	bool fine = !open || page_folder_end(&batch->pages.folder, &batch->target.whole);
	if (open)
		batch->target.written &= fine && !lost;
	return fine;
}
