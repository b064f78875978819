/* Sorting more than memory holds: the same order as in memory, whatever the sizes; and the file behind it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/sorter.h"

enum { SMALL = 4096, ALL = 1 << 20, MANY = 20000 };

static const char *folder(void)
{
	const char *temporary = getenv("TMPDIR");

	return temporary && *temporary ? temporary : "/tmp";
}

static struct slice text_of(char *text, size_t room, const char *format, unsigned long number)
{
	return (struct slice){text, (size_t)snprintf(text, room, format, number)};
}

static unsigned long number_of(struct slice text)
{
	uint64_t number;

	assert_true(parse_decimal(text, UINT32_MAX, &number));
	return (unsigned long)number;
}

/* Each key twice, in an order that jumps about; the value says when it was added. */
static void add_many(struct sorter *sorter, uint32_t count)
{
	char key[32], value[32];

	for (uint32_t i = 0; i < count; i++) {
		unsigned long number = (unsigned long)((uint64_t)i * 7919 % count) / 2;
		struct slice k = text_of(key, sizeof key, "key%08lu", number);
		struct slice v = text_of(value, sizeof value, "%lu", i);
		assert_int_equal(sorter_add(sorter, k, v), 0);
	}
	assert_int_equal(sorter_sort(sorter), 0);
}

static void check_many(uint32_t count, size_t memory)
{
	struct sorter *sorter = sorter_new(folder(), memory);
	struct slice key, value;
	unsigned long before = 0;
	char wanted[32];

	add_many(sorter, count);
	for (uint32_t i = 0; i < count; i++) {
		assert_int_equal(sorter_next(sorter, &key, &value), 1);
		assert_true(slice_equal(key, text_of(wanted, sizeof wanted, "key%08lu", i / 2)));
		unsigned long added = number_of(value);
		if (i % 2 == 1)
			assert_true(added > before);
		before = added;
	}
	assert_int_equal(sorter_next(sorter, &key, &value), 0);
	assert_int_equal(sorter_next(sorter, &key, &value), 0);
	sorter_free(sorter);
}

static void test_memory(void **state)
{
	(void)state;
	check_many(2, ALL);
	check_many(5000, ALL);
}

/* Some 250 runs: merged in two levels, and the rest at the end. */
static void test_runs(void **state)
{
	(void)state;
	check_many(MANY, SMALL);
	check_many(MANY, SMALL * 4);
	check_many(200, SMALL);
}

static void test_empty(void **state)
{
	struct sorter *sorter = sorter_new(folder(), SMALL);
	struct slice key, value;

	(void)state;
	assert_int_equal(sorter_sort(sorter), 0);
	assert_int_equal(sorter_next(sorter, &key, &value), 0);
	sorter_free(sorter);
	sorter_free(NULL);
}

/* Empty keys and values, zeros in them, and a key that is the start of another one. */
static void test_bytes(void **state)
{
	static const struct slice keys[] = {{"b\0b", 3}, {"", 0}, {"b\0", 2}, {"\xff", 1}, {"b", 1}};
	static const int order[] = {1, 4, 2, 0, 3};
	struct sorter *sorter = sorter_new(folder(), SMALL);
	struct slice key, value;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(sorter_add(sorter, keys[i], (struct slice){NULL, 0}), 0);
	assert_int_equal(sorter_sort(sorter), 0);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(sorter_next(sorter, &key, &value), 1);
		assert_true(slice_equal(key, keys[order[i]]));
		assert_int_equal(value.len, 0);
	}
	sorter_free(sorter);
}

/* Records larger than the memory, and than what is read at once. */
static void test_large(void **state)
{
	struct sorter *sorter = sorter_new(folder(), SMALL);
	char *text = malloc(100000);
	struct slice key, value;

	(void)state;
	assert_non_null(text);
	for (int i = 0; i < 40; i++) {
		size_t len = (size_t)(i * 2371 % 40) * 2500;
		memset(text, 'a' + i % 26, 100000);
		assert_int_equal(
			sorter_add(sorter, (struct slice){text, len / 2}, (struct slice){text, len}), 0);
	}
	assert_int_equal(sorter_sort(sorter), 0);
	struct buffer before = {0};
	for (int i = 0; i < 40; i++) {
		assert_int_equal(sorter_next(sorter, &key, &value), 1);
		assert_true(slice_compare(buffer_slice(&before), key) <= 0);
		assert_int_equal(value.len / 2, key.len);
		if (value.len > 0)
			assert_int_equal(value.at[0], value.at[value.len - 1]);
		before.len = 0;
		buffer_add_slice(&before, key);
	}
	assert_int_equal(sorter_next(sorter, &key, &value), 0);
	buffer_free(&before);
	free(text);
	sorter_free(sorter);
}

/* No file can be made: the failure comes when memory is full, not before. */
static void test_no_folder(void **state)
{
	struct sorter *sorter = sorter_new("/nowhere/at/all", SMALL);
	struct slice key = SLICE("a key of some length, to fill what there is");
	int result = 0, added = 0;

	(void)state;
	for (; result == 0 && added < MANY; added++)
		result = sorter_add(sorter, key, key);
	assert_int_equal(result, -1);
	assert_int_equal(errno, ENOENT);
	assert_true(added > 20);
	sorter_free(sorter);
}

static void test_spill(void **state)
{
	struct spill spill;
	char text[64];
	uint64_t places[3000];

	(void)state;
	spill_init(&spill, folder());
	for (unsigned long i = 0; i < 3000; i++) {
		struct slice line = text_of(text, sizeof text, "line %lu\n", i);
		places[i] = spill_end(&spill);
		assert_int_equal(spill_add(&spill, line.at, line.len), 0);
	}
	for (unsigned long i = 0; i < 3000; i++) {
		char wanted[64];
		struct slice line = text_of(wanted, sizeof wanted, "line %lu\n", i);
		assert_int_equal(spill_read(&spill, places[i], text, line.len), 0);
		assert_memory_equal(text, wanted, line.len);
	}
	assert_int_equal(spill_read(&spill, spill_end(&spill), text, 1), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(spill_read(&spill, UINT64_MAX, text, 2), -1);
	assert_int_equal(ftruncate(spill.file, 10), 0); /* somebody else's fault: an error, no endless loop */
	assert_int_equal(spill_read(&spill, 5, text, 20), -1);
	assert_int_equal(errno, EIO);
	spill_free(&spill);
}

/* The file has no name as soon as it is made, and only its owner could read it. */
static void test_no_name(void **state)
{
	char place[] = "/tmp/cc2oscam-XXXXXX";
	struct spill spill;
	char text[40000] = {0};

	(void)state;
	assert_non_null(mkdtemp(place));
	spill_init(&spill, place);
	assert_int_equal(spill_add(&spill, text, sizeof text), 0);
	assert_int_equal(spill_add(&spill, text, sizeof text), 0);
	assert_true(spill.file >= 0);
	assert_true(fcntl(spill.file, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(rmdir(place), 0);
	spill_free(&spill);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_no_folder),
		cmocka_unit_test(test_spill),
		cmocka_unit_test(test_no_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
