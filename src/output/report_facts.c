/* What the formats of the report have in common. See report_facts.h. */
#include "report_facts.h"

#include <stdio.h>
#include <stdlib.h>

#include "cc2oscam/sidefiles.h"

uint32_t report_source_count(const struct report *report)
{
	return report->ledger ? 1 + report->model->sides.count : 0;
}

struct report_source report_source_at(const struct report *report, uint32_t number)
{
	const struct side_file *side = number > 0 ? list_at(&report->model->sides, number - 1) : NULL;

	return (struct report_source){number, report, side ? &side->ledger : report->ledger, side};
}

const char *line_directive(const struct report_source *from, const struct line_record *line)
{
	unsigned directive = line->directive - 1U;

	if (line->directive == 0)
		return NULL;
	return from->side ? side_line_of((enum side_directive)directive)->name
			  : directive_at((enum directive_id)directive)->keyword;
}

struct slice member_name(const struct section *section, bool masked, char label[MASKED_ROOM])
{
	if (section->section != SECTION_reader)
		return section_get(section, KEY_account_user);
	if (!masked || section->kind == KIND_LOCAL)
		return section_get(section, KEY_reader_label);
	(void)snprintf(label, MASKED_ROOM, "reader-of-line-%lu", (unsigned long)section->line);
	return slice_of(label);
}

void add_target(const struct report *report, const struct section *section, bool masked, struct buffer *text)
{
	enum schema_section name = (enum schema_section)section->section;
	char label[MASKED_ROOM];
	struct slice what = member_name(section, masked, label);

	buffer_add_slice(text, slice_of(target_file_name(&report->model->target, schema_section_file(name))));
	buffer_add_slice(text, SLICE(":["));
	buffer_add_slice(text, slice_of(schema_section_name(name)));
	buffer_add_slice(text, what.len > 0 ? SLICE("] ") : SLICE("]"));
	buffer_add_slice(text, what);
}

void line_targets(const struct report_source *from, const struct line_record *line,
	void (*take)(void *context, struct slice target, const struct section *section), void *context)
{
	struct buffer text = {0};

	if (line->made == 0)
		return;
	if (from->side && from->side->kind != SIDE_NEWCAMD) {
		enum side_kind kind = from->side->kind;
		enum oscam_file file = kind == SIDE_PRIO        ? OSCAM_DVBAPI
				       : kind == SIDE_PROVIDERS ? OSCAM_PROVID
								: OSCAM_SRVID2;
		take(context, slice_of(target_file_name(&from->report->model->target, file)), NULL);
		return;
	}
	for (uint32_t at = line->made; at != 0;) {
		const struct made *made = list_at(&from->ledger->made, at - 1);
		const struct section *section = made->thing;
		text.len = 0;
		if (section->kind != KIND_REMARK) {
			add_target(from->report, section, from->report->redact, &text);
			take(context, buffer_slice(&text), section);
		}
		at = made->next;
	}
	buffer_free(&text);
}

/* Of many lines in the language of another program one gets a finding. The others show the same code. */
static const struct finding foreign = {.code = CODE_FOREIGN_LANGUAGE,
	.message = {"a line in the language of another program",
		sizeof "a line in the language of another program" - 1}};
static const struct finding newcamd = {.code = CODE_NEWCAMD_LIST,
	.message = {"a line of newcamd.conf", sizeof "a line of newcamd.conf" - 1}};

void line_findings(
	const struct report_source *from, const struct line_record *line, struct finding_list *list)
{
	list->count = 0;
	if (line->finding == 0 && line->fate == FATE_REJECTED)
		finding_list_add(list, line->directive > 0 ? &newcamd : &foreign);
	ledger_line_findings(from->ledger, line, UINT32_MAX, list);
}

void report_lines(const struct report *report,
	void (*look)(void *context, const struct report_source *from, uint32_t line,
		const struct finding_list *found),
	void *context)
{
	struct finding_list found = {NULL, 0, 0};

	for (uint32_t i = 0; i < report_source_count(report); i++) {
		struct report_source from = report_source_at(report, i);
		const struct finding **sorted = ledger_sorted(from.ledger);
		uint32_t left = from.ledger->findings.count;
		for (uint32_t line = 0; line <= from.ledger->source->lines; line++) {
			found.count = 0;
			for (; left > 0 && (*sorted)->place.line == line; left--)
				finding_list_add(&found, *sorted++);
			if (found.count == 0 && line > 0)
				line_findings(&from, &from.ledger->lines[line - 1], &found);
			look(context, &from, line, &found);
		}
	}
	free(found.at);
}

