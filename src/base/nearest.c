/* The nearest of several words. See nearest.h. */
#include "cc2oscam/nearest.h"

#include <stdbool.h>
#include <stdint.h>

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

uint32_t letter_set(struct slice word)
{
	uint32_t set = 0;

	for (size_t i = 0; i < word.len; i++)
		set |= UINT32_C(1) << (word.at[i] & 31);
	return set;
}

bool letters_differ(uint32_t a, uint32_t b, size_t most)
{
	size_t differ = 0;

	for (uint32_t left = a ^ b; left; left &= left - 1)
		differ++;
	return differ > 2 * most;
}

const char *nearest(struct slice word, const char *const *names, size_t count)
{
	const char *best = NULL;
	char small[ROOM];

	if (word.len >= ROOM)
		return NULL;
	for (size_t i = 0; i < word.len; i++)
		small[i] = to_lower(word.at[i]);
	struct slice written = {small, word.len};
	uint32_t letters = letter_set(written);
	size_t least = written.len > 3 ? written.len / 3 + 1 : written.len / 2;

	for (size_t i = 0; i < count; i++) {
		if (letters_differ(letters, letter_set(slice_of(names[i])), least))
			continue;
		size_t edits = edit_distance(written, slice_of(names[i]), least);
		if (edits <= least) {
			least = edits;
			best = names[i];
		}
	}
	return best;
}
