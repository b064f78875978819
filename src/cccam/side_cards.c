/* The cards of a line of CCcam.prio or CCcam.channelinfo: "caid:ident:sid", or a list of them. Public
 * generators also write "caid:ident,ident:sid": several idents of one CAID, and one service id for them all.
 * An ident is never taken for a CAID: where an item could be either, the line is rejected. */
#include <string.h>

#include "scan.h"
#include "side.h"

enum { SID_SHORT = 2, PARTS_MOST = 3 };

/* The numbers of one item, as they stand. */
struct item {
	struct slice text, parts[PARTS_MOST];
	unsigned count;
};

struct card_reader {
	struct ledger *ledger;
	const struct line *line;
	struct list *cards;
	enum side_form form;
	bool six, five;       /* all idents so far have six digits; one of them has five */
	struct slice caids;   /* an item that could be an ident, and was read as a CAID */
	struct slice idents;  /* the first item without a CAID of its own */
	struct slice bare;    /* the first of them whose CAID stands without an ident */
	const char *late_sid; /* the first service id of an item with a CAID that is not the first */
	bool from_last;       /* it goes for the items before it */
	bool at_end;          /* no item follows the one at hand */
	size_t width;         /* the digits of the last ident, 0 when it means all */
	bool sid_read;        /* an item had a service id */
	const char *why;      /* an item is unclear */
};

static bool refuse_line(struct card_reader *r, const char *at, enum code code, const char *what)
{
	side_find(r->ledger, r->line, at, code, FATE_REJECTED, "%s", what);
	return false;
}

static bool split_item(struct card_reader *r, struct slice text, struct item *item)
{
	struct slice rest = text;

	*item = (struct item){.text = text};
	for (; rest.at && item->count < PARTS_MOST; item->count++)
		item->parts[item->count] = side_digits(r->ledger, r->line, slice_trim(slice_cut(&rest, ':')));
	return !rest.at ||
	       refuse_line(r, rest.at, CODE_BAD_NUMBER, "more numbers than caid, ident and service id");
}

static bool read_number(
	struct card_reader *r, struct slice part, const char *name, unsigned digits, uint32_t *number)
{
	if (parse_hex(part, digits, number))
		return true;
	side_find(r->ledger, r->line, part.at, CODE_BAD_NUMBER, FATE_REJECTED,
		"the %s is not 1 to %u hexadecimal digits", name, digits);
	return false;
}

static bool read_ident(struct card_reader *r, struct slice part, struct side_card *card)
{
	card->has_ident = true;
	r->six = (r->six || r->cards->count == 0) && part.len == IDENT_DIGITS;
	r->five |= part.len == IDENT_DIGITS - 1;
	if (!read_number(r, part, "ident", IDENT_DIGITS, &card->ident))
		return false;
	r->width = card->ident != 0 ? part.len : 0;
	return true;
}

static bool read_sid(struct card_reader *r, struct slice part, struct side_card *card)
{
	uint32_t sid;

	if (!read_number(r, part, "service id", SID_DIGITS, &sid))
		return false;
	if (sid == 0 && r->form != CARDS_NAMED)
		return refuse_line(r, part.at, CODE_BAD_NUMBER,
			"there is no service id 0: the line would be for every channel");
	card->sid = (uint16_t)sid;
	card->has_sid = true;
	r->sid_read = true;
	return true;
}

/* The first two digits of CAIDs that are in use. */
static bool is_system(struct slice text)
{
	static const unsigned char systems[] = {0x01, 0x02, 0x05, 0x06, 0x07, 0x09, 0x0b, 0x0d, 0x0e, 0x10,
		0x12, 0x17, 0x18, 0x22, 0x26, 0x27, 0x4a, 0x4b, 0x55, 0x56, 0x7b, 0xa1};
	uint32_t caid;

	return !parse_hex(text, CAID_DIGITS, &caid) || memchr(systems, (int)(caid >> 8), sizeof systems);
}

