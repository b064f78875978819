/* Checks of the ports that OSCam listens on: their range, and two on one. */
#include "cc2oscam/protocols.h"
#include "checks.h"

enum { PRIVILEGED_BELOW = 1024 };

/* ---- one port ---- */

static void say_port(struct checking *c, const struct setting *setting, struct slice text, const char *does)
{
	(void)found(c, CODE_PORT_RANGE, setting->at->line, text.at,
		"%s: \"%.*s\" is no port from 1 to 65535%s", key_name(setting->key),
		SLICE_ARG(shown(c, text)), does);
}

static void check_privileged(struct checking *c, const struct setting *setting, struct slice text)
{
	int64_t number = number_prefix(text);

	if (number > 0 && number < PRIVILEGED_BELOW)
		(void)found(c, CODE_PORT_PRIVILEGED, setting->at->line, text.at,
			"%s = %lld: only root may open ports below 1024", key_name(setting->key),
			(long long)number);
}

static void check_number_of(struct checking *c, const struct setting *setting, struct slice text)
{
	const struct listener *row = listener_of(setting->key);
	int64_t number = number_prefix(text);
	uint64_t unused;

	if (setting->key == KEY_webif_httpport &&
		!parse_decimal(text, UINT32_MAX, &unused)) /* no number to OSCam */
		say_port(c, setting, text, number == 0 ? ", and OSCam opens none" : "");
	else if (number < 0 || number > PORT_MOST)
		say_port(c, setting, text,
			row->remote ? "" : arena_format(c->arena, "; OSCam opens %u", port_kept(number)).at);
	else if (!row->remote)
		check_privileged(c, setting, text);
}

/* Of a list or table each port is looked at; what else is wrong with it is a loss of the value. */
void check_port(struct checking *c, const struct setting *setting)
{
	const struct listener *listener = listener_of(setting->key);
	struct slice rest = setting->value, port;

	if (listener && listener->form != LISTENER_ONE) {
		while (listener_next(listener, &rest, &port))
			check_privileged(c, setting, port);
		return;
	}
	if (listener)
		check_number_of(
			c, setting, setting->key == KEY_webif_httpport ? port_without_plus(rest) : rest);
}

/* ---- two on one ---- */

struct open_port {
	struct slice text;    /* the port's, in its setting */
	struct slice address; /* what it is bound to; empty: all */
	uint32_t line;
	uint16_t port;
	const struct listener *row;
};

struct open_ports {
	struct list all; /* struct open_port */
	struct table table;
};

static const char *key_section(enum schema_key_id key)
{
	return schema_section_name((enum schema_section)schema_key(key)->section);
}

static void add_port(struct checking *c, struct open_ports *open, const struct open_port *made)
{
	uint64_t hash =
		slice_hash((struct slice){(const char *)&made->port, sizeof made->port}, made->row->udp);

	table_each (walk, &open->table, hash) {
		const struct open_port *first = list_at(&open->all, walk.number);
		if (first->port != made->port || first->row->udp != made->row->udp ||
			(first->address.len > 0 && made->address.len > 0 &&
				!slice_equal(first->address, made->address)))
			continue;
		(void)found(c, CODE_PORT_CONFLICT, made->line, made->text.at,
			"port %u of [%s] is that of [%s]%.*s already; only one of them can open it",
			(unsigned)made->port, key_section(made->row->port), key_section(first->row->port),
			SLICE_ARG(on_line(c, first->line)));
		return;
	}
	*(struct open_port *)list_add(&open->all) = *made;
	table_add(&open->table, hash, open->all.count - 1);
}

/* The relay listens when it is switched on, on a port of its own if none is set. */
static const struct document_setting *relay_port(
	const struct checking *c, const struct document_setting *at, struct document_setting *assumed)
{
	const struct document_setting *enabled =
		document_conf_setting(c->document, KEY_streamrelay_stream_relay_enabled);

	if (number_prefix(conf_value(c, KEY_streamrelay_stream_relay_enabled)) == 0)
		return NULL;
	if (at && at->value.len > 0)
		return at;
	*assumed = *enabled;
	assumed->value = slice_of(schema_key(KEY_streamrelay_stream_relay_port)->initial);
	return assumed;
}

static void add_ports(struct checking *c, struct open_ports *open, const struct listener *row)
{
	const struct document_setting *at = document_conf_setting(c->document, row->port);
	struct document_setting assumed;

	if (row->port == KEY_streamrelay_stream_relay_port)
		at = relay_port(c, at, &assumed);
	struct open_port made = {.row = row};
	if (row->address != KEY_NONE)
		made.address = conf_value(c, row->address);
	if (made.address.len == 0)
		made.address = conf_value(c, KEY_global_serverip);
	struct slice rest = at ? without_comment(row->port, at->value) : (struct slice){NULL, 0};
	struct slice port;

	made.line = at ? at->line : 0;
	while (listener_next(row, &rest, &port)) {
		int64_t number = number_prefix(port_without_plus(port));
		made.text = port;
		made.port = (uint16_t)number;
		if (number > 0 && number <= PORT_MOST)
			add_port(c, open, &made);
	}
}

void check_shared_ports(struct checking *c)
{
	struct open_ports open;

	(void)look_at(c, OSCAM_CONF);
	list_init(&open.all, c->arena, sizeof(struct open_port));
	table_init(&open.table, c->arena, (uint32_t)listener_count);
	for (size_t i = 0; i < listener_count; i++)
		if (!listeners[i].remote)
			add_ports(c, &open, &listeners[i]);
}
