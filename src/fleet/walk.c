/* Folders in the order of their names, each before those in it. The names of a folder are read at once, so
 * that no folder stays open, however deep the tree is. See walk.h. */
#define _XOPEN_SOURCE   700 /* realpath */
#define _DEFAULT_SOURCE     /* d_type */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/fleet.h"
#include "cc2oscam/inside.h"
#include "cc2oscam/places.h"
#include "siblings.h"

static const char own_name[] = "CCcam.cfg";
static const char leads_to_keys[] = "it leads to a key file, and those are never opened";

/* Names are kept one after the other, each behind a byte that says what it is. */
enum { IS_FOLDER = 'd', IS_ARCHIVE = 'a' };

struct level {
	struct buffer names;
	const char **sorted; /* malloc'ed; into names, behind the byte */
	uint8_t *forms;      /* malloc'ed; enum name_form of each; NULL: all plain */
	enum name_form form; /* of the folder's own name */
	size_t count, next;
	size_t path_len;        /* of the folder that this one is in */
	struct identity *taken; /* malloc'ed; the files of the root that the folder is */
	size_t taken_count;
};

/* A file, under whatever name. */
struct identity {
	dev_t device;
	ino_t number;
};

static void *grow(void *memory, size_t size)
{
	void *grown = realloc(memory, size);

	if (!grown)
		out_of_memory();
	return grown;
}

/* The path of a file in the folder at hand, zero-terminated; path.len stays. */
static const char *path_to(struct walk *walk, const char *file)
{
	size_t len = walk->path.len;

	if (len > 0 && walk->path.at[len - 1] != '/')
		buffer_add(&walk->path, "/", 1);
	buffer_add(&walk->path, file, strlen(file) + 1);
	walk->path.len = len;
	return walk->path.at;
}

static const char *path_here(struct walk *walk)
{
	buffer_add(&walk->path, "", 1);
	walk->path.len--;
	return walk->path.at;
}

/* ---- what is in a folder ---- */

static char kind_of_entry(int folder, const struct dirent *entry)
{
	bool is_folder = entry->d_type == DT_DIR;
	struct stat status;

	if (entry->d_type == DT_UNKNOWN) /* some file systems do not say */
		is_folder = fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
			    S_ISDIR(status.st_mode);
	if (is_folder)
		return IS_FOLDER;
	return fleet_is_archive(entry->d_name) ? IS_ARCHIVE : '\0';
}

