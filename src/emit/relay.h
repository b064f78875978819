/* Handing text to another thread, so that it is rendered here while it is proved and written there. */
#ifndef CC2OSCAM_RELAY_H
#define CC2OSCAM_RELAY_H

#include "cc2oscam/text.h"

struct relay;

/* A relay to `sink`, which is called from one thread at a time: from the caller's for the first piece, and
 * from a thread of the relay's own for all further ones. NULL when there is no memory for it. */
struct relay *relay_new(const struct sink *sink);
/* Takes the next piece; a sink's write function. What the sink returned for an earlier piece may be returned.
 */
int relay_write(void *context, const char *text, size_t len);
/* Waits until all is written, frees the relay, and returns the sink's last result. */
int relay_end(struct relay *relay);

#endif
