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

#include "cc2oscam/cccam.h"
#include "cc2oscam/path.h"
#include "cc2oscam/places.h"
#include "cc2oscam/platform.h"
#include "cc2oscam/root_file.h"

/* The CCcam.cfg directly in a folder. */
enum beside {
	BESIDE_NONE,
	BESIDE_PLAIN,
	BESIDE_ALONE,    /* a plain one, and the only file there */
	BESIDE_ELSEWHERE /* perhaps: a link, or what the system does not say */
};

/* A file, under whatever name. */
struct file_identity {
	dev_t device;
	ino_t number;
};

struct walk {
	walk_take *take;
	void *context;
	bool all;
	struct buffer path; /* of the folder at hand */
	size_t top_len;     /* the length of the top in the path */
	char *top;          /* the real path of the top; malloc'ed */
	char *left_out;     /* the path below the top of a folder that is passed by; malloc'ed, or NULL */
	unsigned depth;     /* of the folder at hand below the top */
	bool top_is_receiver;
	uint64_t given;     /* finds so far */
	struct arena kept;  /* as long as the walk */
	struct list taken;  /* struct file_identity: what the roots above have as their own */
	struct arena arena; /* for the folder at hand, until the first one in it */
	struct list queue;  /* struct found: what was found in it */
	bool *possible;     /* for each place of CCcam.cfg, whether its first folder is there */
};

enum walk_entry_kind { IS_FOLDER = 'd', IS_ARCHIVE = 'a', IS_OTHER = 'o' };

struct walk_entry {
	const char *name;
	enum walk_entry_kind kind;
	enum name_form form;
};

/* The names in a folder, until everything below it is done. */
struct walk_level {
	struct buffer names;        /* one after the other, each behind the byte of its kind */
	struct walk_entry *entries; /* malloc'ed, sorted */
	uint32_t count;
};

/* The path of a file in the folder at hand, zero-terminated, until the next call; walk->path.len stays. */
static const char *path_to(struct walk *walk, const char *file)
{
	size_t len = walk->path.len;

	if (len > 0 && walk->path.at[len - 1] != '/')
		buffer_add(&walk->path, "/", 1);
	buffer_add(&walk->path, file, strlen(file) + 1);
	walk->path.len = len;
	return walk->path.at;
}

/* That of the folder at hand. */
static const char *path_here(struct walk *walk)
{
	buffer_add(&walk->path, "", 1);
	walk->path.len--;
	return walk->path.at;
}

/* ---- the names in a folder ---- */

static enum walk_entry_kind kind_of_entry(int folder, const struct dirent *entry)
{
	bool is_folder = entry->d_type == DT_DIR;
	struct stat status;

	if (entry->d_type == DT_UNKNOWN) /* some file systems do not say */
		is_folder = fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
			    S_ISDIR(status.st_mode);
	if (is_folder)
		return IS_FOLDER;
	return fleet_is_archive(entry->d_name) ? IS_ARCHIVE : IS_OTHER;
}

/* Links to folders count here: etc may be one, within the root. */
static void see_first_folder(struct walk *walk, const char *name)
{
	size_t len = strlen(name);
	const char *place;

	for (int i = 0; (place = cccam_place(i)); i++)
		walk->possible[i] |=
			strncmp(place, name, len) == 0 && (place[len] == '/' || place[len] == '\0');
}

/* Folders that this program makes and removes while it writes (src/output), and the one that is left out. */
static bool is_passed_by(struct walk *walk, const char *name)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		(name[0] == '.' && slice_ends(slice_of(name), SLICE(".cc2oscam"))))
		return true;
	if (!walk->left_out)
		return false;
	const char *below = path_to(walk, name) + walk->top_len;
	return strcmp(below + (*below == '/'), walk->left_out) == 0;
}

