/* Checks of the names of sections and settings: those that OSCam does not know, with what was probably meant,
 * and those that stand twice. */
#include <string.h>

#include "cc2oscam/nearest.h"
#include "checks.h"

/* Settings that guides on the web use, and that OSCam does not know in these sections. */
static const struct folk {
	enum schema_section section; /* SECTION_NONE: in all of them */
	const char *name, *instead;
} folk_settings[] = {
	{SECTION_NONE, "newcamd_extended", "set mgclient in [newcamd], which comes nearest"},
	{SECTION_NONE, "icam", "make a plain newcamd reader for such a server"},
	{SECTION_NONE, "ecmnotfound", "use ecmnotfoundlimit"},
	{SECTION_NONE, "mhz_auto", "use autospeed"},
	{SECTION_reader, "account", "user and password, each on a line of its own"},
	{SECTION_account, "account", "user and pwd, each on a line of its own"},
	{SECTION_reader, "au", "set au in accounts; a reader has audisabled, auprovid and autype"},
	{SECTION_reader, "priority", "use lb_weight or fallback"},
	{SECTION_NONE, "ecmtimeout", "use clienttimeout in [global]"},
	{SECTION_reader, "preferlocalcards", "move the line to [global] or to an account"},
	{SECTION_cccam, "preferlocalcards", "move the line to [global] or to an account"},
	{SECTION_NONE, "cachedelay", "use delay in [cache]"},
	{SECTION_NONE, "cachecm",
		"remove the line; the cache needs no switch, and its settings are in [cache]"},
	{SECTION_global, "delay", "move the line to [cache]"},
	{SECTION_global, "stealth", "move the line to [cccam]"},
	{SECTION_global, "nodeid", "move the line to [cccam]"},
	{SECTION_global, "httpport", "move the line to [webif]"},
	{SECTION_NONE, "resolvedelay", "remove the line; OSCam has no such setting"},
	{SECTION_cache, "max_count", "use max_time; OSCam limits the cache by time"},
	{SECTION_webif, "httpforcesslv3", "remove the line; https_force_secure_mode = 1 is OSCam's default"},
};

static const struct {
	enum oscam_file file;
	const char *name, *instead;
} folk_sections[] = {
	{OSCAM_CONF, "camd35", "use [cs357x] for UDP or [cs378x] for TCP"},
	{OSCAM_CONF, "lb", "the settings lb_... belong to [global]"},
	{OSCAM_CONF, "loadbalancer", "the settings lb_... belong to [global]"},
	{OSCAM_CONF, "account", "accounts stand in oscam.user"},
	{OSCAM_CONF, "reader", "readers stand in oscam.server"},
	{OSCAM_SERVER, "account", "accounts stand in oscam.user"},
	{OSCAM_USER, "reader", "readers stand in oscam.server"},
};

static const char *instead_of_setting(enum schema_section section, struct slice name)
{
	for (size_t i = 0; i < sizeof folk_settings / sizeof *folk_settings; i++)
		if ((folk_settings[i].section == SECTION_NONE || folk_settings[i].section == section) &&
			slice_equal_nocase(name, slice_of(folk_settings[i].name)))
			return folk_settings[i].instead;
	return NULL;
}

static const char *instead_of_section(enum oscam_file file, struct slice name)
{
	for (size_t i = 0; i < sizeof folk_sections / sizeof *folk_sections; i++)
		if (folk_sections[i].file == file &&
			slice_equal_nocase(name, slice_of(folk_sections[i].name)))
			return folk_sections[i].instead;
	return NULL;
}

static const char *nearest_section(struct checking *c, struct slice name)
{
	const char *names[SECTION_COUNT];
	size_t count = 0;

	for (int i = SECTION_NONE + 1; i < SECTION_COUNT; i++)
		if (schema_section_file((enum schema_section)i) == c->document->file)
			names[count++] = schema_section_name((enum schema_section)i);
	return nearest(name, names, count);
}

static const char *nearest_setting(enum schema_section section, struct slice name)
{
	const char *names[KEY_COUNT];
	size_t count = 0;

	for (int i = KEY_NONE + 1; i < KEY_COUNT; i++)
		if (schema_key((enum schema_key_id)i)->section == section)
			names[count++] = key_name((enum schema_key_id)i);
	return nearest(name, names, count);
}

/* ---- sections ---- */

