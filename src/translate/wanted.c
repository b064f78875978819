/* The keys of OSCam that the user wants in every section of a kind (setting `set`). */
#include "translator.h"

enum { FIRST_FREE_PORT = 1024 };

/* False: it is not for this section. */
static bool want(struct translator *t, struct section *section, const struct wanted_key *wanted)
{
	if (section->section != wanted->section || section->kind == KIND_REMARK ||
		(wanted->kind != KIND_REMARK && wanted->kind != section->kind))
		return false;
	if (schema_is_initial(wanted->key, wanted->value))
		section_unset(section, wanted->key);
	else
		section_set(t->model, section, wanted->key, wanted->value);
	return true;
}

static void say_unused(struct translator *t, const struct wanted_key *wanted, const char *missing)
{
	const char *section = schema_section_name(wanted->section);

	(void)ledger_find(t->ledger, CODE_SET_UNUSED, (struct place){t->ledger->source, 0, 0},
		"%s.%s is set, but this input gives no %s", section, schema_key(wanted->key)->name, missing);
}

static void want_everywhere(struct translator *t, struct list *sections, const struct wanted_key *wanted)
{
	bool any = false;

	for (uint32_t i = 0; i < sections->count; i++)
		any |= want(t, list_at(sections, i), wanted);
	if (!any)
		say_unused(t, wanted,
			wanted->section == SECTION_account ? "account"
			: wanted->kind == KIND_REMARK      ? "reader"
							   : "reader that it is for");
}

/* Whether these sections are there is decided by the input: a key alone does not open a service. */
static bool is_decided(enum schema_section section)
{
	return section == SECTION_webif || section == SECTION_cccam || section == SECTION_dvbapi ||
	       section == SECTION_gbox;
}

static void want_conf(struct translator *t, const struct wanted_key *wanted)
{
	if (find_conf_section(t->model, wanted->section) || !is_decided(wanted->section)) {
		(void)want(t, model_conf(t->model, wanted->section), wanted);
		return;
	}
	say_unused(t, wanted, arena_format(t->arena, "[%s]", schema_section_name(wanted->section)).at);
}

/* What is judged when the user's own keys are in: the ports, and who may open the web interface. */
static void check_webif(struct translator *t)
{
	struct section *webif = find_conf_section(t->model, SECTION_webif);
	struct section *cccam = find_conf_section(t->model, SECTION_cccam);
	struct slice port = webif ? section_get(webif, KEY_webif_httpport) : (struct slice){NULL, 0};
	struct place place = {t->ledger->source, 0, 0};

	if (port.len == 0)
		return;
	if (cccam && slice_equal(port, section_get(cccam, KEY_cccam_port))) {
		(void)ledger_find(t->ledger, CODE_PORT_CONFLICT, place,
			"the web interface and the CCcam server are both set to port %.*s", SLICE_ARG(port));
		webif->known |= KNOWN_SHARED;
		cccam->known |= KNOWN_SHARED;
	}
	if (section_get(webif, KEY_webif_httpuser).at && section_get(webif, KEY_webif_httppwd).at)
		return;
	const struct statement *password = t->options[DIRECTIVE_WEBINFO_PASSWORD];
	if (password) { /* OSCam asks for none without a user name */
		place = statement_place(t, password, NULL);
		leave_out(t, password, FATE_PARTIAL);
	}
	(void)ledger_find(t->ledger, CODE_WEBIF_WITHOUT_PASSWORD, place,
		"the web interface asks for no password: everybody in the local network may change the "
		"configuration");
	webif->known |= KNOWN_NO_PASSWORD;
}

static void check_privileged(struct translator *t, enum schema_section name, enum schema_key_id key)
{
	struct section *section = find_conf_section(t->model, name);
	uint64_t port;

	if (!section || !parse_decimal(section_get(section, key), FIRST_FREE_PORT - 1, &port) || port == 0)
		return;
	(void)ledger_find(t->ledger, CODE_PORT_PRIVILEGED, (struct place){t->ledger->source, 0, 0},
		"port %u of [%s] can only be opened by root", (unsigned)port, schema_section_name(name));
	section->known |= KNOWN_PRIVILEGED;
}

void set_wanted(struct translator *t)
{
	for (size_t i = 0; i < t->choices->wanted_count; i++) {
		const struct wanted_key *wanted = &t->choices->wanted[i];
		if (wanted->section == SECTION_reader)
			want_everywhere(t, &t->model->readers, wanted);
		else if (wanted->section == SECTION_account)
			want_everywhere(t, &t->model->accounts, wanted);
		else
			want_conf(t, wanted);
	}
	if (!t->choices->merging)
		check_webif(t);
	check_privileged(t, SECTION_webif, KEY_webif_httpport);
	check_privileged(t, SECTION_cccam, KEY_cccam_port);
	check_privileged(t, SECTION_gbox, KEY_gbox_port);
	if (t->choices->wanted_count > 0)
		judge_wanted(t);
}
