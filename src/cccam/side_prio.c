/* CCcam.prio: I: lines for what is never used, P: lines for what is tried first. */
#include "scan.h"
#include "side.h"

/* Where what is no card starts: a comment, also one that is glued to the numbers, or a name in quotation
 * marks. */
static const char *remark_start(struct slice text)
{
	const char *end = side_comment(text);

	for (const char *at = text.at; at < end; at++) {
		bool last = at + 1 == end;
		if (*at == '"' || (*at == '#' && (last || is_blank(at[1]) || at[1] == '#' || at[1] == '"')))
			return at;
	}
	return end;
}

/* I, P, and S of CCcam.ignore. */
static enum side_form form_of_letter(char letter)
{
	return letter == 'P' ? CARDS_PREFERRED : CARDS_IGNORED;
}

/* I = caid, I caid, - I: caid; and S: of CCcam.ignore. */
static void hint_line(struct ledger *ledger, const struct line *line, struct slice text)
{
	while (text.len > 0 && !is_letter(text.at[0]) && !is_digit(text.at[0]))
		text = slice_skip(text, 1);
	char letter =
		text.len > 1 && !is_letter(text.at[1]) && !is_digit(text.at[1]) ? to_upper(text.at[0]) : '\0';
	if (letter != 'I' && letter != 'P' && letter != 'S')
		return;
	text = slice_trim(slice_skip(text, 1));
	if (text.len > 0 && !is_digit(text.at[0]) && !is_letter(text.at[0]))
		text = slice_skip(text, 1);
	text.len = (size_t)(remark_start(text) - text.at);
	side_hint_mended(ledger, line, form_of_letter(letter), text);
}

static void read_cards(struct ledger *ledger, const struct line *line, struct slice text, char kind,
	struct list *cards, struct list *entries)
{
	const char *start = text.at;

	text = slice_trim((struct slice){text.at, (size_t)(remark_start(text) - text.at)});
	if (text.len == 0) {
		side_find(ledger, line, start, CODE_MISSING_FIELD, FATE_REJECTED, "the caid is missing");
		side_hint_mended(ledger, line, form_of_letter(kind), text);
		return;
	}
	if (!side_cards(ledger, line, text, form_of_letter(kind), cards))
		return;
	for (uint32_t i = 0; i < cards->count; i++) {
		const struct side_card *card = list_at(cards, i);
		struct prio_item *item = list_add(entries);
		*item = (struct prio_item){.kind = kind,
			.caid = card->caid,
			.ident = card->ident,
			.has_ident = card->ident != 0,
			.sid = card->sid,
			.has_sid = card->has_sid,
			.line = line->number,
			.column = (uint32_t)(card->text.at - line->text.at) + 1};
	}
	ledger_fate(ledger, line->number, FATE_CONVERTED);
}

void parse_prio(struct ledger *ledger, struct list *entries)
{
	struct line_walk walk = line_walk_start(ledger->source);
	struct line line;
	struct slice text;
	struct list cards;

	list_init(entries, ledger->arena, sizeof(struct prio_item));
	list_init(&cards, ledger->arena, sizeof(struct side_card));
	while (line_walk_next(&walk, &line)) {
		if (side_skip(ledger, &line, &text))
			continue;
		struct slice rest = text;
		struct slice letter = slice_trim(slice_cut(&rest, ':'));
		char kind = '\0';
		if (letter.len == 1 && rest.at)
			kind = to_upper(letter.at[0]);
		if (kind != 'I' && kind != 'P') {
			side_find(ledger, &line, text.at, CODE_UNKNOWN_LINE, FATE_REJECTED,
				"the line starts with neither I: nor P:");
			hint_line(ledger, &line, text);
			continue;
		}
		side_directive(ledger, &line, kind == 'I' ? SIDE_IGNORE : SIDE_PREFER);
		read_cards(ledger, &line, rest, kind, &cards, entries);
	}
}
