/* Files without sections: rows of ours that an existing file does not have yet. Where it has another name for
 * a provider or a channel, that name stays. */
#include <string.h>

#include "parts.h"

/* What the existing rows are about. */
struct known_row {
	enum oscam_file file;
	struct row_set set;
	struct list rows;            /* of the set */
	struct prio_rows preferring; /* of oscam.dvbapi, the P: rows so far */
};

static void add_row(struct known_row *known, struct row row)
{
	if (!row_set_find(&known->set, &row))
		(void)row_set_add(&known->set, row);
}

static bool read_number(struct slice text, unsigned digits, uint32_t *number)
{
	return parse_hex(slice_trim(text), digits, number);
}

/* CAID:IDENT@IDENT..., where the colon may be another @. */
static void add_providers(struct known_row *known, struct slice key)
{
	struct row row = {.has_ident = true};
	size_t len = 0;
	uint32_t caid;

	while (len < key.len && key.at[len] != ':' && key.at[len] != '@')
		len++;
	if (len == key.len || !read_number((struct slice){key.at, len}, CAID_DIGITS, &caid))
		return;
	row.caid = (uint16_t)caid;
	for (struct slice idents = {key.at + len + 1, key.len - len - 1}; idents.len > 0;)
		if (read_number(slice_cut(&idents, '@'), IDENT_DIGITS, &row.ident))
			add_row(known, row);
}

/* SID:CAID[@IDENT...][,CAID...] */
static void add_channels(struct known_row *known, struct slice cards)
{
	struct row row = {.has_sid = true};
	uint32_t caid, sid;
	struct slice key = slice_cut(&cards, ':');

	if (!cards.at || !read_number(key, SID_DIGITS, &sid))
		return;
	row.sid = (uint16_t)sid;
	while (cards.len > 0) {
		struct slice idents = slice_cut(&cards, ',');
		if (!read_number(slice_cut(&idents, '@'), CAID_DIGITS, &caid))
			continue;
		row.caid = (uint16_t)caid;
		row.ident = 0;
		row.has_ident = idents.len > 0;
		if (!row.has_ident)
			add_row(known, row);
		while (idents.len > 0)
			if (read_number(slice_cut(&idents, '@'), IDENT_DIGITS, &row.ident))
				add_row(known, row);
	}
}

/* In our rows the number 0 and a missing number mean the same: all. */
static struct row without_zeros(struct row row)
{
	row.has_ident = row.ident != 0;
	row.has_sid = row.sid != 0;
	return row;
}

static uint32_t number_of(const struct prio_row *row, int which)
{
	return row->number[which] == PRIO_ANY ? 0 : row->number[which];
}

/* A row that OSCam never takes is left out. A row for some streams only, or with a list, is left out, too:
 * our rows never say the same. */
static void add_prio(struct known_row *known, struct slice line)
{
	struct prio_row row;

	if (!oscam_read_prio(line, &row))
		return;
	prio_rows_add(&known->preferring, &row);
	if (row.list || prio_rows_hide(&known->preferring, &row) || row.number[PRIO_PID] != PRIO_ANY ||
		row.number[PRIO_CHID] != PRIO_ANY)
		return;
	add_row(known, without_zeros((struct row){.kind = row.kind,
			       .caid = (uint16_t)number_of(&row, PRIO_CAID),
			       .ident = number_of(&row, PRIO_IDENT),
			       .sid = (uint16_t)number_of(&row, PRIO_SID)}));
}

/* A line that lists several cards is about each of them. */
static void add_line(struct known_row *known, struct slice line)
{
	struct slice rest = line, key = slice_trim(slice_cut(&rest, '|'));
	struct row row;

	if (known->file == OSCAM_DVBAPI) {
		while (line.len > 0)
			add_prio(known, oscam_cut_row(&line));
		return;
	}
	if (known->file != OSCAM_SRVID2 && oscam_read_row(known->file, line, &row) == ROW_READ) {
		add_row(known, row);
		return;
	}
	if (!rest.at || (key.len > 0 && key.at[0] == '#'))
		return;
	if (known->file == OSCAM_PROVID)
		add_providers(known, key);
	else if (known->file == OSCAM_SRVID2)
		add_channels(known, key);
}

static bool is_known(const struct known_row *known, const struct row *row)
{
	struct row wanted = known->file == OSCAM_DVBAPI ? without_zeros(*row) : *row;

	return row_set_find(&known->set, &wanted) != NULL;
}

