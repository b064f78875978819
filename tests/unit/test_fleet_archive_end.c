/* Whether an archive is there to its end. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fleet/archive_end.h"

static struct archive_end end_of(const char *text, size_t zeros)
{
	static const unsigned char none[600];
	struct archive_end end = {.len = 0};

	archive_end_add(&end, (const unsigned char *)text, strlen(text));
	archive_end_add(&end, none, zeros);
	return end;
}

static void test_end_mark(void **state)
{
	struct archive_end end = end_of("x", 511);
	assert_false(archive_end_has_mark(&end));
	end = end_of("x", 512);
	assert_true(archive_end_has_mark(&end));
	archive_end_add(&end, (const unsigned char *)"x", 1);
	assert_false(archive_end_has_mark(&end));
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
	static const unsigned char last[] = {1, 2, 3, 0x26, 0x39, 0xf4, 0xcb, 9, 0, 0, 0};
	struct archive_end end = end_of("123456789", 0);

	assert_int_equal(end.crc, 0xcbf43926);
	int file = file_of(last, sizeof last);
	assert_true(archive_end_fits_gzip(&end, file, sizeof last));
	end.crc ^= 1;
	assert_false(archive_end_fits_gzip(&end, file, sizeof last));
	end.crc ^= 1;
	end.len++;
	assert_false(archive_end_fits_gzip(&end, file, sizeof last));
	assert_false(archive_end_fits_gzip(&end, file, 3));
	(void)close(file);
}

/* Where another gzip file may begin, up to the last bytes of a block that is looked through. */
static void test_several(void **state)
{
	struct archive_end end = end_of("x", 0);

	for (size_t at = 0; at < 9000; at += at >= 4080 && at < 4110 ? 1 : 30) {
		unsigned char bytes[9020] = {0};
		memcpy(bytes + at, "\x1f\x8b\x08", 3);
		int file = file_of(bytes, sizeof bytes);
		/* at the very start it is the file itself */
		assert_int_equal(archive_end_fits_gzip(&end, file, sizeof bytes), at > 0);
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
