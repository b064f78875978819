/* Where a file of the set really is, and the names beside it. Links are followed only to plain files of the
 * links' own owner, so that nobody can make another user's file the one that is written. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/platform.h"

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

static char *joined(const char *a, const char *b, const char *c)
{
	struct buffer text = {0};

	buffer_format(&text, "%s%s%s%c", a, b, c, '\0');
	return text.at;
}

static void hidden_names(struct real_place *place, const char *base, const char *tag)
{
	char *stem = joined(".", base, tag);

	place->base = copy_of(base);
	for (int role = 0; role < ROLE_COUNT; role++)
		place->hidden[role] = joined(stem, roles[role], "");
	free(stem);
}

/* In another folder than the set's own, which has our lock, the names say whose they are. */
static void hidden_names_elsewhere(struct real_place *place, const char *base, const struct stat *own)
{
	struct buffer tag = {0};

	buffer_format(&tag, ".%jx-%jx%c", (uintmax_t)own->st_dev, (uintmax_t)own->st_ino, '\0');
	hidden_names(place, base, tag.at);
	buffer_free(&tag);
}

void real_place_end(struct real_place *place)
{
	if (place->path && place->folder >= 0)
		(void)close(place->folder);
	for (int role = 0; role < ROLE_COUNT; role++)
		free(place->hidden[role]);
	free(place->path);
	free(place->base);
	*place = (struct real_place){.folder = -1};
}

