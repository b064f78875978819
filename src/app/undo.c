/* The command undo: takes back what the last run with a record did to the files. The texts that undo replaces
 * are kept as backups too, and undo leaves a record of its own, so that a second undo brings those texts
 * back. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app.h"
#include "cc2oscam/output.h"
#include "cc2oscam/platform.h"
#include "cc2oscam/sha256.h"
#include "shell.h"

struct undo_file {
	const char *name;  /* NULL: the record does not name the file */
	const char *path;  /* of the file itself, where a link leads */
	char now[65];      /* the sum of what is there */
	bool changed;      /* since the run */
	bool done;         /* the file is as before the run already */
	bool gone;         /* the run made it where there was none */
	struct source old; /* the text that is put back */
	const char *from;  /* the name of the backup with that text */
};

struct undo {
	struct arena arena;
	const char *folder;
	struct source text; /* of the record */
	struct record record;
	struct undo_file files[OSCAM_FILE_COUNT];
	struct output output;
};

static enum status refuse_undo(const char *what)
{
	return complain("%s\nNothing was put back.", what);
}

/* ---- finding the old texts ---- */

/* "BASE.bak" has the number 0, "BASE.bak.7" 7; -1: no backup. */
static long backup_number(const char *name, const char *base)
{
	size_t len = strlen(base);

	if (strncmp(name, base, len) != 0 || strncmp(name + len, ".bak", 4) != 0)
		return -1;
	const char *rest = name + len + 4;
	if (*rest == '\0')
		return 0;
	if (*rest != '.' || !rest[1] || strspn(rest + 1, "0123456789") != strlen(rest + 1))
		return -1;
	return strtol(rest + 1, NULL, 10);
}

/* The newest backup beside the file with a text of this sum, or any text without a sum, and the text. NULL:
 * there is none, or errno says what may hide one. */
static const char *find_backup(struct undo *u, const char *path, struct slice sum, struct source *old)
{
	const char *slash = strrchr(path, '/'), *found = NULL;
	struct slice folder = arena_copy(&u->arena, slice_between(path, slash));
	DIR *stream = opendir(folder.len > 0 ? folder.at : "/");
	long best = -1;
	int why = stream ? 0 : errno;
	char hex[65];

	errno = 0;
	for (const struct dirent *entry; stream && (entry = readdir(stream)); errno = 0) {
		struct source source = {.memory = NULL};
		unsigned mode;
		long number = backup_number(entry->d_name, slash + 1);
		if (number <= best)
			continue;
		const char *name = arena_string(&u->arena, entry->d_name);
		const char *backup = arena_format(&u->arena, "%.*s/%s", SLICE_ARG(folder), name).at;
		if (!read_plain_file(&source, backup, O_NOFOLLOW, &mode)) {
			why = errno && errno != ENOENT && errno != ELOOP ? errno : why;
			continue;
		}
		sha256_text(source.text, hex);
		if (sum.len == 0 || slice_equal(slice_of(hex), sum)) {
			source_free(old);
			*old = source;
			best = number;
			found = name;
		} else {
			source_free(&source);
		}
	}
	why = errno ? errno : why;
	if (stream)
		(void)closedir(stream);
	errno = why;
	return found;
}

/* The end of a message: what can be done without a record that holds. */
static const char *by_hand(struct undo *u)
{
	struct buffer text = {0};

	for (int i = 0; i < 2 * OSCAM_FILE_COUNT; i++) {
		const struct target *whose = i % 2 == 0 ? NULL : &target_ncam;
		struct slice path = arena_format(
			&u->arena, "%s/%s", u->folder, target_file_name(whose, (enum oscam_file)(i / 2)));
		struct source old = {.memory = NULL};
		const char *backup = find_backup(u, path.at, SLICE(""), &old);
		source_free(&old);
		if (!backup)
			continue;
		struct slice from = arena_format(&u->arena, "%s/%s", u->folder, backup);
		buffer_format(&text, "%s\n  cp -p %s %s",
			text.len == 0 ? "\nTo put the newest backups back by hand:" : "",
			shell_file(&u->arena, from.at), shell_file(&u->arena, path.at));
	}
	if (text.len == 0)
		buffer_format(&text, "\nNo backup (.bak) is in %s either.%s", u->folder,
			u->text.text.len > 0 ? "" : " To find OSCam's folder:\n  cc2oscam locate");
	return arena_take(&u->arena, &text).at;
}

static enum status find_old(struct undo *u, struct undo_file *file, struct slice sum)
{
	file->from = find_backup(u, file->path, sum, &file->old);
	if (file->from)
		return STATUS_DONE;
	if (errno)
		return complain("%s: the backups of this file cannot be looked at: %s\nNothing was put back.",
			file->path, strerror(errno));
	return complain("%s: the backup (.bak) with its old text is not there any more, or was changed\n"
			"Nothing was put back.%s",
		file->path, by_hand(u));
}

