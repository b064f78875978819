/* Folders with all that is in them: copied, removed, and taken down to be compared. */
#ifndef CC2OSCAM_FAULTS_TREES_H
#define CC2OSCAM_FAULTS_TREES_H

#include <stdbool.h>
#include <stddef.h>

/* What stands at one path. */
struct entry {
	char *path; /* from the folder on */
	char *text; /* kind, rights and content */
	size_t len;
};

struct tree {
	struct entry *at; /* in the order of their paths */
	size_t count;
};

enum view {
	VIEW_ALL,   /* everything, links as links */
	VIEW_NAMES, /* what OSCam gets by the names: contents of files, also through links; no backups, no
		       hidden files */
};

/* All but one path, or NULL. */
struct tree tree_read(const char *folder, enum view view, const char *but);
void tree_free(struct tree *tree);
/* The first path at which the trees differ, or NULL. `apart` is a folder whose entries count each for itself,
 * or NULL: then they are equal when each part is as in `a` or as in `b`; `b` may be NULL. */
const char *tree_differs(
	const struct tree *tree, const struct tree *a, const struct tree *b, const char *apart);

/* False: a message was printed. */
bool tree_copy(const char *from, const char *to);
void tree_remove(const char *folder);

/* Ends the program; for what cannot go on. */
_Noreturn void give_up(const char *what, const char *which);

#endif
