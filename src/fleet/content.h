/* What is kept of a backup archive: the files that a receiver needs, and links. */
#ifndef CC2OSCAM_FLEET_CONTENT_H
#define CC2OSCAM_FLEET_CONTENT_H

#include "cc2oscam/fleet.h"
#include "cc2oscam/table.h"

enum member_kind {
	MEMBER_FILE,
	MEMBER_LARGE, /* a file above the limit: its text was not kept */
	MEMBER_LINK,  /* symbolic or hard */
	MEMBER_ASKED  /* not found so far */
};

struct member {
	struct slice path; /* as path_clean makes it */
	struct slice text; /* of a link what it points to; of a hard link that begins with / */
	uint8_t kind;      /* enum member_kind */
	bool asked;        /* the archive is read again for it */
};

struct content {
	struct arena *arena;
	const struct fleet_limits *limits;
	struct list members; /* struct member; of two with one path the later one counts */
	struct table by_path;
	uint64_t kept; /* bytes, as limits.kept counts them */
	bool again;    /* the archive was read once: only what is asked for is kept */
};

void content_init(struct content *content, struct arena *arena, const struct fleet_limits *limits);
/* NULL when it is not kept. */
const struct member *content_find(const struct content *content, struct slice path);
/* The path without /, ./ and double slashes in front and within, and with every .. resolved; in the arena.
 * False when it leads above the top. */
bool path_clean(struct arena *arena, struct slice path, struct slice *clean);
/* Where the path leads through the links of the archive; false when they turn in circles or lead out of it.
 */
bool content_resolve(const struct content *content, struct slice path, struct slice *real);

/* What stands behind the last /. */
struct slice inner_base(struct slice path);
/* Files of this name are kept wherever they are: "CCcam." and anything, newcamd.conf; no key files. */
bool content_is_named(struct slice path);
/* The file, which was not found by its name, is to be kept when the archive is read again. False when it is
 * asked for already. */
bool content_ask(struct content *content, struct slice path);

/* archive.c: goes through the archive at `path` once and keeps all links and the files that content_wants.
 * Returns NULL, or what is wrong with it, in content->arena. */
const char *archive_read_all(const char *path, struct content *content);
/* For archive.c. */
bool content_wants(const struct content *content, struct slice path);
/* False when there is no room left. The text is not copied. */
bool content_keep(struct content *content, enum member_kind kind, struct slice path, struct slice text);

#endif
