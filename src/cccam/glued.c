/* Finds another line of CCcam's within a text: the line break in front of that line got lost. */
#include <string.h>

#include "cc2oscam/cccam.h"

/* The blanks before `at` are skipped. */
static const char *word_end(const char *start, const char *at)
{
	while (at > start && is_blank(at[-1]))
		at--;
	return at;
}

/* Whether the letter is glued to a word and not part of the word: "12000C" and "yesC", but not "Nr". */
static bool ends_other_word(const char *letter)
{
	return is_digit(letter[-1]) || (to_upper(letter[-1]) != letter[-1] && to_upper(*letter) == *letter);
}

/* "C:" or "C :". If it is glued to a word, there must be a blank behind the colon: 0B0C: is a CAID. */
static const char *glued_letter(struct slice text, const char *colon)
{
	const char *end = word_end(text.at, colon), *behind = colon + 1;

	if (end == text.at || !directive_letter(end[-1]))
		return NULL;
	const char *letter = end - 1, *last = text.at + text.len;
	if (last - behind >= 2 && behind[0] == '/' && behind[1] == '/')
		return NULL; /* x://host */
	if (letter == text.at || (!is_letter(letter[-1]) && !is_digit(letter[-1])))
		return letter;
	bool blank = behind == text.at + text.len || is_blank(*behind);
	return end == colon && blank && ends_other_word(letter) ? letter : NULL;
}

/* The place of `word` at the end of the text, in small or capital letters; else NULL. */
static const char *ends_with(struct slice text, struct slice word)
{
	return slice_ends_nocase(text, word) ? text.at + text.len - word.len : NULL;
}

/* The last word of an option with a secret ("PASSWORD"), or the start of a line of newcamd.conf. */
static const char *glued_keyword(struct slice text, const char *sign)
{
	struct slice before = {text.at, (size_t)(word_end(text.at, sign) - text.at)};
	const char *found = NULL;

	if (before.len == 0 || !is_letter(before.at[before.len - 1]))
		return NULL;
	for (int id = 0; id < DIRECTIVE_COUNT && !found; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		if (!row->secret || row->letter)
			continue;
		const char *blank = strrchr(row->keyword, ' ');
		found = ends_with(before, slice_of(blank ? blank + 1 : row->keyword));
	}
	if (!found && *sign == '=')
		found = ends_with(before, SLICE("CWS"));
	return found || *sign != '=' ? found : ends_with(before, SLICE("CWS_MULTIPLE"));
}

struct slice find_glued(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char *sign = text.at + i, *start = NULL;
		if (*sign == ':')
			start = glued_letter(text, sign);
		if (!start && (*sign == ':' || *sign == '='))
			start = glued_keyword(text, sign);
		if (start)
			return slice_between(start, sign + 1);
	}
	return (struct slice){NULL, 0};
}

struct slice before_glued(struct slice text)
{
	struct slice glued = find_glued(text);

	return glued.len > 0 ? slice_between(text.at, glued.at + glued.len) : text;
}
