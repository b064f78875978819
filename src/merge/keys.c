/* Editing existing sections in place: keys that the model sets, keys that are taken out because the model has
 * none, and keys that stay although the model has none. */
#include "parts.h"

/* Keys that are taken out where the model does not have them: their old values would grant something else. */
static const enum schema_key_id decided_cccam[] = {
	KEY_reader_cccmaxhops, KEY_reader_cccmindown, KEY_reader_cccwantemu, KEY_NONE};
static const enum schema_key_id decided_newcamd[] = {KEY_reader_key, KEY_reader_ccchop, KEY_NONE};
static const enum schema_key_id decided_card_server[] = {KEY_reader_ccchop, KEY_NONE};
static const enum schema_key_id decided_account[] = {
	KEY_account_au, KEY_account_cccmaxhops, KEY_account_cccreshare, KEY_account_group, KEY_NONE};
static const enum schema_key_id decided_namesake[] = {KEY_account_au, KEY_account_allowedprotocols,
	KEY_account_cccmaxhops, KEY_account_cccreshare, KEY_account_group, KEY_NONE};
static const enum schema_key_id decided_tuner[] = {KEY_account_au, KEY_account_group, KEY_NONE};
static const enum schema_key_id decided_nothing[] = {KEY_NONE};

/* Keys that only restrict: somebody put them there by hand, or an earlier line did. */
static const enum schema_key_id kept_reader[] = {KEY_reader_enable, KEY_reader_services, KEY_reader_caid,
	KEY_reader_ident, KEY_reader_chid, KEY_reader_blockemm_unknown, KEY_reader_blockemm_u,
	KEY_reader_blockemm_s, KEY_reader_blockemm_g, KEY_NONE};
static const enum schema_key_id kept_account[] = {KEY_account_disabled, KEY_account_hostname,
	KEY_account_caid, KEY_account_expdate, KEY_account_allowedprotocols, KEY_account_allowedtimeframe,
	KEY_account_services, KEY_account_ident, KEY_account_chid, KEY_NONE};

/* One existing section while it is edited; what happened to it as lists of names. */
struct editing {
	struct merge *m;
	const struct merge_half *half;
	const struct section *ours;
	uint32_t theirs;
	struct buffer set, removed, kept;
};

const enum schema_key_id *merge_decided_keys(const struct merge *m, const struct section *section)
{
	switch (section->kind) {
	case KIND_CCCAM:
		return decided_cccam;
	case KIND_NEWCAMD:
		return decided_newcamd;
	case KIND_CS357X:
	case KIND_RADEGAST:
		return decided_card_server;
	case KIND_ACCOUNT:
		return section == m->model->local_account ? decided_tuner
		       : section == m->namesake           ? decided_namesake
							  : decided_account;
	default:
		return decided_nothing;
	}
}

/* Behind the last key that OSCam's writer puts before this one; else behind the header, or where there is
 * none before the first key. */
static uint32_t place_for(
	const struct document *document, const struct document_section *section, enum schema_key_id key)
{
	uint32_t place = section->first;

	if (section->header == DOCUMENT_NONE && section->setting_count > 0)
		place = ((const struct document_setting *)list_at(&document->settings, section->setting))
				->line;
	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *setting = list_at(&document->settings, section->setting + i);
		if (setting->key < key)
			place = setting->line + 1;
	}
	return place;
}

void merge_set(struct document *document, uint32_t index, enum schema_key_id key, struct slice value)
{
	const struct document_section *section = document_section_at(document, index);
	const struct document_setting *setting = document_setting(document, section, key);
	struct slice text = document_format(document, key, value);

	if (setting)
		document_replace(document, setting->line, text);
	else
		document_insert(document, place_for(document, section, key), text);
}

void merge_unset(struct document *document, uint32_t index, enum schema_key_id key)
{
	const struct document_section *section = document_section_at(document, index);

	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *setting = list_at(&document->settings, section->setting + i);
		if (setting->key != key)
			continue;
		document_remove(document, setting->line);
	}
}

bool merge_holds(const struct merge *m, const struct document *document,
	const struct document_section *section, const struct section *ours, const struct entry *entry)
{
	enum schema_key_id key = (enum schema_key_id)entry->key;
	struct slice wanted = {entry->text, entry->len};

	if (key == KEY_reader_label || key == KEY_account_user)
		return slice_equal(section->label, wanted);
	if (key == KEY_reader_protocol)
		return slice_equal(section->protocol, wanted);
	struct slice value = document_value(document, section, key);
	if (key == KEY_reader_group || key == KEY_account_group)
		return bits_same(groups_bits(value), section_groups(ours));
	if (key == KEY_reader_services || key == KEY_account_services)
		return same_services(merge_service_bits(m, value), section_services(ours));
	if (key == KEY_reader_device)
		return merge_same_server(value, wanted);
	return slice_equal(value, wanted);
}

/* Of several `set` of one key the last one counts. */
bool merge_wants_default(const struct merge *m, const struct section *section, enum schema_key_id key)
{
	for (size_t i = m->choices.set_count; i > 0; i--) {
		const struct set_key *wanted = &m->choices.set_keys[i - 1];
		if (wanted->key == key && (wanted->kind == KIND_REMARK || wanted->kind == section->kind))
			return schema_is_initial(key, wanted->value);
	}
	return false;
}

static struct document_section *section_of(const struct editing *editing)
{
	return document_section_at(editing->half->document, editing->theirs);
}

