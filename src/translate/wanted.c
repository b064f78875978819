/* The keys of OSCam that the user wants in every section of a kind (setting `set`). */
#include "translator.h"

static void want(struct translator *t, struct section *section, const struct wanted_key *wanted)
{
	if (section->section != wanted->section || section->kind == KIND_REMARK ||
		(wanted->kind != KIND_REMARK && wanted->kind != section->kind))
		return;
	if (schema_is_initial(wanted->key, wanted->value))
		section_unset(section, wanted->key);
	else
		section_set(t->model, section, wanted->key, wanted->value);
}

static void want_everywhere(struct translator *t, struct list *sections, const struct wanted_key *wanted)
{
	for (uint32_t i = 0; i < sections->count; i++)
		want(t, list_at(sections, i), wanted);
}

/* Whether these sections are there is decided by the input: a key alone does not open a service. */
static bool is_decided(enum schema_section section)
{
	return section == SECTION_webif || section == SECTION_cccam || section == SECTION_dvbapi ||
	       section == SECTION_gbox;
}

static void want_conf(struct translator *t, const struct wanted_key *wanted)
{
	bool there = false;

	for (uint32_t i = 0; i < t->model->conf.count; i++) {
		const struct section *section = list_at(&t->model->conf, i);
		there |= section->kind == KIND_CONF && section->section == wanted->section;
	}
	if (there || !is_decided(wanted->section)) {
		want(t, model_conf(t->model, wanted->section), wanted);
		return;
	}
	(void)ledger_find(t->ledger, CODE_SET_UNUSED, (struct place){t->ledger->source, 0, 0},
		"%s.%s is set, but this input gives no [%s]", schema_section_name(wanted->section),
		schema_key(wanted->key)->name, schema_section_name(wanted->section));
}

/* What the user wants may undo what conf.c saw to. */
static void check_ports(struct translator *t)
{
	struct slice webif = {NULL, 0}, cccam = {NULL, 0};

	for (uint32_t i = 0; i < t->model->conf.count && t->choices->wanted_count > 0; i++) {
		const struct section *section = list_at(&t->model->conf, i);
		if (section->kind == KIND_CONF && section->section == SECTION_webif)
			webif = section_get(section, KEY_webif_httpport);
		if (section->kind == KIND_CONF && section->section == SECTION_cccam)
			cccam = section_get(section, KEY_cccam_port);
	}
	if (webif.len > 0 && slice_equal(webif, cccam))
		(void)ledger_find(t->ledger, CODE_PORT_CONFLICT, (struct place){t->ledger->source, 0, 0},
			"the web interface and the CCcam server are both set to port %.*s", SLICE_ARG(webif));
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
	check_ports(t);
}
