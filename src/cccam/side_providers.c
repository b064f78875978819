/* CCcam.providers: eight hexadecimal digits, caid and ident glued, and a name in quotation marks. */
#include "side.h"

#include <string.h>

#include "scan.h"

static struct slice word_at(struct slice text)
{
	size_t len = 0;

	while (len < text.len && !is_blank(text.at[len]) && !strchr("\":,=|", text.at[len]))
		len++;
	return (struct slice){text.at, len};
}

/* caid:ident, or the two with a blank between them and a name in quotation marks behind. Returns where the
 * ident ends, or NULL. */
static const char *read_apart(struct slice text, struct slice caid, struct side_name *entry)
{
	const char *end = text.at + text.len, *at = skip_blanks(caid.at + caid.len, end);
	bool colon = at < end && *at == ':';
	uint32_t number;

	at = colon ? skip_blanks(at + 1, end) : at;
	struct slice ident = slice_without_0x(word_at(slice_between(at, end)));
	const char *next = ident.at + ident.len, *name = skip_blanks(next, end);
	if (!parse_hex(slice_without_0x(caid), CAID_DIGITS, &number) || number < 0x100 ||
		!parse_hex(ident, IDENT_DIGITS, &entry->ident) ||
		(colon ? next < end && *next == ':' : name == end || *name != '"'))
		return NULL;
	entry->caid = (uint16_t)number;
	return next;
}

/* The digits at the start of the line. Returns where they end, or NULL. */
static const char *read_card(
	struct ledger *ledger, const struct line *line, struct slice text, struct side_name *entry)
{
	struct slice word = word_at(text);
	uint32_t number;

	if (parse_hex(side_digits(ledger, line, word), 8, &number) && number >> 16 != 0) {
		/* an ident of a caid 05xx has six digits, and so its caid no room for more than the 05 */
		bool viaccess = number >> 24 == 0x05;
		entry->caid = viaccess ? 0x0500 : (uint16_t)(number >> 16);
		entry->ident = number & (viaccess ? 0xffffff : 0xffff);
		return word.at + word.len;
	}
	const char *end = read_apart(text, word, entry);
	bool viaccess = entry->caid >> 8 == 0x05; /* of these only 0500 can be glued */
	if (end)
		side_find(ledger, line, text.at, CODE_EXTRA_FIELD, FATE_ADJUSTED,
			"caid and ident stand apart; CCcam wants one number of 8 digits\n%s %0*X%0*X and the "
			"name.",
			viaccess ? "CCcam writes" : "Write", viaccess ? 2 : 4,
			viaccess ? 0x05U : (unsigned)entry->caid, viaccess ? 6 : 4, (unsigned)entry->ident);
	return end;
}

static void read_line(struct side_names *names, const struct line *line, struct slice text)
{
	struct ledger *ledger = names->ledger;
	struct side_name entry = {0};

	side_directive(ledger, line, SIDE_NAME);
	const char *end = read_card(ledger, line, text, &entry);
	if (!end) {
		side_find(ledger, line, text.at, CODE_BAD_NUMBER, FATE_REJECTED,
			"the line does not start with 8 hexadecimal digits, caid and ident\n"
			"Write the line like 01000080 \"Provider\"");
		return;
	}
	struct slice rest = slice_between(end, text.at + text.len);
	entry.name = side_name(ledger, line, side_name_start(ledger, line, rest), true);
	if (entry.name.len > 0)
		side_names_add(names, line, entry);
}

void parse_providers(struct ledger *ledger, struct list *entries)
{
	side_names_read(ledger, entries, read_line);
}
