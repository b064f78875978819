/* What the files about wrong words on the command line share. */
#ifndef CC2OSCAM_WORDS_PARTS_H
#define CC2OSCAM_WORDS_PARTS_H

#include "app.h"

/* Adds a blank and the word as a shell takes it; `before`: the word before it, or NULL, for a value of --set
 * may be a password. */
void words_add(struct buffer *text, const char *before, const char *word);
/* Adds the command line with `right` in the place of `wrong`, which is one of its words; left out where
 * `right` is "". */
void words_add_corrected(
	struct buffer *text, const struct request *request, const char *wrong, const char *right);
/* "\n  cc2oscam COMMAND FIRST SECOND"; NULL: there is none. */
void words_add_command(struct buffer *text, const char *command, const char *first, const char *second);
/* The path of CCcam.cfg directly in the folder, in the arena; NULL: there is none. */
const char *words_file_inside(struct arena *arena, const char *folder);
/* The place of the word among the names; -1: it is none of them. */
int words_position(const char *word, const char *const *names, size_t count);

#endif
