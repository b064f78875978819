/* Slices, numbers, hashes and buffers. */
#include "unit.h"
#include <string.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct slice none = {NULL, 0};

TEST(test_equality_and_order)
{
	assert_true(slice_equal(none, SLICE("")));
	assert_true(slice_equal(SLICE("a\0b"), SLICE("a\0b")));
	assert_false(slice_equal(SLICE("a\0b"), SLICE("a\0c")));
	assert_false(slice_equal(SLICE("a"), SLICE("ab")));
	assert_true(slice_equal_nocase(SLICE("aZ[1"), SLICE("Az[1")));
	assert_false(slice_equal_nocase(SLICE("@"), SLICE("`")));
	assert_false(slice_equal_nocase(SLICE("\xc4"), SLICE("\xe4")));
	assert_false(slice_equal_nocase(SLICE("a"), SLICE("ab")));
	assert_true(slice_compare(SLICE("a"), SLICE("ab")) < 0);
	assert_true(slice_compare(SLICE("b"), SLICE("ab")) > 0);
	assert_true(slice_compare(SLICE("\xff"), SLICE("a")) > 0);
	assert_int_equal(slice_compare(SLICE("ab"), SLICE("ab")), 0);
	assert_int_equal(slice_compare(none, SLICE("")), 0);
	assert_true(slice_compare(SLICE("ab"), SLICE("a")) > 0);
	assert_true(slice_starts(SLICE("abc"), SLICE("ab")) && slice_starts(none, none));
	assert_false(slice_starts(SLICE("a"), SLICE("ab")) || slice_starts(SLICE("ba"), SLICE("a")));
}

TEST(test_trim_and_cut)
{
	struct slice rest = SLICE("a,,b");

	assert_true(slice_equal(slice_trim(SLICE(" \t a b\t ")), SLICE("a b")));
	assert_int_equal(slice_trim(SLICE(" \t ")).len, 0);
	assert_int_equal(slice_trim(none).len, 0);
	assert_true(slice_equal(slice_trim(SLICE("\n")), SLICE("\n")));
	assert_true(slice_equal(slice_cut(&rest, ','), SLICE("a")));
	assert_int_equal(slice_cut(&rest, ',').len, 0);
	assert_non_null(rest.at);
	assert_true(slice_equal(slice_cut(&rest, ','), SLICE("b")));
	assert_null(rest.at);
	assert_int_equal(slice_cut(&rest, ',').len, 0);
	rest = SLICE("a,");
	(void)slice_cut(&rest, ',');
	assert_true(rest.at != NULL && rest.len == 0);
}

TEST(test_bytes)
{
	for (int i = 0; i < 256; i++) {
		char c = (char)i;
		assert_int_equal(is_blank(c), i == 32 || i == 9);
		assert_int_equal(is_digit(c), i >= 48 && i <= 57);
		assert_int_equal(is_letter(c), (i >= 65 && i <= 90) || (i >= 97 && i <= 122));
		assert_int_equal(is_control(c), i < 32 || i == 127);
		assert_int_equal((unsigned char)to_lower(c), i >= 65 && i <= 90 ? i + 32 : i);
		assert_int_equal((unsigned char)to_upper(c), i >= 97 && i <= 122 ? i - 32 : i);
		const char *digits = "0123456789abcdef", *found = i ? strchr(digits, to_lower(c)) : NULL;
		assert_int_equal(hex_value(c), found ? found - digits : -1);
	}
	assert_int_equal(find_control(SLICE("ab\x7f")), 2);
	assert_int_equal(find_control(SLICE("\xff \x80")), SIZE_MAX);
	assert_int_equal(find_control(none), SIZE_MAX);
}