/* Whether what follows a CAID of four digits or less can be no service id, so that it is an ident. */
static bool no_sid(struct slice text)
{
	uint32_t number;

	return text.len > SID_DIGITS || text.len <= SID_SHORT ||
	       (parse_hex(text, SID_DIGITS, &number) && number == 0);
}

enum what { ITEM_CARD, ITEM_IDENT, ITEM_UNCLEAR };

static enum what unclear(struct card_reader *r, const char *why)
{
	r->why = why;
	return ITEM_UNCLEAR;
}

static enum what unclear_pair(struct card_reader *r)
{
	return unclear(r, "the item could be a caid and its ident, or an ident and a service id");
}

/* Whether it is the CAID of the first item or of the item before. */
static bool caid_stands_before(const struct card_reader *r, struct slice text)
{
	const struct side_card *first = list_at(r->cards, 0), *last = list_at(r->cards, r->cards->count - 1);
	uint32_t caid;

	return parse_hex(text, CAID_DIGITS, &caid) && (caid == first->caid || caid == last->caid);
}

/* An item that begins with such a CAID once more. */
static enum what repeated_caid(struct card_reader *r, const struct item *item)
{
	uint32_t number;

	if (item->count == 1 || item->parts[1].len > SID_DIGITS)
		return ITEM_CARD;
	if (parse_hex(item->parts[1], SID_DIGITS, &number) && number == 0)
		return r->form == CARDS_IGNORED ? unclear_pair(r) : ITEM_CARD; /* it would be all idents */
	return no_sid(item->parts[1]) && !r->six && !r->five ? ITEM_CARD : unclear_pair(r);
}

/* An item behind another one with an ident, which begins with a number of at most four digits. */
static enum what short_item(struct card_reader *r, const struct item *item)
{
	const struct side_card *first = list_at(r->cards, 0);
	struct slice number = item->parts[0];

	if (caid_stands_before(r, number))
		return repeated_caid(r, item);
	if (!is_system(number))
		return r->sid_read ? unclear_pair(r) : ITEM_IDENT;
	if (first->has_sid || r->six || (r->five && number.at[0] == '0'))
		return ITEM_CARD; /* idents are written in another way here */
	if (r->form == CARDS_NAMED && r->width == number.len && (item->count == 1 || r->at_end))
		return ITEM_IDENT; /* a name's line ends with a service id */
	if (item->count == 2)
		return no_sid(item->parts[1]) ? ITEM_CARD : unclear_pair(r);
	r->caids = item->text;
	return ITEM_CARD;
}

/* A name's line has a service id at its end: a pair there that is read as a card has lost it. */
static enum what pair_or_number(struct card_reader *r, const struct item *item)
{
	enum what what = short_item(r, item);
	bool pair = item->count == 2 && item->parts[1].len <= SID_DIGITS;

	if (what == ITEM_CARD && pair && r->form == CARDS_NAMED && (r->at_end || r->sid_read))
		return unclear_pair(r);
	return what;
}

static enum what what_is(struct card_reader *r, const struct item *item)
{
	const struct side_card *last = r->cards->count > 0 ? list_at(r->cards, r->cards->count - 1) : NULL;

	if (!last || item->count == PARTS_MOST || item->parts[0].len == 0)
		return ITEM_CARD;
	if (item->parts[0].len > CAID_DIGITS)
		return ITEM_IDENT;
	if (item->count == 1 && r->sid_read)
		return unclear(r,
			"a number alone behind a service id could be another service id, an ident or a caid");
	return last->has_ident || r->caids.len > 0 ? pair_or_number(r, item) : ITEM_CARD;
}

static bool read_card(struct card_reader *r, const struct item *item, struct side_card *card)
{
	uint32_t caid;

	if (!read_number(r, item->parts[0], "caid", CAID_DIGITS, &caid))
		return false;
	if (caid == 0)
		return refuse_line(r, item->text.at, CODE_BAD_NUMBER, "there is no caid 0");
	card->caid = (uint16_t)caid;
	if (item->count == PARTS_MOST && r->cards->count > 0 && !r->late_sid)
		r->late_sid = item->parts[2].at;
	return (item->count < 2 || read_ident(r, item->parts[1], card)) &&
	       (item->count < 3 || read_sid(r, item->parts[2], card));
}

