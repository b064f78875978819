/* Checks of readers as a whole: those that vanish, their devices and logins, and what has no effect. */
#include <string.h>

#include "checks.h"

static const struct document_setting *setting_at(
	const struct checking *c, const struct document_section *section, enum schema_key_id key)
{
	const struct document_setting *at = document_setting(c->document, section, key);

	return at && at->value.len > 0 ? at : NULL;
}

static bool is_cccam(const struct document_section *section)
{
	return slice_equal(section->protocol, SLICE("cccam"));
}

static bool is_newcamd_reader(const struct document_section *section)
{
	return slice_starts(section->protocol, SLICE("newcamd"));
}

/* The reader names a protocol that OSCam does not know: another check says so, and nothing is said of what
 * depends on the protocol. */
static bool is_unclear(const struct checking *c, const struct document_section *section)
{
	const struct document_setting *at = setting_at(c, section, KEY_reader_protocol);

	return section->protocol.len == 0 || (at && !protocol_of(c->set->target, at->value));
}

/* ---- lost ---- */

void check_lost_reader(struct checking *c, const struct document_section *section)
{
	bool label = section->label.len > 0, protocol = section->protocol.len > 0;

	if (section->section != SECTION_reader)
		return;
	if (section->leaked) {
		(void)found(c, CODE_READER_LEAK, section->header, NULL,
			"the reader takes label or protocol of the section above, which OSCam dropped: it is "
			"\"%.*s\", %.*s",
			SLICE_ARG(shown(c, section->label)),
			SLICE_ARG(protocol ? section->protocol : SLICE("without protocol")));
	}
	if (label && protocol)
		return;
	(void)found(c, CODE_READER_LOST, section->header, NULL,
		section->held ? "the reader has %s; OSCam keeps it, being the last one, but cannot use it"
			      : "the reader has %s; OSCam drops it in silence",
		label      ? "no protocol that OSCam knows"
		: protocol ? "no label"
			   : "neither label nor protocol");
}

/* ---- device ---- */

struct device {
	const struct document_section *section;
	const struct document_setting *at;
	struct slice value, host, port, local; /* at is NULL when there is none */
};

/* Without a hint that of the code. */
static void say_device(struct checking *c, enum code code, const struct device *device, const char *at,
	const char *what, const char *hint)
{
	(void)found(c, code, device->at->line, at, "%.*s: %s\n%s",
		SLICE_ARG(shown_value(c, KEY_reader_device, device->value)), what, hint);
}

/* Whether a port stands behind the last colon or blank. */
static bool ends_in_port(struct slice host)
{
	size_t start = host.len;
	uint64_t unused;

	while (start > 0 && is_digit(host.at[start - 1]))
		start--;
	struct slice digits = slice_skip(host, start);
	return start > 0 && (host.at[start - 1] == ':' || is_blank(host.at[start - 1])) &&
	       parse_decimal(digits, PORT_MOST, &unused);
}

static void check_host(struct checking *c, const struct device *device)
{
	struct slice host = device->host;

	if (host.len > 0 && (host.at[0] == '[' || host.at[host.len - 1] == ']')) {
		say_device(c, CODE_DEVICE_FORM, device, host.at,
			"OSCam looks up the brackets too, and finds nothing",
			"Write an IPv6 address without brackets.");
		return;
	}
	const char *colon = host.len > 0 ? memchr(host.at, ':', host.len) : NULL;
	if (colon && memchr(colon + 1, ':', (size_t)(host.at + host.len - colon) - 1))
		(void)found(c, CODE_IPV6_HOST, device->at->line, host.at,
			"%.*s: only an OSCam built for IPv6 connects to it", SLICE_ARG(shown(c, host)));
}

static void check_device_port(struct checking *c, const struct device *device)
{
	int64_t number = number_prefix(device->port);
	uint64_t unused;

	if (!device->port.at || device->port.len == 0) {
		bool glued = ends_in_port(device->host);
		say_device(c, CODE_DEVICE_WITHOUT_PORT, device, device->host.at,
			glued ? "OSCam takes all of it for the host, and 0 for the port"
			      : "there is no port; OSCam takes 0",
			glued ? "Write a comma between host and port." : "");
		return;
	}
	if (number == 0 && parse_decimal(device->port, PORT_MOST, &unused))
		say_device(c, CODE_DEVICE_WITHOUT_PORT, device, device->port.at, "OSCam takes 0 for the port",
			"");
	else if (number == 0)
		say_device(c, CODE_DEVICE_FORM, device, device->port.at, "OSCam takes 0 for the port", "");
	else if (number < 0 || number > PORT_MOST)
		(void)found(c, CODE_PORT_RANGE, device->at->line, device->port.at,
			"%.*s: OSCam connects to port %u",
			SLICE_ARG(shown_value(c, KEY_reader_device, device->value)), port_kept(number));
	else if (!parse_decimal(device->port, PORT_MOST, &unused))
		say_device(c, CODE_DEVICE_FORM, device, device->port.at,
			"OSCam reads the digits of the port only", "");
}

