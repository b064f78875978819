/* What new files of ours have for all, and the existing ones do not: it is said, not added. */
#include "cc2oscam/protocols.h"
#include "parts.h"

#include <string.h>

static struct place whole_file(const struct merge *m)
{
	return (struct place){m->ledger->source, 0, 0};
}

static const struct section *conf_section(const struct model *model, enum schema_section name)
{
	for (uint32_t i = 0; i < model->conf.count; i++) {
		const struct section *section = list_at(&model->conf, i);
		if (section->kind == KIND_CONF && section->section == name)
			return section;
	}
	return NULL;
}

/* Whether OSCam holds a number other than 0 for the key of the existing oscam.conf. */
static bool is_set(const struct document *document, enum schema_key_id key, struct arena *arena)
{
	const struct document_setting *setting = document_conf_setting(document, key);
	struct slice value = setting ? schema_read(key, setting->value, arena) : (struct slice){NULL, 0};

	return value.len > 0 && !slice_equal(value, SLICE("0"));
}

static void say_no_au(struct merge *m, const struct document *document)
{
	const struct section *dvbapi = conf_section(m->model, SECTION_dvbapi);

	if (dvbapi && section_get(dvbapi, KEY_dvbapi_au).at && document_conf(document, SECTION_dvbapi) &&
		!is_set(document, KEY_dvbapi_au, m->arena))
		(void)ledger_find(m->ledger, CODE_DVBAPI_WITHOUT_AU, whole_file(m),
			"[dvbapi] of oscam.conf has no au: OSCam starts no EMM filter");
}

/* The servers of the merged file. */
static struct reached find_servers(const struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_READERS];
	struct reached servers = {.any = 0};
	uint32_t number = 0;

	for (uint32_t i = 0; half->document && i < half->document->sections.count; i++, number++) {
		const struct document_section *section = document_section_at(half->document, i);
		if (section->section == SECTION_reader && section->held && section->enabled &&
			protocol_is(section->protocol, PROTOCOL_SERVER) && half->ours[i] == DOCUMENT_NONE)
			reached_add(&servers, half->groups[i], number);
	}
	for (uint32_t i = 0; i < half->sections->count; i++, number++) {
		const struct section *section = list_at(half->sections, i);
		if (section_is_reader(section) && section->kind != KIND_LOCAL &&
			!section_get(section, KEY_reader_enable).at)
			reached_add(&servers, section_groups(section), number);
	}
	return servers;
}

static bool any_reaches_several(const struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	struct reached servers = find_servers(m);

	for (uint32_t i = 0; half->document && i < half->document->sections.count; i++)
		if (half->ours[i] == DOCUMENT_NONE && reached_are_several(&servers, half->groups[i]))
			return true;
	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *section = list_at(half->sections, i);
		if (section->kind == KIND_ACCOUNT && !section_get(section, KEY_account_disabled).at &&
			reached_are_several(&servers, section_groups(section)))
			return true;
	}
	return false;
}

static void say_all_at_once(struct merge *m, const struct document *document)
{
	const struct section *global = conf_section(m->model, SECTION_global);

	for (unsigned i = 0; global && i < global->count; i++)
		if (global->entries[i].key == KEY_global_lb_mode && !global->entries[i].assumed)
			return;
	if (!is_set(document, KEY_global_lb_mode, m->arena) && any_reaches_several(m))
		(void)ledger_find(m->ledger, CODE_ALL_READERS_AT_ONCE, whole_file(m),
			"oscam.conf has no lb_mode, and an account reaches several servers: every request "
			"goes to all of them at once");
}

static void say_double_logins(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	unsigned long count = 0;

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *account = list_at(half->sections, i);
		if (half->theirs[i] == DOCUMENT_NONE || !section_get(account, KEY_account_uniq).at)
			continue;
		const struct document_section *section = document_section_at(half->document, half->theirs[i]);
		count += schema_is_initial(
			KEY_account_uniq, document_value(half->document, section, KEY_account_uniq));
	}
	if (count > 0)
		(void)ledger_find(m->ledger, CODE_DOUBLE_LOGIN, whole_file(m),
			"%lu account%s of CCcam.cfg that %s there already %s no uniq", count,
			count == 1 ? "" : "s", count == 1 ? "is" : "are", count == 1 ? "has" : "have");
}

/* What OSCam does not see of an existing file: a merge only looks at what OSCam sees. */
static void say_zero_byte(struct merge *m, enum oscam_file file)
{
	struct line_walk walk = line_walk_start(m->existing.files[file]);
	struct line line;

	while (line_walk_next(&walk, &line)) {
		if (!memchr(line.text.at, '\0', line.text.len))
			continue;
		(void)ledger_find(m->ledger, CODE_ZERO_BYTE, whole_file(m),
			"line %lu of the existing %s has a zero byte, and OSCam reads the line up to there",
			(unsigned long)line.number, target_file_name(m->existing.target, file));
		return;
	}
}

void merge_say_missing(struct merge *m)
{
	const struct document *document = merge_document(m, OSCAM_CONF);

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (m->existing.files[file])
			say_zero_byte(m, (enum oscam_file)file);
	say_double_logins(m);
	if (!document)
		return;
	say_no_au(m, document);
	say_all_at_once(m, document);
}
