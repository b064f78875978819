/* The report as JSON. The README shows its shape. */
#include "report_facts.h"

#include <stdio.h>
#include <stdlib.h>

#include "json.h"

static void put(struct json *json, const char *key, const char *text)
{
	if (text)
		json_string(json, key, slice_of(text));
	else
		json_null(json, key);
}

static void put_target(void *json, struct slice target, const struct section *section)
{
	(void)section;
	json_string(json, NULL, target);
}

static void put_line(
	struct json *json, const struct report_source *from, uint32_t number, struct finding_list *findings)
{
	const struct line_record *record = &from->ledger->lines[number - 1];

	line_findings(from, record, findings);
	json_open(json, NULL, '{');
	json_number(json, "line", number);
	put(json, "fate", fate_name((enum fate)record->fate));
	put(json, "directive", line_directive(from, record));
	json_open(json, "codes", '[');
	for (size_t i = 0; i < findings->count; i++)
		put(json, NULL, code_info(findings->at[i]->code)->name);
	json_close(json, ']');
	json_open(json, "target", '[');
	line_targets(from, record, put_target, json);
	json_close(json, ']');
	json_close(json, '}');
}

static void put_lines(struct json *json, const struct report_source *from)
{
	struct finding_list findings = {NULL, 0, 0};

	json_open(json, "lines", '[');
	for (uint32_t i = 1; i <= from->ledger->source->lines; i++)
		put_line(json, from, i, &findings);
	json_close(json, ']');
	free(findings.at);
}

static void put_side_files(struct json *json, const struct report *report)
{
	if (report->model->sides.count == 0)
		return;
	json_open(json, "side_files", '[');
	for (uint32_t i = 1; i < report_source_count(report); i++) {
		struct report_source from = report_source_at(report, i);
		json_open(json, NULL, '{');
		put(json, "input", from.ledger->source->path);
		put_lines(json, &from);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_finding(void *json, const struct report *report, const struct finding *finding, bool first)
{
	(void)first;
	json_open(json, NULL, '{');
	put(json, "code", code_info(finding->code)->name);
	put(json, "severity", severity_name(severity_in(report, finding)));
	put(json, "file", finding->place.source->path);
	json_number(json, "line", finding->place.line);
	json_number(json, "column", finding->place.column);
	json_string(json, "message", report->message(report->context, finding));
	json_string(json, "hint", finding->hint);
	json_close(json, '}');
}

static void put_counts(struct json *json, const struct report *report)
{
	struct fate_counts fates = count_fates(report->ledger);

	json_open(json, "counts", '{');
	json_number(json, "lines", report->ledger->source->lines);
	for (int fate = FATE_NONE + 1; fate < FATE_COUNT; fate++)
		json_number(json, fate_name((enum fate)fate), fates.of[fate]);
	json_number(json, "readers", report->model->reader_count);
	json_number(json, "accounts", report->model->account_count);
	json_number(json, "groups", report->model->group_count);
	json_close(json, '}');
}

static void put_members(struct json *json, const char *key, const struct report *report, unsigned group,
	const struct list *sections)
{
	const struct section *section;
	char label[MASKED_ROOM];

	json_open(json, key, '[');
	for (uint32_t at = 0; (section = next_member(sections, group, &at));)
		json_string(json, NULL, member_name(section, report->redact, label));
	json_close(json, ']');
}

static void put_groups(struct json *json, const struct report *report)
{
	struct bits used = groups_with_readers(report);
	unsigned bit;

	json_open(json, "groups", '{');
	while (bits_take(&used, &bit)) {
		char number[8];
		(void)snprintf(number, sizeof number, "%u", bit + 1);
		json_open(json, number, '{');
		put_members(json, "readers", report, bit + 1, &report->model->readers);
		put_members(json, "accounts", report, bit + 1, &report->model->accounts);
		json_close(json, '}');
	}
	json_close(json, '}');
}

static void put_files(struct json *json, const struct report *report)
{
	json_open(json, "files", '[');
	for (size_t i = 0; i < report->file_count; i++) {
		json_open(json, NULL, '{');
		put(json, "name", report->files[i].name);
		json_number(json, "bytes", report->files[i].bytes);
		put(json, "sha256", report->files[i].sha256);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_all(struct json *json, const struct report *report)
{
	struct report_source own = report_source_at(report, 0);

	put_lines(json, &own);
	json_open(json, "findings", '[');
	for (uint32_t i = 0; i < report_source_count(report); i++)
		shown_findings(report, report_source_at(report, i).ledger, put_finding, json);
	json_close(json, ']');
	put_counts(json, report);
	put_groups(json, report);
	put_files(json, report);
	put_side_files(json, report);
}

bool report_json(const struct report *report, const struct sink *sink)
{
	struct json json = {.spool = {.sink = sink}};

	json_open(&json, NULL, '{');
	json_number(&json, "version", 1);
	put(&json, "input", report->receiver ? report->input : report->ledger->source->path);
	if (report->receiver) {
		put(&json, "receiver", report->receiver);
		put(&json, "outcome", report->outcome);
	}
	put(&json, "status", report_status(report));
	if (report->receiver && report->error.len > 0)
		json_string(&json, "error", report->error);
	if (report->ledger)
		put_all(&json, report);
	else /* the same members, so that a reader needs no second case */
		buffer_add_slice(&json.spool.text,
			SLICE(",\"lines\":[],\"findings\":[],\"counts\":{},\"groups\":{},\"files\":[]"));
	json_close(&json, '}');
	return json_end(&json);
}

bool check_report_json(const struct check_report *report, const struct sink *sink)
{
	struct json json = {.spool = {.sink = sink}};
	struct severity_counts found = count_severities(report);
	bool any = found.of[SEVERITY_NOTE] + found.of[SEVERITY_WARNING] + found.of[SEVERITY_ERROR] +
			   found.silent >
		   0;

	json_open(&json, NULL, '{');
	json_number(&json, "version", 1);
	json_string(&json, "input", report->input);
	put(&json, "status", any ? "findings" : "clean");
	json_open(&json, "findings", '[');
	for (size_t i = 0; i < report->ledger_count; i++)
		shown_findings(&report->how, report->ledgers[i], put_finding, &json);
	json_close(&json, ']');
	json_open(&json, "counts", '{');
	json_number(&json, "files", report->ledger_count);
	json_number(&json, "errors", found.of[SEVERITY_ERROR]);
	json_number(&json, "warnings", found.of[SEVERITY_WARNING]);
	json_number(&json, "notes", found.of[SEVERITY_NOTE] + found.of[SEVERITY_DETAIL]);
	json_number(&json, "silent", found.silent);
	json_close(&json, '}');
	json_close(&json, '}');
	return json_end(&json);
}
