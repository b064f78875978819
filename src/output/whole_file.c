/* One file that appears whole or not at all. See output.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/path.h"
#include "cc2oscam/platform.h"

/* Longer names than the system takes are cut, with room for the end. */
enum { NAME_MOST = 230, OPEN_ATTEMPTS = 16 };

bool whole_file_find(struct whole_file *file, const char *path, const char *end)
{
	struct stat status;
	char *real = realpath(path, NULL);
	bool there = real && stat(real, &status) == 0 && S_ISREG(status.st_mode);

	*file = (struct whole_file){.file = NULL};
	if (there || (!real && lstat(path, &status) != 0 && errno == ENOENT))
		file->place = arena_string(&file->arena, there ? real : path);
	free(real);
	if (!file->place)
		return false;
	const char *name = path_base(file->place);
	file->hidden = arena_format(
		&file->arena, "%.*s.%.*s%s", (int)(name - file->place), file->place, NAME_MOST, name, end)
			       .at;
	return true;
}

/* Empties the file under the hidden name, unless somebody else made or uses that file. False with errno,
 * which is EAGAIN where it was removed meanwhile. */
static bool empty_hidden(int file, const char *hidden)
{
	struct stat here, named;

	if (!take_lock(file))
		errno = EBUSY;
	else if (fstat(file, &here) != 0 || lstat(hidden, &named) != 0 || !same_file(&here, &named))
		errno = EAGAIN;
	else if (!S_ISREG(here.st_mode) || here.st_uid != geteuid() || here.st_nlink > 1)
		errno = EEXIST;
	else
		return ftruncate(file, 0) == 0 && fchmod(file, 0600) == 0;
	return false;
}

/* The file under the hidden name, empty and ours alone; one that an earlier run has left is used again. */
static int open_hidden(const char *hidden)
{
	for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
		int file = open(hidden, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
		if (file < 0 || empty_hidden(file, hidden))
			return file;
		int why = errno;
		if (why != EBUSY && why != EEXIST && why != EAGAIN)
			(void)unlink(hidden);
		(void)close(file);
		errno = why;
		if (why != EAGAIN)
			return -1;
	}
	errno = EBUSY;
	return -1;
}

/* What the new file takes the place of has to be one that may be written. */
static bool is_like_earlier(int file, const char *place)
{
	struct stat earlier;

	if (stat(place, &earlier) != 0)
		return errno == ENOENT;
	return S_ISREG(earlier.st_mode) && access(place, W_OK) == 0 &&
	       !keep_rights(file, AT_FDCWD, place, &earlier);
}

static void drop_hidden(struct whole_file *file)
{
	if (file->file) {
		(void)fclose(file->file);
		(void)unlink(file->hidden);
	}
	file->file = NULL;
}

bool whole_file_open(struct whole_file *file)
{
	file->complete = false;
	if (file->file)
		return true;
	int descriptor = open_hidden(file->hidden);
	if (descriptor < 0)
		return false;
	file->file = fdopen(descriptor, "w");
	if (!file->file) {
		(void)unlink(file->hidden);
		(void)close(descriptor);
		out_of_memory();
	}
	if (is_like_earlier(descriptor, file->place))
		return true;
	drop_hidden(file);
	errno = EACCES;
	return false;
}

bool whole_file_close(struct whole_file *file, bool written)
{
	file->complete =
		written && fflush(file->file) == 0 && !ferror(file->file) && fsync(fileno(file->file)) == 0;
	int why = errno;
	if (!file->complete)
		(void)unlink(file->hidden);
	(void)fclose(file->file);
	file->file = NULL;
	errno = why;
	return file->complete;
}

bool whole_file_end(struct whole_file *file)
{
	drop_hidden(file);
	bool failed = file->complete && rename(file->hidden, file->place) != 0;
	int why = errno;
	if (failed)
		(void)unlink(file->hidden);
	arena_free(&file->arena);
	*file = (struct whole_file){.file = NULL};
	errno = why;
	return !failed;
}
