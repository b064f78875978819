/* What `check` says of one setting by itself: it stands in a section of its own, and all checks look at it.
 */
#include "checks.h"

/* These are about what stands beside a setting, or who starts OSCam, and not about its value. */
static const enum code beside[] = {CODE_PORT_PRIVILEGED, CODE_WEBIF_FORBIDDEN, CODE_WEBIF_OPEN,
	CODE_WEBIF_NO_PASSWORD, CODE_RADEGAST_CLOSED};

static struct slice section_text(
	struct arena *arena, enum schema_key_id key, struct slice value, const char *protocol)
{
	enum schema_section section = (enum schema_section)schema_key(key)->section;
	struct slice head = SLICE("");

	if (section == SECTION_reader)
		head = arena_format(arena, "label = a\nprotocol = %s\n", protocol);
	else if (section == SECTION_account)
		head = SLICE("user = a\n");
	return arena_format(arena, "[%s]\n%.*s%s = %.*s\n", schema_section_name(section), SLICE_ARG(head),
		schema_key(key)->name, SLICE_ARG(value));
}

/* The first about the last line; before all others that the readers have no use for the setting. */
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
	struct check_set set = {.arena = arena, .skip = skip};

	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
		skip[beside[i]] = true;
	skip[CODE_SETTING_UNUSED] = !protocol;
	file->file = name;
	source_from_raw_text(&file->source, oscam_file_name(name), section_text(arena, key, value, protocol));
	set.files[name] = file;
	check_run(&set);
	return about_setting(file);
}
