/* Where CCcam.cfg is on a receiver. */
#ifndef CC2OSCAM_FLEET_PLACES_H
#define CC2OSCAM_FLEET_PLACES_H

#include "cc2oscam/text.h"

/* Paths below the root, without / in front; the one that counts first comes first; NULL at the end. */
const char *const *cccam_places(void);

/* The longest place that the path ends with, as its number; -1 when it ends with none. `root` becomes what
 * lies before it, without the / between. */
int place_of(struct slice path, struct slice *root);

#endif
