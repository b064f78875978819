/* Commands that a person is to type. */
#ifndef CC2OSCAM_SHELL_H
#define CC2OSCAM_SHELL_H

#include "app.h"

/* A blank and the name of a file or folder for such a command: in quotes when the shell would take it for
 * something else. No option, even where the name begins with "-"; "-" alone stays. */
void add_shell_file(struct buffer *text, const char *name);
/* That name in the arena, zero-terminated. */
const char *shell_file(struct arena *arena, const char *name);
/* These words, each behind a blank, with `right` in the place of `wrong`, which is one of them; left out
 * where `right` is "". A password of --set is left out too. */
void add_shell_words(
	struct buffer *text, char *const *words, int count, const char *wrong, const char *right);

/* What stands in a command beside the user's options; each may be NULL but the command. */
struct command_words {
	const char *command;
	const char *how;                     /* " --merge" */
	const char *target;                  /* in place of the user's */
	const char *first, *second, *output; /* names; the last one behind -o */
	bool operands;                       /* all names that the user gave, at the end */
};
/* "cc2oscam COMMAND ..." with the options of the request that say what is made and how. Left out are -o,
 * --merge, --replace, the options that say what is printed, and passwords given by --set. Lives as long as
 * the run. */
const char *command_again(const struct request *request, struct command_words words);
#define COMMAND(request, ...) command_again((request), (struct command_words){__VA_ARGS__})
/* " --merge" or " --replace", where the request has one of them; else "". */
const char *existing_option(const struct request *request);

#endif
