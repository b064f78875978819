/* Whether two texts of a value are one: "0500:1, 0600:2" and "0500:000001,0600:000002". */
#include "settings.h"

static bool is_word(struct slice text)
{
	return text.len > 0 && (is_letter(text.at[0]) || is_digit(text.at[0]));
}

static void skip(struct slice *text, size_t len)
{
	text->at += len;
	text->len -= len;
}

/* A number without 0x and zeros in front, or whatever word there is. */
static struct slice take_word(struct slice *text)
{
	struct slice word = {text->at, 0};

	while (is_word(*text)) {
		word.len++;
		skip(text, 1);
	}
	if (word.len > 2 && word.at[0] == '0' && to_lower(word.at[1]) == 'x')
		skip(&word, 2);
	while (word.len > 1 && word.at[0] == '0')
		skip(&word, 1);
	return word;
}

/* A list may have empty items, and a number a plus: OSCam keeps none of them. */
static bool is_needless(struct slice text, struct slice kept)
{
	char c = text.len > 0 ? text.at[0] : '\0';

	return (c == ',' || c == ';' || c == '+') && (kept.len == 0 || kept.at[0] != c);
}

/* In the order in which they stand. */
static bool is_same(struct slice raw, struct slice kept)
{
	while (raw.len > 0) {
		while (raw.len > 0 && (is_blank(raw.at[0]) || is_needless(raw, kept)))
			skip(&raw, 1);
		if (is_word(raw) && is_word(kept)) {
			if (!slice_equal_nocase(take_word(&raw), take_word(&kept)))
				return false;
		} else if (raw.len > 0 || kept.len > 0) {
			if (raw.len == 0 || kept.len == 0 || raw.at[0] != kept.at[0])
				return false;
			skip(&raw, 1);
			skip(&kept, 1);
		}
	}
	return kept.len == 0;
}

/* Whether each item of the list is in the other list too. */
static bool is_within(struct slice list, struct slice other)
{
	while (list.len > 0) {
		struct slice item = slice_trim(slice_cut(&list, ',')), rest = other;
		bool found = item.len == 0;
		while (!found && rest.len > 0)
			found = is_same(item, slice_trim(slice_cut(&rest, ',')));
		if (!found)
			return false;
	}
	return true;
}

bool value_is_alike(struct slice raw, struct slice kept, bool set)
{
	return is_same(raw, kept) || (set && is_within(raw, kept) && is_within(kept, raw));
}
