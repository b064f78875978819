/* INPUTs by their paths, and by where they really are. See inputs.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "inputs.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "cc2oscam/path.h"
#include "cc2oscam/places.h"
#include "cc2oscam/platform.h"
#include "cc2oscam/root_file.h"
#include "walk.h"

/* ---- the path of an INPUT ---- */

struct slice cccam_folder(struct slice path, bool *known)
{
	struct slice folder = path;

	*known = cccam_place_of(path, &folder) >= 0;
	return slice_without_slashes(*known ? folder : slice_folder(folder));
}

/* The real path in the arena; NULL for what is not there. */
static const char *real_path(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy = arena_string(arena, real);

	free(real);
	return copy;
}

/* How much of the path goes up to its last "..": behind that it says itself what things are called. */
static size_t behind_last_up(struct slice path)
{
	size_t end = 0;

	for (struct slice rest = path; rest.at;) {
		struct slice part = slice_cut(&rest, '/');
		if (slice_equal(part, SLICE("..")))
			end = (size_t)(part.at + part.len - path.at);
	}
	return end;
}

/* Without ".", ".." and double slashes; empty for the top. Links keep the names that the path gives them. */
static struct slice from_top(struct arena *arena, struct slice path)
{
	size_t up = behind_last_up(path);
	struct slice start = up > 0 ? (struct slice){path.at, up} : SLICE("."), rest = path;
	struct buffer whole = {0};

	if (up > 0 || path.len == 0 || path.at[0] != '/') {
		const char *real = real_path(arena, arena_copy(arena, start).at);
		if (real && real[1])
			buffer_add(&whole, real, strlen(real));
	}
	for (rest.at += up, rest.len -= up; rest.at;) {
		struct slice part = slice_cut(&rest, '/');
		if (part.len == 0 || slice_equal(part, SLICE(".")))
			continue;
		buffer_add(&whole, "/", 1);
		buffer_add_slice(&whole, part);
	}
	return arena_take(arena, &whole);
}

static void find_whole(struct input *input, struct arena *arena)
{
	struct slice path = slice_of(input->path), in = path;
	struct stat status;
	bool known, folder = stat(input->path, &status) == 0 && S_ISDIR(status.st_mode);
	bool cccam = !folder && slice_equal(slice_base(path), SLICE("CCcam.cfg"));

	if (cccam) {
		in = cccam_folder(path, &known);
		size_t skip = in.len + (in.len > 0 && path.at[in.len] == '/');
		input->below = (struct slice){path.at + skip, path.len - skip};
		if (in.len == 0)
			in = SLICE(".");
	}
	input->whole = path.len > 0 ? from_top(arena, in) : path;
	input->file = path.len > 0 && !folder && !cccam;
	input->text = (struct slice){input->whole.at + input->whole.len, 0};
}

/* ---- its last parts ---- */

/* False when there are no more. */
static bool lengthen(struct input *input)
{
	size_t at = (size_t)(input->text.at - input->whole.at);

	if (at < 2)
		return false;
	for (at--; at > 0 && input->whole.at[at - 1] != '/';)
		at--;
	input->text = (struct slice){input->whole.at + at, input->whole.len - at};
	return true;
}

/* All by which inputs are compared. */
struct shortened {
	uint64_t name;  /* that the input gives */
	uint64_t whole; /* the same of the whole path: whether more of it would help */
	uint64_t real;  /* of the input as it really is, and what is below */
	bool leads;     /* into another one */
	struct input *input;
};

static int compare_names(const void *a, const void *b)
{
	const struct shortened *x = a, *y = b;

	return (x->name > y->name) - (x->name < y->name);
}

static int compare_shortened(const void *a, const void *b)
{
	const struct shortened *x = a, *y = b;
	int order = compare_names(a, b);

	if (order == 0)
		order = (x->whole > y->whole) - (x->whole < y->whole);
	return order ? order : (x->real > y->real) - (x->real < y->real);
}

static void compare_all(struct shortened *shortened, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct input *input = shortened[i].input;
		shortened[i] = (struct shortened){.name = name_hash(input->text, input->file),
			.whole = name_hash(input->whole, input->file),
			.real = stable_hash_more(stable_hash(input->text), input->below),
			.input = input};
	}
	if (count > 0)
		qsort(shortened, count, sizeof *shortened, compare_shortened);
}

