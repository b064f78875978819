/* The program's own tables, as blocks of a manual page: what stands in a table stands in no page's text. */
#include "page.h"

#include <stdio.h>

#include "example.h"
#include "options.h"
#include "cc2oscam/embedded.h"
#include "cc2oscam/places.h"

static const struct slice none = {NULL, 0};

static void show_term(page_show *show, const char *term, const char *text)
{
	show(PAGE_TERM, slice_of(term), slice_of(text));
}

/* A term made of parts. */
static void show_made(page_show *show, struct buffer *term, const char *text)
{
	show(PAGE_TERM, buffer_slice(term), slice_of(text));
	buffer_free(term);
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
		show_term(show, command->line, command->meaning);
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
		show_made(show, &term, help);
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
		show_term(show, help_topic(i), help_exits(i));
}

static void show_places(page_show *show)
{
	for (size_t i = 0; i < known_place_count; i++) {
		const struct known_place *place = &known_places[i];
		if (i == 0 || place->kind != known_places[i - 1].kind)
			show(PAGE_SUBSECTION, none, slice_of(place_kind_name(place->kind)));
		show_term(show, place->path, place->users);
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
		struct buffer term = {0};
		buffer_format(&term, "%s%s", row->keyword, row->letter ? ":" : "");
		show_made(show, &term, row->mapping);
	}
}

static void show_side_lines(page_show *show)
{
	for (int i = 0; i < SIDE_LINES; i++) {
		struct buffer term = {0};
		buffer_format(&term, "%s in %s", side_lines[i].name, side_lines[i].file);
		show_made(show, &term, side_lines[i].mapping);
	}
}

static void show_codes(page_show *show)
{
	for (int i = 0; i < CODE_COUNT; i++) {
		const struct code_info *info = code_info((enum code)i);
		struct buffer term = {0}, text = {0};
		buffer_format(
			&text, "%s%s%s%c", info->meaning, *info->way_out ? " " : "", info->way_out, '\0');
		buffer_format(&term, "%s (%s)", info->name, severity_name(info->severity));
		show_made(show, &term, text.at);
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
