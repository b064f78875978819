/* The receivers in an archive. */
#ifndef CC2OSCAM_FLEET_ARCHIVED_H
#define CC2OSCAM_FLEET_ARCHIVED_H

#include "content.h"

/* One CCcam.cfg of the archive, and the receiver that it belongs to. */
struct archived {
	const struct content *content;
	struct slice file; /* its path in the archive */
	struct slice root; /* the receiver's root, or the folder of the file; empty at the top */
	struct slice real; /* where the file's path leads */
	int place;         /* -1: at no known place; root is only its folder */
	struct slice text;
	const char *failed; /* why there is no text, or NULL */
	struct slice first; /* the root's first CCcam.cfg, when this is another one; or empty */
	size_t shown;       /* bytes of "backups/attic.tar.gz:lr", which is in front of paths of side files */
	struct side_provider sides;
};

/* Reads the archive, and all that its receivers ask for and that is in it. The list (struct archived) becomes
 * those that are to be converted, in the order of their roots: those at known places; all when none is at
 * one. `left_out` becomes the number of the others. Returns NULL, or what is wrong with the archive. */
const char *archived_open(
	const char *path, struct content *content, struct list *archived, uint32_t *left_out);

/* A side_provider's read; `context` is the receiver. */
const char *archived_read(void *context, struct slice path, struct slice *real, struct slice *text);

#endif
