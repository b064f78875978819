/* Names of settings that only some of the OSCams know that are meant. See cc2oscam/target.h. */
#include "checks.h"

static const char *name_at(const struct checking *c, const struct setting *setting)
{
	return c->document->made ? NULL : document_line_at(c->document, setting->at->line)->read.name.at;
}

/* Another program knows the setting, or another version. */
static void say_other(struct checking *c, const struct setting *setting)
{
	enum schema_key_id key = setting->key;
	const struct lifespan *known = &schema_key(key)->known;
	struct finding *finding = found(c, CODE_UNKNOWN_SETTING, setting->at->line, name_at(c, setting),
		"%.*s knows no %s in %s, and ignores it; it is known to %.*s",
		SLICE_ARG(target_name(c->set->target, c->arena)), key_name(key),
		schema_section_name((enum schema_section)schema_key(key)->section),
		SLICE_ARG(lifespan_name(known, c->arena)));

	advise(c, finding, "If this is your program, add --target %.*s; else remove the line.",
		SLICE_ARG(lifespan_target(known, c->set->target, c->arena)));
}

static void say_some(struct checking *c, const struct setting *setting)
{
	enum schema_key_id key = setting->key;
	const struct lifespan *known = &schema_key(key)->known;
	bool emu = !(known->programs & PROGRAM_OSCAM);
	struct finding *finding = found(c, emu ? CODE_NEEDS_EMU : CODE_SETTING_VERSION, setting->at->line,
		name_at(c, setting), "%s is known only to %.*s; another one ignores it", key_name(key),
		SLICE_ARG(lifespan_name(known, c->arena)));

	if (!emu)
		advise(c, finding, "Say which OSCam you have, for example --target %.*s.",
			SLICE_ARG(lifespan_target(known, c->set->target, c->arena)));
}

void check_known_setting(struct checking *c, const struct setting *setting)
{
	switch (schema_knows(c->set->target, setting->key)) {
	case KNOWN_BY_NONE:
		say_other(c, setting);
		break;
	case KNOWN_BY_SOME:
		say_some(c, setting);
		break;
	case KNOWN_BY_ALL:
		break;
	}
}