/* Opens the folder of `path`, an absolute one. */
static int open_place_folder(struct real_place *place, const char *path)
{
	const char *slash = strrchr(path, '/');

	place->path = copy_of(path);
	place->path[slash == path ? 1 : slash - path] = '\0';
	place->folder = open(place->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return place->folder >= 0 ? 0 : -1;
}

/* The place of `path`, an absolute one; the set's own folder stays the set's own. */
static int set_place(struct real_place *place, int folder, const char *path)
{
	const char *base = strrchr(path, '/') + 1;
	struct stat own, there;

	if (open_place_folder(place, path) != 0 || fstat(place->folder, &there) != 0 ||
		fstat(folder, &own) != 0)
		return -1;
	if (!same_file(&own, &there)) {
		hidden_names_elsewhere(place, base, &own);
		return 0;
	}
	(void)close(place->folder);
	place->folder = folder;
	free(place->path);
	place->path = NULL;
	hidden_names(place, base, "");
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
	return output_refuse(
		output, name, "is a link that leads nowhere: remove it, or make the file that it leads to");
}

/* A killed run's link to what is not there before, or not any more after, its swap. */
static bool leads_through_swap(const char *path)
{
	return strstr(path, "/" STAGING "/current/") != NULL;
}

/* Follows the links from `path` to its end, which replaces it. 1: nothing is there. */
static int follow(struct output *output, struct output_file *file, char **path)
{
	uid_t owner = file->before.st_uid;

	for (int links = 0; S_ISLNK(file->before.st_mode); links++) {
		char *next = links < LINKS_MOST ? next_path(*path) : NULL;
		if (!next) {
			errno = links < LINKS_MOST ? errno : ELOOP;
			return output_fail(output, file->name, "cannot follow the link");
		}
		free(*path);
		*path = next;
		if (lstat(next, &file->before) != 0)
			return errno == ENOENT && leads_through_swap(next) ? 1
			       : errno == ENOENT ? refuse_dangling(output, file->name)
						 : output_fail(output, file->name, "cannot follow the link");
		if (file->before.st_uid != owner)
			return output_refuse(output, file->name,
				"is a link to another owner's file, and is not followed: remove the link, or "
				"name that file's folder");
	}
	return 0;
}

/* 1: nothing is there. */
static int find_linked(struct output *output, struct output_file *file)
{
	char *folder = realpath(output->folder_path, NULL);

	if (!folder)
		return output_fail(output, file->name, "cannot follow the link");
	char *path = joined(folder, "/", file->name);
	free(folder);
	int failed = follow(output, file, &path);
	if (!failed && S_ISREG(file->before.st_mode) && set_place(&file->place, output->folder, path) != 0)
		failed = output_fail(output, file->name, "cannot open the folder that the link leads to");
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
		result = output_refuse(output, file->name, what.at);
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

int real_place_find(struct output *output, struct output_file *file)
{
	if (fstatat(output->folder, file->name, &file->before, AT_SYMLINK_NOFOLLOW) != 0) {
		if (errno != ENOENT)
			return output_fail(output, file->name, "cannot be looked at");
	} else {
		bool link = S_ISLNK(file->before.st_mode);
		if (link && (output->how & OUTPUT_INSIDE || is_record(file->name)) && leads_out(output, file))
			return output_refuse(output, file->name,
				"is a link, and what is written must not leave the output folder: remove the "
				"link, "
				"or put the file in its place");
		int absent = link ? find_linked(output, file) : 0;
		if (absent < 0)
			return -1;
		if (!absent && !S_ISREG(file->before.st_mode))
			return output_refuse(output, file->name, "is no plain file; move it out of the way");
		file->existed = !absent;
	}
	if (!file->place.base) {
		hidden_names(&file->place, file->name, "");
		file->place.folder = output->folder;
	}
	return file->existed ? refuse_twin(output, file) : 0;
}

int real_place_record(struct output *output, const struct output_file *file, enum role role)
{
	const struct real_place *place = &file->place;
	char *text = place->path ? joined(place->path, "/", place->hidden[role])
				 : joined(up, "", place->hidden[role]);
	char *record = joined(role == ROLE_NEW ? "new" : "old", "/", file->name);
	int result = symlinkat(text, output->staging, record);

	/* without links an empty file says as much, for then all places are in the set's own folder */
	if (result != 0 && role == ROLE_NEW && !place->path && no_links_here(errno)) {
		int empty = openat(output->staging, record, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		result = empty < 0 ? -1 : close(empty);
		output->no_links = true;
	}
	free(text);
	free(record);
	return result;
}

/* From the last part of a record, `.BASE.cc2oscam-new` or, elsewhere, `.BASE.TAG.cc2oscam-new`. */
static bool names_from_record(struct real_place *place, char *hidden, bool elsewhere)
{
	size_t len = strlen(hidden), end = strlen(roles[ROLE_NEW]);

	if (len <= end || *hidden != '.' || strcmp(hidden + len - end, roles[ROLE_NEW]) != 0)
		return false;
	hidden[len - end] = '\0';
	char *tag = elsewhere ? strrchr(hidden, '.') : hidden + len - end;
	char *kept = copy_of(tag);
	*tag = '\0';
	if (tag > hidden + 1)
		hidden_names(place, hidden + 1, kept);
	free(kept);
	return place->base != NULL;
}

int real_place_recorded(struct real_place *place, int folder, int staging, const char *name)
{
	char *record = joined("new", "/", name), *text = link_text(staging, record);

	*place = (struct real_place){.folder = folder};
	free(record);
	if (!text) {
		if (errno == EINVAL)
			hidden_names(place, name, "");
		return place->base ? 0 : -1;
	}
	char *slash = strrchr(text, '/');
	bool own = strncmp(text, up, strlen(up)) == 0;
	int result = -1;
	if (slash && (own || *text == '/') && names_from_record(place, slash + 1, !own))
		result = own ? 0 : open_place_folder(place, text);
	else
		errno = EBADMSG;
	free(text);
	return result;
}

char *real_place_link(const struct output *output, const struct output_file *file)
{
	if (!file->place.path)
		return joined(through, file->name, "");
	char *folder = realpath(output->folder_path, NULL);
	if (!folder)
		return NULL;
	char *start = joined(folder, "/", through), *text = joined(start, file->name, "");
	free(folder);
	free(start);
	return text;
}

int real_place_is_link(const struct real_place *place, const char *name)
{
	char *text = link_text(place->folder, place->base);

	if (!text)
		return errno == EINVAL || errno == ENOENT ? 0 : -1;
	char *end = joined(through, name, "");
	size_t len = strlen(text), wanted = strlen(end);
	int is = len >= wanted && strcmp(text + len - wanted, end) == 0;
	free(text);
	free(end);
	return is;
}
