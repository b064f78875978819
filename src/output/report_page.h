/* Pages of text for people: paragraphs that are wrapped at 100 columns, headings, and rows of two cells. */
#ifndef CC2OSCAM_REPORT_PAGE_H
#define CC2OSCAM_REPORT_PAGE_H

#include "report_facts.h"

enum { PAGE_COLUMNS = 100 };

/* Text is put together in `text`, a paragraph at a time, and then laid out. */
struct page {
	struct spool spool;
	struct buffer text;
};

/* Lays `text` out and empties it. The first line is indented by `first`, the others by `rest`; words that do
 * not fit are cut. */
void page_paragraph(struct page *page, unsigned first, unsigned rest);
/* The same, underlined by `line`, with an empty line before (but not at the start of the page) and after. */
void page_heading(struct page *page, char line);
/* Two texts side by side behind a short one: columns 2, 9 and 56. */
void page_row(struct page *page, const char *name, struct slice left, struct slice right);
void page_blank(struct page *page);

#endif
