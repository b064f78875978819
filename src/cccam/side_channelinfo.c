/* CCcam.channelinfo: caid:ident:sid, or a list of cards, and a name in quotation marks. */
#include <string.h>

#include "scan.h"
#include "side.h"

enum { PARTS_MOST = 3 };

static const char *skip_number(const char *at, const char *end)
{
	while (at < end && !is_blank(*at) && *at != ':' && *at != ',' && *at != '"')
		at++;
	return at;
}

/* caid:ident:sid, with blanks around the colons or not. Returns its end. */
static const char *skip_card(const char *at, const char *end)
{
	at = skip_number(at, end);
	for (int part = 1; part < PARTS_MOST; part++) {
		const char *next = skip_blanks(at, end);
		if (next == end || *next != ':')
			return at;
		at = skip_number(skip_blanks(next + 1, end), end);
	}
	while (at < end && *at == ':') /* one too many */
		at = skip_number(at + 1, end);
	return at;
}

/* The cards in front of the name, which are a list where commas stand between them. */
static size_t key_length(struct slice text)
{
	const char *end = text.at + text.len, *at = skip_card(text.at, end);

	for (;;) {
		const char *next = skip_blanks(at, end);
		if (next == end || *next != ',')
			return (size_t)(at - text.at);
		next = skip_blanks(next + 1, end);
		if (next == end || *next == '"')
			return (size_t)(at - text.at);
		at = skip_card(next, end);
	}
}

static void read_line(struct side_names *names, const struct line *line, struct slice text)
{
	struct ledger *ledger = names->ledger;
	struct slice key = {text.at, key_length(text)};

	side_directive(ledger, line, SIDE_NAME);
	if (!side_cards(ledger, line, key, CARDS_NAMED, &names->cards)) {
		const struct finding *last = list_at(&ledger->findings, ledger->findings.count - 1);
		const char *quote = memchr(text.at, '"', text.len);
		if (quote)
			text.len = (size_t)(quote - text.at);
		if (last->code != CODE_CARD_UNCLEAR) /* which has a hint of its own */
			side_hint_mended(ledger, line, CARDS_NAMED, text);
		return;
	}
	struct slice rest = slice_skip(text, key.len);
	struct slice name = side_name(ledger, line, side_name_start(ledger, line, rest), false);
	for (uint32_t i = 0; i < names->cards.count && name.len > 0; i++) {
		const struct side_card *card = list_at(&names->cards, i);
		side_names_add(names, line,
			(struct side_name){
				.name = name, .caid = card->caid, .ident = card->ident, .sid = card->sid});
	}
}

void parse_channelinfo(struct ledger *ledger, struct list *entries)
{
	side_names_read(ledger, entries, read_line);
}
