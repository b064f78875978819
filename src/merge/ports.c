/* The ports that OSCam's listeners open: no two may open the same one. */
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

bool merge_has_port(struct slice ports, struct slice port)
{
	while (ports.len > 0)
		if (slice_equal(slice_cut(&ports, ','), port))
			return true;
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

static void say_conflict(
	struct merge *m, struct slice port, const struct listener *ours, const struct listener *other)
{
	const struct schema_key *a = schema_key(ours->port), *b = schema_key(other->port);

	(void)ledger_find(m->ledger, CODE_PORT_CONFLICT, (struct place){m->ledger->source, 0, 0},
		"[%s] %s and [%s] %s would both open port %.*s",
		schema_section_name((enum schema_section)a->section), a->name,
		schema_section_name((enum schema_section)b->section), b->name, SLICE_ARG(port));
}

/* A port that was just set, beside those of the other listeners; two that were set are said once. */
static void check_port(struct merge *m, const struct document *document, size_t which, struct slice port)
{
	struct slice value;

	for (size_t i = 0; i < listener_count; i++) {
		if (i == which || listeners[i].remote || listeners[i].udp != listeners[which].udp ||
			(i < which && merge_was_set(m, listeners[i].port, &value)))
			continue;
		if (opens_port(&listeners[i], merge_conf_final(m, document, listeners[i].port),
			    number_prefix(port)))
			say_conflict(m, port, &listeners[which], &listeners[i]);
	}
}

void merge_check_ports(struct merge *m, const struct document *document)
{
	for (size_t which = 0; which < listener_count; which++) {
		struct slice before = merge_conf_existing(m, document, listeners[which].port), value;
		if (listeners[which].remote || !merge_was_set(m, listeners[which].port, &value))
			continue;
		while (value.len > 0) {
			struct slice port = slice_cut(&value, ',');
			if (!merge_has_port(before, port))
				check_port(m, document, which, port);
		}
	}
}
