/* What `check` says of one setting by itself: the setting stands in a section of its own, and all checks look
 * at that section. */
#include "checks.h"

/* These findings are about other settings, or about who starts OSCam, and not about the value. */
static const enum code beside[] = {CODE_PORT_PRIVILEGED, CODE_WEBIF_FORBIDDEN, CODE_WEBIF_OPEN,
	CODE_WEBIF_WITHOUT_PASSWORD, CODE_RADEGAST_CLOSED, CODE_RESPELLED};

/* These keys count only together with another key, which is set here, too. */
static const struct {
	enum schema_key_id key;
	const char *partner;
} partners[] = {
	{KEY_global_disableuserfile, "[global]\nusrfile = a\n"},
	{KEY_global_disablemail, "[global]\nmailfile = a\n"},
	{KEY_cache_max_time, "[global]\nclienttimeout = 1000\n"},
	{KEY_dvbapi_delayer, "[dvbapi]\nenabled = 1\n"},
	{KEY_reader_keepalive, "cacheex = 2\n"},
	{KEY_account_max_connections, "uniq = 1\n"},
};

static struct slice section_text(
	struct arena *arena, enum schema_key_id key, struct slice value, const char *protocol)
{
	enum schema_section section = (enum schema_section)schema_key(key)->section;
	const char *partner = "", *name = schema_key(key)->name;

	for (size_t i = 0; i < sizeof partners / sizeof *partners; i++)
		if (partners[i].key == key)
			partner = partners[i].partner;

	if (section == SECTION_reader)
		return arena_format(arena, "[reader]\nlabel = a\nprotocol = %s\n%s%s = %.*s\n", protocol,
			partner, name, SLICE_ARG(value));
	if (section == SECTION_account)
		return arena_format(
			arena, "[account]\nuser = a\n%s%s = %.*s\n", partner, name, SLICE_ARG(value));
	return arena_format(
		arena, "%s[%s]\n%s = %.*s\n", partner, schema_section_name(section), name, SLICE_ARG(value));
}

/* The first finding about the last line, but the one that no reader uses the setting comes before all others.
 */
static const struct finding *about_setting(const struct check_file *file)
{
	const struct finding *first = NULL;

	for (uint32_t i = 0; i < file->ledger.findings.count; i++) {
		const struct finding *finding = list_at(&file->ledger.findings, i);
		if (finding->place.line != file->source.lines)
			continue;
		if (!first || finding->code == CODE_SETTING_UNUSED)
			first = finding;
	}
	return first;
}

const struct finding *check_alone(
	struct arena *arena, enum schema_key_id key, struct slice value, const char *protocol)
{
	enum oscam_file name = schema_section_file((enum schema_section)schema_key(key)->section);
	struct check_file *file = arena_zero(arena, sizeof *file);
	bool *skip = arena_zero(arena, CODE_COUNT * sizeof *skip);
	/* the caller says whether the target knows the key: only the value is checked here */
	const struct lifespan *known = &schema_key(key)->known;
	struct target target = {.oldest = known->since ? known->since : OSCAM_OLDEST,
		.newest = known->until ? known->until - 1 : OSCAM_NEWEST,
		.programs = known->programs};
	struct check_set set = {.arena = arena, .skip = skip, .target = &target};

	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
		skip[beside[i]] = true;
	file->file = name;
	source_from_raw_text(&file->source, oscam_file_name(name), section_text(arena, key, value, protocol));
	set.files[name] = file;
	check_run(&set);
	return about_setting(file);
}
