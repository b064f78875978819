/* The arena: alignment, zeroes, large pieces, reuse after a reset; and lists that never move what they hold.
 */
#include "unit.h"
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

enum { ITEMS = 70000, LARGE = 3 * 1024 * 1024 };

TEST(test_pieces_are_aligned_and_apart)
{
	struct arena arena FREED_BY(arena_free) = {0};
	unsigned char *pieces[400];

	for (size_t i = 0; i < 400; i++) {
		*arena_bytes(&arena, 1) = 'x';
		pieces[i] = arena_alloc(&arena, i);
		assert_int_equal((uintptr_t)pieces[i] % sizeof(uint64_t), 0);
		memset(pieces[i], (int)(i & 0xff), i);
	}
	for (size_t i = 0; i < 400; i++)
		for (size_t k = 0; k < i; k++)
			assert_int_equal(pieces[i][k], i & 0xff);
}

TEST(test_nothing_at_all)
{
	struct arena arena;

	arena_init(&arena);
	(void)arena_zero(&arena, 0);
	(void)arena_array(&arena, 0, 8);
	(void)arena_bytes(&arena, 0);
	arena_reset(&arena);
	arena_free(&arena);
	assert_int_equal(arena.total, 0);
}

TEST(test_zeroed_memory)
{
	struct arena arena FREED_BY(arena_free) = {0};

	memset(arena_alloc(&arena, 5000), 0xff, 5000);
	arena_reset(&arena);
	const unsigned char *zeroes = arena_zero(&arena, 5000);
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(zeroes[i], 0);
}

TEST(test_large_pieces)
{
	struct arena arena FREED_BY(arena_free) = {0};

	for (int i = 0; i < 4; i++) {
		char *large = arena_alloc(&arena, LARGE + (size_t)i);
		large[0] = large[LARGE - 1] = 'x';
	}
	assert_true(arena.total >= 4 * (size_t)LARGE);
}

/* A worker that resets its arena needs no more memory the next time. */
TEST(test_reset_keeps_one_block)
{
	struct arena arena FREED_BY(arena_free) = {0};

	(void)arena_alloc(&arena, 1000);
	size_t first = arena.total;
	for (int i = 0; i < 100; i++) {
		arena_reset(&arena);
		(void)arena_alloc(&arena, 1000);
	}
	assert_int_equal(arena.total, first);
	for (int i = 0; i < 1000; i++)
		(void)arena_alloc(&arena, 1000);
	size_t grown = arena.total;
	arena_reset(&arena);
	assert_true(arena.total <= grown && arena.total > 0);
}

TEST(test_list_keeps_its_items_in_place)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct list list;
	uint64_t *first;

	list_init(&list, &arena, sizeof(uint64_t));
	first = list_add(&list);
	assert_int_equal(*first, 0);
	*first = 1;
	for (uint64_t i = 1; i < ITEMS; i++) {
		uint64_t *item = list_add(&list);
		assert_int_equal(*item, 0);
		*item = i + 1;
	}
	assert_int_equal(list.count, ITEMS);
	assert_ptr_equal(list_at(&list, 0), first);
	for (uint32_t i = 0; i < ITEMS; i++)
		assert_int_equal(*(uint64_t *)list_at(&list, i), i + 1);
}

/* An item taken back is zeroed when it is added again. */
TEST(test_list_that_shrinks)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct list list;

	list_init(&list, &arena, 3);
	for (int i = 0; i < 20; i++)
		memset(list_add(&list), 0xff, 3);
	list.count = 15;
	const unsigned char *again = list_add(&list);
	assert_int_equal(again[0] | again[1] | again[2], 0);
	assert_int_equal(list.count, 16);
}

/* Runs in a child: the program ends with status 2. */
static int status_of(void (*run)(void))
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		assert_int_equal(close(STDERR_FILENO), 0);
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void too_many(void)
{
	struct arena arena;

	arena_init(&arena);
	(void)arena_array(&arena, SIZE_MAX / 2, 3);
}

static void too_large(void)
{
	struct arena arena;

	arena_init(&arena);
	(void)arena_alloc(&arena, SIZE_MAX - 8);
}

TEST(test_impossible_sizes)
{
	assert_int_equal(status_of(too_many), 2);
	assert_int_equal(status_of(too_large), 2);
	assert_int_equal(status_of(out_of_memory), 2);
}
