/* Checks of the lines of oscam.dvbapi, oscam.provid, oscam.srvid and oscam.srvid2. */
#include <string.h>

#include "cc2oscam/rows.h"
#include "checks.h"

static bool is_space(char c)
{
	return is_blank(c) || c == '\r';
}

static struct slice trimmed(struct slice text)
{
	while (text.len > 0 && is_space(text.at[0]))
		text = slice_skip(text, 1);
	while (text.len > 0 && is_space(text.at[text.len - 1]))
		text.len--;
	return text;
}

/* caid:ident:sid ..., with @ in place of : where one likes. What OSCam does not read is left in *rest. */
static bool is_numbers(struct slice text, struct slice *rest)
{
	uint32_t unused;

	for (int i = 0; text.at && i < ROW_NUMBERS; i++)
		if (!row_take_number(&text, i, &unused))
			return false;
	*rest = text;
	return true;
}

/* The first word behind the colon. */
static struct slice first_word(struct slice text)
{
	size_t len = 0;

	text = trimmed(text);
	while (len < text.len && !is_space(text.at[len]) && text.at[len] != '#')
		len++;
	return (struct slice){text.at, len};
}

/* The same, and more words where a comma says that a list goes on. */
static struct slice numbers_of(struct slice text)
{
	struct slice numbers = first_word(text);
	const char *end = text.at + text.len;

	for (bool more = numbers.len > 0; more;) {
		struct slice left = trimmed(slice_between(numbers.at + numbers.len, end));
		struct slice next = first_word(left);
		more = next.len > 0 && (numbers.at[numbers.len - 1] == ',' || next.at[0] == ',');
		if (more)
			numbers.len = (size_t)(next.at + next.len - numbers.at);
	}
	return numbers;
}

void check_dvbapi_row(struct checking *c, const struct line *line)
{
	struct slice rest = trimmed(line->text), kind, more;

	/* what stands behind the bytes that OSCam reads at a time is another row, behind a comment too */
	if (line->text.len > DVBAPI_BYTES)
		(void)found_in_row(c, CODE_ROW_SKIPPED, line,
			"the line has %zu bytes; OSCam reads %d of them, and takes the rest for another row",
			line->text.len, DVBAPI_BYTES);
	if (rest.len == 0 || rest.at[0] == '#' || rest.at[0] == '/')
		return;
	kind = trimmed(slice_cut(&rest, ':'));
	if (!rest.at || kind.len != 1 || !strchr("PIMDLJAXS", to_upper(kind.at[0]))) {
		(void)found_in_row(c, CODE_ROW_SKIPPED, line,
			"OSCam knows lines P: I: M: D: L: J: A: X:, and skips \"%.*s\"",
			SLICE_ARG(shown(c, rest.at ? kind : first_word(line->text))));
		return;
	}
	struct slice numbers = numbers_of(rest);
	if (to_upper(kind.at[0]) == 'S')
		return;
	if (!is_numbers(numbers, &more))
		say_row_form(c, line, to_upper(kind.at[0]), numbers);
	else if (more.at)
		(void)found_in_row(c, CODE_ROW_SKIPPED, line,
			"OSCam reads six numbers of a row, and drops what follows in \"%.*s\"",
			SLICE_ARG(shown(c, numbers)));
}

/* CAID:PROVIDER|name, CAID:SERVICE|provider|name and SERVICE:CAID|name. */
void check_name_row(struct checking *c, const struct line *line)
{
	bool provid = c->file->file == OSCAM_PROVID;
	struct slice text = trimmed(line->text), names = text, key;

	if (text.len == 0 || text.at[0] == '#')
		return;
	size_t most = oscam_row_max(c->file->file);
	if (line->text.len > most)
		(void)found_in_row(c, CODE_ROW_SKIPPED, line,
			"the line has %zu bytes; OSCam reads %zu of them", line->text.len, most);
	key = slice_cut(&names, '|');
	bool has_colon = key.len > 0 && (memchr(key.at, ':', key.len) || memchr(key.at, '@', key.len));
	if (text.len < (provid ? (size_t)SHORTEST_PROVID : (size_t)SHORTEST_SRVID))
		(void)found_in_row(c, CODE_ROW_SKIPPED, line, "OSCam skips a line of less than %d bytes",
			provid ? SHORTEST_PROVID : SHORTEST_SRVID);
	else if (!names.at || !has_colon)
		(void)found_in_row(c, CODE_ROW_SKIPPED, line, "OSCam skips a line that is not %s",
			provid                          ? "CAID:PROVIDER|NAME"
			: c->file->file == OSCAM_SRVID2 ? "SERVICE:CAID|NAME"
							: "CAID:SERVICE|PROVIDER|NAME");
}

/* ---- names of channels: which of the two files OSCam reads, and how many they are ---- */

void check_shadowed_names(struct checking *c)
{
	(void)look_at(c, OSCAM_SRVID);
	if (oscam_count_rows(OSCAM_SRVID, &c->file->source) > 0)
		(void)found(c, CODE_SRVID_SHADOWED, DOCUMENT_NONE, NULL,
			"OSCam does not read this file, for there is an oscam.srvid2");
}

void check_many_names(struct checking *c)
{
	if (!look_at(c, OSCAM_SRVID2) && !look_at(c, OSCAM_SRVID))
		return;
	unsigned long count = oscam_count_rows(c->file->file, &c->file->source);
	if (count > CHANNELS_MOST)
		(void)found(c, CODE_NAMES_MANY, DOCUMENT_NONE, NULL,
			"%lu names of channels; from %d names on OSCam warns of a high load", count,
			CHANNELS_MOST);
}

/* ---- rows of oscam.dvbapi that OSCam never takes ---- */

static void say_hidden(struct checking *c, const struct line *line, const struct prio_row *hiding)
{
	if (hiding->tail)
		(void)found_in_row(c, CODE_ROW_HIDDEN, line,
			"the I: row does nothing: line %lu is too long, and OSCam takes its end for a P: row "
			"for the same cards",
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
