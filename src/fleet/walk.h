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
	FOUND_BARE,    /* no receiver: `folder` is right below the top, which is none itself, and nothing is
			  in it */
	FOUND_PASSED   /* no receiver: `file` is in the top, which is none itself, under another name */
};

/* Texts are good until `take` returns. */
struct found {
	enum found_kind kind;
	struct slice folder; /* with what walk_start was given in front */
	struct slice below;  /* the same below the top: "", "site/lr" */
	struct slice file;   /* below the folder: "var/etc/CCcam.cfg", "attic.tar.gz"; or empty */
	enum name_form form; /* what its neighbours, and those of the folders above, leave to its name */
	const char *path;    /* of FOUND_ROOT: the file on this machine, with links followed */
	bool alone;          /* of FOUND_BESIDE: it is the only file in its folder */
	const char *why;     /* of FOUND_FAILED */
	struct slice first;  /* of FOUND_ROOT: the root's first CCcam.cfg, when this is another one with other
				content; or empty */
};

/* What is done with each; false: no more of them is wanted. */
typedef bool walk_take(void *context, const struct found *found);

/* Everything in the folder and below it. A folder `left_out` below it (or NULL) is passed by, as are the
 * hidden ones in which this program writes, for they come and go. */
void walk_all(const char *folder, const char *left_out, walk_take *take, void *context);
/* Only what is in the folder itself: its CCcam.cfg files at known places, or directly in it. */
void walk_one(const char *folder, walk_take *take, void *context);

#endif
