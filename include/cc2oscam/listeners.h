/* The ports that OSCam's configuration speaks of. */
#ifndef CC2OSCAM_LISTENERS_H
#define CC2OSCAM_LISTENERS_H

#include "cc2oscam/schema.h"

enum listener_form { LISTENER_ONE, LISTENER_LIST, LISTENER_TABLE };

struct listener {
	enum schema_key_id port;
	enum schema_key_id address; /* what it is bound to, or KEY_NONE */
	bool udp;
	bool remote; /* another program listens there */
	enum listener_form form;
	const char *words[2]; /* of allowedprotocols, where an account logs in with a password; else NULL */
};

/* All of them. */
extern const struct listener listeners[];
extern const size_t listener_count;
/* The one of this key; NULL: it says no port. */
const struct listener *listener_of(enum schema_key_id port);
/* Takes the next port with what belongs to it from the value. False at the end. */
bool listener_next(const struct listener *listener, struct slice *value, struct slice *port);

#endif
