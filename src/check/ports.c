/* Checks of the ports that OSCam listens on: their range, their two tables with filters, and two on one. */
#include <string.h>

#include "checks.h"

enum { PORT_MOST = 65535, PRIVILEGED_BELOW = 1024, BARE_MOST = 5, KEY_DIGITS_COUNT = 28 };
enum { PORTS_MOST = 32, FILTERS_MOST = 16, PROVIDERS_MOST = 32 };

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

static void check_number_of(struct checking *c, const struct setting *setting, struct slice text)
{
	const struct port_key *row = find_port_key(setting->key);
	int64_t number = number_prefix(text);
	uint64_t unused;

	bool own = is_list(setting->key) || setting->key == KEY_webif_httpport; /* no number to OSCam */

	if (own && !parse_decimal(text, UINT32_MAX, &unused)) {
		say_port(c, setting, text, number == 0 ? ", and OSCam opens none" : "");
		return;
	}
	if (number < 0 || number > PORT_MOST) {
		const char *does =
			arena_format(c->arena, "; OSCam opens %u", (unsigned)((uint64_t)number & PORT_MOST))
				.at;
		say_port(c, setting, text, row->remote ? "" : does);
	} else if (number > 0 && number < PRIVILEGED_BELOW && !row->remote) {
		(void)found(c, CODE_PORT_PRIVILEGED, setting->at->line, text.at,
			"%s = %lld: only root may open ports below 1024", key_name(setting->key),
			(long long)number);
	}
}

/* A zero opens nothing, and takes no room. */
static void check_port_list(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value, item;
	unsigned count = 0;

	while (next_item(&rest, ',', &item)) {
		if (item.len == 0)
			continue;
		check_number_of(c, setting, item);
		if (((uint64_t)number_prefix(item) & PORT_MOST) == 0 || ++count != PORTS_MOST + 1)
			continue;
		struct finding *finding = found(c, CODE_PORT_TABLE, setting->at->line, item.at,
			"%s: OSCam opens %d ports, and none from here on", key_name(setting->key),
			PORTS_MOST);
		advise(c, finding, "Write at most %d ports.", PORTS_MOST);
	}
}

void check_port(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value;

	if (!find_port_key(setting->key) || is_table(setting->key))
		return;
	if (setting->key == KEY_webif_httpport && rest.at[0] == '+')
		rest = (struct slice){rest.at + 1, rest.len - 1};
	if (is_list(setting->key))
		check_port_list(c, setting);
	else
		check_number_of(c, setting, rest);
}

/* ---- tables ---- */

struct entry_of_table {
	struct slice text, port, key, filter; /* key, filter: at is NULL when there is none */
};

static bool next_entry(struct slice *rest, struct entry_of_table *entry)
{
	do {
		if (!next_item(rest, ';', &entry->text))
			return false;
	} while (entry->text.len == 0);
	entry->filter = entry->text;
	struct slice head = slice_cut(&entry->filter, '@');
	entry->key = head;
	entry->port = oscam_trim(slice_cut(&entry->key, '{'));
	if (entry->key.at)
		entry->key = slice_cut(&entry->key, '}');
	return true;
}

static unsigned count_entries(struct slice rest)
{
	struct entry_of_table entry;
	unsigned count = 0;

	while (next_entry(&rest, &entry))
		count++;
	return count;
}

/* Keys in braces are not shown. */
static void say_table(struct checking *c, const struct setting *setting, const struct entry_of_table *entry,
	const char *what)
{
	(void)found(c, CODE_PORT_TABLE, setting->at->line, entry->text.at, "port %.*s: %s",
		SLICE_ARG(shown(c, entry->port)), what);
}

static bool is_filter_only(const struct entry_of_table *entry)
{
	struct slice providers = entry->port, caid = slice_cut(&providers, ':');
	uint32_t unused;

	return !entry->filter.at && providers.at && parse_hex(oscam_trim(caid), 4, &unused);
}

static void check_table_key(
	struct checking *c, const struct setting *setting, const struct entry_of_table *entry)
{
	struct slice key = entry->key;
	bool fits = key.len == KEY_DIGITS_COUNT;

	for (size_t i = 0; i < key.len && fits; i++)
		fits = hex_value(key.at[i]) >= 0;
	if (key.at && !fits)
		(void)found(c, CODE_KEY_DIGITS, setting->at->line, key.at,
			"port %.*s: the key has not 28 hexadecimal digits", SLICE_ARG(shown(c, entry->port)));
}

