/* The text to write in place of an unreadable card of a side file: its numbers with colons between them. */
#include "side.h"

#include <string.h>

#include "strays.h"

enum { PARTS_MOST = 3 };

static bool parts_numbers(char c)
{
	return is_blank(c) || (unsigned char)c >= 0x80 || strchr(":;@.,=/_-|\"'{}()[]", c);
}

/* Reads the numbers of one card, with any signs between them. 0: they are no card. A star means all, and so
 * does an empty place between two colons. */
static unsigned read_numbers(struct slice text, uint32_t numbers[PARTS_MOST])
{
	static const unsigned digits[PARTS_MOST] = {CAID_DIGITS, IDENT_DIGITS, SID_DIGITS};
	unsigned count = 0;
	bool colon = false;

	for (size_t i = 0; i < text.len;) {
		size_t start = i;
		while (i < text.len && !parts_numbers(text.at[i]))
			i++;
		struct slice word = slice_without_0x((struct slice){text.at + start, i - start});
		bool all = count == 1 &&
			   (slice_equal(word, SLICE("*")) || (word.len == 0 && colon && text.at[i] == ':'));
		if (word.len == 0 && !all) {
			colon = text.at[i] == ':' || (colon && is_blank(text.at[i]));
			i++;
			continue;
		}
		colon = false;
		if (count == PARTS_MOST)
			return 0;
		numbers[count] = 0;
		if (!all && !parse_hex(word, digits[count], &numbers[count]))
			return 0;
		count++;
	}
	return count > 0 && numbers[0] > 0 && (count < 3 || numbers[2] > 0) ? count : 0;
}

const char *side_form_start(enum side_form form)
{
	return form == CARDS_NAMED ? "" : form == CARDS_IGNORED ? "I: " : "P: ";
}

void side_hint_mended(struct ledger *ledger, const struct line *line, enum side_form form, struct slice text)
{
	const char *start = side_form_start(form);
	unsigned least = form == CARDS_NAMED     ? PARTS_MOST
			 : form == CARDS_IGNORED ? 2
						 : 1; /* less would say more */
	uint32_t numbers[PARTS_MOST] = {0};
	struct invisible invisible;
	unsigned count;

	if (find_invisible(text, &invisible)) {
		ledger_hint(ledger, "Remove the character that nobody sees in column %lu.",
			(unsigned long)(invisible.at - line->text.at) + 1);
		return;
	}
	count = text.len > 0 ? read_numbers(text, numbers) : 0;
	if (count >= least)
		ledger_hint(ledger,
			form == CARDS_NAMED ? "Write %s%04X:%06X:%04X and the name in quotation marks"
			: count == 1        ? "Write %s%04X"
			: count == 2        ? "Write %s%04X:%06X"
					    : "Write %s%04X:%06X:%04X",
			start, (unsigned)numbers[0], (unsigned)numbers[1], (unsigned)numbers[2]);
	else if (form == CARDS_NAMED)
		ledger_hint(ledger, "Write the line like 0100:000080:1234 \"Channel\"");
	else
		ledger_hint(ledger, "Write the line like %s0500:032830 or %s0500:032830:1234", start, start);
}
