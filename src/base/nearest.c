/* The nearest of several words. See nearest.h. */
#include "cc2oscam/nearest.h"

#include <stdbool.h>
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

/* Its length, and a bit for each letter that it has. */
struct outline {
	size_t len;
	uint32_t letters;
};

static struct outline outline_of(const char *word)
{
	struct outline outline = {0, 0};

	for (; word[outline.len]; outline.len++)
		outline.letters |= UINT32_C(1) << ((unsigned char)word[outline.len] & 31);
	return outline;
}

/* A change makes at most one more or less of the length, and two of the letters: most words are told apart
 * by that. */
static bool far_apart(struct outline a, struct outline b, size_t least)
{
	size_t longer = a.len > b.len ? a.len - b.len : b.len - a.len, differ = 0;

	for (uint32_t letters = a.letters ^ b.letters; letters; letters &= letters - 1)
		differ++;
	return longer > least || differ > 2 * least;
}

const char *nearest(const char *word, const char *const *names, size_t count)
{
	const char *best = NULL;
	struct outline outline = outline_of(word);
	size_t least = outline.len / 3 + 1;

	for (size_t i = 0; i < count; i++) {
		if (far_apart(outline, outline_of(names[i]), least))
			continue;
		size_t edits = distance(word, names[i]);
		if (edits <= least) {
			least = edits;
			best = names[i];
		}
	}
	return best;
}
