/* Which of several neighbours keeps its plain name when their names would be the same. It follows from all of
 * them at once, so that it does not matter who comes first. */
#ifndef CC2OSCAM_FLEET_NEIGHBOURS_H
#define CC2OSCAM_FLEET_NEIGHBOURS_H

#include "names.h"

struct neighbour {
	struct slice name; /* as it really is; may be a path */
	bool file;         /* an archive or a file: its name goes without the ending */
	enum name_form form;
};

/* Sets the form of each. Of those that would have the same name the only folder of which no byte had to be
 * changed keeps it; where no such folder is, the only such file. Files of the others have their ending, if
 * that makes a name that no other has; all else gets a hash. */
void neighbours_tell_apart(struct neighbour *neighbours, uint32_t count);

#endif