bool is_silent(const struct report *how, const struct finding *finding)
{
	return how->silent(how->context, finding->code);
}

enum severity severity_in(const struct report *how, const struct finding *finding)
{
	return how->severity(how->context, finding->code);
}

void shown_findings(const struct report *how, const struct ledger *ledger,
	void (*put)(void *context, const struct report *how, const struct finding *finding, bool first),
	void *context)
{
	const struct finding **sorted = ledger_sorted(ledger);
	bool first = true;

	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		if (is_silent(how, sorted[i]))
			continue;
		put(context, how, sorted[i], first);
		first = false;
	}
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
	if (report->receiver && !ledger_understood(report->ledger))
		return "empty";
	return ledger_lost(report->ledger) > 0 ? "partial" : "converted";
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

const struct section *next_member(const struct list *sections, unsigned group, uint32_t *at)
{
	while (*at < sections->count) {
		const struct section *section = list_at(sections, (*at)++);
		struct bits groups = section_groups(section);
		if (section->kind != KIND_REMARK &&
			(group == 0 ? !bits_any(groups) : bits_has(groups, group - 1)))
			return section;
	}
	return NULL;
}

static void add_members(const struct report *report, unsigned group, const struct list *sections,
	bool protocols, struct buffer *names)
{
	const struct section *section;
	char label[MASKED_ROOM];

	names->len = 0;
	for (uint32_t at = 0; (section = next_member(sections, group, &at));) {
		buffer_format(names, "%s", names->len > 0 ? ", " : "");
		buffer_add_slice(names, member_name(section, report->redact, label));
		if (protocols && section_is_reader(section))
			buffer_format(names, " (%.*s)", SLICE_ARG(section_get(section, KEY_reader_protocol)));
	}
}

void report_groups(const struct report *report, bool protocols,
	void (*row)(void *context, const char *group, struct slice readers, struct slice accounts),
	void *context)
{
	struct bits used = groups_with_readers(report);
	struct buffer readers = {0}, accounts = {0};

	for (unsigned i = 1; i <= BITS_MOST + 1; i++) {
		unsigned group = i <= BITS_MOST ? i : 0;
		char number[8];
		if (group > 0 && !bits_has(used, group - 1))
			continue;
		(void)snprintf(number, sizeof number, "%u", group);
		add_members(report, group, &report->model->readers, protocols, &readers);
		add_members(report, group, &report->model->accounts, protocols, &accounts);
		if (group > 0 || readers.len > 0 || accounts.len > 0)
			row(context, group > 0 ? number : "none", buffer_slice(&readers),
				buffer_slice(&accounts));
	}
	buffer_free(&readers);
	buffer_free(&accounts);
}

/* ---- findings that say the same ---- */

void topics_init(struct topics *topics, struct arena *arena)
{
	topics->arena = arena;
	list_init(&topics->list, arena, sizeof(struct topic));
	table_init(&topics->table, arena, 0);
}

static struct topic *find_topic(struct topics *topics, const char *name, struct slice text)
{
	uint64_t hash = slice_hash(text, slice_hash(slice_of(name), 0));

	table_each (walk, &topics->table, hash) {
		struct topic *topic = list_at(&topics->list, walk.number);
		if (strcmp(topic->name, name) == 0 && slice_equal(topic->text, text))
			return topic;
	}
	table_add(&topics->table, hash, topics->list.count);
	struct topic *topic = list_add(&topics->list);
	topic->name = name;
	topic->text = text;
	list_init(&topic->ranges, topics->arena, sizeof(struct range));
	return topic;
}

