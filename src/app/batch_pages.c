/* The pages of a batch. See batch_pages.h. */
#include "batch_pages.h"

#include <errno.h>
#include <string.h>

#include "cc2oscam/path.h"

struct page_row {
	const char *name;
	struct slice input, why; /* of those that need a look */
	uint32_t lines, lost;
	uint8_t outcome;
	bool losses, empty, has_page;
};

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

static bool say_not_startable(const struct pages *pages, const struct report_target *report)
{
	int why = errno;

	if (why == EEXIST)
		(void)complain("%s is there already, and is no folder of an earlier report; give the report "
			       "another name than %s",
			pages->folder.place, report->path);
	else
		(void)complain(
			"%s: the pages of the report cannot be made: %s", pages->folder.place, strerror(why));
	return false;
}

bool pages_start(struct pages *pages, const struct request *request, const struct report_target *report)
{
	*pages = (struct pages){.request = request};
	arena_init(&pages->arena);
	list_init(&pages->looks, &pages->arena, sizeof(struct page_row));
	list_init(&pages->others, &pages->arena, sizeof(struct page_row));
	if (!page_folder_open(&pages->folder, &report->whole, REPORT_HTML_START))
		return say_not_startable(pages, report);
	pages->home = link_of(&pages->arena, "../", pages->folder.file, "");
	pages->links = link_of(&pages->arena, "./", pages->folder.place, "/");
	return true;
}

/* ---- the pages ---- */

static bool needs_look(const struct request *request, const struct done *done)
{
	return done->outcome == OUTCOME_FAILED || done->losses || done->empty ||
	       (request->diff && done->outcome == OUTCOME_WRITTEN);
}

bool pages_put(const struct pages *pages, struct done *done, const struct report *report)
{
	struct report linked = *report;

	if (!needs_look(pages->request, done))
		return true;
	struct buffer name = page_name(done->name);
	done->page = page_folder_add(&pages->folder, name.at);
	done->has_page = done->page != NULL;
	buffer_free(&name);
	if (!done->page)
		return false;
	linked.home = pages->home.at;
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

void pages_drop(const struct pages *pages, struct done *done)
{
	if (!done->has_page)
		return;
	if (done->page)
		(void)fclose(done->page);
	done->page = NULL;
	done->has_page = false;
	struct buffer name = page_name(done->name);
	page_folder_drop(&pages->folder, name.at);
	buffer_free(&name);
}

/* ---- the page of the fleet ---- */

void pages_add(struct pages *pages, const struct done *done)
{
	bool looks = needs_look(pages->request, done), failed = done->outcome == OUTCOME_FAILED;
	struct page_row *row = list_add(looks ? &pages->looks : &pages->others);
	struct buffer codes = {0};

	*row = (struct page_row){.name = arena_copy(&pages->arena, slice_of(done->name)).at,
		.lines = done->lines,
		.lost = done->lost,
		.outcome = (uint8_t)done->outcome,
		.losses = done->losses,
		.empty = done->empty,
		.has_page = done->has_page};
	if (!looks)
		return;
	add_codes(&codes, done);
	row->input = arena_copy(&pages->arena, slice_of(done->origin));
	row->why = arena_copy(&pages->arena, buffer_slice(failed ? &done->failed : &codes));
	buffer_free(&codes);
}

static const char *outcome_of(const struct page_row *row, bool dry)
{
	static const char *const outcomes[] = {"converted", "unchanged", "done before", "failed"};

	if (row->outcome == OUTCOME_FAILED)
		return outcomes[row->outcome];
	if (row->empty)
		return "empty";
	if (row->outcome == OUTCOME_WRITTEN && dry)
		return row->losses ? "would change, with losses" : "would change";
	return row->losses ? "with losses" : outcomes[row->outcome];
}

static struct slice page_link(const struct pages *pages, const struct page_row *row, struct arena *arena)
{
	if (!row->has_page)
		return SLICE("");
	struct buffer name = page_name(row->name);
	struct slice link = arena_format(arena, "%.*s%s.html", SLICE_ARG(pages->links), name.at);
	buffer_free(&name);
	return link;
}

static void make_row(const void *rows, bool looks, size_t index, struct arena *arena, struct fleet_row *made)
{
	const struct pages *pages = rows;
	const struct page_row *row = list_at(looks ? &pages->looks : &pages->others, (uint32_t)index);

	*made = (struct fleet_row){.name = slice_of(row->name),
		.input = row->input,
		.link = page_link(pages, row, arena),
		.outcome = outcome_of(row, pages->request->diff),
		.failed = row->outcome == OUTCOME_FAILED,
		.why = row->why,
		.lines = row->lines,
		.lost = row->lost};
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
static void add_result(
	const struct pages *pages, const struct totals *totals, uint64_t left, struct buffer *text)
{
	bool dry = pages->request->diff;
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

static struct fleet_code *list_codes(const struct pages *pages, const struct totals *totals,
	struct fleet_report *report, struct arena *arena)
{
	struct fleet_code *codes = arena_array(arena, CODE_COUNT, sizeof *codes);

	for (int i = 0; i < CODE_COUNT; i++)
		if (totals->codes[i].findings > 0)
			codes[report->code_count++] = (struct fleet_code){.code = (enum code)i,
				.severity = request_severity(pages->request, (enum code)i),
				.findings = totals->codes[i].findings,
				.receivers = totals->codes[i].receivers};
	return codes;
}

enum status pages_write(
	const struct pages *pages, const struct totals *totals, uint64_t left, struct report_target *target)
{
	struct buffer sentence = {0}, summary = {0};
	struct arena arena;
	bool failed = totals->of[OUTCOME_FAILED] > 0 || left > 0;

	arena_init(&arena);
	add_result(pages, totals, left, &sentence);
	add_outcomes(&summary, totals, pages->request->diff);
	struct fleet_report report = {.templates = pages->request->templates,
		.ncam = target_is_ncam(&pages->request->choices.target),
		.status = failed               ? "failed"
			  : totals->losses > 0 ? "partial"
					       : "converted",
		.sentence = buffer_slice(&sentence),
		.summary = buffer_slice(&summary),
		.fates = totals->fates,
		.looks = pages->looks.count,
		.others = pages->others.count,
		.row = make_row,
		.rows = pages};
	report.codes = list_codes(pages, totals, &report, &arena);
	enum status status = put_fleet_report(target, &report);
	arena_free(&arena);
	buffer_free(&sentence);
	buffer_free(&summary);
	return status;
}

bool pages_end(struct pages *pages, struct report_target *report, bool lost)
{
	if (lost)
		report->whole.complete = false;
	bool open = pages->folder.file;
	bool fine = !open || page_folder_end(&pages->folder, &report->whole);
	int why = errno;

	if (open)
		report->written &= fine && !lost;
	arena_free(&pages->arena);
	errno = why;
	return fine;
}
