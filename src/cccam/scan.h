/* The tokens of a line: words, { } groups, the comment. Knows no directive and reports nothing. */
#ifndef CC2OSCAM_CCCAM_SCAN_H
#define CC2OSCAM_CCCAM_SCAN_H

#include "cc2oscam/text.h"

/* What is left to read of a text. */
struct scan {
	const char *at, *end;
	const char *control; /* the first control byte met inside a word, or NULL */
};

/* Where the comment starts: a # at the start of the text or after a blank. `end` when there is none. */
const char *scan_comment(const char *at, const char *end);
const char *skip_blanks(const char *at, const char *end);

/* Skips blanks. True when nothing follows. */
bool scan_ended(struct scan *scan);
/* The next word, which ends at a blank. False when there is none. */
bool scan_word(struct scan *scan, struct slice *word);
/* The same, but a { ends a word too. False also in front of a {. */
bool scan_field(struct scan *scan, struct slice *word);
/* Skips blanks. True in front of a {. */
bool scan_at_group(struct scan *scan);

/* A { } group. */
struct group {
	struct slice whole, inside;
	const char *tight; /* where a blank is missing next to a brace, or NULL */
};

/* Reads the group that the scan is in front of. False when its } is missing. */
bool scan_group(struct scan *scan, struct group *group);

/* The entries of a group, one after the other, without the blanks around them. */
struct entries {
	struct slice left;
	bool done;
	const char *tight; /* the first comma without a blank after it, or NULL */
};

struct entries entries_of(struct slice inside);
/* How many there can be at most. */
size_t entries_room(struct slice inside);
/* False after the last one. An entry can be empty. */
bool entries_next(struct entries *entries, struct slice *entry);

/* Text as a message can quote it: at most SHOWN_LENGTH bytes, nothing of another line that is glued to it,
 * control bytes as ?. */
enum { SHOWN_LENGTH = 40 };

struct shown {
	char text[SHOWN_LENGTH + 5];
};

struct shown show(struct slice text);

#endif
