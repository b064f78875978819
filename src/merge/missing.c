/* What new files of ours have for all, and the existing ones do not: it is said, not added. */
#include "parts.h"

void merge_say_missing(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	unsigned long count = 0;

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *account = list_at(half->sections, i);
		if (half->theirs[i] == DOCUMENT_NONE || !section_get(account, KEY_account_uniq).at)
			continue;
		const struct document_section *section = document_section_at(half->document, half->theirs[i]);
		count += schema_is_initial(
			KEY_account_uniq, document_value(half->document, section, KEY_account_uniq));
	}
	if (count > 0)
		(void)ledger_find(m->ledger, CODE_DOUBLE_LOGIN, (struct place){m->ledger->source, 0, 0},
			"%lu account%s of CCcam.cfg that %s there already %s no uniq", count,
			count == 1 ? "" : "s", count == 1 ? "is" : "are", count == 1 ? "has" : "have");
}
