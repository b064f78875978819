/* Folders with all that is in them. See trees.h. */
#define _XOPEN_SOURCE 700
#include "trees.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 1024 };

void give_up(const char *what, const char *which)
{
	(void)fprintf(stderr, "faults: %s: %s: %s\n", which, what, strerror(errno));
	exit(2);
}

static void add(struct tree *tree, const char *path, char *text, size_t len)
{
	if ((tree->count & (tree->count - 1)) == 0) {
		size_t room = tree->count ? tree->count * 2 : 1;
		struct entry *grown = realloc(tree->at, room * sizeof *grown);
		if (!grown)
			give_up("no memory", path);
		tree->at = grown;
	}
	tree->at[tree->count++] = (struct entry){strdup(path), text, len};
}

static char *content(const char *path, size_t size, size_t *len)
{
	char *text = malloc(size + 1);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = text && file >= 0 ? read(file, text, size) : -1;

	if (file >= 0)
		(void)close(file);
	if (got < 0) {
		free(text);
		return NULL;
	}
	*len = (size_t)got;
	return text;
}

static void add_entry(
	struct tree *tree, const char *full, const char *path, const struct stat *status, enum view view)
{
	char head[64], link[PATH_ROOM];
	size_t len = 0;
	char *body = NULL;

	if (S_ISLNK(status->st_mode)) {
		ssize_t got = readlink(full, link, sizeof link);
		body = got < 0 ? NULL : strndup(link, (size_t)got);
		len = got < 0 ? 0 : (size_t)got;
	} else if (S_ISREG(status->st_mode)) {
		body = content(full, (size_t)status->st_size, &len);
	}
	int used = snprintf(head, sizeof head, "%o:", view == VIEW_ALL ? (unsigned)status->st_mode : 0U);
	char *text = malloc((size_t)used + len + 1);
	if (!text)
		give_up("no memory", path);
	memcpy(text, head, (size_t)used);
	if (body)
		memcpy(text + used, body, len);
	free(body);
	add(tree, path, text, (size_t)used + len);
}

static bool is_ours_alone(const char *name)
{
	return strstr(name, "cc2oscam") || strstr(name, ".bak");
}

static void leave_out(struct tree *tree, const char *path)
{
	for (size_t i = 0; i < tree->count; i++)
		if (strcmp(tree->at[i].path, path) == 0) {
			free(tree->at[i].path);
			free(tree->at[i].text);
			memmove(&tree->at[i], &tree->at[i + 1], (--tree->count - i) * sizeof *tree->at);
		}
}

static void walk(struct tree *tree, const char *top, const char *below, enum view view)
{
	char full[PATH_ROOM], path[PATH_ROOM];
	struct stat status;

	(void)snprintf(full, sizeof full, "%s/%s", top, below);
	DIR *folder = opendir(full);
	if (!folder)
		return;
	for (struct dirent *entry; (entry = readdir(folder));) {
		const char *name = entry->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
			(view == VIEW_NAMES && is_ours_alone(name)))
			continue;
		if (snprintf(path, sizeof path, "%s%s", below, name) >= (int)sizeof path - 2 ||
			snprintf(full, sizeof full, "%s/%s", top, path) >= (int)sizeof full)
			give_up("too long", below);
		if ((view == VIEW_NAMES ? stat(full, &status) : lstat(full, &status)) != 0)
			continue;
		if (view == VIEW_ALL || !S_ISDIR(status.st_mode))
			add_entry(tree, full, path, &status, view);
		if (S_ISDIR(status.st_mode))
			walk(tree, top, strcat(path, "/"), view);
	}
	(void)closedir(folder);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

struct tree tree_read(const char *folder, enum view view, const char *but)
{
	struct tree tree = {NULL, 0};

	walk(&tree, folder, "", view);
	if (tree.count > 0)
		qsort(tree.at, tree.count, sizeof *tree.at, by_path);
	if (but)
		leave_out(&tree, but);
	return tree;
}

void tree_free(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		free(tree->at[i].path);
		free(tree->at[i].text);
	}
	free(tree->at);
	*tree = (struct tree){NULL, 0};
}

static const struct entry *entry_of(const struct tree *tree, const char *path)
{
	struct entry wanted = {.path = (char *)path};

	return tree->count ? bsearch(&wanted, tree->at, tree->count, sizeof wanted, by_path) : NULL;
}

