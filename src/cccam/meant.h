/* The option that somebody meant with a line that CCcam cannot read. */
#ifndef CC2OSCAM_CCCAM_MEANT_H
#define CC2OSCAM_CCCAM_MEANT_H

#include "cc2oscam/cccam.h"

struct meant {
	const struct directive *directive;
	struct slice keyword; /* as it stands in the line */
	struct slice value;   /* what stands behind it and the signs that part them */
};

/* By the words that the line starts with, up to its first sign or digit. Words may be glued or misspelt, and
 * no colon needs to follow them. */
bool option_meant(struct slice line, struct meant *meant);
/* The letter line that was meant, but for the signs around its letter. NULL: none. */
const struct directive *letter_meant(struct slice text);
/* Whether the text has a { } group of nothing but service ids, or the start of one. */
bool lists_channels(struct slice text);

#endif