/* What is dropped is not shown: a key may stand in it, in a wrong place. */
static void check_providers(struct checking *c, const struct setting *setting, struct slice providers)
{
	struct slice provider;
	unsigned count = 0;

	(void)slice_cut(&providers, ':');
	while (next_item(&providers, ',', &provider))
		if (provider.len > 0 && ++count == PROVIDERS_MOST + 1)
			(void)found(c, CODE_PORT_TABLE, setting->at->line, provider.at,
				"%s: OSCam keeps %d providers of a CAID, and none from here on",
				key_name(setting->key), PROVIDERS_MOST);
}

static void check_table_port(
	struct checking *c, const struct setting *setting, const struct entry_of_table *entry)
{
	uint64_t number;

	if (!parse_decimal(entry->port, PORT_MOST, &number) || number == 0)
		say_port(c, setting, entry->port, "");
	else
		check_number_of(c, setting, entry->port);
	if (!entry->filter.at)
		return;
	if (memchr(entry->filter.at, '{', entry->filter.len))
		say_table(c, setting, entry,
			"the key stands behind the filter, and spoils it; it belongs "
			"directly behind the port");
	else if (schema_read(KEY_reader_ident, entry->filter, c->arena).len == 0)
		say_table(c, setting, entry, "OSCam drops the filter, which is not CAID:PROVIDER");
	else
		check_providers(c, setting, entry->filter);
}

static void check_bare(
	struct checking *c, const struct setting *setting, const struct entry_of_table *entry, bool only)
{
	uint64_t number;

	if (!only)
		say_table(c, setting, entry, "several ports need filters; OSCam opens none without");
	else if (entry->text.len > BARE_MOST || !parse_decimal(entry->text, PORT_MOST, &number))
		say_table(c, setting, entry, "OSCam opens no port for this");
	else
		say_table(c, setting, entry,
			"OSCam opens it, and stores its digits as a provider too, which becomes a filter "
			"when the web interface saves");
}

/* Of the first that OSCam has no room for. */
static void say_full(struct checking *c, const struct setting *setting, const struct entry_of_table *entry,
	const char *what)
{
	(void)found(c, CODE_PORT_TABLE, setting->at->line, entry->text.at, "%s: %s, and none from here on",
		key_name(setting->key), what);
}

/* More CAIDs of the port in front, which has `filters` with this one. */
static void check_filter_only(struct checking *c, const struct setting *setting,
	const struct entry_of_table *entry, unsigned filters)
{
	if (filters == FILTERS_MOST + 1)
		say_full(c, setting, entry, "OSCam keeps 16 CAIDs of a port");
	else if (filters <= FILTERS_MOST)
		check_providers(c, setting, entry->text);
}

static bool is_full(
	struct checking *c, const struct setting *setting, const struct entry_of_table *entry, unsigned count)
{
	if (count == PORTS_MOST + 1)
		say_full(c, setting, entry, "OSCam takes 32 parts of this table");
	return count > PORTS_MOST;
}

static void check_newcamd_table(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value;
	unsigned count = count_entries(rest), parts = 0, filters = 0;
	struct entry_of_table entry;
	bool behind_filter = false;

	while (next_entry(&rest, &entry) && !is_full(c, setting, &entry, ++parts)) {
		check_table_key(c, setting, &entry);
		if (is_filter_only(&entry)) {
			behind_filter = true;
			check_filter_only(c, setting, &entry, ++filters);
		} else if (!entry.filter.at) {
			check_bare(c, setting, &entry, count == 1);
		} else {
			filters = 1;
			check_table_port(c, setting, &entry);
			if (behind_filter)
				say_table(c, setting, &entry,
					"OSCam never opens it, for a CAID without a port stands in front of "
					"it");
		}
	}
}

static void check_camd35_table(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value;
	struct entry_of_table entry;
	unsigned parts = 0;

	while (next_entry(&rest, &entry) && !is_full(c, setting, &entry, ++parts))
		check_table_port(c, setting, &entry);
}

void check_port_table(struct checking *c, const struct setting *setting)
{
	if (setting->key == KEY_newcamd_port)
		check_newcamd_table(c, setting);
	else if (setting->key == KEY_cs378x_port)
		check_camd35_table(c, setting);
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
		(void)found(c, CODE_PORT_SHARED, made->line, made->text.at,
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
	struct slice list = rest;
	struct entry_of_table entry;

	made.line = at ? at->line : 0;
	while (is_table(row->key) ? next_entry(&rest, &entry) : next_item(&list, ',', &entry.port)) {
		struct slice digits = entry.port;
		if (digits.len > 0 && digits.at[0] == '+')
			digits = (struct slice){digits.at + 1, digits.len - 1};
		int64_t number = number_prefix(digits);
		made.text = entry.port;
		made.port = (uint16_t)number;
		if (number > 0 && number <= PORT_MOST && !(is_table(row->key) && is_filter_only(&entry)))
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