/* Our row without the CAIDs that have a name already. False: nothing is left of the row. */
static bool left_over(struct merge *m, const struct known_row *known, const struct row *row, struct row *left)
{
	struct slice more = row->more;
	struct buffer kept = {0};
	bool any = !is_known(known, row);

	*left = *row;
	while (more.len > 0) {
		struct row other = *row;
		uint32_t caid = 0;
		(void)parse_hex(slice_cut(&more, ','), CAID_DIGITS, &caid);
		other.caid = (uint16_t)caid;
		if (is_known(known, &other))
			continue;
		if (any)
			buffer_format(&kept, "%s%04X", kept.len > 0 ? "," : "", (unsigned)caid);
		else
			left->caid = other.caid;
		any = true;
	}
	if (row->more.len > 0)
		left->more =
			kept.len > 0 ? arena_copy(m->arena, buffer_slice(&kept)) : (struct slice){NULL, 0};
	buffer_free(&kept);
	return any;
}

void merge_missing_rows(
	struct merge *m, enum oscam_file file, const struct source *text, struct list *missing)
{
	const struct list *rows = oscam_rows(m->model, file);
	struct known_row known = {.file = file};
	struct line_walk walk = line_walk_start(text);
	struct line line;

	struct row left;

	if (!rows || rows->count == 0)
		return;
	table_init(&known.set.table, m->arena, 0);
	list_init(&known.rows, m->arena, sizeof(struct row));
	known.set.rows = &known.rows;
	prio_rows_start(&known.preferring, m->arena);
	while (line_walk_next(&walk, &line))
		add_line(&known, line.text);
	for (uint32_t i = 0; i < rows->count; i++)
		if (left_over(m, &known, list_at(rows, i), &left))
			*(struct row *)list_add(missing) = left;
}

/* Whether OSCam reads a P: row from the line, or from a later part of a line that is too long. */
static bool has_preferring_row(struct slice line)
{
	struct prio_row row;

	while (line.len > 0)
		if (oscam_read_prio(oscam_cut_row(&line), &row) && row.kind == 'P')
			return true;
	return false;
}

/* Where the first P: row begins, with the remarks that stand directly above it and speak of it; the end of
 * the text when there is none. */
static size_t first_preferring(const struct source *text)
{
	struct line_walk walk = line_walk_start(text);
	const char *remarks = NULL;
	struct line line;

	while (line_walk_next(&walk, &line)) {
		struct slice plain = slice_trim(line.text);
		bool remark = plain.len > 0 && (plain.at[0] == '#' || plain.at[0] == '/');
		if (has_preferring_row(line.text))
			return (size_t)((remarks ? remarks : line.text.at) - text->text.at);
		remarks = !remark ? NULL : remarks ? remarks : line.text.at;
	}
	return text->text.len;
}

/* The length of the new rows up to the end of the last I: row. */
static size_t ignoring_length(struct slice rows)
{
	struct slice left = rows;
	struct prio_row row;
	size_t length = 0;

	while (left.len > 0) {
		const char *feed = memchr(left.at, '\n', left.len);
		size_t len = feed ? (size_t)(feed - left.at) + 1 : left.len;
		struct slice line = {left.at, len};
		left = slice_skip(left, len);
		if (oscam_read_prio(line, &row) && row.kind == 'I')
			length = (size_t)(left.at - rows.at);
	}
	return length;
}

struct slice merge_put_first(struct merge *m, struct slice rows)
{
	const struct source *text = m->existing.files[OSCAM_DVBAPI];
	size_t at = first_preferring(text), length = ignoring_length(rows);

	if (at == text->text.len || length == 0)
		return rows;
	m->ignoring = (struct slice){rows.at, length};
	m->ignoring_at = at;
	return slice_skip(rows, length);
}

bool merge_keeps_rows(const struct merge *m, enum oscam_file file, struct slice text)
{
	struct slice old = m->existing.files[file]->text;

	if (file == OSCAM_DVBAPI && m->ignoring.len > 0) {
		struct slice before = {old.at, m->ignoring_at};
		size_t skipped = before.len + m->ignoring.len;
		if (!slice_starts(text, before) || text.len < skipped)
			return false;
		text = slice_skip(text, skipped);
		old = slice_skip(old, before.len);
	}
	return slice_starts(text, old);
}
