/* What `check` found, as a page for a browser. */
#include "report_html.h"

static void put_file(const struct check_report *report, const struct ledger *ledger, struct html_object *page)
{
	const struct report *how = &report->how;
	const struct finding **sorted = ledger_sorted(ledger);
	struct html_object *file = NULL;

	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		const struct finding *finding = sorted[i];
		if (is_silent(how, finding) || (report->skip && report->skip[finding->code]))
			continue;
		if (!file) {
			file = html_add(page, HTML_SOURCES);
			html_text(file, HTML_NAME, slice_of(ledger->source->path));
		}
		struct html_object *object = html_add(file, HTML_FINDINGS);
		if (finding->place.line > 0)
			html_number(object, HTML_NUMBER, finding->place.line);
		else
			html_text(object, HTML_NUMBER, SLICE("the whole file"));
		html_text(object, HTML_SEVERITY, slice_of(severity_name(severity_in(how, finding))));
		html_text(object, HTML_TEXT, how->message(how->context, finding));
		html_text(object, HTML_CODE, slice_of(code_info(finding->code)->name));
		html_prose(object, HTML_HINT, finding->hint);
	}
}

int check_report_html(const struct check_report *report, const struct sink *sink)
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
	for (size_t i = 0; i < report->ledger_count; i++)
		put_file(report, report->ledgers[i], page);
	int result = html_render(page, report->how.templates, sink);
	buffer_free(&summary);
	arena_free(&arena);
	return result;
}
