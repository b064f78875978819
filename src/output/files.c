/* A set of files that appears as a whole or not at all: temporaries, flushed, then placed under their names.
 * Everything is done relative to the folder's descriptor, so that a folder renamed meanwhile does no harm. */
#define _GNU_SOURCE /* sync_file_range, RENAME_NOREPLACE */
#include "cc2oscam/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

enum {
	BEGIN_ATTEMPTS = 16, /* others may remove the same empty folder meanwhile */
	NAME_ATTEMPTS = 100,
	WRITE_BACK_STEP = 8 * 1024 * 1024
};

/* Keeps the first failure, with the reason in errno. `name` is NULL for the folder itself. */
static int fail(struct output *output, const char *name, const char *what)
{
	int why = errno;
	struct buffer message = {0};

	if (output->failed)
		return -1;
	buffer_format(&message, "%s", output->folder_path);
	if (name)
		buffer_format(&message, "%s%s", message.at[message.len - 1] == '/' ? "" : "/", name);
	buffer_format(&message, ": %s: %s%c", what, strerror(why), '\0');
	output->failed = message.at;
	return -1;
}

static char *copy_of(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		out_of_memory();
	return copy;
}

/* Makes the folder `path`, whose last part is `part`. What follows a new folder must be new as well, for
 * remove_folders would take it away: hence no ".." after one, as the system itself sees it. */
static int make_folder(struct output *output, const char *path, const char *part)
{
	if (strcmp(part, ".") == 0)
		return 0;
	if (strcmp(part, "..") == 0) {
		errno = ENOENT;
		return output->made_from ? -1 : 0;
	}
	if (mkdir(path, 0700) != 0)
		return errno == EEXIST ? 0 : -1;
	if (!output->made_from)
		output->made_from = copy_of(path);
	return 0;
}

/* From the first `len` bytes of the folder's path up to the topmost folder that we made; those in which
 * others put something stay. Leaves errno alone. */
static void remove_folders(struct output *output, size_t len)
{
	int why = errno;

	if (!output->made_from)
		return;
	char *path = copy_of(output->folder_path);
	size_t top = strlen(output->made_from);
	path[len] = '\0';
	(void)rmdir(path);
	while (len > top) {
		while (len > top && path[len - 1] != '/')
			len--;
		while (len > top && path[len - 1] == '/')
			len--;
		path[len] = '\0';
		(void)rmdir(path);
	}
	free(path);
	free(output->made_from);
	output->made_from = NULL;
	errno = why;
}

static int make_folders(struct output *output)
{
	char *path = output->folder_path;

	for (char *part = path + strspn(path, "/"); *part;) {
		char *end = part + strcspn(part, "/");
		char kept = *end;
		*end = '\0';
		int failed = make_folder(output, path, part);
		*end = kept;
		if (failed) {
			remove_folders(output, (size_t)(part - path));
			return -1;
		}
		part = end + strspn(end, "/");
	}
	return 0;
}

