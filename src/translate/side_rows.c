/* Entries of the side files become rows of oscam.dvbapi, oscam.provid and oscam.srvid2. */
#include "side.h"

#include "cc2oscam/rows.h"

/* The longest name: OSCam's lines have room for it, and OSCam shows no longer one. */
enum { NAME_MOST = 127 };
/* How many CAIDs follow the first one of a row at most: a line has room for far more. */
enum { CAIDS_BESIDE = 63 };

/* The rows made so far, and the first one that comes from the present line. */
struct new_rows {
	struct ledger *ledger;
	struct row_set set;
	uint32_t line, line_start;
	unsigned source;
};

/* An earlier row that says the same, or a row of the same line for all idents. */
static const struct row *earlier_row(const struct new_rows *rows, const struct row *row)
{
	struct row all = *row;
	const struct row *same = row_set_find(&rows->set, row);

	if (same || row->ident == 0)
		return same;
	all.ident = 0;
	all.has_ident = row->has_sid;
	same = row_set_find(&rows->set, &all);
	return same && same->line == rows->line ? same : NULL;
}

static void add_prio(struct new_rows *rows, const struct prio_item *item)
{
	struct ledger *ledger = rows->ledger;
	struct row row = {.kind = item->kind,
		.caid = item->caid,
		.ident = item->ident,
		.sid = item->sid,
		.has_sid = item->has_sid,
		.line = item->line,
		.source = (uint8_t)rows->source};

	if (rows->line != item->line)
		rows->line_start = rows->set.rows->count;
	rows->line = item->line;
	if (row.kind == 'P' && row.caid >> 8 == 0x18 && row.ident != 0) {
		/* in P: lines CCcam ignores the idents of Nagra's CAIDs */
		row.ident = 0;
		(void)ledger_find(ledger, CODE_PRIO_NAGRA,
			(struct place){ledger->source, item->line, item->column},
			"the ident of caid %04X is left out, as CCcam does", (unsigned)item->caid);
		ledger_raise(ledger, item->line, FATE_ADJUSTED);
	}
	row.has_ident = row.ident != 0 || row.has_sid;
	const struct row *first = earlier_row(rows, &row);
	if (first) {
		ledger_made(ledger, item->line, first);
		(void)ledger_find(ledger, CODE_REPEATED_PRIO,
			(struct place){ledger->source, item->line, item->column}, "line %lu says the same",
			(unsigned long)first->line);
		ledger_raise(ledger, item->line, FATE_ADJUSTED);
		return;
	}
	ledger_made(ledger, item->line, row_set_add(&rows->set, row));
	if (row.kind == 'P' && rows->set.rows->count - rows->line_start == 2)
		(void)ledger_find(ledger, CODE_PRIO_LIST_SPLIT,
			(struct place){ledger->source, item->line, item->column},
			"each system of the list becomes a row of its own; OSCam takes that row also where a "
			"channel lacks the other systems");
}

/* OSCam takes the first row that matches, so rows that ignore cards stand before rows that prefer cards. */
void translate_prio(struct translator *t, struct side_file *side, unsigned number)
{
	struct new_rows rows = {
		.ledger = &side->ledger, .set = {.rows = &t->model->dvbapi}, .source = number};
	struct list items;

	parse_prio(&side->ledger, &items);
	table_init(&rows.set.table, t->arena, items.count);
	for (const char *kind = "IP"; *kind; kind++) {
		for (uint32_t i = 0; i < items.count; i++) {
			const struct prio_item *item = list_at(&items, i);
			if (item->kind == *kind)
				add_prio(&rows, item);
		}
	}
}

/* No name may have a bar: it ends the name in OSCam's files. */
static bool name_byte(char c)
{
	return c != '|' && !is_control(c);
}

static struct slice changed_name(
	struct translator *t, struct ledger *ledger, uint32_t line, struct slice name)
{
	bool cut = name.len > NAME_MOST;

	name = slice_head(name, NAME_MOST);
	char *copy = arena_bytes(t->arena, name.len);
	for (size_t i = 0; i < name.len; i++)
		copy[i] = name_byte(name.at[i]) ? name.at[i] : name.at[i] == '|' ? '/' : ' ';
	(void)ledger_find(ledger, CODE_NAME_CHANGED, (struct place){ledger->source, line, 0},
		cut ? "the name is longer than %d bytes and was cut"
		    : "OSCam would take the name apart: a | became a /, a control byte a blank",
		NAME_MOST);
	ledger_raise(ledger, line, FATE_ADJUSTED);
	return slice_trim((struct slice){copy, name.len});
}

static void add_name(struct translator *t, struct side_file *side, const struct side_name *entry,
	struct list *rows, unsigned number)
{
	bool channels = rows == &t->model->srvid2;
	const struct row *last = rows->count > 0 ? list_at(rows, rows->count - 1) : NULL;
	bool again = last && last->line == entry->line;
	struct slice name = again ? last->name : entry->name;
	if (!again && (name.len > NAME_MOST || !slice_all(name, name_byte)))
		name = changed_name(t, &side->ledger, entry->line, name);
	struct row *row = list_add(rows);

	*row = (struct row){.name = name,
		.caid = entry->caid,
		.ident = entry->ident,
		.sid = entry->sid,
		.has_ident = !channels || entry->ident != 0,
		.has_sid = channels,
		.line = entry->line,
		.source = (uint8_t)number};
	ledger_made(&side->ledger, entry->line, row);
}

/* CAIDs without an ident that follow each other in one line become one row. Returns how many entries behind
 * `first` belong to its row. */
static uint32_t more_caids(struct translator *t, const struct list *names, uint32_t first, struct slice *more)
{
	const struct side_name *entry = list_at(names, first);
	struct buffer text = {0};
	uint32_t count = 0;

	while (first + count + 1 < names->count && count < CAIDS_BESIDE) {
		const struct side_name *next = list_at(names, first + count + 1);
		if (entry->ident != 0 || next->line != entry->line || next->ident != 0 ||
			next->sid != entry->sid)
			break;
		buffer_format(&text, "%s%04X", count > 0 ? "," : "", (unsigned)next->caid);
		count++;
	}
	*more = count > 0 ? arena_take(t->arena, &text) : (struct slice){NULL, 0};
	return count;
}

void translate_providers(struct translator *t, struct side_file *side, unsigned number)
{
	struct list names;

	parse_providers(&side->ledger, &names);
	for (uint32_t i = 0; i < names.count; i++)
		add_name(t, side, list_at(&names, i), &t->model->provid, number);
}

void translate_channelinfo(struct translator *t, struct side_file *side, unsigned number)
{
	const struct statement *s = t->options[DIRECTIVE_CHANNELINFO_FILE];
	struct list *rows = &t->model->srvid2;
	struct list names;

	parse_channelinfo(&side->ledger, &names);
	for (uint32_t i = 0; i < names.count; i++) {
		struct slice more;
		uint32_t beside = more_caids(t, &names, i, &more);
		add_name(t, side, list_at(&names, i), rows, number);
		((struct row *)list_at(rows, rows->count - 1))->more = more;
		i += beside;
	}
	if (rows->count > CHANNELS_MOST)
		say(t, s, CODE_NAMES_MANY, s->value.at,
			"%lu names of channels; from %d names on OSCam warns of a high load",
			(unsigned long)rows->count, CHANNELS_MOST);
}