static void read_entries(struct walk *walk, DIR *folder, struct walk_level *level, enum beside *beside)
{
	size_t files = 0;

	errno = 0;
	for (struct dirent *entry; (entry = readdir(folder)); errno = 0) {
		const char *name = entry->d_name;
		if (is_passed_by(walk, name))
			continue;
		char kind = (char)kind_of_entry(dirfd(folder), entry);
		bool cccam = kind != IS_FOLDER && strcmp(name, "CCcam.cfg") == 0;
		files += kind != IS_FOLDER;
		if (cccam)
			*beside = entry->d_type == DT_REG ? BESIDE_PLAIN : BESIDE_ELSEWHERE;
		see_first_folder(walk, name);
		if (kind == IS_OTHER && (walk->depth > 0 || cccam || name[0] == '.'))
			continue;
		buffer_add(&level->names, &kind, 1);
		buffer_add(&level->names, name, strlen(name) + 1);
		level->count++;
	}
	if (*beside == BESIDE_PLAIN && files == 1)
		*beside = BESIDE_ALONE;
}

static int compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct walk_entry *)a)->name, ((const struct walk_entry *)b)->name);
}

static void sort_entries(struct walk_level *level)
{
	const char *at = level->names.at;

	level->entries = calloc(level->count + 1, sizeof *level->entries);
	if (!level->entries)
		out_of_memory();
	for (uint32_t i = 0; i < level->count; i++, at += strlen(at) + 1)
		level->entries[i] = (struct walk_entry){.name = at + 1, .kind = (enum walk_entry_kind) * at};
	qsort(level->entries, level->count, sizeof *level->entries, compare_entries);
}

/* In most fleets every folder's name is fit to be the name of a receiver: then all keep their names. */
static void tell_entries_apart(struct walk *walk, struct walk_level *level)
{
	struct neighbours neighbours;
	bool all_stay = true;

	for (uint32_t i = 0; i < level->count && all_stay; i++)
		all_stay = level->entries[i].kind == IS_FOLDER &&
			   name_is_its_own(slice_of(level->entries[i].name));
	if (all_stay)
		return;
	neighbours_start(&neighbours, &walk->arena, level->count);
	for (uint32_t i = 0; i < level->count; i++) {
		struct walk_entry *entry = &level->entries[i];
		if (entry->kind != IS_OTHER)
			neighbours_add(
				&neighbours, slice_of(entry->name), entry->kind == IS_ARCHIVE, &entry->form);
	}
	neighbours_tell_apart(&neighbours);
}

/* False with errno. */
static bool read_level(struct walk *walk, struct walk_level *level, enum beside *beside)
{
	/* The top may be a link, others are none. */
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (walk->depth > 0 ? O_NOFOLLOW : 0);
	int file = open(path_here(walk), flags);
	DIR *folder = file >= 0 ? fdopendir(file) : NULL;

	if (!folder)
		return false;
	read_entries(walk, folder, level, beside);
	int why = errno;
	(void)closedir(folder);
	sort_entries(level);
	tell_entries_apart(walk, level);
	errno = why;
	return why == 0;
}

/* ---- the CCcam.cfg files of a folder ---- */

static const char leads_to_keys[] = "it leads to a key file, and those are never opened";

/* Why a file below the top cannot be taken; NULL for one that can. Links may lead to where they want below
 * the top. */
static const char *why_not(const struct walk *walk, const char *path)
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

void choose_files(struct root_cfg *files, uint32_t count)
{
	uint32_t first = 0;

	for (uint32_t i = 1; i < count; i++)
		if (!files[i].failed && (files[first].failed || (source_is_blank(&files[first].source) &&
									!source_is_blank(&files[i].source))))
			first = i;
	for (uint32_t i = 0; i < count; i++) {
		files[i].counts =
			i == first || (i > first && !files[i].failed && !source_is_blank(&files[i].source));
		for (uint32_t k = first; k < i && files[i].counts; k++)
			files[i].counts =
				files[k].failed || !slice_equal(files[k].source.text, files[i].source.text);
	}
}

static struct found *enqueue(struct walk *walk, const char *file, const char *why)
{
	struct found *found = list_add(&walk->queue);

	found->file = slice_of(file);
	found->item.failed = why;
	return found;
}

