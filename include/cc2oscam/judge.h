/* What the result of a conversion will make OSCam do, said by `check` itself. */
#ifndef CC2OSCAM_JUDGE_H
#define CC2OSCAM_JUDGE_H

#include "cc2oscam/check.h"
#include "cc2oscam/model.h"

/* Everything that check would find in the files of the model once they are written is added to the ledgers of
 * the lines that the sections came from, and to `own` where no line speaks of a section. What was said of the
 * line already under the same code is not said again, and a note in the very same words only once. `files`:
 * those that will be written; `skip` and `memory` as in a check_set. The work is linear in the model. */
void judge_model(const struct model *model, struct ledger *own, const bool *files, const bool *skip,
	struct check_memory *memory);

/* What check finds in the files `after` and not in those `before`; the numbers of lines do not matter. Both
 * sets are checked. In the arena: struct judged. */
struct judged {
	const struct finding *finding;
	enum oscam_file file;
	uint32_t section; /* of the file after; DOCUMENT_NONE: none */
};
struct list judge_changes(struct check_set *before, struct check_set *after);

/* From here on findings of the ledgers are about the result. */
void judge_begin(const struct model *model, struct ledger *own);
/* Adds such a finding, whose texts are kept, as one about `place` of the ledger, unless the conversion said
 * the same code of the line before. */
void judge_say(struct ledger *ledger, struct place place, const struct finding *finding);

#endif
