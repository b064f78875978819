/* Names of output folders: what is allowed in them, and which are taken. */
#ifndef CC2OSCAM_FLEET_NAMES_H
#define CC2OSCAM_FLEET_NAMES_H

#include "cc2oscam/fleet.h"

/* A set of hashes: of names, and of the folders that they lie in. That two hashes are the same by chance
 * makes a name longer than it need be, and no more. */
struct names {
	uint64_t *slots; /* malloc'ed; 0: free */
	size_t room, count;
};

/* Where a name comes from. */
struct wish {
	struct slice path;      /* as the user would call it: "x/backups/site/lr" */
	unsigned parts;         /* so many of its last parts make the name; 0: none are left */
	bool given;             /* it has to be as short as one that a manifest gives */
	bool file;              /* the last part is a file's name, whose ending is left out */
	struct slice suffix;    /* behind the name: ".var_etc", or empty */
	struct slice folder;    /* of the name: "attic", or empty; nothing else is named in it */
	struct slice otherwise; /* what a receiver is called when nothing is left of its path */
};

/* The same on every machine. */
uint64_t stable_hash(struct slice text);
uint64_t stable_hash_more(uint64_t hash, struct slice text);

/* The name as it would be if nothing were taken; in the arena, zero-terminated. */
struct slice name_wish(struct arena *arena, const struct wish *wish);
/* The first that is free of all that the wish may become, and takes it. */
struct slice name_make(struct names *names, struct arena *arena, const struct wish *wish);
/* Takes a name as it is; false with the reason. */
bool name_reserve(struct names *names, struct slice name, struct buffer *why);
void names_free(struct names *names);

/* What stands behind the name of a receiver for another CCcam.cfg of it: ".var_etc" for var/etc/CCcam.cfg. */
struct slice name_place_suffix(struct arena *arena, struct slice place);

/* Without a known ending of archives, else without what follows the last dot. */
struct slice name_stem(struct slice file);

#endif