static bool same(const struct entry *a, const struct entry *b)
{
	return a && b ? a->len == b->len && memcmp(a->text, b->text, a->len) == 0 : a == b;
}

/* The length of the part of a path below `apart` that counts for itself: "out/attic" of
 * "out/attic/oscam.user". */
static size_t part_length(const char *path, const char *apart)
{
	size_t len = apart ? strlen(apart) : 0;

	if (!apart || strncmp(path, apart, len) != 0 || path[len] != '/')
		return 0;
	return len + 1 + strcspn(path + len + 1, "/");
}

static bool in_part(const char *path, const char *start, size_t len, const char *apart)
{
	return part_length(path, apart) == len && strncmp(path, start, len) == 0;
}

/* The first path of one part, in either tree, where they differ. */
static const char *part_differs(
	const struct tree *tree, const struct tree *other, const char *start, size_t len, const char *apart)
{
	for (size_t i = 0; i < tree->count; i++)
		if (in_part(tree->at[i].path, start, len, apart) &&
			!same(&tree->at[i], entry_of(other, tree->at[i].path)))
			return tree->at[i].path;
	for (size_t i = 0; i < other->count; i++)
		if (in_part(other->at[i].path, start, len, apart) && !entry_of(tree, other->at[i].path))
			return other->at[i].path;
	return NULL;
}

/* Looks at the parts that begin in `walked`. */
static const char *parts_differ(const struct tree *walked, const struct tree *tree, const struct tree *a,
	const struct tree *b, const char *apart)
{
	for (size_t i = 0; i < walked->count; i++) {
		const char *path = walked->at[i].path;
		size_t len = part_length(path, apart);
		if (i > 0 && in_part(walked->at[i - 1].path, path, len, apart))
			continue;
		const char *differs = part_differs(tree, a, path, len, apart);
		if (differs && (!b || part_differs(tree, b, path, len, apart)))
			return differs;
	}
	return NULL;
}

const char *tree_differs(
	const struct tree *tree, const struct tree *a, const struct tree *b, const char *apart)
{
	const char *differs = parts_differ(tree, tree, a, b, apart);

	if (!differs)
		differs = parts_differ(a, tree, a, b, apart);
	return differs || !b ? differs : parts_differ(b, tree, a, b, apart);
}

static bool copy_file(const char *from, const char *to, const struct stat *status)
{
	size_t len = 0;
	char *text = content(from, (size_t)status->st_size, &len);
	int file = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good = text && file >= 0 && write(file, text, len) == (ssize_t)len &&
		    fchmod(file, status->st_mode) == 0;

	if (file >= 0)
		(void)close(file);
	free(text);
	return good;
}

/* What is printed with the time of a file is the same in each run. */
static void copy_times(const char *to, const struct stat *status)
{
	struct timespec times[2] = {status->st_atim, status->st_mtim};

	(void)utimensat(AT_FDCWD, to, times, AT_SYMLINK_NOFOLLOW);
}

static bool copy_link(const char *from, const char *to)
{
	char text[PATH_ROOM];
	ssize_t got = readlink(from, text, sizeof text - 1);

	if (got < 0)
		return false;
	text[got] = '\0';
	return symlink(text, to) == 0;
}

static bool copy_entry(const char *from, const char *to)
{
	struct stat status;

	if (lstat(from, &status) != 0)
		return false;
	bool good = S_ISDIR(status.st_mode)   ? tree_copy(from, to) && chmod(to, status.st_mode) == 0
		    : S_ISLNK(status.st_mode) ? copy_link(from, to)
					      : copy_file(from, to, &status);
	copy_times(to, &status);
	return good;
}

bool tree_copy(const char *from, const char *to)
{
	char source[PATH_ROOM], target[PATH_ROOM];
	DIR *folder = opendir(from);
	bool good = folder && (mkdir(to, 0700) == 0 || errno == EEXIST);

	for (struct dirent *entry; good && (entry = readdir(folder));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(source, sizeof source, "%s/%s", from, entry->d_name);
		(void)snprintf(target, sizeof target, "%s/%s", to, entry->d_name);
		good = copy_entry(source, target);
	}
	if (folder)
		(void)closedir(folder);
	if (!good)
		perror(to);
	return good;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status, (void)kind, (void)where;
	return remove(path) == 0 || errno == EBUSY ? 0 : -1;
}

void tree_remove(const char *folder)
{
	if (nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
		give_up("cannot be removed", folder);
}
