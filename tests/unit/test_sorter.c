/* Sorting more than memory holds: the same order as in memory, whatever the sizes; and the file behind it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/sorter.h"

enum { SMALL = 4096, MANY = 50000 };

static struct slice text_of(char *text, size_t room, const char *format, unsigned long number)
{
	return (struct slice){text, (size_t)snprintf(text, room, format, number)};
}

/* Adds `count` records in an order that jumps about; each key twice. */
static void add_many(struct sorter *sorter, uint32_t count)
{
	char key[32], value[32];

	for (uint32_t i = 0; i < count; i++) {
		unsigned long number = (unsigned long)((uint64_t)i * 7919 % count) / 2;
		assert_int_equal(sorter_add(sorter, text_of(key, sizeof key, "key%08lu", number),
					 text_of(value, sizeof value, "%lu", i)),
			0);
	}
	assert_int_equal(sorter_sort(sorter), 0);
}

static void check_many(uint32_t count, size_t memory)
{
	struct sorter *sorter = sorter_new("/tmp", memory);
	struct slice key, value;
	char wanted[32];
	unsigned long before = 0;

	add_many(sorter, count);
	for (uint32_t i = 0; i < count; i++) {
		assert_int_equal(sorter_next(sorter, &key, &value), 1);
		assert_true(slice_equal(key, text_of(wanted, sizeof wanted, "key%08lu", i / 2)));
		unsigned long added = strtoul(arena_copy(*(struct arena **)&(struct arena *){NULL}, value).at, NULL, 10);
		if (i % 2 == 1)
			assert_true(added > before);
		before = added;
	}
	assert_int_equal(sorter_next(sorter, &key, &value), 0);
	assert_int_equal(sorter_next(sorter, &key, &value), 0);
	sorter_free(sorter);
}
