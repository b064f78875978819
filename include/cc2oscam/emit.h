/* From the model to the text of OSCam's files, by templates; and the proof that OSCam reads from that text
 * what the model says. */
#ifndef CC2OSCAM_EMIT_H
#define CC2OSCAM_EMIT_H

#include "cc2oscam/findings.h"
#include "cc2oscam/model.h"
#include "cc2oscam/remembered.h"
#include "cc2oscam/template.h"

/* One set of files about to be written. */
struct emission {
	const struct model *model;
	const struct ledger *ledger;
	const struct template_set *templates;
	bool comments; /* each section says where it came from, and what got lost */
	bool redact;   /* passwords, keys and host names are masked: for looking at, never for writing */
};

/* Loads the built-in templates, and from `folder` (or NULL) those that replace one of the same name or that
 * others there include. False:
 * *error says what is wrong with which template; a file that cannot be read counts. */
bool emit_templates(
	struct arena *arena, const char *folder, struct template_set **set, struct template_error *error);

/* Says which templates of the user's folder have a name that nothing asks for. */
void emit_say_unused(const struct template_set *templates, const char *folder, struct ledger *ledger);

/* Whether the templates write this key, when it is set, in a section of this kind: those of the user may name
 * the keys one by one. */
bool emit_writes(const struct template_set *templates, enum section_kind kind, enum schema_key_id key);

/* Takes keys out of the model that CCcam.cfg does not ask for and the templates, which may be older than
 * these keys, do not write; with a finding for each. */
void emit_drop_unwritten(struct model *model, const struct template_set *templates, struct ledger *ledger);

/* Whether the set has this file at all: oscam.services only where it has sections, and the files without
 * sections only where they have lines. */
bool emit_has(const struct emission *emission, enum oscam_file file);

/* Renders one file. False with errno when the sink failed. */
bool emit_file(const struct emission *emission, enum oscam_file file, const struct sink *sink);

/* What a proof carries from oscam.server over to oscam.user: which distances stand in which groups. */
struct proof;

/* `kept`: values that earlier proofs found to be kept as they are; NULL: there are none. */
struct proof *proof_new(struct arena *arena, struct remembered *kept);
/* Renders the file like emit_file, and reads the text back as OSCam does while it passes: sections, keys and
 * values must be the model's, and who shares a group with whom what was meant. Files go in the order of enum
 * oscam_file. False when the text is wrong, with the template's place and a message without secrets in
 * *error; or when the sink failed, with an empty message. Nothing must be redacted. */
bool emit_proved(const struct emission *emission, enum oscam_file file, struct proof *proof,
	const struct sink *sink, struct template_error *error);

/* Passwords and keys, and values of other keys that have one in them. */
bool value_is_secret(enum schema_key_id key, struct slice value);

#endif
