/* INPUTs by where they really are. See inputs.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "inputs.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "cc2oscam/inside.h"
#include "cc2oscam/platform.h"
#include "walk.h"

/* Where an INPUT is. */
struct spot {
	const struct label *label;
	char *memory;     /* malloc'ed */
	const char *real; /* in it; of what is not there the path that was asked for */
	bool there, folder;
	dev_t device;
	ino_t number;
};

static char *own_copy(struct slice text)
{
	char *copy = strndup(text.at, text.len);

	if (!copy)
		out_of_memory();
	return copy;
}

static struct spot *find_spots(const struct label *labels, uint32_t count)
{
	struct spot *spots = calloc(count + 1, sizeof *spots);
	struct stat status;

	if (!spots)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++) {
		struct spot *spot = &spots[i];
		spot->label = &labels[i];
		spot->memory = realpath(labels[i].path, NULL);
		if (!spot->memory)
			spot->memory = own_copy(slice_of(labels[i].path));
		spot->real = spot->memory;
		if (stat(labels[i].path, &status) != 0)
			continue;
		spot->there = true;
		spot->folder = S_ISDIR(status.st_mode);
		spot->device = status.st_dev;
		spot->number = status.st_ino;
	}
	return spots;
}

static void free_spots(struct spot *spots, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		free(spots[i].memory);
	free(spots);
}

/* A folder comes right before what lies in it: / is the lowest byte. */
static int compare_places(const void *a, const void *b)
{
	const char *x = ((const struct spot *)a)->real, *y = ((const struct spot *)b)->real;

	while (*x && *x == *y)
		x++, y++;
	int one = *x == '/' ? 1 : (unsigned char)*x << 1, other = *y == '/' ? 1 : (unsigned char)*y << 1;
	return (one > other) - (one < other);
}

static int compare_files(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static bool is_same(const struct spot *one, const struct spot *other)
{
	if (one->there && other->there)
		return one->device == other->device && one->number == other->number;
	return !one->there && !other->there && strcmp(one->real, other->real) == 0;
}

static bool say_same(const struct spot *one, const struct spot *other, struct buffer *why)
{
	const char *a = one->label->path, *b = other->label->path;

	if (strcmp(a, b) == 0)
		buffer_format(why, "the INPUT %s is named twice: name it once", a);
	else
		buffer_format(why, "the INPUTs %s and %s are the same: leave one of them out", a, b);
	return false;
}

static bool are_apart(struct spot *spots, uint32_t count, struct buffer *why)
{
	qsort(spots, count, sizeof *spots, compare_files);
	for (uint32_t i = 1; i < count; i++)
		if (is_same(&spots[i - 1], &spots[i]))
			return say_same(&spots[i - 1], &spots[i], why);
	qsort(spots, count, sizeof *spots, compare_places);
	for (uint32_t i = 1; i < count; i++) {
		const struct spot *above = &spots[i - 1], *at = &spots[i];
		if (is_same(above, at))
			return say_same(above, at, why);
		if (!above->folder || !at->there || !path_leads_into(at->real, above->real))
			continue;
		buffer_format(why,
			"the INPUT %s lies within the INPUT %s, which is searched: leave one of them out",
			at->label->path, above->label->path);
		return false;
	}
	return true;
}

bool inputs_are_apart(const struct label *labels, uint32_t count, struct buffer *why)
{
	struct spot *spots = find_spots(labels, count);
	bool apart = are_apart(spots, count, why);

	free_spots(spots, count);
	return apart;
}

/* The INPUT that is this folder; the spots are sorted by their places. */
static const struct spot *spot_of(const struct spot *spots, uint32_t count, const char *folder)
{
	struct spot wanted = {.real = folder};
	const struct spot *found = bsearch(&wanted, spots, count, sizeof *spots, compare_places);

	return found && found->folder ? found : NULL;
}

/* The INPUT that this folder below the output is or lies in; the output itself lies in none that matters. */
static const struct spot *spot_above(
	const struct spot *spots, uint32_t count, char *folder, size_t output_len)
{
	const struct spot *found = spot_of(spots, count, folder);

	for (size_t at = strlen(folder); !found && at > output_len; at--) {
		if (folder[at] != '/')
			continue;
		folder[at] = '\0';
		found = spot_of(spots, count, folder);
		folder[at] = '/';
	}
	return found;
}

/* With several INPUTs their receivers have their folders below the labels. */
static const struct spot *spot_of_labels(
	const struct spot *spots, const struct label *labels, uint32_t count, const char *real)
{
	const struct spot *found = NULL;
	struct arena arena;

	arena_init(&arena);
	for (uint32_t i = 0; count > 1 && !found && i < count; i++) {
		struct wish wish = {.path = labels[i].text, .file = labels[i].file};
		struct slice label = name_wish(&arena, &wish);
		struct slice folder = arena_format(&arena, "%s/%.*s", real[1] ? real : "", SLICE_ARG(label));
		char *text = own_copy(folder);
		found = spot_above(spots, count, text, strlen(real));
		free(text);
		arena_reset(&arena);
	}
	arena_free(&arena);
	return found;
}

/* Up to the first receiver, whose place goes into the buffer. */
static bool take_receiver(void *place, const struct found *found)
{
	if (found->kind == FOUND_FAILED || found->kind == FOUND_BARE)
		return true;
	buffer_add_slice(place, found->below.len > 0 ? found->below : found->file);
	return false;
}

/* Whether a receiver is in the folder, which is searched no more when it is the output. */
static bool holds_receiver(const char *folder, struct buffer *why)
{
	struct buffer place = {0};

	walk_all(folder, NULL, take_receiver, &place);
	bool holds = place.len > 0;
	if (holds)
		buffer_format(why,
			"%s holds a receiver itself (%.*s) and lies in an INPUT, of which it would not be "
			"searched: "
			"name another folder with -o",
			folder, SLICE_ARG(buffer_slice(&place)));
	buffer_free(&place);
	return holds;
}

static bool lies_in_any(const struct spot *spots, uint32_t count, const char *real)
{
	for (uint32_t i = 0; i < count; i++)
		if (spots[i].there && spots[i].folder && path_leads_into(real, spots[i].real))
			return true;
	return false;
}

bool output_is_apart(const struct label *labels, uint32_t count, const char *output, struct buffer *why)
{
	char *real = realpath(output, NULL);
	struct spot *spots = find_spots(labels, count);
	const struct spot *found = NULL;

	qsort(spots, count, sizeof *spots, compare_places);
	if (real)
		found = spot_of(spots, count, real);
	if (real && !found)
		found = spot_of_labels(spots, labels, count, real);
	if (found)
		buffer_format(why,
			"what is written to %s would lie in the INPUT %s, and be searched the next time: "
			"name another folder with -o",
			output, found->label->path);
	bool holds = real && !found && lies_in_any(spots, count, real) && holds_receiver(output, why);
	free_spots(spots, count);
	free(real);
	return !found && !holds;
}
