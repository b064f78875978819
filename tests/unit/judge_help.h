/* What check says of the text that a conversion wrote, and the conversion did not say. */
#ifndef CC2OSCAM_TESTS_JUDGE_HELP_H
#define CC2OSCAM_TESTS_JUDGE_HELP_H

#include "check_help.h"
#include "convert_help.h"

#include "cc2oscam/judge.h"

static inline bool ledger_has(const struct ledger *ledger, enum code code)
{
	for (uint32_t i = 0; i < ledger->findings.count; i++)
		if (((const struct finding *)list_at(&ledger->findings, i))->code == code)
			return true;
	return false;
}

static inline bool conversion_said(const struct converted *c, enum code code)
{
	bool said = ledger_has(&c->ledger, code);

	for (uint32_t i = 0; i < c->model.sides.count; i++)
		said |= ledger_has(&((const struct side_file *)list_at(&c->model.sides, i))->ledger, code);
	return said;
}

/* NULL: there is nothing. The texts of `c` must be made already; checked_free afterwards. */
static inline const struct finding *find_unsaid(
	struct converted *c, struct checked *k, enum oscam_file *where)
{
	static const bool files[OSCAM_FILE_COUNT] = {true, true, true, true, true, true, true, true};

	judge_model(&c->model, &c->ledger, files, NULL, NULL);
	checked_start(k);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (emit_has(&c->emission, (enum oscam_file)file))
			checked_add(k, (enum oscam_file)file, buffer_slice(&c->files[file]));
	k->set.folder = true;
	check_run(&k->set);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		for (uint32_t i = 0; k->set.files[file] && i < k->files[file].ledger.findings.count; i++) {
			const struct finding *finding = list_at(&k->files[file].ledger.findings, i);
			*where = (enum oscam_file)file;
			if (!conversion_said(c, finding->code))
				return finding;
		}
	return NULL;
}

#endif
