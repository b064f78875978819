/* Prints what has changed between two texts as a unified diff. See diff.h. */
#include "cc2oscam/diff.h"

#include "cc2oscam/masked.h"
#include "diff_lines.h"
#include "spool.h"

enum { HEADING_LONGEST = 80 };

struct printer {
	const struct diff_options *options;
	const struct diff_lines *sides;
	struct spool spool;
	struct arena masked; /* the line that is printed */
	uint32_t searched;   /* old lines in which the heading was looked for */
	uint32_t heading;    /* the last of them that starts a section, or UINT32_MAX */
};

static const char bold[] = "\033[1m", red[] = "\033[31m", green[] = "\033[32m", cyan[] = "\033[36m";

/* The code that starts a colour; with NULL the code that ends colours. Empty where there are no colours. */
static const char *tone(const struct printer *printer, const char *color)
{
	if (!printer->options->color)
		return "";
	return color ? color : "\033[m";
}

/* In git's form, for without its first line `patch` would take a file without hunks and the file behind it
 * for one. It takes the mode of a new file from here, whose text may hold passwords. */
static void print_heads(struct printer *printer)
{
	const struct diff_options *options = printer->options;
	const char *name = options->name, *on = tone(printer, bold), *off = tone(printer, NULL);
	struct buffer *out = &printer->spool.text;
	bool fresh = options->old_missing;

	buffer_format(out, "%sdiff --git a/%s b/%s%s\n", on, name, name, off);
	if (fresh)
		buffer_format(out, "%snew file mode 100600%s\n", on, off);
	if (printer->sides[OLD].count == 0 && printer->sides[NEW].count == 0)
		return;
	buffer_format(out, "%s--- %s%s%s\n", on, fresh ? "/dev/null" : "a/", fresh ? "" : name, off);
	buffer_format(out, "%s+++ b/%s%s\n", on, name, off);
}

static bool ends_with(struct slice text, char c)
{
	return text.len > 0 && text.at[text.len - 1] == c;
}

/* A line without its LF, as it may be shown; good until the next call. */
static struct slice masked(struct printer *printer, int side, uint32_t index)
{
	const struct diff_options *options = printer->options;
	struct slice line = diff_line(&printer->sides[side], index);

	line.len -= ends_with(line, '\n');
	if (!options->secrets && !options->hosts)
		return line;
	arena_reset(&printer->masked);
	return oscam_mask(&printer->masked, line, options->hosts);
}

/* Tabs do no harm. A CR at the end shows only where it may be what has changed. */
static void print_harmless(struct buffer *out, struct slice text, bool changed)
{
	if (!changed && ends_with(text, '\r'))
		text.len--;
	while (text.at) {
		add_harmless(out, slice_cut(&text, '\t'));
		if (text.at)
			buffer_add(out, "\t", 1);
	}
}

/* A line of one side; or with the sign ' ' of both, at[OLD] and at[NEW]. */
static void print_line(struct printer *printer, char sign, const uint32_t at[SIDES])
{
	struct buffer *out = &printer->spool.text;
	int side = sign == '+' ? NEW : OLD;
	struct slice shown = masked(printer, side, at[side]);
	bool changed = sign != ' ';

	if (printer->options->take) {
		printer->options->take(printer->options->take_context, sign, at[OLD] + 1, at[NEW] + 1, shown);
		return;
	}
	if (changed)
		buffer_add_slice(out, slice_of(tone(printer, side == NEW ? green : red)));
	buffer_add(out, &sign, 1);
	if (printer->options->color || printer->options->terminal)
		print_harmless(out, shown, changed);
	else
		buffer_add_slice(out, shown);
	if (changed)
		buffer_add_slice(out, slice_of(tone(printer, NULL)));
	buffer_add(out, "\n", 1);
	if (!ends_with(diff_line(&printer->sides[side], at[side]), '\n'))
		buffer_add_slice(out, SLICE("\\ No newline at end of file\n"));
	spool_check(&printer->spool);
}

/* The head of the section that goes on at the old line `first`. */
static void print_heading(struct printer *printer, uint32_t first)
{
	const struct diff_lines *old = &printer->sides[OLD];

	for (; printer->searched < first; printer->searched++)
		if (*diff_line(old, printer->searched).at == '[')
			printer->heading = printer->searched;
	if (printer->heading == UINT32_MAX)
		return;
	struct slice line = slice_head(masked(printer, OLD, printer->heading), HEADING_LONGEST);
	line.len -= ends_with(line, '\r');
	buffer_add(&printer->spool.text, " ", 1);
	add_harmless(&printer->spool.text, line);
}

