/* Folders in the order of their names, each before those in it. The names of a folder are read at once, so
 * that no folder stays open, however deep the tree is. See walk.h. */
#define _XOPEN_SOURCE   700 /* realpath */
#define _DEFAULT_SOURCE     /* d_type */
#include "walk_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/fleet.h"
#include "cc2oscam/inside.h"
#include "cc2oscam/places.h"
#include "labels.h"
#include "siblings.h"

/* Names are kept one after the other, each behind a byte that says what it is. */
enum { IS_FOLDER = 'd', IS_ARCHIVE = 'a' };

void *walk_grow(void *memory, size_t size)
{
	void *grown = realloc(memory, size);

	if (!grown)
		out_of_memory();
	return grown;
}

const char *walk_path_to(struct walk *walk, const char *file)
{
	size_t len = walk->path.len;

	if (len > 0 && walk->path.at[len - 1] != '/')
		buffer_add(&walk->path, "/", 1);
	buffer_add(&walk->path, file, strlen(file) + 1);
	walk->path.len = len;
	return walk->path.at;
}

const char *walk_path_here(struct walk *walk)
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

	level->sorted = walk_grow(NULL, (level->count + 1) * sizeof *level->sorted);
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
	struct sibling *siblings = walk_grow(NULL, (level->count + 1) * sizeof *siblings);
	level->forms = walk_grow(NULL, level->count + 1);
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
	const char *below = walk_path_to(walk, name) + walk->top_len;
	return strcmp(below + (*below == '/'), walk->left_out) == 0;
}

/* False with errno. */
static bool read_names(struct walk *walk, struct level *level, enum beside *beside)
{
	/* The top may be a link, others are none. */
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (walk->depth > 0 ? O_NOFOLLOW : 0);
	int file = open(walk_path_here(walk), flags);
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
		if (kind != IS_FOLDER && is_cccam_name(slice_of(entry->d_name)))
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

/* ---- from folder to folder ---- */

/* `name` is that of a folder in the one at hand; "" for the top. */
static void enter(struct walk *walk, const char *name, enum name_form form)
{
	struct level level = {.path_len = walk->path.len, .form = form};
	enum beside beside = BESIDE_NONE;

	if (*name) {
		const char *path = walk_path_to(walk, name);
		walk->path.len = strlen(path);
	}
	walk->queued = walk->taken = 0;
	arena_reset(&walk->arena);
	if (read_names(walk, &level, &beside))
		walk_look_for_files(walk, &level, beside);
	else
		walk_enqueue(walk, FOUND_FAILED, "")->why = strerror(errno);
	if (walk->depth == walk->room) {
		walk->room = walk->room ? walk->room * 2 : 16;
		walk->levels = walk_grow(walk->levels, walk->room * sizeof *walk->levels);
	}
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
	const char *why = walk_why_not(walk, walk_path_to(walk, name));

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
	size_t len = strlen(top);

	if (real && strcmp(real, top) != 0 && path_leads_into(real, top))
		below = strdup(real + len + (top[len - 1] != '/'));
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
	walk->possible = walk_grow(NULL, (size_t)(places + 1) * sizeof *walk->possible);
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
