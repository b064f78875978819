/* An input file in memory, its physical lines, and places in them. */
#ifndef CC2OSCAM_SOURCE_H
#define CC2OSCAM_SOURCE_H

#include "cc2oscam/text.h"

/* No file is read that has more bytes, wherever it is: a folder, an archive, a pipe, a device. No receiver
 * has one, and an endless one would take all memory. */
enum { SOURCE_MOST = 128 << 20 };

struct source {
	const char *path;  /* as the user named it; "standard input" for - */
	struct slice name; /* its last component */
	struct slice text; /* without a UTF-8 byte order mark, unless raw */
	char *memory;      /* what source_free frees */
	uint32_t lines;    /* physical lines; an unfinished last one counts */
	bool raw;          /* lines end with LF only, and a byte order mark is text: as OSCam reads */
};

/* A physical line ends with LF, CRLF, a lone CR, or the end of the text; of a raw source with LF or the end.
 */
struct line {
	struct slice text; /* without its end */
	uint32_t number;   /* from 1 */
};

/* A place in a source. Columns count bytes from 1; 0 means the whole line, line 0 the whole file. */
struct place {
	const struct source *source;
	uint32_t line, column;
};

/* By its name a file of keys, which nobody opens who was not told to: .key, .cw and .bin in any case. */
bool is_key_file(struct slice path);
/* Reads `path`, or standard input for "-". False with errno: EISDIR for a folder, EFBIG for more than
 * SOURCE_MOST bytes, ENOMEM where there is no memory for it. */
bool source_read(struct source *source, const char *path);
/* The same errno in words. */
const char *source_trouble(int why);
/* A source over text that the caller keeps. */
void source_from_text(struct source *source, const char *path, struct slice text);
/* The same two, raw. */
bool source_read_raw(struct source *source, const char *path);
void source_from_raw_text(struct source *source, const char *path, struct slice text);
/* From an open file, which stays open. */
bool source_read_raw_file(struct source *source, int file, const char *path);
void source_free(struct source *source);
/* About how many lines say something, for the room of a table: others are as good as empty. */
uint32_t source_statements(const struct source *source);
/* What the first line ends with, CRLF or LF; LF when it has no end. */
struct slice source_line_end(const struct source *source);

/* Walks the lines, in one pass whatever their ends. False after the last line. */
struct line_walk {
	const char *at, *end;
	const char *feed, *carriage; /* the next of each from `at` on, or `end`; NULL: not looked for yet */
	uint32_t number;
	bool raw;
};
struct line_walk line_walk_start(const struct source *source);
bool line_walk_next(struct line_walk *walk, struct line *line);

/* The place of `at`, a pointer into line->text. */
struct place place_in(const struct source *source, const struct line *line, const char *at);

#endif
