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

/* What a name may look like. A name that is taken becomes the next of them that is free. */
enum name_form {
	NAME_PLAIN,
	NAME_ENDING, /* of a file or archive: with its ending */
	NAME_HASH,   /* with a hash of the place behind it */
	NAME_APART   /* the same, and in no folder: one above has the name of another */
};

/* Where a name comes from. */
struct wish {
	struct slice path; /* what the name says: an INPUT's name and the path below it, as they really are */
	struct slice place; /* the same, but no other receiver has it: what the hash is of; empty: the path */
	enum name_form form;    /* the first that it may have: neighbours.h */
	bool given;             /* it has to be as short as one that a manifest gives */
	bool file;              /* the last part is a file's name, whose ending is left out */
	struct slice suffix;    /* behind the name: ".var_etc", or empty */
	struct slice folder;    /* of the name: "attic", or empty; nothing else is named in it */
	struct slice otherwise; /* what a receiver is called when its path says nothing */
};

/* The same on every machine. */
uint64_t stable_hash(struct slice text);
uint64_t stable_hash_more(uint64_t hash, struct slice text);

/* The hash of the name that the path would give, without regard to capitals; `stem`: without the ending. */
uint64_t name_hash(struct slice path, bool stem);
/* Whether all its bytes may stand in a name, so that the name shows what the path really is. */
bool name_is_harmless(struct slice path);
/* The same, and there are no capitals: among such paths no two give the same name. */
bool name_is_its_own(struct slice path);

/* The name as it would be if nothing were taken; in the arena, zero-terminated. */
struct slice name_wish(struct arena *arena, const struct wish *wish);
/* The first that is free of all that the wish may become, and takes it. */
struct slice name_make(struct names *names, struct arena *arena, const struct wish *wish);
/* Takes a name as it is; false with the reason. */
bool name_reserve(struct names *names, struct slice name, struct buffer *why);
void names_free(struct names *names);

/* What stands behind the name of a receiver for another CCcam.cfg of it: ".var_etc" for var/etc/CCcam.cfg. */
struct slice name_place_suffix(struct arena *arena, struct slice place);

#endif
