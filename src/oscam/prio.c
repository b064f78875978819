/* Rows of oscam.dvbapi that hide other rows. OSCam takes the first row that matches, but an I: row only if no
 * P: row matched before. */
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
		uint32_t number;
		if (!row_take_number(&rest, i, &number))
			return false;
		bool cut = row->list && i == PRIO_IDENT && !rest.at; /* OSCam drops this field */
		if ((number != 0 || i == PRIO_CHID) && !cut)         /* 0 means all, except as a chid */
			row->number[i] = number;
	}
	return true;
}

void prio_rows_start(struct prio_rows *rows, struct arena *arena)
{
	keys_init(&rows->numbers, arena, 0);
	list_init(&rows->list, arena, sizeof(struct prio_row));
}

void prio_rows_add(struct prio_rows *rows, const struct prio_row *row)
{
	if (row->kind != 'P' || keys_find(&rows->numbers, KEY_BYTES(row->number)) != KEYS_NONE)
		return;
	struct prio_row *added = list_add(&rows->list);
	*added = *row;
	(void)keys_add(&rows->numbers, KEY_BYTES(added->number));
}

/* Whether a P: row matches all that this row matches: each of its numbers is the same, or means all. */
const struct prio_row *prio_rows_hide(const struct prio_rows *rows, const struct prio_row *row)
{
	for (unsigned left_out = 0; row->kind == 'I' && left_out < 1U << PRIO_NUMBERS; left_out++) {
		struct prio_row wider = *row;
		for (int i = 0; i < PRIO_NUMBERS; i++)
			if (left_out >> i & 1)
				wider.number[i] = PRIO_ANY;
		uint32_t found = keys_find(&rows->numbers, KEY_BYTES(wider.number));
		if (found != KEYS_NONE)
			return list_at(&rows->list, found);
	}
	return NULL;
}
