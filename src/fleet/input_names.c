/* Paths from the top of the file system, and shortened of them that get longer in turns. See input_names.h.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "input_names.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "neighbours.h"
#include "cc2oscam/places.h"
#include "cc2oscam/platform.h"

/* ---- the path of an INPUT ---- */

bool is_cccam_name(struct slice path)
{
	static const struct slice name = {"CCcam.cfg", sizeof "CCcam.cfg" - 1};
	size_t before = path.len - name.len;

	return path.len >= name.len && slice_equal((struct slice){path.at + before, name.len}, name) &&
	       (before == 0 || path.at[before - 1] == '/');
}

struct slice cccam_folder(struct slice path, bool *known)
{
	struct slice folder = path;

	*known = cccam_place_of(path, &folder) >= 0;
	if (!*known)
		while (folder.len > 0 && folder.at[folder.len - 1] != '/')
			folder.len--;
	while (folder.len > 1 && folder.at[folder.len - 1] == '/')
		folder.len--;
	return folder;
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
		char *real = realpath(arena_copy(arena, start).at, NULL);
		if (real && real[1])
			buffer_add(&whole, real, strlen(real));
		free(real);
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

static void find_whole(struct input_name *input, struct arena *arena)
{
	struct slice path = slice_of(input->path);
	struct stat status;
	bool folder = stat(input->path, &status) == 0 && S_ISDIR(status.st_mode), known;

	if (path.len == 0) {
		input->whole = path;
	} else if (!folder && is_cccam_name(path)) {
		struct slice in = cccam_folder(path, &known);
		input->whole = from_top(arena, in.len > 0 ? in : SLICE("."));
		size_t skip = in.len + (in.len > 0 && path.at[in.len] == '/');
		input->below = (struct slice){path.at + skip, path.len - skip};
	} else {
		input->whole = from_top(arena, path);
		input->file = !folder;
	}
}

/* ---- its last parts ---- */

/* False when there are no more. */
static bool lengthen(struct input_name *input)
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
	struct input_name *input;
};

static int compare_shortened(const void *a, const void *b)
{
	const struct shortened *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	if (x->whole != y->whole)
		return x->whole < y->whole ? -1 : 1;
	return (x->real > y->real) - (x->real < y->real);
}

static int compare_names(const void *a, const void *b)
{
	const struct shortened *x = a, *y = b;

	return (x->name > y->name) - (x->name < y->name);
}

static void fill_shortened(struct shortened *shortened, struct input_name *inputs, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct input_name *input = &inputs[i];
		shortened[i] = (struct shortened){.name = name_hash(input->text, input->file),
			.whole = name_hash(input->whole, input->file),
			.real = stable_hash_more(stable_hash(input->text), input->below),
			.input = input};
	}
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

static void settle(struct input_name *inputs, uint32_t count)
{
	struct neighbour *neighbours = calloc(count + 1, sizeof *neighbours);

	if (!neighbours)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++)
		neighbours[i] = (struct neighbour){.name = inputs[i].text, .file = inputs[i].file};
	neighbours_tell_apart(neighbours, count);
	for (uint32_t i = 0; i < count; i++)
		inputs[i].form = neighbours[i].form;
	free(neighbours);
}

void input_names_make(struct input_name *inputs, uint32_t count, struct arena *arena)
{
	struct shortened *shortened = calloc(count + 1, sizeof *shortened);
	bool longer = count > 0;

	if (!shortened)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++) {
		struct input_name *input = &inputs[i];
		*input = (struct input_name){.path = input->path};
		find_whole(input, arena);
		input->text = (struct slice){input->whole.at + input->whole.len, 0};
		(void)lengthen(input);
	}
	while (longer) {
		fill_shortened(shortened, inputs, count);
		longer = lengthen_clashing(shortened, count) || lengthen_leading(shortened, count);
	}
	free(shortened);
	settle(inputs, count);
}
