/* A set of files that appears as a whole or not at all: begun, written, committed or aborted.
 * Everything is done relative to folders' descriptors, so that a folder renamed meanwhile does no harm. */
#define _GNU_SOURCE /* flock, sync_file_range */
#include "writer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/path.h"
#include "cc2oscam/platform.h"

enum {
	ARENA_FIRST = 8192,  /* a fleet has many sets */
	BEGIN_ATTEMPTS = 16, /* others may make or remove the same folder meanwhile */
	WRITE_BACK_STEP = 8 * 1024 * 1024
};

static const char *path_of(struct output *output, const char *name)
{
	return path_join(&output->arena, slice_of(output->folder_path), slice_of(name)).at;
}

static bool keep_failure(struct output *output, const char *name, const char *what, const char *why)
{
	const char *path = name ? path_of(output, name) : output->folder_path;

	if (!output->failed)
		output->failed = arena_format(
			&output->arena, "%s: %s%s%s", path, what, why ? ": " : "", why ? why : "")
					 .at;
	return false;
}

bool output_fail(struct output *output, const char *name, const char *what)
{
	return keep_failure(output, name, what, strerror(errno));
}

bool output_refuse(struct output *output, const char *name, const char *what)
{
	return keep_failure(output, name, what, NULL);
}

bool output_flush(const struct output *output, int file)
{
	int failed;

	if (output->how & OUTPUT_DEFER)
		return true;
	do
		failed = fsync(file);
	while (failed && errno == EINTR);
	return !failed || errno == EINVAL;
}

void close_file(int file)
{
	int why = errno;

	if (file >= 0)
		(void)close(file);
	errno = why;
}

