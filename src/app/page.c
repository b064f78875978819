/* Cuts a page's text into blocks, and shows blocks on the terminal. See page.h. */
#include "page.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/embedded.h"

enum { CODE_INDENT = 4, TERM_INDENT = 6, ITEM_INDENT = 2 };

const char *app_text(const char *name)
{
	const struct embedded *text = embedded_find(app_texts, name);

	return text ? text->text : NULL;
}

/* ---- from lines to blocks ---- */

struct page_reader {
	page_show *show;
	const char *only; /* the section that is wanted, or NULL */
	bool wanted;      /* what is read now is to be shown */
	bool open;        /* a block was begun */
	enum page_block kind;
	struct slice term;
	struct buffer text;
};

static void end_block(struct page_reader *reader)
{
	struct slice text = buffer_slice(&reader->text);

	/* Empty lines behind the last line of code belong to nothing. */
	while (text.len > 0 && text.at[text.len - 1] == '\n')
		text.len--;
	if (reader->open && reader->wanted)
		reader->show(reader->kind, reader->term, text);
	reader->open = false;
	reader->text.len = 0;
}

static void begin_block(struct page_reader *reader, enum page_block kind, struct slice term)
{
	end_block(reader);
	reader->open = true;
	reader->kind = kind;
	reader->term = term;
}

static void add_line(struct page_reader *reader, struct slice line)
{
	if (reader->text.len > 0)
		buffer_add(&reader->text, reader->kind == PAGE_CODE ? "\n" : " ", 1);
	buffer_add_slice(&reader->text, reader->kind == PAGE_CODE ? line : slice_trim(line));
}

static struct slice behind(struct slice line, size_t count)
{
	return (struct slice){line.at + count, line.len - count};
}

static void read_heading(struct page_reader *reader, struct slice line)
{
	bool section = !slice_starts(line, SLICE("##"));
	struct slice name = behind(line, section ? 2 : 3);

	end_block(reader);
	if (section && reader->only)
		reader->wanted = slice_equal(name, slice_of(reader->only));
	if (reader->wanted && !(section && reader->only))
		reader->show(section ? PAGE_SECTION : PAGE_SUBSECTION, (struct slice){NULL, 0}, name);
}

/* An empty line ends a block, but stands within code. */
static void read_line(struct page_reader *reader, struct slice line)
{
	bool in_code = reader->open && reader->kind == PAGE_CODE;

	if (line.len == 0 && in_code) {
		buffer_add(&reader->text, "\n", 1);
	} else if (line.len == 0) {
		end_block(reader);
	} else if (line.at[0] == '#') {
		read_heading(reader, line);
	} else if (slice_starts(line, SLICE("= "))) {
		begin_block(reader, PAGE_TERM, behind(line, 2));
	} else if (slice_starts(line, SLICE("* "))) {
		begin_block(reader, PAGE_ITEM, (struct slice){NULL, 0});
		add_line(reader, behind(line, 2));
	} else if (slice_starts(line, SLICE("    "))) {
		if (!in_code)
			begin_block(reader, PAGE_CODE, (struct slice){NULL, 0});
		add_line(reader, behind(line, CODE_INDENT));
	} else if (line.at[0] == '{' && line.at[line.len - 1] == '}') {
		end_block(reader);
		if (reader->wanted)
			(void)page_table((struct slice){line.at + 1, line.len - 2}, reader->show);
	} else {
		if (!reader->open || in_code)
			begin_block(reader, PAGE_PARAGRAPH, (struct slice){NULL, 0});
		add_line(reader, line);
	}
}

void page_show_all(const char *text, const char *section, page_show *show)
{
	struct page_reader reader = {.show = show, .only = section, .wanted = section == NULL};
	struct slice rest = slice_of(text);

	while (rest.len > 0)
		read_line(&reader, slice_cut(&rest, '\n'));
	end_block(&reader);
	buffer_free(&reader.text);
}

/* ---- on the terminal ---- */

/* Without the backticks. */
static void print_words(struct slice text, unsigned indent)
{
	struct buffer plain = {0};

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '`')
			buffer_add(&plain, &text.at[i], 1);
	print_wrapped(buffer_slice(&plain), indent, indent);
	buffer_free(&plain);
}

static void print_code(struct slice lines)
{
	while (lines.at) {
		struct slice line = slice_cut(&lines, '\n');
		if (line.len > 0)
			(void)printf("%*s%.*s", CODE_INDENT, "", SLICE_ARG(line));
		(void)putchar('\n');
	}
}

void page_on_terminal(enum page_block kind, struct slice term, struct slice text)
{
	switch (kind) {
	case PAGE_SECTION:
	case PAGE_SUBSECTION:
		(void)printf(kind == PAGE_SECTION ? "%.*s\n" : "-- %.*s\n", SLICE_ARG(text));
		return;
	case PAGE_ITEM:
		(void)printf("* ");
		print_words(text, ITEM_INDENT);
		break;
	case PAGE_TERM:
		print_words(term, 0);
		(void)printf("%*s", TERM_INDENT, "");
		print_words(text, TERM_INDENT);
		break;
	case PAGE_CODE:
		print_code(text);
		break;
	case PAGE_PARAGRAPH:
		print_words(text, 0);
		break;
	}
	(void)putchar('\n');
}
