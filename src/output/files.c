/* A set of files that appears as a whole or not at all: begun, written, committed or aborted.
 * Everything is done relative to folders' descriptors, so that a folder renamed meanwhile does no harm. */
#define _GNU_SOURCE /* sync_file_range */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

enum {
	BEGIN_ATTEMPTS = 16, /* others may make or remove the same folder meanwhile */
	WRITE_BACK_STEP = 8 * 1024 * 1024
};

char *copy_of(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		out_of_memory();
	return copy;
}

static char *path_of(const struct output *output, const char *name)
{
	size_t len = strlen(output->folder_path);
	bool slash = len > 0 && output->folder_path[len - 1] == '/';
	struct buffer path = {0};

	buffer_format(&path, "%s%s%s%c", output->folder_path, slash ? "" : "/", name, '\0');
	return path.at;
}

static int keep_failure(struct output *output, const char *name, const char *what, const char *why)
{
	struct buffer message = {0};

	if (output->failed)
		return -1;
	char *path = name ? path_of(output, name) : copy_of(output->folder_path);
	buffer_format(&message, "%s: %s%s%s%c", path, what, why ? ": " : "", why ? why : "", '\0');
	free(path);
	output->failed = message.at;
	return -1;
}

int output_fail(struct output *output, const char *name, const char *what)
{
	return keep_failure(output, name, what, strerror(errno));
}

int output_refuse(struct output *output, const char *name, const char *what)
{
	return keep_failure(output, name, what, NULL);
}

int output_flush(const struct output *output, int file)
{
	int failed;

	if (output->how & OUTPUT_DEFER)
		return 0;
	do
		failed = fsync(file);
	while (failed && errno == EINTR);
	return failed && errno != EINVAL ? -1 : 0;
}

/* The folder is there: what a killed process left in it is recovered first. */
static int take_over(struct output *output)
{
	if (!take_lock(output->folder))
		return output_refuse(output, NULL, "another cc2oscam is writing there");
	if (recover(output) == 0) {
		new_folder_sweep(output);
		return 0;
	}
	struct buffer message = {0};
	buffer_format(
		&message, "%s (a run that was killed left something to finish)%c", output->failed, '\0');
	free(output->failed);
	output->failed = message.at;
	return -1;
}

