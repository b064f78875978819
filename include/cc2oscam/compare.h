/* What differs between two states of OSCam's files, as OSCam holds them: readers, accounts, services,
 * sections of oscam.conf, lines of the others. Comments and order do not count. */
#ifndef CC2OSCAM_COMPARE_H
#define CC2OSCAM_COMPARE_H

#include "cc2oscam/arena.h"
#include "cc2oscam/schema.h"
#include "cc2oscam/source.h"

enum change_kind { CHANGE_READER, CHANGE_ACCOUNT, CHANGE_SERVICE, CHANGE_SECTION, CHANGE_ROW, CHANGE_KINDS };

struct changes {
	uint32_t added[CHANGE_KINDS], changed[CHANGE_KINDS], removed[CHANGE_KINDS];
	const struct target *target; /* who reads the files; NULL: "any" */
};

/* Adds what differs between two texts of one file, raw sources; an absent file is an empty text. Sections are
 * the same when OSCam calls them the same; the n-th of several with one name belongs to the n-th. */
void changes_add(struct changes *changes, struct arena *arena, enum oscam_file file,
	const struct source *old_text, const struct source *new_text);
/* Whether anything differs. */
bool changes_any(const struct changes *changes);
/* "+2 readers, ~1 account, -0" */
void changes_text(const struct changes *changes, struct buffer *text);

#endif
