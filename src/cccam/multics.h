/* Lines of MultiCS, whose files look like CCcam's and mean something else. */
#ifndef CC2OSCAM_CCCAM_MULTICS_H
#define CC2OSCAM_CCCAM_MULTICS_H

#include "cc2oscam/cccam.h"

/* What a line that starts with no letter of CCcam's and is none of its options says of its file: 0, or
 * MULTICS_LINE and what else is sure. */
enum {
	MULTICS_LINE = 1,    /* the line is no line of CCcam's */
	MULTICS_SECTION = 2, /* [name]: a profile, or somebody's headline */
	MULTICS_KEY = 4,     /* CAID: and the like: a profile's line, or a note */
	MULTICS_SURE = 8,    /* no other program has such lines */
	MULTICS_LIST = 16    /* MGCAMD: and the like: one alone may be a stray line of somebody's list */
};

unsigned multics_line(struct slice text);
/* Whether a C, F, L or N line has something of MultiCS: { name=value } or { 5502, 5504 } behind its login,
 * several ports. `at` is where. The text ends in front of the comment. */
bool multics_letter(struct slice text, struct slice *at);

/* A port at which MultiCS serves clients. */
struct multics_port {
	struct slice name;  /* CCCAM PORT */
	struct slice ports; /* as they stand, to be cut at commas and blanks */
	bool friends;       /* CCcam's clients connect there */
};

bool multics_port(struct slice text, struct multics_port *port);

#endif
