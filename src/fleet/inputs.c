/* INPUTs by where they really are. See inputs.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "inputs.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "cc2oscam/root_file.h"
#include "cc2oscam/platform.h"
#include "walk.h"

/* Where an INPUT is. */
struct input_place {
	const struct input_name *input;
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

static struct input_place *find_input_places(const struct input_name *inputs, uint32_t count)
{
	struct input_place *places = calloc(count + 1, sizeof *places);
	struct stat status;

	if (!places)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++) {
		struct input_place *place = &places[i];
		place->input = &inputs[i];
		place->memory = realpath(inputs[i].path, NULL);
		if (!place->memory)
			place->memory = own_copy(slice_of(inputs[i].path));
		place->real = place->memory;
		if (stat(inputs[i].path, &status) != 0)
			continue;
		place->there = true;
		place->folder = S_ISDIR(status.st_mode);
		place->device = status.st_dev;
		place->number = status.st_ino;
	}
	return places;
}

static void free_input_places(struct input_place *places, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		free(places[i].memory);
	free(places);
}

/* A folder comes right before what lies in it: / is the lowest byte. */
static int compare_places(const void *a, const void *b)
{
	const char *x = ((const struct input_place *)a)->real, *y = ((const struct input_place *)b)->real;

	while (*x && *x == *y)
		x++, y++;
	int one = *x == '/' ? 1 : (unsigned char)*x << 1, other = *y == '/' ? 1 : (unsigned char)*y << 1;
	return (one > other) - (one < other);
}

static int compare_files(const void *a, const void *b)
{
	const struct input_place *x = a, *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static bool is_same(const struct input_place *one, const struct input_place *other)
{
	if (one->there && other->there)
		return one->device == other->device && one->number == other->number;
	return !one->there && !other->there && strcmp(one->real, other->real) == 0;
}

static bool say_same(const struct input_place *one, const struct input_place *other, struct buffer *why)
{
	const char *a = one->input->path, *b = other->input->path;

	if (strcmp(a, b) == 0)
		buffer_format(why, "the INPUT %s is named twice: name it once", a);
	else
		buffer_format(why, "the INPUTs %s and %s are the same: leave one of them out", a, b);
	return false;
}

static bool are_apart(struct input_place *places, uint32_t count, struct buffer *why)
{
	qsort(places, count, sizeof *places, compare_files);
	for (uint32_t i = 1; i < count; i++)
		if (is_same(&places[i - 1], &places[i]))
			return say_same(&places[i - 1], &places[i], why);
	qsort(places, count, sizeof *places, compare_places);
	for (uint32_t i = 1; i < count; i++) {
		const struct input_place *above = &places[i - 1], *at = &places[i];
		if (is_same(above, at))
			return say_same(above, at, why);
		if (!above->folder || !at->there || !path_leads_into(at->real, above->real))
			continue;
		buffer_format(why,
			"the INPUT %s lies within the INPUT %s, which is searched: leave one of them out",
			at->input->path, above->input->path);
		return false;
	}
	return true;
}

bool inputs_are_apart(const struct input_name *inputs, uint32_t count, struct buffer *why)
{
	struct input_place *places = find_input_places(inputs, count);
	bool apart = are_apart(places, count, why);

	free_input_places(places, count);
	return apart;
}

/* The INPUT that is this folder; the places are sorted by their places. */
static const struct input_place *input_at(
	const struct input_place *places, uint32_t count, const char *folder)
{
	struct input_place wanted = {.real = folder};
	const struct input_place *found = bsearch(&wanted, places, count, sizeof *places, compare_places);

	return found && found->folder ? found : NULL;
}

/* The INPUT that this folder below the output is or lies in; the output itself lies in none that matters. */
static const struct input_place *input_above(
	const struct input_place *places, uint32_t count, char *folder, size_t output_len)
{
	const struct input_place *found = input_at(places, count, folder);

	for (size_t at = strlen(folder); !found && at > output_len; at--) {
		if (folder[at] != '/')
			continue;
		folder[at] = '\0';
		found = input_at(places, count, folder);
		folder[at] = '/';
	}
	return found;
}

/* With several INPUTs their receivers have their folders below the names of the INPUTs. */
static const struct input_place *input_of_outputs(
	const struct input_place *places, const struct input_name *inputs, uint32_t count, const char *real)
{
	const struct input_place *found = NULL;
	struct arena arena;

	arena_init(&arena);
	for (uint32_t i = 0; count > 1 && !found && i < count; i++) {
		struct wish wish = {.path = inputs[i].text, .file = inputs[i].file};
		struct slice name = name_wish(&arena, &wish);
		struct slice folder = arena_format(&arena, "%s/%.*s", real[1] ? real : "", SLICE_ARG(name));
		char *text = own_copy(folder);
		found = input_above(places, count, text, strlen(real));
		free(text);
		arena_reset(&arena);
	}
	arena_free(&arena);
	return found;
}

/* Up to the first receiver, whose place goes into the buffer. */
static bool take_receiver(void *place, const struct found *found)
{
	if (found->kind == FOUND_FAILED || found->kind == FOUND_BARE || found->kind == FOUND_PASSED)
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

static bool lies_in_any(const struct input_place *places, uint32_t count, const char *real)
{
	for (uint32_t i = 0; i < count; i++)
		if (places[i].there && places[i].folder && path_leads_into(real, places[i].real))
			return true;
	return false;
}

bool output_is_apart(const struct input_name *inputs, uint32_t count, const char *output, struct buffer *why)
{
	char *real = realpath(output, NULL);
	struct input_place *places = find_input_places(inputs, count);
	const struct input_place *found = NULL;

	qsort(places, count, sizeof *places, compare_places);
	if (real)
		found = input_at(places, count, real);
	if (real && !found)
		found = input_of_outputs(places, inputs, count, real);
	if (found)
		buffer_format(why,
			"what is written to %s would lie in the INPUT %s, and be searched the next time: "
			"name another folder with -o",
			output, found->input->path);
	bool holds = real && !found && lies_in_any(places, count, real) && holds_receiver(output, why);
	free_input_places(places, count);
	free(real);
	return !found && !holds;
}
