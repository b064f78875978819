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
		count += schema_is_initial(
			KEY_account_uniq, merge_value(half, half->theirs[i], KEY_account_uniq));
	}
	if (count > 0)
		merge_say(m, NULL, CODE_DOUBLE_LOGIN,
			"%lu account%s of CCcam.cfg that %s there already %s no uniq", count,
			count == 1 ? "" : "s", count == 1 ? "is" : "are", count == 1 ? "has" : "have");
}
