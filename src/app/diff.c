/* The command diff: what convert -o DIR would change there, as a unified diff. It touches nothing. */
#include "convert.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/diff.h"
#include "unfit.h"

void file_set_diff(const struct file_set *set, enum oscam_file file, const struct request *request,
	const char *name, const struct sink *sink)
{
	const struct set_file *at = &set->files[file];
	struct diff_options options = {
		.name = name,
		.context = 3,
		.terminal = isatty(STDOUT_FILENO) == 1,
		.color = use_color(request, stdout),
		.old_missing = !at->there,
		.secrets = request->masks,
		.hosts = request->redact,
	};

	(void)diff_write(at->old.text, buffer_slice(&at->text), &options, sink);
}

static enum status compare(struct convert *v, bool printed)
{
	const struct target *target = &v->request->choices.target;
	struct sink sink = file_sink(stdout);

	if (v->request->strict && v->c.losses)
		return complain("something would be lost, and --strict is set: nothing would be written");
	enum status status = set_may_be_written(v);
	if (status != STATUS_DONE)
		return status;
	/* a failure of standard output is said at the end */
	for (enum oscam_file file = 0; printed && file < OSCAM_FILE_COUNT; file++)
		if (file_set_differs(&v->set, file))
			file_set_diff(&v->set, file, v->request, target_file_name(target, file), &sink);
	(void)fflush(stdout); /* before anything else is said: both may go into one log */
	if (access(v->folder, F_OK) != 0 && !v->request->quiet)
		print_formatted(stderr, "%s is not there yet: all files would be new\n",
			arena_plain(v->c.arena, slice_of(v->folder)).at);
	v->keeps_old = file_set_keeps_old(&v->set);
	v->nothing = makes_nothing(&v->c);
	v->done = true;
	return file_set_differs_at_all(&v->set) || has_raised(v->request, &v->c.ledger) ? STATUS_LOOK
											: STATUS_DONE;
}

enum status diff_show(struct convert *v)
{
	return compare(v, !v->request->report || strcmp(v->request->report, "-") != 0);
}

enum status diff_count(struct convert *v)
{
	return compare(v, false);
}

enum status command_diff(const struct request *request)
{
	bool found = request->operand_count == 1 && request->choices.root;
	struct convert v = {.request = request,
		.path = found ? NULL : request->operands[0],
		.folder = request->operands[found ? 0 : 1],
		.how = OUTPUT_LOOK,
		.dry = true,
		.result = diff_show};

	return convert_one(&v);
}