static void check_network_device(struct checking *c, struct device *device)
{
	struct slice rest = device->value;
	uint64_t unused;

	(void)next_item(&rest, ',', &device->host);
	(void)next_item(&rest, ',', &device->port);
	(void)next_item(&rest, ',', &device->local);
	check_host(c, device);
	check_device_port(c, device);
	if (rest.at)
		say_device(c, CODE_DEVICE_FORM, device, rest.at,
			"OSCam reads host, port and local port, and no more", "");
	else if (device->local.len == 0 || slice_equal(device->local, SLICE("0")))
		return; /* so OSCam saves no local port */
	else if (!slice_equal(device->section->protocol, SLICE("cs357x")))
		say_device(c, CODE_DEVICE_FORM, device, device->local.at,
			"only cs357x uses a local port; here the local port has no effect", "");
	else if (!parse_decimal(device->local, PORT_MOST, &unused))
		say_device(c, CODE_DEVICE_FORM, device, device->local.at, "the local port is no port number",
			"");
}

/* PATH:NUMBER */
static bool names_slot(struct slice path)
{
	size_t end = path.len;

	while (end > 0 && is_digit(path.at[end - 1]))
		end--;
	return end > 0 && end < path.len && path.at[end - 1] == ':';
}

static void check_card_device(struct checking *c, const struct device *device)
{
	struct slice rest = device->value, path = oscam_trim(slice_cut(&rest, ','));
	if (rest.at)
		say_device(c, CODE_DEVICE_FORM, device, rest.at - 1,
			"OSCam splits it at the comma, and takes what stands before it",
			"Use a path without a comma, such as a link to the device.");
	if (is_switched_off(c, device->section))
		return;
	if (slice_equal(device->section->protocol, SLICE("sc8in1")) && !names_slot(path))
		say_device(c, CODE_DEVICE_FORM, device, path.at,
			"an sc8in1 reader wants the number of its slot behind the device",
			"Write the slot behind a colon, such as /dev/ttyUSB0:1.");
	else if (slice_equal(device->section->protocol, SLICE("smartreader")) && path.at[0] == '/')
		say_device(c, CODE_DEVICE_FORM, device, path.at, "a smartreader is not found by a path",
			"Write Serial:NUMBER, or its BUS:DEVICE.");
}

void check_device(struct checking *c, const struct document_section *section)
{
	struct device device = {.section = section};

	if (!is_reader(section) || is_unclear(c, section))
		return;
	device.at = setting_at(c, section, KEY_reader_device);
	if (!device.at) {
		(void)found(c, CODE_READER_WITHOUT_DEVICE, section->header, NULL,
			"the reader \"%.*s\" has no device, and OSCam never starts it",
			SLICE_ARG(shown(c, section->label)));
		return;
	}
	device.value = without_comment(KEY_reader_device, device.at->value);
	if (schema_read(KEY_reader_device, device.value, c->arena).len == 0) {
		say_device(c, CODE_DEVICE_FORM, &device, device.value.at,
			"nothing stands before the comma, and OSCam never starts the reader", "");
		return;
	}
	if (protocol_is(section->protocol, PROTOCOL_SERVER)) {
		check_network_device(c, &device);
		return;
	}
	if (protocol_is(section->protocol, PROTOCOL_CARD))
		check_card_device(c, &device);
}

/* ---- two on one device ---- */

/* What the reader opens on this machine; empty: nothing that could be taken. */
static struct slice local_device(const struct checking *c, const struct document_section *section)
{
	if (!is_reader(section) || is_switched_off(c, section) ||
		!protocol_is(section->protocol, PROTOCOL_CARD))
		return SLICE("");
	struct slice rest = value_of(c, section, KEY_reader_device);
	return oscam_trim(slice_cut(&rest, ','));
}

/* Paths are one, whatever reads from them; the numbers of pcsc are its own. */
static void check_shared_device(struct checking *c, struct table *table, uint32_t index)
{
	const struct document_section *section = document_section_at(c->document, index);
	struct slice device = local_device(c, section);
	uint64_t hash = slice_hash(device, 0);

	if (device.len == 0)
		return;
	table_each (walk, table, hash) {
		const struct document_section *first = document_section_at(c->document, walk.number);
		if (!slice_equal(local_device(c, first), device) ||
			(device.at[0] != '/' && !slice_equal(first->protocol, section->protocol)))
			continue;
		const struct document_setting *at = setting_at(c, section, KEY_reader_device);
		(void)found(c, CODE_DEVICE_SHARED, at ? at->line : section->header, at ? at->value.at : NULL,
			"the device %.*s is that of the reader \"%.*s\" on line %lu already; only one of "
			"them gets the card",
			SLICE_ARG(shown(c, device)), SLICE_ARG(shown(c, first->label)),
			line_number(c, first->header));
		return;
	}
	table_add(table, hash, index);
}

