/* The nearest of several words. See nearest.h. */
#include "cc2oscam/nearest.h"

#include <stdint.h>
#include <string.h>

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters have to be changed, added or left out to make one word of the other. */
static size_t distance(const char *a, const char *b)
{
	size_t row[64], width = strlen(b);

	if (width >= sizeof row / sizeof *row)
		return SIZE_MAX;
	for (size_t i = 0; i <= width; i++)
		row[i] = i;
	for (size_t done = 1; *a; a++, done++) {
		size_t corner = row[0];
		row[0] = done;
		for (size_t i = 1; i <= width; i++) {
			size_t changed = corner + (*a != b[i - 1]);
			corner = row[i];
			row[i] = smaller(changed, smaller(row[i], row[i - 1]) + 1);
		}
	}
	return row[width];
}

const char *nearest(const char *word, const char *const *names, size_t count)
{
	const char *best = NULL;
	size_t least = strlen(word) / 3 + 1;

	for (size_t i = 0; i < count; i++) {
		size_t edits = distance(word, names[i]);
		if (edits <= least) {
			least = edits;
			best = names[i];
		}
	}
	return best;
}
