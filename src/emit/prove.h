/* What the two files of the proof share. */
#ifndef CC2OSCAM_PROVE_H
#define CC2OSCAM_PROVE_H

#include "cc2oscam/rows.h"
#include "view.h"

/* emit_proved for a file without sections; messages are made in the arena. */
int prove_rows(const struct emission *emission, enum oscam_file file, struct arena *arena,
	const struct sink *sink, struct template_error *error);

#endif