/* Lines are counted from 1. A range without lines has the number of the line before it. */
static void print_range(struct printer *printer, const struct diff_change *hunk, int side)
{
	uint32_t first = hunk->from[side], count = hunk->to[side] - first;

	buffer_format(&printer->spool.text, " %c%lu", side == NEW ? '+' : '-',
		(unsigned long)(count > 0 ? first + 1 : first));
	if (count != 1)
		buffer_format(&printer->spool.text, ",%lu", (unsigned long)count);
}

static void print_hunk_head(struct printer *printer, const struct diff_change *hunk)
{
	struct buffer *out = &printer->spool.text;

	buffer_format(out, "%s@@", tone(printer, cyan));
	print_range(printer, hunk, OLD);
	print_range(printer, hunk, NEW);
	buffer_format(out, " @@%s", tone(printer, NULL));
	print_heading(printer, hunk->from[OLD]);
	buffer_add(out, "\n", 1);
}

static void print_hunk(struct printer *printer, const struct diff_change *hunk)
{
	const struct diff_options *options = printer->options;
	uint32_t at[SIDES] = {hunk->from[OLD], hunk->from[NEW]};

	if (options->take)
		options->take(options->take_context, '@', at[OLD] + 1, at[NEW] + 1, SLICE(""));
	else
		print_hunk_head(printer, hunk);
	while (at[OLD] < hunk->to[OLD] || at[NEW] < hunk->to[NEW]) {
		for (; at[OLD] < hunk->to[OLD] && printer->sides[OLD].changed[at[OLD]]; at[OLD]++)
			print_line(printer, '-', at);
		for (; at[NEW] < hunk->to[NEW] && printer->sides[NEW].changed[at[NEW]]; at[NEW]++)
			print_line(printer, '+', at);
		for (; at[OLD] < hunk->to[OLD] && !printer->sides[OLD].changed[at[OLD]] &&
			!printer->sides[NEW].changed[at[NEW]];
			at[OLD]++, at[NEW]++)
			print_line(printer, ' ', at);
	}
}

/* Adds the equal lines around the change; both sides have the same number of them. */
static void widen(struct diff_change *hunk, const struct printer *printer)
{
	uint32_t before = hunk->from[OLD] < hunk->from[NEW] ? hunk->from[OLD] : hunk->from[NEW];
	uint32_t behind[SIDES];

	for (int side = 0; side < SIDES; side++)
		behind[side] = printer->sides[side].count - hunk->to[side];
	uint32_t after = behind[OLD] < behind[NEW] ? behind[OLD] : behind[NEW];
	for (int side = 0; side < SIDES; side++) {
		unsigned context = printer->options->context;
		hunk->from[side] -= before < context ? before : context;
		hunk->to[side] += after < context ? after : context;
	}
}

/* Changes whose surroundings meet or overlap stand in one hunk. */
static void print_hunks(struct printer *printer)
{
	struct diff_change next = {{0, 0}, {0, 0}};
	bool more = diff_next(printer->sides, &next);

	while (more) {
		struct diff_change hunk = next;
		while ((more = diff_next(printer->sides, &next)) &&
			next.from[OLD] - hunk.to[OLD] <= (uint64_t)printer->options->context * 2)
			memcpy(hunk.to, next.to, sizeof hunk.to);
		widen(&hunk, printer);
		print_hunk(printer, &hunk);
	}
}

bool diff_write(
	struct slice old, struct slice new, const struct diff_options *options, const struct sink *sink)
{
	struct diff_lines sides[SIDES];
	struct printer printer = {
		.options = options, .sides = sides, .spool = {.sink = sink}, .heading = UINT32_MAX};
	struct arena arena;

	if (!options->old_missing && slice_equal(old, new))
		return true;
	arena_init(&arena);
	arena_init(&printer.masked);
	diff_cut(&sides[OLD], &arena, old);
	diff_cut(&sides[NEW], &arena, new);
	diff_align(sides, &arena);
	diff_slide(sides);
	if (!options->take)
		print_heads(&printer);
	print_hunks(&printer);
	arena_free(&printer.masked);
	arena_free(&arena);
	return spool_end(&printer.spool);
}
