/* Where a file of the set really is, and the names beside it. Links are followed only to plain files of the
 * links' own owner, so that nobody can make another user's file the one that is written. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

enum { LINKS_MOST = 40 }; /* as the system */

static const char *const roles[ROLE_COUNT] = {".cc2oscam-new", ".cc2oscam-old", ".cc2oscam-link"};
static const char through[] = STAGING "/current/";
/* From FOLDER/.cc2oscam/new to FOLDER. */
static const char up[] = "../../";

const char *link_text(struct output *output, int folder, const char *name)
{
	char text[PATH_MAX];
	ssize_t len = readlinkat(folder, name, text, sizeof text);

	return len < 0 ? NULL : arena_copy(&output->arena, (struct slice){text, (size_t)len}).at;
}

/* In another folder than the set's own, which has our lock, the names have a tag that says whose they are. */
static void name_place(struct output *output, struct real_place *place, const char *base, const char *tag)
{
	place->base = base;
	for (int role = 0; role < ROLE_COUNT; role++)
		place->hidden[role] = arena_format(&output->arena, ".%s%s%s", base, tag, roles[role]).at;
}

void real_place_end(struct real_place *place)
{
	if (place->path)
		close_file(place->folder);
	*place = (struct real_place){.folder = -1};
}

/* Opens the folder of `path`, an absolute one. */
static bool open_place_folder(struct output *output, struct real_place *place, const char *path)
{
	const char *slash = strrchr(path, '/');

	place->path =
		arena_copy(&output->arena, (struct slice){path, slash == path ? 1 : (size_t)(slash - path)})
			.at;
	place->folder = open(place->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return place->folder >= 0;
}

/* The place of `path`, an absolute one; the set's own folder stays the set's own. */
static bool set_place(struct output *output, struct real_place *place, const char *path)
{
	const char *base = strrchr(path, '/') + 1;
	struct stat own, there;

	if (!open_place_folder(output, place, path) || fstat(place->folder, &there) != 0 ||
		fstat(output->folder, &own) != 0)
		return false;
	if (same_file(&own, &there)) {
		(void)close(place->folder);
		*place = (struct real_place){.folder = output->folder};
		name_place(output, place, base, "");
		return true;
	}
	struct slice tag =
		arena_format(&output->arena, ".%jx-%jx", (uintmax_t)own.st_dev, (uintmax_t)own.st_ino);
	name_place(output, place, base, tag.at);
	return true;
}

/* The absolute path that the link `path` leads to; NULL: `path` is no link. */
static const char *next_path(struct output *output, const char *path)
{
	const char *text = link_text(output, AT_FDCWD, path);

	return !text || *text == '/' ? text
				     : arena_format(&output->arena, "%.*s%s",
					       (int)(strrchr(path, '/') + 1 - path), path, text)
					       .at;
}

/* The set's folder without links, followed by `behind`; or NULL with errno. */
static const char *real_path(struct output *output, const char *behind)
{
	char *folder = realpath(output->folder_path, NULL);
	const char *path = folder ? arena_format(&output->arena, "%s/%s", folder, behind).at : NULL;

	free(folder);
	return path;
}

/* Follows the links from the name to its end. A link of a killed run leads through its swap to what is not
 * there before, or not any more after it. */
static bool find_linked(struct output *output, struct output_file *file)
{
	const char *path = real_path(output, file->name);
	uid_t owner = file->before.st_uid;

	for (int links = 0; path && S_ISLNK(file->before.st_mode); links++) {
		errno = ELOOP;
		path = links < LINKS_MOST ? next_path(output, path) : NULL;
		if (!path)
			break;
		file->existed = lstat(path, &file->before) == 0;
		if (!file->existed && errno == ENOENT)
			return strstr(path, "/" STAGING "/current/") ||
			       output_refuse(output, file->name,
				       "is a link that leads nowhere: remove it, or make the file that it "
				       "leads to");
		if (!file->existed)
			return output_fail(output, file->name, "cannot follow the link");
		if (file->before.st_uid != owner)
			return output_refuse(output, file->name,
				"is a link to another owner's file, and is not followed: remove the link, or "
				"name that file's folder");
	}
	if (!path)
		return output_fail(output, file->name, "cannot follow the link");
	return !S_ISREG(file->before.st_mode) || set_place(output, &file->place, path) ||
	       output_fail(output, file->name, "cannot open the folder that the link leads to");
}

/* Two names that lead to one file cannot both be written. */
static bool refuse_twin(struct output *output, const struct output_file *file)
{
	for (int i = 0; i < output->count; i++) {
		const struct output_file *other = &output->files[i];
		if (other != file && other->existed && same_file(&other->before, &file->before))
			return output_refuse(output, file->name,
				arena_format(&output->arena, "leads to the same file as %s", other->name).at);
	}
	return true;
}

bool real_place_find(struct output *output, struct output_file *file)
{
	file->place.folder = output->folder;
	name_place(output, &file->place, file->name, "");
	if (fstatat(output->folder, file->name, &file->before, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || output_fail(output, file->name, "cannot be looked at");
	file->existed = true;
	if (S_ISLNK(file->before.st_mode)) {
		bool inside = output->how & OUTPUT_INSIDE || is_record(file->name);
		const char *text = link_text(output, output->folder, file->name);
		/* a link that a killed run has left leads to a hidden file of the same folder */
		if (inside && (!text || strncmp(text, through, sizeof through - 1) != 0))
			return output_refuse(output, file->name,
				"is a link, and what is written must not leave the output folder: remove the "
				"link, or put the file in its place");
		if (!find_linked(output, file) || !file->existed)
			return !output->failed;
	}
	if (!S_ISREG(file->before.st_mode))
		return output_refuse(output, file->name, "is no plain file; move it out of the way");
	return refuse_twin(output, file);
}

bool real_place_record(struct output *output, const struct output_file *file, enum role role)
{
	const struct real_place *place = &file->place;
	const char *text = arena_format(&output->arena, "%s%s%s", place->path ? place->path : up,
		place->path ? "/" : "", place->hidden[role])
				   .at;
	const char *record =
		arena_format(&output->arena, "%s/%s", role == ROLE_NEW ? "new" : "old", file->name).at;

	if (symlinkat(text, output->staging, record) == 0)
		return true;
	/* without links an empty file says as much, for then all places are in the set's own folder */
	if (role != ROLE_NEW || place->path || !no_links_here(errno))
		return false;
	output->no_links = true;
	int empty = openat(output->staging, record, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return empty >= 0 && close(empty) == 0;
}

/* From the last part of a record, `.BASE.cc2oscam-new` or, elsewhere, `.BASE.TAG.cc2oscam-new`. */
static bool name_recorded(struct output *output, struct real_place *place, const char *hidden, bool elsewhere)
{
	size_t len = strlen(hidden), end = strlen(roles[ROLE_NEW]);

	if (len <= end || *hidden != '.' || strcmp(hidden + len - end, roles[ROLE_NEW]) != 0)
		return false;
	struct slice stem = arena_copy(&output->arena, (struct slice){hidden + 1, len - end - 1});
	const char *tag = elsewhere ? strrchr(stem.at, '.') : stem.at + stem.len;
	if (!tag || tag == stem.at)
		return false;
	stem.len = (size_t)(tag - stem.at);
	name_place(output, place, arena_copy(&output->arena, stem).at, tag);
	return true;
}

bool real_place_recorded(struct output *output, struct real_place *place, int staging, const char *name)
{
	const char *text = link_text(output, staging, arena_format(&output->arena, "new/%s", name).at);

	*place = (struct real_place){.folder = output->folder};
	if (!text && errno == EINVAL)
		name_place(output, place, arena_string(&output->arena, name), "");
	if (!text)
		return place->base != NULL;
	const char *slash = strrchr(text, '/');
	bool own = strncmp(text, up, strlen(up)) == 0;
	if (slash && (own || *text == '/') && name_recorded(output, place, slash + 1, !own))
		return own || open_place_folder(output, place, text);
	errno = EBADMSG;
	return false;
}

const char *real_place_link(struct output *output, const struct output_file *file)
{
	const char *text = arena_format(&output->arena, "%s%s", through, file->name).at;

	return file->place.path ? real_path(output, text) : text;
}

bool real_place_is_link(
	struct output *output, const struct real_place *place, const char *name, bool *is_link)
{
	struct slice end = arena_format(&output->arena, "%s%s", through, name);
	const char *text = link_text(output, place->folder, place->base);

	*is_link = text && slice_ends(slice_of(text), end);
	return text || errno == EINVAL || errno == ENOENT;
}
