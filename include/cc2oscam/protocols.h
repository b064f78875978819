/* The protocols of OSCam's readers, whose words OSCam compares as they stand, in small letters; and the ports
 * that OSCam's configuration speaks of. */
#ifndef CC2OSCAM_PROTOCOLS_H
#define CC2OSCAM_PROTOCOLS_H

#include "cc2oscam/model.h"
#include "cc2oscam/target.h"

enum protocol_use {
	PROTOCOL_SERVER, /* connects to a server: device = host,port */
	PROTOCOL_CARD,   /* reads a card of this machine */
	PROTOCOL_OTHER
};

struct protocol {
	const char *word, *kept; /* as it is written, and as OSCam writes it back */
	struct lifespan known;
	enum protocol_use use;
	enum section_kind kind; /* of the sections that are made of CCcam.cfg; KIND_REMARK: of none */
};

extern const struct protocol protocol_table[];
extern const size_t protocol_count;

/* NULL: neither OSCam nor NCam knows the word. */
const struct protocol *protocol_find(struct slice word);
/* The same; also NULL when nothing that the target means knows it. */
const struct protocol *protocol_of(const struct target *target, struct slice word);
/* What readers made of such lines of CCcam.cfg have. */
const struct protocol *protocol_of_kind(enum section_kind kind);
/* False for words that are none. */
bool protocol_is(struct slice word, enum protocol_use use);

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
/* The port that OSCam makes of a number, of which 16 bits are kept; 0 opens none. */
unsigned port_kept(int64_t number);
/* The port of httpport without the plus in front, which asks for TLS. */
struct slice port_without_plus(struct slice port);
/* Takes the next port with what belongs to it from the value. False at the end. */
bool listener_next(const struct listener *listener, struct slice *value, struct slice *port);

#endif