/* Of those with one name: all get longer when that tells some of them apart. */
static bool lengthen_same(const struct shortened *shortened, uint32_t count)
{
	bool apart = shortened[0].whole != shortened[count - 1].whole, any = false;

	for (uint32_t i = 1; i < count; i++)
		apart |= shortened[i].real == shortened[i - 1].real;
	for (uint32_t i = 0; apart && i < count; i++)
		any |= lengthen(shortened[i].input);
	return any;
}

static bool lengthen_clashing(const struct shortened *shortened, uint32_t count)
{
	bool any = false;

	for (uint32_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && shortened[to].name == shortened[from].name;)
			to++;
		any |= lengthen_same(shortened + from, to - from);
	}
	return any;
}

static void mark_leading(struct shortened *shortened, uint32_t count, struct slice text)
{
	for (size_t end = 1; end < text.len; end++) {
		if (text.at[end] != '/')
			continue;
		struct shortened above = {.name = name_hash((struct slice){text.at, end}, false)};
		struct shortened *found = bsearch(&above, shortened, count, sizeof *shortened, compare_names);
		if (found)
			found->leads = true;
	}
}

/* "north" would lead into "north/boxes": it gets longer. */
static bool lengthen_leading(struct shortened *shortened, uint32_t count)
{
	bool any = false;

	for (uint32_t i = 0; i < count; i++)
		mark_leading(shortened, count, shortened[i].input->text);
	for (uint32_t i = 0; i < count; i++)
		any |= shortened[i].leads && lengthen(shortened[i].input);
	return any;
}

/* ---- all of them ---- */

/* Those without a name. */
static uint32_t collect(const struct list *inputs, struct shortened *shortened)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < inputs->count; i++) {
		struct input *input = list_at(inputs, i);
		if (!input->name)
			shortened[count++].input = input;
	}
	return count;
}

void inputs_name(const struct list *inputs, struct arena *arena)
{
	struct shortened *shortened = arena_array(arena, inputs->count, sizeof *shortened);
	uint32_t count = collect(inputs, shortened);
	struct neighbours neighbours;
	bool longer = true;

	for (uint32_t i = 0; i < count; i++) {
		find_whole(shortened[i].input, arena);
		(void)lengthen(shortened[i].input);
	}
	while (longer) {
		compare_all(shortened, count);
		longer = lengthen_clashing(shortened, count) || lengthen_leading(shortened, count);
	}
	neighbours_start(&neighbours, arena, count);
	for (uint32_t i = 0; i < count; i++) {
		struct input *input = shortened[i].input;
		neighbours_add(&neighbours, input->text, input->file, &input->form);
	}
	neighbours_tell_apart(&neighbours);
}

/* ---- where they really are ---- */

struct input_place {
	const struct input *input;
	struct slice real; /* zero-terminated; of what is not there the path that was asked for */
	bool there, folder;
	dev_t device;
	ino_t number;
};

static struct input_place find_place(const struct input *input, struct arena *arena)
{
	const char *real = real_path(arena, input->path);
	struct input_place place = {.input = input, .real = slice_of(real ? real : input->path)};
	struct stat status;

	if (stat(input->path, &status) != 0)
		return place;
	place.there = true;
	place.folder = S_ISDIR(status.st_mode);
	place.device = status.st_dev;
	place.number = status.st_ino;
	return place;
}

/* / is the lowest byte. */
static int rank_at(struct slice path, size_t at)
{
	if (at == path.len)
		return 0;
	return path.at[at] == '/' ? 1 : (unsigned char)path.at[at] << 1;
}

/* A folder comes right before what lies in it. */
static int compare_places(const void *a, const void *b)
{
	struct slice x = ((const struct input_place *)a)->real, y = ((const struct input_place *)b)->real;
	size_t same = 0;

	while (same < x.len && same < y.len && x.at[same] == y.at[same])
		same++;
	return rank_at(x, same) - rank_at(y, same);
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
	return !one->there && !other->there && slice_equal(one->real, other->real);
}

/* Whether the second is another one, and not in the first; else the reason. */
static bool are_apart(const struct input_place *one, const struct input_place *other, struct buffer *why)
{
	const char *a = one->input->path, *b = other->input->path;

	if (is_same(one, other) && strcmp(a, b) == 0)
		buffer_format(why, "the INPUT %s is named twice: name it once", a);
	else if (is_same(one, other))
		buffer_format(why, "the INPUTs %s and %s are the same: leave one of them out", a, b);
	else if (one->folder && other->there && path_leads_into(other->real.at, one->real.at))
		buffer_format(why,
			"the INPUT %s lies within the INPUT %s, which is searched: leave one of them out", b,
			a);
	else
		return true;
	return false;
}

