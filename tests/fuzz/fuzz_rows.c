/* Any bytes as a file of OSCam's without sections; the first byte says which. What is checked beside crashes:
 * names lie in their lines, numbers are those of a row, and a row that is said to be hidden has one that
 * hides it. */
#include <stdlib.h>

#include "cc2oscam/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fine)
{
	if (!fine)
		abort();
}

static bool is_inside(struct slice part, struct slice whole)
{
	return part.len == 0 || (part.at >= whole.at && part.at + part.len <= whole.at + whole.len);
}

static void check_prio(struct prio_rows *rows, struct slice line, uint32_t number)
{
	struct prio_row row = {.line = number};

	if (!oscam_read_prio(line, &row))
		return;
	require(row.kind == 'P' || row.kind == 'I');
	const struct prio_row *hides = prio_rows_hide(rows, &row);
	require(!hides || hides->kind == 'P');
	prio_rows_add(rows, &row);
}

static unsigned long check_lines(enum oscam_file file, const struct source *source, struct arena *arena)
{
	struct line_walk walk = line_walk_start(source);
	struct prio_rows rows;
	struct line line;
	unsigned long said = 0;

	prio_rows_start(&rows, arena);
	while (line_walk_next(&walk, &line)) {
		struct row row = {0};
		enum row_event event = oscam_read_row(file, line.text, &row);
		said += event != ROW_NOTHING;
		if (event == ROW_READ)
			require(is_inside(row.name, line.text));
		if (file == OSCAM_DVBAPI)
			check_prio(&rows, line.text, line.number);
	}
	return said;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum oscam_file files[] = {OSCAM_DVBAPI, OSCAM_PROVID, OSCAM_SRVID, OSCAM_SRVID2};
	struct source source;
	struct arena arena;

	if (size == 0)
		return 0;
	arena_init(&arena);
	enum oscam_file file = files[data[0] & 3];
	source_from_raw_text(&source, "rows", (struct slice){(const char *)data + 1, size - 1});
	require(oscam_has_rows(file));
	require(check_lines(file, &source, &arena) == oscam_count_rows(file, &source));
	arena_free(&arena);
	return 0;
}
