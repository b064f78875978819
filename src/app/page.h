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

/* A text that is built in: a page ("cc2oscam.1"), or the "settings_default". NULL: there is none. */
const char *app_text(const char *name);
/* Shows all of a page's text, or, where `section` is not NULL, only the section of that name. */
void page_show_all(const char *text, const char *section, page_show *show);
/* The page_show of the terminal: on standard output, PAGE_WIDTH columns wide. */
void page_on_terminal(enum page_block kind, struct slice term, struct slice text);

/* page_tables.c: shows the table that a page names in braces. False: there is no such table. */
bool page_table(struct slice name, page_show *show);

#endif
