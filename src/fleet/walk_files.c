/* The CCcam.cfg files of one folder: at the places where receivers have it, and directly in it. See walk.h.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "walk_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cc2oscam/cccam.h"
#include "cc2oscam/root_file.h"
#include "cc2oscam/places.h"
#include "cc2oscam/platform.h"

static const char cccam_name[] = "CCcam.cfg";
static const char leads_to_keys[] = "it leads to a key file, and those are never opened";

const char *walk_why_not(const struct walk *walk, const char *path)
{
	struct stat status;
	char *real = realpath(path, NULL);

	if (!real)
		return errno == ENOENT ? "it is a link to a file that is not there" : strerror(errno);
	const char *why = !path_leads_into(real, walk->top) ? "it is a link that leads out of the input"
			  : stat(real, &status) != 0        ? strerror(errno)
			  : !S_ISREG(status.st_mode)        ? "it is no regular file"
			  : is_key_file(slice_of(real))     ? leads_to_keys
							    : NULL;
	free(real);
	return why;
}

static bool same_text(const char *a, const char *b)
{
	struct source x, y;
	bool same = false;

	if (!source_read(&x, a))
		return false;
	if (source_read(&y, b)) {
		same = slice_equal(x.text, y.text);
		source_free(&y);
	}
	source_free(&x);
	return same;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 &&
	       ((x.st_dev == y.st_dev && x.st_ino == y.st_ino) ||
		       (x.st_size == y.st_size && same_text(a, b)));
}

static bool says_nothing(const char *path)
{
	struct source source;

	if (!source_read(&source, path))
		return false;
	bool blank = source_is_blank(&source);
	source_free(&source);
	return blank;
}

struct found *walk_enqueue(struct walk *walk, enum found_kind kind, const char *file)
{
	walk->queue = walk_grow(walk->queue, (walk->queued + 1) * sizeof *walk->queue);
	struct found *found = &walk->queue[walk->queued++];
	*found = (struct found){.kind = kind, .file = slice_of(file)};
	return found;
}

/* Whether it is found already, as the same file. */
static bool is_queued(const struct walk *walk, const char *path)
{
	for (size_t i = 0; i < walk->queued; i++)
		if (same_file(walk->queue[i].path, path))
			return true;
	return false;
}

/* What lies above the top does not make a place of it. */
static int place_below_top(const struct walk *walk, const char *path)
{
	struct slice root;

	return cccam_place_of(slice_of(path + walk->top_len), &root);
}

/* The file at a place of the folder at hand, with links followed as on the receiver, or else as on this
 * machine. Returns why it cannot be taken, or NULL; `path` becomes NULL when there is none. */
static const char *follow(struct walk *walk, const char *file, const char **path)
{
	struct root_file behind;
	struct stat status;

	if (root_file_find(&behind, walk_path_here(walk), slice_of(file), &walk->arena) &&
		S_ISREG(behind.status.st_mode)) {
		*path = behind.path.at;
		return is_key_file(behind.path) ? leads_to_keys : NULL;
	}
	*path = walk_path_to(walk, file);
	if (lstat(*path, &status) != 0 || S_ISDIR(status.st_mode))
		*path = NULL;
	else
		*path = arena_copy(&walk->arena, slice_of(*path)).at;
	return *path ? walk_why_not(walk, *path) : NULL;
}

/* Whether a folder above has the file as its own: links may lead from there to here. */
static bool is_taken(const struct walk *walk, const char *path)
{
	struct stat status = {.st_ino = 0};
	const struct walk_level *level = walk->level;

	while (level && level->taken_count == 0)
		level = level->above;
	if (!level || stat(path, &status) != 0)
		return false;
	for (; level; level = level->above)
		for (size_t n = 0; n < level->taken_count; n++)
			if (level->taken[n].device == status.st_dev &&
				level->taken[n].number == status.st_ino)
				return true;
	return false;
}

/* For those who come to the folders below. */
static void take_queue(const struct walk *walk, struct walk_level *level)
{
	struct stat status;

	for (size_t i = 0; i < walk->queued; i++) {
		if (walk->queue[i].kind != FOUND_ROOT || stat(walk->queue[i].path, &status) != 0)
			continue;
		level->taken = walk_grow(level->taken, (level->taken_count + 1) * sizeof *level->taken);
		level->taken[level->taken_count++] = (struct file_identity){status.st_dev, status.st_ino};
	}
}

/* A path may end with two places; then the folder above the longer one is the root. A file that says nothing
 * does not count beside another. */
static void look_at_place(struct walk *walk, int place, struct found *failed)
{
	const char *file = cccam_place(place), *path = walk_path_to(walk, file);

	if (place_below_top(walk, path) != place)
		return;
	const char *why = follow(walk, file, &path);
	if (!path)
		return;
	if (why) {
		if (!failed->why)
			*failed = (struct found){.kind = FOUND_FAILED, .file = slice_of(file), .why = why};
		return;
	}
	if (is_queued(walk, path) || is_taken(walk, path) || (walk->queued > 0 && says_nothing(path)))
		return;
	if (walk->queued == 1 && says_nothing(walk->queue[0].path))
		walk->queued = 0;
	struct slice first = walk->queued > 0 ? walk->queue[0].file : (struct slice){NULL, 0};
	struct found *found = walk_enqueue(walk, FOUND_ROOT, file);
	found->first = first;
	found->path = path;
}

/* A file directly in the folder that stands at a place of a folder above was found there. A plain one needs
 * no further look, for the folders that lead to it are no links. */
static void look_beside(struct walk *walk, enum beside beside)
{
	const char *path = walk_path_to(walk, cccam_name);

	if (place_below_top(walk, path) >= 0 || is_taken(walk, path))
		return;
	const char *why = beside == BESIDE_ELSEWHERE ? walk_why_not(walk, path) : NULL;
	struct found *found = walk_enqueue(walk, why ? FOUND_FAILED : FOUND_BESIDE, cccam_name);
	found->why = why;
	found->alone = beside == BESIDE_ALONE;
}

void walk_look_for_files(struct walk *walk, struct walk_level *level, enum beside beside)
{
	struct found failed = {.why = NULL};

	for (int i = 0; cccam_place(i); i++)
		if (walk->possible[i])
			look_at_place(walk, i, &failed);
	if (walk->queued == 0 && failed.why)
		walk_enqueue(walk, FOUND_FAILED, failed.file.at)->why = failed.why;
	if (beside != BESIDE_NONE)
		look_beside(walk, beside);
	take_queue(walk, level);
}
