/* What a file is, by its first bytes: names of downloads and of backups often say nothing. */
#ifndef CC2OSCAM_KIND_H
#define CC2OSCAM_KIND_H

#include "cc2oscam/text.h"

/* So many bytes are looked at. A text may have a few zeros, where a disk was damaged; a binary file has more
 * than one control byte in so many, or fewer beside as many bytes that are no UTF-8. */
enum { KIND_HEAD = 512, BINARY_SHARE = 10 };

enum file_kind {
	FILE_TEXT,
	/* by the first bytes: */
	FILE_UTF16,
	FILE_UTF16LE, /* without a mark at its start, like the next */
	FILE_UTF16BE,
	FILE_UTF32,
	FILE_UTF32LE, /* without a mark, like the next */
	FILE_UTF32BE,
	FILE_ARCHIVE,  /* which batch opens */
	FILE_PACKED,   /* an archive of a kind that batch does not open */
	FILE_DOCUMENT, /* of a word processor */
	FILE_BINARY,
	/* texts, where nothing in them was understood (src/app/unfit.c): */
	FILE_OSCAM,
	FILE_MANIFEST,
	FILE_SETTINGS,
	FILE_PAGE,
	FILE_TABLE,
	FILE_PATHS, /* a list or a table of them */
	FILE_JSON,
	FILE_SIDE, /* priorities, or names of channels or providers */
	FILE_KINDS
};

struct kind {
	enum file_kind is;
	const char *what; /* "an archive (zip)", for a sentence; NULL for FILE_TEXT */
};

/* Tells the kinds of the first bytes apart; everything else is FILE_TEXT. */
struct kind kind_of_head(struct slice head);
/* FILE_TEXT too when it cannot be read: who reads it finds out why. */
struct kind kind_of_file(const char *path);
/* One that was recognised by other means. */
struct kind kind_named(enum file_kind is);
/* "NAME is WHAT, not a CCcam.cfg; ...", with what to type, where the file is called `typed`. */
struct slice kind_refusal(struct arena *arena, struct kind kind, const char *name, const char *typed);
/* The same for a receiver of a fleet, whose file is named before: "it is WHAT; ...". NULL for a text. */
const char *kind_refused(struct arena *arena, struct kind kind);

#endif
