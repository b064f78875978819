/* Lines of OSCam's files without sections. See rows.h. */
#include "cc2oscam/rows.h"

#include "values.h"

bool oscam_has_rows(enum oscam_file file)
{
	return file >= OSCAM_DVBAPI;
}

const struct list *oscam_rows(const struct model *model, enum oscam_file file)
{
	switch (file) {
	case OSCAM_DVBAPI:
		return &model->dvbapi;
	case OSCAM_PROVID:
		return &model->provid;
	case OSCAM_SRVID2:
		return &model->srvid2;
	default:
		return NULL;
	}
}

size_t oscam_row_max(enum oscam_file file)
{
	return file == OSCAM_DVBAPI ? 100 : file == OSCAM_PROVID ? 255 : 1023;
}

bool row_same_card(const struct row *a, const struct row *b)
{
	return a->kind == b->kind && a->caid == b->caid && a->has_ident == b->has_ident &&
	       a->ident == b->ident && a->has_sid == b->has_sid && a->sid == b->sid;
}

static uint64_t row_hash(const struct row *row)
{
	uint32_t parts[] = {(uint32_t)row->kind, row->caid, row->ident, row->has_sid, row->sid};

	return slice_hash(KEY_BYTES(parts), 0);
}

const struct row *row_set_find(const struct row_set *set, const struct row *row)
{
	table_each (walk, &set->table, row_hash(row))
		if (row_same_card(list_at(set->rows, walk.number), row))
			return list_at(set->rows, walk.number);
	return NULL;
}

struct row *row_set_add(struct row_set *set, struct row row)
{
	struct row *added = list_add(set->rows);

	*added = row;
	table_add(&set->table, row_hash(&row), set->rows->count - 1);
	return added;
}

struct slice row_cut_number(struct slice *rest)
{
	size_t len = 0;

	while (len < rest->len && rest->at[len] != ':' && rest->at[len] != '@')
		len++;
	struct slice number = {rest->at, len};
	bool last = len == rest->len;
	*rest = last ? (struct slice){NULL, 0} : (struct slice){rest->at + len + 1, rest->len - len - 1};
	return number;
}

const unsigned row_digits[ROW_NUMBERS] = {CAID_DIGITS, IDENT_DIGITS, SID_DIGITS, 4, 4, 4};

bool row_take_number(struct slice *rest, int place, uint32_t *number)
{
	struct slice text = row_cut_number(rest);

	*number = 0;
	return text.len == 0 || parse_hex(text, row_digits[place], number);
}

static bool take_caid(struct slice text, struct row *row)
{
	uint32_t caid;

	if (!parse_hex(text, CAID_DIGITS, &caid))
		return false;
	row->caid = (uint16_t)caid;
	return true;
}

static bool take_sid(struct slice text, struct row *row)
{
	uint32_t sid;

	if (!parse_hex(text, SID_DIGITS, &sid))
		return false;
	row->sid = (uint16_t)sid;
	row->has_sid = true;
	return true;
}

/* I: caid[:ident[:sid]] */
static enum row_event read_dvbapi(struct slice text, struct row *row)
{
	struct slice rest = text;
	struct slice kind = slice_trim(slice_cut(&rest, ':'));

	if (text.len == 0 || text.at[0] == '#' || text.at[0] == '/')
		return ROW_NOTHING;
	row->kind = kind.len == 1 ? to_upper(kind.at[0]) : '\0';
	if ((row->kind != 'I' && row->kind != 'P') || !rest.at)
		return ROW_OTHER;
	rest = slice_trim(rest);
	if (!take_caid(row_cut_number(&rest), row))
		return ROW_OTHER;
	if (rest.at && !parse_hex(row_cut_number(&rest), IDENT_DIGITS, &row->ident))
		return ROW_OTHER;
	if (rest.at && !take_sid(rest, row))
		return ROW_OTHER;
	row->has_ident = row->ident != 0 || row->has_sid;
	return ROW_READ;
}

/* CAID:IDENT|name|... */
static enum row_event read_provid(struct slice text, struct row *row)
{
	struct slice rest = text;
	struct slice key = slice_cut(&rest, '|');

	if (text.len < SHORTEST_PROVID || text.at[0] == '#' || !rest.at)
		return ROW_NOTHING;
	row->name = oscam_trim(slice_cut(&rest, '|'));
	row->has_ident = true;
	if (!take_caid(row_cut_number(&key), row) || !key.at || !parse_hex(key, IDENT_DIGITS, &row->ident))
		return ROW_OTHER;
	return ROW_READ;
}

/* CAID[@IDENT]:SID|provider|name|... */
static enum row_event read_srvid(struct slice text, struct row *row)
{
	struct slice rest = text;
	struct slice sid = slice_cut(&rest, '|');
	struct slice card = slice_cut(&sid, ':');

	if (text.len < SHORTEST_SRVID || text.at[0] == '#' || !rest.at || !sid.at)
		return ROW_NOTHING;
	(void)slice_cut(&rest, '|');
	row->name = oscam_trim(slice_cut(&rest, '|'));
	if (!take_caid(slice_cut(&card, '@'), row) || !take_sid(sid, row))
		return ROW_OTHER;
	row->has_ident = card.at != NULL;
	if (row->has_ident && !parse_hex(card, IDENT_DIGITS, &row->ident))
		return ROW_OTHER;
	return ROW_READ;
}

/* CAID,CAID,... as they are written. */
static bool are_caids(struct slice list)
{
	uint32_t caid;

	while (list.at)
		if (!parse_hex(slice_cut(&list, ','), CAID_DIGITS, &caid))
			return false;
	return true;
}

/* SID:CAID[@IDENT]|name|... or SID:CAID,CAID,...|name|... */
static enum row_event read_srvid2(struct slice text, struct row *row)
{
	struct slice rest = text;
	struct slice cards = slice_cut(&rest, '|');
	struct slice sid = slice_cut(&cards, ':');

	if (text.len < SHORTEST_SRVID || text.at[0] == '#' || !rest.at || !cards.at)
		return ROW_NOTHING;
	row->name = oscam_trim(slice_cut(&rest, '|'));
	struct slice card = slice_cut(&cards, ',');
	row->more = cards;
	if (!take_sid(sid, row) || !take_caid(slice_cut(&card, '@'), row) || !are_caids(cards))
		return ROW_OTHER;
	row->has_ident = card.at != NULL;
	if (row->has_ident && (cards.at || !parse_hex(card, IDENT_DIGITS, &row->ident)))
		return ROW_OTHER;
	return ROW_READ;
}

enum row_event oscam_read_row(enum oscam_file file, struct slice line, struct row *row)
{
	*row = (struct row){0};
	if (line.len > 0 && line.at[line.len - 1] == '\n')
		line.len--;
	if (line.len > oscam_row_max(file))
		return ROW_OTHER;
	line = oscam_trim(line);
	if (file == OSCAM_DVBAPI)
		return read_dvbapi(line, row);
	if (file == OSCAM_SRVID2)
		return read_srvid2(line, row);
	return file == OSCAM_PROVID ? read_provid(line, row) : read_srvid(line, row);
}

unsigned long oscam_count_rows(enum oscam_file file, const struct source *text)
{
	struct line_walk walk = line_walk_start(text);
	unsigned long count = 0;
	struct line line;
	struct row row;

	while (line_walk_next(&walk, &line))
		count += oscam_read_row(file, line.text, &row) != ROW_NOTHING;
	return count;
}
