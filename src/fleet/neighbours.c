/* Sorts all names that the neighbours may have, and looks at those that are the same. See neighbours.h. */
#include "neighbours.h"

#include <stdlib.h>

/* One name that one of them may have. */
struct spelling {
	uint64_t hash;
	struct neighbour *neighbour;
	bool ending; /* the name with its ending; else the plain one */
};

static int compare_spellings(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static bool is_clean(const struct neighbour *neighbour)
{
	return name_is_harmless(neighbour->name);
}

/* The only one of the kind that may keep the plain name; NULL when there is none or several. */
static struct neighbour *only_one(const struct spelling *same, uint32_t count, bool file, bool *several)
{
	struct neighbour *only = NULL;

	for (uint32_t i = 0; i < count; i++) {
		if (same[i].ending || same[i].neighbour->file != file || !is_clean(same[i].neighbour))
			continue;
		*several |= only != NULL;
		only = same[i].neighbour;
	}
	return *several ? NULL : only;
}

static struct neighbour *owner_of(const struct spelling *same, uint32_t count)
{
	bool several = false;
	struct neighbour *owner = only_one(same, count, false, &several);

	if (!owner && !several)
		owner = only_one(same, count, true, &several);
	return owner;
}

/* Those with the same plain name: who does not own it has another one. */
static void give_plain_name(const struct spelling *same, uint32_t count)
{
	uint32_t plain = 0;

	for (uint32_t i = 0; i < count; i++)
		plain += !same[i].ending;
	if (plain < 2)
		return;
	const struct neighbour *owner = owner_of(same, count);
	for (uint32_t i = 0; i < count; i++)
		if (!same[i].ending && same[i].neighbour != owner)
			same[i].neighbour->form = same[i].neighbour->file ? NAME_ENDING : NAME_HASH;
}

/* With its ending a file must not have a name that another may have. */
static void give_ending(const struct spelling *same, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (same[i].ending && count > 1 && same[i].neighbour->form == NAME_ENDING)
			same[i].neighbour->form = NAME_HASH;
}

static void for_same_names(const struct spelling *spellings, uint32_t count,
	void (*settle)(const struct spelling *same, uint32_t count))
{
	for (uint32_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && spellings[to].hash == spellings[from].hash;)
			to++;
		settle(spellings + from, to - from);
	}
}

void neighbours_tell_apart(struct neighbour *neighbours, uint32_t count)
{
	struct spelling *spellings = calloc(count + 1, 2 * sizeof *spellings);
	uint32_t filled = 0;

	if (!spellings)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++) {
		struct neighbour *neighbour = &neighbours[i];
		neighbour->form = NAME_PLAIN;
		spellings[filled++] =
			(struct spelling){name_hash(neighbour->name, neighbour->file), neighbour, false};
		if (neighbour->file)
			spellings[filled++] =
				(struct spelling){name_hash(neighbour->name, false), neighbour, true};
	}
	qsort(spellings, filled, sizeof *spellings, compare_spellings);
	for_same_names(spellings, filled, give_plain_name);
	for_same_names(spellings, filled, give_ending);
	free(spellings);
}
