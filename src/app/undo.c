/* The command undo: the newest set of backups takes its place again. What it was put in the place of is kept
 * as a backup too, so that undo once more brings that back. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app.h"
#include "cc2oscam/output.h"
#include "cc2oscam/platform.h"
#include "shell.h"

/* Where nothing tells one set from another: backups that got their names within so many seconds are one. */
enum { SET_SECONDS = 2, WRITE_SECONDS = 60 };

struct backed {
	const char *path;    /* of the file itself, where a link leads */
	struct stat now;     /* st_mode 0: it is not there */
	const char *newest;  /* its newest backup, or NULL */
	struct stat backup;  /* of that */
	bool in_set, is_new; /* is_new: the set's run made it where there was none */
};

struct undo {
	struct arena arena;
	const char *folder;
	const struct target *target; /* whose files they are; NULL: OSCam's */
	struct backed files[OSCAM_FILE_COUNT];
	struct timespec since; /* what got its name before is of an older set */
	struct output output;
	const char *unseen; /* what could not be looked at, with the reason in `why`; or NULL */
	int why;
};

static int compare_times(struct timespec a, struct timespec b)
{
	if (a.tv_sec != b.tv_sec)
		return a.tv_sec < b.tv_sec ? -1 : 1;
	return (a.tv_nsec > b.tv_nsec) - (a.tv_nsec < b.tv_nsec);
}

/* ---- finding the set ---- */

/* "BASE.bak", "BASE.bak.7" */
static bool is_backup_of(const char *name, const char *base)
{
	size_t len = strlen(base);

	if (strncmp(name, base, len) != 0 || strncmp(name + len, ".bak", 4) != 0)
		return false;
	const char *rest = name + len + 4;
	return *rest == '\0' ||
	       (*rest == '.' && rest[1] && strspn(rest + 1, "0123456789") == strlen(rest + 1));
}

/* A set is put back whole or not at all, so a file that cannot be looked at is no file to pass by. */
static void cannot_look(struct undo *u, const char *path)
{
	if (errno == ENOENT)
		return;
	u->unseen = path;
	u->why = errno;
}

static void take_backup(struct undo *u, struct backed *file, const char *path)
{
	struct stat status;

	if (lstat(path, &status) != 0) {
		cannot_look(u, path);
		return;
	}
	if (!S_ISREG(status.st_mode))
		return;
	if (file->newest && compare_times(status.st_ctim, file->backup.st_ctim) < 0)
		return;
	file->newest = arena_copy(&u->arena, slice_of(path)).at;
	file->backup = status;
}

/* Backups lie beside the file itself. */
static void find_backups(struct undo *u, struct backed *file)
{
	const char *slash = strrchr(file->path, '/');
	struct slice folder = arena_copy(&u->arena, (struct slice){file->path, (size_t)(slash - file->path)});
	DIR *stream = opendir(folder.len > 0 ? folder.at : "/");

	if (!stream) {
		cannot_look(u, folder.at);
		return;
	}
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(stream)); errno = 0)
		if (is_backup_of(entry->d_name, slash + 1))
			take_backup(u, file,
				arena_format(&u->arena, "%.*s/%s", SLICE_ARG(folder), entry->d_name).at);
	if (errno)
		cannot_look(u, folder.at);
	(void)closedir(stream);
}

static void find_file(struct undo *u, enum oscam_file which)
{
	struct backed *file = &u->files[which];
	struct slice path = arena_format(&u->arena, "%s/%s", u->folder, target_file_name(u->target, which));
	char *real = realpath(path.at, NULL);

	if (!real)
		cannot_look(u, path.at);
	file->path = real ? arena_copy(&u->arena, slice_of(real)).at : path.at;
	free(real);
	if (stat(file->path, &file->now) != 0) {
		cannot_look(u, file->path);
		file->now.st_mode = 0;
	}
	find_backups(u, file);
}

/* The file is as a run wrote it: the run gave the file its name, then the backup. */
static bool is_as_written(const struct backed *file)
{
	struct timespec latest = file->backup.st_ctim;

	latest.tv_sec += SET_SECONDS;
	return file->now.st_mode != 0 && compare_times(file->now.st_mtim, file->backup.st_ctim) <= 0 &&
	       compare_times(file->now.st_ctim, latest) <= 0;
}

/* All files of a run are written before the first backup gets its name. So of the newest set are those
 * backups that got theirs after the file beside the newest backup was written: long after that, where the run
 * was killed and a later one put things in order. */
static void find_since(struct undo *u, struct timespec newest)
{
	u->since = newest;
	u->since.tv_sec -= SET_SECONDS;
	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		const struct backed *file = &u->files[i];
		if (file->newest && compare_times(file->backup.st_ctim, newest) == 0 && is_as_written(file))
			u->since = file->now.st_mtim;
	}
	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		const struct backed *file = &u->files[i];
		if (file->newest && compare_times(file->backup.st_ctim, u->since) >= 0 &&
			is_as_written(file) && compare_times(file->now.st_mtim, u->since) > 0)
			u->since = file->now.st_mtim;
	}
}

/* A file without a backup is of the set when it was written with the others, so before the `first` backup got
 * its name, and got its own name with them. */
