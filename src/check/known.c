/* Names of settings that only some of the OSCams know that are meant. See cc2oscam/target.h. */
#include "checks.h"

/* Another program knows the setting, or another version. */
static void say_other(struct checking *c, uint32_t line, enum schema_key_id key)
{
	const struct lifespan *known = &schema_key(key)->known;
	const struct oscam_line *read = &document_line_at(c->document, line)->read;
	struct finding *finding = found(c, CODE_UNKNOWN_SETTING, line, read->name.at,
		"%.*s knows no %s in %s, and ignores it; it is known to %.*s",
		SLICE_ARG(target_name(c->set->target, c->arena)), key_name(key),
		schema_section_name(read->section), SLICE_ARG(lifespan_name(known, c->arena)));

	advise(c, finding, "If that is yours, say so: --target %s; else remove the line.",
		lifespan_target(known));
}

static void say_some(struct checking *c, uint32_t line, enum schema_key_id key)
{
	const struct lifespan *known = &schema_key(key)->known;
	bool emu = !(known->programs & PROGRAM_OSCAM);
	struct finding *finding = found(c, emu ? CODE_NEEDS_EMU : CODE_SETTING_VERSION, line,
		document_line_at(c->document, line)->read.name.at,
		"%s is known only to %.*s; another one ignores it", key_name(key),
		SLICE_ARG(lifespan_name(known, c->arena)));

	if (!emu)
		advise(c, finding, "Say which OSCam you have, for example --target %s.",
			lifespan_target(known));
}

void check_known_setting(struct checking *c, uint32_t line)
{
	const struct oscam_line *read = &document_line_at(c->document, line)->read;

	if (read->event != OSCAM_SETTING)
		return;
	switch (schema_knows(c->set->target, read->key)) {
	case KNOWN_BY_NONE:
		say_other(c, line, read->key);
		break;
	case KNOWN_BY_SOME:
		say_some(c, line, read->key);
		break;
	case KNOWN_BY_ALL:
		break;
	}
}
