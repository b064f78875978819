/* What a mistyped word was probably meant to be. */
#ifndef CC2OSCAM_NEAREST_H
#define CC2OSCAM_NEAREST_H

#include <stddef.h>

/* The one of `names` that is nearest to `word` by letters changed, added or left out; NULL when none is near.
 * Names of 64 bytes and more are never it. */
const char *nearest(const char *word, const char *const *names, size_t count);

#endif
