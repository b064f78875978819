/* Which program OSCam's files are for: OSCam with or without the emulator, or NCam, and in which version.
 * What a key, a word or a limit needs to be known there is its lifespan. */
#ifndef CC2OSCAM_TARGET_H
#define CC2OSCAM_TARGET_H

#include "cc2oscam/text.h"

/* As bits. The sets are the words of schema.def and the other tables. */
enum program {
	PROGRAM_OSCAM = 1, /* without the emulator */
	PROGRAM_EMU = 2,   /* oscam-emu */
	PROGRAM_NCAM = 4,
	PROGRAMS_ALL = PROGRAM_OSCAM | PROGRAM_EMU | PROGRAM_NCAM,
	PROGRAMS_OSCAMS = PROGRAM_OSCAM | PROGRAM_EMU,
	PROGRAMS_EMUS = PROGRAM_EMU | PROGRAM_NCAM,
	PROGRAMS_NCAM = PROGRAM_NCAM
};

/* Versions of OSCam as numbers: 22601 is 2.26.01. These are the ones that the schema knows. */
enum { OSCAM_OLDEST = 22407, OSCAM_NEWEST = 22605 };
#define OSCAM_OLDEST_NAME "2.24.07"
#define OSCAM_NEWEST_NAME "2.26.05"

struct target {
	uint32_t oldest, newest; /* versions of OSCam that are meant, both included; of NCam one is known */
	uint8_t programs;        /* those that are meant; 0: as for "any" */
};

/* Who knows a thing. */
struct lifespan {
	uint32_t since, until; /* the first OSCam that knows it, and the first that no longer does; 0: none */
	uint8_t programs;
};

/* Whether the programs that a target means know a thing. */
enum knowledge { KNOWN_BY_NONE, KNOWN_BY_SOME, KNOWN_BY_ALL };

/* "any", "oscam", "oscam-emu" or "ncam", each also with a version behind it: "oscam-2.26",
 * "oscam-emu-2.26.05". False: `why` says what is wrong. */
bool target_read(struct slice text, struct target *target, struct buffer *why);

/* The number-th of these four words, from 0 on; NULL after the last. */
const char *target_word(size_t number);

/* Since when OSCam takes nothing but whole numbers for groups, and 128 groups and services where it is built
 * for 64 bits, in place of 64. */
extern const struct lifespan numbers_of_2604;
/* The OSCams before that, and those from then on. */
extern const struct target before_2604, from_2604;
/* The emulator, and with it the protocol emu. */
extern const struct lifespan emulator;

enum knowledge target_knows(const struct target *target, const struct lifespan *span);

bool target_is_ncam(const struct target *target);
/* Text of ours with NCam's name, and those of its files, in place of OSCam's; the text itself where it has
 * none. */
const char *ncam_text(struct arena *arena, const char *text);
extern const struct target target_ncam;
/* With the version where one is meant: "OSCam 2.26.05", "OSCam 2.24.07 to 2.26.05", "NCam". */
struct slice target_name(const struct target *target, struct arena *arena);
/* As --target has it: "oscam-emu-2.26.05"; empty for "any". */
struct slice target_option(const struct target *target, struct arena *arena);
/* What stands behind "known to": "OSCam from 2.26.01 on and to NCam". */
struct slice lifespan_name(const struct lifespan *span, struct arena *arena);
/* The target nearest to the one that is meant and that knows the thing, as --target has it: "oscam-2.26.05".
 */
struct slice lifespan_target(const struct lifespan *span, const struct target *target, struct arena *arena);

#endif