static enum status look_at_file(struct undo *u, struct undo_file *file, const struct record_file *was)
{
	struct source now;
	struct slice path = arena_format(&u->arena, "%s/%s", u->folder, was->name);
	char *real = realpath(path.at, NULL);

	file->name = was->name;
	file->path = real ? arena_string(&u->arena, real) : path.at;
	free(real);
	if (!output_existing(&u->output, file->name, &now))
		return refuse_undo(u->output.failed);
	memcpy(file->now, OUTPUT_NO_TEXT, sizeof OUTPUT_NO_TEXT);
	if (now.path)
		sha256_text(now.text, file->now);
	source_free(&now);
	file->changed = !slice_equal(slice_of(file->now), was->after);
	file->done = slice_equal(slice_of(file->now), was->before);
	file->gone = slice_equal(was->before, SLICE(OUTPUT_NO_TEXT));
	return file->done || file->gone ? STATUS_DONE : find_old(u, file, was->before);
}

static enum status find_record(struct undo *u)
{
	if (!output_existing(&u->output, OUTPUT_RECORD_NAME, &u->text))
		return refuse_undo(u->output.failed);
	if (record_read(&u->record, u->text.text))
		return STATUS_DONE;
	if (!u->text.path)
		return complain("there is nothing to undo in %s: no run of cc2oscam has left its record "
				"(" OUTPUT_RECORD_NAME ") there%s",
			u->folder, by_hand(u));
	return complain("%s/" OUTPUT_RECORD_NAME " is damaged, or another version of cc2oscam wrote this "
			"file\nNothing was put back.%s",
		u->folder, by_hand(u));
}

/* ---- putting them back ---- */

static bool put_back_file(struct undo *u, const struct undo_file *file)
{
	if (!file->name || file->done)
		return true;
	if (file->gone)
		return output_remove(&u->output, file->name);
	return output_open(&u->output, file->name) &&
	       output_write(&u->output, file->old.text.at, file->old.text.len);
}

static void say_undone_file(struct undo *u, struct undo_file *file)
{
	if (file->done)
		print_formatted(stderr, "%s: %s is already as before that run\n", u->folder, file->name);
	else if (file->gone)
		print_formatted(stderr, "%s: %s, which was new, is taken away\n", u->folder, file->name);
	else
		print_formatted(
			stderr, "%s: %s has the text of %s again\n", u->folder, file->name, file->from);
	if (!file->changed || file->done || strcmp(file->now, OUTPUT_NO_TEXT) == 0)
		return;
	const char *kept = find_backup(u, file->path, slice_of(file->now), &file->old);
	print_formatted(stderr, "%s: %s was changed after that run%s%s\n", u->folder, file->name,
		kept ? "; the changed text is kept as " : "", kept ? kept : "");
}

static void say_undone(struct undo *u)
{
	const char *program = u->record.ncam ? "NCam" : "OSCam";
	bool any = false;

	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		if (u->files[i].name)
			say_undone_file(u, &u->files[i]);
		any |= u->files[i].name && !u->files[i].done;
	}
	if (!any)
		return;
	/* an OSCam whose whole set-up was new cannot go on in CCcam's place */
	if (u->files[OSCAM_CONF].gone && u->files[OSCAM_SERVER].gone)
		print_formatted(
			stderr, "next: stop %s, whose files were all new, and start CCcam\n", program);
	else
		print_formatted(
			stderr, "next: restart %s, so that %s reads these files again\n", program, program);
	print_formatted(stderr, "what was undone is kept as .bak; to bring that back:\n  cc2oscam undo %s\n",
		shell_file(&u->arena, u->folder));
}

static enum status undo(struct undo *u)
{
	struct stat status;

	if (stat(u->folder, &status) != 0)
		return complain("%s: %s%s", u->folder, strerror(errno),
			errno == ENOENT ? "; to find OSCam's folder:\n  cc2oscam locate" : "");
	/* This comes first: it puts in order what a killed run left. */
	if (!output_begin(&u->output, u->folder, OUTPUT_REPLACE | OUTPUT_RECORD))
		return complain("%s", u->output.failed);
	enum status found = find_record(u);
	for (int i = 0; i < OSCAM_FILE_COUNT && found == STATUS_DONE; i++)
		if (u->record.files[i].name)
			found = look_at_file(u, &u->files[i], &u->record.files[i]);
	for (int i = 0; i < OSCAM_FILE_COUNT && found == STATUS_DONE; i++)
		if (!put_back_file(u, &u->files[i]))
			found = refuse_undo(u->output.failed);
	return found == STATUS_DONE ? commit_output(&u->output, "put back") : found;
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
	for (int i = 0; i < OSCAM_FILE_COUNT; i++)
		source_free(&u.files[i].old);
	source_free(&u.text);
	output_end(&u.output);
	arena_free(&u.arena);
	return status;
}
