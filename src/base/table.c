/* Open addressing, at most two thirds full, one slot a hash; numbers of one hash are a ring in a list, of
 * which the slot has the last. So equal hashes cost no more than others. See table.h. */
#include "cc2oscam/table.h"

#include <string.h>

/* Bit of a slot's value: the rest of the value is an index in the list. */
static const uint32_t TABLE_CHAIN = (uint32_t)1 << 31;

struct chained {
	uint32_t number;
	uint32_t next; /* index; of the last the first */
};

/* How many slots so many numbers need. */
static uint64_t slots_for(uint32_t expected)
{
	uint64_t slots = 64;

	while (slots < (uint64_t)expected * 3 / 2)
		slots *= 2;
	return slots;
}

void table_init(struct table *table, struct arena *arena, uint32_t expected)
{
	uint64_t slots = slots_for(expected);

	*table = (struct table){.arena = arena, .mask = (uint32_t)(slots - 1)};
	table->slots = arena_zero(arena, (size_t)slots * sizeof *table->slots);
	list_init(&table->chained, arena, sizeof(struct chained));
}

void table_restart(struct table *table, uint32_t expected)
{
	if (slots_for(expected) > (uint64_t)table->mask + 1) {
		table_init(table, table->arena, expected);
		return;
	}
	memset(table->slots, 0, ((size_t)table->mask + 1) * sizeof *table->slots);
	table->used = 0;
	table->chained.count = 0;
}

/* The slot of the tag, or the free one where it belongs. */
static struct table_slot *find_slot(const struct table *table, uint32_t tag)
{
	uint32_t slot = tag & table->mask;

	while (table->slots[slot].value != 0 && table->slots[slot].tag != tag)
		slot = (slot + 1) & table->mask;
	return &table->slots[slot];
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
			*find_slot(table, old.slots[slot].tag) = old.slots[slot];
}

/* The lower bits choose the slot: one more multiplication lets all bits of the hash count for them. */
static uint32_t tag_of(uint64_t hash)
{
	return (uint32_t)(hash * 0x9e3779b97f4a7c15u >> 32);
}

/* A new last one of the ring; of a ring of its own where `last` is NULL. Returns its index. */
static uint32_t chain(struct table *table, struct chained *last, uint32_t number)
{
	uint32_t index = table->chained.count;
	struct chained *added = list_add(&table->chained);

	*added = (struct chained){number, last ? last->next : index};
	if (last)
		last->next = index;
	return index;
}

void table_add(struct table *table, uint64_t hash, uint32_t number)
{
	uint32_t tag = tag_of(hash);

	if (number >= TABLE_CHAIN - 1)
		out_of_memory();
	if ((uint64_t)(table->used + 1) * 3 / 2 > table->mask)
		grow(table);
	struct table_slot *slot = find_slot(table, tag);
	if (slot->value == 0) {
		*slot = (struct table_slot){tag, number + 1};
		table->used++;
		return;
	}
	if (!(slot->value & TABLE_CHAIN))
		slot->value = TABLE_CHAIN | chain(table, NULL, slot->value - 1);
	slot->value =
		TABLE_CHAIN | chain(table, list_at(&table->chained, slot->value & ~TABLE_CHAIN), number);
}

void table_expect(const struct table *table, uint64_t hash)
{
	__builtin_prefetch(&table->slots[tag_of(hash) & table->mask]);
}

struct table_walk table_find(const struct table *table, uint64_t hash)
{
	struct table_walk walk = {.value = find_slot(table, tag_of(hash))->value};

	if (walk.value & TABLE_CHAIN)
		walk.next = ((struct chained *)list_at(&table->chained, walk.value & ~TABLE_CHAIN))->next;
	return walk;
}

bool table_next(const struct table *table, struct table_walk *walk)
{
	if (walk->value == 0)
		return false;
	if (!(walk->value & TABLE_CHAIN)) {
		walk->number = walk->value - 1;
		walk->value = 0;
		return true;
	}
	const struct chained *at = list_at(&table->chained, walk->next);
	walk->number = at->number;
	if (walk->next == (walk->value & ~TABLE_CHAIN))
		walk->value = 0;
	walk->next = at->next;
	return true;
}

void keys_init(struct keys *keys, struct arena *arena, uint32_t expected)
{
	table_init(&keys->table, arena, expected);
	list_init(&keys->list, arena, sizeof(struct slice));
}

static uint32_t find_key(const struct keys *keys, struct slice key, uint64_t hash)
{
	table_each (walk, &keys->table, hash)
		if (slice_equal(*(const struct slice *)list_at(&keys->list, walk.number), key))
			return walk.number;
	return KEYS_NONE;
}

uint32_t keys_find(const struct keys *keys, struct slice key)
{
	return find_key(keys, key, slice_hash(key, 0));
}

uint32_t keys_add(struct keys *keys, struct slice key)
{
	uint64_t hash = slice_hash(key, 0);
	uint32_t number = find_key(keys, key, hash);

	if (number != KEYS_NONE)
		return number;
	table_add(&keys->table, hash, keys->list.count);
	*(struct slice *)list_add(&keys->list) = key;
	return keys->list.count - 1;
}
