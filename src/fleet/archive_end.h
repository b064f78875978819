/* Whether a tar archive is there to its end, by what came out of its compression: libarchive takes the end of
 * the file for the end of the archive, and looks at no check sum of gzip. */
#ifndef CC2OSCAM_FLEET_ARCHIVE_END_H
#define CC2OSCAM_FLEET_ARCHIVE_END_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of all bytes so far; begins as zeros. */
struct archive_end {
	uint64_t len, zeros; /* all; those at the end that are 0 */
	uint32_t crc;        /* as gzip has it */
};

void archive_end_add(struct archive_end *end, const unsigned char *at, size_t len);
/* The zeros that POSIX wants at the end, a block of them at least. */
bool archive_end_has_mark(const struct archive_end *end);
/* Whether the bytes are those that the gzip file, of so many bytes, says at its end. Where several may stand
 * in it one after the other, nothing can be said, and they are taken to fit. */
bool archive_end_fits_gzip(const struct archive_end *end, int file, uint64_t size);

#endif
