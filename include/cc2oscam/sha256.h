/* SHA-256 (FIPS 180-4), for the sums in the report and in the record for undo. */
#ifndef CC2OSCAM_SHA256_H
#define CC2OSCAM_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "cc2oscam/text.h"

struct sha256 {
	uint32_t state[8];
	uint64_t length; /* bytes so far */
	unsigned char block[64];
};

void sha256_start(struct sha256 *sum);
void sha256_add(struct sha256 *sum, const void *data, size_t len);
/* 64 lower-case hex digits and a zero. */
void sha256_end(struct sha256 *sum, char hex[65]);
/* The same of a whole text. */
void sha256_text(struct slice text, char hex[65]);

#endif
