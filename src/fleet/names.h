/* Names of output folders: what is allowed in them, which are taken, and who keeps a name that several want.
 */
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
	enum name_form form;    /* the first that it may have: neighbours_tell_apart */
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
/* Whether there are only small letters and other bytes that may stand in a name: among such paths no two give
 * the same name. */
bool name_is_its_own(struct slice path);

/* The name as it would be if nothing were taken; in the arena, zero-terminated. */
struct slice name_wish(struct arena *arena, const struct wish *wish);
/* The first that is free of all that the wish may become, and takes it. */
struct slice name_make(struct names *names, struct arena *arena, const struct wish *wish);
/* Takes the given name unchanged; false with the reason. */
bool name_reserve(struct names *names, struct slice name, struct buffer *why);
void names_free(struct names *names);

/* What stands behind the name of a receiver for another CCcam.cfg of it: ".var_etc" for var/etc/CCcam.cfg. */
struct slice name_place_suffix(struct arena *arena, struct slice place);
/* The sentence about such a further CCcam.cfg; `first` is the path of the receiver's first CCcam.cfg. */
const char *name_notice(struct arena *arena, struct slice first);

/* Which of several neighbours keeps its plain name when their names would be the same. It follows from all of
 * them at once, so that it does not matter who comes first. */
struct neighbours {
	struct spelling *spellings;
	uint32_t count;
};

/* For at most `most` neighbours; in the arena. */
void neighbours_start(struct neighbours *neighbours, struct arena *arena, size_t most);
/* `name` as it really is; it may be a path. `file`: an archive or a file, whose name goes without the ending.
 */
void neighbours_add(struct neighbours *neighbours, struct slice name, bool file, enum name_form *form);
/* Sets the form of each. Of those that would have the same name the only folder of which no byte had to be
 * changed keeps it; where no such folder is, the only such file. Files of the others have their ending, if
 * that makes a name that no other has; all else gets a hash. */
void neighbours_tell_apart(struct neighbours *neighbours);

#endif
