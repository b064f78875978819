/* Text that waits for its turn to be printed: a little of it in memory, the rest in a file without a name,
 * which is gone when the program ends, however it ends. */
#ifndef CC2OSCAM_BATCH_TEXT_H
#define CC2OSCAM_BATCH_TEXT_H

#include <stdio.h>

#include "cc2oscam/text.h"

struct batch_text {
	const char *folder; /* where the file is made */
	struct buffer last; /* what is not in the file */
	int file;           /* or 0: none yet */
	int error;          /* errno of the first failure; the text is not whole then */
};

/* A sink's write; `text` is a struct batch_text. False with errno. */
bool batch_text_add(void *text, const char *at, size_t len);
/* Nothing is in it afterwards. */
void batch_text_clear(struct batch_text *text);
/* Returns 0, or -1 with errno set: what waited cannot be read. */
int batch_text_print(const struct batch_text *text, FILE *to);
void batch_text_free(struct batch_text *text);

#endif
