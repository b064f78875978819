/* Finds the option that is most like an unknown option: first by its letters, then by its words. */
#include "cc2oscam/nearest.h"
#include "cc2oscam/cccam.h"

/* FAR: three or more wrong letters. */
enum { KEYWORD_ROOM = 32, FAR = 3 };

/* The text in capitals and with single blanks. False: it is longer than any keyword. */
static bool squeeze(struct slice keyword, char room[KEYWORD_ROOM], struct slice *squeezed)
{
	size_t len = 0;

	for (size_t i = 0; i < keyword.len; i++) {
		char c = is_blank(keyword.at[i]) ? ' ' : to_upper(keyword.at[i]);
		if (c == ' ' && len > 0 && room[len - 1] == ' ')
			continue;
		if (len == KEYWORD_ROOM - 1)
			return false;
		room[len++] = c;
	}
	*squeezed = (struct slice){room, len};
	return true;
}

/* The option with few wrong letters. */
static const struct directive *near_by_letters(struct slice written)
{
	const struct directive *found = NULL;
	unsigned best = FAR;

	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		struct slice left = slice_of(directive_at((enum directive_id)id)->aliases),
			     name = slice_of(directive_at((enum directive_id)id)->keyword);
		for (bool more = !directive_at((enum directive_id)id)->letter; more;
			name = slice_cut(&left, '|')) {
			unsigned steps = (unsigned)edit_distance(written, name, FAR - 1);
			more = left.len > 0;
			if (steps >= best || steps * 2 >= name.len)
				continue;
			best = steps;
			found = directive_at((enum directive_id)id);
		}
	}
	return found;
}

/* The weight of a word: a word that few options have weighs more. */
enum {
	WORD_WORTH = 60,
	MISSING_WORTH = 15,
	COMMON_LEAST = 12,
	ALIKE_PERCENT = 80,
	NEAR_PERCENT = 30,
	WORDS_MOST = 5
};

struct words {
	struct slice at[WORDS_MOST];
	unsigned worth[WORDS_MOST];
	size_t count;
};

static unsigned word_worth(struct slice word)
{
	unsigned options = 0;

	for (int id = 0; id < DIRECTIVE_COUNT; id++)
		options += !directive_at((enum directive_id)id)->letter &&
			   slice_in_list(word, directive_at((enum directive_id)id)->keyword, ' ');
	return WORD_WORTH / (options > 0 ? options : 1);
}

/* False: there are more words than any option has. */
static bool split_words(struct slice name, struct words *words)
{
	words->count = 0;
	while (name.at) {
		struct slice word = slice_cut(&name, ' ');
		if (words->count == WORDS_MOST)
			return false;
		words->at[words->count] = word;
		words->worth[words->count++] = word_worth(word);
	}
	return true;
}

/* SHARE for SHARES, TELNET for TELNETINFO, LIMIT for LIMITS, WEBIF for WEBINFO. */
static bool is_alike(struct slice a, struct slice b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;

	return shorter >= 3 && (slice_starts(a, (struct slice){b.at, shorter}) ||
				       (shorter >= 5 && a.at[0] == b.at[0] && edit_distance(a, b, 1) == 1) ||
				       (shorter >= 5 && slice_starts(a, (struct slice){b.at, 4}) &&
					       edit_distance(a, b, 2) == 2));
}

/* The part of the weights of both that they have in common. Weights are looked up only where they count, for
 * there may be many lines that CCcam does not know. */
static unsigned common_percent(const struct words *written, struct slice name)
{
	bool met[WORDS_MOST] = {false};
	unsigned common = 0, all = 0;

	while (name.at) {
		struct slice word = slice_cut(&name, ' ');
		size_t k = 0;
		while (k < written->count && !is_alike(word, written->at[k]))
			k++;
		if (k == written->count) {
			all += MISSING_WORTH;
			continue;
		}
		bool same = slice_equal(word, written->at[k]);
		unsigned worth = same ? written->worth[k] : word_worth(word);
		met[k] = true;
		all += worth;
		common += same ? worth : worth * ALIKE_PERCENT / 100;
	}
	for (size_t k = 0; k < written->count; k++)
		all += met[k] ? 0 : written->worth[k];
	return common < COMMON_LEAST ? 0 : common * 100 / all;
}

/* Another option with the same words in it: WEBINFO PORT for WEBINFO LISTEN PORT. */
static const struct directive *near_by_words(struct slice written)
{
	const struct directive *found = NULL;
	unsigned best = NEAR_PERCENT - 1;
	struct words words;

	if (written.len == 0 || !split_words(written, &words))
		return NULL;
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		unsigned percent = row->letter ? 0 : common_percent(&words, slice_of(row->keyword));
		if (percent <= best)
			continue;
		best = percent;
		found = row;
	}
	return found;
}

const struct directive *directive_near(struct slice keyword)
{
	char room[KEYWORD_ROOM];
	struct slice written;

	if (!squeeze(slice_trim(keyword), room, &written))
		return NULL;
	const struct directive *near = near_by_letters(written);
	return near ? near : near_by_words(written);
}