static int open_folder(const char *path)
{
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int output_begin(struct output *output, const char *folder)
{
	*output = (struct output){.folder = -1, .folder_path = copy_of(folder)};
	for (int attempt = 0; attempt < BEGIN_ATTEMPTS; attempt++) {
		output->folder = open_folder(folder);
		if (output->folder >= 0)
			return 0;
		if (errno != ENOENT)
			return fail(output, NULL, "cannot open the folder");
		if (make_folders(output) == 0 && (output->folder = open_folder(folder)) >= 0)
			return 0;
		remove_folders(output, strlen(folder));
		if (errno != ENOENT)
			break;
	}
	return fail(output, NULL, "cannot make the folder");
}

bool output_exists(const struct output *output, const char *name)
{
	struct stat status;

	return fstatat(output->folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* `.NAME.cc2oscam-XXXXXX`, malloc'ed. The letters need not be secret: O_EXCL takes no name that exists. */
static char *temporary_name(const struct output *output, const char *name, int attempt)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	struct buffer text = {0};
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	uint64_t seed = (uint64_t)getpid() << 16 ^ (uint64_t)(uintptr_t)output ^ (uint64_t)now.tv_nsec << 32;
	uint64_t hash = slice_hash(slice_of(name), seed + (uint64_t)now.tv_sec + (uint64_t)attempt);
	buffer_format(&text, ".%s.cc2oscam-", name);
	for (int i = 0; i < 6; i++, hash /= sizeof letters - 1)
		buffer_add(&text, &letters[hash % (sizeof letters - 1)], 1);
	buffer_add(&text, "", 1);
	return text.at;
}

int output_open(struct output *output, const char *name)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int i = output->count;

	errno = EMFILE;
	for (int attempt = 0; i < OUTPUT_MAX && attempt < NAME_ATTEMPTS; attempt++) {
		char *temporary = temporary_name(output, name, attempt);
		int file = openat(output->folder, temporary, flags, 0600);
		if (file >= 0) {
			output->files[i].name = copy_of(name);
			output->files[i].temporary = temporary;
			output->files[i].file = file;
			output->count++;
			return 0;
		}
		int why = errno;
		free(temporary);
		errno = why;
		if (why != EEXIST)
			break;
	}
	return fail(output, name, "cannot create");
}

/* The last `len` bytes were just written. Lets the system begin with what is complete, so that the flush of
 * a large file has little left to wait for. Only a hint: failures do not matter. */
static void start_write_back(int file, size_t len)
{
#ifdef SYNC_FILE_RANGE_WRITE
	off_t end = lseek(file, 0, SEEK_CUR);
	off_t from = (end - (off_t)len) / WRITE_BACK_STEP * WRITE_BACK_STEP;
	off_t complete = end / WRITE_BACK_STEP * WRITE_BACK_STEP;

	if (complete > from)
		(void)sync_file_range(file, from, complete - from, SYNC_FILE_RANGE_WRITE);
#else
	(void)file;
	(void)len;
#endif
}

int output_write(struct output *output, const char *text, size_t len)
{
	int i = output->count - 1;

	for (size_t done = 0; done < len;) {
		ssize_t written = write(output->files[i].file, text + done, len - done);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fail(output, output->files[i].name, "cannot write");
		done += (size_t)written;
	}
	start_write_back(output->files[i].file, len);
	return 0;
}

/* File systems that cannot flush say EINVAL; there is nothing more to do then. */
static int flush(int file)
{
	int failed;

	do
		failed = fsync(file);
	while (failed && errno == EINTR);
	return failed && errno != EINVAL ? -1 : 0;
}

static int complete(struct output *output, int i)
{
	int file = output->files[i].file;

	if (flush(file) != 0)
		return fail(output, output->files[i].name, "cannot flush");
	output->files[i].file = -1;
	if (close(file) != 0 && errno != EINTR)
		return fail(output, output->files[i].name, "cannot close");
	return 0;
}

/* For file systems without hard links. */
static int rename_to_new(const struct output *output, const char *from, const char *to)
{
#if defined SYS_renameat2 && defined RENAME_NOREPLACE
	if (syscall(SYS_renameat2, output->folder, from, output->folder, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != ENOSYS && errno != EINVAL)
		return -1;
#endif
	if (output_exists(output, to)) {
		errno = EEXIST;
		return -1;
	}
	return renameat(output->folder, from, output->folder, to);
}

static int place(struct output *output, int i)
{
	const char *name = output->files[i].name, *temporary = output->files[i].temporary;

	if (linkat(output->folder, temporary, output->folder, name, 0) == 0) {
		output->files[i].placed = true;
		if (unlinkat(output->folder, temporary, 0) != 0)
			return fail(output, name, "cannot remove its temporary file");
		return 0;
	}
	if (errno == EEXIST || rename_to_new(output, temporary, name) != 0)
		return fail(output, name, "cannot place");
	output->files[i].placed = true;
	return 0;
}

static int place_all(struct output *output)
{
	for (int i = 0; i < output->count; i++)
		if (place(output, i) != 0)
			return -1;
	return flush(output->folder) == 0 ? 0 : fail(output, NULL, "cannot flush the folder");
}

int output_commit(struct output *output)
{
	if (output->failed)
		return -1;
	for (int i = 0; i < output->count; i++)
		if (complete(output, i) != 0)
			return -1;
	if (place_all(output) != 0) {
		for (int i = 0; i < output->count; i++)
			if (output->files[i].placed)
				(void)unlinkat(output->folder, output->files[i].name, 0);
		return -1;
	}
	for (int i = 0; i < output->count; i++) {
		free(output->files[i].temporary);
		output->files[i].temporary = NULL;
	}
	free(output->made_from);
	output->made_from = NULL;
	return 0;
}

void output_abort(struct output *output)
{
	for (int i = 0; i < output->count; i++) {
		if (output->files[i].file >= 0)
			(void)close(output->files[i].file);
		output->files[i].file = -1;
		if (output->files[i].temporary)
			(void)unlinkat(output->folder, output->files[i].temporary, 0);
		free(output->files[i].temporary);
		output->files[i].temporary = NULL;
	}
	remove_folders(output, strlen(output->folder_path));
}

void output_end(struct output *output)
{
	if (!output->folder_path)
		return;
	output_abort(output);
	for (int i = 0; i < output->count; i++)
		free(output->files[i].name);
	if (output->folder >= 0)
		(void)close(output->folder);
	free(output->folder_path);
	free(output->failed);
	*output = (struct output){.folder = -1};
}
