/* What `check` found, as a page for a browser. */
#include "report_html.h"

struct check_page {
	struct html_object *page, *file; /* the whole page, and the file at hand */
};

static void put_finding(void *context, const struct report *how, const struct finding *finding, bool first)
{
	struct check_page *check = context;

	if (first) {
		check->file = html_add(check->page, HTML_SOURCES);
		html_text(check->file, HTML_NAME, slice_of(finding->place.source->path));
	}
	struct html_object *object = html_add(check->file, HTML_FINDINGS);
	if (finding->place.line > 0)
		html_number(object, HTML_NUMBER, finding->place.line);
	else
		html_text(object, HTML_NUMBER, SLICE("the whole file"));
	put_html_finding(object, how, finding);
	html_prose(object, HTML_HINT, finding->hint);
}

bool check_report_html(const struct check_report *report, const struct sink *sink)
{
	struct severity_counts counts = count_severities(report);
	bool found = counts.of[SEVERITY_ERROR] + counts.of[SEVERITY_WARNING] + counts.of[SEVERITY_NOTE] > 0;
	struct buffer summary = {0};
	struct arena arena;

	arena_init(&arena);
	struct html_object *page = html_object(&arena);
	check_summary(report, &summary);
	html_text(page, HTML_TITLE, report->input);
	html_flag(page, HTML_CHECKED, true);
	html_text(page, HTML_STATUS, found ? SLICE("findings") : SLICE("clean"));
	html_text(page, HTML_SENTENCE,
		found ? SLICE("OSCam does not take all of this as it is written. What was found stands "
			      "below.")
		      : SLICE("OSCam takes all of this as it is written."));
	html_text(page, HTML_SUMMARY, buffer_slice(&summary));
	struct check_page check = {page, NULL};
	for (size_t i = 0; i < report->ledger_count; i++)
		shown_findings(&report->how, report->ledgers[i], put_finding, &check);
	bool fine = html_render(page, report->how.templates, sink);
	buffer_free(&summary);
	arena_free(&arena);
	return fine;
}