static void advise_section(struct checking *c, struct finding *finding, struct slice name)
{
	const char *instead = instead_of_section(c->document->file, name);
	const char *near = instead ? NULL : nearest_section(c, name);

	if (instead)
		advise(c, finding, "Instead: %s.", instead);
	else if (near && slice_equal_nocase(name, slice_of(near)))
		advise(c, finding, "OSCam wants small letters here: [%s].", near);
	else if (near)
		advise(c, finding, "Did you mean [%s]?", near);
}

void check_unknown_section(struct checking *c, const struct document_section *section)
{
	if (section->section != SECTION_NONE || section->header == DOCUMENT_NONE)
		return;
	unsigned long count = 0;
	for (uint32_t line = section->first; line < section->end; line++)
		count += document_line_at(c->document, line)->read.event == OSCAM_LOST_SETTING;
	struct finding *finding = found(c, CODE_UNKNOWN_SECTION, section->header, section->name.at - 1,
		"OSCam knows no section [%.*s] in %s%s: it %s%lu setting%s below it",
		SLICE_ARG(shown_masked(c, section->name)),
		target_file_name(c->set->target, c->document->file),
		c->document->file == OSCAM_USER ? ", and makes an account without name and password of it"
						: "",
		count > 0 ? "drops the " : "has ", count, count == 1 ? "" : "s");
	advise_section(c, finding, section->name);
}

/* ---- settings ---- */

/* Up to three sections that know the setting. */
static struct slice other_sections(struct checking *c, struct slice name)
{
	struct slice list = SLICE("");
	int count = 0;

	for (int i = SECTION_NONE + 1; i < SECTION_COUNT && count < 3; i++) {
		enum schema_section section = (enum schema_section)i;
		if (section == SECTION_service || schema_find(section, name) == KEY_NONE)
			continue;
		list = arena_format(c->arena, "%.*s%s[%s] of %s", SLICE_ARG(list), count++ > 0 ? ", " : "",
			schema_section_name(section),
			target_file_name(c->set->target, schema_section_file(section)));
	}
	return list;
}

/* `instead`: what is written in place of the setting; `others`: the sections that know it; `whose`: a program
 * made of OSCam that does. Without all of them: the setting that is spelt most alike. */
static void advise_setting(struct checking *c, struct finding *finding, enum schema_section section,
	struct slice name, const char *instead, struct slice others, const char *whose)
{
	const char *near = NULL;

	if (instead)
		advise(c, finding, "Instead: %s.", instead);
	else if (others.len > 0)
		advise(c, finding, "Move the line to %.*s.", SLICE_ARG(others));
	else if (whose)
		advise(c, finding, "Only %s knows the setting: remove the line, unless you run this program.",
			whose);
	else
		near = nearest_setting(section, name);
	if (near)
		advise(c, finding, "Did you mean %s?", near);
}

static void say_unknown(struct checking *c, uint32_t line, enum schema_section section, struct slice name)
{
	bool service = section == SECTION_service;
	const char *instead = instead_of_setting(section, name), *origin = schema_foreign(section, name);
	struct slice others = instead || service ? SLICE("") : other_sections(c, name);
	struct slice owner = others.len > 0 ? others : slice_of(origin ? origin : "");
	bool known = instead || others.len > 0;

	struct finding *finding = found(c,
		instead          ? CODE_FOLK_SETTING
		: others.len > 0 ? CODE_MISPLACED_SETTING
				 : CODE_UNKNOWN_SETTING,
		line, name.at, "OSCam knows no %.*s in %s, and ignores the line%s%.*s",
		SLICE_ARG(known ? name : shown_masked(c, name)),
		service ? "a section of oscam.services" : schema_section_name(section),
		owner.len > 0 ? "; the setting belongs to " : "", SLICE_ARG(owner));
	advise_setting(c, finding, section, name, instead, others, origin);
}

void check_unknown_setting(struct checking *c, uint32_t line)
{
	const struct oscam_line *read = &document_line_at(c->document, line)->read;
	struct slice name = slice_trim(read->name);

	if (read->event != OSCAM_UNKNOWN_SETTING ||
		(name.len > 0 && (strchr("#;[\xef", name.at[0]) || slice_starts(name, SLICE("//")))))
		return;
	if (name.len < read->name.len && schema_find(read->section, name) != KEY_NONE)
		(void)found(c, CODE_LEADING_TAB, line, read->name.at,
			"OSCam keeps the tab in front of %.*s, and does not know the setting",
			SLICE_ARG(name));
	else
		say_unknown(c, line, read->section, name);
}

/* ---- settings that only some of the target OSCams know ---- */

