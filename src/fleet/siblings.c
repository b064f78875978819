/* Sorts all names that the neighbours may have, and looks at those that are the same. See siblings.h. */
#include "siblings.h"

#include <stdlib.h>

/* One name that one of them may have. */
struct spelling {
	uint64_t hash;
	struct sibling *sibling;
	bool ending; /* the name with its ending; else the plain one */
};

static int compare_spellings(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static bool is_clean(const struct sibling *sibling)
{
	return name_is_harmless(sibling->name);
}

/* The only one of the kind that may keep the plain name; NULL when there is none or several. */
static struct sibling *only_one(const struct spelling *same, uint32_t count, bool file, bool *several)
{
	struct sibling *only = NULL;

	for (uint32_t i = 0; i < count; i++) {
		if (same[i].ending || same[i].sibling->file != file || !is_clean(same[i].sibling))
			continue;
		*several |= only != NULL;
		only = same[i].sibling;
	}
	return *several ? NULL : only;
}

static struct sibling *owner_of(const struct spelling *same, uint32_t count)
{
	bool several = false;
	struct sibling *owner = only_one(same, count, false, &several);

	if (!owner && !several)
		owner = only_one(same, count, true, &several);
	return owner;
}

/* Those with the same plain name: who does not own it has another one. */
static void settle_plain(const struct spelling *same, uint32_t count)
{
	uint32_t plain = 0;

	for (uint32_t i = 0; i < count; i++)
		plain += !same[i].ending;
	if (plain < 2)
		return;
	const struct sibling *owner = owner_of(same, count);
	for (uint32_t i = 0; i < count; i++)
		if (!same[i].ending && same[i].sibling != owner)
			same[i].sibling->form = same[i].sibling->file ? NAME_ENDING : NAME_HASH;
}

/* With its ending a file must not have a name that another may have. */
static void settle_ending(const struct spelling *same, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (same[i].ending && count > 1 && same[i].sibling->form == NAME_ENDING)
			same[i].sibling->form = NAME_HASH;
}

static void settle_all(const struct spelling *spellings, uint32_t count,
	void (*settle)(const struct spelling *same, uint32_t count))
{
	for (uint32_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && spellings[to].hash == spellings[from].hash;)
			to++;
		settle(spellings + from, to - from);
	}
}

void siblings_settle(struct sibling *siblings, uint32_t count)
{
	struct spelling *spellings = calloc(count + 1, 2 * sizeof *spellings);
	uint32_t filled = 0;

	if (!spellings)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++) {
		struct sibling *sibling = &siblings[i];
		sibling->form = NAME_PLAIN;
		spellings[filled++] =
			(struct spelling){name_hash(sibling->name, sibling->file), sibling, false};
		if (sibling->file)
			spellings[filled++] =
				(struct spelling){name_hash(sibling->name, false), sibling, true};
	}
	qsort(spellings, filled, sizeof *spellings, compare_spellings);
	settle_all(spellings, filled, settle_plain);
	settle_all(spellings, filled, settle_ending);
	free(spellings);
}
