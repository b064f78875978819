/* A set whose folder is not there yet: it is written into `.NAME.cc2oscam` beside it, and one rename, which
 * replaces nothing, gives the folder its name. */
#define _XOPEN_SOURCE 700
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/path.h"
#include "cc2oscam/platform.h"
#include "cc2oscam/schema.h"

/* Longer names than the system takes are left to it. */
enum { NAME_MOST = 240, NAME_TOO_LONG = 256, TAKE_ATTEMPTS = 16 };
/* The rights of the hidden folder and its files. A folder or file with other rights was made by somebody
 * else. */
enum { FOLDER_RIGHTS = 0700, FILE_RIGHTS = 0600 };

/* A folder above the set's that was missing, and that we made. */
struct made_folder {
	const char *path;
	struct made_folder *before; /* made before, further up; or NULL */
};

/* The path of the set's folder, with "/" and "." behind its last part left out. */
static struct slice plain_path(const struct output *output)
{
	struct slice path = slice_of(output->folder_path);

	while (slice_ends(path, SLICE("/")) || slice_ends(path, SLICE("/.")) || slice_equal(path, SLICE(".")))
		path.len--;
	return path;
}

/* The hidden name beside the folder; NULL if its path ends in no name. */
static const char *hidden_name(struct output *output)
{
	struct slice name = slice_base(plain_path(output));

	if (name.len == 0 || slice_equal(name, SLICE("..")))
		return NULL;
	if (name.len > NAME_MOST && name.len < NAME_TOO_LONG)
		name.len = NAME_MOST;
	return arena_format(&output->arena, ".%.*s.cc2oscam", SLICE_ARG(name)).at;
}

/* The folder above, with a / at its end; or ".". */
static const char *parent_path(struct output *output)
{
	struct slice folder = slice_folder(plain_path(output));

	return folder.len > 0 ? arena_copy(&output->arena, folder).at : ".";
}

/* Folders in which others put something stay. Leaves errno. */
static void remove_parents(struct output *output)
{
	int why = errno;

	for (; output->made; output->made = output->made->before)
		(void)rmdir(output->made->path);
	errno = why;
}

/* Makes what is missing of `path`. What follows a new folder must be new as well: hence no ".." behind a new
 * one, as the system itself sees it. */
static bool make_parents(struct output *output, const char *path)
{
	const char *end;

	for (const char *part = path + strspn(path, "/"); *part; part = end + strspn(end, "/")) {
		end = part + strcspn(part, "/");
		struct slice name = slice_between(part, end);
		bool up = slice_equal(name, SLICE(".."));
		if (slice_equal(name, SLICE(".")) || (up && !output->made))
			continue;
		/* before the folder is there: without memory nothing must be left */
		struct made_folder *made = arena_alloc(&output->arena, sizeof *made);
		*made = (struct made_folder){
			arena_copy(&output->arena, slice_between(path, end)).at, output->made};
		errno = ENOENT;
		if (!up && mkdir(made->path, 0700) == 0) {
			output->made = made;
		} else if (errno != EEXIST) {
			remove_parents(output);
			return false;
		}
	}
	return true;
}

/* Opens the folder above, making what is missing. */
static bool open_parent(struct output *output)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	const char *path = parent_path(output);

	output->parent = output->above >= 0 ? output->above : open(path, flags);
	if (output->parent < 0 && errno == ENOENT && make_parents(output, path)) {
		output->parent = open(path, flags);
		if (output->parent < 0)
			remove_parents(output);
	}
	return output->parent >= 0;
}

/* Whether an earlier run may have left it: one of OSCam's files, or the record, with the rights that they are
 * made with. False with ENOTEMPTY. */
static bool is_ours(void *unused, int folder, const char *name)
{
	struct stat status;
	bool known = is_record(name) || oscam_file_named(name, false, NULL) != OSCAM_FILE_COUNT;
	bool ours = known && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
		    status.st_mode == (S_IFREG | FILE_RIGHTS);

	(void)unused;
	errno = ENOTEMPTY;
	return ours;
}

static bool remove_ours(void *unused, int folder, const char *name)
{
	return !is_ours(unused, folder, name) || unlinkat(folder, name, 0) == 0;
}

/* Why the hidden folder was not taken: another process has it; somebody removed it, so try again; somebody
 * else made it; or the system fails. */
enum taken { TAKEN, TAKEN_BUSY, TAKEN_AGAIN, TAKEN_IN_THE_WAY, TAKEN_FAILED };

/* Whether the hidden folder that was there can be emptied. Its name is given to a finished set only under the
 * lock, so whoever has the lock and finds the folder still under this name has rubbish. Nothing is removed
 * where something else is in it, which is somebody's own. */
static enum taken empty_hidden(const struct output *output, const char *hidden, int folder)
{
	struct stat here, named;

	if (fstatat(output->parent, hidden, &named, AT_SYMLINK_NOFOLLOW) != 0 || fstat(folder, &here) != 0 ||
		!same_file(&here, &named))
		return TAKEN_AGAIN;
	errno = here.st_uid == geteuid() ? ENOTEMPTY : EACCES;
	return here.st_uid == geteuid() && (here.st_mode & 0777) == FOLDER_RIGHTS &&
			       each_name(folder, ".", is_ours, NULL) &&
			       each_name(folder, ".", remove_ours, NULL)
		       ? TAKEN
		       : TAKEN_IN_THE_WAY;
}

