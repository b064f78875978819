/* Readers of a line's server and login that stand for no line: a friend who shares a group with one gets from
 * the server what he got, whatever the line and his own line say. */
#include "parts.h"

/* By group: the first account of ours that has it, or NULL; the tuner's may have everything. */
struct first_accounts {
	const struct section *of[BITS_MOST];
};

static void find_accounts(const struct merge *m, struct first_accounts *first)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];

	*first = (struct first_accounts){{NULL}};
	for (uint32_t i = half->sections->count; i > 0; i--) {
		const struct section *account = merge_section(half, i - 1);
		if (!account || account == m->model->local_account)
			continue;
		struct bits left = section_groups(account);
		for (unsigned group; bits_take(&left, &group);)
			first->of[group] = account;
	}
}

void merge_say_doubles(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_READERS];
	struct first_accounts first;

	if (!half->document || !m->doubles)
		return;
	find_accounts(m, &first);
	for (uint32_t i = 0; i < half->document->sections.count; i++) {
		const struct document_section *double_reader = document_section_at(half->document, i);
		const struct section *account = NULL;
		struct bits groups = half->groups[i];
		if (m->doubles[i] == DOCUMENT_NONE || !double_reader->enabled)
			continue;
		for (unsigned group; !account && bits_take(&groups, &group);)
			account = first.of[group];
		if (!account)
			continue;
		merge_say(m, list_at(half->sections, m->doubles[i]), CODE_MERGE_DOUBLE,
			"the reader \"%.*s\" has the same server and login, and \"%.*s\" reaches it: what "
			"CCcam.cfg limits for this line, that reader does not",
			SLICE_ARG(double_reader->label), SLICE_ARG(section_get(account, KEY_account_user)));
	}
}
