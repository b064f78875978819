/* What goes by the labels of readers: the lists of readers that an account may send EMMs to, and users whom
 * OSCam would not serve because a reader is called like them. */
#include "parts.h"

enum { LIST_MAX = OSCAM_LINE_MAX - 64 };

struct holders {
	struct merge *m;
	struct table
		existing;   /* the first existing reader of each label, which is the one that OSCam finds */
	struct slice cards; /* the labels of our own cards, as far as a list can name them */
};

static uint32_t find_existing(const struct holders *holders, struct slice label)
{
	const struct document *document = holders->m->halves[MERGE_READERS].document;

	return document ? document_labelled(document, &holders->existing, label) : DOCUMENT_NONE;
}

static void start_holders(struct holders *holders)
{
	const struct merge_half *half = &holders->m->halves[MERGE_READERS];
	const struct document *document = half->document;

	table_init(&holders->existing, holders->m->arena, document ? document->sections.count : 0);
	for (uint32_t i = 0; document && i < document->sections.count; i++) {
		const struct document_section *section = document_section_at(document, i);
		if (section->section == SECTION_reader && section->held && section->label.len > 0)
			document_add_label(document, &holders->existing, i);
	}
}

/* Whether a list can name this reader, and OSCam finds this reader by the name. */
static bool leads_to(const struct holders *holders, uint32_t index, struct slice label)
{
	uint32_t theirs = holders->m->halves[MERGE_READERS].theirs[index];
	struct slice rest = label;

	(void)slice_cut(&rest, ',');
	return !rest.at && schema_keeps(KEY_account_au, label, holders->m->arena) &&
	       !slice_equal(label, SLICE("1")) && find_existing(holders, label) == theirs;
}

static struct slice own_cards(const struct holders *holders)
{
	const struct merge_half *half = &holders->m->halves[MERGE_READERS];
	struct buffer text = {0};

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *reader = merge_section(half, i);
		if (!reader || reader->kind != KIND_LOCAL)
			continue;
		struct slice label = section_get(reader, KEY_reader_label);
		if (leads_to(holders, i, label))
			buffer_format(&text, "%s%.*s", text.len > 0 ? "," : "", SLICE_ARG(label));
	}
	return arena_take(holders->m->arena, &text);
}

/* Labels of readers that no line is about stay in the list. A reader without a protocol that OSCam knows is
 * lost as soon as other readers follow it. */
static struct slice with_foreign(const struct holders *holders, struct slice ours, struct slice existing)
{
	const struct merge_half *half = &holders->m->halves[MERGE_READERS];
	struct buffer text = {0};

	if (existing.len == 0 || slice_equal(existing, SLICE("1")))
		return ours;
	buffer_add_slice(&text, ours);
	while (existing.len > 0) {
		struct slice label = slice_cut(&existing, ',');
		uint32_t reader = find_existing(holders, label);
		if (reader != DOCUMENT_NONE && half->ours[reader] == DOCUMENT_NONE &&
			document_section_at(half->document, reader)->protocol.len > 0)
			buffer_format(&text, "%s%.*s", text.len > 0 ? "," : "", SLICE_ARG(label));
	}
	struct slice copy = arena_take(holders->m->arena, &text);
	return slice_equal(copy, SLICE("1")) ? SLICE("") : copy; /* which would mean all readers */
}

static void set_list(struct holders *holders, struct section *account, uint32_t index)
{
	struct merge *m = holders->m;
	struct ledger *ledger;

	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	bool has_list =
		half->theirs[index] != DOCUMENT_NONE && !merge_wants_default(m, account, KEY_account_au);
	if (account->au == AU_NONE)
		return;
	struct slice had = has_list ? merge_value(half, half->theirs[index], KEY_account_au) : SLICE("");
	struct slice made = account->au == AU_ALL ? SLICE("1") : with_foreign(holders, holders->cards, had);
	if (made.len <= LIST_MAX) {
		if (made.len > 0)
			section_set(m->model, account, KEY_account_au, made);
		return;
	}
	struct place place = merge_place(m, account, &ledger);
	(void)ledger_find(ledger, CODE_VALUE_TOO_LONG, place,
		"the labels of all local readers are too long for one line; the account has no au");
	ledger_raise(ledger, place.line, FATE_PARTIAL);
}

void merge_set_au(struct merge *m)
{
	const struct merge_half *accounts = &m->halves[MERGE_ACCOUNTS];
	struct holders holders = {.m = m};

	start_holders(&holders);
	holders.cards = own_cards(&holders);
	for (uint32_t i = 0; i < accounts->sections->count; i++) {
		struct section *account = merge_section(accounts, i);
		if (account)
			set_list(&holders, account, i);
	}
}
