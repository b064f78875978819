/* The manual pages. Each is a text file in src/app/pages/, built into the program: `help TOPIC` shows a page
 * on the terminal, and the build makes pages for man(1) of the same text (src/app/pages/man.c).
 *
 * The text has these lines:
 *   # NAME, ## NAME     a section, a section within one
 *   = TERM              what the lines below, up to an empty one, explain
 *   * text              an item of a list; its further lines begin with two blanks
 *   four blanks, text   shown as it is: commands, files
 *   {table}             one of the program's tables, as blocks
 * All else is paragraphs, parted by empty lines. `words` between backticks are typed as they stand. */
#ifndef CC2OSCAM_PAGE_H
#define CC2OSCAM_PAGE_H

#include "app.h"
#include "cc2oscam/cccam.h"

enum page_block {
	PAGE_SECTION,
	PAGE_SUBSECTION,
	PAGE_PARAGRAPH,
	PAGE_ITEM,
	PAGE_TERM,
	PAGE_CODE /* lines as they are, the last one without a line feed */
};

/* Shows one block. `term` is empty but for PAGE_TERM. Paragraphs, items and terms' texts are one line each.
 */
typedef void page_show(enum page_block kind, struct slice term, struct slice text);

/* A text that is built in: a page ("cc2oscam.1"), the "settings_default", or what
 * `help` says of the commands ("help"). NULL: there is none. */
const char *app_text(const char *name);
/* Shows all of a page's text, or, where `section` is not NULL, only the section of that name. */
void page_show_all(const char *text, const char *section, page_show *show);
/* The page_show of the terminal: on standard output, PAGE_WIDTH columns wide. */
void page_on_terminal(enum page_block kind, struct slice term, struct slice text);

/* ---- texts about the language, the findings and the program, made from their tables ---- */

enum { PAGE_WIDTH = 80 };

/* On standard output, in lines of at most PAGE_WIDTH columns, each but the first behind `indent` blanks; the
 * first one goes on at `column`. */
void print_wrapped(struct slice text, unsigned indent, unsigned column);
/* The keyword as it stands before its value: "C:", "SERVER LISTEN PORT :". */
const char *directive_colon(enum directive_id id);

/* Shows the table that a page names in braces. False: there is no such table. */
bool page_table(struct slice name, page_show *show);
/* The options that the help of these commands lists, each as a term; 0: those of batch that have a help of
 * their own. */
void show_options(page_show *show, unsigned commands);
/* What the program is called with; the last one's line is NULL. */
struct command_help {
	const char *line, *meaning;
};
extern const struct command_help command_helps[];
/* The number-th word that `help` takes, from 0 on; NULL after the last. */
const char *help_topic(int number);
/* Of a command, which come first: what its exit statuses mean; else NULL. */
const char *help_exits(int number);
/* What locate does, and what its -q and -v do: paragraphs, parted by line feeds. */
extern const char *const locate_help;

#endif
