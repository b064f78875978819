/* Paths from the top of the file system, and tails of them that get longer in turns. See labels.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "labels.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "siblings.h"
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
	struct slice made = arena_copy(arena, buffer_slice(&whole));
	buffer_free(&whole);
	return made;
}

static void find_whole(struct label *label, struct arena *arena)
{
	struct slice path = slice_of(label->path);
	struct stat status;
	bool folder = stat(label->path, &status) == 0 && S_ISDIR(status.st_mode), known;

	if (path.len == 0) {
		label->whole = path;
	} else if (!folder && is_cccam_name(path)) {
		struct slice in = cccam_folder(path, &known);
		label->whole = from_top(arena, in.len > 0 ? in : SLICE("."));
		size_t skip = in.len + (in.len > 0 && path.at[in.len] == '/');
		label->below = (struct slice){path.at + skip, path.len - skip};
	} else {
		label->whole = from_top(arena, path);
		label->file = !folder;
	}
}

/* ---- its last parts ---- */

/* False when there are no more. */
static bool lengthen(struct label *label)
{
	size_t at = (size_t)(label->text.at - label->whole.at);

	if (at < 2)
		return false;
	for (at--; at > 0 && label->whole.at[at - 1] != '/';)
		at--;
	label->text = (struct slice){label->whole.at + at, label->whole.len - at};
	return true;
}

/* All by which labels are compared. */
struct tail {
	uint64_t name;  /* that the label gives */
	uint64_t whole; /* the same of the whole path: whether more of it would help */
	uint64_t real;  /* of the label as it really is, and what is below */
	bool leads;     /* into another one */
	struct label *label;
};

static int compare_tails(const void *a, const void *b)
{
	const struct tail *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	if (x->whole != y->whole)
		return x->whole < y->whole ? -1 : 1;
	return (x->real > y->real) - (x->real < y->real);
}

static int compare_names(const void *a, const void *b)
{
	const struct tail *x = a, *y = b;

	return (x->name > y->name) - (x->name < y->name);
}

static void fill_tails(struct tail *tails, struct label *labels, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct label *label = &labels[i];
		tails[i] = (struct tail){.name = name_hash(label->text, label->file),
			.whole = name_hash(label->whole, label->file),
			.real = stable_hash_more(stable_hash(label->text), label->below),
			.label = label};
	}
	qsort(tails, count, sizeof *tails, compare_tails);
}

/* Of those with one name: all get longer when that tells some of them apart. */
static bool lengthen_same(const struct tail *tails, uint32_t count)
{
	bool apart = tails[0].whole != tails[count - 1].whole, any = false;

	for (uint32_t i = 1; i < count; i++)
		apart |= tails[i].real == tails[i - 1].real;
	for (uint32_t i = 0; apart && i < count; i++)
		any |= lengthen(tails[i].label);
	return any;
}

static bool lengthen_clashing(const struct tail *tails, uint32_t count)
{
	bool any = false;

	for (uint32_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && tails[to].name == tails[from].name;)
			to++;
		any |= lengthen_same(tails + from, to - from);
	}
	return any;
}

static void mark_leading(struct tail *tails, uint32_t count, struct slice text)
{
	for (size_t end = 1; end < text.len; end++) {
		if (text.at[end] != '/')
			continue;
		struct tail above = {.name = name_hash((struct slice){text.at, end}, false)};
		struct tail *found = bsearch(&above, tails, count, sizeof *tails, compare_names);
		if (found)
			found->leads = true;
	}
}

/* "north" would lead into "north/boxes": it gets longer. */
static bool lengthen_leading(struct tail *tails, uint32_t count)
{
	bool any = false;

	for (uint32_t i = 0; i < count; i++)
		mark_leading(tails, count, tails[i].label->text);
	for (uint32_t i = 0; i < count; i++)
		any |= tails[i].leads && lengthen(tails[i].label);
	return any;
}

/* ---- all of them ---- */

static void settle(struct label *labels, uint32_t count)
{
	struct sibling *siblings = calloc(count + 1, sizeof *siblings);

	if (!siblings)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++)
		siblings[i] = (struct sibling){.name = labels[i].text, .file = labels[i].file};
	siblings_settle(siblings, count);
	for (uint32_t i = 0; i < count; i++)
		labels[i].form = siblings[i].form;
	free(siblings);
}

void labels_make(struct label *labels, uint32_t count, struct arena *arena)
{
	struct tail *tails = calloc(count + 1, sizeof *tails);
	bool longer = count > 0;

	if (!tails)
		out_of_memory();
	for (uint32_t i = 0; i < count; i++) {
		struct label *label = &labels[i];
		*label = (struct label){.path = label->path};
		find_whole(label, arena);
		label->text = (struct slice){label->whole.at + label->whole.len, 0};
		(void)lengthen(label);
	}
	while (longer) {
		fill_tails(tails, labels, count);
		longer = lengthen_clashing(tails, count) || lengthen_leading(tails, count);
	}
	free(tails);
	settle(labels, count);
}
