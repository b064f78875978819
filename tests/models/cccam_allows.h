/* What CCcam allows by a CCcam.cfg: a slow model, written from the description of CCcam's language alone. */
#ifndef CC2OSCAM_TESTS_CCCAM_ALLOWS_H
#define CC2OSCAM_TESTS_CCCAM_ALLOWS_H

#include <stdbool.h>

enum {
	CCCAM_MOST = 64, /* entries of a list: the generator writes far fewer */
	CCCAM_UNLIMITED = 1000
};

struct cccam_entry {
	unsigned caid, ident, sid; /* 0: any */
	int count;
};

struct cccam_line {
	int number; /* in the file, from 1 */
	char kind;  /* C N L R F, or S for a card reader of our own */
	char host[128], user[64];
	int distance;         /* N L R: of the card; C: of the server's own cards */
	unsigned caid, ident; /* L R: the one card */
	int uphops;
	int limits, channels, windows;
	struct cccam_entry limit[CCCAM_MOST], channel[CCCAM_MOST], window[CCCAM_MOST];
	/* Where OSCam cannot say the same and a finding of the line says so, the wider reading counts. */
	bool hops_as_widest, odd_idents_wide, exceptions_wide;
};

struct cccam {
	int lines;
	struct cccam_line line[CCCAM_MOST];
	int limits, limits_number; /* GLOBAL LIMITS, and its line */
	struct cccam_entry limit[CCCAM_MOST];
};

/* A card as the server at the line offers it: "above" is 0 for a card of the server's own. */
struct cccam_card {
	unsigned caid, ident;
	int above;
};

void cccam_read(struct cccam *config, const char *path);

/* Our box itself gets the card through this line. */
bool cccam_receives(const struct cccam_line *server, const struct cccam_card *card);

/* How many levels the card may travel, the friend counted as one: 0 is not at all. */
int cccam_gives(const struct cccam *config, const struct cccam_line *friend, const struct cccam_line *server,
	const struct cccam_card *card, unsigned sid, int minute);

#endif
