/* The keys of OSCam that the user wants in every section of a kind (setting `set`). */
#include "translator.h"

enum put { PUT_ELSEWHERE, PUT_DONE, PUT_LEFT_OUT };

/* PUT_ELSEWHERE: it is not for this section; PUT_LEFT_OUT: the templates would not write the key there. */
static enum put put_key(struct translator *t, struct section *section, const struct set_key *set)
{
	if (section->section != set->section || section->kind == KIND_REMARK ||
		(set->kind != KIND_REMARK && set->kind != section->kind))
		return PUT_ELSEWHERE;
	if (schema_is_initial(set->key, set->value))
		section_unset(section, set->key);
	else if (set->left_out >> section->kind & 1)
		return PUT_LEFT_OUT;
	else
		section_set(t->model, section, set->key, set->value);
	return PUT_DONE;
}

static void say_left_out(struct translator *t, const struct set_key *set)
{
	const char *name = schema_key(set->key)->name;

	(void)ledger_find(t->ledger, CODE_SET_LEFT_OUT, (struct place){t->ledger->source, 0, 0},
		"%s.%s is set, but your own template for [%s] does not write %s",
		schema_section_name(set->section), name, schema_section_name(set->section), name);
}

static void say_unused(struct translator *t, const struct set_key *set, const char *missing)
{
	const char *section = schema_section_name(set->section);

	(void)ledger_find(t->ledger, CODE_SET_UNUSED, (struct place){t->ledger->source, 0, 0},
		"%s.%s is set, but this input gives no %s", section, schema_key(set->key)->name, missing);
}

static void put_everywhere(struct translator *t, struct list *sections, const struct set_key *set)
{
	bool any[PUT_LEFT_OUT + 1] = {false};

	for (uint32_t i = 0; i < sections->count; i++)
		any[put_key(t, list_at(sections, i), set)] = true;
	if (any[PUT_LEFT_OUT])
		say_left_out(t, set);
	else if (!any[PUT_DONE])
		say_unused(t, set,
			set->section == SECTION_account ? "account"
			: set->kind == KIND_REMARK      ? "reader"
							: "reader that it is for");
}

static void put_in_conf(struct translator *t, const struct set_key *set)
{
	/* only CCcam.cfg decides whether these sections are written: a key alone must not open a port */
	bool decided = set->section == SECTION_webif || set->section == SECTION_cccam ||
		       set->section == SECTION_dvbapi || set->section == SECTION_gbox;

	if (model_find_conf(t->model, set->section) || !decided) {
		if (put_key(t, model_conf(t->model, set->section), set) == PUT_LEFT_OUT)
			say_left_out(t, set);
		return;
	}
	say_unused(t, set, arena_format(t->arena, "[%s]", schema_section_name(set->section)).at);
}

void put_set_keys(struct translator *t)
{
	for (size_t i = 0; i < t->choices->set_count; i++) {
		const struct set_key *set = &t->choices->set_keys[i];
		if (set->section == SECTION_reader)
			put_everywhere(t, &t->model->readers, set);
		else if (set->section == SECTION_account)
			put_everywhere(t, &t->model->accounts, set);
		else
			put_in_conf(t, set);
	}
}
