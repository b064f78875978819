/* What is kept of a backup archive: the files that a receiver needs, and links; and the receivers in it. */
#ifndef CC2OSCAM_FLEET_ARCHIVED_H
#define CC2OSCAM_FLEET_ARCHIVED_H

#include "cc2oscam/fleet.h"
#include "cc2oscam/table.h"

enum member_kind {
	MEMBER_FILE,
	MEMBER_LARGE, /* a file above the limit: its text was not kept */
	MEMBER_LINK,  /* symbolic or hard */
	MEMBER_ASKED  /* not found so far */
};

struct content {
	struct arena *arena;
	const struct fleet_limits *limits;
	struct list members; /* struct member; of two with one path the later one counts */
	struct table by_path;
	uint64_t kept; /* bytes, as limits.kept counts them */
	bool again;    /* the archive was read once: only what is asked for is kept */
};

/* One CCcam.cfg of the archive, and the receiver that it belongs to. */
struct archived {
	const struct content *content;
	struct slice file; /* its path in the archive */
	struct slice root; /* the receiver's root, or the folder of the file; empty at the top */
	struct slice real; /* where the file's path leads */
	int place;         /* -1: at no known place; root is only its folder */
	struct slice text;
	const char *failed; /* why there is no text, or NULL */
	struct slice first; /* the root's first CCcam.cfg, when this is another one; or empty */
	size_t shown;       /* bytes of "backups/attic.tar.gz:lr", which is in front of paths of side files */
	struct side_provider sides;
};

/* Reads the archive, and all that its receivers ask for and that is in it. The list (struct archived) becomes
 * those that are to be converted, in the order of their roots: those at known places; all when none is at
 * one. `left_out` becomes the number of the others. Returns NULL, or what is wrong with the archive. */
const char *archived_open(const char *path, const struct fleet_limits *limits, struct arena *arena,
	struct list *archived, uint32_t *left_out);

/* A side_provider's read; `context` is the receiver. */
const char *archived_read(void *context, struct slice path, struct slice *real, struct slice *text);

/* archive.c: goes through the archive at `path` once and keeps all links and the files that content_wants.
 * Returns NULL, or what is wrong with it, in content->arena. */
const char *archive_read_all(const char *path, struct content *content);
/* For archive.c. */
bool content_wants(const struct content *content, struct slice path);
/* False when there is no room left. The text is not copied; of a link it is what the link points to, of a
 * hard link that begins with /. */
bool content_keep(struct content *content, enum member_kind kind, struct slice path, struct slice text);
/* The path without /, ./ and double slashes in front and within, and with every .. resolved; in the arena.
 * False when it leads above the top. */
bool path_clean(struct arena *arena, struct slice path, struct slice *clean);

#endif
