/* What the two files of the merge's proof share. */
#ifndef CC2OSCAM_MERGE_PROVE_H
#define CC2OSCAM_MERGE_PROVE_H

#include "parts.h"

/* The new files, as OSCam reads them. */
struct written {
	struct arena arena;
	struct document documents[OSCAM_DVBAPI];
	bool there[OSCAM_DVBAPI];
	uint32_t *positions[MERGE_HALVES]; /* by section of the model: where it stands in its file */
};

/* NULL, or what is wrong with who reaches whom. */
const char *merge_prove_access(const struct merge *m, const struct written *written);

#endif
