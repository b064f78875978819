/* Findings that say the same. See report_facts.h. */
#include "report_facts.h"

void topics_init(struct topics *topics, struct arena *arena)
{
	topics->arena = arena;
	list_init(&topics->list, arena, sizeof(struct topic));
	table_init(&topics->table, arena, 0);
}

static struct topic *find_topic(struct topics *topics, const char *name, struct slice text)
{
	uint64_t hash = slice_hash(text, slice_hash(slice_of(name), 0));
	uint32_t number;

	for (struct table_walk walk = table_find(&topics->table, hash);
		table_next(&topics->table, &walk, &number);) {
		struct topic *topic = list_at(&topics->list, number);
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
