/* What the files of the translation of side files share. */
#ifndef CC2OSCAM_TRANSLATE_SIDE_H
#define CC2OSCAM_TRANSLATE_SIDE_H

#include "cc2oscam/sidefiles.h"
#include "translator.h"

/* side_open.c: where a file that an option names is looked for, zero-terminated: under --root, else by its
 * base name beside CCcam.cfg. False: there is no such place. */
bool side_path(struct translator *t, struct slice named, struct slice *path);
/* Reads it into the arena. Returns NULL, or why it was not read; that is "No such file or directory" when it
 * is not there. */
const char *side_read(struct translator *t, struct slice path, struct source *source);

/* side_near.c: reads the file of an option: what the option names (empty: nothing), else, under --root, what
 * is at another known place of such a file. `path` becomes that of the file, or of the first place; empty
 * when there is none. Returns NULL, or why nothing was read, as side_read. */
const char *side_seek(struct translator *t, enum directive_id option, struct slice named, struct slice *path,
	struct source *source);
/* Where the file that was not read has to be put, and at which other places it was looked for. */
struct slice side_where(struct translator *t, const struct directive *option, struct slice path);
/* Says so when a file of that kind lies where CCcam has it, and no option names it. */
void side_say_unnamed(struct translator *t, enum directive_id option);

/* side_rows.c: entries become rows; `number` is the file's in the model's list, from 1. */
void translate_prio(struct translator *t, struct side_file *side, unsigned number);
void translate_providers(struct translator *t, struct side_file *side, unsigned number);
void translate_channelinfo(struct translator *t, struct side_file *side, unsigned number);

#endif
