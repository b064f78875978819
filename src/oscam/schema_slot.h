/* The hash under which schema.c finds a key: made of the section, the length and four letters of the name.
 * The case bit is set in every letter, so that names differing in case only meet. */
#ifndef CC2OSCAM_SCHEMA_SLOT_H
#define CC2OSCAM_SCHEMA_SLOT_H

#include "cc2oscam/schema.h"

enum { SCHEMA_SLOTS = 2048, SCHEMA_NAME_MAX = 63 };

/* `name` is not empty. */
static inline unsigned schema_slot(enum schema_section section, struct slice name)
{
	uint32_t first = (unsigned char)name.at[0] | 0x20u;
	uint32_t middle = (unsigned char)name.at[name.len / 2] | 0x20u;
	uint32_t near_end = (unsigned char)name.at[name.len - (name.len > 1 ? 2 : 1)] | 0x20u;
	uint32_t last = (unsigned char)name.at[name.len - 1] | 0x20u;
	uint32_t mixed = first | middle << 8 | near_end << 16 | last << 24;

	mixed = (mixed ^ (uint32_t)section * 0x9e3779b1u ^ (uint32_t)name.len * 0x85ebca77u) * 0xc2b2ae3du;
	mixed ^= mixed >> 15;
	return mixed * 0x27d4eb2fu >> 21;
}

#endif
