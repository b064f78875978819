/* Cuts a page's text into blocks, and shows blocks on the terminal; the program's own tables are blocks too:
 * what stands in a table stands in no page's text. See page.h. */
#include "page.h"

#include <stdio.h>

#include "cc2oscam/embedded.h"
#include "cc2oscam/places.h"
#include "example.h"
#include "options.h"

enum { CODE_INDENT = 4, TERM_INDENT = 6, ITEM_INDENT = 2 };

const char *app_text(const char *name)
{
	const struct embedded *text = embedded_find(app_texts, name);

	return text ? text->text : NULL;
}

/* ---- the tables ---- */

static const struct slice none = {NULL, 0};

static void __attribute__((format(printf, 3, 4)))
show_term(page_show *show, const char *text, const char *term, ...)
{
	struct buffer made = {0};
	va_list args;

	va_start(args, term);
	buffer_vformat(&made, term, args);
	va_end(args);
	show(PAGE_TERM, buffer_slice(&made), slice_of(text));
	buffer_free(&made);
}

static void show_commands(page_show *show)
{
	struct buffer lines = {0};

	for (const struct command_help *command = command_helps; command->line; command++)
		buffer_format(&lines, "%s%s", lines.len > 0 ? "\n" : "", command->line);
	show(PAGE_CODE, none, buffer_slice(&lines));
	buffer_free(&lines);
}

static void show_meanings(page_show *show)
{
	for (const struct command_help *command = command_helps; command->line; command++)
		show_term(show, command->meaning, "%s", command->line);
}

void show_options(page_show *show, unsigned commands)
{
	const char *before = NULL;

	for (const struct option_row *row = option_rows; row < option_end; row++) {
		const char *help = commands ? row->help : row->batch;
		struct buffer term = {0};
		if (!help || help == before || (commands && !(row->commands & commands)))
			continue;
		/* rows of which the help says the same stand together */
		for (const struct option_row *same = row;
			same < option_end && (commands ? same->help : same->batch) == help; same++) {
			if (same->letter)
				buffer_format(&term, "%s-%c", term.len > 0 ? ", " : "", same->letter);
			if (same->name)
				buffer_format(&term, "%s--%s", term.len > 0 ? ", " : "", same->name);
		}
		if (row->value)
			buffer_format(&term, " %s", row->value);
		show(PAGE_TERM, buffer_slice(&term), slice_of(help));
		buffer_free(&term);
		before = help;
	}
}

static void show_all_options(page_show *show)
{
	show_options(show, ~0U);
}

static void show_batch_options(page_show *show)
{
	show_options(show, 0);
}

static void show_exits(page_show *show)
{
	for (int i = 0; help_exits(i); i++)
		show_term(show, help_exits(i), "%s", help_topic(i));
}

static void show_places(page_show *show)
{
	for (size_t i = 0; i < known_place_count; i++) {
		const struct known_place *place = &known_places[i];
		if (i == 0 || place->kind != known_places[i - 1].kind)
			show(PAGE_SUBSECTION, none, slice_of(place_kind_name(place->kind)));
		show_term(show, place->users, "%s", place->path);
	}
}

static void show_locate(page_show *show)
{
	for (struct slice rest = slice_of(locate_help); rest.len > 0;)
		show(PAGE_PARAGRAPH, none, slice_cut(&rest, '\n'));
}

static void show_settings(page_show *show)
{
	struct slice text = slice_of(app_text("settings_default"));

	show(PAGE_CODE, none, (struct slice){text.at, text.len - 1});
}

static void show_lines(page_show *show)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		show_term(show, row->mapping, "%s%s", row->keyword, row->letter ? ":" : "");
	}
}

static void show_side_lines(page_show *show)
{
	for (int i = 0; i < SIDE_LINES; i++)
		show_term(show, side_lines[i].mapping, "%s in %s", side_lines[i].name, side_lines[i].file);
}

static void show_codes(page_show *show)
{
	for (int i = 0; i < CODE_COUNT; i++) {
		const struct code_info *info = code_info((enum code)i);
		struct buffer text = {0};
		buffer_format(
			&text, "%s%s%s%c", info->meaning, *info->way_out ? " " : "", info->way_out, '\0');
		show_term(show, text.at, "%s (%s)", info->name, severity_name(info->severity));
		buffer_free(&text);
	}
}

/* ---- every line, with an example that is converted to make the page ---- */

