/* Where a file of the set really is, and the names beside it. Links are followed only to plain files of the
 * links' own owner, so that nobody can make another user's file the one that is written. */
#define _GNU_SOURCE /* RENAME_NOREPLACE */
#include "set.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/platform.h"

#ifndef RENAME_NOREPLACE /* as in linux/fs.h */
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE  2
#endif

enum { LINKS_MOST = 40 }; /* as the system */

static const char *const roles[ROLE_COUNT] = {".cc2oscam-new", ".cc2oscam-old", ".cc2oscam-link"};
static const char through[] = STAGING "/current/";
/* From FOLDER/.cc2oscam/new to FOLDER. */
static const char up[] = "../../";

char *link_text(int folder, const char *name)
{
	for (size_t room = 256;; room *= 2) {
		char *text = malloc(room);
		if (!text)
			out_of_memory();
		ssize_t len = readlinkat(folder, name, text, room);
		if (len >= 0 && (size_t)len < room) {
			text[len] = '\0';
			return text;
		}
		int why = errno;
		free(text);
		errno = why;
		if (len < 0)
			return NULL;
	}
}

bool no_links_here(int why)
{
	return why == EPERM || why == EOPNOTSUPP || why == ENOSYS || why == EMLINK;
}

bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool same_state(const struct stat *a, const struct stat *b)
{
	return same_file(a, b) && a->st_size == b->st_size && a->st_mode == b->st_mode &&
	       a->st_uid == b->st_uid && a->st_gid == b->st_gid && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int rename_how(int folder, const char *from, const char *to, unsigned how)
{
#ifdef SYS_renameat2
	return syscall(SYS_renameat2, folder, from, folder, to, how) == 0 ? 0 : -1;
#else
	(void)folder, (void)from, (void)to, (void)how;
	errno = ENOSYS;
	return -1;
#endif
}

int rename_exchange(int folder, const char *a, const char *b)
{
	return rename_how(folder, a, b, RENAME_EXCHANGE);
}

/* Where the system cannot: a second link, or, for folders and without hard links, a look and a rename. */
int rename_new(int folder, const char *from, const char *to)
{
	struct stat status;

	if (rename_how(folder, from, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != ENOSYS && errno != EINVAL)
		return -1;
	if (linkat(folder, from, folder, to, 0) == 0)
		return unlinkat(folder, from, 0);
	if (errno == EEXIST)
		return -1;
	if (fstatat(folder, to, &status, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return -1;
	}
	return errno == ENOENT ? renameat(folder, from, folder, to) : -1;
}

static char *joined(const char *a, const char *b, const char *c)
{
	struct buffer text = {0};

	buffer_format(&text, "%s%s%s%c", a, b, c, '\0');
	return text.at;
}

static void set_names(struct spot *spot, const char *base, const char *tag)
{
	char *stem = joined(".", base, tag);

	spot->base = copy_of(base);
	for (int role = 0; role < ROLE_COUNT; role++)
		spot->hidden[role] = joined(stem, roles[role], "");
	free(stem);
}

/* In another folder than the set's own, which has our lock, the names say whose they are. */
static void set_names_elsewhere(struct spot *spot, const char *base, const struct stat *own)
{
	struct buffer tag = {0};

	buffer_format(&tag, ".%jx-%jx%c", (uintmax_t)own->st_dev, (uintmax_t)own->st_ino, '\0');
	set_names(spot, base, tag.at);
	buffer_free(&tag);
}

void spot_end(struct spot *spot)
{
	if (spot->path && spot->folder >= 0)
		(void)close(spot->folder);
	for (int role = 0; role < ROLE_COUNT; role++)
		free(spot->hidden[role]);
	free(spot->path);
	free(spot->base);
	*spot = (struct spot){.folder = -1};
}

/* Opens the folder of `path`, an absolute one. */
static int open_spot(struct spot *spot, const char *path)
{
	const char *slash = strrchr(path, '/');

	spot->path = copy_of(path);
	spot->path[slash == path ? 1 : slash - path] = '\0';
	spot->folder = open(spot->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return spot->folder >= 0 ? 0 : -1;
}

/* The place of `path`, an absolute one; the set's own folder stays the set's own. */
static int set_spot(struct spot *spot, int folder, const char *path)
{
	const char *base = strrchr(path, '/') + 1;
	struct stat own, there;

	if (open_spot(spot, path) != 0 || fstat(spot->folder, &there) != 0 || fstat(folder, &own) != 0)
		return -1;
	if (!same_file(&own, &there)) {
		set_names_elsewhere(spot, base, &own);
		return 0;
	}
	(void)close(spot->folder);
	spot->folder = folder;
	free(spot->path);
	spot->path = NULL;
	set_names(spot, base, "");
	return 0;
}

/* What `path` leads to if it is a link: malloc'ed, absolute. */
static char *next_path(const char *path)
{
	char *text = link_text(AT_FDCWD, path);

	if (!text || *text == '/')
		return text;
	char *folder = copy_of(path);
	strrchr(folder, '/')[1] = '\0';
	char *next = joined(folder, text, "");
	free(folder);
	free(text);
	return next;
}

static int refuse_dangling(struct output *output, const char *name)
{
	return set_refuse(
		output, name, "is a link that leads nowhere: remove it, or make the file that it leads to");
}

/* Follows the links from `path` to its end, which replaces it. */
static int follow(struct output *output, struct output_file *file, char **path)
{
	uid_t owner = file->before.st_uid;

	for (int links = 0; S_ISLNK(file->before.st_mode); links++) {
		char *next = links < LINKS_MOST ? next_path(*path) : NULL;
		if (!next) {
			errno = links < LINKS_MOST ? errno : ELOOP;
			return set_fail(output, file->name, "cannot follow the link");
		}
		free(*path);
		*path = next;
		if (lstat(next, &file->before) != 0)
			return errno == ENOENT ? refuse_dangling(output, file->name)
					       : set_fail(output, file->name, "cannot follow the link");
		if (file->before.st_uid != owner)
			return set_refuse(output, file->name,
				"is a link to another owner's file, and is not followed: remove the link, or "
				"name that file's folder");
	}
	return 0;
}

static int find_linked(struct output *output, struct output_file *file)
{
	char *folder = realpath(output->folder_path, NULL);

	if (!folder)
		return set_fail(output, file->name, "cannot follow the link");
	char *path = joined(folder, "/", file->name);
	free(folder);
	int failed = follow(output, file, &path);
	if (!failed && S_ISREG(file->before.st_mode) && set_spot(&file->spot, output->folder, path) != 0)
		failed = set_fail(output, file->name, "cannot open the folder that the link leads to");
	free(path);
	return failed;
}

/* Two names that lead to one file cannot both be written. */
static int refuse_twin(struct output *output, const struct output_file *file)
{
	struct buffer what = {0};
	int result = 0;

	for (int i = 0; i < output->count && result == 0; i++) {
		const struct output_file *other = &output->files[i];
		if (other == file || !other->existed || !same_file(&other->before, &file->before))
			continue;
		buffer_format(&what, "leads to the same file as %s%c", other->name, '\0');
		result = set_refuse(output, file->name, what.at);
	}
	buffer_free(&what);
	return result;
}

/* A link that a killed run has left leads to a hidden file of the same folder. */
static bool leads_out(const struct output *output, const struct output_file *file)
{
	char *text = link_text(output->folder, file->name);
	bool out = !text || strncmp(text, through, sizeof through - 1) != 0;

	free(text);
	return out;
}

int spot_find(struct output *output, struct output_file *file)
{
	if (fstatat(output->folder, file->name, &file->before, AT_SYMLINK_NOFOLLOW) != 0) {
		if (errno != ENOENT)
			return set_fail(output, file->name, "cannot be looked at");
	} else {
		bool link = S_ISLNK(file->before.st_mode);
		if (link && output->how & OUTPUT_INSIDE && leads_out(output, file))
			return set_refuse(output, file->name,
				"is a link, and what is written must not leave the output folder: remove the "
				"link, "
				"or put the file in its place");
		if (link && find_linked(output, file) != 0)
			return -1;
		if (!S_ISREG(file->before.st_mode))
			return set_refuse(output, file->name, "is no plain file; move it out of the way");
		file->existed = true;
	}
	if (!file->spot.base) {
		set_names(&file->spot, file->name, "");
		file->spot.folder = output->folder;
	}
	return file->existed ? refuse_twin(output, file) : 0;
}

int spot_record(struct output *output, const struct output_file *file, enum role role)
{
	const struct spot *spot = &file->spot;
	char *text =
		spot->path ? joined(spot->path, "/", spot->hidden[role]) : joined(up, "", spot->hidden[role]);
	char *record = joined(role == ROLE_NEW ? "new" : "old", "/", file->name);
	int result = symlinkat(text, output->staging, record);

	/* without links an empty file says as much, for then all places are in the set's own folder */
	if (result != 0 && role == ROLE_NEW && !spot->path && no_links_here(errno)) {
		int empty = openat(output->staging, record, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		result = empty < 0 ? -1 : close(empty);
		output->plain = true;
	}
	free(text);
	free(record);
	return result;
}

/* From the last part of a record, `.BASE.cc2oscam-new` or, elsewhere, `.BASE.TAG.cc2oscam-new`. */
static bool names_from_record(struct spot *spot, char *hidden, bool elsewhere)
{
	size_t len = strlen(hidden), end = strlen(roles[ROLE_NEW]);

	if (len <= end || *hidden != '.' || strcmp(hidden + len - end, roles[ROLE_NEW]) != 0)
		return false;
	hidden[len - end] = '\0';
	char *tag = elsewhere ? strrchr(hidden, '.') : hidden + len - end;
	char *kept = copy_of(tag);
	*tag = '\0';
	if (tag > hidden + 1)
		set_names(spot, hidden + 1, kept);
	free(kept);
	return spot->base != NULL;
}

int spot_recorded(struct spot *spot, int folder, int staging, const char *name)
{
	char *record = joined("new", "/", name), *text = link_text(staging, record);

	*spot = (struct spot){.folder = folder};
	free(record);
	if (!text) {
		if (errno == EINVAL)
			set_names(spot, name, "");
		return spot->base ? 0 : -1;
	}
	char *slash = strrchr(text, '/');
	bool own = strncmp(text, up, strlen(up)) == 0;
	int result = -1;
	if (slash && (own || *text == '/') && names_from_record(spot, slash + 1, !own))
		result = own ? 0 : open_spot(spot, text);
	else
		errno = EBADMSG;
	free(text);
	return result;
}

char *spot_link(const struct output *output, const struct output_file *file)
{
	if (!file->spot.path)
		return joined(through, file->name, "");
	char *folder = realpath(output->folder_path, NULL);
	if (!folder)
		return NULL;
	char *start = joined(folder, "/", through), *text = joined(start, file->name, "");
	free(folder);
	free(start);
	return text;
}

int spot_is_link(const struct spot *spot, const char *name)
{
	char *text = link_text(spot->folder, spot->base);

	if (!text)
		return errno == EINVAL || errno == ENOENT ? 0 : -1;
	char *end = joined(through, name, "");
	size_t len = strlen(text), wanted = strlen(end);
	int is = len >= wanted && strcmp(text + len - wanted, end) == 0;
	free(text);
	free(end);
	return is;
}
