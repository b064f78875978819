/* Which servers a fleet hangs on: each with the receivers that use it. */
#ifndef CC2OSCAM_BATCH_SERVERS_H
#define CC2OSCAM_BATCH_SERVERS_H

#include <stdio.h>

#include "cc2oscam/model.h"

/* Adds the names of the model's servers to the text: "host\0port\0protocol\0" each. */
void servers_of(const struct model *model, struct buffer *text);

struct servers;

struct servers *servers_new(void);
/* A receiver and its servers, as servers_of gives them; one thread at a time. */
void servers_add(struct servers *servers, const char *receiver, struct slice text);
/* How much of the table is printed. */
struct servers_shown {
	uint32_t servers, receivers; /* at most; receivers of each server */
	uint32_t columns;            /* for the receivers of one server; the first is always there */
};

/* Prints them, those with the most receivers first, then by name, and how many are left out. Receivers come
 * in the order in which they were added. `redact` hides the servers' names. */
void servers_print(const struct servers *servers, FILE *to, const struct servers_shown *shown, bool redact);
void servers_free(struct servers *servers);

#endif
