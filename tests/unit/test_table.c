/* The hash table: what was added is found, also with hashes that collide, and after it has grown. */
#include "unit.h"

#include "cc2oscam/table.h"
#include "cc2oscam/text.h"

enum { MANY = 20000 };

static uint32_t times_found(const struct table *table, uint64_t hash, uint32_t wanted)
{
	uint32_t found = 0;

	table_each (walk, table, hash)
		found += walk.number == wanted;
	return found;
}

TEST(test_empty)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct table table;

	table_init(&table, &arena, 0);
	struct table_walk walk = table_find(&table, 0);
	assert_false(table_next(&table, &walk));
}

static uint64_t hash_of(uint32_t i)
{
	return (uint64_t)i * 0x9e3779b97f4a7c15u;
}

static void check_many(uint32_t expected)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct table table;

	table_init(&table, &arena, expected);
	for (uint32_t i = 0; i < MANY; i++)
		table_add(&table, hash_of(i), i);
	assert_true(table.used > MANY - 10);
	for (uint32_t i = 0; i < MANY; i++)
		assert_int_equal(times_found(&table, hash_of(i), i), 1);
	assert_int_equal(times_found(&table, hash_of(MANY + 1), MANY + 1), 0);
}

TEST(test_growth)
{
	check_many(0);
	check_many(MANY);
	check_many(MANY / 3);
}

/* All numbers of one hash come, each once, number 0 among them. */
TEST(test_collisions)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct table table;

	table_init(&table, &arena, 0);
	for (uint32_t i = 0; i < 300; i++)
		table_add(&table, UINT64_MAX, i);
	table_add(&table, UINT64_MAX - 1, 7);
	for (uint32_t i = 0; i < 300; i++)
		assert_int_equal(times_found(&table, UINT64_MAX, i), 1);
	assert_int_equal(times_found(&table, UINT64_MAX - 1, 7), 1);
}

/* Names that differ in three letters only, wherever these stand, are told apart by their tags. */
TEST(test_alike_names)
{
	char name[] = "user-user-user-user-user";
	struct arena arena FREED_BY(arena_free) = {0};

	for (size_t len = 3; len < sizeof name; len++) {
		struct table table;
		uint32_t others = 0;
		size_t at = len % 5 * (len - 3) / 4;
		table_init(&table, &arena, 0);
		for (uint32_t i = 0; i < MANY; i++) {
			char text[sizeof name];
			memcpy(text, name, sizeof name);
			for (uint32_t k = 0, rest = i; k < 3; k++, rest /= 30)
				text[at + k] = (char)('A' + rest % 30);
			uint64_t hash = slice_hash((struct slice){text, len}, 0);
			table_each (walk, &table, hash)
				others++;
			table_add(&table, hash, i);
		}
		assert_in_range(others, 0, MANY / 100);
	}
}

/* Names that are equal, or equal in what is hashed, come by the thousand: each costs as little as the first.
 */
TEST(test_equal_hashes)
{
	enum { EQUAL = 1000000 };
	struct arena arena FREED_BY(arena_free) = {0};
	struct table table;
	uint32_t wanted = 0;

	table_init(&table, &arena, 0);
	for (uint32_t i = 0; i < EQUAL; i++) {
		table_add(&table, 7, i);
		struct table_walk walk = table_find(&table, 7);
		assert_true(table_next(&table, &walk));
		assert_int_equal(walk.number, 0);
	}
	table_each (walk, &table, 7)
		assert_int_equal(walk.number, wanted++);
	assert_int_equal(wanted, EQUAL);
}

/* Two bytes have one hash without case when they are the two cases of a letter, at any place in a word. */
TEST(test_hash_nocase)
{
	char one[11], other[11];

	for (size_t at = 0; at < sizeof one; at += 3)
		for (int a = 0; a < 256; a++)
			for (int b = 0; b < 256; b++) {
				memset(one, 'x', sizeof one);
				memset(other, 'X', sizeof other);
				one[at] = (char)a;
				other[at] = (char)b;
				bool same = slice_hash_nocase((struct slice){one, sizeof one}, 0) ==
					    slice_hash_nocase((struct slice){other, sizeof other}, 0);
				assert_int_equal(same, to_lower((char)a) == to_lower((char)b));
			}
}
