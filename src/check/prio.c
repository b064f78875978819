/* Checks of oscam.dvbapi as a whole: which of its rows are never taken. */
#include "cc2oscam/rows.h"
#include "checks.h"

static void say_hidden(struct checking *c, const struct line *line, const struct prio_row *hiding)
{
	if (hiding->tail)
		(void)found_in_row(c, CODE_ROW_HIDDEN, line,
			"the I: row does nothing: line %lu is too long, and OSCam takes its end for a P: row "
			"for the "
			"same cards",
			(unsigned long)hiding->line);
	else
		(void)found_in_row(c, CODE_ROW_HIDDEN, line,
			"the I: row does nothing: the P: row on line %lu is for the same cards and stands in "
			"front of it",
			(unsigned long)hiding->line);
}

/* A line's rows: itself, and what OSCam takes its end for. */
static void check_line_rows(struct checking *c, struct prio_rows *rows, const struct line *line)
{
	struct slice left = line->text;
	struct prio_row row;
	bool tail = false;

	for (; left.len > 0; tail = true) {
		if (!oscam_read_prio(oscam_cut_row(&left), &row))
			continue;
		row.line = line->number;
		row.tail = tail;
		const struct prio_row *hiding = tail ? NULL : prio_rows_hide(rows, &row);
		if (hiding)
			say_hidden(c, line, hiding);
		prio_rows_add(rows, &row);
	}
}

void check_hidden_rows(struct checking *c)
{
	struct prio_rows rows;
	struct line_walk walk;
	struct line line;

	(void)look_at(c, OSCAM_DVBAPI);
	prio_rows_start(&rows, c->arena);
	walk = line_walk_start(&c->file->source);
	while (line_walk_next(&walk, &line))
		check_line_rows(c, &rows, &line);
}
