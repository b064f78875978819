/* The table of listeners. See listeners.h. */
#include "cc2oscam/listeners.h"

#include "values.h"

enum { TRANSPORT_TCP, TRANSPORT_UDP, OF_OWN = 0, OF_REMOTE };

const struct listener listeners[] = {
#define CC2OSCAM_LISTENER(port, address, transport, form, whose, word, other)                                \
	{KEY_##port, KEY_##address, TRANSPORT_##transport == TRANSPORT_UDP, OF_##whose == OF_REMOTE,         \
		LISTENER_##form, {word, other}},
#include "cc2oscam/listeners.def"
#undef CC2OSCAM_LISTENER
};

const size_t listener_count = sizeof listeners / sizeof *listeners;

const struct listener *listener_of(enum schema_key_id port)
{
	for (size_t i = 0; i < listener_count; i++)
		if (listeners[i].port == port)
			return &listeners[i];
	return NULL;
}

bool listener_next(const struct listener *listener, struct slice *value, struct slice *port)
{
	return listener->form == LISTENER_TABLE ? next_port_of_table(value, port)
						: next_item(value, ',', port);
}
