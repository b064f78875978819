/* The check sum is that of RFC 1952, four bits at a time. See archive_end.h. */
#define _XOPEN_SOURCE 700 /* pread */
#include "archive_end.h"

#include <unistd.h>

enum { END_MARK = 512 };

void archive_end_add(struct archive_end *end, const unsigned char *at, size_t len)
{
	static const uint32_t halves[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190,
		0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
	uint32_t crc = ~end->crc;

	for (size_t i = 0; i < len; i++) {
		crc ^= at[i];
		crc = crc >> 4 ^ halves[crc & 15];
		crc = crc >> 4 ^ halves[crc & 15];
		end->zeros = at[i] ? 0 : end->zeros + 1;
	}
	end->crc = ~crc;
	end->len += len;
}

bool archive_end_has_mark(const struct archive_end *end)
{
	return end->zeros >= END_MARK;
}

static uint32_t little_endian(const unsigned char at[4])
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Whether another gzip file may stand behind the first, by the bytes that each begins with. */
static bool may_be_several(int file)
{
	unsigned char block[4096 + 2];
	off_t at = 1;
	ssize_t len;

	while ((len = pread(file, block, sizeof block, at)) > 2) {
		for (ssize_t i = 0; i + 2 < len; i++)
			if (block[i] == 0x1f && block[i + 1] == 0x8b && block[i + 2] == 8)
				return true;
		at += len - 2;
	}
	return false;
}

bool archive_end_fits_gzip(const struct archive_end *end, int file, uint64_t size)
{
	unsigned char last[8];

	if (pread(file, last, sizeof last, (off_t)size - (off_t)sizeof last) != (ssize_t)sizeof last)
		return false;
	return (little_endian(last) == end->crc && little_endian(last + 4) == (uint32_t)end->len) ||
	       may_be_several(file);
}
