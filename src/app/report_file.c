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

static bool is_input(const struct request *request, int file)
{
	struct stat report, input;

	return fstat(file, &report) == 0 && stat(request->operands[0], &input) == 0 &&
	       report.st_dev == input.st_dev && report.st_ino == input.st_ino;
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
	int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (descriptor < 0)
		return cannot_write(path);
	if (is_input(request, descriptor)) {
		(void)close(descriptor);
		return complain("%s: the report would overwrite the input", path);
	}
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

enum status close_report(
	const struct request *request, FILE *file, const struct report *report, enum status status)
{
	int failed = report_write(report, request->report_format, &(struct sink){write_piece, file});

	if (file == stdout)
		return status; /* main looks after it */
	if (fclose(file) != 0 || failed)
		return cannot_write(request->report);
	return status;
}
