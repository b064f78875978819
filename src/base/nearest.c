/* The nearest of several words. See nearest.h. */
#include "cc2oscam/nearest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One more than the longest name. */
enum { ROOM = 64 };

size_t edit_distance(struct slice a, struct slice b, size_t most)
{
	size_t row[ROOM];

	if (b.len >= ROOM || a.len > b.len + most || b.len > a.len + most)
		return most + 1;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t corner = row[0], lowest = row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t changed = corner + (a.at[i - 1] != b.at[j - 1]);
			corner = row[j];
			row[j] = smaller(changed, smaller(row[j], row[j - 1]) + 1);
			lowest = smaller(lowest, row[j]);
		}
		if (lowest > most)
			return most + 1;
	}
	return smaller(row[b.len], most + 1);
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

const char *nearest(struct slice word, const char *const *names, size_t count)
{
	const char *best = NULL;
	char small[ROOM] = "";

	if (word.len >= ROOM)
		return NULL;
	for (size_t i = 0; i < word.len; i++)
		small[i] = to_lower(word.at[i]);
	struct outline outline = outline_of(small);
	size_t least = outline.len / 3 + 1;

	for (size_t i = 0; i < count; i++) {
		if (far_apart(outline, outline_of(names[i]), least))
			continue;
		size_t edits = edit_distance(slice_of(small), slice_of(names[i]), least);
		if (edits <= least) {
			least = edits;
			best = names[i];
		}
	}
	return best;
}
