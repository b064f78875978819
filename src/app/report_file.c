/* The file of the report. See report_file.h. */
#include "report_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_oscam_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (strcmp(slash ? slash + 1 : path, oscam_file_name((enum oscam_file)file)) == 0)
			return true;
	return false;
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
	       starts(head, len, REPORT_FLEET_CSV_START) || starts(head, len, REPORT_CHECK_CSV_START) ||
	       ends(head, line, REPORT_TITLE) || ends(head, line, REPORT_CHECK_TITLE);
}

static enum status cannot_write(const char *path)
{
	return complain("%s: the report cannot be written: %s", path, strerror(errno));
}

enum status open_report(const struct request *request, FILE **file)
{
	const char *path = request->report;

	if (!path)
		return request->report_format == REPORT_JSON
			       ? STATUS_DONE
			       : complain("--report-format goes with --report FILE (-: standard output)");
	if (strcmp(path, "-") == 0) {
		*file = stdout;
		return STATUS_DONE;
	}
	if (has_oscam_name(path))
		return complain(
			"%s: this is the name of one of OSCam's files; give the report another", path);
	if (!may_overwrite(path))
		return complain("%s is there already and is no report; give the report another name", path);
	int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (descriptor < 0)
		return cannot_write(path);
	/* a pipe or a terminal cannot be cut, and need not be */
	if ((ftruncate(descriptor, 0) != 0 && errno != EINVAL) || !(*file = fdopen(descriptor, "w"))) {
		enum status status = cannot_write(path);
		(void)close(descriptor);
		return status;
	}
	return STATUS_DONE;
}

static int write_piece(void *context, const char *text, size_t len)
{
	return fwrite(text, 1, len, context) == len ? 0 : -1;
}

static void start_again(FILE *file)
{
	if (file == stdout)
		return;
	rewind(file);
	(void)!ftruncate(fileno(file), 0);
}

static enum status finish(const struct request *request, FILE *file, int result)
{
	if (result != 0 || fflush(file) != 0 || ferror(file))
		return cannot_write(request->report);
	return STATUS_DONE;
}

enum status start_report(const struct request *request, FILE *file)
{
	struct slice head = report_fleet_head(request->report_format);

	if (file && fwrite(head.at, 1, head.len, file) != head.len)
		return cannot_write(request->report);
	return STATUS_DONE;
}

enum status put_report(const struct request *request, FILE *file, const struct report *report)
{
	struct sink sink = {write_piece, file};

	start_again(file);
	return finish(request, file, report_write(report, request->report_format, &sink));
}

enum status put_check_report(const struct request *request, FILE *file, const struct check_report *report)
{
	struct sink sink = {write_piece, file};

	start_again(file);
	return finish(request, file, check_report_write(report, request->report_format, &sink));
}

enum status close_report(const struct request *request, FILE *file)
{
	if (!file || file == stdout)
		return STATUS_DONE;
	bool failed = ferror(file);
	if (fclose(file) == 0 && !failed)
		return STATUS_DONE;
	return cannot_write(request->report);
}
