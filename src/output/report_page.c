/* Laying out text for people. See report_facts.h. */
#include "report_facts.h"

enum { ROW_NAME = 2, ROW_LEFT = 9, ROW_RIGHT = 56 };

/* What fits into `width` columns, up to a blank if there is one; the blank is skipped. Sets how many columns
 * it fills. */
static struct slice take_line(struct slice *rest, unsigned width, unsigned *columns)
{
	struct slice line = {rest->at, 0};
	size_t at = 0, blank = 0;
	unsigned count = 0, before = 0;

	while (at < rest->len && (count < width || rest->at[at] == ' ')) {
		if (rest->at[at] == ' ') {
			blank = at;
			before = count;
			if (count == width)
				break;
		}
		size_t len = utf8_length((struct slice){rest->at + at, rest->len - at});
		at += len > 0 ? len : 1;
		count++;
	}
	bool broken = at < rest->len && blank > 0;
	line.len = broken ? blank : at;
	*columns = broken ? before : count;
	size_t used = line.len + broken;
	*rest = (struct slice){rest->at + used, rest->len - used};
	return line;
}

static void add_blanks(struct buffer *text, unsigned count)
{
	buffer_format(text, "%*s", (int)count, "");
}

/* Returns how many columns the widest line fills. */
static unsigned lay_out(struct page *page, unsigned first, unsigned indent)
{
	struct buffer *out = &page->spool.text;
	struct slice rest = buffer_slice(&page->text);
	unsigned widest = 0;

	while (rest.len > 0) {
		unsigned columns;
		struct slice line = take_line(&rest, PAGE_COLUMNS - first, &columns);
		add_blanks(out, first);
		buffer_add_slice(out, line);
		buffer_add(out, "\n", 1);
		spool_check(&page->spool);
		widest = columns > widest ? columns : widest;
		first = indent;
	}
	page->text.len = 0;
	return widest;
}

void page_paragraph(struct page *page, unsigned first, unsigned rest)
{
	(void)lay_out(page, first, rest);
}

void page_heading(struct page *page, char line)
{
	if (line != '=')
		buffer_add(&page->spool.text, "\n", 1);
	unsigned width = lay_out(page, 0, 0);

	while (width-- > 0)
		buffer_add(&page->spool.text, &line, 1);
	buffer_add(&page->spool.text, "\n\n", 2);
}

void page_row(struct page *page, const char *name, struct slice left, struct slice right)
{
	struct buffer *out = &page->spool.text;
	unsigned column = ROW_NAME + (unsigned)strlen(name), columns;

	add_blanks(out, ROW_NAME);
	buffer_add_slice(out, slice_of(name));
	do {
		if (left.len > 0) {
			add_blanks(out, ROW_LEFT - column);
			buffer_add_slice(out, take_line(&left, ROW_RIGHT - 2 - ROW_LEFT, &columns));
			column = ROW_LEFT + columns;
		}
		if (right.len > 0) {
			add_blanks(out, ROW_RIGHT - column);
			buffer_add_slice(out, take_line(&right, PAGE_COLUMNS - ROW_RIGHT, &columns));
		}
		buffer_add(out, "\n", 1);
		spool_check(&page->spool);
		column = 0;
	} while (left.len > 0 || right.len > 0);
}
