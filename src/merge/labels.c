/* Labels of readers: an existing one keeps its own, a new one gets one that no reader and no user has.
 * Lists that name readers are in au.c. */
#include "parts.h"

struct labelling {
	struct merge *m;
	struct labels labels; /* taken: names of the files, then what the model calls or called its own */
	uint32_t existing;    /* how many of the taken names are of the files */
};

/* All names in the file, also those that OSCam does not hold, and the names that OSCam makes of them. */
static void take_existing(struct name_set *names, const struct merge_half *half)
{
	const struct document *document = half->document;

	for (uint32_t i = 0; document && i < document->settings.count; i++) {
		const struct document_setting *setting = list_at(&document->settings, i);
		if (setting->key == half->name)
			names_take(names, schema_read(half->name, setting->value, names->arena));
	}
	for (uint32_t i = 0; document && i < document->sections.count; i++)
		names_take(names, document_section_at(document, i)->label);
}

/* The names that accounts of others have in au: no new reader may get a name that was in such a list without
 * effect so far. */
static void take_named(struct name_set *names, const struct merge_half *accounts)
{
	const struct document *document = accounts->document;

	for (uint32_t i = 0; document && i < document->sections.count; i++) {
		if (accounts->ours[i] != DOCUMENT_NONE)
			continue;
		struct slice list = merge_value(accounts, i, KEY_account_au);
		while (list.len > 0)
			names_take(names, slice_trim(slice_cut(&list, ',')));
	}
}

static void name_reader(struct labelling *labelling, uint32_t index)
{
	struct merge *m = labelling->m;
	struct labels *labels = &labelling->labels;
	const struct merge_half *half = &m->halves[MERGE_READERS];
	struct section *reader = merge_section(half, index);
	struct slice wish = section_get(reader, KEY_reader_label), label = wish;
	uint32_t theirs = half->theirs[index];

	if (theirs != DOCUMENT_NONE)
		label = document_section_at(half->document, theirs)->label;
	else if (names_find(&labels->taken, wish) < labelling->existing)
		label = labels_free(labels, reader, wish, &wish);
	if (slice_equal(label, wish))
		return;
	if (theirs != DOCUMENT_NONE)
		merge_say(m, reader, CODE_MERGE_MATCHED, "the reader is there as \"%.*s\"", SLICE_ARG(label));
	else
		merge_say(m, reader, CODE_MERGE_LABEL,
			"the name \"%.*s\" is taken; the reader is called \"%.*s\"", SLICE_ARG(wish),
			SLICE_ARG(label));
	section_set(m->model, reader, KEY_reader_label, label);
	names_take(&labels->taken, label);
}

void merge_plan_labels(struct merge *m)
{
	const struct merge_half *readers = &m->halves[MERGE_READERS];
	struct labelling labelling = {.m = m};
	struct name_set *taken = &labelling.labels.taken;

	labels_start(&labelling.labels, m->arena, 0);
	for (int half = 0; half < MERGE_HALVES; half++)
		take_existing(taken, &m->halves[half]);
	take_named(taken, &m->halves[MERGE_ACCOUNTS]);
	labelling.existing = taken->list.count;
	for (int which = 0; which < MERGE_HALVES; which++) {
		const struct merge_half *half = &m->halves[which];
		for (uint32_t i = 0; i < half->sections->count; i++)
			if (merge_section(half, i))
				names_take(taken, section_get(merge_section(half, i), half->name));
	}
	for (uint32_t i = 0; i < readers->sections->count; i++)
		if (merge_section(readers, i))
			name_reader(&labelling, i);
}