static const char *name_at(const struct checking *c, const struct setting *setting)
{
	return c->document->made ? NULL : document_line_at(c->document, setting->at->line)->read.name.at;
}

/* Another program knows the setting, or another version. */
static void say_other(struct checking *c, const struct setting *setting)
{
	enum schema_key_id key = setting->key;
	const struct lifespan *known = &schema_key(key)->known;
	(void)found(c, CODE_UNKNOWN_SETTING, setting->at->line, name_at(c, setting),
		"%.*s knows no %s in %s, and ignores the line; the setting is known to %.*s\n"
		"If this is your program, add --target %.*s; else remove the line.",
		SLICE_ARG(target_name(c->set->target, c->arena)), key_name(key),
		schema_section_name((enum schema_section)schema_key(key)->section),
		SLICE_ARG(lifespan_name(known, c->arena)),
		SLICE_ARG(lifespan_target(known, c->set->target, c->arena)));
}

static void say_some(struct checking *c, const struct setting *setting)
{
	enum schema_key_id key = setting->key;
	const struct lifespan *known = &schema_key(key)->known;
	bool emu = !(known->programs & PROGRAM_OSCAM);
	(void)found(c, emu ? CODE_NEEDS_EMU : CODE_SETTING_VERSION, setting->at->line, name_at(c, setting),
		emu ? "%s is known only to %.*s; any other OSCam ignores the line"
		    : "%s is known only to %.*s; any other OSCam ignores the line\n"
		      "Say which OSCam you have, for example --target %.*s.",
		key_name(key), SLICE_ARG(lifespan_name(known, c->arena)),
		SLICE_ARG(lifespan_target(known, c->set->target, c->arena)));
}

void check_known_setting(struct checking *c, const struct setting *setting)
{
	switch (known_key(c, setting->key)) {
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

/* ---- settings that stand twice ---- */

/* Where each key was seen last: line + 1. */
struct seen {
	uint32_t line[KEY_COUNT];
};

static void look_for_earlier(struct checking *c, struct seen *seen, const struct document_setting *setting)
{
	enum schema_key_id key = (enum schema_key_id)setting->key;
	uint32_t earlier = seen->line[key];

	seen->line[key] = setting->line + 1;
	if (earlier == 0 || key == KEY_account_user)
		return; /* a second user: OSCam appends _x, see check_duplicate_account */
	const char *name = document_line_at(c->document, setting->line)->read.name.at;
	if (schema_is_ranges(key))
		(void)found(c, CODE_REPEATED_RANGES, setting->line, name,
			"%s stands on line %lu already: OSCam crashes at start", key_name(key),
			line_number(c, earlier - 1));
	else
		(void)found(c, CODE_REPEATED_SETTING, setting->line, name,
			"%s stands on line %lu already; OSCam takes this one", key_name(key),
			line_number(c, earlier - 1));
}

/* Settings behind a header that OSCam does not see were meant for another section: only the header gets a
 * finding. */
static void look_in_section(struct checking *c, struct seen *seen, const struct document_section *section)
{
	uint32_t line = section->first;

	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *setting =
			list_at(&c->document->settings, section->setting + i);
		for (; line < setting->line; line++)
			if (is_unseen_header(document_line_at(c->document, line)))
				memset(seen, 0, sizeof *seen);
		look_for_earlier(c, seen, setting);
	}
}

/* Most sections are short: comparing all pairs costs less than clearing a table. */
enum { SHORT_SECTION = 12 };

static bool has_pair(const struct checking *c, const struct document_section *section)
{
	for (uint32_t i = 1; i < section->setting_count; i++) {
		const struct document_setting *a = list_at(&c->document->settings, section->setting + i);
		for (uint32_t k = 0; k < i; k++) {
			const struct document_setting *b =
				list_at(&c->document->settings, section->setting + k);
			if (a->key == b->key)
				return true;
		}
	}
	return false;
}

void check_repeated(struct checking *c, const struct document_section *section)
{
	struct seen seen;

	if (section->setting_count <= SHORT_SECTION && !has_pair(c, section))
		return;
	memset(&seen, 0, sizeof seen);
	look_in_section(c, &seen, section);
}

/* In oscam.conf sections with one name count as one section. */
void check_repeated_conf(struct checking *c)
{
	struct seen seen;

	(void)look_at(c, OSCAM_CONF);
	memset(&seen, 0, sizeof seen);
	for (uint32_t i = 0; i < c->document->sections.count; i++)
		look_in_section(c, &seen, document_section_at(c->document, i));
}