static enum taken take_hidden(struct output *output, const char *hidden, bool made)
{
	int folder = openat(output->parent, hidden, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (folder < 0)
		return errno == ENOENT ? TAKEN_AGAIN : TAKEN_IN_THE_WAY;
	enum taken taken = !take_lock(folder) ? TAKEN_BUSY
			   : made             ? TAKEN
					      : empty_hidden(output, hidden, folder);
	if (taken == TAKEN)
		output->folder = folder;
	else
		close_file(folder);
	return taken;
}

static enum taken make_hidden(struct output *output, const char *hidden)
{
	enum taken taken = TAKEN_AGAIN;

	for (int attempt = 0; attempt < TAKE_ATTEMPTS && taken == TAKEN_AGAIN; attempt++) {
		bool made = mkdirat(output->parent, hidden, FOLDER_RIGHTS) == 0;
		if (!made && errno != EEXIST)
			return errno == ENOENT ? TAKEN_AGAIN : TAKEN_FAILED;
		taken = take_hidden(output, hidden, made);
		if (made && taken == TAKEN_IN_THE_WAY) {
			taken = TAKEN_FAILED;
			int why = errno;
			(void)unlinkat(output->parent, hidden, AT_REMOVEDIR);
			errno = why;
		}
	}
	return taken;
}

void close_parent(struct output *output)
{
	if (output->parent != output->above)
		close_file(output->parent);
	output->parent = -1;
}

/* Back to where new_folder_prepare began. Leaves errno. */
static void undo_prepare(struct output *output)
{
	close_parent(output);
	remove_parents(output);
}

static void say_in_the_way(struct output *output, const char *hidden)
{
	struct arena *arena = &output->arena;

	(void)output_fail(output, NULL,
		arena_format(arena, "cannot make the folder, for %s beside it is in the way", hidden).at);
	const char *folder = parent_path(output);
	const char *path = strcmp(folder, ".") == 0 ? hidden : arena_format(arena, "%s%s", folder, hidden).at;
	output->failed = arena_format(
		arena, "%s; look what %s is, then rename or remove %s", output->failed, path, path)
				 .at;
}

bool new_folder_prepare(struct output *output)
{
	const char *hidden = hidden_name(output);

	errno = ENOENT;
	if (!hidden || !open_parent(output))
		return hidden && errno == ENOENT ? false
						 : output_fail(output, NULL, "cannot make the folder");
	enum taken taken = make_hidden(output, hidden);
	if (taken == TAKEN) {
		output->hidden = hidden;
		return true;
	}
	undo_prepare(output);
	if (taken == TAKEN_BUSY)
		(void)output_refuse(output, NULL, "another cc2oscam is writing there");
	else if (taken == TAKEN_FAILED)
		(void)output_fail(output, NULL, "cannot make the folder");
	else if (taken == TAKEN_IN_THE_WAY)
		say_in_the_way(output, hidden);
	return false;
}

/* The folders that we made are entries of folders too. */
static bool flush_parents(struct output *output)
{
	bool good = output_flush(output, output->parent);

	for (struct made_folder *made = output->made; made && good && !(output->how & OUTPUT_DEFER);
		made = made->before) {
		const char *above = path_folder(&output->arena, made->path);
		int folder = open(*above ? above : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		good = folder >= 0 && output_flush(output, folder);
		close_file(folder);
	}
	return good;
}

/* The disk may not keep the folder's name: the name is taken back. If that fails too, the set stays,
 * complete. */
static bool take_back(struct output *output, const char *name)
{
	(void)output_fail(output, NULL, "cannot flush the folder above");
	output->written = !rename_new(output->parent, name, output->hidden);
	if (output->written) {
		output->left = output->failed;
		output->failed = NULL;
	}
	return output->written;
}

bool new_folder_commit(struct output *output)
{
	const char *name = arena_copy(&output->arena, slice_base(plain_path(output))).at;
	struct stat status;

	if (!output_flush(output, output->folder))
		return output_fail(output, NULL, "cannot flush the folder");
	output->written = rename_new(output->parent, output->hidden, name);
	if (output->written)
		return flush_parents(output) || take_back(output, name);
	if (errno != EEXIST)
		return output_fail(output, NULL, "cannot give the folder its name");
	bool link =
		fstatat(output->parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
	return output_refuse(output, NULL,
		link ? "is a link to a folder that is not there; make that folder, or remove the link"
		     : "was made by somebody else meanwhile");
}

void new_folder_remove(struct output *output)
{
	(void)each_name(output->folder, ".", remove_ours, NULL);
	(void)unlinkat(output->parent, output->hidden, AT_REMOVEDIR);
	undo_prepare(output);
}

void new_folder_sweep(struct output *output)
{
	const char *hidden = hidden_name(output);
	int folder = output->folder;

	if (!hidden)
		return;
	output->parent = open(parent_path(output), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (output->parent >= 0 && take_hidden(output, hidden, false) == TAKEN) {
		(void)unlinkat(output->parent, hidden, AT_REMOVEDIR);
		(void)close(output->folder);
	}
	close_file(output->parent);
	output->folder = folder;
	output->parent = -1;
}