static void mark_set(struct undo *u, struct timespec newest)
{
	struct timespec first = newest;

	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		struct backed *file = &u->files[i];
		file->in_set = file->newest && compare_times(file->backup.st_ctim, u->since) >= 0;
		if (file->in_set && compare_times(file->backup.st_ctim, first) < 0)
			first = file->backup.st_ctim;
	}
	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		struct backed *file = &u->files[i];
		file->is_new = !file->in_set && file->now.st_mode != 0 &&
			       compare_times(file->now.st_ctim, u->since) >= 0 &&
			       compare_times(file->now.st_mtim, first) <= 0 &&
			       file->now.st_mtim.tv_sec + WRITE_SECONDS >= u->since.tv_sec;
	}
}

/* The time of the newest backup of files with the names of the target; 0: there is none. */
static struct timespec find_files(struct undo *u, const struct target *target)
{
	struct timespec newest = {0, 0};

	u->target = target;
	for (enum oscam_file i = 0; i < OSCAM_FILE_COUNT; i++) {
		u->files[i] = (struct backed){.path = NULL};
		find_file(u, i);
		if (u->files[i].newest && compare_times(u->files[i].backup.st_ctim, newest) > 0)
			newest = u->files[i].backup.st_ctim;
	}
	return newest;
}

/* A folder may have OSCam's files and NCam's: the newest set counts. */
static bool find_set(struct undo *u)
{
	struct timespec ncam = find_files(u, &target_ncam), newest = find_files(u, NULL);

	if (compare_times(ncam, newest) > 0)
		newest = find_files(u, &target_ncam);
	find_since(u, newest);
	mark_set(u, newest);
	return newest.tv_sec != 0;
}

/* ---- putting it back ---- */

static enum status write_back(struct undo *u, enum oscam_file which)
{
	const struct backed *file = &u->files[which];
	struct source source;
	int from = open(file->newest, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (from < 0 || source_read_raw_file(&source, from, file->newest) != 0) {
		enum status status = complain(
			"%s cannot be read: %s\nNothing was put back.", file->newest, strerror(errno));
		if (from >= 0)
			(void)close(from);
		return status;
	}
	(void)close(from);
	bool written = output_open(&u->output, target_file_name(u->target, which)) == 0 &&
		       output_write(&u->output, source.text.at, source.text.len) == 0;
	source_free(&source);
	return written ? STATUS_DONE : complain("%s\nNothing was put back.", u->output.failed);
}

static enum status put_back(struct undo *u)
{
	enum status status = STATUS_DONE;

	for (enum oscam_file i = 0; i < OSCAM_FILE_COUNT && status == STATUS_DONE; i++)
		if (u->files[i].in_set)
			status = write_back(u, i);
		else if (u->files[i].is_new && output_remove(&u->output, target_file_name(u->target, i)) != 0)
			status = complain("%s\nNothing was put back.", u->output.failed);
	if (status == STATUS_DONE && output_commit(&u->output) != 0)
		status = complain("%s\nNothing was put back.", u->output.failed);
	if (u->output.left)
		(void)complain("the files are put back, but not all is tidied up: %s\n"
			       "The next run with this folder tidies up.",
			u->output.left);
	return status;
}

static void say_undone(const struct undo *u)
{
	struct buffer text = {0};

	for (enum oscam_file i = 0; i < OSCAM_FILE_COUNT; i++) {
		const struct backed *file = &u->files[i];
		if (file->in_set)
			buffer_format(&text, "%s: %s is that of %s again\n", u->folder,
				target_file_name(u->target, i), strrchr(file->newest, '/') + 1);
		if (file->is_new)
			buffer_format(&text, "%s: %s, which was new, is taken away\n", u->folder,
				target_file_name(u->target, i));
	}
	buffer_format(&text,
		"next: let %s read its files again (restart it); what was undone is kept as .bak, and "
		"comes back by\n  cc2oscam undo",
		u->target ? "NCam" : "OSCam");
	add_shell_file(&text, u->folder);
	buffer_add(&text, "\n", 1);
	print_buffer(stderr, &text);
}

static enum status undo(struct undo *u)
{
	struct stat status;

	if (stat(u->folder, &status) != 0)
		return complain("%s: %s", u->folder, strerror(errno));
	/* First, for this puts in order what a killed run left. */
	if (output_begin(&u->output, u->folder, OUTPUT_REPLACE) != 0)
		return complain("%s", u->output.failed);
	bool found = find_set(u);
	if (u->unseen)
		return complain(
			"%s cannot be looked at: %s\nNothing was put back.", u->unseen, strerror(u->why));
	if (!found)
		return complain(
			"%s has no backup (NAME.bak) of a file of OSCam's or NCam's, so nothing was put back",
			u->folder);
	return put_back(u);
}

/* Memory may run out anywhere: what was begun is taken back, or what was switched already is brought to its
 * end. */
static enum status undo_within_memory(struct undo *u, bool quiet)
{
	struct memory_guard guard;
	enum status status;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		status = undo(u);
		if (status == STATUS_DONE && !quiet)
			say_undone(u);
	} else {
		output_abort(&u->output);
		status = complain_of_memory(u->output.written, STATUS_DONE);
	}
	memory_guard_end(&guard);
	return status;
}

enum status command_undo(const struct request *request)
{
	struct undo u = {
		.folder = request->operands[0], .output = {.folder = -1, .parent = -1, .staging = -1}};

	arena_init(&u.arena);
	enum status status = undo_within_memory(&u, request->quiet);
	output_end(&u.output);
	arena_free(&u.arena);
	return status;
}
