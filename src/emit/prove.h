/* What the two files of the proof share. */
#ifndef CC2OSCAM_PROVE_H
#define CC2OSCAM_PROVE_H

#include "cc2oscam/rows.h"
#include "view.h"

/* Cuts text that comes in pieces, which may end anywhere, into lines with their line feed, and has each
 * checked. What has no end yet waits in `unfinished`. `pass`, or NULL, is shown the text from a line on, and
 * tells the length of that line where it knows already that the line is right, or 0. False: a check failed,
 * and the rest was not looked at. */
bool prove_lines(struct buffer *unfinished, size_t (*pass)(void *prover, struct slice text),
	bool (*check)(void *prover, struct slice line), void *prover, const char *text, size_t len);

/* emit_proved for a file without sections; messages are made in the arena. */
bool prove_rows(const struct emission *emission, enum oscam_file file, struct arena *arena,
	const struct sink *sink, struct template_error *error);

#endif
