/* One conversion, from a CCcam.cfg to the proved text of each of OSCam's files: what the commands share. It
 * prints nothing; what goes wrong is left in `failed`. */
#ifndef CC2OSCAM_CONVERSION_H
#define CC2OSCAM_CONVERSION_H

#include "app.h"
#include "cc2oscam/check.h"
#include "cc2oscam/emit.h"
#include "cc2oscam/output.h"

struct conversion {
	const struct request *request;
	struct choices choices; /* the request's, until the caller changes them */
	const struct template_set *templates;
	struct arena *arena; /* everything of this conversion lives there */
	struct source source;
	struct ledger ledger;
	struct model model;
	struct emission emission;
	struct proof *proof;
	struct check_memory *memory; /* of earlier conversions; or NULL */
	struct remembered *kept;     /* the same, of their proofs */
	struct slice failed;         /* why it cannot go on, without a line end; empty: nothing went wrong */
	bool understood; /* CCcam.cfg has a statement that was understood, whatever became of the statement */
	bool merging;    /* check looks at the merged files, and not at the new ones alone */
	bool losses;     /* something got lost, or a finding is one that the user made an error */
	struct report_file files[OSCAM_FILE_COUNT]; /* the files that conversion_prove made, for the report */
	size_t file_count;
};

/* The templates of the request, compiled; the set may be used by several threads. False with the reason in
 * *failed. */
bool load_templates(const struct request *request, struct arena *arena, const struct template_set **set,
	struct slice *failed);

void conversion_init(struct conversion *c, const struct request *request,
	const struct template_set *templates, struct arena *arena);
/* From c->source, which the caller has set, to the model and the findings. */
void conversion_translate(struct conversion *c);
/* From here on this model is rendered and proved: what is left to write when merging. */
void conversion_use_model(struct conversion *c, const struct model *model);
/* A finding of check about the result, at `place` of the ledger. */
void conversion_say(
	struct conversion *c, struct ledger *ledger, struct place place, const struct finding *finding);
/* Whether this file is to be written: --only may leave it out, or the input need none. */
bool conversion_wants(const struct conversion *c, enum oscam_file file);
/* Renders one file, proves it, and hands its text to the sink (NULL: nowhere). All files that emit_has knows
 * go through here in their order, for what stands in one is part of the proof of another. False when the text
 * is wrong, with the reason in c->failed, or when the sink failed. */
bool conversion_prove(struct conversion *c, enum oscam_file file, const struct sink *sink);
/* Proves every file, wanted or not, for who reaches whom stands in two of them. The wanted ones are written
 * to the output (NULL: nowhere). False with the reason in c->failed. */
bool conversion_prove_all(struct conversion *c, struct output *output);
/* A file of the report whose text is not the one that was rendered; `old` is what stands there now. Both
 * texts have to stay until the report is made. */
void conversion_add_file(struct conversion *c, enum oscam_file file, struct slice text, struct slice old);
/* Of CCcam.cfg, and behind it those of its side files; NULL after the last. */
const struct ledger *conversion_ledger(const struct conversion *c, uint32_t number);
/* All findings of these, on standard error. */
void conversion_print_findings(const struct conversion *c);
/* The report of what was converted; `redact` masks labels. */
struct report conversion_report(const struct conversion *c, bool failed, bool redact);

#endif