bool each_name(
	int above, const char *path, bool (*take)(void *context, int folder, const char *name), void *context)
{
	int descriptor = openat(above, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
	const struct dirent *entry;
	bool good = true;

	if (!folder) {
		close_file(descriptor);
		return false;
	}
	while (good && (errno = 0, entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			good = take(context, descriptor, entry->d_name);
	int why = errno;
	(void)closedir(folder);
	errno = why;
	return good && why == 0;
}

bool take_lock(int file)
{
	int failed;

	do
		failed = flock(file, LOCK_EX | LOCK_NB);
	while (failed && errno == EINTR);
	return !failed || errno != EWOULDBLOCK; /* where nothing can be locked, there is no lock */
}

bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* ---- the start ---- */

/* The folder is there already: files that a killed process left in it are put in order first. */
static bool take_over(struct output *output)
{
	if (!take_lock(output->folder))
		return output_refuse(output, NULL, "another cc2oscam is writing there");
	if (recover(output)) {
		new_folder_sweep(output);
		return true;
	}
	output->failed = arena_format(&output->arena,
		"%s (a run of cc2oscam that was killed left %s, or you made this: move your own files to "
		"another "
		"folder, and run the command again)",
		output->failed, path_of(output, STAGING))
				 .at;
	return false;
}

static bool begin(struct output *output)
{
	bool look = output->how & OUTPUT_LOOK;

	for (int attempt = 0; attempt < BEGIN_ATTEMPTS; attempt++) {
		if (!(output->how & OUTPUT_NEW)) {
			output->folder = open(output->folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
			if (output->folder >= 0)
				return look || take_over(output);
			if (errno != ENOENT)
				return output_fail(output, NULL, "cannot open the folder");
		}
		if (look || new_folder_prepare(output))
			return true;
		if (output->failed)
			return false;
	}
	errno = ENOENT;
	return output_fail(output, NULL, "cannot make the folder");
}

bool output_begin_below(struct output *output, int above, const char *folder, unsigned how)
{
	*output = (struct output){.arena.first = ARENA_FIRST,
		.how = how,
		.folder = -1,
		.above = above,
		.parent = -1,
		.staging = -1};
	output->folder_path = arena_string(&output->arena, folder);
	output->files = arena_array(&output->arena, OUTPUT_MAX, sizeof *output->files);
	return begin(output);
}

bool output_begin(struct output *output, const char *folder, unsigned how)
{
	return output_begin_below(output, -1, folder, how);
}

bool output_exists(const struct output *output, const char *name)
{
	struct stat status;

	return output->folder >= 0 && fstatat(output->folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* ---- the files ---- */

/* The file of this name in the set, with its place; NULL with output->failed. */
static struct output_file *find_file(struct output *output, const char *name)
{
	for (int i = 0; i < output->count; i++)
		if (strcmp(output->files[i].name, name) == 0)
			return &output->files[i];
	if (output->count == OUTPUT_MAX) {
		errno = EMFILE;
		(void)output_fail(output, name, "cannot create");
		return NULL;
	}
	struct output_file *file = &output->files[output->count++];
	*file = (struct output_file){.file = -1, .place.folder = -1};
	file->name = arena_string(&output->arena, name);
	file->path = path_of(output, name);
	if (output->folder >= 0 && !output->hidden && !real_place_find(output, file))
		return NULL;
	return file;
}

bool read_existing(const struct output_file *file, struct stat *status, struct source *source)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int descriptor = openat(file->place.folder, file->place.base, flags);
	bool good = descriptor >= 0 && fstat(descriptor, status) == 0 &&
		    source_read_raw_file(source, descriptor, file->path);

	close_file(descriptor);
	return good;
}

bool output_existing(struct output *output, const char *name, struct source *source)
{
	struct output_file *file = output->failed ? NULL : find_file(output, name);

	*source = (struct source){.path = NULL};
	if (!file)
		return false;
	return !file->existed || read_existing(file, &file->before, source) ||
	       keep_failure(output, name, "cannot be read", source_trouble(errno));
}

static bool close_files(struct output *output)
{
	for (int i = 0; i < output->count; i++) {
		struct output_file *file = &output->files[i];
		int descriptor = file->file;
		if (descriptor < 0)
			continue;
		if (!output_flush(output, descriptor))
			return output_fail(output, file->name, "cannot flush");
		file->file = -1;
		if (close(descriptor) != 0 && errno != EINTR)
			return output_fail(output, file->name, "cannot close");
	}
	return true;
}

/* Flushing waits for the disk, so all files are flushed together at the end; where the caller does it, each
 * descriptor is given back as soon as possible, for there may be many sets. */
bool output_open(struct output *output, const char *name)
{
	if (output->failed || ((output->how & OUTPUT_DEFER) && !close_files(output)))
		return false;
	struct output_file *file = find_file(output, name);
	if (!file || (!output->hidden && !swap_open(output, file)))
		return false;
	/* in a folder that is new nobody sees the file before the commit */
	if (output->hidden)
		file->file = openat(output->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file->file < 0)
		return output_fail(output, name, "cannot create");
	file->opened = true;
	output->writing = (int)(file - output->files);
	return record_before(output, file);
}

bool output_remove(struct output *output, const char *name)
{
	struct output_file *file = output->failed ? NULL : find_file(output, name);

	if (!file || !file->existed)
		return file != NULL;
	file->opened = swap_remove(output, file);
	return file->opened && record_before(output, file);
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

bool output_write(struct output *output, const char *text, size_t len)
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
	return true;
}

static bool write_to_output(void *output, const char *text, size_t len)
{
	return output_write(output, text, len);
}

struct sink output_sink(struct output *output)
{
	return (struct sink){write_to_output, output};
}

/* ---- the end ---- */

bool output_close(struct output *output)
{
	return record_write(output) && close_files(output);
}

bool output_commit(struct output *output)
{
	if (output->failed || !output_close(output) ||
		!(output->hidden ? new_folder_commit(output) : swap_commit(output)))
		return false;
	output->done = true;
	return true;
}

void output_abort(struct output *output)
{
	for (int i = 0; i < output->count; i++) {
		close_file(output->files[i].file);
		output->files[i].file = -1;
	}
	close_file(output->staging);
	output->staging = -1;
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
	for (int i = 0; i < output->count; i++)
		real_place_end(&output->files[i].place);
	close_file(output->staging);
	close_file(output->folder);
	close_parent(output);
	arena_free(&output->arena);
	*output = (struct output){.folder = -1, .above = -1, .parent = -1, .staging = -1};
}
