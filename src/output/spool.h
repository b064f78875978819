/* Text on its way to a sink: small pieces are collected, and text of others is made safe to show. */
#ifndef CC2OSCAM_SPOOL_H
#define CC2OSCAM_SPOOL_H

#include "cc2oscam/text.h"

/* Adds the text; what is no UTF-8 becomes the replacement character, byte by byte. */
void add_utf8(struct buffer *buffer, struct slice text);
/* The same, and bytes that could move the cursor become '?'. */
void add_harmless(struct buffer *buffer, struct slice text);
/* How many characters the text has, which is all UTF-8. */
size_t utf8_columns(struct slice text);

/* Collects small pieces before they go to the sink. */
struct spool {
	const struct sink *sink;
	struct buffer text;
	int error; /* errno of the first refusal; nothing is written after it */
};
/* To be called now and then: hands over the collected text once it is large enough. */
void spool_check(struct spool *spool);
/* Hands over the rest and frees. False with errno. */
bool spool_end(struct spool *spool);

#endif