/* The service id behind the last ident of a CAID goes for those before it as well. */
static void share_sid(struct card_reader *r, const struct side_card *card)
{
	for (uint32_t i = r->cards->count; i > 0; i--) {
		struct side_card *before = list_at(r->cards, i - 1);
		if (before->has_sid || before->caid != card->caid)
			return;
		before->sid = card->sid;
		before->has_sid = true;
	}
}

static bool read_further_ident(struct card_reader *r, const struct item *item, struct side_card *card)
{
	const struct side_card *last = list_at(r->cards, r->cards->count - 1);

	if (r->idents.len == 0)
		r->idents = item->text;
	if (!last->has_ident && r->bare.len == 0)
		r->bare = item->text;
	card->caid = last->caid;
	if (!read_ident(r, item->parts[0], card))
		return false;
	if (item->count < 2)
		return true;
	if (!read_sid(r, item->parts[1], card))
		return false;
	share_sid(r, card);
	return true;
}

/* The lines that an unclear item can be, each to be taken as it is. */
static void hint_item(struct card_reader *r, const struct item *item)
{
	const struct side_card *last = list_at(r->cards, r->cards->count - 1);
	const char *start = side_form_start(r->form);
	const char *end = r->form == CARDS_NAMED ? " and the name" : "";
	unsigned caid = last->caid, ident = (unsigned)last->ident;
	uint32_t first = 0, second = 0;

	if (!parse_hex(item->parts[0], IDENT_DIGITS, &first) ||
		(item->count > 1 && !parse_hex(item->parts[1], IDENT_DIGITS, &second)))
		return;
	if (item->count == 1)
		ledger_hint(r->ledger,
			"On a line of its own write %s%04X:%06X:%04X%s where %.*s is a service id, "
			"%s%04X:%06X%s where this number is an ident.",
			start, caid, ident, (unsigned)first, end, SLICE_ARG(item->parts[0]), start, caid,
			(unsigned)first, r->form == CARDS_NAMED ? ":, the service id and the name" : "");
	else if (second == 0) /* no service id */
		ledger_hint(r->ledger, "On a line of its own write %s%04X where %.*s is a caid.", start,
			(unsigned)first, SLICE_ARG(item->parts[0]));
	else if (r->form == CARDS_NAMED)
		ledger_hint(r->ledger,
			"On a line of its own write %04X:%06X:%04X and the name where %.*s is an ident; "
			"where this number is a caid, %04X:%06X:, the service id and the name.",
			caid, (unsigned)first, (unsigned)second, SLICE_ARG(item->parts[0]), (unsigned)first,
			(unsigned)second);
	else
		ledger_hint(r->ledger,
			"On a line of its own write %s%04X:%06X where %.*s is a caid, %s%04X:%06X:%04X where "
			"this number is an ident.",
			start, (unsigned)first, (unsigned)second, SLICE_ARG(item->parts[0]), start, caid,
			(unsigned)first, (unsigned)second);
}

static bool read_item(struct card_reader *r, struct slice text)
{
	struct item item;
	struct side_card card = {.text = text};
	bool read = false;

	if (text.len == 0) {
		side_find(r->ledger, r->line, text.at, CODE_EXTRA_FIELD, FATE_ADJUSTED,
			"a comma with nothing beside it");
		return true;
	}
	if (!split_item(r, text, &item)) {
		side_hint_mended(r->ledger, r->line, r->form, text);
		return false;
	}
	switch (what_is(r, &item)) {
	case ITEM_CARD:
		read = read_card(r, &item, &card);
		break;
	case ITEM_IDENT:
		read = read_further_ident(r, &item, &card);
		break;
	case ITEM_UNCLEAR:
		(void)refuse_line(r, text.at, CODE_CARD_UNCLEAR, r->why);
		hint_item(r, &item);
		return false;
	}
	if (read)
		*(struct side_card *)list_add(r->cards) = card;
	else
		side_hint_mended(r->ledger, r->line, r->form, text);
	return read;
}

