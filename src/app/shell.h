/* Commands that a person is to type. */
#ifndef CC2OSCAM_SHELL_H
#define CC2OSCAM_SHELL_H

#include "cc2oscam/text.h"

/* A blank and a word of such a command: in quotes when the shell would take it for something else. */
void add_shell_word(struct buffer *text, const char *word);
/* The same of a file's or folder's name, which is no option even where it begins with "-"; "-" alone stays.
 */
void add_shell_file(struct buffer *text, const char *name);
/* That name in the arena, zero-terminated. */
const char *shell_file(struct arena *arena, const char *name);

#endif
