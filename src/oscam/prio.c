/* Rows of oscam.dvbapi that hide others. OSCam takes the first row that matches, and an I: row only while no
 * P: row has. */
#include "cc2oscam/rows.h"

#include <string.h>

static struct slice first_word(struct slice text)
{
	size_t len = 0;

	text = slice_trim(text);
	while (len < text.len && !is_blank(text.at[len]) && !is_control(text.at[len]) && text.at[len] != '#')
		len++;
	return (struct slice){text.at, len};
}

struct slice oscam_cut_row(struct slice *rest)
{
	struct slice row = {rest->at, rest->len < DVBAPI_BYTES ? rest->len : DVBAPI_BYTES};

	rest->at += row.len;
	rest->len -= row.len;
	return row;
}

bool oscam_read_prio(struct slice line, struct prio_row *row)
{
	static const unsigned digits[PRIO_NUMBERS] = {4, 6, 4, 4, 4};
	struct slice rest = line;
	struct slice kind = slice_trim(slice_cut(&rest, ':'));

	*row = (struct prio_row){.kind = kind.len == 1 ? to_upper(kind.at[0]) : '\0'};
	if (!rest.at || (row->kind != 'P' && row->kind != 'I'))
		return false;
	rest = first_word(rest);
	row->list = memchr(rest.at, ',', rest.len);
	rest = slice_cut(&rest, ',');
	for (int i = 0; i < PRIO_NUMBERS; i++)
		row->number[i] = PRIO_ANY;
	for (int i = 0; i < PRIO_NUMBERS && rest.at; i++) {
		uint32_t number = 0;
		struct slice text = row_cut_number(&rest);
		if (text.len > 0 && !parse_hex(text, digits[i], &number))
			return false;
		bool cut = row->list && i == PRIO_IDENT && !rest.at; /* of it nothing is left */
		if ((number != 0 || i == PRIO_CHID) && !cut)         /* 0 is for all, but of the chid */
			row->number[i] = number;
	}
	return true;
}

static uint64_t prio_hash(const struct prio_row *row)
{
	return slice_hash((struct slice){(const char *)row->number, sizeof row->number}, 0);
}

void prio_rows_start(struct prio_rows *rows, struct arena *arena)
{
	table_init(&rows->table, arena, 0);
	list_init(&rows->list, arena, sizeof(struct prio_row));
}

static const struct prio_row *find_row(const struct prio_rows *rows, const struct prio_row *row)
{
	uint32_t number;

	for (struct table_walk walk = table_find(&rows->table, prio_hash(row));
		table_next(&rows->table, &walk, &number);) {
		const struct prio_row *other = list_at(&rows->list, number);
		if (memcmp(other->number, row->number, sizeof row->number) == 0)
			return other;
	}
	return NULL;
}

void prio_rows_add(struct prio_rows *rows, const struct prio_row *row)
{
	if (row->kind != 'P' || find_row(rows, row))
		return;
	table_add(&rows->table, prio_hash(row), rows->list.count);
	*(struct prio_row *)list_add(&rows->list) = *row;
}

/* A P: row that names as much as this one or less: each number is the same, or for all. */
const struct prio_row *prio_rows_hide(const struct prio_rows *rows, const struct prio_row *row)
{
	for (unsigned left_out = 0; row->kind == 'I' && left_out < 1U << PRIO_NUMBERS; left_out++) {
		struct prio_row wider = *row;
		for (int i = 0; i < PRIO_NUMBERS; i++)
			if (left_out >> i & 1)
				wider.number[i] = PRIO_ANY;
		const struct prio_row *found = find_row(rows, &wider);
		if (found)
			return found;
	}
	return NULL;
}
