/* The report as CSV (RFC 4180): one row for every physical line, for spreadsheets and line tools. */
#include "report_facts.h"

#include <stdlib.h>

#define REPORT_CSV_REST ",directive,codes,target,message\r\n"

struct sheet {
	struct spool spool;
	struct finding_list findings; /* of the line at hand */
	struct buffer field, clean;   /* the field at hand, and as it can be shown */
};

static bool holds(struct slice text, const char *bytes)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '\0' && strchr(bytes, text.at[i]))
			return true;
	return false;
}

/* A spreadsheet would take for a formula what starts with one of = + - @. The apostrophe in front makes it
 * text; what starts with an apostrophe gets one too, so that a reader can take it away again. */
static bool needs_apostrophe(struct slice text)
{
	return text.len > 0 && holds((struct slice){text.at, 1}, "=+-@'");
}

/* Blanks and semicolons need no quotes by the standard, but some programs trim or split there. */
static void add_field(struct sheet *sheet, struct slice text, const char *end)
{
	struct buffer *row = &sheet->spool.text;

	sheet->clean.len = 0;
	if (needs_apostrophe(text))
		buffer_add(&sheet->clean, "'", 1);
	add_harmless(&sheet->clean, text);
	struct slice rest = buffer_slice(&sheet->clean);
	bool quoted = holds(rest, "\",; ") || needs_apostrophe(rest);
	if (!quoted)
		buffer_add_slice(row, rest);
	while (quoted && rest.at) {
		buffer_add(row, "\"", 1);
		buffer_add_slice(row, slice_cut(&rest, '"'));
		buffer_add(row, "\"", 1);
	}
	buffer_add_slice(row, slice_of(end));
}

/* The first message that is not silent. */
static struct slice first_message(const struct report *report, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (!is_silent(report, findings->at[i]))
			return report->message(report->context, findings->at[i]);
	return (struct slice){NULL, 0};
}

static void add_receiver(struct sheet *sheet, const struct report *report)
{
	if (report->receiver)
		add_field(sheet, slice_of(report->receiver), ",");
}

/* Of a receiver that failed or has no line, so that none is missing: its row, in the columns of the lines. */
static void add_whole(
	struct sheet *sheet, const struct report *report, const char *fate, struct slice message)
{
	add_receiver(sheet, report);
	add_field(sheet, slice_of(report->input), ",,");
	add_field(sheet, slice_of(fate), ",,,,");
	add_field(sheet, message, "\r\n");
}

static void join_target(void *context, struct slice target, const struct section *section)
{
	struct buffer *field = context;

	(void)section;
	if (field->len > 0)
		buffer_add_slice(field, SLICE("; "));
	buffer_add_slice(field, target);
}

static void add_row(struct sheet *sheet, const struct report_source *from, uint32_t number)
{
	const struct line_record *line = &from->ledger->lines[number - 1];
	const char *directive = line_directive(from, line);
	struct buffer *row = &sheet->spool.text, *field = &sheet->field;

	line_findings(from, line, &sheet->findings);
	add_receiver(sheet, from->report);
	add_field(sheet, slice_of(from->ledger->source->path), ",");
	buffer_format(row, "%lu,%s,", (unsigned long)number, fate_name((enum fate)line->fate));
	add_field(sheet, slice_of(directive ? directive : ""), ",");
	field->len = 0;
	for (size_t i = 0; i < sheet->findings.count; i++)
		buffer_format(field, "%s%s", i == 0 ? "" : " ", code_info(sheet->findings.at[i]->code)->name);
	add_field(sheet, buffer_slice(field), ",");
	field->len = 0;
	line_targets(from, line, join_target, field);
	add_field(sheet, buffer_slice(field), ",");
	add_field(sheet, first_message(from->report, &sheet->findings), "\r\n");
	spool_check(&sheet->spool);
}

static bool end_sheet(struct sheet *sheet)
{
	free(sheet->findings.at);
	buffer_free(&sheet->field);
	buffer_free(&sheet->clean);
	return spool_end(&sheet->spool);
}

bool report_csv(const struct report *report, const struct sink *sink)
{
	struct sheet sheet = {.spool = {.sink = sink}};

	if (!report->receiver)
		buffer_add_slice(&sheet.spool.text, SLICE(REPORT_CSV_START REPORT_CSV_REST));
	else if (report->error.len > 0)
		add_whole(&sheet, report, "failed", report->error);
	else if (!report->ledger || report->ledger->source->lines == 0)
		add_whole(&sheet, report, "empty", SLICE("the file has no line"));
	for (uint32_t i = 0; i < report_source_count(report); i++) {
		struct report_source from = report_source_at(report, i);
		for (uint32_t line = 1; line <= from.ledger->source->lines; line++)
			add_row(&sheet, &from, line);
	}
	return end_sheet(&sheet);
}

struct slice report_fleet_head(enum report_format format)
{
	return format == REPORT_CSV ? SLICE(REPORT_FLEET_CSV_START REPORT_CSV_REST) : SLICE("");
}

static void add_finding(void *context, const struct report *how, const struct finding *finding, bool first)
{
	struct sheet *sheet = context;

	(void)first;
	add_field(sheet, slice_of(finding->place.source->path), ",");
	buffer_format(&sheet->spool.text, "%lu,%lu,%s,%s,", (unsigned long)finding->place.line,
		(unsigned long)finding->place.column, severity_name(severity_in(how, finding)),
		code_info(finding->code)->name);
	add_field(sheet, how->message(how->context, finding), ",");
	add_field(sheet, finding->hint, "\r\n");
	spool_check(&sheet->spool);
}

bool check_report_csv(const struct check_report *report, const struct sink *sink)
{
	struct sheet sheet = {.spool = {.sink = sink}};

	buffer_add_slice(&sheet.spool.text, SLICE(REPORT_CHECK_CSV_START ",severity,code,message,hint\r\n"));
	for (size_t i = 0; i < report->ledger_count; i++)
		shown_findings(&report->how, report->ledgers[i], add_finding, &sheet);
	return end_sheet(&sheet);
}