TEST(test_decimal)
{
	static const struct {
		const char *text;
		uint64_t max, number;
		bool good;
	} rows[] = {
		{"0", 0, 0, true},
		{"00065535", 65535, 65535, true},
		{"65536", 65535, 0, false},
		{"", 9, 0, false},
		{"-1", 9, 0, false},
		{" 1", 9, 0, false},
		{"1 ", 9, 0, false},
		{"0x1", 99, 0, false},
		{"9", 5, 0, false},
		{"18446744073709551615", UINT64_MAX, UINT64_MAX, true},
		{"18446744073709551616", UINT64_MAX, 0, false},
		{"99999999999999999999999", UINT64_MAX, 0, false},
		{"2147483648", INT32_MAX, 0, false},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t number = 0;
		assert_int_equal(parse_decimal(slice_of(rows[i].text), rows[i].max, &number), rows[i].good);
		if (rows[i].good)
			assert_int_equal(number, rows[i].number);
	}
}

TEST(test_hex)
{
	static const struct {
		const char *text;
		unsigned digits;
		uint32_t number;
		bool good;
	} rows[] = {
		{"0", 4, 0, true},
		{"fFfF", 4, 0xffff, true},
		{"00000", 4, 0, false},
		{"", 4, 0, false},
		{"0x1", 4, 0, false},
		{"g", 4, 0, false},
		{"deadBEEF", 8, 0xdeadbeef, true},
		{"1 ", 4, 0, false},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		uint32_t number = 0;
		assert_int_equal(parse_hex(slice_of(rows[i].text), rows[i].digits, &number), rows[i].good);
		if (rows[i].good)
			assert_int_equal(number, rows[i].number);
	}
}

/* Equal texts have equal hashes wherever they stand; each change of a byte, the length or the seed shows. */
TEST(test_hashes)
{
	char text[64], copy[65];

	memset(text, 'a', sizeof text);
	for (size_t len = 0; len <= sizeof text; len++) {
		struct slice a = {text, len}, b = {copy + 1, len};
		memcpy(copy + 1, text, sizeof text);
		assert_int_equal(slice_hash(a, 7), slice_hash(b, 7));
		assert_true(slice_hash(a, 7) != slice_hash(a, 8));
		for (size_t i = 0; i < len; i++) {
			copy[1 + i] = 'A';
			assert_true(slice_hash(a, 7) != slice_hash(b, 7));
			assert_int_equal(slice_hash_nocase(a, 7), slice_hash_nocase(b, 7));
			copy[1 + i] = 'b';
			assert_true(slice_hash_nocase(a, 7) != slice_hash_nocase(b, 7));
			copy[1 + i] = 'a';
		}
		if (len > 0) {
			a.len--;
			assert_true(slice_hash(a, 7) != slice_hash(b, 7));
			assert_true(slice_hash_nocase(a, 7) != slice_hash_nocase(b, 7));
		}
	}
}

TEST(test_copies_and_formats)
{
	struct arena arena FREED_BY(arena_free) = {0};

	struct slice copy = arena_copy(&arena, (struct slice){"abcdef", 3});
	assert_int_equal(copy.len, 3);
	assert_string_equal(copy.at, "abc");
	assert_string_equal(arena_copy(&arena, none).at, "");
	struct slice made = arena_format(&arena, "%.*s-%d", SLICE_ARG(copy), 42);
	assert_int_equal(made.len, 6);
	assert_string_equal(made.at, "abc-42");
	assert_string_equal(arena_format(&arena, "[%.*s]", SLICE_ARG(none)).at, "[]");
}

TEST(test_buffers)
{
	struct buffer buffer = {0};

	assert_int_equal(buffer_slice(&buffer).len, 0);
	buffer_add(&buffer, NULL, 0);
	for (int i = 0; i < 1000; i++)
		buffer_format(&buffer, "%03d", i);
	assert_int_equal(buffer.len, 3000);
	assert_memory_equal(buffer.at + 2997, "999", 3);
	buffer_add_slice(&buffer, SLICE("\0x"));
	assert_memory_equal(buffer.at + 3000, "\0x", 2);
	assert_true(buffer.room >= buffer.len);
	buffer_free(&buffer);
	assert_null(buffer.at);
	assert_int_equal(buffer.len, 0);
}
