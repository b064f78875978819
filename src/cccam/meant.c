/* Guesses the option that an unreadable line means: without colon, with another sign, with glued or misspelt
 * words. See parse.h. */
#include "parse.h"

#include <string.h>

#include "cc2oscam/nearest.h"
#include "scan.h"
#include "strays.h"

enum { WORDS_MOST = 6, LETTERS_MOST = 48 };

/* The words at the start of a line, in capitals and glued together. ends[i] is the number of letters in the
 * first i + 1 words, behind[i] the end of word i in the line. */
struct head {
	const char *start, *behind[WORDS_MOST];
	char letters[LETTERS_MOST];
	size_t ends[WORDS_MOST], count;
};

/* Between two words of one keyword. */
static bool joins(char c)
{
	return is_blank(c) || (unsigned char)c >= 0x80 || strchr("_-.\"'*", c);
}

static const char *skip_joints(const char *at, const char *end)
{
	struct slice markup;

	for (; at < end; at++) {
		if ((*at == '[' || *at == '<' || *at == '&') &&
			find_markup(slice_between(at, end), &markup) && markup.at == at)
			at += markup.len - 1;
		else if (!joins(*at))
			break;
	}
	return at;
}

static void read_head(struct slice line, struct head *head)
{
	const char *end = line.at + line.len, *at = skip_joints(line.at, end);
	size_t len = 0;

	head->count = 0;
	head->start = at;
	while (head->count < WORDS_MOST && at < end && is_letter(*at)) {
		for (; at < end && is_letter(*at); at++) {
			if (len == LETTERS_MOST)
				return;
			head->letters[len++] = to_upper(*at);
		}
		head->ends[head->count] = len;
		head->behind[head->count++] = at;
		at = skip_joints(at, end);
	}
}

/* The option's name without its blanks. */
static struct slice glue(struct slice name, char room[LETTERS_MOST])
{
	size_t len = 0;

	for (size_t i = 0; i < name.len && len < LETTERS_MOST; i++)
		if (name.at[i] != ' ')
			room[len++] = name.at[i];
	return (struct slice){room, len};
}

struct best {
	const struct directive *directive;
	size_t words, wrong;
};

/* A guess with more words is better, then the guess with fewer wrong letters. */
static void try_name(
	const struct head *head, const struct directive *directive, struct slice name, struct best *best)
{
	char room[LETTERS_MOST];
	struct slice glued = glue(name, room);
	size_t most = glued.len < 5 ? 0 : glued.len < 8 ? 1 : glued.len < 13 ? 2 : 3; /* wrong letters */
	uint32_t set = letter_set(glued);

	for (size_t words = head->count; words > 0; words--) {
		struct slice written = {head->letters, head->ends[words - 1]};
		if (written.len > glued.len + most || letters_differ(letter_set(written), set, most))
			continue;
		size_t wrong = edit_distance(written, glued, most);
		if (wrong > most || (best->directive && wrong > best->wrong) ||
			(best->directive && wrong == best->wrong && words <= best->words))
			continue;
		*best = (struct best){directive, words, wrong};
	}
}

static struct best find_best(const struct head *head)
{
	struct best best = {0};

	for (int id = 0; id < DIRECTIVE_COUNT && head->count > 0; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		struct slice others = slice_of(row->aliases);
		if (row->letter)
			continue;
		try_name(head, row, slice_of(row->keyword), &best);
		while (others.len > 0)
			try_name(head, row, slice_cut(&others, '|'), &best);
	}
	return best;
}

/* Any words about services and about accepting or refusing them, in any order: SID REJECT, SMARTCARD SID
 * DENY, REJECT SIDS, SIDLIST. */
static const struct directive *list_of_sids(const struct head *head)
{
	struct slice letters = {head->letters, head->count > 0 ? head->ends[head->count - 1] : 0};
	bool sid = slice_holds(letters, "SID SERVICE"), card = slice_holds(letters, "CARD");
	bool allow = slice_holds(letters, "ASSIGN ASIGN ALLOW PERMIT ACCEPT");
	bool refuse = slice_holds(letters, "REJ DENY DENI BLOCK REFUS IGNOR FILTER LIST BAN");

	if (sid && slice_holds(letters, "LIMIT MAX") && !allow)
		return directive_at(DIRECTIVE_SID_LIMIT);
	if ((sid || card) && allow)
		return directive_at(DIRECTIVE_SMARTCARD_SID_ASSIGN);
	if ((sid && (refuse || card)) || (card && refuse))
		return directive_at(DIRECTIVE_SMARTCARD_SID_REJECT);
	return NULL;
}

bool option_meant(struct slice line, struct meant *meant)
{
	struct head head;

	read_head(line, &head);
	if (head.count == 0)
		return false;
	struct best best = find_best(&head);
	if (!best.directive) {
		best.directive = list_of_sids(&head);
		best.words = head.count;
	}
	if (!best.directive)
		return false;
	const char *behind = head.behind[best.words - 1], *end = line.at + line.len, *at = behind;
	/* signs in the place of the colon */
	while (at < end && (strchr(" \t:=;,>|~)(\"'", *at) || (unsigned char)*at >= 0x80 ||
				   (*at == '-' && at + 1 < end && !is_digit(at[1]))))
		at++;
	*meant = (struct meant){best.directive, slice_between(head.start, behind), slice_between(at, end)};
	return true;
}

/* ---- letter lines ---- */

/* Skips the signs between the letter and its fields; a path or a group starts a field. */
static const char *skip_signs(const char *at, const char *end)
{
	while (at < end && !is_letter(*at) && !is_digit(*at) && *at != '/' && *at != '{')
		at++;
	return at;
}

/* C host 12000 user pass, C= host, * C: host: a letter line with wrong signs around its letter. */
const struct directive *letter_meant(struct slice text)
{
	const char *end = text.at + text.len, *at = skip_signs(text.at, end);
	const struct directive *directive = at < end && is_letter(*at) ? directive_letter(*at) : NULL;
	struct slice words[3];
	uint64_t number;

	if (!directive || directive->shape == SHAPE_X || at + 1 == end)
		return NULL;
	struct scan scan = {skip_signs(at + 1, end), end, NULL};
	if (scan.at == at + 1) /* the letter begins a word */
		return NULL;
	for (size_t i = 0; i < 3; i++)
		if (!scan_word(&scan, &words[i]) && (i < 2 || directive->shape != SHAPE_B))
			return NULL;
	if (directive->shape == SHAPE_B)
		return words[0].at[0] == '/' ? directive : NULL;
	bool third = directive->shape == SHAPE_F || directive->shape == SHAPE_G;
	return parse_decimal(words[third ? 2 : 1], PORT_MOST, &number) ? directive : NULL;
}
