/* Merging a model into files of OSCam's that are there already: what stands for the same reader or account is
 * changed in its place, what is missing is added at the end, and every other line stays as it is. Merging the
 * same once more changes nothing. */
#ifndef CC2OSCAM_MERGE_H
#define CC2OSCAM_MERGE_H

#include "cc2oscam/document.h"
#include "cc2oscam/model.h"

/* The files that are there: raw sources, which must outlive the merge; NULL: there is no such file. */
struct existing {
	const struct source *files[OSCAM_FILE_COUNT];
	const struct target *target; /* whose files they are; NULL: "any" */
};

struct merge_choices {
	unsigned first_group; /* new groups have at least this number */
	bool keep_numbers;    /* groups = per-protocol: a group keeps its number where nothing uses it */
	bool tvheadend; /* the tuner is TVHeadend: [dvbapi] gets what that needs, where nothing stands */
	const struct set_key *set_keys; /* as for the translation */
	size_t set_count;
};

/* The account of the receiver's own tuner as [dvbapi] of the existing oscam.conf has it: to be the choice
 * local_account before translating, unless the user named one. Empty: there is none, or it is the account of
 * a person as well. */
struct slice merge_tuner(const struct existing *existing, struct arena *arena);
/* The users of the existing accounts but that one, to be the choice `taken`: struct slice. */
void merge_users(const struct existing *existing, struct arena *arena, struct list *users);

struct merge;

/* Finds out which section stands for which, settles labels, groups and services in the model, and edits what
 * is there; what there is to say goes to the ledgers. Sections that OSCam has no group or service left for
 * become remarks; call translate_drop_lines afterwards. Everything lives in the model's arena. The work is
 * linear in the model and the files. */
struct merge *merge_plan(struct model *model, struct ledger *ledger, const struct existing *existing,
	const struct merge_choices *choices);

/* What no existing section stands for, as a model of its own: to be rendered (emit_proved) file by file. For
 * a file that does not exist it has everything. For one that does, it has no remarks: lines that could not be
 * carried over stand as comments in new files only. A file of which emit_has says no needs no text. */
const struct model *merge_fresh(const struct merge *merge);

/* Puts the rendered text of merge_fresh for this file behind what is there, with the line ends of the file;
 * once a file. The text is copied. */
void merge_append(struct merge *merge, enum oscam_file file, struct slice fresh);

/* The new text of the file. False with errno when the sink failed. */
bool merge_write(const struct merge *merge, enum oscam_file file, const struct sink *sink);

/* Where a section of a new text comes from, by its number there: a line of CCcam.cfg or a side file, in the
 * ledger that *ledger is set to; no line for what no line speaks of. */
struct place merge_origin(
	const struct merge *merge, enum oscam_file file, uint32_t number, struct ledger **ledger);

/* Reads all new texts as OSCam does (raw sources; NULL: there is no such file, before or after), whether they
 * are going to be written or not: every section of the model is held with its keys, our accounts reach our
 * readers as meant, for everything else nothing has changed, and no list of addresses stands twice. NULL; or
 * what is wrong, without secrets, in the arena. */
const char *merge_prove(const struct merge *merge, const struct existing *written);

#endif
