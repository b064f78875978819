/* Goes through a folder tree and finds the CCcam.cfg files and archives in it, folder by folder. */
#ifndef CC2OSCAM_FLEET_WALK_H
#define CC2OSCAM_FLEET_WALK_H

#include "cc2oscam/arena.h"
#include "names.h"

enum found_kind {
	FOUND_FAILED,  /* a folder or a CCcam.cfg that cannot be taken */
	FOUND_ROOT,    /* a CCcam.cfg at a known place below `folder`, which is the receiver's root */
	FOUND_BESIDE,  /* a CCcam.cfg in `folder` */
	FOUND_ARCHIVE, /* a file in `folder` */
};

/* Texts are good until the next call. */
struct found {
	enum found_kind kind;
	struct slice folder; /* with what walk_start was given in front */
	struct slice below;  /* the same below the top: "", "site/lr" */
	struct slice file;   /* below the folder: "var/etc/CCcam.cfg", "attic.tar.gz"; or empty */
	enum name_form form; /* what its neighbours, and those of the folders above, leave to its name */
	const char *path;    /* of FOUND_ROOT: the file on this machine, with links followed */
	const char *why;     /* of FOUND_FAILED */
	struct slice first;  /* of FOUND_ROOT: the root's first CCcam.cfg, when this is another one with other
				content; or empty */
};

struct level; /* a folder above the one at hand, or that one: what is left to do in it */

struct walk {
	struct buffer path;   /* of the folder at hand */
	size_t top_len;       /* of the part of it that is the top */
	char *top;            /* the real path of the top; malloc'ed */
	char *left_out;       /* the path below the top of a folder that is passed by; malloc'ed, or NULL */
	struct level *levels; /* malloc'ed */
	size_t depth, room;
	struct found *queue; /* what was found in the folder at hand; malloc'ed */
	size_t queued, taken;
	struct arena arena; /* paths of what is in the queue */
	bool *possible;     /* for each place, whether its first folder is there; malloc'ed */
};

/* False with errno when the folder is not there. A folder `left_out` below it (or NULL) is passed by, as are
 * the hidden ones in which this program writes, for they come and go. */
bool walk_start(struct walk *walk, const char *folder, const char *left_out);
bool walk_next(struct walk *walk, struct found *found);
void walk_end(struct walk *walk);

/* Only what is in the folder itself: its CCcam.cfg files at known places, or directly in it. */
bool walk_one(struct walk *walk, const char *folder, struct found *found);

#endif
