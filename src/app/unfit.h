/* Inputs of which nothing may be made: what is no CCcam.cfg, and what holds nothing, where a working OSCam
 * would have to make room for that. */
#ifndef CC2OSCAM_UNFIT_H
#define CC2OSCAM_UNFIT_H

#include "cc2oscam/kind.h"
#include "fileset.h"

/* Each returns why not, without a line end, in c->arena; empty: nothing speaks against it. What is no
 * CCcam.cfg is no empty one: --allow-empty only lets a set-up make room for one that holds nothing. */

/* Before the translation: by the first bytes of c->source. */
struct slice unfit_bytes(const struct conversion *c);
/* After it: nothing was understood, and the text is one of another kind. */
struct slice unfit_text(const struct conversion *c);
/* The same for a receiver of a fleet, whose file is named before. */
struct slice unfit_text_in_fleet(const struct conversion *c);
/* After file_set_make: what is in `folder` would have to make room for nothing. `name`: of the input, for a
 * sentence. */
struct slice unfit_set(
	const struct conversion *c, const struct file_set *set, const char *name, const char *folder);

/* No server, no card reader and no friend came of the input: OSCam has nothing to do with such files. */
bool makes_nothing(const struct conversion *c);

#endif
