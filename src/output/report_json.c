/* The report as JSON, by Jansson. The README shows its shape. */
#include "report_facts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static json_t *string(struct slice text)
{
	struct buffer good = {0};

	add_utf8(&good, text);
	json_t *made = json_stringn(good.at ? good.at : "", good.len);
	buffer_free(&good);
	return made;
}

static json_t *c_string(const char *text)
{
	return string(slice_of(text));
}

/* Jansson's calls fail only without memory. */
static void set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		out_of_memory();
}

static void append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) != 0)
		out_of_memory();
}

static void append_target(void *array, struct slice target)
{
	append(array, string(target));
}

static json_t *target_array(const struct told *told, const struct line_record *line)
{
	json_t *array = json_array();

	told_targets(told, line, append_target, array);
	return array;
}

static json_t *codes_of(const struct finding_list *findings)
{
	json_t *codes = json_array();

	for (size_t i = 0; i < findings->count; i++)
		append(codes, c_string(code_info(findings->at[i]->code)->name));
	return codes;
}

static json_t *lines_of(const struct told *told)
{
	struct finding_list findings = {NULL, 0, 0};
	json_t *lines = json_array();

	for (uint32_t i = 0; i < told->ledger->source->lines; i++) {
		const struct line_record *record = &told->ledger->lines[i];
		const char *directive = told_directive(told, record);
		json_t *line = json_object();
		told_findings(told, record, &findings);
		set(line, "line", json_integer(i + 1));
		set(line, "fate", c_string(fate_name((enum fate)record->fate)));
		set(line, "directive", directive ? c_string(directive) : json_null());
		set(line, "codes", codes_of(&findings));
		set(line, "target", target_array(told, record));
		append(lines, line);
	}
	free(findings.at);
	return lines;
}

static json_t *side_files_of(const struct report *report)
{
	json_t *files = json_array();

	for (uint32_t i = 1; i < told_count(report); i++) {
		struct told told = told_at(report, i);
		json_t *file = json_object();
		set(file, "input", c_string(told.ledger->source->path));
		set(file, "lines", lines_of(&told));
		append(files, file);
	}
	return files;
}

static void add_findings(json_t *findings, const struct report *report, const struct ledger *ledger)
{
	const struct finding **sorted = ledger_sorted(ledger);

	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		const struct finding *finding = sorted[i];
		if (report->silent(report->context, finding->code))
			continue;
		json_t *made = json_object();
		set(made, "code", c_string(code_info(finding->code)->name));
		set(made, "severity",
			c_string(severity_name(report->severity(report->context, finding->code))));
		set(made, "file", c_string(finding->place.source->path));
		set(made, "line", json_integer(finding->place.line));
		set(made, "column", json_integer(finding->place.column));
		set(made, "message", string(report->message(report->context, finding)));
		set(made, "hint", string(finding->hint));
		append(findings, made);
	}
}

static json_t *findings_of(const struct report *report)
{
	json_t *findings = json_array();

	for (uint32_t i = 0; i < told_count(report); i++)
		add_findings(findings, report, told_at(report, i).ledger);
	return findings;
}

static json_t *counts_of(const struct report *report)
{
	struct fate_counts fates = count_fates(report->ledger);
	json_t *counts = json_object();

	set(counts, "lines", json_integer(report->ledger->source->lines));
	for (int fate = FATE_NONE + 1; fate < FATE_COUNT; fate++)
		set(counts, fate_name((enum fate)fate), json_integer(fates.of[fate]));
	set(counts, "readers", json_integer(report->model->reader_count));
	set(counts, "accounts", json_integer(report->model->account_count));
	set(counts, "groups", json_integer(report->model->group_count));
	return counts;
}

static json_t *members_of(const struct report *report, unsigned group, const struct list *sections)
{
	json_t *members = json_array();
	struct buffer label = {0};

	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		if (is_member(section, group))
			append(members, string(member_name(report, section, &label)));
	}
	buffer_free(&label);
	return members;
}

