/* CCcam.providers: eight hexadecimal digits, caid and ident glued, and a name in quotation marks. */
#include "side.h"

#include "scan.h"

/* An ident of a caid 05xx has six digits, which leaves its caid no room for more than the 05. */
static void split_number(uint32_t number, struct side_name *entry)
{
	bool viaccess = number >> 24 == 0x05;

	entry->caid = viaccess ? 0x0500 : (uint16_t)(number >> 16);
	entry->ident = number & (viaccess ? 0xffffff : 0xffff);
}

static void read_line(struct side_names *names, const struct line *line, struct slice text)
{
	struct ledger *ledger = names->ledger;
	struct side_name entry = {0};
	size_t digits = 0;
	uint32_t number;

	side_directive(ledger, line, SIDE_NAME);
	while (digits < text.len && !is_blank(text.at[digits]) && text.at[digits] != '"')
		digits++;
	struct slice word = side_digits(ledger, line, (struct slice){text.at, digits});
	if (!parse_hex(word, 8, &number) || number >> 16 == 0) {
		side_find(ledger, line, text.at, CODE_BAD_NUMBER, FATE_REJECTED,
			"the line does not start with 8 hexadecimal digits, caid and ident");
		return;
	}
	split_number(number, &entry);
	entry.name = side_name(ledger, line, (struct slice){text.at + digits, text.len - digits}, true);
	if (entry.name.len > 0)
		side_names_add(names, line, entry);
}

void parse_providers(struct ledger *ledger, struct list *entries)
{
	side_names_read(ledger, entries, read_line);
}
