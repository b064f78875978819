/* The command of the user's once more. See next.h. */
#include <string.h>

#include "next.h"
#include "options.h"
#include "shell.h"

/* `target`: --set target=... is written too. */
static void add_assignments(struct buffer *text, const struct list *assignments, bool target)
{
	for (uint32_t i = 0; i < assignments->count; i++) {
		const char *assignment = *(const char *const *)list_at(assignments, i);
		struct slice rest = slice_of(assignment), name = slice_trim(slice_cut(&rest, '='));
		if (assignment_is_secret(assignment) || (!target && slice_equal(name, SLICE("target"))))
			continue;
		buffer_format(text, " --set");
		add_shell_word(text, assignment);
	}
}

void add_command_for(
	struct buffer *text, const struct request *request, const char *command, const char *target)
{
	buffer_format(text, "cc2oscam %s", command);
	if (request->settings_given) {
		buffer_format(text, " --settings");
		add_shell_file(text, request->settings);
	}
	add_assignments(text, request->assignments, !target);
	for (uint32_t i = 0; i < request->given->count; i++) {
		const struct given *given = list_at(request->given, i);
		bool is_target = given->option->name && strcmp(given->option->name, "target") == 0;
		if (given->option->commands & OPTION_MAKES && !(target && is_target))
			add_given(text, given);
	}
	if (target)
		buffer_format(text, " --target %s", target);
}

void add_command_again(struct buffer *text, const struct request *request, const char *command)
{
	add_command_for(text, request, command, NULL);
}

void add_existing(struct buffer *text, const struct request *request)
{
	if (request->existing != EXISTING_REFUSE)
		buffer_format(text, " --%s", request->existing == EXISTING_MERGE ? "merge" : "replace");
}
