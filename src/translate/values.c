/* What OSCam's fixed buffers and its line format can hold (oscam.md, Lengths). */
#include "translator.h"

#include <string.h>

bool value_fits(
	struct translator *t, const struct statement *s, const char *what, struct slice value, size_t most)
{
	if (value.len <= most)
		return true;
	(void)ledger_find(t->ledger, CODE_VALUE_TOO_LONG, statement_place(t, s, value.at),
		"the %s has %zu bytes; OSCam keeps %zu", what, value.len, most);
	return false;
}

/* device = host,port is split at the comma; 127 bytes of it are kept. */
bool host_fits(struct translator *t, const struct statement *s, struct slice host)
{
	const char *comma = memchr(host.at, ',', host.len);

	if (comma) {
		(void)ledger_find(t->ledger, CODE_BAD_VALUE, statement_place(t, s, comma),
			"the host has a comma, where OSCam would split it");
		return false;
	}
	return value_fits(t, s, "host", host, 127);
}
