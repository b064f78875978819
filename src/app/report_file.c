/* The file of the report. See report_file.h. */
#include "report_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/path.h"
#include "cc2oscam/platform.h"

/* Whether the text has one of the words between the bars, at its start or at its end as `has` says. */
static bool has_one(struct slice text, const char *words, bool (*has)(struct slice text, struct slice word))
{
	for (struct slice rest = slice_of(words); rest.len > 0;)
		if (has(text, slice_cut(&rest, '|')))
			return true;
	return false;
}

/* Only an earlier report is overwritten: any other file may be an input, or somebody's work. */
static bool may_overwrite(const char *path)
{
	char head[4096];
	struct stat status;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0)
		return errno == ENOENT;
	bool unseen = fstat(file, &status) != 0;
	if (unseen || !S_ISREG(status.st_mode) || status.st_size == 0) {
		(void)close(file);
		return !unseen;
	}
	ssize_t got = read(file, head, sizeof head);
	struct slice text = {head, got > 0 ? (size_t)got : 0}, rest = text, line = slice_cut(&rest, '\n');
	(void)close(file);
	for (int i = 0; i < REPORT_FORMAT_COUNT; i++) {
		const struct report_format_row *format = report_format((enum report_format)i);
		if (has_one(text, format->starts, slice_starts) || has_one(line, format->ends, slice_ends))
			return true;
	}
	return false;
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

static bool open_whole(struct report_target *report)
{
	bool open = whole_file_open(&report->whole);

	report->file = report->whole.file;
	return open;
}

static enum status want_plain_file(void)
{
	return complain(
		"the html report of a batch is a page, and a folder of pages beside it; give it the name "
		"of a file, such as --report report.html");
}

/* An earlier report is written over where no file may be made beside it. */
static enum status open_file(struct report_target *report, enum report_way way)
{
	if (way == REPORT_GROWS || !whole_file_find(&report->whole, report->path, REPORT_HIDDEN_END))
		return way == REPORT_LEADS ? want_plain_file() : open_in_place(report);
	if (open_whole(report))
		return STATUS_DONE;
	int why = errno;
	bool refused = way != REPORT_LEADS && (why == EACCES || why == EPERM || why == EROFS);
	if (!refused || access(report->whole.place, F_OK) != 0) {
		errno = why;
		return cannot_write(report);
	}
	(void)whole_file_end(&report->whole);
	return open_in_place(report);
}

enum status open_report(const struct request *request, struct report_target *report, enum report_way way)
{
	const char *path = request->report;

	*report = (struct report_target){.path = path, .wanted = path != NULL};
	if (!path)
		return request->report_format == REPORT_JSON
			       ? STATUS_DONE
			       : complain("--report-format goes with --report FILE (-: standard output)");
	if (strcmp(path, "-") == 0 && way == REPORT_LEADS)
		return want_plain_file();
	if (strcmp(path, "-") == 0) {
		report->file = stdout;
		return STATUS_DONE;
	}
	if (oscam_file_named(path_base(path), false, NULL) != OSCAM_FILE_COUNT)
		return complain(
			"%s: this is the name of one of OSCam's files; give the report another", path);
	const char *folder = path_folder(request->texts, path);
	if (*folder && !is_folder(folder) && errno == ENOENT)
		return complain("%s: the folder for the report is not there yet; make it first, or give the "
				"report a name in another folder",
			path);
	if (!may_overwrite(path))
		return complain("%s is there already and is no report; give the report another name", path);
	return open_file(report, way);
}

/* ---- writing ---- */

/* From the first byte, whatever was written before. False: a message was printed. */
static bool start_again(struct report_target *report)
{
	bool whole = report->whole.place != NULL;

	if (report->broken || (whole && !open_whole(report)))
		return cannot_write(report) == STATUS_DONE;
	if (!whole && report->file != stdout) {
		rewind(report->file);
		(void)!ftruncate(fileno(report->file), 0);
	}
	return true;
}

/* A whole file keeps its hidden name until the report is closed. */
static enum status finish_report(struct report_target *report, bool fine)
{
	if (report->whole.place) {
		fine = whole_file_close(&report->whole, fine);
		report->file = NULL;
	} else if (fine)
		fine = fflush(report->file) == 0 && !ferror(report->file);
	report->written = fine;
	return fine ? STATUS_DONE : cannot_write(report);
}

enum status start_report(const struct request *request, struct report_target *report)
{
	struct slice head = report_fleet_head(request->report_format);

	if (report->file && fwrite(head.at, 1, head.len, report->file) != head.len)
		return cannot_write(report);
	return STATUS_DONE;
}

enum status put_report(const struct request *request, struct report_target *file, const struct report *report,
	const struct check_report *check)
{
	const struct report_format_row *format = report_format(request->report_format);

	if (!start_again(file))
		return STATUS_FAILED;
	struct sink sink = file_sink(file->file);
	return finish_report(file, report ? format->write(report, &sink) : format->write_check(check, &sink));
}

enum status put_fleet_report(struct report_target *file, const struct fleet_report *report)
{
	if (file->broken)
		return STATUS_FAILED;
	struct sink sink = file_sink(file->file);
	return finish_report(file, fleet_report_html(report, &sink));
}

static enum status end_of_file(struct report_target *report)
{
	if (report->whole.place) {
		report->file = NULL;
		if (!whole_file_end(&report->whole))
			(void)cannot_write(report);
		return report->broken ? STATUS_FAILED : STATUS_DONE;
	}
	if (!report->file || report->file == stdout)
		return STATUS_DONE;
	bool failed = ferror(report->file);
	report->written |= ftello(report->file) > 0; /* a fleet's, which grows */
	failed |= fclose(report->file) != 0;
	report->file = NULL;
	return failed ? cannot_write(report) : STATUS_DONE;
}

enum status close_report(const struct request *request, struct report_target *report)
{
	bool named = report->file != stdout;
	enum status status = end_of_file(report);

	if (status == STATUS_DONE && named && report->written && !request->quiet)
		print_formatted(stderr, "the report is in %s\n", report->path);
	return status;
}

void drop_earlier_report(const struct request *request, const struct stat *before)
{
	const char *path = request->report;
	bool pages = request->report_format == REPORT_HTML && strcmp(request->command, "batch") == 0;
	struct stat now;

	if (pages || stat(path, &now) != 0 || !S_ISREG(now.st_mode) || now.st_size == 0 ||
		now.st_ino != before->st_ino || now.st_size != before->st_size ||
		now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
		now.st_mtim.tv_nsec != before->st_mtim.tv_nsec || access(path, W_OK) != 0 ||
		!may_overwrite(path))
		return;
	(void)complain(
		unlink(path) == 0
			? "%s was the report of an earlier run, and is removed: this run made no report"
			: "%s is the report of an earlier run, and cannot be removed: this run made no "
			  "report",
		path);
}
