/* Which servers a fleet hangs on: each with the receivers that use it, whatever their number, in memory that
 * does not depend on it. */
#ifndef CC2OSCAM_BATCH_SERVERS_H
#define CC2OSCAM_BATCH_SERVERS_H

#include <stdio.h>

#include "cc2oscam/model.h"

struct servers;

/* `folder` is where a file without a name may be made. */
struct servers *servers_new(const char *folder);
/* The servers of one receiver; several threads may call it. `ticket` and `part` give its place among the
 * receivers. */
void servers_add(
	struct servers *servers, uint64_t ticket, uint32_t part, const char *name, const struct model *model);
/* How much of the table is printed. */
struct servers_shown {
	uint32_t servers, receivers; /* at most; receivers of each server */
	uint32_t columns;            /* for the receivers of one server; the first is always there */
};

/* Prints them, those with the most receivers first, then by name, and how many are left out. `redact` hides
 * the servers' names. Returns 0, or -1 with errno set: what was added could not be kept. */
int servers_print(struct servers *servers, FILE *to, const struct servers_shown *shown, bool redact);
void servers_free(struct servers *servers);

#endif
