/* The report as JSON, by Jansson. See report.h and the README for its shape. */
#include "cc2oscam/report.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "cc2oscam/sidefiles.h"

/* The length of the UTF-8 character at the start of `text`, or 0 when there is none. */
static size_t utf8_length(struct slice text)
{
	unsigned char first = (unsigned char)text.at[0];
	size_t len = first < 0x80                    ? 1
		     : first >= 0xc2 && first < 0xe0 ? 2
		     : first >= 0xe0 && first < 0xf0 ? 3
		     : first >= 0xf0 && first < 0xf5 ? 4
						     : 0;

	if (len == 0 || len > text.len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if (((unsigned char)text.at[i] & 0xc0) != 0x80)
			return 0;
	if (len < 3)
		return len;
	unsigned char second = (unsigned char)text.at[1];
	bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
	bool beyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
	return overlong || beyond ? 0 : len;
}

/* A JSON string; what is not UTF-8 becomes the replacement character. */
static json_t *string(struct slice text)
{
	struct buffer good = {0};

	for (size_t i = 0; i < text.len;) {
		size_t len = utf8_length((struct slice){text.at + i, text.len - i});
		if (len == 0)
			buffer_add(&good, "\xef\xbf\xbd", 3);
		else
			buffer_add(&good, text.at + i, len);
		i += len == 0 ? 1 : len;
	}
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

/* One source with its lines: CCcam.cfg, or a side file. */
struct told {
	const struct report *report;
	const struct ledger *ledger;
	const struct side_file *side; /* NULL: CCcam.cfg */
};

static const char *directive_name(const struct told *told, const struct line_record *line)
{
	unsigned directive = line->directive - 1U;

	return told->side ? side_directive_name((enum side_directive)directive)
			  : directive_at((enum directive_id)directive)->keyword;
}

/* The file that the lines of a side file without sections make. */
static const char *rows_file(const struct side_file *side)
{
	return oscam_file_name(side->kind == SIDE_PRIO        ? OSCAM_DVBAPI
			       : side->kind == SIDE_PROVIDERS ? OSCAM_PROVID
							      : OSCAM_SRVID);
}

static const struct section *target_of(const struct told *told, const struct line_record *line)
{
	const struct model *model = told->report->model;

	if (told->side)
		return list_at(&model->readers, line->target - 1);
	const struct directive *directive = directive_at((enum directive_id)(line->directive - 1));
	const struct list *list = directive->home == HOME_USER     ? &model->accounts
				  : directive->home == HOME_SERVER ? &model->readers
								   : &model->conf;
	return list_at(list, line->target - 1);
}

/* The reader's label or the account's user; a masked label is made in the buffer. */
static struct slice name_of(const struct report *report, const struct section *section, struct buffer *label)
{
	if (section->section != SECTION_reader)
		return section_get(section, KEY_account_user);
	if (!report->redact || section->kind == KIND_LOCAL)
		return section_get(section, KEY_reader_label);
	buffer_format(label, "reader-of-line-%lu", (unsigned long)section->line);
	return buffer_slice(label);
}

/* "oscam.server:[reader] host1.example.com" */
static json_t *section_text(const struct report *report, const struct section *section)
{
	enum schema_section name = (enum schema_section)section->section;
	struct buffer text = {0}, label = {0};
	struct slice what = name_of(report, section, &label);

	buffer_format(
		&text, "%s:[%s]", oscam_file_name(schema_section_file(name)), schema_section_name(name));
	if (what.len > 0) {
		buffer_add(&text, " ", 1);
		buffer_add_slice(&text, what);
	}
	json_t *made = string(buffer_slice(&text));
	buffer_free(&text);
	buffer_free(&label);
	return made;
}

/* NULL when the section that the line made was dropped in the end. */
static json_t *target_text(const struct told *told, const struct line_record *line)
{
	if (line->target == 0 || line->directive == 0)
		return NULL;
	if (told->side && told->side->kind != SIDE_NEWCAMD)
		return c_string(rows_file(told->side));
	const struct section *section = target_of(told, line);
	return section->kind == KIND_REMARK ? NULL : section_text(told->report, section);
}

static json_t *codes_of(const struct told *told, const struct line_record *line)
{
	json_t *codes = json_array();

	for (uint32_t at = line->finding; at != 0;) {
		const struct finding *finding = list_at(&told->ledger->findings, at - 1);
		if (json_array_insert_new(codes, 0, c_string(code_info(finding->code)->name)) != 0)
			out_of_memory();
		at = finding->previous;
	}
	return codes;
}

static json_t *lines_of(const struct told *told)
{
	json_t *lines = json_array();

	for (uint32_t i = 0; i < told->ledger->source->lines; i++) {
		const struct line_record *record = &told->ledger->lines[i];
		json_t *line = json_object(), *target = json_array(), *made = target_text(told, record);
		set(line, "line", json_integer(i + 1));
		set(line, "fate", c_string(fate_name((enum fate)record->fate)));
		set(line, "directive",
			record->directive ? c_string(directive_name(told, record)) : json_null());
		set(line, "codes", codes_of(told, record));
		if (made)
			append(target, made);
		set(line, "target", target);
		append(lines, line);
	}
	return lines;
}

static json_t *side_files_of(const struct report *report)
{
	json_t *files = json_array();

	for (uint32_t i = 0; i < report->model->sides.count; i++) {
		const struct side_file *side = list_at(&report->model->sides, i);
		json_t *file = json_object();
		set(file, "input", c_string(side->source.path));
		set(file, "lines", lines_of(&(struct told){report, &side->ledger, side}));
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

	add_findings(findings, report, report->ledger);
	for (uint32_t i = 0; i < report->model->sides.count; i++)
		add_findings(findings, report,
			&((const struct side_file *)list_at(&report->model->sides, i))->ledger);
	return findings;
}

static json_t *counts_of(const struct report *report)
{
	uint32_t fates[FATE_COUNT] = {0};
	json_t *counts = json_object();

	for (uint32_t i = 0; i < report->ledger->source->lines; i++)
		fates[report->ledger->lines[i].fate]++;
	set(counts, "lines", json_integer(report->ledger->source->lines));
	for (int fate = FATE_NONE + 1; fate < FATE_COUNT; fate++)
		set(counts, fate_name((enum fate)fate), json_integer(fates[fate]));
	set(counts, "readers", json_integer(report->model->reader_count));
	set(counts, "accounts", json_integer(report->model->account_count));
	set(counts, "groups", json_integer(report->model->group_count));
	return counts;
}

static void add_members(
	const struct report *report, json_t *groups, const char *kind, const struct list *sections)
{
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		for (unsigned group = 1; group <= 64; group++) {
			char number[8];
			struct buffer label = {0};
			if (!(section_groups(section) >> (group - 1) & 1) || section->kind == KIND_REMARK)
				continue;
			(void)snprintf(number, sizeof number, "%u", group);
			append(json_object_get(json_object_get(groups, number), kind),
				string(name_of(report, section, &label)));
			buffer_free(&label);
		}
	}
}

static json_t *groups_of(const struct report *report)
{
	json_t *groups = json_object();
	uint64_t used = 0;

	for (uint32_t i = 0; i < report->model->readers.count; i++) {
		const struct section *reader = list_at(&report->model->readers, i);
		if (section_is_reader(reader))
			used |= section_groups(reader);
	}
	for (unsigned group = 1; group <= 64; group++) {
		char number[8];
		json_t *members = json_object();
		if (!(used >> (group - 1) & 1)) {
			json_decref(members);
			continue;
		}
		(void)snprintf(number, sizeof number, "%u", group);
		set(members, "readers", json_array());
		set(members, "accounts", json_array());
		set(groups, number, members);
	}
	add_members(report, groups, "readers", &report->model->readers);
	add_members(report, groups, "accounts", &report->model->accounts);
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

static const char *status_of(const struct report *report)
{
	if (report->failed)
		return "failed";
	for (uint32_t i = 0; i < report->ledger->source->lines; i++)
		if (fate_is_loss((enum fate)report->ledger->lines[i].fate))
			return "partial";
	return "converted";
}

static int dump_piece(const char *text, size_t len, void *context)
{
	const struct sink *sink = context;

	return sink->write(sink->context, text, len);
}

int report_json(const struct report *report, const struct sink *sink)
{
	struct sink to = *sink;
	json_t *root = json_object();

	set(root, "version", json_integer(1));
	set(root, "input", c_string(report->ledger->source->path));
	set(root, "status", c_string(status_of(report)));
	set(root, "lines", lines_of(&(struct told){report, report->ledger, NULL}));
	set(root, "findings", findings_of(report));
	set(root, "counts", counts_of(report));
	set(root, "groups", groups_of(report));
	set(root, "files", files_of(report));
	if (report->model->sides.count > 0)
		set(root, "side_files", side_files_of(report));
	int result = json_dump_callback(root, dump_piece, &to, JSON_COMPACT);
	json_decref(root);
	return result == 0 ? to.write(to.context, "\n", 1) : -1;
}
