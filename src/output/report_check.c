/* What `check` found: for people, and its counts. See report.h. */
#include "report_page.h"

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
		page_blank(page);
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