/* A service id on the first item or behind the last one goes for all that have none. */
static bool spread_sid(struct card_reader *r)
{
	const struct side_card *first = list_at(r->cards, 0), *last = list_at(r->cards, r->cards->count - 1);
	const struct side_card *from = first->has_sid ? first : last;
	bool lacking = false, differ = false, any = false;

	for (uint32_t i = 0; i < r->cards->count; i++) {
		const struct side_card *card = list_at(r->cards, i);
		lacking |= !card->has_sid;
		any |= card->has_sid;
		differ |= card->has_sid && card->sid != from->sid;
	}
	if (any && r->bare.len > 0 && r->caids.len == 0)
		return refuse_line(r, r->bare.at, CODE_CARD_UNCLEAR,
			"an ident and a service id stand behind a caid without ident");
	if (!any || !lacking)
		return true;
	if (!from->has_sid || differ)
		return refuse_line(r, first->text.at, CODE_CARD_UNCLEAR,
			"some items have a service id and others none; which of them it is for is not clear");
	if (from == last && r->caids.len > 0)
		return refuse_line(r, r->caids.at, CODE_CARD_UNCLEAR,
			"the item could be a caid, or another ident of the caid before it");
	r->from_last = from == last;
	for (uint32_t i = 0; i < r->cards->count; i++) {
		struct side_card *card = list_at(r->cards, i);
		card->sid = from->sid;
		card->has_sid = true;
	}
	return true;
}

/* An I: line names one card, or idents of one CAID; more than that only with the channel that it is for. */
static bool one_card(struct card_reader *r)
{
	const struct side_card *first = list_at(r->cards, 0);

	for (uint32_t i = 1; i < r->cards->count && !first->has_sid; i++) {
		const struct side_card *card = list_at(r->cards, i);
		if (card->caid == first->caid && card->has_ident && first->has_ident)
			continue;
		side_find(r->ledger, r->line, card->text.at, CODE_EXTRA_FIELD, FATE_REJECTED,
			"an I: line names one card; the others need lines of their own\n"
			"Write an I: line for each card.");
		return false;
	}
	return true;
}

static bool all_channels(struct card_reader *r, const char *end)
{
	for (uint32_t i = 0; i < r->cards->count; i++) {
		const struct side_card *card = list_at(r->cards, i);
		if (!card->has_ident || !card->has_sid)
			return refuse_line(
				r, end, CODE_MISSING_FIELD, "the line does not start with caid:ident:sid");
	}
	return true;
}

static void say_how(struct card_reader *r)
{
	if (r->idents.len > 0)
		side_find(r->ledger, r->line, r->idents.at,
			r->form == CARDS_NAMED ? CODE_NAME_IDENTS : CODE_PRIO_IDENT, FATE_ADJUSTED,
			"several idents stand behind one caid; each was read with that caid");
	if (r->late_sid && r->form != CARDS_NAMED)
		side_find(r->ledger, r->line, r->late_sid, CODE_PRIO_SID, FATE_ADJUSTED,
			"a service id on an item that is not the first; it goes for %s",
			r->from_last ? "all items of the line" : "this item");
}

bool side_cards(struct ledger *ledger, const struct line *line, struct slice text, enum side_form form,
	struct list *cards)
{
	struct card_reader r = {.ledger = ledger, .line = line, .cards = cards, .form = form};
	const char *end = text.at + text.len;

	cards->count = 0;
	for (struct entries items = entries_of(text); entries_next(&items, &text);) {
		r.at_end = items.done;
		if (!read_item(&r, text))
			return false;
	}
	if (cards->count == 0)
		return refuse_line(&r, text.at, CODE_MISSING_FIELD, "the caid is missing");
	if (!spread_sid(&r) || (form == CARDS_IGNORED && !one_card(&r)) ||
		(form == CARDS_NAMED && !all_channels(&r, end)))
		return false;
	say_how(&r);
	return true;
}
