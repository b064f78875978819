/* Checks of the ports that OSCam listens on: their range, and two on one. */
#include <string.h>

#include "checks.h"

enum { PORT_MOST = 65535, PRIVILEGED_BELOW = 1024 };

/* [cccam] and [gbox] take lists, [newcamd] and [cs378x] tables, the others a number. */
static const struct port_key {
	enum schema_key_id key;
	enum schema_key_id address; /* what it is bound to */
	bool udp, remote;           /* remote: of somebody else's port */
} port_keys[] = {
	{KEY_monitor_port, KEY_monitor_serverip, true, false},
	{KEY_webif_httpport, KEY_webif_serverip, false, false},
	{KEY_camd33_port, KEY_camd33_serverip, false, false},
	{KEY_cache_csp_port, KEY_cache_csp_serverip, true, false},
	{KEY_cs357x_port, KEY_cs357x_serverip, true, false},
	{KEY_cs378x_port, KEY_cs378x_serverip, false, false},
	{KEY_newcamd_port, KEY_newcamd_serverip, false, false},
	{KEY_cccam_port, KEY_cccam_serverip, false, false},
	{KEY_pandora_pand_port, KEY_pandora_pand_srvid, true, false},
	{KEY_scam_port, KEY_scam_serverip, false, false},
	{KEY_streamrelay_stream_relay_port, KEY_NONE, false, false},
	{KEY_streamrelay_stream_source_port, KEY_NONE, false, true},
	{KEY_radegast_port, KEY_radegast_serverip, false, false},
	{KEY_gbox_port, KEY_NONE, true, false},
	{KEY_dvbapi_listen_port, KEY_NONE, false, false},
	{KEY_global_syslogport, KEY_NONE, true, true},
};

enum { PORT_KEYS = sizeof port_keys / sizeof *port_keys };

static bool is_table(enum schema_key_id key)
{
	return key == KEY_newcamd_port || key == KEY_cs378x_port;
}

static bool is_list(enum schema_key_id key)
{
	return key == KEY_cccam_port || key == KEY_gbox_port;
}

static const struct port_key *find_port_key(enum schema_key_id key)
{
	for (int i = 0; i < PORT_KEYS; i++)
		if (port_keys[i].key == key)
			return &port_keys[i];
	return NULL;
}

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
	const struct port_key *row = find_port_key(setting->key);
	int64_t number = number_prefix(text);
	uint64_t unused;

	if (setting->key == KEY_webif_httpport &&
		!parse_decimal(text, UINT32_MAX, &unused)) /* no number to OSCam */
		say_port(c, setting, text, number == 0 ? ", and OSCam opens none" : "");
	else if (number < 0 || number > PORT_MOST)
		say_port(c, setting, text,
			row->remote ? ""
				    : arena_format(c->arena, "; OSCam opens %u",
					      (unsigned)((uint64_t)number & PORT_MOST))
					      .at);
	else if (!row->remote)
		check_privileged(c, setting, text);
}

/* Each port of a list or table; what else is wrong with them is a loss of the value. */
static void check_ports(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value, port;

	while (is_table(setting->key) ? next_port_of_table(&rest, &port) : next_item(&rest, ',', &port))
		check_privileged(c, setting, port);
}

void check_port(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value;

	if (!find_port_key(setting->key))
		return;
	if (is_table(setting->key) || is_list(setting->key)) {
		check_ports(c, setting);
		return;
	}
	if (setting->key == KEY_webif_httpport && rest.at[0] == '+')
		rest = (struct slice){rest.at + 1, rest.len - 1};
	check_number_of(c, setting, rest);
}

/* ---- two on one ---- */

struct listener {
	struct slice text;    /* the port's, in its setting */
	struct slice address; /* what it is bound to; empty: all */
	uint32_t line;
	uint16_t port;
	const struct port_key *row;
};

struct listeners {
	struct list all; /* struct listener */
	struct table table;
};

static struct slice address_of(const struct checking *c, const struct port_key *row)
{
	struct slice own = row->address != KEY_NONE ? conf_value(c, row->address) : SLICE("");

	return own.len > 0 ? own : conf_value(c, KEY_global_serverip);
}

static bool overlap(const struct listener *a, const struct listener *b)
{
	return a->port == b->port && a->row->udp == b->row->udp &&
	       (a->address.len == 0 || b->address.len == 0 || slice_equal(a->address, b->address));
}

static uint64_t listener_hash(const struct listener *listener)
{
	char bytes[3] = {(char)(listener->port >> 8), (char)(listener->port & 255), listener->row->udp};

	return slice_hash((struct slice){bytes, sizeof bytes}, 0);
}

static const char *section_of(const struct listener *listener)
{
	return schema_section_name((enum schema_section)schema_key(listener->row->key)->section);
}

static void add_listener(struct checking *c, struct listeners *listeners, const struct listener *made)
{
	uint64_t hash = listener_hash(made);
	uint32_t number;

	for (struct table_walk walk = table_find(&listeners->table, hash);
		table_next(&listeners->table, &walk, &number);) {
		const struct listener *first = list_at(&listeners->all, number);
		if (!overlap(first, made))
			continue;
		(void)found(c, CODE_PORT_CONFLICT, made->line, made->text.at,
			"port %u of [%s] is that of [%s] on line %lu already; only one of them can open it",
			(unsigned)made->port, section_of(made), section_of(first),
			line_number(c, first->line));
		return;
	}
	*(struct listener *)list_add(&listeners->all) = *made;
	table_add(&listeners->table, hash, listeners->all.count - 1);
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

static void add_ports(struct checking *c, struct listeners *listeners, const struct port_key *row)
{
	const struct document_setting *at = document_conf_setting(c->document, row->key);
	struct document_setting assumed;

	if (row->key == KEY_streamrelay_stream_relay_port)
		at = relay_port(c, at, &assumed);
	struct listener made = {.row = row, .address = address_of(c, row)};
	struct slice rest = at ? without_comment(row->key, at->value) : (struct slice){NULL, 0};
	struct slice port;

	made.line = at ? at->line : 0;
	while (is_table(row->key) ? next_port_of_table(&rest, &port) : next_item(&rest, ',', &port)) {
		struct slice digits = port;
		if (digits.len > 0 && digits.at[0] == '+')
			digits = (struct slice){digits.at + 1, digits.len - 1};
		int64_t number = number_prefix(digits);
		made.text = port;
		made.port = (uint16_t)number;
		if (number > 0 && number <= PORT_MOST)
			add_listener(c, listeners, &made);
	}
}

void check_shared_ports(struct checking *c)
{
	struct listeners listeners;

	(void)look_at(c, OSCAM_CONF);
	list_init(&listeners.all, c->arena, sizeof(struct listener));
	table_init(&listeners.table, c->arena, PORT_KEYS);
	for (int i = 0; i < PORT_KEYS; i++)
		if (!port_keys[i].remote)
			add_ports(c, &listeners, &port_keys[i]);
}
