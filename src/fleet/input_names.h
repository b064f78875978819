/* What the INPUTs of a fleet are called, so that the name of a receiver says which of them it is from. It
 * follows from their paths alone. */
#ifndef CC2OSCAM_FLEET_INPUT_NAMES_H
#define CC2OSCAM_FLEET_INPUT_NAMES_H

#include "names.h"

struct input_name {
	const char *path;   /* the INPUT, as the user named it */
	struct slice whole; /* from the top of the file system: the INPUT; of a CCcam.cfg its root's folder */
	struct slice below; /* of a CCcam.cfg: what follows on that; else empty */
	bool file;          /* it is called without its ending */
	struct slice text;  /* the last parts of the whole: what it is called, as it really is */
	enum name_form form; /* when two INPUTs are called the same all the same */
};

/* Fills in everything but the paths. Each is called by the shortest end of its path, in whole parts, that no
 * other one is called by, and that leads into no other: all that clash get longer, not only the later ones.
 * Paths that only differ in capitals, in bytes that may not stand in a name, or in an ending, do not get
 * longer for each other: neighbours.h tells them apart. */
void input_names_make(struct input_name *inputs, uint32_t count, struct arena *arena);

/* The folder whose name a CCcam.cfg has: the receiver's root when it is at a known place, which is said, else
 * the one that it is in; empty for the working folder. */
struct slice cccam_folder(struct slice path, bool *known);
/* By its name. */
bool is_cccam_name(struct slice path);

#endif
