/* The ports of TCP that OSCam's listeners open. */
#include "cc2oscam/listeners.h"
#include "oscam/values.h"
#include "parts.h"

static bool opens_port(const struct listener *listener, struct slice value, int64_t port)
{
	struct slice item;

	while (value.len > 0 && listener_next(listener, &value, &item)) {
		if (item.len > 0 && item.at[0] == '+')
			item = (struct slice){item.at + 1, item.len - 1};
		if (number_prefix(item) == port)
			return true;
	}
	return false;
}

bool merge_port_is_open(const struct merge *m, const struct document *document, int64_t port)
{
	for (size_t i = 0; i < listener_count; i++)
		if (!listeners[i].udp && !listeners[i].remote &&
			opens_port(&listeners[i], merge_conf_final(m, document, listeners[i].port), port))
			return true;
	return false;
}
