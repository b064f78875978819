/* CCcam.channelinfo: caid:ident:sid and a name in quotation marks. */
#include "side.h"

#include "scan.h"

static void read_line(struct side_names *names, const struct line *line, struct slice text)
{
	struct ledger *ledger = names->ledger;
	struct card card;
	size_t key = 0;

	side_directive(ledger, line, SIDE_NAME);
	while (key < text.len && !is_blank(text.at[key]) && text.at[key] != '"')
		key++;
	if (!side_card(ledger, line, (struct slice){text.at, key}, &card))
		return;
	if (card.given < 3) {
		side_find(ledger, line, text.at + key, CODE_MISSING_FIELD, FATE_REJECTED,
			"the line does not start with caid:ident:sid");
		return;
	}
	struct side_name entry = {.caid = card.caid, .ident = card.ident, .sid = card.sid};
	entry.name = side_name(ledger, line, (struct slice){text.at + key, text.len - key}, false);
	if (entry.name.len > 0)
		side_names_add(names, line, entry);
}

void parse_channelinfo(struct ledger *ledger, struct list *entries)
{
	side_names_read(ledger, entries, read_line);
}
