/* The arena: blocks of growing size, handed out from the front. See arena.h. */
#define _DEFAULT_SOURCE /* madvise */
#include "cc2oscam/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cc2oscam/platform.h"

/* ALIGN: for pointers and numbers of 64 bits; nothing of ours needs more. */
enum { ALIGN = 8, BLOCK_FIRST = 32 * 1024, BLOCK_LARGEST = 8 * 1024 * 1024, HUGE_PAGE = 2 * 1024 * 1024 };

struct arena_block {
	struct arena_block *older;
	size_t size; /* of what follows the head */
};

static const size_t head_size = (sizeof(struct arena_block) + ALIGN - 1) / ALIGN * ALIGN;

static _Thread_local struct memory_guard *guards;

void memory_guard_start(struct memory_guard *guard)
{
	guard->outer = guards;
	guards = guard;
}

void memory_guard_end(struct memory_guard *guard)
{
	guards = guard->outer;
}

void out_of_memory(void)
{
	struct memory_guard *guard = guards;

	if (guard) {
		guards = guard->outer;
		longjmp(guard->back, 1);
	}
	(void)fputs("cc2oscam: out of memory\n", stderr);
	exit(2);
}

void need_memory(size_t size)
{
	volatile char *memory = malloc(size);

	if (!memory)
		out_of_memory();
	*memory = 0; /* or the compiler leaves all of this out */
	free((char *)memory);
}

void arena_init(struct arena *arena)
{
	*arena = (struct arena){0};
}

void *memory_take(size_t size)
{
	void *memory = NULL;

	if (size < HUGE_PAGE)
		return malloc(size);
	if (posix_memalign(&memory, HUGE_PAGE, size) != 0)
		return NULL;
#ifdef MADV_HUGEPAGE
	(void)madvise(memory, size / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
#endif
	return memory;
}

/* Blocks double up to a bound, so that few are needed and little is left unused. */
static void add_block(struct arena *arena, size_t size)
{
	size_t room = arena->blocks ? arena->blocks->size * 2 : arena->first ? arena->first : BLOCK_FIRST;

	if (room > BLOCK_LARGEST)
		room = BLOCK_LARGEST;
	if (room < size)
		room = size;
	if (room > SIZE_MAX - head_size)
		out_of_memory();

	struct arena_block *block = memory_take(head_size + room);
	if (!block)
		out_of_memory();
	block->older = arena->blocks;
	block->size = room;
	arena->blocks = block;
	arena->next = (char *)block + head_size;
	arena->left = room;
	arena->total += head_size + room;
}

/* Bytes up to the next aligned address. */
static size_t padding(const struct arena *arena)
{
	return (ALIGN - (uintptr_t)arena->next % ALIGN) % ALIGN;
}

char *arena_bytes(struct arena *arena, size_t size)
{
	if (!arena->next || size > arena->left)
		add_block(arena, size);

	char *bytes = arena->next;
	arena->next += size;
	arena->left -= size;
	return bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t skip = padding(arena);

	if (size > SIZE_MAX - 2 * ALIGN)
		out_of_memory();
	if (!arena->next || arena->left < skip + size) {
		add_block(arena, size + ALIGN);
		skip = padding(arena);
	}
	arena->next += skip;
	arena->left -= skip;
	return arena_bytes(arena, size);
}

void *arena_zero(struct arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(arena, count * size);
}

/* The largest block stays, so that a worker that goes through many receivers stops asking for memory. */
void arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->blocks;

	for (struct arena_block *block = arena->blocks; block; block = block->older)
		if (block->size > keep->size)
			keep = block;
	for (struct arena_block *block = arena->blocks, *older; block; block = older) {
		older = block->older;
		if (block != keep)
			free(block);
	}
	arena_init(arena);
	if (!keep)
		return;
	keep->older = NULL;
	arena->blocks = keep;
	arena->next = (char *)keep + head_size;
	arena->left = keep->size;
	arena->total = head_size + keep->size;
}

void arena_free(struct arena *arena)
{
	for (struct arena_block *block = arena->blocks, *older; block; block = older) {
		older = block->older;
		free(block);
	}
	arena_init(arena);
}

void list_init(struct list *list, struct arena *arena, size_t item_size)
{
	*list = (struct list){.arena = arena, .item_size = item_size};
}

/* Block k holds LIST_FIRST << k items and starts at item LIST_FIRST * (2^k - 1). */
static unsigned block_of(uint32_t index, uint32_t *within)
{
	uint64_t shifted = (uint64_t)index + LIST_FIRST;
	unsigned block = (unsigned)(__builtin_clzll(LIST_FIRST) - __builtin_clzll(shifted));

	*within = (uint32_t)(shifted - ((uint64_t)LIST_FIRST << block));
	return block;
}

void *list_at(const struct list *list, uint32_t index)
{
	uint32_t within;
	unsigned block = block_of(index, &within);

	return list->blocks[block] + within * list->item_size;
}

void *list_add(struct list *list)
{
	uint32_t within;

	if (list->count == UINT32_MAX - LIST_FIRST)
		out_of_memory();
	unsigned block = block_of(list->count, &within);
	if (!list->blocks[block])
		list->blocks[block] = arena_array(list->arena, (size_t)LIST_FIRST << block, list->item_size);
	list->count++;
	return memset(list->blocks[block] + within * list->item_size, 0, list->item_size);
}
