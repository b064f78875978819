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
#include "cc2oscam/root_file.h"
#include "cc2oscam/places.h"
#include "cc2oscam/platform.h"
#include "input_names.h"
#include "neighbours.h"

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

static void sort_names(struct walk_level *level)
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
static bool all_stay(const struct walk_level *level)
{
	for (size_t i = 0; i < level->count; i++)
		if (level->sorted[i][-1] == IS_ARCHIVE || !name_is_its_own(slice_of(level->sorted[i])))
			return false;
	return true;
}

static void tell_names_apart(struct walk_level *level)
{
	if (all_stay(level))
		return;
	struct neighbour *neighbours = walk_grow(NULL, (level->count + 1) * sizeof *neighbours);
	level->forms = walk_grow(NULL, level->count + 1);
	for (size_t i = 0; i < level->count; i++) {
		const char *name = level->sorted[i];
		neighbours[i] = (struct neighbour){.name = slice_of(name), .file = name[-1] == IS_ARCHIVE};
	}
	neighbours_tell_apart(neighbours, (uint32_t)level->count);
	for (size_t i = 0; i < level->count; i++)
		level->forms[i] = (uint8_t)neighbours[i].form;
	free(neighbours);
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
static bool read_names(struct walk *walk, struct walk_level *level, enum beside *beside)
{
	/* The top may be a link, others are none. */
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (walk->level ? O_NOFOLLOW : 0);
	int file = open(walk_path_here(walk), flags);
	DIR *folder = file >= 0 ? fdopendir(file) : NULL;

	if (!folder)
		return false;
	for (int i = 0; cccam_place(i); i++)
		walk->possible[i] = false;
	size_t files = 0;
	errno = 0;
	for (struct dirent *entry; (entry = readdir(folder)); errno = 0) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (is_passed_by(walk, entry->d_name))
			continue;
		char kind = kind_of_entry(file, entry);
		files += kind != IS_FOLDER;
		if (kind != IS_FOLDER && is_cccam_name(slice_of(entry->d_name)))
			*beside = entry->d_type == DT_REG ? BESIDE_PLAIN : BESIDE_ELSEWHERE;
		see_first_folder(walk, entry->d_name);
		if (!kind && !walk->level && entry->d_name[0] != '.' &&
			!is_cccam_name(slice_of(entry->d_name)))
			buffer_add(&walk->passed, entry->d_name, strlen(entry->d_name) + 1);
		if (!kind)
			continue;
		buffer_add(&level->names, &kind, 1);
		buffer_add(&level->names, entry->d_name, strlen(entry->d_name) + 1);
		level->count++;
	}
	int why = errno;
	if (*beside == BESIDE_PLAIN && files == 1)
		*beside = BESIDE_ALONE;
	(void)closedir(folder);
	sort_names(level);
	tell_names_apart(level);
	errno = why;
	return why == 0;
}

/* ---- from folder to folder ---- */

static bool give(struct walk *walk, struct found *found)
{
	size_t skip = walk->top_len;

	if (skip < walk->path.len && walk->path.at[skip] == '/')
		skip++;
	found->folder = buffer_slice(&walk->path);
	found->below = (struct slice){walk->path.at + skip, walk->path.len - skip};
	walk->given++;
	return walk->take(walk->context, found);
}

static bool give_files(struct walk *walk, enum name_form form)
{
	for (size_t i = 0; i < walk->queued; i++) {
		walk->queue[i].form = form;
		if (!give(walk, &walk->queue[i]))
			return false;
	}
	return true;
}

static bool give_archive(struct walk *walk, const char *name, enum name_form form)
{
	const char *why = walk_why_not(walk, walk_path_to(walk, name));
	struct found found = {
		.kind = why ? FOUND_FAILED : FOUND_ARCHIVE, .file = slice_of(name), .form = form, .why = why};

	return give(walk, &found);
}

/* The names in a folder, and the CCcam.cfg files of it. */
static void look_into(struct walk *walk, struct walk_level *level)
{
	enum beside beside = BESIDE_NONE;

	walk->queued = 0;
	arena_reset(&walk->arena);
	if (read_names(walk, level, &beside))
		walk_look_for_files(walk, level, beside);
	else
		walk_enqueue(walk, FOUND_FAILED, "")->why = strerror(errno);
}

