/* What the parsers of the side files share. */
#ifndef CC2OSCAM_CCCAM_SIDE_H
#define CC2OSCAM_CCCAM_SIDE_H

#include "cc2oscam/sidefiles.h"
#include "cc2oscam/table.h"

/* The line without blanks at its ends. True when nothing is to be read from it: it is blank or begins with #,
 * ; or //, and has its fate now. */
bool side_skip(struct ledger *ledger, const struct line *line, struct slice *text);
/* Where a comment starts: one of # ; // behind a blank. The end of the text when there is none. */
const char *side_comment(struct slice text);

void side_directive(struct ledger *ledger, const struct line *line, enum side_directive directive);
/* A finding at `at`, a pointer into the line, and its fate. Messages hold no text of the line that is not
 * known to be a number: an option may name the wrong file, one with passwords. */
void side_find(struct ledger *ledger, const struct line *line, const char *at, enum code code, enum fate fate,
	const char *format, ...) __attribute__((format(printf, 6, 7)));

/* The digits of a hexadecimal number, in front of which 0x may stand: said once for a line. */
struct slice side_digits(struct ledger *ledger, const struct line *line, struct slice word);

/* side_cards.c: one card of a list. */
struct side_card {
	struct slice text; /* where it stands */
	uint32_t ident;
	uint16_t caid, sid;
	bool has_ident, has_sid;
};
/* Whose cards they are: of P: lines, of I: lines, of names. */
enum side_form { CARDS_PREFERRED, CARDS_IGNORED, CARDS_NAMED };
/* Reads "caid:ident:sid, ..." into `cards`, which is emptied first. Either all of them have a service id or
 * none; those of names have an ident and a service id. False, with a finding and the line rejected, when any
 * of it cannot be read for certain. */
bool side_cards(struct ledger *ledger, const struct line *line, struct slice text, enum side_form form,
	struct list *cards);

/* side_mended.c: what a line of this form starts with: "I: ". */
const char *side_form_start(enum side_form form);
/* The hint of the finding just made: the numbers of one card as they are to be written, if that is clear. */
void side_hint_mended(struct ledger *ledger, const struct line *line, enum side_form form, struct slice text);
/* What stands in front of a name: a sign that is no part of it is left out, with a finding. */
struct slice side_name_start(struct ledger *ledger, const struct line *line, struct slice text);

/* The name behind a key, in quotation marks or not. Empty when the line is rejected or has no name; the fate
 * is set then. With `remarks` any words may follow it. */
struct slice side_name(struct ledger *ledger, const struct line *line, struct slice text, bool remarks);

/* Names that are known already, by what they belong to. */
struct side_names {
	struct ledger *ledger;
	struct list *entries; /* struct side_name */
	struct table known;
	struct list cards; /* struct side_card, of the line at hand */
};
/* Walks the lines of the ledger's source and has each that is no comment read into the list. */
void side_names_read(struct ledger *ledger, struct list *entries,
	void (*read_line)(struct side_names *names, const struct line *line, struct slice text));
/* Adds an entry, or says that it stands on an earlier line, which then is the line's target. */
void side_names_add(struct side_names *names, const struct line *line, struct side_name entry);

#endif
