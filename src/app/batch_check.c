/* What batch refuses by its options alone, before anything is read or made. */
#include "batch.h"
#include "cc2oscam/path.h"
#include "shell.h"

#include <sys/stat.h>

/* Whether both are in the same folder by the same name, be it there or not. */
static bool is_same_place(const char *a, const char *b)
{
	struct slice paths[] = {slice_without_slashes(slice_of(a)), slice_without_slashes(slice_of(b))};
	struct stat status[2];
	struct arena arena;
	bool known = true;

	arena_init(&arena);
	for (int i = 0; i < 2; i++) {
		const char *folder = path_folder(&arena, arena_copy(&arena, paths[i]).at);
		known &= stat(*folder ? folder : ".", &status[i]) == 0;
	}
	arena_free(&arena);
	return known && slice_equal(slice_base(paths[0]), slice_base(paths[1])) &&
	       status[0].st_dev == status[1].st_dev && status[0].st_ino == status[1].st_ino;
}

enum status batch_check_place(const struct request *request, const char *path)
{
	if (is_same_place(path, request->output))
		return complain("%s cannot be both the report and OUT, the folder for all receivers", path);
	return STATUS_DONE;
}

/* Before the report is made, for it would stay alone. */
static enum status check_output(const struct request *request)
{
	struct stat status;

	if (request->report && batch_check_place(request, request->report) != STATUS_DONE)
		return STATUS_FAILED;
	if (stat(request->output, &status) == 0 && !S_ISDIR(status.st_mode))
		return complain("%s is there already and is no folder; -o OUT is one for all receivers",
			request->output);
	return STATUS_DONE;
}

static enum status check_inputs(const struct request *request)
{
	for (int i = 0; i < request->operand_count; i++)
		if (strcmp(request->operands[i], "-") == 0)
			return complain(
				"batch takes folders, CCcam.cfg files, backup archives and manifests; "
				"convert - reads standard input (for a file of this name: ./-)");
	return STATUS_DONE;
}

static enum status say_no_fleet_report(const struct request *request, const char *name)
{
	struct buffer formats = {0};

	for (int i = 0; i < REPORT_FORMAT_COUNT; i++) {
		const struct report_format_row *format = report_format((enum report_format)i);
		if (format->fleet != REPORT_FLEET_NONE)
			buffer_format(&formats, " %s", format->name);
	}
	return complain("the report of a batch is not made as %s; --report-format takes here:%s", name,
		arena_take(request->texts, &formats).at);
}

enum status batch_check(const struct request *request)
{
	if (!request->output)
		return complain("batch wants -o OUT, the folder for all receivers:\n  %s",
			COMMAND(request, .command = "batch", .output = "OUT", .operands = true));
	if (request->resume && (request->diff || request->existing != EXISTING_REFUSE))
		return complain("--resume goes without --merge, --replace and --diff: with those a run "
				"leaves alone what is as it should be");
	if (request->choices.root)
		return complain("--root is for one receiver; batch finds the root of each by itself");
	const struct report_format_row *format = report_format(request->report_format);
	if (format->fleet == REPORT_FLEET_NONE)
		return say_no_fleet_report(request, format->name);
	return check_inputs(request) == STATUS_DONE ? check_output(request) : STATUS_FAILED;
}