static json_t *groups_of(const struct report *report)
{
	json_t *groups = json_object();
	uint64_t used = groups_with_readers(report);

	for (unsigned group = 1; group <= 64; group++) {
		char number[8];
		if (!(used >> (group - 1) & 1))
			continue;
		json_t *members = json_object();
		(void)snprintf(number, sizeof number, "%u", group);
		set(members, "readers", members_of(report, group, &report->model->readers));
		set(members, "accounts", members_of(report, group, &report->model->accounts));
		set(groups, number, members);
	}
	return groups;
}

static json_t *files_of(const struct report *report)
{
	json_t *files = json_array();

	for (size_t i = 0; i < report->file_count; i++) {
		json_t *file = json_object();
		set(file, "name", c_string(report->files[i].name));
		set(file, "bytes", json_integer((json_int_t)report->files[i].bytes));
		set(file, "sha256", c_string(report->files[i].sha256));
		append(files, file);
	}
	return files;
}

static int dump_piece(const char *text, size_t len, void *context)
{
	const struct sink *sink = context;

	return sink->write(sink->context, text, len);
}

/* The same members, so that a reader needs no second case. */
static void set_nothing(json_t *root)
{
	set(root, "lines", json_array());
	set(root, "findings", json_array());
	set(root, "counts", json_object());
	set(root, "groups", json_object());
	set(root, "files", json_array());
}

static void set_all(json_t *root, const struct report *report)
{
	struct told own = told_at(report, 0);
	set(root, "lines", lines_of(&own));
	set(root, "findings", findings_of(report));
	set(root, "counts", counts_of(report));
	set(root, "groups", groups_of(report));
	set(root, "files", files_of(report));
	if (report->model->sides.count > 0)
		set(root, "side_files", side_files_of(report));
}

int report_json(const struct report *report, const struct sink *sink)
{
	struct sink to = *sink;
	json_t *root = json_object();

	set(root, "version", json_integer(1));
	set(root, "input", c_string(report->receiver ? report->input : report->ledger->source->path));
	if (report->receiver) {
		set(root, "receiver", c_string(report->receiver));
		set(root, "outcome", c_string(report->outcome));
	}
	set(root, "status", c_string(report_status(report)));
	if (report->receiver && report->error.len > 0)
		set(root, "error", string(report->error));
	if (report->ledger)
		set_all(root, report);
	else
		set_nothing(root);
	int result = json_dump_callback(root, dump_piece, &to, JSON_COMPACT);
	json_decref(root);
	return result == 0 ? to.write(to.context, "\n", 1) : -1;
}

static json_t *check_counts(const struct check_report *report)
{
	struct severity_counts found = count_severities(report);
	unsigned long notes = found.of[SEVERITY_NOTE] + found.of[SEVERITY_DETAIL];
	json_t *counts = json_object();

	set(counts, "files", json_integer((json_int_t)report->ledger_count));
	set(counts, "errors", json_integer((json_int_t)found.of[SEVERITY_ERROR]));
	set(counts, "warnings", json_integer((json_int_t)found.of[SEVERITY_WARNING]));
	set(counts, "notes", json_integer((json_int_t)notes));
	set(counts, "silent", json_integer((json_int_t)found.silent));
	return counts;
}

static bool any_counts(const struct check_report *report)
{
	struct severity_counts counts = count_severities(report);

	return counts.of[SEVERITY_NOTE] + counts.of[SEVERITY_WARNING] + counts.of[SEVERITY_ERROR] +
		       counts.silent >
	       0;
}

int check_report_json(const struct check_report *report, const struct sink *sink)
{
	struct sink to = *sink;
	json_t *root = json_object(), *findings = json_array();

	for (size_t i = 0; i < report->ledger_count; i++)
		add_findings(findings, &report->how, report->ledgers[i]);
	set(root, "version", json_integer(1));
	set(root, "input", string(report->input));
	set(root, "status", c_string(any_counts(report) ? "findings" : "clean"));
	set(root, "findings", findings);
	set(root, "counts", check_counts(report));
	int result = json_dump_callback(root, dump_piece, &to, JSON_COMPACT);
	json_decref(root);
	return result == 0 ? to.write(to.context, "\n", 1) : -1;
}
