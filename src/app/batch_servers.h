/* Which servers a fleet hangs on: each with the receivers that use it. */
#ifndef CC2OSCAM_BATCH_SERVERS_H
#define CC2OSCAM_BATCH_SERVERS_H

#include <stdio.h>

#include "cc2oscam/model.h"
#include "cc2oscam/table.h"

struct servers {
	struct list servers, users; /* struct server, struct server_user */
	struct keys names;          /* of the servers */
};

/* Adds the names of the model's servers to the text: "host\0port\0protocol\0" each, behind its length. */
void servers_of(const struct model *model, struct buffer *text);

void servers_init(struct servers *servers, struct arena *arena);
/* A receiver and its servers, as servers_of gives them; one thread at a time. */
void servers_add(struct servers *servers, const char *receiver, struct slice text);
/* Prints them, those with the most receivers first, then by name. Receivers come in the order in which they
 * were added. Unless `all` are wanted, a part of the servers and of the receivers of each, and how many are
 * left out. `redact` hides the servers' names. */
void servers_print(const struct servers *servers, FILE *to, bool all, bool redact);

#endif
