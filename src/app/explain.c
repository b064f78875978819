/* The command explain: what becomes of a line, what a finding means; all from the tables of the language and
 * of the findings. */
#include "page.h"

#include <stdio.h>
#include <string.h>

#include "example.h"

enum { KEYWORD_WIDTH = 28 };

const char *directive_colon(enum directive_id id)
{
	return directive_at(id)->letter ? ":" : " :";
}

void print_wrapped(struct slice text, unsigned indent, unsigned column)
{
	bool first = true;

	while (text.len > 0) {
		struct slice word = slice_cut(&text, ' ');
		if (!first && column + 1 + word.len > PAGE_WIDTH) {
			(void)printf("\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			(void)putchar(' ');
			column++;
		}
		(void)printf("%.*s", SLICE_ARG(word));
		column += (unsigned)word.len;
		first = false;
	}
	(void)putchar('\n');
}

/* A long keyword has a line of its own. */
static void print_directive(enum page_block kind, struct slice keyword, struct slice mapping)
{
	(void)kind;
	(void)printf("%-*.*s", KEYWORD_WIDTH, SLICE_ARG(keyword));
	if (keyword.len >= KEYWORD_WIDTH)
		(void)printf("\n%*s", KEYWORD_WIDTH, "");
	print_wrapped(mapping, KEYWORD_WIDTH, KEYWORD_WIDTH);
}

static void print_table(void)
{
	(void)puts("What becomes of the lines of CCcam.cfg:\n");
	(void)page_table(SLICE("lines"), print_directive);
	(void)puts("\nAnd of the lines of the files that some of them name:\n");
	(void)page_table(SLICE("side-lines"), print_directive);
	(void)putchar('\n');
	print_wrapped(SLICE("\"cc2oscam explain SERVER LISTEN PORT\" says more about one of them, with an "
			    "example; \"cc2oscam explain des-key\" what a finding means; \"cc2oscam help "
			    "convert\" lists the findings."),
		0, 0);
}

static void print_indented(struct slice text)
{
	while (text.len > 0) {
		struct slice line = slice_cut(&text, '\n');
		(void)printf("%s%.*s\n", line.len > 0 ? "  " : "", SLICE_ARG(line));
	}
}

/* `what`: before each of the other names; `file`: where the example stands. */
static void explain_rest(const struct example *example, const char *what, const char *names,
	const char *mapping, const char *file)
{
	for (struct slice left = slice_of(names); left.len > 0;) {
		struct slice name = slice_cut(&left, '|');
		(void)printf("%s: %.*s\n", what, SLICE_ARG(name));
	}
	(void)putchar('\n');
	print_wrapped(slice_of(mapping), 0, 0);
	(void)printf("\nFor example, in %s:\n\n", file);
	print_indented(example->before);
	if (example->needs_file) {
		(void)puts("\nWhat comes of it depends on that file.");
		return;
	}
	(void)puts(example->after.len > 0 ? "\nand in OSCam's files:\n" : "\nand nothing in OSCam's files.");
	print_indented(example->after);
	(void)printf("\nThe line counts as %s.\n", fate_name(example->fate));
	print_indented(example->says);
}

static void explain_directive(const struct directive *directive, struct arena *arena)
{
	unsigned indent = (unsigned)strlen(directive->keyword) + (directive->letter ? 2 : 3);
	struct example example = example_of(directive, arena);

	(void)printf("%s%s ", directive->keyword, directive_colon(directive_id(directive)));
	print_wrapped(slice_of(directive->syntax), indent, indent);
	(void)printf(
		"\nIn CCcam: %s%s\n", directive->since, strchr(directive->since, '-') ? "" : " and later");
	explain_rest(&example, "Also written", directive->aliases, directive->mapping, "CCcam.cfg");
}

/* False: there is no such line. A name may stand for lines of two files. */
static bool explain_sides(struct slice word, struct arena *arena)
{
	bool any = false;

	for (int i = 0; i < SIDE_LINES; i++) {
		if (!side_line_has(&side_lines[i], word))
			continue;
		const struct side_line *line = &side_lines[i];
		struct example example = example_of_side(line, arena);
		if (any)
			(void)putchar('\n');
		print_wrapped(slice_of(line->syntax), 2, 0);
		(void)printf("\nIn %s, the file of %s\n", line->file, directive_at(line->option)->keyword);
		explain_rest(&example, "A name", line->others, line->mapping, line->file);
		any = true;
	}
	return any;
}

static void explain_code(enum code code)
{
	const struct code_info *info = code_info(code);

	(void)printf("%s: %s%s\n\n", info->name, severity_name(info->severity),
		info->severity == SEVERITY_DETAIL ? ", shown with -v and in the report only" : "");
	print_wrapped(slice_of(info->meaning), 0, 0);
	if (*info->way_out)
		print_wrapped(slice_of(info->way_out), 0, 0);
	(void)printf("\n-Q %s does not show it; -W and -E make it a warning or an error.\n", info->name);
}

/* The words with single blanks; from a whole line only what stands before the colon, or before the = of
 * newcamd.conf; from "[des-key]" the code. */
static struct slice asked_for(const struct request *request, struct arena *arena)
{
	struct slice all = request_operands(request, arena);
	struct slice word = slice_cut(&all, ':');
	word = slice_trim(slice_cut(&word, '='));
	if (word.len > 2 && word.at[0] == '[' && word.at[word.len - 1] == ']')
		return (struct slice){word.at + 1, word.len - 2};
	return word;
}

static const struct directive *find_directive(struct slice word)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		if (row->letter && slice_equal_nocase(word, slice_of(row->keyword)))
			return row;
	}
	return directive_find(word);
}

