/* What OSCam allows by its files: a slow model, written from the description of OSCam's parser alone. */
#ifndef CC2OSCAM_TESTS_OSCAM_ALLOWS_H
#define CC2OSCAM_TESTS_OSCAM_ALLOWS_H

#include <stdbool.h>
#include <stdint.h>

enum {
	OSCAM_ITEMS = 128, /* of one kind: the generator brings about far fewer */
};

struct oscam_pairs { /* caid:ident,ident;... or CAID&mask, as pairs */
	int count;
	unsigned caid[OSCAM_ITEMS], other[OSCAM_ITEMS];
};

struct oscam_filter {
	uint64_t groups;
	struct oscam_pairs caids, idents;
	uint64_t services, no_services; /* by the section's number */
};

struct oscam_reader {
	char label[64], protocol[32], host[128], user[64];
	struct oscam_filter filter;
	int enable, maxhops, hop, reshare;
};

struct oscam_account {
	char user[64];
	struct oscam_filter filter;
	int disabled, maxhops, reshare, windows;
	int from[OSCAM_ITEMS], to[OSCAM_ITEMS];
	char protocols[64];
};

struct oscam_service {
	char label[64];
	struct oscam_pairs caids, idents, sids; /* in "caid" of each */
};

struct oscam {
	int readers, accounts, services;
	struct oscam_reader reader[OSCAM_ITEMS];
	struct oscam_account account[OSCAM_ITEMS];
	struct oscam_service service[64];
	int reshare; /* [cccam] */
	char tuner[64];
};

struct oscam_request {
	unsigned caid, ident, sid;
	int above; /* hops that the server tells, 0 for a card of its own */
	int minute;
};

void oscam_read(struct oscam *config, const char *folder);

/* How many levels the card may travel, the account counted as one: 0 is not at all. The tuner of the box
 * is no client of a server: hops do not count for it. */
int oscam_gives(const struct oscam *config, const struct oscam_account *account,
	const struct oscam_reader *reader, const struct oscam_request *request);

#endif
