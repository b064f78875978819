/* The INPUTs of a fleet: what each is called, so that the name of a receiver says which of them it is from,
 * and what is wrong with their list as a whole. Those with a name of a manifest do not count for either. */
#ifndef CC2OSCAM_FLEET_INPUTS_H
#define CC2OSCAM_FLEET_INPUTS_H

#include "names.h"

struct input {
	const char *path; /* as the user named it */
	const char *name; /* given by a manifest, or NULL */
	const void *tag;
	/* Of an input without a name, after inputs_name: */
	struct slice whole; /* from the top of the file system: the INPUT; of a CCcam.cfg its root's folder */
	struct slice below; /* of a CCcam.cfg: what follows on that; else empty */
	bool file;          /* a file or archive: its name goes without the ending */
	struct slice text;  /* the last parts of `whole`: what the INPUT is called, byte for byte */
	enum name_form form; /* when two INPUTs are called the same all the same */
};

/* From the paths of the inputs (struct input) to what they are called. It follows from their paths alone:
 * each is called by the shortest end of its path, in whole parts, that no other one is called by, and that
 * leads into no other. All that clash get longer, not only the later ones. Paths that only differ in
 * capitals, in bytes that may not stand in a name, or in an ending, do not get longer for each other:
 * neighbours_tell_apart does it. */
void inputs_name(const struct list *inputs, struct arena *arena);

/* False with the reason: two are the same file or folder, or one lies within another, so that receivers would
 * be found twice; or what is written to the output folder (or NULL) would change what is found in an INPUT
 * the next time. They are named. */
bool inputs_check(const struct list *inputs, const char *output, struct buffer *why);

/* The folder whose name a CCcam.cfg has: the receiver's root when it is at a known place, which is said, else
 * the one that it is in; empty for the working folder. */
struct slice cccam_folder(struct slice path, bool *known);

#endif
