/* CCcam.channelinfo: caid:ident:sid, or a list of cards, and a name in quotation marks. */
#include "scan.h"
#include "side.h"

/* Where the name starts: at its quotation mark, else behind the first blank that stands beside no comma. */
static size_t key_length(struct slice text)
{
	const char *end = text.at + text.len;
	char before = ',';

	for (const char *at = text.at; at < end; at++) {
		const char *next = skip_blanks(at, end);
		bool list = before == ',' || (next < end && *next == ',');
		if (*at == '"' || (next > at && !list))
			return (size_t)(at - text.at);
		at = next;
		before = at < end ? *at : ',';
	}
	return text.len;
}

static void read_line(struct side_names *names, const struct line *line, struct slice text)
{
	struct ledger *ledger = names->ledger;
	struct slice key = {text.at, key_length(text)};

	side_directive(ledger, line, SIDE_NAME);
	if (!side_cards(ledger, line, key, CARDS_NAMED, &names->cards))
		return;
	struct slice name =
		side_name(ledger, line, (struct slice){text.at + key.len, text.len - key.len}, false);
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