/* Whether the key is set to something other than OSCam's default. */
static bool says_something(const struct editing *editing, enum schema_key_id key)
{
	const struct document *document = editing->half->document;

	return document_setting(document, section_of(editing), key) &&
	       !schema_is_initial(key, document_value(document, section_of(editing), key));
}

static void set_keys(struct editing *editing)
{
	struct document *document = editing->half->document;

	for (unsigned i = 0; i < editing->ours->count; i++) {
		const struct entry *entry = &editing->ours->entries[i];
		enum schema_key_id key = (enum schema_key_id)entry->key;
		if (entry->assumed ||
			merge_holds(editing->m, document, section_of(editing), editing->ours, entry))
			continue;
		merge_set(document, editing->theirs, key, (struct slice){entry->text, entry->len});
		merge_add_name(&editing->set, key);
	}
}

static void remove_key(struct editing *editing, enum schema_key_id key)
{
	if (section_get(editing->ours, key).at || !says_something(editing, key))
		return;
	merge_unset(editing->half->document, editing->theirs, key);
	merge_add_name(&editing->removed, key);
}

static bool is_decided(const struct editing *editing, enum schema_key_id key)
{
	const enum schema_key_id *at = merge_decided_keys(editing->m, editing->ours);

	while (*at != KEY_NONE && *at != key)
		at++;
	return *at != KEY_NONE;
}

static void remove_keys(struct editing *editing)
{
	const struct merge *m = editing->m;

	for (const enum schema_key_id *at = merge_decided_keys(m, editing->ours); *at != KEY_NONE; at++)
		remove_key(editing, *at);
	for (size_t i = 0; i < m->choices.set_count; i++) {
		const struct set_key *wanted = &m->choices.set_keys[i];
		bool before = false; /* a removed line counts once */
		for (size_t k = 0; k < i; k++)
			before |= m->choices.set_keys[k].key == wanted->key;
		if (wanted->section == editing->ours->section && !is_decided(editing, wanted->key) &&
			!before && merge_wants_default(m, editing->ours, wanted->key))
			remove_key(editing, wanted->key);
	}
}

static void keep_keys(struct editing *editing)
{
	for (const enum schema_key_id *at = editing->half->file == OSCAM_SERVER ? kept_reader : kept_account;
		*at != KEY_NONE; at++) {
		enum schema_key_id key = *at;
		if (!section_get(editing->ours, key).at && !is_decided(editing, key) &&
			says_something(editing, key))
			merge_add_name(&editing->kept, key);
	}
}

static void say_edited(const struct editing *editing)
{
	struct slice name = section_of(editing)->label;
	struct slice set = buffer_slice(&editing->set), removed = buffer_slice(&editing->removed);

	if (set.len > 0 || removed.len > 0)
		merge_say(editing->m, editing->ours, CODE_MERGE_CHANGED, "\"%.*s\" is there: %s%.*s%s%s%.*s",
			SLICE_ARG(name), set.len > 0 ? "set " : "", SLICE_ARG(set),
			set.len > 0 && removed.len > 0 ? "; " : "", removed.len > 0 ? "taken out " : "",
			SLICE_ARG(removed));
	if (editing->kept.len > 0)
		merge_say(editing->m, editing->ours, CODE_MERGE_KEPT,
			"\"%.*s\" keeps what no line asks for: %.*s", SLICE_ARG(name),
			SLICE_ARG(buffer_slice(&editing->kept)));
}

static struct slice read_by(const struct editing *editing, struct slice value, const struct target *target)
{
	return schema_read_losses(editing->half->group, value, target, editing->m->arena, NULL);
}

static struct slice or_none(struct slice groups)
{
	return groups.len > 0 ? groups : SLICE("none");
}

/* Says how the target OSCams differ in reading the groups of an existing section: an OSCam that does not know
 * numbers above 64 takes no group from such a number. */
static void say_reading(const struct editing *editing)
{
	const struct document *document = editing->half->document;
	const struct document_section *section = section_of(editing);
	const struct document_setting *setting = document_setting(document, section, editing->half->group);

	if (!setting || target_knows(document->target, &numbers_of_2604) != KNOWN_BY_SOME)
		return;
	struct slice before = read_by(editing, setting->value, &before_2604),
		     after = read_by(editing, setting->value, &from_2604);
	if (groups_bits(before).low == groups_bits(after).low)
		return;
	merge_say(editing->m, editing->ours, CODE_MERGE_READING,
		"\"%.*s\": to OSCam before 2.26.04 the existing groups are %.*s, and from 2.26.04 on %.*s; "
		"the merge takes %.*s",
		SLICE_ARG(section->label), SLICE_ARG(or_none(before)), SLICE_ARG(or_none(after)),
		SLICE_ARG(or_none(document_value(document, section, editing->half->group))));
}

void merge_edit_sections(struct merge *m, const struct merge_half *half)
{
	struct editing editing = {.m = m, .half = half};

	for (uint32_t i = 0; i < half->sections->count; i++) {
		if (half->theirs[i] == DOCUMENT_NONE)
			continue;
		editing.ours = list_at(half->sections, i);
		editing.theirs = half->theirs[i];
		editing.set.len = editing.removed.len = editing.kept.len = 0;
		say_reading(&editing);
		set_keys(&editing);
		remove_keys(&editing);
		keep_keys(&editing);
		say_edited(&editing);
	}
	buffer_free(&editing.set);
	buffer_free(&editing.removed);
	buffer_free(&editing.kept);
}
