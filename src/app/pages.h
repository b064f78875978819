/* Texts about the language, the findings and the program, made from their tables. */
#ifndef CC2OSCAM_PAGES_H
#define CC2OSCAM_PAGES_H

#include "app.h"
#include "cc2oscam/cccam.h"

enum { PAGE_WIDTH = 80 };

/* On standard output, in lines of at most PAGE_WIDTH columns, each but the first behind `indent` blanks; the
 * first one goes on at `column`. */
void print_wrapped(const char *text, unsigned indent, unsigned column);
/* The keyword as it stands before its value: "C:", "SERVER LISTEN PORT :". */
const char *directive_colon(enum directive_id id);

/* help.c: the options, in the order of the help; the last one's name is NULL. */
struct option_help {
	const char *name, *meaning;
};
extern const struct option_help option_help[];
/* The options of batch, as far as they are not those of convert. */
extern const struct option_help batch_help[];
/* What the program is called with; the last one's line is NULL. */
struct command_help {
	const char *line, *meaning;
};
extern const struct command_help command_helps[];
/* What the exit statuses of each command mean; the last one's name is NULL. */
struct exit_help {
	const char *command, *done, *look, *failed; /* look: NULL where there is no status 1 */
};
extern const struct exit_help exit_helps[];
/* "0 done; 2 not done." */
void add_exits(struct buffer *text, const struct exit_help *help);
/* The number-th word that `help` takes, from 0 on; NULL after the last. */
const char *help_topic(int number);
/* What locate does, and what its -q and -v do: paragraphs, parted by line feeds. */
extern const char *const locate_help;

#endif