void check_shared_devices(struct checking *c)
{
	struct table table;

	(void)look_at(c, OSCAM_SERVER);
	table_init(&table, c->arena, c->document->sections.count);
	for (uint32_t i = 0; i < c->document->sections.count; i++)
		check_shared_device(c, &table, i);
}

/* ---- login ---- */

void check_login(struct checking *c, const struct document_section *section)
{
	if (!is_reader(section) || !(is_cccam(section) || is_newcamd_reader(section)) ||
		is_switched_off(c, section))
		return;
	bool user = setting_at(c, section, KEY_reader_user),
	     password = setting_at(c, section, KEY_reader_password);
	if (!user || !password)
		(void)found(c, CODE_READER_WITHOUT_LOGIN, section->header, NULL,
			"the %.*s reader \"%.*s\" has no %s: OSCam does not connect",
			SLICE_ARG(section->protocol), SLICE_ARG(shown(c, section->label)),
			user       ? "password"
			: password ? "user"
				   : "user and password");
}

void check_newcamd_idle(struct checking *c, const struct document_section *section)
{
	if (!is_reader(section) || !is_newcamd_reader(section) || is_switched_off(c, section))
		return;
	if (!setting_at(c, section, KEY_reader_connectoninit) &&
		number_value(c, section, KEY_reader_inactivitytimeout) != -1)
		(void)found(c, CODE_NEWCAMD_IDLE, section->header, NULL,
			"the newcamd reader \"%.*s\" connects at the first request, not at start",
			SLICE_ARG(shown(c, section->label)));
}

/* ---- without effect ---- */

/* OSCam sets that of a cs357x reader to 0. */
static const char *why_no_keepalive(const struct checking *c, const struct document_section *section)
{
	if (slice_equal(section->protocol, SLICE("cs378x")) ||
		number_value(c, section, KEY_reader_keepalive) == 0)
		return NULL;
	if (!slice_equal(section->protocol, SLICE("cs357x")))
		return "only cs357x and cs378x readers have it";
	return number_value(c, section, KEY_reader_cacheex) > 1
		       ? NULL
		       : "a cs357x reader has it with cacheex 2 or 3 only";
}

static const char *why_unused(
	const struct checking *c, const struct document_section *section, enum schema_key_id key)
{
	switch (key) {
	case KEY_reader_keepalive:
		return why_no_keepalive(c, section);
	case KEY_reader_connectoninit:
	case KEY_reader_disableserverfilter:
	case KEY_reader_key:
		return is_newcamd_reader(section) ? NULL : "only newcamd readers have it";
	case KEY_reader_cccversion:
	case KEY_reader_cccmaxhops:
	case KEY_reader_cccmindown:
	case KEY_reader_cccwantemu:
	case KEY_reader_ccckeepalive:
	case KEY_reader_cccreconnect:
		return is_cccam(section) ? NULL : "only cccam readers have it";
	case KEY_reader_ccchop:
		return is_cccam(section) ? "the cards of a cccam reader come with their hops" : NULL;
	default:
		return NULL;
	}
}

/* A full save of OSCam's writes them all. */
static bool is_default(const struct checking *c, const struct document_setting *at)
{
	enum schema_key_id key = (enum schema_key_id)at->key;

	return schema_is_initial(key, schema_read(key, at->value, c->arena));
}

void check_unused(struct checking *c, const struct document_section *section)
{
	if (section->section == SECTION_account) {
		const struct document_setting *at = setting_at(c, section, KEY_account_max_connections);
		int64_t uniq = number_value(c, section, KEY_account_uniq);
		if (at && (uniq < 1 || uniq > 4) && !is_default(c, at))
			(void)found_at(c, CODE_SETTING_UNUSED, at,
				"max_connections has no effect: OSCam counts logins only with uniq = 1 to 4");
	}
	if (!is_reader(section) || is_unclear(c, section))
		return;
	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *at = list_at(&c->document->settings, section->setting + i);
		const char *why = why_unused(c, section, (enum schema_key_id)at->key);
		if (why && !is_default(c, at))
			(void)found_at(c, CODE_SETTING_UNUSED, at, "%s has no effect: %s",
				key_name((enum schema_key_id)at->key), why);
	}
}
