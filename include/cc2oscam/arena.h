/* One arena holds everything of one conversion and is freed, or reset for the next one, at once. */
#ifndef CC2OSCAM_ARENA_H
#define CC2OSCAM_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "cc2oscam/platform.h"

struct arena_block;

struct arena {
	struct arena_block *blocks; /* the newest first */
	size_t left;                /* unused bytes in the newest block */
	char *next;
	size_t total; /* bytes taken from the system */
	size_t first; /* so many for the first block; 0: 64 KiB */
};

void arena_init(struct arena *arena);

/* Memory as malloc gives it, or NULL. Much of it asks for large pages: a large input and its tables are read
 * all over. */
void *memory_take(size_t size);
/* Uninitialised memory, aligned for pointers and numbers of 64 bits. Never NULL: without memory the program
 * says so and exits with status 2. */
void *arena_alloc(struct arena *arena, size_t size);
/* The same, zeroed. */
void *arena_zero(struct arena *arena, size_t size);
/* Room for `count` things of `size` bytes; a product that overflows ends the program like a lack of memory.
 */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* Unaligned bytes, for text. */
char *arena_bytes(struct arena *arena, size_t size);

/* Forgets everything allocated; keeps one block for reuse. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

/* A list that grows in an arena without moving what it holds: block k has LIST_FIRST << k items. */
enum { LIST_FIRST = 16, LIST_BLOCKS = 28 };

struct list {
	struct arena *arena;
	size_t item_size;
	uint32_t count;
	char *blocks[LIST_BLOCKS];
};

void list_init(struct list *list, struct arena *arena, size_t item_size);
/* A new zeroed item at the end. */
void *list_add(struct list *list);
/* Item `index`, which must be below `count`. */
void *list_at(const struct list *list, uint32_t index);

/* Memory ran out. Within a guard of this thread the program goes on there; else it says so and exits with
 * status 2. */
_Noreturn void out_of_memory(void);

/* Sees to it that there is so much memory: in front of what a library does that ends the process without it.
 */
void need_memory(size_t size);

/* Work that may fail alone when memory runs out, as one receiver of many:
 *     memory_guard_start(&guard);
 *     if (setjmp(guard.back) == 0)
 *             work();
 *     else
 *             the work stopped anywhere: free what it left
 *     memory_guard_end(&guard);
 * What only the work's own variables know of is lost. */
struct memory_guard {
	jmp_buf back;
	struct memory_guard *outer;
};

void memory_guard_start(struct memory_guard *guard);
void memory_guard_end(struct memory_guard *guard);

#endif
