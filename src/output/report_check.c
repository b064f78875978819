/* What `check` found: its counts, as text for people, and as a page for a browser. See report.h. */
#include "html.h"

struct severity_counts count_severities(const struct check_report *report)
{
	struct severity_counts counts = {.silent = 0};
	const struct report *how = &report->how;

	for (size_t i = 0; i < report->ledger_count; i++) {
		const struct list *findings = &report->ledgers[i]->findings;
		for (uint32_t k = 0; k < findings->count; k++) {
			const struct finding *finding = list_at(findings, k);
			if (report->skip && report->skip[finding->code])
				continue;
			if (is_silent(how, finding))
				counts.silent++;
			else
				counts.of[severity_in(how, finding)]++;
		}
	}
	return counts;
}

void check_summary(const struct check_report *report, struct buffer *text)
{
	struct severity_counts counts = count_severities(report);
	const char *between = ": ";

	buffer_add_count(text, report->ledger_count, "file");
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--) {
		if (counts.of[severity] == 0)
			continue;
		buffer_format(text, "%s", between);
		buffer_add_count(text, counts.of[severity], severity_name((enum severity)severity));
		between = ", ";
	}
	if (counts.silent > 0)
		buffer_format(text, "%s%lu silent", between, counts.silent);
	else if (between[0] == ':')
		buffer_format(text, ": nothing found");
}

static void put_finding(void *context, const struct report *how, const struct finding *finding, bool first)
{
	struct page *page = context;
	const struct place *place = &finding->place;

	if (first) {
		add_harmless(&page->text, slice_of(place->source->path));
		page_heading(page, '-');
	}
	if (place->line > 0)
		buffer_format(&page->text, "line %lu", (unsigned long)place->line);
	if (place->column > 0)
		buffer_format(&page->text, ", column %lu", (unsigned long)place->column);
	buffer_format(
		&page->text, "%s%s: ", place->line > 0 ? ": " : "", severity_name(severity_in(how, finding)));
	add_harmless(&page->text, how->message(how->context, finding));
	buffer_format(&page->text, " [%s]", code_info(finding->code)->name);
	page_paragraph(page, 2, 6);
	add_harmless(&page->text, finding->hint);
	page_paragraph(page, 6, 6);
}

bool check_report_text(const struct check_report *report, const struct sink *sink)
{
	struct page page = {.spool = {.sink = sink}};

	add_harmless(&page.text, report->input);
	buffer_add_slice(&page.text, SLICE(REPORT_CHECK_TITLE));
	page_heading(&page, '=');
	check_summary(report, &page.text);
	page_paragraph(&page, 0, 0);
	for (size_t i = 0; i < report->ledger_count; i++)
		shown_findings(&report->how, report->ledgers[i], put_finding, &page);
	buffer_free(&page.text);
	return spool_end(&page.spool);
}

/* ---- the page for a browser ---- */

struct check_page {
	struct html_object *page, *file; /* the whole page, and the file at hand */
};

static void put_on_page(void *context, const struct report *how, const struct finding *finding, bool first)
{
	struct check_page *check = context;

	if (first) {
		check->file = html_add(check->page, HTML_sources);
		html_text(check->file, HTML_name, slice_of(finding->place.source->path));
	}
	struct html_object *object = html_add(check->file, HTML_findings);
	if (finding->place.line > 0)
		html_number(object, HTML_number, finding->place.line);
	else
		html_text(object, HTML_number, SLICE("the whole file"));
	put_html_finding(object, how, finding);
	html_prose(object, HTML_hint, finding->hint);
}

bool check_report_html(const struct check_report *report, const struct sink *sink)
{
	struct severity_counts counts = count_severities(report);
	bool found = counts.of[SEVERITY_ERROR] + counts.of[SEVERITY_WARNING] + counts.of[SEVERITY_NOTE] > 0;
	struct arena arena;
	struct buffer summary = {.arena = &arena};

	arena_init(&arena);
	struct html_object *page = html_object(&arena);
	check_summary(report, &summary);
	html_text(page, HTML_title, report->input);
	html_flag(page, HTML_checked, true);
	html_text(page, HTML_status, found ? SLICE("findings") : SLICE("clean"));
	html_text(page, HTML_sentence,
		found ? SLICE("OSCam does not take all of this as it is written. What was found stands "
			      "below.")
		      : SLICE("OSCam takes all of this as it is written."));
	html_text(page, HTML_summary, buffer_slice(&summary));
	struct check_page check = {page, NULL};
	for (size_t i = 0; i < report->ledger_count; i++)
		shown_findings(&report->how, report->ledgers[i], put_on_page, &check);
	bool fine = html_render(page, report->how.templates, sink);
	arena_free(&arena);
	return fine;
}