static void free_level(struct walk_level *level)
{
	buffer_free(&level->names);
	free(level->sorted);
	free(level->forms);
	free(level->taken);
}

static bool visit(struct walk *walk, const char *name, enum name_form form);

static bool visit_below(struct walk *walk, const struct walk_level *level)
{
	for (size_t i = 0; i < level->count; i++) {
		const char *name = level->sorted[i];
		enum name_form form = level->forms ? (enum name_form)level->forms[i] : NAME_PLAIN;
		if (level->form >= NAME_HASH)
			form = NAME_APART;
		if (!(name[-1] == IS_ARCHIVE ? give_archive(walk, name, form) : visit(walk, name, form)))
			return false;
	}
	return true;
}

/* A folder right below the top, after all in it was given; not where the top is a receiver itself, whose own
 * folders they are. */
static bool give_bare(struct walk *walk, const struct walk_level *level, uint64_t before)
{
	struct found found = {.kind = FOUND_BARE};

	if (level->above->above || walk->top_is_receiver || walk->given > before)
		return true;
	return give(walk, &found);
}

/* `name` is that of a folder in the one at hand. The system takes no path of more than some thousand bytes,
 * and so no deeper one. */
static bool visit(struct walk *walk, const char *name, enum name_form form)
{
	struct walk_level level = {.above = walk->level, .form = form};
	size_t path_len = walk->path.len;
	uint64_t before = walk->given;
	const char *path = walk_path_to(walk, name);

	walk->path.len = strlen(path);
	look_into(walk, &level);
	walk->level = &level;
	bool more = give_files(walk, form) && visit_below(walk, &level) && give_bare(walk, &level, before);
	walk->level = level.above;
	walk->path.len = path_len;
	free_level(&level);
	return more;
}

/* Where the top is no receiver, whose own files they would be. */
static void give_passed(struct walk *walk)
{
	size_t count = 0, at = 0;
	const char **sorted;

	for (size_t i = 0; i < walk->passed.len; i++)
		count += walk->passed.at[i] == '\0';
	sorted = walk_grow(NULL, (count + 1) * sizeof *sorted);
	for (size_t i = 0; i < count; i++) {
		sorted[i] = walk->passed.at + at;
		at += strlen(sorted[i]) + 1;
	}
	qsort(sorted, count, sizeof *sorted, compare_names);
	for (size_t i = 0; i < count && !walk->top_is_receiver; i++)
		if (!give(walk, &(struct found){.kind = FOUND_PASSED, .file = slice_of(sorted[i])}))
			break;
	free(sorted);
}

static void visit_top(struct walk *walk, bool below)
{
	struct walk_level level = {.form = NAME_PLAIN};

	look_into(walk, &level);
	walk->level = &level;
	walk->top_is_receiver = walk->queued > 0;
	if (give_files(walk, NAME_PLAIN) && below && visit_below(walk, &level))
		give_passed(walk);
	walk->level = NULL;
	free_level(&level);
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

static void start(struct walk *walk, const char *folder, const char *left_out)
{
	int places = 0;

	while (cccam_place(places))
		places++;
	walk->left_out = below_top(walk->top, left_out);
	walk->possible = walk_grow(NULL, (size_t)(places + 1) * sizeof *walk->possible);
	buffer_add(&walk->path, folder, strlen(folder));
	while (walk->path.len > 1 && walk->path.at[walk->path.len - 1] == '/')
		walk->path.len--;
	walk->top_len = walk->path.len;
}

static void walk_folder(const char *folder, const char *left_out, bool below, walk_take *take, void *context)
{
	struct walk walk = {.take = take, .context = context, .top = realpath(folder, NULL)};

	if (!walk.top)
		return;
	start(&walk, folder, left_out);
	visit_top(&walk, below);
	buffer_free(&walk.path);
	buffer_free(&walk.passed);
	free(walk.queue);
	free(walk.possible);
	free(walk.top);
	free(walk.left_out);
	arena_free(&walk.arena);
}

void walk_all(const char *folder, const char *left_out, walk_take *take, void *context)
{
	walk_folder(folder, left_out, true, take, context);
}

void walk_one(const char *folder, walk_take *take, void *context)
{
	walk_folder(folder, NULL, false, take, context);
}