static void show_text(page_show *show, struct slice text)
{
	while (text.len > 0 && text.at[text.len - 1] == '\n')
		text.len--;
	if (text.len > 0)
		show(PAGE_CODE, none, text);
}

static void show_outcome(page_show *show, const struct example *example)
{
	struct buffer fate = {0};

	show_text(show, example->before);
	if (example->needs_file) {
		show(PAGE_PARAGRAPH, none, SLICE("What comes of the line depends on that file."));
		return;
	}
	show_text(show, example->after);
	buffer_format(&fate, "The line counts as %s%s", fate_name(example->fate),
		example->says.len > 0 ? ", and cc2oscam says:" : ".");
	show(PAGE_PARAGRAPH, none, buffer_slice(&fate));
	show_text(show, example->says);
	buffer_free(&fate);
}

static void show_example(page_show *show, struct slice name, struct slice syntax, const char *aliases,
	const struct example *example)
{
	struct buffer text = {0};

	show(PAGE_SUBSECTION, none, name);
	show(PAGE_CODE, none, syntax);
	if (*aliases) {
		buffer_format(&text, "Also written %s.", aliases);
		show(PAGE_PARAGRAPH, none, buffer_slice(&text));
		buffer_free(&text);
	}
	show_outcome(show, example);
}

static void show_line_examples(page_show *show)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		struct arena arena;
		arena_init(&arena);
		struct example example = example_of(row, &arena);
		show_example(show, slice_of(row->keyword),
			arena_format(&arena, "%s%s %s", row->keyword, directive_colon(directive_id(row)),
				row->syntax),
			row->aliases, &example);
		arena_free(&arena);
	}
}

static void show_side_examples(page_show *show)
{
	for (int i = 0; i < SIDE_LINES; i++) {
		const struct side_line *line = &side_lines[i];
		struct arena arena;
		arena_init(&arena);
		struct example example = example_of_side(line, &arena);
		show_example(show, arena_format(&arena, "%s in %s", line->name, line->file),
			slice_of(line->syntax), line->others, &example);
		arena_free(&arena);
	}
}

bool page_table(struct slice name, page_show *show)
{
	static const struct {
		const char *name;
		void (*rows)(page_show *show);
	} tables[] = {
		{"commands", show_commands},
		{"meanings", show_meanings},
		{"locate", show_locate},
		{"places", show_places},
		{"exits", show_exits},
		{"options", show_all_options},
		{"batch-options", show_batch_options},
		{"settings", show_settings},
		{"lines", show_lines},
		{"side-lines", show_side_lines},
		{"codes", show_codes},
		{"line-examples", show_line_examples},
		{"side-examples", show_side_examples},
	};

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		if (!slice_equal(name, slice_of(tables[i].name)))
			continue;
		tables[i].rows(show);
		return true;
	}
	return false;
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
		reader->show(section ? PAGE_SECTION : PAGE_SUBSECTION, none, name);
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
		begin_block(reader, PAGE_ITEM, none);
		add_line(reader, behind(line, 2));
	} else if (slice_starts(line, SLICE("    "))) {
		if (!in_code)
			begin_block(reader, PAGE_CODE, none);
		add_line(reader, behind(line, CODE_INDENT));
	} else if (line.at[0] == '{' && line.at[line.len - 1] == '}') {
		end_block(reader);
		if (reader->wanted)
			(void)page_table((struct slice){line.at + 1, line.len - 2}, reader->show);
	} else {
		if (!reader->open || in_code)
			begin_block(reader, PAGE_PARAGRAPH, none);
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
static void print_without_backticks(struct slice text, unsigned indent)
{
	struct buffer plain = {0};

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '`')
			buffer_add(&plain, &text.at[i], 1);
	print_wrapped(buffer_slice(&plain), indent, indent);
	buffer_free(&plain);
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
		print_without_backticks(text, ITEM_INDENT);
		break;
	case PAGE_TERM:
		print_without_backticks(term, 0);
		(void)printf("%*s", TERM_INDENT, "");
		print_without_backticks(text, TERM_INDENT);
		break;
	case PAGE_CODE:
		while (text.at) {
			struct slice line = slice_cut(&text, '\n');
			(void)printf("%*s%.*s\n", line.len > 0 ? CODE_INDENT : 0, "", SLICE_ARG(line));
		}
		break;
	case PAGE_PARAGRAPH:
		print_without_backticks(text, 0);
		break;
	}
	(void)putchar('\n');
}
