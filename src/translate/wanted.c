/* The keys of OSCam that the user wants in every section of a kind (setting `set`). */
#include "translator.h"

enum wish { WISH_OTHER, WISH_DONE, WISH_LEFT_OUT };

/* WISH_OTHER: it is not for this section; WISH_LEFT_OUT: the templates would not write the key there. */
static enum wish want(struct translator *t, struct section *section, const struct wanted_key *wanted)
{
	if (section->section != wanted->section || section->kind == KIND_REMARK ||
		(wanted->kind != KIND_REMARK && wanted->kind != section->kind))
		return WISH_OTHER;
	if (schema_is_initial(wanted->key, wanted->value))
		section_unset(section, wanted->key);
	else if (wanted->left_out >> section->kind & 1)
		return WISH_LEFT_OUT;
	else
		section_set(t->model, section, wanted->key, wanted->value);
	return WISH_DONE;
}

static void say_left_out(struct translator *t, const struct wanted_key *wanted)
{
	const char *name = schema_key(wanted->key)->name;

	(void)ledger_find(t->ledger, CODE_SET_LEFT_OUT, (struct place){t->ledger->source, 0, 0},
		"%s.%s is set, but your own template for [%s] does not write %s",
		schema_section_name(wanted->section), name, schema_section_name(wanted->section), name);
}

static void say_unused(struct translator *t, const struct wanted_key *wanted, const char *missing)
{
	const char *section = schema_section_name(wanted->section);

	(void)ledger_find(t->ledger, CODE_SET_UNUSED, (struct place){t->ledger->source, 0, 0},
		"%s.%s is set, but this input gives no %s", section, schema_key(wanted->key)->name, missing);
}

static void want_everywhere(struct translator *t, struct list *sections, const struct wanted_key *wanted)
{
	bool any[WISH_LEFT_OUT + 1] = {false};

	for (uint32_t i = 0; i < sections->count; i++)
		any[want(t, list_at(sections, i), wanted)] = true;
	if (any[WISH_LEFT_OUT])
		say_left_out(t, wanted);
	else if (!any[WISH_DONE])
		say_unused(t, wanted,
			wanted->section == SECTION_account ? "account"
			: wanted->kind == KIND_REMARK      ? "reader"
							   : "reader that it is for");
}

struct section *find_conf_section(const struct model *model, enum schema_section name)
{
	for (uint32_t i = 0; i < model->conf.count; i++) {
		struct section *section = list_at(&model->conf, i);
		if (section->kind == KIND_CONF && section->section == name)
			return section;
	}
	return NULL;
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
		if (want(t, model_conf(t->model, wanted->section), wanted) == WISH_LEFT_OUT)
			say_left_out(t, wanted);
		return;
	}
	say_unused(t, wanted, arena_format(t->arena, "[%s]", schema_section_name(wanted->section)).at);
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
}
