/* What new files of ours have for all, and the existing ones do not: it is said, not added. */
#include "parts.h"

#include <string.h>

static void say_double_logins(struct merge *m)
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

/* What OSCam does not see of an existing file: a merge only looks at what OSCam sees. */
static void say_zero_byte(struct merge *m, enum oscam_file file)
{
	struct line_walk walk = line_walk_start(m->existing.files[file]);
	struct line line;

	while (line_walk_next(&walk, &line)) {
		if (!memchr(line.text.at, '\0', line.text.len))
			continue;
		(void)ledger_find(m->ledger, CODE_ZERO_BYTE, (struct place){m->ledger->source, 0, 0},
			"line %lu of the existing %s has a zero byte, and OSCam reads the line up to there",
			(unsigned long)line.number, target_file_name(m->existing.target, file));
		return;
	}
}

void merge_say_missing(struct merge *m)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (m->existing.files[file])
			say_zero_byte(m, (enum oscam_file)file);
	say_double_logins(m);
}
