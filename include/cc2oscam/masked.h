/* A line of OSCam's files as it may be shown: without passwords and keys, and without hosts when asked. */
#ifndef CC2OSCAM_MASKED_H
#define CC2OSCAM_MASKED_H

#include "cc2oscam/text.h"

/* Whether a setting of this name holds a password or a key in some section of OSCam's, or sounds like it. */
bool oscam_name_is_secret(struct slice name);

/* The text up to where a password or a key is given in it, like "a ; password = word". */
struct slice before_secret(struct slice text);

/* Whether a list of addresses and ranges says where somebody is: local networks are the same everywhere. */
bool ranges_identify(struct slice ranges);

/* One physical line, with or without its end, which is kept. What is masked becomes eight stars, whatever its
 * length. Comments are looked through as well, for settings and for lines of CCcam.cfg. With `hosts` labels,
 * host names and addresses are masked too, and remarks of CCcam.cfg's in comments that say their line. In the
 * arena, or the line itself when nothing is masked. */
struct slice oscam_mask(struct arena *arena, struct slice line, bool hosts);

#endif
