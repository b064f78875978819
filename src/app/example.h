/* What becomes of a directive's example line. The example is really converted, so what is shown cannot be
 * wrong. */
#ifndef CC2OSCAM_EXAMPLE_H
#define CC2OSCAM_EXAMPLE_H

#include "cc2oscam/sidefiles.h"

struct example {
	struct slice before; /* the example line, below the lines that it needs beside it */
	struct slice after;  /* the sections of OSCam's files that it makes or changes, two blanks before a
				line; in  changed ones "+ " before new lines and "- " before those that are
				gone; empty: none */
	struct slice says;   /* the findings about it, a line each; maybe empty */
	enum fate fate;
	bool needs_file; /* what comes of the line stands in a file that it names: nothing of the above is
			    said */
};

/* Everything in the arena. */
struct example example_of(const struct directive *directive, struct arena *arena);
/* The line stands in a file beside CCcam.cfg. */
struct example example_of_side(const struct side_line *line, struct arena *arena);

#endif
