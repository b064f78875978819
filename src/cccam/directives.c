/* The table of CCcam's lines and options, and how a keyword finds its row. The rows themselves are in
 * directives.def. */
#include "cc2oscam/cccam.h"

enum { LETTER = 1, SECRET = 2, REPEATABLE = 4, BY_ROW = 8 };

static const struct directive table[DIRECTIVE_COUNT] = {
#define CC2OSCAM_DIRECTIVE(                                                                                  \
	id, keyword, aliases, syntax, since, shape, home, target, fate, min, max, flags, mapping, example)   \
	[DIRECTIVE_##id] = {keyword, aliases, syntax, since, target, mapping, example, min, max, shape,      \
		home, fate, ((flags)&LETTER) != 0, ((flags)&SECRET) != 0, ((flags)&REPEATABLE) != 0,         \
		((flags)&BY_ROW) != 0},
#include "cc2oscam/directives.def"
#undef CC2OSCAM_DIRECTIVE
};

const struct directive *directive_at(enum directive_id id)
{
	return &table[id];
}

enum directive_id directive_id(const struct directive *directive)
{
	return (enum directive_id)(directive - table);
}

const struct directive *directive_letter(char letter)
{
	letter = to_upper(letter);
	for (int id = 0; table[id].letter; id++)
		if (table[id].keyword[0] == letter)
			return &table[id];
	return NULL;
}

/* Whether `written` is `name`: small or capital letters, and any run of blanks counts as one. */
static bool same_keyword(struct slice written, struct slice name)
{
	size_t at = 0;

	for (size_t i = 0; i < name.len; i++, at++) {
		if (at == written.len)
			return false;
		if (name.at[i] != ' ') {
			if (to_upper(written.at[at]) != name.at[i])
				return false;
			continue;
		}
		if (!is_blank(written.at[at]))
			return false;
		while (at + 1 < written.len && is_blank(written.at[at + 1]))
			at++;
	}
	return at == written.len;
}

const struct directive *directive_find(struct slice keyword)
{
	char first;

	keyword = slice_trim(keyword);
	if (keyword.len < 2)
		return NULL;
	first = to_upper(keyword.at[0]);
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = &table[id];
		if (row->letter)
			continue;
		if (row->keyword[0] == first && same_keyword(keyword, slice_of(row->keyword)))
			return row;
		for (struct slice left = slice_of(row->aliases); left.len > 0;)
			if (same_keyword(keyword, slice_cut(&left, '|')))
				return row;
	}
	return NULL;
}
