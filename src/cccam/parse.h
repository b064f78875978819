/* What the files of the parser share: the reading of one statement, and remarks about it. */
#ifndef CC2OSCAM_CCCAM_PARSE_H
#define CC2OSCAM_CCCAM_PARSE_H

#include "cc2oscam/cccam.h"
#include "scan.h"

/* One statement while it is read. */
struct reading {
	struct parser *parser; /* without a ledger nothing is reported */
	struct statement *statement;
	struct scan scan; /* what is left of the statement */
	unsigned long extra_count;
	const char *second;              /* among the extra words the start of another line, or NULL */
	bool tight, empty_entry, prefix; /* said already for this line */
	const char *form; /* the line as it is to be written, where that is not its directive's; or NULL */
};

/* The start of a line that may be shown when the line is not understood: up to its first blank, colon or
 * equals sign, since a password may follow those. A word of hexadecimal digits may be a key: empty then. */
struct slice harmless_start(struct slice text);
/* Whether `text`, without its comment, ends with a backslash of its own: MultiCS breaks lines so, and any
 * field can stand in front of it. */
bool is_continued(struct slice text);

/* The line is one of this directive, also for the ledger. */
void set_directive(struct reading *reading, const struct directive *directive);

/* parse_foreign.c */
/* A line of MultiCS; `says` is what multics_line has of it. */
enum line_kind foreign_line(struct reading *reading, unsigned says);
/* Whether the lines so far are those of a MultiCS. */
bool speaks_multics(const struct parser *parser);
/* Rejects a letter line for what multics_letter found in it. */
void reject_foreign(struct reading *reading, struct slice at);
/* A line of newcamd.conf: CWS = ..., CWS_KEEPALIVE = ... */
bool is_newcamd(struct slice text);
enum line_kind newcamd_line(struct reading *reading);

/* meant.c, device.c: the option that somebody meant with a line that CCcam cannot read */
struct meant {
	const struct directive *directive;
	struct slice keyword; /* as it stands in the line */
	struct slice value;   /* what stands behind it and the signs that part them */
};

/* By the words that the line starts with, up to its first sign or digit. Words may be glued or misspelt, and
 * no colon needs to follow them. */
bool option_meant(struct slice line, struct meant *meant);
/* The letter line that was meant, but for the signs around its letter. NULL: none. */
const struct directive *letter_meant(struct slice text);
/* Whether the text has a { } group of nothing but service ids, or the start of one. */
bool lists_channels(struct slice text);

/* parse_unknown.c */
enum line_kind unknown_line(struct reading *reading);
/* What no option's name stands before can still be a list of channels for a card reader. */
void keep_bare_list(struct statement *statement);

/* A finding at the column of `at`, and what to do about the finding, as ledger_find. Returns false. `reject`
 * also makes the statement rejected; `adjust` makes the statement adjusted unless it is worse. Messages never
 * hold what may be a password or a key: outside braces nothing is quoted that stands behind a password, since
 * a blank in it shifts the fields. */
bool say(struct reading *reading, enum fate fate, enum code code, const char *at, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
#define reject(reading, ...) say(reading, FATE_REJECTED, __VA_ARGS__)
#define adjust(reading, ...) (void)say(reading, FATE_ADJUSTED, __VA_ARGS__)
#define remark(reading, ...) (void)say(reading, FATE_NONE, __VA_ARGS__)

/* Rejects the line: the `name` is not there. */
bool missing(struct reading *reading, const char *name);
/* True, and said, when the host and its port are one word. */
bool is_glued(struct reading *reading, struct slice host);
/* The same of a port and what follows. */
bool is_glued_port(struct reading *reading, struct slice word);
/* What a copied line brings along, which nobody sees or which a forum put there. Neither is ever taken for a
 * part of a value in silence. */
void say_strays(struct reading *reading);
/* The digits of a hexadecimal number, in front of which 0x may stand. */
struct slice take_0x(struct reading *reading, struct slice word);
bool take_hex(struct reading *reading, struct slice word, unsigned digits, uint32_t *number);

/* False, and rejected, when another sign (":=" and the like) stands behind the colon in the place of a value.
 */
bool one_sign(struct reading *reading);

/* Fields. All of them report what is wrong and return false then; `name` says what the field is. */
bool take_word(struct reading *reading, const char *name, struct slice *word);
bool take_field(struct reading *reading, const char *name, struct slice *word);
bool no_control(struct reading *reading, const char *name);
/* Rejects the line: a } stands at `at`, and no group is open. */
bool unopened(struct reading *reading, const char *at);
/* "C:", where a line of its own should start. */
bool starts_line(struct slice word);
/* A word that has no place in the line. A brace in it rejects the line, whose limits it may be. */
bool extra_word(struct reading *reading, struct slice word);
/* extra_word for all words up to the next group or the end. */
bool extra_words(struct reading *reading);
/* The end of the statement: what is left are extra words; one remark tells how many there were in all. */
bool finish(struct reading *reading);

/* The 14 bytes of a DES key, however they are glued. */
bool read_key(struct reading *reading);
/* Rejects a key with more than 14 bytes. `least` pairs of digits behind it are no other field. */
bool key_ends(struct reading *reading, size_t least);

/* The groups that the reading is in front of. */
bool read_limits(struct reading *reading);
bool read_channels(struct reading *reading);
bool read_windows(struct reading *reading);
bool read_sids(struct reading *reading);

/* What follows the colon, by the directive's shape. */
bool read_letter_line(struct reading *reading);
bool read_option(struct reading *reading);

#endif
