/* SHA-256 as FIPS 180-4 describes it. See sha256.h. */
#include "cc2oscam/sha256.h"

#include <string.h>

enum { BLOCK = 64, LENGTH_AT = 56, ROUNDS = 64 };

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t round_constants[ROUNDS] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b,
	0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
	0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3,
	0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354,
	0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
	0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3,
	0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa,
	0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t word, unsigned bits)
{
	return word >> bits | word << (32 - bits);
}

static void schedule(uint32_t words[ROUNDS], const unsigned char *block)
{
	for (int i = 0; i < 16; i++, block += 4)
		words[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
			   (uint32_t)block[3];
	for (int i = 16; i < ROUNDS; i++) {
		uint32_t near = words[i - 2], far = words[i - 15];
		uint32_t small0 = rotate(far, 7) ^ rotate(far, 18) ^ far >> 3;
		uint32_t small1 = rotate(near, 17) ^ rotate(near, 19) ^ near >> 10;
		words[i] = small1 + words[i - 7] + small0 + words[i - 16];
	}
}

/* One round. The eight numbers move on by one place with each; here they stay, and stand in for each other.
 */
static inline void mix_in(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g,
	uint32_t *h, uint32_t word)
{
	uint32_t big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
	uint32_t choice = (e & f) ^ (~e & g);
	uint32_t first = *h + big1 + choice + word;
	uint32_t big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
	uint32_t majority = (a & b) ^ (a & c) ^ (b & c);

	*d += first;
	*h = first + big0 + majority;
}

static void add_block(uint32_t state[8], const unsigned char *block)
{
	uint32_t w[ROUNDS], s[8];
	const uint32_t *k = round_constants;

	schedule(w, block);
	memcpy(s, state, sizeof s);
	for (int i = 0; i < ROUNDS; i += 8) {
		mix_in(s[0], s[1], s[2], &s[3], s[4], s[5], s[6], &s[7], w[i] + k[i]);
		mix_in(s[7], s[0], s[1], &s[2], s[3], s[4], s[5], &s[6], w[i + 1] + k[i + 1]);
		mix_in(s[6], s[7], s[0], &s[1], s[2], s[3], s[4], &s[5], w[i + 2] + k[i + 2]);
		mix_in(s[5], s[6], s[7], &s[0], s[1], s[2], s[3], &s[4], w[i + 3] + k[i + 3]);
		mix_in(s[4], s[5], s[6], &s[7], s[0], s[1], s[2], &s[3], w[i + 4] + k[i + 4]);
		mix_in(s[3], s[4], s[5], &s[6], s[7], s[0], s[1], &s[2], w[i + 5] + k[i + 5]);
		mix_in(s[2], s[3], s[4], &s[5], s[6], s[7], s[0], &s[1], w[i + 6] + k[i + 6]);
		mix_in(s[1], s[2], s[3], &s[4], s[5], s[6], s[7], &s[0], w[i + 7] + k[i + 7]);
	}
	for (int i = 0; i < 8; i++)
		state[i] += s[i];
}

void sha256_start(struct sha256 *sum)
{
	*sum = (struct sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
				       0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(struct sha256 *sum, const void *data, size_t len)
{
	const unsigned char *bytes = data;
	size_t used = (size_t)(sum->length % BLOCK);

	sum->length += len;
	if (used > 0) {
		size_t part = len < BLOCK - used ? len : BLOCK - used;
		if (part > 0)
			memcpy(sum->block + used, bytes, part);
		if (used + part < BLOCK)
			return;
		add_block(sum->state, sum->block);
		bytes += part;
		len -= part;
	}
	for (; len >= BLOCK; bytes += BLOCK, len -= BLOCK)
		add_block(sum->state, bytes);
	if (len > 0)
		memcpy(sum->block, bytes, len);
}

void sha256_end(struct sha256 *sum, char hex[65])
{
	static const unsigned char padding[BLOCK] = {0x80};
	static const char digits[] = "0123456789abcdef";
	uint64_t bits = sum->length * 8;
	size_t used = (size_t)(sum->length % BLOCK);
	unsigned char length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (unsigned char)(bits >> (56 - 8 * i));
	sha256_add(sum, padding, (used < LENGTH_AT ? LENGTH_AT : LENGTH_AT + BLOCK) - used);
	sha256_add(sum, length, sizeof length);
	for (unsigned i = 0; i < 64; i++)
		hex[i] = digits[sum->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
	hex[64] = '\0';
}

void sha256_text(struct slice text, char hex[65])
{
	struct sha256 sum;

	sha256_start(&sum);
	sha256_add(&sum, text.at, text.len);
	sha256_end(&sum, hex);
}
