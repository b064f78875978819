/* What the formats of the report have in common. See report_facts.h. */
#include "report_facts.h"

#include <stdlib.h>

#include "cc2oscam/sidefiles.h"

uint32_t told_count(const struct report *report)
{
	return report->ledger ? 1 + report->model->sides.count : 0;
}

struct told told_at(const struct report *report, uint32_t number)
{
	const struct side_file *side = number > 0 ? list_at(&report->model->sides, number - 1) : NULL;

	return (struct told){report, side ? &side->ledger : report->ledger, side};
}

const char *told_directive(const struct told *told, const struct line_record *line)
{
	unsigned directive = line->directive - 1U;

	if (line->directive == 0)
		return NULL;
	return told->side ? side_line_of((enum side_directive)directive)->name
			  : directive_at((enum directive_id)directive)->keyword;
}

/* The file that the lines of a side file without sections make. */
static const char *rows_file(const struct report *report, const struct side_file *side)
{
	return target_file_name(&report->model->target, side->kind == SIDE_PRIO        ? OSCAM_DVBAPI
							: side->kind == SIDE_PROVIDERS ? OSCAM_PROVID
										       : OSCAM_SRVID2);
}

struct slice member_name(const struct report *report, const struct section *section, struct buffer *label)
{
	if (section->section != SECTION_reader)
		return section_get(section, KEY_account_user);
	if (!report->redact || section->kind == KIND_LOCAL)
		return section_get(section, KEY_reader_label);
	label->len = 0;
	buffer_format(label, "reader-of-line-%lu", (unsigned long)section->line);
	return buffer_slice(label);
}

static void add_section(const struct report *report, const struct section *section, struct buffer *text)
{
	enum schema_section name = (enum schema_section)section->section;
	struct buffer label = {0};
	struct slice what = member_name(report, section, &label);

	buffer_format(text, "%s:[%s]", target_file_name(&report->model->target, schema_section_file(name)),
		schema_section_name(name));
	if (what.len > 0) {
		buffer_add(text, " ", 1);
		buffer_add_slice(text, what);
	}
	buffer_free(&label);
}

void told_targets(const struct told *told, const struct line_record *line,
	void (*take)(void *context, struct slice target), void *context)
{
	struct buffer text = {0};

	if (line->made == 0)
		return;
	if (told->side && told->side->kind != SIDE_NEWCAMD) {
		take(context, slice_of(rows_file(told->report, told->side)));
		return;
	}
	for (uint32_t at = line->made; at != 0;) {
		const struct made *made = list_at(&told->ledger->made, at - 1);
		const struct section *section = made->thing;
		text.len = 0;
		if (section->kind != KIND_REMARK) {
			add_section(told->report, section, &text);
			take(context, buffer_slice(&text));
		}
		at = made->next;
	}
	buffer_free(&text);
}

static void list_finding(struct finding_list *list, const struct finding *finding)
{
	if (list->count == list->room) {
		size_t room = list->room * 2 + 8;
		const struct finding **grown = realloc(list->at, room * sizeof(*grown));
		if (!grown)
			out_of_memory();
		list->at = grown;
		list->room = room;
	}
	list->at[list->count++] = finding;
}

/* Of many lines in a foreign language one is said; the others have its code. */
static const struct finding foreign = {.code = CODE_FOREIGN_LANGUAGE,
	.message = {"a line in the language of another program",
		sizeof "a line in the language of another program" - 1}};
static const struct finding newcamd = {.code = CODE_NEWCAMD_LIST,
	.message = {"a line of newcamd.conf", sizeof "a line of newcamd.conf" - 1}};

void told_findings(const struct told *told, const struct line_record *line, struct finding_list *list)
{
	list->count = 0;
	if (line->finding == 0 && line->fate == FATE_REJECTED)
		list_finding(list, line->directive > 0 ? &newcamd : &foreign);
	for (uint32_t at = line->finding; at != 0;) {
		const struct finding *finding = list_at(&told->ledger->findings, at - 1);
		list_finding(list, finding);
		at = finding->previous;
	}
	for (size_t i = 0; i < list->count / 2; i++) {
		const struct finding *swap = list->at[i];
		list->at[i] = list->at[list->count - 1 - i];
		list->at[list->count - 1 - i] = swap;
	}
}

bool is_silent(const struct report *how, const struct finding *finding)
{
	return how->silent(how->context, finding->code);
}

enum severity severity_in(const struct report *how, const struct finding *finding)
{
	return how->severity(how->context, finding->code);
}

struct fate_counts count_fates(const struct ledger *ledger)
{
	struct fate_counts counts = {{0}};

	for (uint32_t i = 0; i < ledger->source->lines; i++)
		counts.of[ledger->lines[i].fate]++;
	return counts;
}

const char *report_status(const struct report *report)
{
	if (report->failed)
		return "failed";
	if (ledger_lost(report->ledger) > 0)
		return "partial";
	return report->receiver && !ledger_understood(report->ledger) ? "empty" : "converted";
}

struct bits groups_with_readers(const struct report *report)
{
	struct bits used = {0, 0};

	for (uint32_t i = 0; i < report->model->readers.count; i++) {
		const struct section *reader = list_at(&report->model->readers, i);
		if (section_is_reader(reader))
			used = bits_or(used, section_groups(reader));
	}
	return used;
}

bool is_member(const struct section *section, unsigned group)
{
	struct bits groups = section_groups(section);

	return section->kind != KIND_REMARK && (group == 0 ? !bits_any(groups) : bits_has(groups, group - 1));
}
