/* A set of groups or services: bit n - 1 is group n, bit n the n-th service from 0 on. OSCam knows 64 of
 * each; from 2.26.04 on 128 where it is built for 64 bits. */
#ifndef CC2OSCAM_BITS_H
#define CC2OSCAM_BITS_H

#include <stdbool.h>
#include <stdint.h>

enum { BITS_KNOWN = 64, BITS_MOST = 128 };

struct bits {
	uint64_t low, high; /* the first 64, and the others */
};

static inline bool bits_any(struct bits a)
{
	return (a.low | a.high) != 0;
}

static inline bool bits_same(struct bits a, struct bits b)
{
	return a.low == b.low && a.high == b.high;
}

static inline struct bits bits_or(struct bits a, struct bits b)
{
	return (struct bits){a.low | b.low, a.high | b.high};
}

static inline struct bits bits_and(struct bits a, struct bits b)
{
	return (struct bits){a.low & b.low, a.high & b.high};
}

static inline struct bits bits_without(struct bits a, struct bits b)
{
	return (struct bits){a.low & ~b.low, a.high & ~b.high};
}

static inline bool bits_meet(struct bits a, struct bits b)
{
	return bits_any(bits_and(a, b));
}

static inline bool bits_has(struct bits a, unsigned index)
{
	return ((index < BITS_KNOWN ? a.low >> index : a.high >> (index - BITS_KNOWN)) & 1) != 0;
}

static inline struct bits bits_one(unsigned index)
{
	return index < BITS_KNOWN ? (struct bits){(uint64_t)1 << index, 0}
				  : (struct bits){0, (uint64_t)1 << (index - BITS_KNOWN)};
}

static inline void bits_add(struct bits *a, unsigned index)
{
	*a = bits_or(*a, bits_one(index));
}

/* Takes the lowest out of the set; false when nothing is left. */
static inline bool bits_take(struct bits *left, unsigned *index)
{
	uint64_t *half = left->low ? &left->low : &left->high, bits = *half;

	if (bits == 0)
		return false;
	*index = left->low ? 0 : BITS_KNOWN;
	for (; !(bits & 1); bits >>= 1)
		++*index;
	*half &= *half - 1;
	return true;
}

static inline unsigned bits_count(struct bits a)
{
	unsigned count = 0, index;

	while (bits_take(&a, &index))
		count++;
	return count;
}

#endif
