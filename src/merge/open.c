/* Accounts that everybody could use once the merge opens the port for friends: they are somebody else's, and
 * nothing but the closed port kept others out. */
#include "parts.h"

enum { NAMED_MAX = 3 };

static bool names_cccam(struct slice allowed)
{
	while (allowed.len > 0)
		if (slice_equal(slice_cut(&allowed, ','), SLICE("cccam")))
			return true;
	return false;
}

static bool is_open(const struct document *users, const struct document_section *account)
{
	struct slice allowed = document_value(users, account, KEY_account_allowedprotocols);

	return account->section == SECTION_account && account->label.len > 0 &&
	       schema_is_initial(
		       KEY_account_disabled, document_value(users, account, KEY_account_disabled)) &&
	       document_value(users, account, KEY_account_pwd).len == 0 &&
	       (allowed.len == 0 || names_cccam(allowed));
}

static void say(struct merge *m, struct slice port, struct slice names, uint32_t count)
{
	struct slice more =
		count > NAMED_MAX ? arena_format(m->arena, " and %lu more", (unsigned long)count - NAMED_MAX)
				  : SLICE("");

	(void)ledger_find(m->ledger, CODE_MERGE_OPEN, (struct place){m->ledger->source, 0, 0},
		"[cccam] port %.*s was not open before: by it everybody could log in as %.*s%.*s, without a "
		"password",
		SLICE_ARG(port), SLICE_ARG(names), SLICE_ARG(more));
}

void merge_say_open(struct merge *m, struct slice port)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	struct slice names = SLICE("");
	uint32_t count = 0;

	for (uint32_t i = 0; port.len > 0 && half->document && i < half->document->sections.count; i++) {
		const struct document_section *account = document_section_at(half->document, i);
		if (half->ours[i] != DOCUMENT_NONE || !is_open(half->document, account) ||
			count++ >= NAMED_MAX)
			continue;
		names = arena_format(m->arena, "%.*s%s\"%.*s\"", SLICE_ARG(names), count > 1 ? ", " : "",
			SLICE_ARG(account->label));
	}
	if (count > 0)
		say(m, port, names, count);
}
