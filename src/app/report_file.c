/* The file of the report. See report_file.h. */
#define _GNU_SOURCE /* flock, realpath */
#include "report_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

/* Longer names than the system takes are cut, with room for the end. */
enum { NAME_MOST = 230 };

static bool has_oscam_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return oscam_file_named(slash ? slash + 1 : path, false, NULL) != OSCAM_FILE_COUNT;
}

static bool starts(const char *text, size_t len, const char *with)
{
	return len >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

static bool ends(const char *text, size_t len, const char *with)
{
	size_t size = strlen(with);

	return len >= size && memcmp(text + len - size, with, size) == 0;
}

/* Only an earlier report is overwritten: any other file may be an input, or somebody's work. */
static bool may_overwrite(const char *path)
{
	char head[4096];
	struct stat status;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) {
		bool missing = file >= 0 || errno == ENOENT;
		if (file >= 0)
			(void)close(file);
		return missing;
	}
	ssize_t got = read(file, head, sizeof head);
	size_t len = got > 0 ? (size_t)got : 0;
	(void)close(file);
	const char *feed = memchr(head, '\n', len);
	size_t line = feed ? (size_t)(feed - head) : len;
	return starts(head, len, REPORT_JSON_START) || starts(head, len, REPORT_CSV_START) ||
	       starts(head, len, REPORT_HTML_START) || starts(head, len, REPORT_FLEET_CSV_START) ||
	       starts(head, len, REPORT_CHECK_CSV_START) || ends(head, line, REPORT_TITLE) ||
	       ends(head, line, REPORT_CHECK_TITLE);
}

/* Once. */
static enum status cannot_write(struct report_target *report)
{
	if (!report->broken)
		(void)complain("%s: the report cannot be written: %s", report->path,
			errno == EBUSY ? "another cc2oscam is writing it" : strerror(errno));
	report->broken = true;
	return STATUS_FAILED;
}

/* ---- opening ---- */

/* What a fresh report takes the place of keeps its rights and its owner, and has to be one that may be
 * written. */
static bool like_earlier(int fresh, const char *place)
{
	struct stat earlier, status;

	if (stat(place, &earlier) != 0)
		return errno == ENOENT;
	if (fstat(fresh, &status) != 0 || !S_ISREG(earlier.st_mode) || access(place, W_OK) != 0)
		return false;
	bool owned = status.st_uid == earlier.st_uid && status.st_gid == earlier.st_gid;
	return (owned || fchown(fresh, earlier.st_uid, earlier.st_gid) == 0) &&
	       fchmod(fresh, earlier.st_mode & 07777) == 0;
}

static void drop_fresh(struct report_target *report)
{
	if (report->file) {
		(void)fclose(report->file);
		(void)unlink(report->fresh);
	}
	report->file = NULL;
}

/* The file under the hidden name, empty and ours alone; one that an earlier run has left is used again. -1
 * with errno: EBUSY while another process writes it. */
static int take_fresh(const char *path)
{
	enum { ATTEMPTS = 16 };
	struct stat here, named;

	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		int file = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
		if (file < 0)
			return -1;
		bool busy = flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
		bool ours = fstat(file, &here) == 0 && S_ISREG(here.st_mode) && here.st_uid == geteuid() &&
			    here.st_nlink <= 1;
		bool there = lstat(path, &named) == 0 && named.st_dev == here.st_dev &&
			     named.st_ino == here.st_ino;
		if (!busy && ours && there && ftruncate(file, 0) == 0 && fchmod(file, 0600) == 0)
			return file;
		(void)close(file);
		if (busy || (there && !ours)) {
			errno = busy ? EBUSY : EEXIST;
			return -1;
		}
	}
	errno = EBUSY;
	return -1;
}

/* A file beside `place`, that takes its name in the end. */
static bool open_fresh(struct report_target *report)
{
	const char *slash = strrchr(report->place, '/'), *name = slash ? slash + 1 : report->place;

	(void)snprintf(report->fresh, sizeof report->fresh, "%.*s.%.*s" REPORT_FRESH_END,
		(int)(name - report->place), report->place, NAME_MOST, name);
	int descriptor = take_fresh(report->fresh);
	if (descriptor < 0)
		return false;
	report->file = fdopen(descriptor, "w");
	if (!report->file)
		out_of_memory();
	if (like_earlier(descriptor, report->place))
		return true;
	drop_fresh(report);
	errno = EACCES;
	return false;
}

/* The name behind all links; false for what is no plain file, nor the name of none, and for names that are
 * too long. */
static bool find_place(struct report_target *report)
{
	struct stat status;
	char *real = realpath(report->path, NULL);
	const char *place = real ? real : report->path;
	bool plain = real ? stat(real, &status) == 0 && S_ISREG(status.st_mode)
			  : lstat(report->path, &status) != 0 && errno == ENOENT;

	if (plain && strlen(place) < sizeof report->place)
		memcpy(report->place, place, strlen(place) + 1);
	free(real);
	return plain && *report->place;
}

