/* A set whose folder is not there yet: it is written into `.NAME.cc2oscam` beside it, and one rename, which
 * replaces nothing, gives the folder its name. */
#define _GNU_SOURCE /* flock */
#include "writer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/platform.h"
#include "cc2oscam/schema.h"

/* Longer names than the system takes are left to it. */
enum { NAME_MOST = 240, NAME_TOO_LONG = 256, TAKE_ATTEMPTS = 16 };

bool take_lock(int file)
{
	int failed;

	do
		failed = flock(file, LOCK_EX | LOCK_NB);
	while (failed && errno == EINTR);
	return !failed || errno != EWOULDBLOCK; /* where nothing can be locked, there is no lock */
}

/* The last part of the folder's path, with "/" and "." behind it left out: its start and its length. */
static size_t last_part(const char *path, size_t *len)
{
	size_t end = strlen(path);

	for (;;) {
		while (end > 0 && path[end - 1] == '/')
			end--;
		if (end == 0 || path[end - 1] != '.' || (end > 1 && path[end - 2] != '/'))
			break;
		end--;
	}
	size_t start = end;
	while (start > 0 && path[start - 1] != '/')
		start--;
	*len = end - start;
	return start;
}

/* The hidden name beside the folder; NULL if its path ends in no name. */
static char *hidden_name(const char *path)
{
	size_t len, start = last_part(path, &len);
	struct buffer name = {0};

	if (len == 0 || (len == 2 && memcmp(path + start, "..", 2) == 0))
		return NULL;
	if (len > NAME_MOST && len < NAME_TOO_LONG)
		len = NAME_MOST;
	buffer_format(&name, ".%.*s.cc2oscam%c", (int)len, path + start, '\0');
	return name.at;
}

/* The folder above, malloc'ed. */
static char *parent_path(const char *path)
{
	size_t len, start = last_part(path, &len);
	char *parent = copy_of(start > 0 ? path : ".");

	if (start > 0)
		parent[start] = '\0';
	return parent;
}

/* Makes the folder `path`, whose last part is `part`. What follows a new folder must be new as well, for
 * remove_parents would take it away: hence no ".." after one, as the system itself sees it. */
static int make_parent(struct output *output, const char *path, const char *part)
{
	if (strcmp(part, ".") == 0)
		return 0;
	if (strcmp(part, "..") == 0) {
		errno = ENOENT;
		return output->made_from ? -1 : 0;
	}
	char *made = copy_of(path); /* before the folder is there: without memory nothing must be left */
	int failed = mkdir(path, 0700), why = errno;
	if (!failed && !output->made_from) {
		output->made_from = made;
		made = NULL;
	}
	free(made);
	errno = why;
	return failed && why != EEXIST ? -1 : 0;
}

/* The length of `path` without its last part and the slashes before it. */
static size_t without_last(const char *path, size_t len)
{
	while (len > 0 && path[len - 1] != '/')
		len--;
	while (len > 0 && path[len - 1] == '/')
		len--;
	return len;
}

/* From `path` up to the topmost folder that we made; those in which others put something stay. Leaves errno.
 */
static void remove_parents(struct output *output, const char *path)
{
	int why = errno;

	if (!output->made_from)
		return;
	char *rest = copy_of(path);
	size_t len = strlen(rest), top = strlen(output->made_from);
	while (len > top && rest[len - 1] == '/')
		len--;
	for (; len >= top && len > 0; len = without_last(rest, len)) {
		rest[len] = '\0';
		(void)rmdir(rest);
	}
	free(rest);
	free(output->made_from);
	output->made_from = NULL;
	errno = why;
}

static int make_parents(struct output *output, char *path)
{
	for (char *part = path + strspn(path, "/"); *part;) {
		char *end = part + strcspn(part, "/");
		char kept = *end;
		*end = '\0';
		int failed = make_parent(output, path, part);
		*end = kept;
		if (failed) {
			*part = '\0';
			remove_parents(output, path);
			return -1;
		}
		part = end + strspn(end, "/");
	}
	return 0;
}

