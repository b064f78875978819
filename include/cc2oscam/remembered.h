/* Of each key one value of which something was found out: whoever goes through many receivers need not find
 * it out again for the same value. All zero it holds nothing. */
#ifndef CC2OSCAM_REMEMBERED_H
#define CC2OSCAM_REMEMBERED_H

#include "cc2oscam/schema.h"

/* Longer values are rare. */
enum { REMEMBERED_MOST = 128 };

struct remembered {
	struct slice values[KEY_COUNT];
	char texts[KEY_COUNT][REMEMBERED_MOST]; /* not there where the values themselves stay */
};

/* An empty value is never held. */
static inline bool remembers(const struct remembered *remembered, enum schema_key_id key, struct slice value)
{
	return value.len > 0 && slice_equal(remembered->values[key], value);
}

/* `stays`: the value lives as long as what is remembered. */
static inline void remember(
	struct remembered *remembered, enum schema_key_id key, struct slice value, bool stays)
{
	if (!stays && value.len > REMEMBERED_MOST)
		return;
	if (!stays)
		value.at = memcpy(remembered->texts[key], value.at, value.len);
	remembered->values[key] = value;
}

#endif
