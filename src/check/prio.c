/* Checks of oscam.dvbapi as a whole: which of its rows are never taken. */
#include "cc2oscam/rows.h"
#include "checks.h"

void check_hidden_rows(struct checking *c)
{
	struct prio_rows rows;
	struct line_walk walk;
	struct prio_row row;
	struct line line;

	(void)look_at(c, OSCAM_DVBAPI);
	prio_rows_start(&rows, c->arena);
	walk = line_walk_start(&c->file->source);
	while (line_walk_next(&walk, &line)) {
		if (!oscam_read_prio(line.text, &row))
			continue;
		row.line = line.number;
		const struct prio_row *hiding = prio_rows_hide(&rows, &row);
		if (hiding)
			(void)found_in_row(c, CODE_ROW_HIDDEN, &line,
				"the I: row does nothing: the P: row on line %lu is for the same cards and "
				"stands in front of it",
				(unsigned long)hiding->line);
		prio_rows_add(&rows, &row);
	}
}
