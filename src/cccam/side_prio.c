/* CCcam.prio: I: lines for what is never used, P: lines for what is tried first (cccam.md, section 4). */
#include "side.h"

#include "scan.h"

/* An item of a P: line with more digits than a caid has is another ident of the caid before it. */
enum { CAID_DIGITS = 4, IDENT_DIGITS = 6 };

struct prio {
	struct ledger *ledger;
	struct list *entries;
	const struct line *line;
	struct prio_item first, last; /* of this line; caid 0: none yet */
	char kind;
};

static void add_item(struct prio *prio, struct slice text, const struct card *card)
{
	struct prio_item *item = list_add(prio->entries);

	*item = (struct prio_item){.kind = prio->kind,
		.caid = card->caid,
		.ident = card->ident,
		.has_ident = card->ident != 0,
		.sid = card->sid,
		.has_sid = card->given == 3,
		.line = prio->line->number,
		.column = (uint32_t)(text.at - prio->line->text.at) + 1};
	if (prio->first.caid == 0)
		prio->first = *item;
	else if (!item->has_sid && prio->first.has_sid) {
		item->sid = prio->first.sid;
		item->has_sid = true;
	} else if (item->has_sid)
		side_find(prio->ledger, prio->line, text.at, CODE_PRIO_SID, FATE_ADJUSTED,
			"a service id on an item that is not the first; it goes for this item");
	prio->last = *item;
	ledger_fate(prio->ledger, prio->line->number, FATE_CONVERTED);
}

static bool read_ident(const struct prio *prio, struct slice text, struct card *card)
{
	uint32_t ident;

	if (prio->kind != 'P' || prio->last.caid == 0 || text.len <= CAID_DIGITS ||
		!parse_hex(text, IDENT_DIGITS, &ident))
		return false;
	*card = (struct card){.caid = prio->last.caid, .ident = ident, .given = 2};
	return true;
}

/* False: the rest of the line means nothing without this item. */
static bool read_item(struct prio *prio, struct slice text)
{
	struct card card;

	if (text.len == 0) {
		side_find(prio->ledger, prio->line, text.at, CODE_EXTRA_FIELD, FATE_ADJUSTED,
			"a comma with nothing beside it");
		return true;
	}
	if (read_ident(prio, text, &card)) {
		side_find(prio->ledger, prio->line, text.at, CODE_PRIO_IDENT, FATE_ADJUSTED,
			"%.*s is no caid; it was read as an ident of caid %04X", SLICE_ARG(text),
			(unsigned)card.caid);
		add_item(prio, text, &card);
		return true;
	}
	if (!side_card(prio->ledger, prio->line, text, &card))
		return prio->first.caid != 0;
	add_item(prio, text, &card);
	return true;
}

static void read_items(struct prio *prio, struct slice text)
{
	const char *start = text.at;

	text = slice_trim((struct slice){text.at, (size_t)(side_comment(text) - text.at)});
	if (text.len == 0) {
		side_find(prio->ledger, prio->line, start, CODE_MISSING_FIELD, FATE_REJECTED,
			"the caid is missing");
		return;
	}
	for (struct entries items = entries_of(text); entries_next(&items, &text);) {
		if (prio->kind == 'I' && prio->first.caid != 0) {
			side_find(prio->ledger, prio->line, text.at, CODE_EXTRA_FIELD, FATE_REJECTED,
				"an I: line names one card; the others need lines of their own");
			return;
		}
		if (!read_item(prio, text))
			return;
	}
}

static void read_line(struct prio *prio, struct slice text)
{
	struct slice rest = text;
	struct slice letter = slice_trim(slice_cut(&rest, ':'));

	prio->first.caid = prio->last.caid = 0;
	prio->kind = letter.len == 1 && rest.at ? to_upper(letter.at[0]) : '\0';
	if (prio->kind != 'I' && prio->kind != 'P') {
		side_find(prio->ledger, prio->line, text.at, CODE_UNKNOWN_LINE, FATE_REJECTED,
			"the line starts with neither I: nor P:");
		return;
	}
	side_directive(prio->ledger, prio->line, prio->kind == 'I' ? SIDE_IGNORE : SIDE_PREFER);
	read_items(prio, rest);
}

void parse_prio(struct ledger *ledger, struct list *entries)
{
	struct line_walk walk = line_walk_start(ledger->source);
	struct line line;
	struct prio prio = {.ledger = ledger, .entries = entries, .line = &line};
	struct slice text;

	list_init(entries, ledger->arena, sizeof(struct prio_item));
	while (line_walk_next(&walk, &line))
		if (!side_skip(ledger, &line, &text))
			read_line(&prio, text);
}