/* Whether a folder above has the file as its own: links may lead from there to here. */
static bool is_taken(const struct walk *walk, const char *path)
{
	struct stat status;

	if (walk->taken.count == 0 || stat(path, &status) != 0)
		return false;
	for (uint32_t i = 0; i < walk->taken.count; i++) {
		const struct file_identity *taken = list_at(&walk->taken, i);
		if (taken->device == status.st_dev && taken->number == status.st_ino)
			return true;
	}
	return false;
}

/* For those who come to the folders below. */
static void take_queue(struct walk *walk)
{
	struct stat status;

	for (uint32_t i = 0; i < walk->queue.count; i++) {
		const struct fleet_item *item = &((const struct found *)list_at(&walk->queue, i))->item;
		if (item->root && stat(item->path, &status) == 0)
			*(struct file_identity *)list_add(&walk->taken) =
				(struct file_identity){status.st_dev, status.st_ino};
	}
}

/* The known place that the path ends with; only folders below the top count. -1: none. */
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

	if (root_file_find(&behind, path_here(walk), slice_of(file), &walk->arena) &&
		S_ISREG(behind.status.st_mode)) {
		*path = behind.path.at;
		return is_key_file(behind.path) ? leads_to_keys : NULL;
	}
	*path = arena_string(&walk->arena, path_to(walk, file));
	if (lstat(*path, &status) != 0 || S_ISDIR(status.st_mode))
		*path = NULL;
	return *path ? why_not(walk, *path) : NULL;
}

/* A path may end with two places; then the folder above the longer one is the root. */
static void look_at_place(struct walk *walk, int place, struct list *files)
{
	const char *file = cccam_place(place), *path = path_to(walk, file);

	if (place_below_top(walk, path) != place)
		return;
	const char *why = follow(walk, file, &path);
	if (path && (why || !is_taken(walk, path)))
		*(struct root_cfg *)list_add(files) =
			(struct root_cfg){.file = file, .path = path, .failed = why};
}

/* Only where the folder has several files they are read, to see which count. A file that cannot be read
 * counts, and fails later. */
static void enqueue_files(struct walk *walk, struct root_cfg *files, uint32_t count)
{
	const struct root_cfg *first = NULL;

	for (uint32_t i = 0; i < count && count > 1; i++)
		if (!files[i].failed && !source_read(&files[i].source, files[i].path))
			source_from_text(&files[i].source, files[i].path, slice_of(files[i].path));
	choose_files(files, count);
	for (uint32_t i = 0; i < count; i++) {
		source_free(&files[i].source);
		if (!files[i].counts)
			continue;
		struct found *found = enqueue(walk, files[i].file, files[i].failed);
		if (files[i].failed)
			continue;
		found->item.path = files[i].path;
		found->item.root = arena_copy(&walk->arena, buffer_slice(&walk->path)).at;
		if (first) {
			found->item.notice = name_notice(&walk->arena, slice_of(first->file));
			found->suffix = name_place_suffix(&walk->arena, found->file);
		}
		first = first ? first : &files[i];
	}
}

/* A file directly in the folder that stands at a place of a folder above was found there. A plain one needs
 * no further look, for the folders that lead to it are no links. */
static void look_beside(struct walk *walk, enum beside beside)
{
	const char *path = path_to(walk, "CCcam.cfg");

	if (place_below_top(walk, path) >= 0 || is_taken(walk, path))
		return;
	const char *why = beside == BESIDE_ELSEWHERE ? why_not(walk, path) : NULL;
	enqueue(walk, "CCcam.cfg", why)->item.alone = beside == BESIDE_ALONE;
}

static void look_for_files(struct walk *walk, enum beside beside)
{
	struct root_cfg *files;
	struct list found;

	list_init(&found, &walk->arena, sizeof *files);
	for (int i = 0; cccam_place(i); i++)
		if (walk->possible[i])
			look_at_place(walk, i, &found);
	files = arena_array(&walk->arena, found.count, sizeof *files);
	for (uint32_t i = 0; i < found.count; i++)
		files[i] = *(const struct root_cfg *)list_at(&found, i);
	if (found.count > 0)
		enqueue_files(walk, files, found.count);
	if (beside != BESIDE_NONE)
		look_beside(walk, beside);
	take_queue(walk);
}

