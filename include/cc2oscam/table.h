/* A hash table that finds numbers (of sections, of names) by a hash of what they stand for. It knows nothing
 * of what is compared: the caller looks at each candidate. */
#ifndef CC2OSCAM_TABLE_H
#define CC2OSCAM_TABLE_H

#include "cc2oscam/arena.h"
#include "cc2oscam/text.h"

struct table_slot {
	uint32_t tag;   /* part of the hash */
	uint32_t value; /* number + 1; TABLE_CHAIN and the last of several in the list; 0: free */
};

struct table {
	struct arena *arena;
	struct table_slot *slots;
	uint32_t mask, used; /* used: slots */
	struct list chained; /* numbers whose hashes are the same: equal names come by the thousand */
};

/* Room for `expected` numbers; more make it grow. */
void table_init(struct table *table, struct arena *arena, uint32_t expected);
/* Empties the table, and keeps its memory if that is enough for `expected` numbers. */
void table_restart(struct table *table, uint32_t expected);
void table_add(struct table *table, uint64_t hash, uint32_t number);
/* The hash will be looked for soon: of a large table its slot is fetched while other work is done. */
void table_expect(const struct table *table, uint64_t hash);

/* Walks the candidates for a hash, in the order in which they were added; walk.number is the one at hand:
 *     table_each (walk, table, hash) ... */
struct table_walk {
	uint32_t number;
	uint32_t value; /* of the slot; 0: there are no more */
	uint32_t next;  /* in the list */
};
struct table_walk table_find(const struct table *table, uint64_t hash);
bool table_next(const struct table *table, struct table_walk *walk);
#define table_each(walk, table, hash)                                                                        \
	for (struct table_walk walk = table_find((table), (hash)); table_next((table), &(walk));)

/* Texts, or things as their bytes, which have to stay where they are; each has a number from 0 on. */
struct keys {
	struct table table;
	struct list list; /* struct slice */
};

#define KEYS_NONE    UINT32_MAX
#define KEY_BYTES(x) ((struct slice){(const char *)(x), sizeof(x)})

void keys_init(struct keys *keys, struct arena *arena, uint32_t expected);
/* KEYS_NONE: it is not there. */
uint32_t keys_find(const struct keys *keys, struct slice key);
/* Its number, which is a new one, keys->list.count - 1 then, unless it is there. */
uint32_t keys_add(struct keys *keys, struct slice key);

#endif
