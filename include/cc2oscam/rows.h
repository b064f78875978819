/* How OSCam reads its files without sections: oscam.dvbapi, oscam.provid, oscam.srvid and oscam.srvid2. */
#ifndef CC2OSCAM_ROWS_H
#define CC2OSCAM_ROWS_H

#include "cc2oscam/model.h"
#include "cc2oscam/table.h"

enum row_event {
	ROW_NOTHING, /* skipped in silence: blank, a comment, no line of this file */
	ROW_READ,
	ROW_OTHER /* it says more or something else than a struct row can, or is longer than OSCam reads */
};

/* Whether the file has rows, not sections. */
bool oscam_has_rows(enum oscam_file file);
/* The model's rows of such a file; NULL of oscam.srvid, which is never written. */
const struct list *oscam_rows(const struct model *model, enum oscam_file file);
/* So many bytes of a line, its end not counted, are safely read as one. Of oscam.dvbapi fewer than
 * DVBAPI_BYTES: a row that the program writes stays well below what OSCam reads at a time. */
size_t oscam_row_max(enum oscam_file file);
/* One line, with or without its end. The row's name is a part of it. */
enum row_event oscam_read_row(enum oscam_file file, struct slice line, struct row *row);
/* How many lines say something. */
unsigned long oscam_count_rows(enum oscam_file file, const struct source *text);

/* Whether two rows are about the same: names are no part of that. */
bool row_same_card(const struct row *a, const struct row *b);

/* Rows, and what finds one that is about the same. */
struct row_set {
	struct table table;
	struct list *rows; /* struct row */
};
/* The first such row, or NULL. */
const struct row *row_set_find(const struct row_set *set, const struct row *row);
/* Adds a row at the end of the list. */
struct row *row_set_add(struct row_set *set, struct row row);

/* OSCam skips shorter lines of the files with names. */
enum { SHORTEST_PROVID = 11, SHORTEST_SRVID = 6 };
/* OSCam warns of its load when there are more names of channels. */
enum { CHANNELS_MOST = 2000 };

/* Up to the next : or @, which mean the same. */
struct slice row_cut_number(struct slice *rest);

/* prio.c: the P: and I: rows of oscam.dvbapi, with the numbers that say what they are for. */
enum { PRIO_CAID, PRIO_IDENT, PRIO_SID, PRIO_PID, PRIO_CHID, PRIO_NUMBERS };
/* OSCam reads one number more of such a row. */
enum { ROW_NUMBERS = PRIO_NUMBERS + 1 };
/* The hexadecimal digits that each of them may have. */
extern const unsigned row_digits[ROW_NUMBERS];
/* Takes the number of that place from a row; an empty one is 0. False: it is no hexadecimal number, or has
 * too many digits. */
bool row_take_number(struct slice *rest, int place, uint32_t *number);

#define PRIO_ANY UINT32_MAX

struct prio_row {
	uint32_t number[PRIO_NUMBERS]; /* PRIO_ANY: whatever it is */
	uint32_t line;                 /* the caller's */
	char kind;                     /* 'P' or 'I' */
	bool list;                     /* several cards, of which OSCam reads what stands before the comma */
	bool tail;                     /* the caller's: the end of a line that is too long */
};

/* OSCam reads so many bytes of a line of oscam.dvbapi at a time, and what is behind is a row of its own, also
 * behind a comment. */
enum { DVBAPI_BYTES = 127 };
/* The next of these pieces. */
struct slice oscam_cut_row(struct slice *rest);

/* The P: rows of a file so far, each once. */
struct prio_rows {
	struct keys numbers;
	struct list list; /* struct prio_row */
};

/* False: no such row, or one that OSCam skips. */
bool oscam_read_prio(struct slice line, struct prio_row *row);
void prio_rows_start(struct prio_rows *rows, struct arena *arena);
/* A row that is no P: row is left alone. */
void prio_rows_add(struct prio_rows *rows, const struct prio_row *row);
/* The P: row because of which OSCam never takes this I: row behind it, or NULL. */
const struct prio_row *prio_rows_hide(const struct prio_rows *rows, const struct prio_row *row);

#endif
