/* Whether an archive is there to its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fleet/tail.h"

static struct tail tail_of(const char *text, size_t zeros)
{
	static const unsigned char none[600];
	struct tail tail = {.len = 0};

	tail_add(&tail, (const unsigned char *)text, strlen(text));
	tail_add(&tail, none, zeros);
	return tail;
}

static void test_end_mark(void **state)
{
	(void)state;
	struct tail tail = tail_of("x", 511);
	assert_false(tail_has_end_mark(&tail));
	tail = tail_of("x", 512);
	assert_true(tail_has_end_mark(&tail));
	tail_add(&tail, (const unsigned char *)"x", 1);
	assert_false(tail_has_end_mark(&tail));
}

/* A file with these bytes; closed by the caller. */
static int file_of(const void *bytes, size_t len)
{
	char path[] = "/tmp/test_tail-XXXXXX";
	int file = mkstemp(path);

	assert_true(file >= 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(write(file, bytes, len), len);
	return file;
}

/* The sum of "123456789" is the one that every description of CRC-32 has. */
static void test_gzip_sum(void **state)
{
	static const unsigned char end[] = {1, 2, 3, 0x26, 0x39, 0xf4, 0xcb, 9, 0, 0, 0};
	struct tail tail = tail_of("123456789", 0);

	(void)state;
	assert_int_equal(tail.crc, 0xcbf43926);
	int file = file_of(end, sizeof end);
	assert_true(tail_fits_gzip(&tail, file, sizeof end));
	tail.crc ^= 1;
	assert_false(tail_fits_gzip(&tail, file, sizeof end));
	tail.crc ^= 1;
	tail.len++;
	assert_false(tail_fits_gzip(&tail, file, sizeof end));
	assert_false(tail_fits_gzip(&tail, file, 3));
	(void)close(file);
}

/* Where another gzip file may begin, up to the last bytes of a block that is looked through. */
static void test_several(void **state)
{
	struct tail tail = tail_of("x", 0);

	(void)state;
	for (size_t at = 0; at < 9000; at += at >= 4080 && at < 4110 ? 1 : 30) {
		unsigned char bytes[9020] = {0};
		memcpy(bytes + at, "\x1f\x8b\x08", 3);
		int file = file_of(bytes, sizeof bytes);
		/* at the very start it is the file itself */
		assert_int_equal(tail_fits_gzip(&tail, file, sizeof bytes), at > 0);
		(void)close(file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_end_mark),
		cmocka_unit_test(test_gzip_sum),
		cmocka_unit_test(test_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
