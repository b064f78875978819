/* Labels of readers: an existing one keeps its own, a new one gets one that no reader and no user has
 * (mapping.md, section 5). Lists that name readers are in au.c. */
#include "parts.h"

#include <string.h>

enum { LABEL_MAX = 63 };

/* How far the numbers behind one label are. */
struct numbered {
	struct slice stem;
	unsigned digits; /* of the numbers */
	uint32_t next;
};

struct labels {
	struct merge *m;
	struct merge_names existing; /* of the files */
	struct merge_names all;      /* these, and what the model calls or called its own */
	struct table numbered;
	struct list numbers; /* struct numbered */
};

/* What stands in the file, whether OSCam holds it or not, and what OSCam calls it. */
static void take_existing(struct merge_names *names, const struct merge_half *half)
{
	const struct document *document = half->document;

	for (uint32_t i = 0; document && i < document->settings.count; i++) {
		const struct document_setting *setting = list_at(&document->settings, i);
		if (setting->key == half->name)
			merge_names_take(names, schema_read(half->name, setting->value, names->arena));
	}
	for (uint32_t i = 0; document && i < document->sections.count; i++)
		merge_names_take(names, document_section_at(document, i)->label);
}

/* What the accounts of others name for their au: a new reader must not be what they named in vain so far. */
static void take_named(struct merge_names *names, const struct merge_half *accounts)
{
	const struct document *document = accounts->document;

	for (uint32_t i = 0; document && i < document->sections.count; i++) {
		if (accounts->ours[i] != DOCUMENT_NONE)
			continue;
		struct slice list =
			document_value(document, document_section_at(document, i), KEY_account_au);
		while (list.len > 0)
			merge_names_take(names, slice_trim(slice_cut(&list, ',')));
	}
}

static void take_ours(struct merge_names *names, const struct merge_half *half)
{
	for (uint32_t i = 0; i < half->sections->count; i++)
		if (merge_section(half, i))
			merge_names_take(names, section_get(merge_section(half, i), half->name));
}

static struct numbered *numbers_of(struct labels *labels, struct slice stem, unsigned digits)
{
	uint64_t hash = slice_hash_nocase(stem, digits);
	uint32_t number;

	for (struct table_walk walk = table_find(&labels->numbered, hash);
		table_next(&labels->numbered, &walk, &number);) {
		struct numbered *numbered = list_at(&labels->numbers, number);
		if (numbered->digits == digits && slice_equal_nocase(numbered->stem, stem))
			return numbered;
	}
	struct numbered *numbered = list_add(&labels->numbers);
	*numbered = (struct numbered){stem, digits, 0};
	table_add(&labels->numbered, hash, labels->numbers.count - 1);
	return numbered;
}

static struct slice cleaned(struct arena *arena, struct slice text)
{
	size_t len = text.len < LABEL_MAX ? text.len : LABEL_MAX;
	char *at = arena_bytes(arena, len);

	for (size_t i = 0; i < len; i++) {
		char c = text.at[i];
		bool fits = is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
		at[i] = (char)(fits ? c : '_');
	}
	return (struct slice){at, len};
}

/* The next free number behind the label, which is cut where there is no room for it. Labels that are the same
 * when they are cut share their numbers: else each would try all those of the others. */
static struct slice with_number(struct labels *labels, struct slice label)
{
	struct arena *arena = labels->m->arena;
	uint32_t first = 2;

	for (size_t digits = 1;; digits++, first = first < 10 ? 10 : first * 10) {
		struct slice stem = {
			label.at, label.len + 1 + digits > LABEL_MAX ? LABEL_MAX - 1 - digits : label.len};
		struct numbered *numbered = numbers_of(labels, stem, (unsigned)digits);
		if (numbered->next < first)
			numbered->next = first;
		for (uint32_t end = first < 10 ? 10 : first * 10; numbered->next < end;) {
			struct slice made = arena_format(
				arena, "%.*s_%lu", SLICE_ARG(stem), (unsigned long)numbered->next++);
			if (!merge_names_have(&labels->all, made))
				return made;
		}
	}
}

/* Host and port, then the user as well, then a number. */
static struct slice free_label(struct labels *labels, const struct section *reader, struct slice label)
{
	struct arena *arena = labels->m->arena;
	struct slice device = section_get(reader, KEY_reader_device);
	struct slice user = section_get(reader, KEY_reader_user);
	struct slice made = cleaned(arena, device);

	if (merge_names_have(&labels->all, made) && user.len > 0)
		made = cleaned(arena, arena_format(arena, "%.*s,%.*s", SLICE_ARG(device), SLICE_ARG(user)));
	return merge_names_have(&labels->all, made) ? with_number(labels, label) : made;
}

static void settle(struct labels *labels, uint32_t index)
{
	struct merge *m = labels->m;
	const struct merge_half *half = &m->halves[MERGE_READERS];
	struct section *reader = merge_section(half, index);
	struct slice wanted = section_get(reader, KEY_reader_label), label = wanted;
	uint32_t theirs = half->theirs[index];
	struct ledger *ledger;
	struct place place = merge_place(m, reader, &ledger);

	if (theirs != DOCUMENT_NONE)
		label = document_section_at(half->document, theirs)->label;
	else if (merge_names_have(&labels->existing, wanted))
		label = free_label(labels, reader, wanted);
	if (slice_equal(label, wanted))
		return;
	if (theirs != DOCUMENT_NONE)
		(void)ledger_find(ledger, CODE_MERGE_MATCHED, place, "the reader is there as \"%.*s\"",
			SLICE_ARG(label));
	else
		(void)ledger_find(ledger, CODE_MERGE_LABEL, place,
			"the name \"%.*s\" is taken; the reader is called \"%.*s\"", SLICE_ARG(wanted),
			SLICE_ARG(label));
	section_set(m->model, reader, KEY_reader_label, label);
	merge_names_take(&labels->all, label);
}

void merge_plan_labels(struct merge *m)
{
	struct labels labels = {.m = m};
	struct merge_half *readers = &m->halves[MERGE_READERS];
	struct slice *before = arena_array(m->arena, readers->sections->count, sizeof *before);

	merge_names_start(&labels.existing, m->arena);
	merge_names_start(&labels.all, m->arena);
	table_init(&labels.numbered, m->arena, 0);
	list_init(&labels.numbers, m->arena, sizeof(struct numbered));
	for (int half = 0; half < MERGE_HALVES; half++) {
		take_existing(&labels.existing, &m->halves[half]);
		take_existing(&labels.all, &m->halves[half]);
		take_ours(&labels.all, &m->halves[half]);
	}
	take_named(&labels.existing, &m->halves[MERGE_ACCOUNTS]);
	take_named(&labels.all, &m->halves[MERGE_ACCOUNTS]);
	for (uint32_t i = 0; i < readers->sections->count; i++) {
		before[i] = section_get(list_at(readers->sections, i), KEY_reader_label);
		if (merge_section(readers, i))
			settle(&labels, i);
	}
	merge_rename_au(m, before);
}
