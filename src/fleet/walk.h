/* Goes through a folder tree and finds the CCcam.cfg files and archives in it, folder by folder. */
#ifndef CC2OSCAM_FLEET_WALK_H
#define CC2OSCAM_FLEET_WALK_H

#include "names.h"

enum found_kind {
	FOUND_RECEIVER, /* or a folder or a CCcam.cfg that cannot be taken: item.failed */
	FOUND_BARE,  /* a folder right below the top, which is no receiver itself, with no receiver in it */
	FOUND_PASSED /* a file in the top, which is no receiver itself, under another name */
};

/* Texts are good until `take` returns. */
struct found {
	enum found_kind kind;
	struct fleet_item item; /* without name and tag; item.root: the CCcam.cfg is at a known place */
	struct slice below;     /* its folder or root below the top: "", "site/lr" */
	struct slice file;   /* below that: "var/etc/CCcam.cfg", "attic.tar.gz"; or empty. Zero-terminated */
	enum name_form form; /* what its neighbours, and those of the folders above, leave to its name */
	struct slice suffix; /* of the name of a root's second CCcam.cfg; else empty */
};

/* A CCcam.cfg at a known place of a root, or alone in its folder. */
struct root_cfg {
	const char *file, *path; /* below the root; on this machine */
	const char *failed;      /* why it cannot be taken, or NULL */
	struct source source;
	bool counts; /* the file is a receiver */
};

/* Which of one root's files are receivers: the first that says something, else the first that can be read,
 * else the first; and each behind it that says something else than the files before. */
void choose_files(struct root_cfg *files, uint32_t count);

/* What is done with each; false: no more of them is wanted. */
typedef bool walk_take(void *context, const struct found *found);

/* Everything in the folder; `all`: and below it, else only its own CCcam.cfg files, at known places or
 * directly in it. A folder `left_out` below it (or NULL) is passed by, as are the hidden ones in which this
 * program writes, for they come and go. */
void walk_folder(const char *folder, const char *left_out, bool all, walk_take *take, void *context);

#endif
