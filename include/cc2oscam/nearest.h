/* What a mistyped word was probably meant to be. */
#ifndef CC2OSCAM_NEAREST_H
#define CC2OSCAM_NEAREST_H

#include "cc2oscam/text.h"

/* How many letters have to be changed, added or left out to make one of the other; most + 1 stands for more
 * than `most`, and for a `b` of 64 bytes and more. */
size_t edit_distance(struct slice a, struct slice b, size_t most);

/* A bit for each letter that the word has. A wrong letter changes two of them at most: most words are told
 * apart by that alone. */
uint32_t letter_set(struct slice word);
bool letters_differ(uint32_t a, uint32_t b, size_t most);

/* The one of `names`, which are in small letters, that is nearest to `word` by letters changed, added or left
 * out, be they large or small; NULL when none is near. Words and names of 64 bytes and more are never near.
 */
const char *nearest(struct slice word, const char *const *names, size_t count);

#endif
