/* Checks of missing keys: OSCam's defaults that differ from what CCcam does. */
#include "cc2oscam/protocols.h"
#include "checks.h"

static bool is_zero(const struct checking *c, enum schema_key_id key)
{
	struct slice value = conf_value(c, key);

	return value.len == 0 || slice_equal(value, SLICE("0"));
}

void check_dvbapi_au(struct checking *c)
{
	(void)look_at(c, OSCAM_CONF);
	if (is_zero(c, KEY_dvbapi_enabled) || !is_zero(c, KEY_dvbapi_au))
		return;
	const struct document_setting *at = document_conf_setting(c->document, KEY_dvbapi_enabled);
	(void)found(c, CODE_DVBAPI_WITHOUT_AU, at->line, NULL,
		"[dvbapi] is on without au: OSCam starts no EMM filter");
}

/* A section that stands for several readers counts as two servers. */
static struct reached find_servers(struct checking *c, const struct target *target)
{
	struct reached servers = {.any = {0, 0}};

	(void)look_at(c, OSCAM_SERVER);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		if (!is_reader(section) || !section->enabled ||
			!protocol_is(section->protocol, PROTOCOL_SERVER))
			continue;
		reached_add(&servers, group_bits(c, section, target), 2 * i);
		if (section->several)
			reached_add(&servers, group_bits(c, section, target), 2 * i + 1);
	}
	return servers;
}

/* The first account that reaches several servers, or NULL. */
static const struct document_section *find_several(struct checking *c, const struct target *target)
{
	struct reached servers = find_servers(c, target);

	(void)look_at(c, OSCAM_USER);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		if (is_account(section) && !is_switched_off(c, section) &&
			reached_are_several(&servers, group_bits(c, section, target)))
			return section;
	}
	return NULL;
}

void check_all_at_once(struct checking *c)
{
	const struct document_section *several = NULL;

	for (unsigned i = 0; i < c->reading_count && !several; i++)
		several = find_several(c, c->readings[i]);
	(void)look_at(c, OSCAM_CONF);
	if (several && is_zero(c, KEY_global_lb_mode))
		(void)found(c, CODE_ALL_READERS_AT_ONCE, DOCUMENT_NONE, NULL,
			"[global] has no lb_mode: every request of \"%.*s\" goes to several servers at once",
			SLICE_ARG(shown(c, several->label)));
}
