/* Checks of who may look: at the web interface, and into the files. */
#include "checks.h"

enum { OTHERS = 077 };

static bool is_private_range(uint32_t from, uint32_t to)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {
		{0x7f000000, 0x7fffffff}, /* 127.0.0.0/8 */
		{0x0a000000, 0x0affffff}, /* 10.0.0.0/8 */
		{0xac100000, 0xac1fffff}, /* 172.16.0.0/12 */
		{0xc0a80000, 0xc0a8ffff}, /* 192.168.0.0/16 */
		{0xa9fe0000, 0xa9feffff}, /* 169.254.0.0/16 */
		{0xffffffff, 0xffffffff}, /* nobody */
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (from >= ranges[i].from && to <= ranges[i].to)
			return true;
	return false;
}

/* Of the canonical form: always four decimal numbers. */
static uint32_t address_of(struct slice text)
{
	uint32_t address = 0;

	while (text.at)
		address = address << 8 | (uint32_t)number_prefix(slice_cut(&text, '.'));
	return address;
}

/* IPv6: this machine, its own network, and private networks. */
static bool is_private(struct slice from, struct slice to)
{
	static const char *const starts[] = {"fe80:", "fc", "fd"};

	if (!memchr(from.at, ':', from.len))
		return is_private_range(address_of(from), address_of(to));
	bool first = slice_equal(from, SLICE("::1")), last = slice_equal(to, SLICE("::1"));
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		first |= slice_starts(from, slice_of(starts[i]));
		last |= slice_starts(to, slice_of(starts[i]));
	}
	return first && last;
}

/* The first range that is open to more than a local network; at is NULL: there is none. */
static struct slice public_range(struct slice ranges)
{
	struct slice range;

	while (next_item(&ranges, ',', &range)) {
		struct slice to = range, from = slice_cut(&to, '-');
		if (!is_private(from, to.at ? to : from))
			return range;
	}
	return (struct slice){NULL, 0};
}

void check_webif(struct checking *c)
{
	(void)look_at(c, OSCAM_CONF);
	const struct document_setting *port = document_conf_setting(c->document, KEY_webif_httpport);
	const struct document_setting *allowed = document_conf_setting(c->document, KEY_webif_httpallowed);
	struct slice number = conf_value(c, KEY_webif_httpport),
		     ranges = conf_value(c, KEY_webif_httpallowed);

	if (number.len == 0 || slice_equal(number, SLICE("0")) || slice_equal(number, SLICE("+0")))
		return;
	if (ranges.len == 0 && conf_value(c, KEY_webif_httpdyndns).len == 0) {
		(void)found_at(c, CODE_WEBIF_FORBIDDEN, port,
			"the web interface on port %.*s has no httpallowed: it answers everybody with 403",
			SLICE_ARG(number));
		return;
	}
	struct slice open = public_range(ranges);
	if (conf_value(c, KEY_webif_httpuser).len > 0 && conf_value(c, KEY_webif_httppwd).len > 0)
		return;
	if (ranges.len > 0 && open.at)
		(void)found_at(c, CODE_WEBIF_OPEN, allowed,
			"httpallowed lets in %.*s, and the web interface asks for no password",
			SLICE_ARG(shown(c, open)));
	else
		(void)found_at(c, CODE_WEBIF_WITHOUT_PASSWORD, port,
			"the web interface on port %.*s asks for no password: httpuser and httppwd are not "
			"both set",
			SLICE_ARG(number));
}

void check_radegast(struct checking *c)
{
	(void)look_at(c, OSCAM_CONF);
	const struct document_setting *port = document_conf_setting(c->document, KEY_radegast_port);

	if (port && number_prefix(conf_value(c, KEY_radegast_port)) > 0 &&
		conf_value(c, KEY_radegast_allowed).len == 0)
		(void)found_at(c, CODE_RADEGAST_CLOSED, port,
			"[radegast] has no allowed: the server refuses everybody");
}

void check_readable(struct checking *c)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		bool secret = false;
		if (!look_at(c, (enum oscam_file)file) || !c->document || !(c->file->mode & OTHERS))
			continue;
		for (uint32_t i = 0; i < c->document->settings.count && !secret; i++) {
			const struct document_setting *at = list_at(&c->document->settings, i);
			secret = at->value.len > 0 && schema_key((enum schema_key_id)at->key)->secret;
		}
		if (!secret)
			continue;
		struct finding *finding = found(c, CODE_WORLD_READABLE, DOCUMENT_NONE, NULL,
			"the file holds passwords or keys, and its rights are %04o", c->file->mode & 07777);
		advise(c, finding, "chmod 600 %s", c->file->source.path);
	}
}
