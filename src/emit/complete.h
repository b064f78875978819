/* Putting wanted keys into rendered sections. */
#ifndef CC2OSCAM_COMPLETE_H
#define CC2OSCAM_COMPLETE_H

#include "cc2oscam/emit.h"

/* Renders the file by `render` and hands its text on to the sink, completed. Returns the sink's last result.
 */
int complete_file(const struct emission *emission, enum oscam_file file, const struct sink *sink,
	int (*render)(const struct emission *, enum oscam_file, const struct sink *));

#endif