void topics_add(struct topics *topics, const char *name, struct slice text, uint32_t source, uint32_t line)
{
	struct list *ranges = &find_topic(topics, name, text)->ranges;
	struct range *last = ranges->count > 0 ? list_at(ranges, ranges->count - 1) : NULL;

	if (last && last->source == source && last->last == line)
		return;
	if (last && last->source == source && last->last > 0 && last->last + 1 == line)
		last->last = line;
	else
		*(struct range *)list_add(ranges) = (struct range){source, line, line};
}

void report_topics_init(struct report_topics *topics, struct arena *arena)
{
	topics_init(&topics->hints, arena);
	topics_init(&topics->notes, arena);
	topics_init(&topics->dropped, arena);
}

bool is_reason(const struct finding *finding)
{
	return code_info(finding->code)->severity >= SEVERITY_WARNING;
}

void keep_topics(struct report_topics *topics, const struct report_source *from, uint32_t line,
	const struct finding_list *found, bool all)
{
	const struct line_record *record = line > 0 ? &from->ledger->lines[line - 1] : NULL;
	bool lost = record && fate_is_loss((enum fate)record->fate);

	for (size_t i = 0; i < found->count; i++) {
		const struct finding *finding = found->at[i];
		const struct code_info *info = code_info(finding->code);
		struct slice hint = finding->hint.len > 0 ? finding->hint : slice_of(info->way_out);
		if (is_silent(from->report, finding))
			continue;
		if (hint.len > 0)
			topics_add(&topics->hints, info->name, hint, from->number, line);
		if (!lost || !(all || is_reason(finding)))
			topics_add(&topics->notes, info->name, slice_of(info->meaning), from->number, line);
	}
	if (record && record->fate == FATE_DROPPED && found->count == 0)
		topics_add(&topics->dropped, line_directive(from, record), slice_of(""), from->number, line);
}

void topic_lines(const struct report *report, const struct topic *topic, struct buffer *text)
{
	const struct range *before = NULL;

	for (uint32_t i = 0; i < topic->ranges.count; i++) {
		const struct range *range = list_at(&topic->ranges, i);
		const struct range *next =
			i + 1 < topic->ranges.count ? list_at(&topic->ranges, i + 1) : NULL;
		bool fresh = !before || before->source != range->source;
		if (before)
			buffer_format(text, fresh ? "; " : ", ");
		if (fresh && range->source > 0) {
			add_harmless(
				text, slice_of(report_source_at(report, range->source).ledger->source->path));
			buffer_format(text, ": ");
		}
		if (fresh || before->last == 0)
			buffer_format(text, "%s",
				range->last == 0 ? "the whole file"
				: range->last > range->first || (next && next->source == range->source)
					? "lines "
					: "line ");
		if (range->last > 0)
			buffer_format(text, "%lu", (unsigned long)range->first);
		if (range->last > range->first)
			buffer_format(text, "-%lu", (unsigned long)range->last);
		before = range;
	}
}

/* ---- the formats, and the shortest one, the summary ---- */

static const struct report_format_row formats[REPORT_FORMAT_COUNT] = {
#define CC2OSCAM_REPORT_FORMAT(id, name, fleet, starts, ends, help)                                          \
	{#name, REPORT_FLEET_##fleet, starts, ends, report_##name, check_report_##name},
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
};

const struct report_format_row *report_format(enum report_format format)
{
	return &formats[format];
}

void report_summary(const struct ledger *ledger, const struct model *model, bool dry, struct buffer *text)
{
	/* what was carried over first, then what had no effect, then what was lost */
	static const enum fate order[] = {FATE_CONVERTED, FATE_ADJUSTED, FATE_DROPPED, FATE_IGNORED,
		FATE_PARTIAL, FATE_UNSUPPORTED, FATE_REJECTED};
	struct fate_counts counts = count_fates(ledger);
	const char *between = ": ";

	buffer_add_count(text, ledger->source->lines, "line");
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		if (counts.of[order[i]] == 0)
			continue;
		buffer_format(
			text, "%s%lu %s", between, (unsigned long)counts.of[order[i]], fate_name(order[i]));
		between = ", ";
	}
	buffer_format(text, dry ? " -> would be " : " -> ");
	buffer_add_count(text, model->reader_count, "reader");
	buffer_format(text, ", ");
	buffer_add_count(text, model->account_count, "account");
	buffer_format(text, ", ");
	buffer_add_count(text, model->group_count, "group");
}