/* ---- from folder to folder ---- */

static bool give(struct walk *walk, struct found *found)
{
	size_t skip = walk->top_len;

	if (!found->item.path)
		found->item.path = found->file.len > 0 ? path_to(walk, found->file.at) : path_here(walk);
	if (skip < walk->path.len && walk->path.at[skip] == '/')
		skip++;
	found->below = (struct slice){walk->path.at + skip, walk->path.len - skip};
	walk->given++;
	return walk->take(walk->context, found);
}

static bool give_queue(struct walk *walk, enum name_form form)
{
	for (uint32_t i = 0; i < walk->queue.count; i++) {
		struct found *found = list_at(&walk->queue, i);
		found->form = form;
		if (!give(walk, found))
			return false;
	}
	return true;
}

/* The names in a folder, and the CCcam.cfg files of it. */
static void look_into(struct walk *walk, struct walk_level *level)
{
	enum beside beside = BESIDE_NONE;

	arena_reset(&walk->arena);
	list_init(&walk->queue, &walk->arena, sizeof(struct found));
	walk->possible = arena_zero(&walk->arena, known_place_count);
	if (read_level(walk, level, &beside))
		look_for_files(walk, beside);
	else
		(void)enqueue(walk, "", strerror(errno));
}

static bool visit(struct walk *walk, enum name_form form);

/* What is in the folder at hand, whose own name has this form. */
static bool visit_entry(struct walk *walk, const struct walk_entry *entry, enum name_form form)
{
	struct found found = {
		.file = slice_of(entry->name), .form = form >= NAME_HASH ? NAME_APART : entry->form};
	size_t len = walk->path.len;

	if (entry->kind == IS_FOLDER) {
		walk->path.len = strlen(path_to(walk, entry->name));
		walk->depth++;
		bool more = visit(walk, found.form);
		walk->depth--;
		walk->path.len = len;
		return more;
	}
	found.kind = entry->kind == IS_OTHER ? FOUND_PASSED : FOUND_RECEIVER;
	if (found.kind == FOUND_PASSED)
		return walk->top_is_receiver || give(walk, &found);
	found.item.failed = why_not(walk, path_to(walk, entry->name));
	found.item.archive = !found.item.failed;
	return give(walk, &found);
}

/* The folder at hand. The system takes no path of more than some thousand bytes, and so no deeper one. */
static bool visit(struct walk *walk, enum name_form form)
{
	struct walk_level level = {.count = 0};
	uint64_t before = walk->given;
	uint32_t taken = walk->taken.count;

	look_into(walk, &level);
	if (walk->depth == 0)
		walk->top_is_receiver = walk->queue.count > 0;
	bool more = give_queue(walk, form) && walk->all;
	for (uint32_t i = 0; i < level.count && more; i++)
		more = visit_entry(walk, &level.entries[i], form);
	/* the folders of a receiver are its own */
	if (more && walk->depth == 1 && !walk->top_is_receiver && walk->given == before)
		more = give(walk, &(struct found){.kind = FOUND_BARE});
	walk->taken.count = taken;
	buffer_free(&level.names);
	free(level.entries);
	return more;
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

void walk_folder(const char *folder, const char *left_out, bool all, walk_take *take, void *context)
{
	struct walk walk = {.take = take, .context = context, .all = all, .top = realpath(folder, NULL)};

	if (!walk.top)
		return;
	list_init(&walk.taken, &walk.kept, sizeof(struct file_identity));
	walk.left_out = below_top(walk.top, left_out);
	buffer_add_slice(&walk.path, slice_without_slashes(slice_of(folder)));
	walk.top_len = walk.path.len;
	(void)visit(&walk, NAME_PLAIN);
	buffer_free(&walk.path);
	free(walk.top);
	free(walk.left_out);
	arena_free(&walk.arena);
	arena_free(&walk.kept);
}
