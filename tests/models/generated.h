/* Files of a small universe, made from a seed. */
#ifndef CC2OSCAM_TESTS_GENERATED_H
#define CC2OSCAM_TESTS_GENERATED_H

#include <stdint.h>

struct dice {
	uint64_t state;
};

/* A number below "sides"; the same seed gives the same numbers everywhere. */
unsigned roll(struct dice *dice, unsigned sides);

void generate_cccam(struct dice *dice, const char *path);

/* oscam.conf, oscam.server, oscam.user and oscam.services about the same servers and users, and others. */
void generate_oscam(struct dice *dice, const char *folder);

/* The cards of the universe: caid and ident. */
extern const unsigned universe_cards[][2];
extern const unsigned universe_sids[];
extern const int universe_minutes[];
enum { UNIVERSE_CARDS = 9, UNIVERSE_SIDS = 3, UNIVERSE_MINUTES = 4, UNIVERSE_ABOVE = 4 };

#endif
