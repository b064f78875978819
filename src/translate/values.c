/* Whether a value fits into OSCam's buffers and lines (oscam.md, Lengths). */
#include "translator.h"

#include <string.h>

bool value_fits(
	struct translator *t, const struct statement *s, const char *what, struct slice value, size_t most)
{
	if (value.len <= most)
		return true;
	say(t, s, CODE_VALUE_TOO_LONG, value.at, "the %s has %zu bytes; OSCam keeps %zu", what, value.len,
		most);
	return false;
}

/* device = host,port is split at the comma; 127 bytes of it are kept. */
static bool fits_device(
	struct translator *t, const struct statement *s, const char *what, struct slice value, size_t most)
{
	const char *comma = value.len > 0 ? memchr(value.at, ',', value.len) : NULL;

	if (comma) {
		say(t, s, CODE_BAD_VALUE, comma, "the %s has a comma, where OSCam would split it", what);
		return false;
	}
	return value_fits(t, s, what, value, most);
}

bool host_fits(struct translator *t, const struct statement *s, struct slice host)
{
	if (host.len > 0 && (host.at[0] == '[' || host.at[host.len - 1] == ']')) {
		say(t, s, CODE_BAD_VALUE, host.at,
			"OSCam looks up the host with its brackets, and would not find it");
		return false;
	}
	return fits_device(t, s, "host", host, HOST_MAX);
}

/* A slot's number comes behind it. */
bool device_fits(struct translator *t, const struct statement *s, struct slice device)
{
	return fits_device(t, s, "device", device, HOST_MAX - 2);
}
