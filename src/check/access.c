/* Checks of access: who can open the web interface, and who can read the files. */
#include "cc2oscam/protocols.h"
#include "checks.h"

enum { OTHERS = 077 };

void check_webif(struct checking *c)
{
	(void)look_at(c, OSCAM_CONF);
	const struct document_setting *port = document_conf_setting(c->document, KEY_webif_httpport);
	const struct document_setting *allowed = document_conf_setting(c->document, KEY_webif_httpallowed);
	struct slice number = conf_value(c, KEY_webif_httpport),
		     ranges = conf_value(c, KEY_webif_httpallowed);

	if (number.len == 0 || slice_equal(port_without_plus(number), SLICE("0")))
		return;
	if (ranges.len == 0 && conf_value(c, KEY_webif_httpdyndns).len == 0) {
		(void)found_at(c, CODE_WEBIF_FORBIDDEN, port,
			"the web interface on port %.*s has no httpallowed: it answers everybody with 403",
			SLICE_ARG(number));
		return;
	}
	if (conf_value(c, KEY_webif_httpuser).len > 0 && conf_value(c, KEY_webif_httppwd).len > 0)
		return;
	struct slice open = public_range(ranges);
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
		(void)found(c, CODE_WORLD_READABLE, DOCUMENT_NONE, NULL,
			"the file holds passwords or keys, and its rights are %04o\nchmod 600 %s",
			c->file->mode & 07777, c->file->source.path);
	}
}