/* 1: it is not there. */
static int open_folder(struct output *output)
{
	output->folder = open(output->folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (output->folder >= 0)
		return output->how & OUTPUT_LOOK ? 0 : take_over(output);
	return errno == ENOENT ? 1 : output_fail(output, NULL, "cannot open the folder");
}

static int begin(struct output *output)
{
	for (int attempt = 0; attempt < BEGIN_ATTEMPTS; attempt++) {
		int missing = output->how & OUTPUT_NEW ? 1 : open_folder(output);
		if (missing <= 0)
			return missing;
		if (output->how & OUTPUT_LOOK)
			return 0;
		int result = new_folder_prepare(output);
		if (result <= 0)
			return result;
	}
	errno = ENOENT;
	return output_fail(output, NULL, "cannot make the folder");
}

int output_begin_below(struct output *output, int above, const char *folder, unsigned how)
{
	*output = (struct output){.how = how,
		.folder = -1,
		.above = above,
		.parent = -1,
		.staging = -1,
		.folder_path = copy_of(folder)};
	output->files = calloc(OUTPUT_MAX, sizeof *output->files);
	if (!output->files)
		out_of_memory();
	return begin(output);
}

int output_begin(struct output *output, const char *folder, unsigned how)
{
	return output_begin_below(output, -1, folder, how);
}

bool output_exists(const struct output *output, const char *name)
{
	struct stat status;

	return output->folder >= 0 && fstatat(output->folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* The file of this name in the set, with its place; NULL with output->failed. */
static struct output_file *find_file(struct output *output, const char *name)
{
	for (int i = 0; i < output->count; i++)
		if (strcmp(output->files[i].name, name) == 0)
			return &output->files[i];
	if (output->count == OUTPUT_MAX || !output->files) {
		errno = output->files ? EMFILE : EBADF;
		(void)output_fail(output, name, "cannot create");
		return NULL;
	}
	struct output_file *file = &output->files[output->count++];
	*file = (struct output_file){.file = -1, .place.folder = -1};
	file->name = copy_of(name);
	file->path = path_of(output, name);
	if (output->folder >= 0 && !output->hidden && real_place_find(output, file) != 0)
		return NULL;
	return file;
}

int read_existing(const struct output_file *file, struct stat *status, struct source *source)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int descriptor = openat(file->place.folder, file->place.base, flags);

	if (descriptor < 0)
		return -1;
	int failed = fstat(descriptor, status) == 0 && source_read_raw_file(source, descriptor, file->path)
			     ? 0
			     : -1;
	int why = errno;
	(void)close(descriptor);
	errno = why;
	return failed;
}

int output_existing(struct output *output, const char *name, struct source *source)
{
	struct output_file *file = output->failed ? NULL : find_file(output, name);

	if (!file)
		return -1;
	if (!file->existed)
		return 0;
	return read_existing(file, &file->before, source) == 0
		       ? 1
		       : keep_failure(output, name, "cannot be read", source_trouble(errno));
}

/* In a folder that is new nobody sees the file before the commit. */
static int open_new(struct output *output, struct output_file *file)
{
	file->file = openat(output->folder, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return file->file >= 0 ? 0 : output_fail(output, file->name, "cannot create");
}

static int close_file(struct output *output, struct output_file *file)
{
	int descriptor = file->file;

	if (descriptor < 0)
		return 0;
	if (output_flush(output, descriptor) != 0)
		return output_fail(output, file->name, "cannot flush");
	file->file = -1;
	if (close(descriptor) != 0 && errno != EINTR)
		return output_fail(output, file->name, "cannot close");
	return 0;
}

static int close_files(struct output *output)
{
	for (int i = 0; i < output->count; i++)
		if (close_file(output, &output->files[i]) != 0)
			return -1;
	return 0;
}

/* Flushing waits for the disk, so all files are flushed together at the end; where the caller does it, each
 * descriptor is given back as soon as possible, for there may be many sets. */
int output_open(struct output *output, const char *name)
{
	if (output->failed || ((output->how & OUTPUT_DEFER) && close_files(output) != 0))
		return -1;
	struct output_file *file = find_file(output, name);
	if (!file)
		return -1;
	errno = EEXIST;
	if (file->opened)
		return output_fail(output, name, "cannot create");
	if ((output->hidden ? open_new(output, file) : swap_open(output, file)) != 0)
		return -1;
	file->opened = true;
	output->writing = (int)(file - output->files);
	return record_before(output, file);
}

int output_remove(struct output *output, const char *name)
{
	struct output_file *file = output->failed ? NULL : find_file(output, name);

	if (!file)
		return -1;
	if (!file->existed)
		return 0;
	errno = EEXIST;
	if (file->opened)
		return output_fail(output, name, "cannot be removed");
	if (swap_remove(output, file) != 0)
		return -1;
	file->opened = true;
	return record_before(output, file);
}

/* Lets the system begin to write what is complete, so that the flush of a large file has little left to wait
 * for. Only a hint: failures do not matter. */
static void start_write_back(struct output_file *file, size_t len)
{
#ifdef SYNC_FILE_RANGE_WRITE
	uint64_t from = file->bytes / WRITE_BACK_STEP * WRITE_BACK_STEP;
	uint64_t complete = (file->bytes + len) / WRITE_BACK_STEP * WRITE_BACK_STEP;

	if (complete > from)
		(void)sync_file_range(
			file->file, (off_t)from, (off_t)(complete - from), SYNC_FILE_RANGE_WRITE);
#endif
	file->bytes += len;
}

int output_write(struct output *output, const char *text, size_t len)
{
	struct output_file *file = &output->files[output->writing];

	for (size_t done = 0; done < len;) {
		ssize_t written = write(file->file, text + done, len - done);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return output_fail(output, file->name, "cannot write");
		done += (size_t)written;
	}
	start_write_back(file, len);
	if (output->how & OUTPUT_RECORD)
		sha256_add(&file->sum, text, len);
	return 0;
}

static void free_files(struct output *output)
{
	for (int i = 0; i < output->count; i++) {
		real_place_end(&output->files[i].place);
		free(output->files[i].name);
		free(output->files[i].path);
	}
	free(output->files);
	output->files = NULL;
	output->count = 0;
}

/* Of a folder that is new, only the folder matters from here on; there may be many that wait for their names.
 */
static bool write_to_output(void *output, const char *text, size_t len)
{
	return output_write(output, text, len) == 0;
}

struct sink output_sink(struct output *output)
{
	return (struct sink){write_to_output, output};
}

int output_close(struct output *output)
{
	if (record_write(output) != 0 || close_files(output) != 0)
		return -1;
	if (output->hidden)
		free_files(output);
	return 0;
}

int output_commit(struct output *output)
{
	if (output->failed || output_close(output) != 0)
		return -1;
	if ((output->hidden ? new_folder_commit(output) : swap_commit(output)) != 0)
		return -1;
	output->done = true;
	return 0;
}

void output_abort(struct output *output)
{
	for (int i = 0; i < output->count; i++) {
		if (output->files[i].file >= 0)
			(void)close(output->files[i].file);
		output->files[i].file = -1;
	}
	if (output->done)
		return;
	output->done = true;
	if (output->hidden && !output->written)
		new_folder_remove(output);
	else if (output->begun)
		(void)recover(output);
}

void output_end(struct output *output)
{
	if (!output->folder_path)
		return;
	output_abort(output);
	free_files(output);
	if (output->staging >= 0)
		(void)close(output->staging);
	if (output->folder >= 0)
		(void)close(output->folder);
	close_parent(output);
	free(output->hidden);
	free(output->made_from);
	free(output->folder_path);
	free(output->failed);
	free(output->left);
	*output = (struct output){.folder = -1, .above = -1, .parent = -1, .staging = -1};
}
