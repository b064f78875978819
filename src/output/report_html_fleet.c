/* A fleet as a page for a browser: the result, the receivers that need a look, what was found in how many of
 * them, and the rest. */
#include "html.h"

#include <stdlib.h>

/* What failed was not counted. */
static void put_count(struct html_object *object, enum html_name name, bool failed, uint32_t count)
{
	if (failed)
		html_text(object, name, SLICE("-"));
	else
		html_number(object, name, count);
}

static void make_row(void *context, size_t index, struct html_object *object)
{
	const struct fleet_row *row = list_at(context, (uint32_t)index);

	html_text(object, HTML_name, row->name);
	html_text(object, HTML_input, row->input);
	html_text(object, HTML_href, row->link);
	html_text(object, HTML_outcome, slice_of(row->outcome));
	html_text(object, HTML_severity, slice_of(row->failed ? "error" : row->lost > 0 ? "warning" : ""));
	html_text(object, HTML_text, row->why);
	put_count(object, HTML_lines, row->failed, row->lines);
	put_count(object, HTML_lost, row->failed, row->lost);
}

static void put_rows(struct list *rows, struct html_object *page, enum html_name name, enum html_name has)
{
	html_flag(page, has, rows->count > 0);
	if (rows->count > 0)
		html_lazy(page, name, rows->count, make_row, rows);
}

static void put_fates(const struct fleet_report *report, struct html_object *page)
{
	bool any = false;

	for (int fate = FATE_NONE + 1; fate < FATE_COUNT; fate++) {
		if (report->fates[fate] == 0)
			continue;
		struct html_object *row = html_add(page, HTML_fates);
		html_text(row, HTML_fate, slice_of(fate_name((enum fate)fate)));
		html_number(row, HTML_count, (int64_t)report->fates[fate]);
		any = true;
	}
	html_flag(page, HTML_has_fates, any);
}

/* The most severe first, then what most receivers have. */
static int compare_codes(const void *a, const void *b)
{
	const struct fleet_code *one = a, *other = b;

	if (one->severity != other->severity)
		return one->severity > other->severity ? -1 : 1;
	if (one->receivers != other->receivers)
		return one->receivers > other->receivers ? -1 : 1;
	return one->code < other->code ? -1 : one->code > other->code;
}

static void put_codes(const struct fleet_report *report, struct html_object *page)
{
	if (report->code_count > 0)
		qsort(report->codes, report->code_count, sizeof *report->codes, compare_codes);
	for (size_t i = 0; i < report->code_count; i++) {
		const struct fleet_code *code = &report->codes[i];
		const struct code_info *info = code_info(code->code);
		struct html_object *row = html_add(page, HTML_findings);
		html_text(row, HTML_severity, slice_of(severity_name(code->severity)));
		html_text(row, HTML_code, slice_of(info->name));
		html_prose(row, HTML_text, slice_of(info->meaning));
		html_prose(row, HTML_hint, slice_of(info->way_out));
		html_number(row, HTML_receivers, (int64_t)code->receivers);
		html_number(row, HTML_count, (int64_t)code->findings);
	}
}

bool fleet_report_html(const struct fleet_report *report, const struct sink *sink)
{
	struct arena arena;

	arena_init(&arena);
	struct html_object *page = html_object(&arena);
	html_text(page, HTML_title, SLICE("All receivers"));
	html_text(page, HTML_program, report->ncam ? SLICE("NCam") : SLICE("OSCam"));
	html_flag(page, HTML_fleet, true);
	html_text(page, HTML_status, slice_of(report->status));
	html_text(page, HTML_sentence, report->sentence);
	html_text(page, HTML_summary, report->summary);
	put_rows(report->looks, page, HTML_looks, HTML_has_looks);
	put_rows(report->others, page, HTML_others, HTML_has_others);
	put_codes(report, page);
	put_fates(report, page);
	html_flag(page, HTML_has_findings, report->code_count > 0);
	bool fine = html_render(page, report->templates, sink);
	arena_free(&arena);
	return fine;
}
