/* Text on its way to a sink. See spool.h. */
#include "spool.h"

#include <errno.h>

enum { SPOOL_WORTH = 64 * 1024 };

size_t utf8_columns(struct slice text)
{
	size_t columns = 0;

	for (size_t i = 0; i < text.len; i++)
		columns += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	return columns;
}

static void add_text(struct buffer *buffer, struct slice text, bool harmless)
{
	for (size_t i = 0; i < text.len;) {
		struct slice left = {text.at + i, text.len - i};
		size_t len = utf8_length(left);
		bool shown = true;
		if (len == 0)
			buffer_add(buffer, "\xef\xbf\xbd", 3);
		else if (harmless && (shown_bytes(left, &shown), !shown))
			buffer_add(buffer, "?", 1);
		else
			buffer_add(buffer, text.at + i, len);
		i += len == 0 ? 1 : len;
	}
}

void add_utf8(struct buffer *buffer, struct slice text)
{
	add_text(buffer, text, false);
}

void add_harmless(struct buffer *buffer, struct slice text)
{
	add_text(buffer, text, true);
}

static void hand_over(struct spool *spool)
{
	if (spool->text.len > 0 && spool->error == 0 &&
		!spool->sink->write(spool->sink->context, spool->text.at, spool->text.len))
		spool->error = errno ? errno : EIO;
	spool->text.len = 0;
}

void spool_check(struct spool *spool)
{
	if (spool->text.len >= SPOOL_WORTH)
		hand_over(spool);
}

bool spool_end(struct spool *spool)
{
	hand_over(spool);
	buffer_free(&spool->text);
	if (spool->error != 0)
		errno = spool->error;
	return spool->error == 0;
}