/* Opens the folder above, making what is missing. */
static int open_parent(struct output *output)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	if (output->above >= 0) {
		output->parent = output->above;
		return 0;
	}
	char *path = parent_path(output->folder_path);
	output->parent = open(path, flags);
	if (output->parent < 0 && errno == ENOENT && make_parents(output, path) == 0) {
		output->parent = open(path, flags);
		if (output->parent < 0)
			remove_parents(output, path);
	}
	free(path);
	return output->parent >= 0 ? 0 : -1;
}

/* Whether an earlier run may have left it: one of OSCam's files, or the record. */
static bool is_leftover(int folder, const char *name)
{
	struct stat status;
	bool known = is_record(name) || oscam_file_named(name, false, NULL) != OSCAM_FILE_COUNT;

	return known && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

enum pass {
	LOOK_FOR_OTHERS, /* -1 with ENOTEMPTY when something of somebody else's is in it */
	REMOVE_OURS
};

static int pass_entries(DIR *entries, int folder, enum pass pass)
{
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(entries)); errno = 0) {
		if (is_dots(entry->d_name))
			continue;
		bool ours = is_leftover(folder, entry->d_name);
		if (!ours && pass == LOOK_FOR_OTHERS) {
			errno = ENOTEMPTY;
			return -1;
		}
		if (ours && pass == REMOVE_OURS && unlinkat(folder, entry->d_name, 0) != 0)
			return -1;
	}
	return errno ? -1 : 0;
}

/* What we left in it. `all`: nothing is removed where something else is in it, which is somebody's own. */
static int remove_ours(int folder, bool all)
{
	int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), failed = 0;
	DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;

	if (!entries) {
		if (copy >= 0)
			(void)close(copy);
		return -1;
	}
	failed = all ? pass_entries(entries, folder, LOOK_FOR_OTHERS) : 0;
	rewinddir(entries);
	if (!failed)
		failed = pass_entries(entries, folder, REMOVE_OURS);
	int why = errno;
	(void)closedir(entries);
	errno = why;
	return failed;
}

/* Not taken: another process has it; somebody removed it, so try again; it is none of ours; or the system
 * fails. */
enum taken { TAKEN, TAKEN_BUSY, TAKEN_AGAIN, TAKEN_IN_THE_WAY, TAKEN_FAILED };

/* Takes the hidden folder that is there, and empties it. Its name is given to a finished set only under the
 * lock, so whoever has the lock and finds the folder still under this name has rubbish. */
static enum taken take_hidden(struct output *output, const char *hidden, bool made)
{
	struct stat here, named;
	int folder = openat(output->parent, hidden, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum taken taken = TAKEN;

	if (folder < 0)
		return errno == ENOENT ? TAKEN_AGAIN : TAKEN_IN_THE_WAY;
	if (!take_lock(folder))
		taken = TAKEN_BUSY;
	else if (!made) {
		if (fstatat(output->parent, hidden, &named, AT_SYMLINK_NOFOLLOW) != 0 ||
			fstat(folder, &here) != 0 || !same_file(&here, &named))
			taken = TAKEN_AGAIN;
		else if (here.st_uid != geteuid()) {
			errno = EACCES;
			taken = TAKEN_IN_THE_WAY;
		} else if (remove_ours(folder, true) != 0)
			taken = TAKEN_IN_THE_WAY;
	}
	if (taken == TAKEN)
		output->folder = folder;
	else {
		int why = errno;
		(void)close(folder);
		errno = why;
	}
	return taken;
}

static enum taken make_hidden(struct output *output, const char *hidden)
{
	enum taken taken = TAKEN_AGAIN;