/* The places are sorted afterwards. */
static bool all_apart(struct input_place *places, uint32_t count, struct buffer *why)
{
	qsort(places, count, sizeof *places, compare_files);
	for (uint32_t i = 1; i < count; i++)
		if (is_same(&places[i - 1], &places[i]))
			return are_apart(&places[i - 1], &places[i], why);
	qsort(places, count, sizeof *places, compare_places);
	for (uint32_t i = 1; i < count; i++)
		if (!are_apart(&places[i - 1], &places[i], why))
			return false;
	return true;
}

/* ---- where the results go ---- */

/* The INPUT that is this folder. */
static const struct input_place *input_at(
	const struct input_place *places, uint32_t count, struct slice folder)
{
	struct input_place wanted = {.real = folder};
	const struct input_place *found = bsearch(&wanted, places, count, sizeof *places, compare_places);

	return found && found->folder ? found : NULL;
}

/* The INPUT that one of the folders of results is or lies in: with several INPUTs they are below the names of
 * those. The output itself lies in none that matters. */
static const struct input_place *input_of_outputs(const struct input_place *places, uint32_t count,
	const struct list *inputs, struct slice output, struct arena *arena)
{
	const struct input_place *found = NULL;

	for (uint32_t i = 0; count > 1 && !found && i < inputs->count; i++) {
		const struct input *input = list_at(inputs, i);
		struct wish wish = {.path = input->text, .file = input->file};
		if (input->name)
			continue;
		struct slice folder = arena_format(
			arena, "%s/%s", output.len > 1 ? output.at : "", name_wish(arena, &wish).at);
		for (size_t len = folder.len; !found && len > output.len; len--)
			if (len == folder.len || folder.at[len] == '/')
				found = input_at(places, count, (struct slice){folder.at, len});
	}
	return found;
}

/* Up to the first receiver, whose place goes into the buffer. */
static bool take_receiver(void *place, const struct found *found)
{
	if (found->kind != FOUND_RECEIVER || found->item.failed)
		return true;
	buffer_add_slice(place, found->below.len > 0 ? found->below : found->file);
	return false;
}

static bool lies_in_any(const struct input_place *places, uint32_t count, const char *real)
{
	for (uint32_t i = 0; i < count; i++)
		if (places[i].folder && path_leads_into(real, places[i].real.at))
			return true;
	return false;
}

/* A folder of results that lies in an INPUT is not searched. */
static bool is_output_apart(const struct input_place *places, uint32_t count, const struct list *inputs,
	const char *output, struct arena *arena, struct buffer *why)
{
	const char *real = real_path(arena, output);
	const struct input_place *found = real ? input_at(places, count, slice_of(real)) : NULL;
	struct buffer place = {.arena = arena};

	if (real && !found)
		found = input_of_outputs(places, count, inputs, slice_of(real), arena);
	if (found)
		buffer_format(why,
			"what is written to %s would lie in the INPUT %s, and be searched the next time: "
			"name another folder with -o",
			output, found->input->path);
	else if (real && lies_in_any(places, count, real))
		walk_folder(output, NULL, true, take_receiver, &place);
	if (place.len > 0)
		buffer_format(why,
			"%s holds a receiver itself (%.*s) and lies in an INPUT, of which it would not be "
			"searched: name another folder with -o",
			output, SLICE_ARG(buffer_slice(&place)));
	return why->len == 0;
}

bool inputs_check(const struct list *inputs, const char *output, struct buffer *why)
{
	struct arena arena;
	uint32_t count = 0;

	arena_init(&arena);
	struct input_place *places = arena_array(&arena, inputs->count, sizeof *places);
	for (uint32_t i = 0; i < inputs->count; i++) {
		const struct input *input = list_at(inputs, i);
		if (!input->name)
			places[count++] = find_place(input, &arena);
	}
	bool apart = count == 0 ||
		     (all_apart(places, count, why) &&
			     (!output || is_output_apart(places, count, inputs, output, &arena, why)));
	arena_free(&arena);
	return apart;
}
