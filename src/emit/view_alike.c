/* Sections that templates write alike but for their names and the number of their line. See view_pattern. */
#include "view.h"

enum { PART_LINE, PART_ENTRIES };

static bool is_alike(const void *first, const void *other, void *context)
{
	const struct emission *emission = ((const struct view_context *)context)->emission;
	const struct section *a = first, *b = other;

	if (a->kind == KIND_REMARK || a->line == 0 || b->line == 0 || a->source != b->source ||
		a->note.len > 0 || b->note.len > 0 || emission->redact)
		return false;
	const struct ledger *ledger = model_ledger(emission->model, emission->ledger, a->source);
	enum fate fate = (enum fate)ledger->lines[a->line - 1].fate;
	return !fate_is_loss(fate) && fate == (enum fate)ledger->lines[b->line - 1].fate &&
	       section_same_but_names(a, b);
}

static int part_of(const void *item, struct slice text, void *context)
{
	const struct view_context *view = context;
	const struct section *section = item;
	int part = PART_SHARED;

	if (text.at >= view->number && text.at < view->number + sizeof view->number)
		return PART_LINE;
	for (unsigned i = 0; i < section->count; i++) {
		const struct entry *entry = &section->entries[i];
		if (entry->text == text.at && entry->len == text.len &&
			key_is_name((enum schema_key_id)entry->key))
			part = part == PART_SHARED ? PART_ENTRIES + (int)i : PART_UNCLEAR;
	}
	return part;
}

static struct slice part_text(const void *item, int part, void *context)
{
	const struct section *section = item;

	if (part == PART_LINE)
		return view_number(context, section->line);
	const struct entry *entry = &section->entries[part - PART_ENTRIES];
	return (struct slice){entry->text, entry->len};
}

const struct view_pattern view_alike = {is_alike, part_of, part_text};
