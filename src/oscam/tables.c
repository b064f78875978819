/* The tables of protocols, of listeners, and of settings that only changed versions of OSCam know. */
#include "cc2oscam/protocols.h"
#include "values.h"

const struct protocol protocol_table[] = {
#define CC2OSCAM_PROTOCOL(word_, kept_, use_, kind_, programs_)                                              \
	{.word = (word_),                                                                                    \
		.kept = (kept_),                                                                             \
		.known = {0, 0, PROGRAMS_##programs_},                                                       \
		.use = PROTOCOL_##use_,                                                                      \
		.kind = KIND_##kind_},
#include "cc2oscam/protocols.def"
#undef CC2OSCAM_PROTOCOL
};

const size_t protocol_count = sizeof protocol_table / sizeof *protocol_table;

const struct protocol *protocol_find(struct slice word)
{
	for (size_t i = 0; i < protocol_count; i++)
		if (slice_equal(word, slice_of(protocol_table[i].word)))
			return &protocol_table[i];
	return NULL;
}

const struct protocol *protocol_of(const struct target *target, struct slice word)
{
	const struct protocol *protocol = protocol_find(word);

	return protocol && target_knows(target, &protocol->known) != KNOWN_BY_NONE ? protocol : NULL;
}

const struct protocol *protocol_of_kind(enum section_kind kind)
{
	size_t i = 0;

	while (protocol_table[i].kind != kind)
		i++;
	return &protocol_table[i];
}

bool protocol_is(struct slice word, enum protocol_use use)
{
	const struct protocol *protocol = protocol_find(word);

	return protocol && protocol->use == use;
}

/* ---- listeners ---- */

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

unsigned port_kept(int64_t number)
{
	return (unsigned)((uint64_t)number & PORT_MOST);
}

struct slice port_without_plus(struct slice port)
{
	return slice_starts(port, SLICE("+")) ? slice_skip(port, 1) : port;
}

bool listener_next(const struct listener *listener, struct slice *value, struct slice *port)
{
	return listener->form == LISTENER_TABLE ? next_port_of_table(value, port)
						: next_item(value, ',', port);
}

/* ---- settings that neither OSCam nor NCam knows ---- */

#define FORK_2601 "a fork of OSCam 2.26.01 that compares control words"

static const struct {
	enum schema_section section; /* SECTION_NONE: in all of them */
	const char *name, *origin;
} foreign_settings[] = {
	{SECTION_NONE, "icam", "a patched OSCam for icam cards"},
	{SECTION_global, "cwvote_enabled", FORK_2601},
	{SECTION_global, "cwvote_log_enabled", FORK_2601},
	{SECTION_global, "cwvote_timeout", FORK_2601},
	{SECTION_global, "cwvote_min_votes", FORK_2601},
	{SECTION_global, "cwvote_local_weight", FORK_2601},
	{SECTION_global, "cwvote_max_candidates", FORK_2601},
	{SECTION_global, "cwvote_compare_len", FORK_2601},
	{SECTION_global, "cwvote_fallback", FORK_2601},
	{SECTION_global, "cwvote_caids", FORK_2601},
};

const char *schema_foreign(enum schema_section section, struct slice name)
{
	for (size_t i = 0; i < sizeof foreign_settings / sizeof *foreign_settings; i++)
		if ((foreign_settings[i].section == SECTION_NONE || foreign_settings[i].section == section) &&
			slice_equal_nocase(name, slice_of(foreign_settings[i].name)))
			return foreign_settings[i].origin;
	return NULL;
}