/* Links to folders count here: etc may be one, within the root. */
static void see_first_folder(struct walk *walk, const char *name)
{
	for (int i = 0; cccam_place(i); i++) {
		struct slice rest = slice_of(cccam_place(i));
		walk->possible[i] |= slice_equal(slice_cut(&rest, '/'), slice_of(name));
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_names(struct level *level)
{
	size_t at = 0;

	level->sorted = grow(NULL, (level->count + 1) * sizeof *level->sorted);
	for (size_t i = 0; i < level->count; i++) {
		level->sorted[i] = level->names.at + at + 1;
		at += strlen(level->names.at + at) + 1;
	}
	qsort(level->sorted, level->count, sizeof *level->sorted, compare_names);
}

/* Where no name is anything else than what it says, which is so in most fleets, all is settled. */
static bool all_stay(const struct level *level)
{
	for (size_t i = 0; i < level->count; i++)
		if (level->sorted[i][-1] == IS_ARCHIVE || !name_is_its_own(slice_of(level->sorted[i])))
			return false;
	return true;
}

static void settle_names(struct level *level)
{
	if (all_stay(level))
		return;
	struct sibling *siblings = grow(NULL, (level->count + 1) * sizeof *siblings);
	level->forms = grow(NULL, level->count + 1);
	for (size_t i = 0; i < level->count; i++) {
		const char *name = level->sorted[i];
		siblings[i] = (struct sibling){.name = slice_of(name), .file = name[-1] == IS_ARCHIVE};
	}
	siblings_settle(siblings, (uint32_t)level->count);
	for (size_t i = 0; i < level->count; i++)
		level->forms[i] = (uint8_t)siblings[i].form;
	free(siblings);
}

/* Folders that this program makes and removes while it writes (src/output). */
static bool is_hidden_output(struct slice name)
{
	static const struct slice end = {".cc2oscam", sizeof ".cc2oscam" - 1};

	return name.len >= end.len && name.at[0] == '.' &&
	       slice_equal((struct slice){name.at + name.len - end.len, end.len}, end);
}

static bool is_passed_by(struct walk *walk, const char *name)
{
	if (is_hidden_output(slice_of(name)))
		return true;
	if (!walk->left_out)
		return false;
	const char *below = path_to(walk, name) + walk->top_len;
	return strcmp(below + (*below == '/'), walk->left_out) == 0;
}

/* The CCcam.cfg directly in a folder. */
enum beside {
	BESIDE_NONE,
	BESIDE_PLAIN,
	BESIDE_ELSEWHERE /* perhaps: a link, or what the system does not say */
};

/* False with errno. */
static bool read_names(struct walk *walk, struct level *level, enum beside *beside)
{
	/* The top may be a link, others are none. */
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (walk->depth > 0 ? O_NOFOLLOW : 0);
	int file = open(path_here(walk), flags);
	DIR *folder = file >= 0 ? fdopendir(file) : NULL;

	if (!folder)
		return false;
	for (int i = 0; cccam_place(i); i++)
		walk->possible[i] = false;
	errno = 0;
	for (struct dirent *entry; (entry = readdir(folder)); errno = 0) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (is_passed_by(walk, entry->d_name))
			continue;
		char kind = kind_of_entry(file, entry);
		if (kind != IS_FOLDER && strcmp(entry->d_name, own_name) == 0)
			*beside = entry->d_type == DT_REG ? BESIDE_PLAIN : BESIDE_ELSEWHERE;
		see_first_folder(walk, entry->d_name);
		if (!kind)
			continue;
		buffer_add(&level->names, &kind, 1);
		buffer_add(&level->names, entry->d_name, strlen(entry->d_name) + 1);
		level->count++;
	}
	int why = errno;
	(void)closedir(folder);
	sort_names(level);
	settle_names(level);
	errno = why;
	return why == 0;
}

/* ---- CCcam.cfg files of one folder ---- */

/* Why the file cannot be taken; NULL for one that can. Links may lead to where they want below the top. */
static const char *why_not(const struct walk *walk, const char *path)
{
	struct stat status;
	char *real = realpath(path, NULL);
	size_t len = strlen(walk->top);

	if (!real)
		return errno == ENOENT ? "it is a link to a file that is not there" : strerror(errno);
	bool below = strncmp(real, walk->top, len) == 0 && (len == 1 || real[len] == '/');
	const char *why = !below                        ? "it is a link that leads out of the input"
			  : stat(real, &status) != 0    ? strerror(errno)
			  : !S_ISREG(status.st_mode)    ? "it is no regular file"
			  : is_key_file(slice_of(real)) ? leads_to_keys
							: NULL;
	free(real);
	return why;
}

static bool same_text(const char *a, const char *b)
{
	struct source x, y;
	bool same = false;

	if (source_read(&x, a) != 0)
		return false;
	if (source_read(&y, b) == 0) {
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

static struct found *enqueue(struct walk *walk, enum found_kind kind, const char *file)
{
	walk->queue = grow(walk->queue, (walk->queued + 1) * sizeof *walk->queue);
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
	struct inside inside;
	struct stat status;

	if (inside_find(&inside, path_here(walk), slice_of(file), &walk->arena) == 0 &&
		S_ISREG(inside.status.st_mode)) {
		*path = inside.path.at;
		return is_key_file(inside.path) ? leads_to_keys : NULL;
	}
	*path = path_to(walk, file);
	if (lstat(*path, &status) != 0 || S_ISDIR(status.st_mode))
		*path = NULL;
	else
		*path = arena_copy(&walk->arena, slice_of(*path)).at;
	return *path ? why_not(walk, *path) : NULL;
}

/* Whether a folder above has the file as its own: links may lead from there to here. */
static bool is_taken(const struct walk *walk, const char *path)
{
	struct stat status = {.st_ino = 0};
	size_t depth = walk->depth;

	while (depth > 0 && walk->levels[depth - 1].taken_count == 0)
		depth--;
	if (depth == 0 || stat(path, &status) != 0)
		return false;
	for (size_t i = 0; i < depth; i++)
		for (size_t n = 0; n < walk->levels[i].taken_count; n++)
			if (walk->levels[i].taken[n].device == status.st_dev &&
				walk->levels[i].taken[n].number == status.st_ino)
				return true;
	return false;
}

/* For those who come to the folders below. */
static void take_queue(const struct walk *walk, struct level *level)
{
	struct stat status;

	for (size_t i = 0; i < walk->queued; i++) {
		if (walk->queue[i].kind != FOUND_ROOT || stat(walk->queue[i].path, &status) != 0)
			continue;
		level->taken = grow(level->taken, (level->taken_count + 1) * sizeof *level->taken);
		level->taken[level->taken_count++] = (struct identity){status.st_dev, status.st_ino};
	}
}

/* A path may end with two places; then the folder above the longer one is the root. */
static void look_at_place(struct walk *walk, int place, struct found *failed)
{
	const char *file = cccam_place(place), *path = path_to(walk, file);

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
	if (is_queued(walk, path) || is_taken(walk, path))
		return;
	struct slice first = walk->queued > 0 ? walk->queue[0].file : (struct slice){NULL, 0};
	struct found *found = enqueue(walk, FOUND_ROOT, file);
	found->first = first;
	found->path = path;
}

/* A file directly in the folder that stands at a place of a folder above was found there. A plain one needs
 * no further look, for the folders that lead to it are no links. */
static void look_beside(struct walk *walk, enum beside beside)
{
	const char *path = path_to(walk, own_name);

	if (place_below_top(walk, path) >= 0 || is_taken(walk, path))
		return;
	const char *why = beside == BESIDE_PLAIN ? NULL : why_not(walk, path);
	enqueue(walk, why ? FOUND_FAILED : FOUND_BESIDE, own_name)->why = why;
}

static void look_for_files(struct walk *walk, enum beside beside)
{
	struct found failed = {.why = NULL};

	for (int i = 0; cccam_place(i); i++)
		if (walk->possible[i])
			look_at_place(walk, i, &failed);
	if (walk->queued == 0 && failed.why)
		enqueue(walk, FOUND_FAILED, failed.file.at)->why = failed.why;
	if (beside != BESIDE_NONE)
		look_beside(walk, beside);
}

/* ---- from folder to folder ---- */

/* `name` is that of a folder in the one at hand; "" for the top. */
static void enter(struct walk *walk, const char *name, enum name_form form)
{
	struct level level = {.path_len = walk->path.len, .form = form};
	enum beside beside = BESIDE_NONE;

	if (*name) {
		const char *path = path_to(walk, name);
		walk->path.len = strlen(path);
	}
	walk->queued = walk->taken = 0;
	arena_reset(&walk->arena);
	if (read_names(walk, &level, &beside))
		look_for_files(walk, beside);
	else
		enqueue(walk, FOUND_FAILED, "")->why = strerror(errno);
	if (walk->depth == walk->room) {
		walk->room = walk->room ? walk->room * 2 : 16;
		walk->levels = grow(walk->levels, walk->room * sizeof *walk->levels);
	}
	take_queue(walk, &level);
	walk->levels[walk->depth++] = level;
}

static void leave(struct walk *walk)
{
	struct level *level = &walk->levels[--walk->depth];

	walk->path.len = level->path_len;
	buffer_free(&level->names);
	free(level->sorted);
	free(level->forms);
	free(level->taken);
}

/* The form of a name in the folder at hand. */
static enum name_form form_below(const struct walk *walk, enum name_form form)
{
	return walk->levels[walk->depth - 1].form < NAME_HASH ? form : NAME_APART;
}

static void give(struct walk *walk, struct found *found)
{
	size_t skip = walk->top_len;

	if (skip < walk->path.len && walk->path.at[skip] == '/')
		skip++;
	found->folder = buffer_slice(&walk->path);
	found->below = (struct slice){walk->path.at + skip, walk->path.len - skip};
}

static bool give_archive(struct walk *walk, const char *name, enum name_form form, struct found *found)
{
	const char *why = why_not(walk, path_to(walk, name));

	*found = (struct found){.kind = why ? FOUND_FAILED : FOUND_ARCHIVE,
		.file = slice_of(name),
		.form = form_below(walk, form),
		.why = why};
	give(walk, found);
	return true;
}

bool walk_next(struct walk *walk, struct found *found)
{
	while (walk->depth > 0) {
		if (walk->taken < walk->queued) {
			*found = walk->queue[walk->taken++];
			found->form = walk->levels[walk->depth - 1].form;
			give(walk, found);
			return true;
		}
		struct level *level = &walk->levels[walk->depth - 1];
		if (level->next == level->count) {
			leave(walk);
			continue;
		}
		enum name_form form = level->forms ? (enum name_form)level->forms[level->next] : NAME_PLAIN;
		const char *name = level->sorted[level->next++];
		if (name[-1] == IS_ARCHIVE)
			return give_archive(walk, name, form, found);
		enter(walk, name, form_below(walk, form));
	}
	return false;
}

/* What is left of the path below the top; NULL for another place. */
static char *below_top(const char *top, const char *folder)
{
	char *real = folder ? realpath(folder, NULL) : NULL, *below = NULL;
	size_t len = strlen(top) > 1 ? strlen(top) : 0;

	if (real && strncmp(real, top, len) == 0 && real[len] == '/' && real[len + 1])
		below = strdup(real + len + 1);
	free(real);
	return below;
}

bool walk_start(struct walk *walk, const char *folder, const char *left_out)
{
	int places = 0;

	while (cccam_place(places))
		places++;
	*walk = (struct walk){.top = realpath(folder, NULL)};
	if (!walk->top)
		return false;
	walk->left_out = below_top(walk->top, left_out);
	walk->possible = grow(NULL, (size_t)(places + 1) * sizeof *walk->possible);
	buffer_add(&walk->path, folder, strlen(folder));
	while (walk->path.len > 1 && walk->path.at[walk->path.len - 1] == '/')
		walk->path.len--;
	walk->top_len = walk->path.len;
	enter(walk, "", NAME_PLAIN);
	return true;
}

bool walk_one(struct walk *walk, const char *folder, struct found *found)
{
	if (!walk_start(walk, folder, NULL) || walk->queued == 0)
		return false;
	*found = walk->queue[0];
	give(walk, found);
	return true;
}

void walk_end(struct walk *walk)
{
	while (walk->depth > 0)
		leave(walk);
	buffer_free(&walk->path);
	free(walk->levels);
	free(walk->queue);
	free(walk->possible);
	free(walk->top);
	free(walk->left_out);
	arena_free(&walk->arena);
	*walk = (struct walk){.top = NULL};
}