	for (int attempt = 0; attempt < TAKE_ATTEMPTS && taken == TAKEN_AGAIN; attempt++) {
		bool made = mkdirat(output->parent, hidden, 0700) == 0;
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
	if (output->parent >= 0 && output->parent != output->above)
		(void)close(output->parent);
	output->parent = -1;
}

/* Back to where new_folder_prepare began. Leaves errno. */
static void forget(struct output *output)
{
	char *path = parent_path(output->folder_path);
	int why = errno;

	close_parent(output);
	remove_parents(output, path);
	free(path);
	errno = why;
}

int new_folder_prepare(struct output *output)
{
	char *hidden = hidden_name(output->folder_path);
	struct buffer what = {0};

	errno = ENOENT;
	if (!hidden || open_parent(output) != 0) {
		bool again = hidden && errno == ENOENT;
		int result = again ? 1 : output_fail(output, NULL, "cannot make the folder");
		free(hidden);
		return result;
	}
	enum taken taken = make_hidden(output, hidden);
	if (taken == TAKEN) {
		output->hidden = hidden;
		return 0;
	}
	forget(output);
	if (taken == TAKEN_BUSY)
		(void)output_refuse(output, NULL, "another cc2oscam is writing there");
	else if (taken == TAKEN_FAILED)
		(void)output_fail(output, NULL, "cannot make the folder");
	else if (taken == TAKEN_IN_THE_WAY) {
		buffer_format(
			&what, "cannot make the folder, for %s beside it is in the way%c", hidden, '\0');
		(void)output_fail(output, NULL, what.at);
		buffer_free(&what);
	}
	free(hidden);
	return taken == TAKEN_AGAIN ? 1 : -1;
}

static const char *top_of(const char *path)
{
	return *path == '/' ? "/" : ".";
}

/* The folders that we made are entries of folders too. `path`: the folder above; it is cut. */
static int flush_parents(const struct output *output, char *path)
{
	size_t len = strlen(path), top = output->made_from ? strlen(output->made_from) : len + 1;
	int failed = output_flush(output, output->parent);

	while (len > 0 && path[len - 1] == '/')
		len--;
	while (!failed && len >= top && !(output->how & OUTPUT_DEFER)) {
		len = without_last(path, len);
		path[len] = '\0';
		const char *above = len > 0 ? path : top_of(output->folder_path);
		int folder = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		failed = folder < 0 ? -1 : output_flush(output, folder);
		if (folder >= 0)
			(void)close(folder);
	}
	return failed;
}

/* The name may not last: it is taken back. If that fails too, the set is there, complete. */
static int take_back(struct output *output, const char *name)
{
	(void)output_fail(output, NULL, "cannot flush the folder above");
	if (rename_new(output->parent, name, output->hidden) == 0) {
		output->written = false;
		return -1;
	}
	output->left = output->failed;
	output->failed = NULL;
	return 0;
}

static int refuse_taken_name(struct output *output, const char *name)
{
	struct stat status;

	if (fstatat(output->parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode))
		return output_refuse(output, NULL,
			"is a link to a folder that is not there; make that folder, or remove the link");
	return output_refuse(output, NULL, "was made by somebody else meanwhile");
}

int new_folder_commit(struct output *output)
{
	size_t len, start = last_part(output->folder_path, &len);
	char *name = copy_of(output->folder_path + start);
	char *parent =
		parent_path(output->folder_path); /* once the folder has its name, memory may not lack */
	int result = 0;

	name[len] = '\0';
	if (output_flush(output, output->folder) != 0)
		result = output_fail(output, NULL, "cannot flush the folder");
	else if (rename_new(output->parent, output->hidden, name) != 0)
		result = errno == EEXIST ? refuse_taken_name(output, name)
					 : output_fail(output, NULL, "cannot give the folder its name");
	else {
		output->written = true;
		result = flush_parents(output, parent) == 0 ? 0 : take_back(output, name);
	}
	free(parent);
	free(name);
	return result;
}

void new_folder_remove(struct output *output)
{
	(void)remove_ours(output->folder, false);
	(void)unlinkat(output->parent, output->hidden, AT_REMOVEDIR);
	forget(output);
}

void new_folder_sweep(struct output *output)
{
	char *hidden = hidden_name(output->folder_path), *path = parent_path(output->folder_path);
	int folder = output->folder;

	output->parent = hidden ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (output->parent >= 0) {
		if (take_hidden(output, hidden, false) == TAKEN) {
			(void)unlinkat(output->parent, hidden, AT_REMOVEDIR);
			(void)close(output->folder);
		}
		(void)close(output->parent);
	}
	output->folder = folder;
	output->parent = -1;
	free(hidden);
	free(path);
}
