/* Finds the device of a card reader and its list of channels anywhere in a text. See parse.h, and told_device
 * in cccam.h. */
#include "parse.h"

#include <string.h>

static bool ends_word(char c)
{
	return is_blank(c) || strchr("{}=,;\"'<>()", c);
}

/* The next word outside { }. */
static bool next_word(struct slice *text, struct slice *word)
{
	const char *at = text->at, *end = text->len > 0 ? at + text->len : at;

	while (at < end && ends_word(*at)) {
		const char *close = *at == '{' ? memchr(at, '}', (size_t)(end - at)) : NULL;
		at = close ? close + 1 : at + 1;
	}
	word->at = at;
	while (at < end && !ends_word(*at))
		at++;
	word->len = (size_t)(at - word->at);
	*text = slice_between(at, end);
	while (word->len > 0 && strchr(":/.", word->at[word->len - 1]))
		word->len--;
	while (word->len > 0 && word->at[0] == ':')
		*word = slice_skip(*word, 1);
	return word->len > 0 || text->len > 0;
}

/* sci0, ttyUSB1, dev/sci0 */
static bool is_bare_device(struct slice word)
{
	return (slice_starts_nocase(word, SLICE("sci")) || slice_starts_nocase(word, SLICE("tty")) ||
		       slice_starts_nocase(word, SLICE("dev/"))) &&
	       is_digit(word.at[word.len - 1]);
}

struct slice told_device(struct slice text)
{
	struct slice word, bare = {NULL, 0};

	while (next_word(&text, &word)) {
		const char *slash = memchr(word.at, '/', word.len);
		if (slash && slash == word.at)
			return word;
		if (slash && slice_starts_nocase(slice_between(slash, word.at + word.len),
				     SLICE("/dev/"))) /* glued to the text in front of it */
			return slice_between(slash, word.at + word.len);
		if (bare.len == 0 && is_bare_device(word))
			bare = word;
	}
	return bare;
}

bool lists_channels(struct slice text)
{
	const char *open = memchr(text.at, '{', text.len);
	uint32_t number;

	if (!open)
		return false;
	struct slice inside = {open + 1, (size_t)(text.at + text.len - open) - 1}, left;
	left = slice_cut(&inside, '}');
	for (bool any = false; left.at; any = true) {
		struct slice entry = slice_trim(slice_cut(&left, ','));
		if (!parse_hex(slice_without_0x(entry), SID_DIGITS, &number))
			return any && entry.len == 0;
	}
	return true;
}
