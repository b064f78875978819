/* Open addressing, at most two thirds full. See table.h. */
#include "cc2oscam/table.h"

void table_init(struct table *table, struct arena *arena, uint32_t expected)
{
	uint64_t slots = 64;

	while (slots < (uint64_t)expected * 3 / 2)
		slots *= 2;
	*table = (struct table){.arena = arena, .mask = (uint32_t)(slots - 1)};
	table->slots = arena_zero(arena, (size_t)slots * sizeof *table->slots);
}

static void place(struct table *table, struct table_slot item)
{
	uint32_t slot = item.tag & table->mask;

	while (table->slots[slot].value != 0)
		slot = (slot + 1) & table->mask;
	table->slots[slot] = item;
}

static void grow(struct table *table)
{
	struct table old = *table;

	if (old.mask >= UINT32_MAX / 2)
		out_of_memory();
	table->mask = old.mask * 2 + 1;
	table->slots = arena_zero(table->arena, ((size_t)table->mask + 1) * sizeof *table->slots);
	for (uint32_t slot = 0; slot <= old.mask; slot++)
		if (old.slots[slot].value != 0)
			place(table, old.slots[slot]);
}

/* The lower bits choose the slot: one more multiplication lets all bits of the hash count for them. */
static uint32_t tag_of(uint64_t hash)
{
	return (uint32_t)(hash * 0x9e3779b97f4a7c15u >> 32);
}

void table_add(struct table *table, uint64_t hash, uint32_t number)
{
	if ((uint64_t)(table->count + 1) * 3 / 2 > table->mask)
		grow(table);
	place(table, (struct table_slot){tag_of(hash), number + 1});
	table->count++;
}

struct table_walk table_find(const struct table *table, uint64_t hash)
{
	uint32_t tag = tag_of(hash);

	return (struct table_walk){tag, tag & table->mask};
}

bool table_next(const struct table *table, struct table_walk *walk, uint32_t *number)
{
	for (;;) {
		struct table_slot item = table->slots[walk->slot];
		if (item.value == 0)
			return false;
		walk->slot = (walk->slot + 1) & table->mask;
		if (item.tag == walk->tag) {
			*number = item.value - 1;
			return true;
		}
	}
}