/* Keywords, their aliases and codes, all in small letters, with | behind each. */
static struct slice all_names(struct arena *arena)
{
	struct buffer names = {0};

	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		buffer_format(&names, "%s|%s%s", row->keyword, row->aliases, *row->aliases ? "|" : "");
	}
	for (int i = 0; i < SIDE_LINES; i++)
		buffer_format(&names, "%s|%s%s", side_lines[i].name, side_lines[i].others,
			*side_lines[i].others ? "|" : "");
	for (int i = 0; i < CODE_COUNT; i++)
		buffer_format(&names, "%s|", code_info((enum code)i)->name);
	return arena_lower(arena, arena_take(arena, &names));
}

static enum status complain_unknown(struct arena *arena, struct slice word)
{
	struct slice left = all_names(arena);
	const char **names = arena_array(arena, left.len, sizeof *names);
	size_t count = 0;

	while (left.len > 0)
		names[count++] = arena_copy(arena, slice_cut(&left, '|')).at;
	const struct directive *option = directive_near(word);
	const char *near = option ? option->keyword : nearest(word, names, count);
	const struct directive *directive = near ? find_directive(slice_of(near)) : NULL;
	if (!near)
		return complain(
			"\"%.*s\" is no line of CCcam and no finding; cc2oscam explain lists the lines",
			SLICE_ARG(word));
	return complain("\"%.*s\" is no line of CCcam and no finding; did you mean \"%s\"?", SLICE_ARG(word),
		directive ? directive->keyword : near);
}

static enum status explain(const struct request *request, struct arena *arena)
{
	struct slice word = asked_for(request, arena);
	const struct directive *directive = find_directive(word);
	enum code code = code_by_name(arena_lower(arena, word));

	if (directive)
		explain_directive(directive, arena);
	else if (code != CODE_COUNT)
		explain_code(code);
	else if (!explain_sides(word, arena))
		return complain_unknown(arena, word);
	return STATUS_DONE;
}

enum status command_explain(const struct request *request)
{
	struct arena arena;
	enum status status = STATUS_DONE;

	arena_init(&arena);
	if (request->operand_count == 0)
		print_table();
	else
		status = explain(request, &arena);
	arena_free(&arena);
	return status;
}
