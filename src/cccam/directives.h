/* Look-ups in the table of the language that only the parser needs. See cccam.h for the others. */
#ifndef CC2OSCAM_CCCAM_DIRECTIVES_H
#define CC2OSCAM_CCCAM_DIRECTIVES_H

#include "cc2oscam/cccam.h"

/* The line type of this letter, in either case. NULL: none. */
const struct directive *directive_letter(char letter);

#endif
