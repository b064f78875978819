/* The table of protocols, and the look-up. See protocols.h. */
#include "cc2oscam/protocols.h"

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
