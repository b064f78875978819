/* Commands that a person is to type. */
#ifndef CC2OSCAM_SHELL_H
#define CC2OSCAM_SHELL_H

#include "cc2oscam/text.h"

/* A blank and a word of such a command: in quotes when the shell would take it for something else. */
void add_shell_word(struct buffer *text, const char *word);
/* The word in the arena, zero-terminated. */
const char *shell_word(struct arena *arena, const char *word);

#endif
