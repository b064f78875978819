/* What is kept of a backup archive: the files that a receiver needs, and links. */
#ifndef CC2OSCAM_FLEET_CONTENT_H
#define CC2OSCAM_FLEET_CONTENT_H

#include "cc2oscam/fleet.h"
#include "cc2oscam/table.h"

enum member_kind {
	MEMBER_FILE,
	MEMBER_LARGE, /* a file above the limit: its text was not kept */
	MEMBER_LINK   /* symbolic or hard */
};

struct member {
	struct slice path; /* as path_clean makes it */
	struct slice text; /* of a link what it points to; of a hard link that begins with / */
	uint8_t kind;      /* enum member_kind */
};

struct content {
	struct arena *arena;
	const struct fleet_limits *limits;
	struct list members; /* struct member; of two with one path the later one counts */
	struct table by_path;
	uint64_t kept; /* bytes, as limits.kept counts them */
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

/* Files of this name are kept wherever they are: "CCcam." and anything, newcamd.conf; no key files. */
bool content_is_named(struct slice path);

/* archive.c: goes through the archive at `path` once and keeps all links and the files that are wanted.
 * Returns NULL, or what is wrong with it, in content->arena. */
struct want {
	bool (*file)(void *context, struct slice path);
	void *context;
};
const char *archive_read_all(const char *path, struct content *content, const struct want *want);
/* For archive.c: false when there is no room left. The text is not copied. */
bool content_keep(struct content *content, enum member_kind kind, struct slice path, struct slice text);

#endif
