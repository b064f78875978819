/* What the two files of the walk share: the folders that lie above the one at hand, and paths in it. */
#ifndef CC2OSCAM_FLEET_WALK_PARTS_H
#define CC2OSCAM_FLEET_WALK_PARTS_H

#include <sys/types.h>

#include "walk.h"

/* A file, under whatever name. */
struct file_identity {
	dev_t device;
	ino_t number;
};

/* A folder, from the time when its names are read until everything below it is done. */
struct walk_level {
	const struct walk_level *above; /* NULL for the top */
	struct buffer names;
	const char **sorted; /* malloc'ed; into names, behind the byte */
	uint8_t *forms;      /* malloc'ed; enum name_form of each; NULL: all plain */
	enum name_form form; /* of the folder's own name */
	size_t count;
	size_t path_len;             /* of the folder that this one is in */
	struct file_identity *taken; /* malloc'ed; the files of the root that the folder is */
	size_t taken_count;
};

struct walk {
	walk_take *take;
	void *context;
	struct buffer path; /* of the folder at hand */
	size_t top_len;     /* of the part of it that is the top */
	char *top;          /* the real path of the top; malloc'ed */
	char *left_out;     /* the path below the top of a folder that is passed by; malloc'ed, or NULL */
	const struct walk_level *level; /* the folder above the one at hand while that is looked at */
	bool top_is_receiver;
	struct buffer passed; /* names of other files in the top, each with a zero behind it */
	uint64_t given;       /* finds so far */
	struct found *queue;  /* what was found in the folder at hand; malloc'ed */
	size_t queued;
	struct arena arena; /* paths of what is in the queue */
	bool *possible;     /* for each place, whether its first folder is there; malloc'ed */
};

/* The CCcam.cfg directly in a folder. */
enum beside {
	BESIDE_NONE,
	BESIDE_PLAIN,
	BESIDE_ALONE,    /* a plain one, and the only file there */
	BESIDE_ELSEWHERE /* perhaps: a link, or what the system does not say */
};

/* The path of a file in the folder at hand, zero-terminated, until the next call; walk->path.len stays. */
const char *walk_path_to(struct walk *walk, const char *file);
/* That of the folder at hand. */
const char *walk_path_here(struct walk *walk);
/* realloc that does not fail. */
void *walk_grow(void *memory, size_t size);

/* walk_files.c */
/* Puts the CCcam.cfg files of the folder at hand into the queue; the level becomes its own afterwards. */
void walk_look_for_files(struct walk *walk, struct walk_level *level, enum beside beside);
struct found *walk_enqueue(struct walk *walk, enum found_kind kind, const char *file);
/* Why a file below the top cannot be taken; NULL for one that can. Links may lead to where they want below
 * the top. */
const char *walk_why_not(const struct walk *walk, const char *path);

#endif
