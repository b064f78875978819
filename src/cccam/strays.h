/* What a copied line brings along from a forum or a web page. */
#ifndef CC2OSCAM_CCCAM_STRAYS_H
#define CC2OSCAM_CCCAM_STRAYS_H

#include "cc2oscam/text.h"

/* False: the text has neither of the two below, as most lines. */
bool may_have_strays(struct slice text);
/* The first tag ([/code], <br>) or entity (&nbsp;) in the text. */
bool find_markup(struct slice text, struct slice *found);

struct invisible {
	const char *at;
	size_t len;
	uint32_t character; /* of Unicode; a byte of Latin-1 counts as the same */
	const char *name;   /* "no-break space" */
};

/* The first character that nobody sees. ASCII has none but blanks and control bytes, which do not count. */
bool find_invisible(struct slice text, struct invisible *found);

#endif