static enum status open_in_place(struct report_target *report)
{
	int descriptor = open(report->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (descriptor < 0)
		return cannot_write(report);
	/* a pipe or a terminal cannot be cut, and need not be */
	if ((ftruncate(descriptor, 0) != 0 && errno != EINVAL) || !(report->file = fdopen(descriptor, "w"))) {
		enum status status = cannot_write(report);
		(void)close(descriptor);
		return status;
	}
	return STATUS_DONE;
}

/* Where nothing may be made beside an earlier report, it is written over. */
static enum status open_file(struct report_target *report, bool whole)
{
	if (!whole || !find_place(report))
		return open_in_place(report);
	if (open_fresh(report))
		return STATUS_DONE;
	int why = errno;
	bool refused = (why == EACCES || why == EPERM || why == EROFS);
	if (!refused || access(report->place, F_OK) != 0) {
		errno = why;
		return cannot_write(report);
	}
	report->place[0] = '\0';
	return open_in_place(report);
}

/* The folder that is to be made, for example. */
static bool lacks_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct stat status;
	char folder[PATH_MAX];

	if (!slash || slash == path || (size_t)(slash - path) >= sizeof folder)
		return false;
	memcpy(folder, path, (size_t)(slash - path));
	folder[slash - path] = '\0';
	return stat(folder, &status) != 0 && errno == ENOENT;
}

enum status open_report(const struct request *request, struct report_target *report, bool whole)
{
	const char *path = request->report;

	*report = (struct report_target){.path = path, .wanted = path != NULL};
	if (!path)
		return request->report_format == REPORT_JSON
			       ? STATUS_DONE
			       : complain("--report-format goes with --report FILE (-: standard output)");
	if (strcmp(path, "-") == 0) {
		report->file = stdout;
		return STATUS_DONE;
	}
	if (has_oscam_name(path))
		return complain(
			"%s: this is the name of one of OSCam's files; give the report another", path);
	if (lacks_folder(path))
		return complain("%s: the folder for the report is not there yet; make it first, or give the "
				"report a name in another folder",
			path);
	if (!may_overwrite(path))
		return complain("%s is there already and is no report; give the report another name", path);
	return open_file(report, whole);
}

/* ---- writing ---- */

static int write_piece(void *context, const char *text, size_t len)
{
	return fwrite(text, 1, len, context) == len ? 0 : -1;
}

/* From the first byte, whatever was written before. False with errno. */
static bool start_again(struct report_target *report)
{
	if (*report->place) {
		report->complete = false;
		return report->file || open_fresh(report);
	}
	if (report->file == stdout)
		return true;
	rewind(report->file);
	(void)!ftruncate(fileno(report->file), 0);
	return true;
}

/* A fresh report keeps its hidden name until it is closed. */
static enum status finish(struct report_target *report, int result)
{
	bool fine = result == 0 && fflush(report->file) == 0 && !ferror(report->file);

	if (!*report->place)
		return fine ? STATUS_DONE : cannot_write(report);
	fine = fine && fsync(fileno(report->file)) == 0;
	report->complete = fine;
	enum status status = fine ? STATUS_DONE : cannot_write(report);
	if (!fine)
		(void)unlink(report->fresh);
	(void)fclose(report->file);
	report->file = NULL;
	return status;
}

enum status start_report(const struct request *request, struct report_target *report)
{
	struct slice head = report_fleet_head(request->report_format);

	if (report->file && fwrite(head.at, 1, head.len, report->file) != head.len)
		return cannot_write(report);
	return STATUS_DONE;
}

enum status put_report(const struct request *request, struct report_target *file, const struct report *report)
{
	if (file->broken)
		return STATUS_FAILED;
	if (!start_again(file))
		return cannot_write(file);
	struct sink sink = {write_piece, file->file};
	return finish(file, report_write(report, request->report_format, &sink));
}

enum status put_check_report(
	const struct request *request, struct report_target *file, const struct check_report *report)
{
	if (!start_again(file))
		return cannot_write(file);
	struct sink sink = {write_piece, file->file};
	return finish(file, check_report_write(report, request->report_format, &sink));
}

enum status close_report(struct report_target *report)
{
	if (*report->place) {
		drop_fresh(report);
		if (report->complete && rename(report->fresh, report->place) != 0) {
			(void)cannot_write(report);
			(void)unlink(report->fresh);
		}
		return report->broken ? STATUS_FAILED : STATUS_DONE;
	}
	if (!report->file || report->file == stdout)
		return STATUS_DONE;
	bool failed = ferror(report->file);
	failed |= fclose(report->file) != 0;
	report->file = NULL;
	return failed ? cannot_write(report) : STATUS_DONE;
}
