/* Names without regard to case, as OSCam compares labels. */
#include "parts.h"

void merge_names_start(struct merge_names *names, struct arena *arena)
{
	names->arena = arena;
	table_init(&names->table, arena, 0);
	list_init(&names->list, arena, sizeof(struct slice));
}

bool merge_names_have(const struct merge_names *names, struct slice name)
{
	uint32_t number;

	for (struct table_walk walk = table_find(&names->table, slice_hash_nocase(name, 0));
		table_next(&names->table, &walk, &number);)
		if (slice_equal_nocase(*(const struct slice *)list_at(&names->list, number), name))
			return true;
	return false;
}

void merge_names_take(struct merge_names *names, struct slice name)
{
	if (name.len == 0 || merge_names_have(names, name))
		return;
	table_add(&names->table, slice_hash_nocase(name, 0), names->list.count);
	*(struct slice *)list_add(&names->list) = name;
}
