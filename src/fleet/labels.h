/* What the INPUTs of a fleet are called, so that the name of a receiver says which of them it is from. It
 * follows from their paths alone. */
#ifndef CC2OSCAM_FLEET_LABELS_H
#define CC2OSCAM_FLEET_LABELS_H

#include "names.h"

struct label {
	const char *path;   /* the INPUT, as the user named it */
	struct slice whole; /* from the top of the file system: the INPUT; of a CCcam.cfg its root's folder */
	struct slice below; /* of a CCcam.cfg: what follows on that; else empty */
	bool file;          /* it is called without its ending */
	struct slice text;  /* the last parts of the whole: the label, as it really is */
	enum name_form form; /* when two labels give the same name all the same */
};

/* Fills in everything but the paths. Each label is the shortest tail of its path, in whole parts, that no
 * other one is called by, and that leads into no other: all that clash get longer, not only the later ones.
 * Paths that only differ in capitals, in bytes that may not stand in a name, or in an ending, do not get
 * longer for each other: siblings.h tells them apart. */
void labels_make(struct label *labels, uint32_t count, struct arena *arena);

/* The folder whose name a CCcam.cfg has: the receiver's root when it is at a known place, which is said, else
 * the one that it is in; empty for the working folder. */
struct slice cccam_folder(struct slice path, bool *known);
/* By its name. */
bool is_cccam_name(struct slice path);

#endif
