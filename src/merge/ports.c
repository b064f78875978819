/* The ports that OSCam's listeners open: no two may open the same one. */
#include "oscam/values.h"
#include "parts.h"

static const struct {
	uint16_t key;
	bool udp;
} listeners[] = {
	{KEY_webif_httpport, false},
	{KEY_cccam_port, false},
	{KEY_newcamd_port, false},
	{KEY_cs378x_port, false},
	{KEY_camd33_port, false},
	{KEY_radegast_port, false},
	{KEY_scam_port, false},
	{KEY_dvbapi_listen_port, false},
	{KEY_streamrelay_stream_relay_port, false},
	{KEY_cs357x_port, true},
	{KEY_gbox_port, true},
	{KEY_monitor_port, true},
	{KEY_pandora_pand_port, true},
	{KEY_cache_csp_port, true},
};

enum { LISTENERS = sizeof listeners / sizeof *listeners };

/* Ports are divided by commas in some keys and by semicolons in others, where the commas divide providers. */
static bool opens_port(enum schema_key_id key, struct slice value, int64_t port)
{
	char divider = key == KEY_cccam_port || key == KEY_gbox_port ? ',' : ';';

	while (value.len > 0) {
		struct slice item = slice_cut(&value, divider);
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
	for (unsigned i = 0; i < LISTENERS; i++)
		if (!listeners[i].udp && opens_port((enum schema_key_id)listeners[i].key,
						 merge_conf_final(m, document, listeners[i].key), port))
			return true;
	return false;
}

static void say_conflict(struct merge *m, struct slice port, unsigned ours, unsigned other)
{
	const struct schema_key *a = schema_key((enum schema_key_id)ours);
	const struct schema_key *b = schema_key((enum schema_key_id)other);

	(void)ledger_find(m->ledger, CODE_PORT_CONFLICT, (struct place){m->ledger->source, 0, 0},
		"[%s] %s and [%s] %s would both open port %.*s",
		schema_section_name((enum schema_section)a->section), a->name,
		schema_section_name((enum schema_section)b->section), b->name, SLICE_ARG(port));
}

/* A port that was just set, beside those of the other listeners; two that were set are said once. */
static void check_port(struct merge *m, const struct document *document, unsigned which, struct slice port)
{
	struct slice value;

	for (unsigned i = 0; i < LISTENERS; i++) {
		if (i == which || listeners[i].udp != listeners[which].udp ||
			(i < which && merge_was_set(m, listeners[i].key, &value)))
			continue;
		if (opens_port((enum schema_key_id)listeners[i].key,
			    merge_conf_final(m, document, listeners[i].key), number_prefix(port)))
			say_conflict(m, port, listeners[which].key, listeners[i].key);
	}
}

void merge_check_ports(struct merge *m, const struct document *document)
{
	for (unsigned which = 0; which < LISTENERS; which++) {
		struct slice before = merge_conf_existing(m, document, listeners[which].key), value;
		if (!merge_was_set(m, listeners[which].key, &value))
			continue;
		while (value.len > 0) {
			struct slice port = slice_cut(&value, ',');
			if (!merge_has_port(before, port))
				check_port(m, document, which, port);
		}
	}
}
