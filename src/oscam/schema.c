/* The tables of OSCam's files, sections and keys, and the look-up of a key by its name. */
#include "cc2oscam/schema.h"

#include <string.h>

/* Words of schema.def. */
enum { KEY_IS_OPEN, KEY_IS_SECRET };
#define LIST_OPEN(id)
#define LIST_SECRET(id) id,

static const struct form_info FORMS[FORM_COUNT] = {
#define CC2OSCAM_FORM(id, reader, code, remark, tells, digits)                                               \
	[FORM_##id] = {CODE_##code, REMARK_##remark, TELLS_##tells, digits},
#include "cc2oscam/forms.def"
#undef CC2OSCAM_FORM
};

/* Words of the column `rules`. */
#define RULE(text, least, most, becomes, kind)                                                               \
	{                                                                                                    \
		text, least, most, becomes, RULE_##kind                                                      \
	}
#define LOWEST  INT64_MIN
#define HIGHEST INT64_MAX
#define NONE    NULL
#define RULES(...)                                                                                           \
	(const struct schema_rule[])                                                                         \
	{                                                                                                    \
		__VA_ARGS__, RULE(NULL, 0, 0, 0, END)                                                        \
	}
#define WITHIN(a, z, b)  RULE(#a ".." #z " -> " #b, a, z, b, WITHIN)
#define VALUE(a, b)      RULE(#a " -> " #b, a, a, b, WITHIN)
#define BELOW(n, b)      RULE("<" #n " -> " #b, LOWEST, (n)-1, b, WITHIN)
#define UP_TO(n, b)      RULE("<=" #n " -> " #b, LOWEST, n, b, WITHIN)
#define ABOVE(n, b)      RULE(">" #n " -> " #b, (n) + 1, HIGHEST, b, WITHIN)
#define LEAST(n)         RULE("min " #n, LOWEST, (n)-1, n, WITHIN)
#define MOST(n)          RULE("max " #n, (n) + 1, HIGHEST, n, WITHIN)
#define OUTSIDE(a, z, b) RULE("outside " #a ".." #z " -> " #b, a, z, b, OUTSIDE)
#define FLAG             RULE(NULL, 0, 0, 1, OUTSIDE)
#define SECONDS_BELOW(n) RULE("<" #n " -> x1000", LOWEST, (n)-1, 1000, TIMES)
#define SHORT_TIME       RULE(NULL, LOWEST, -1, 0, WITHIN), RULE(NULL, 0, 59, 1000, TIMES)
#define KNOWS(a, z)      RULE("knows " #a ".." #z, a, z, 0, KNOWS)
#define RUNS(t, a, z, b) RULE(t, a, z, b, RUNS)
#define SAYS(t)          RULE(t, 0, 0, 0, SAYS)

static const struct schema_key KEYS[KEY_COUNT] = {
	[KEY_NONE] = {.name = "", .initial = "", .flag = "", .meaning = "", .type = TYPE_STRING},
#define CC2OSCAM_SECTION(id, name, file)
#define CC2OSCAM_KEY(section_, id_, name_, type_, size_, form_, initial_, rules_, flag_, meaning_,           \
	programs_, since_, until_, secret_, set_)                                                            \
	[KEY_##section_##_##id_] = {.name = (name_),                                                         \
		.padded = name_ "                              ", /* OSCAM_NAME_WIDTH blanks */              \
		.initial = (initial_),                                                                       \
		.rules = (rules_),                                                                           \
		.flag = (flag_),                                                                             \
		.meaning = (meaning_),                                                                       \
		.known = {(since_), (until_), PROGRAMS_##programs_},                                         \
		.secret = KEY_IS_##secret_,                                                                  \
		.set = SET_##set_,                                                                           \
		.size = (size_),                                                                             \
		.name_length = sizeof(name_) - 1,                                                            \
		.type = (type_),                                                                             \
		.form = FORM_##form_,                                                                        \
		.section = SECTION_##section_},
#include "cc2oscam/schema.def"
#undef CC2OSCAM_SECTION
#undef CC2OSCAM_KEY
};

static const enum schema_key_id SECRETS[] = {
#define CC2OSCAM_SECTION(id, name, file)
#define CC2OSCAM_KEY(section, id, name, type, size, form, initial, rules, flag, meaning, programs, since,    \
	until, secret, set)                                                                                  \
	LIST_##secret(KEY_##section##_##id)
#include "cc2oscam/schema.def"
#undef CC2OSCAM_SECTION
#undef CC2OSCAM_KEY
};

struct section_row {
	const char *name;
	enum oscam_file file;
	enum schema_key_id first; /* the others follow */
};

static const struct section_row SECTIONS[SECTION_COUNT] = {
	[SECTION_NONE] = {"", OSCAM_FILE_COUNT, KEY_NONE},
#define CC2OSCAM_SECTION(id_, name_, file_) [SECTION_##id_] = {(name_), (file_), FIRST_KEY_##id_},
#define CC2OSCAM_KEY(section, id, ...)
#include "cc2oscam/schema.def"
#undef CC2OSCAM_SECTION
#undef CC2OSCAM_KEY
};

/* OSCam's names; NCam's are the same with its own name in front. */
static const char *const FILES[OSCAM_FILE_COUNT][2] = {
	[OSCAM_CONF] = {"oscam.conf", "ncam.conf"},
	[OSCAM_SERVER] = {"oscam.server", "ncam.server"},
	[OSCAM_USER] = {"oscam.user", "ncam.user"},
	[OSCAM_SERVICES] = {"oscam.services", "ncam.services"},
	[OSCAM_DVBAPI] = {"oscam.dvbapi", "ncam.dvbapi"},
	[OSCAM_PROVID] = {"oscam.provid", "ncam.provid"},
	[OSCAM_SRVID] = {"oscam.srvid", "ncam.srvid"},
	[OSCAM_SRVID2] = {"oscam.srvid2", "ncam.srvid2"},
};

const char *oscam_file_name(enum oscam_file file)
{
	return FILES[file][0];
}

const char *target_file_name(const struct target *target, enum oscam_file file)
{
	return FILES[file][target_is_ncam(target)];
}

/* Whether `name` is `known`, or, with `start`, begins with `known` as a whole word. */
static bool is_called(const char *name, const char *known, bool start)
{
	size_t len = strlen(known);

	return strncmp(name, known, len) == 0 &&
	       (name[len] == '\0' || (start && !is_letter(name[len]) && !is_digit(name[len])));
}

enum oscam_file oscam_file_named(const char *name, bool start, bool *ncam)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		for (int whose = 0; whose < 2; whose++) {
			if (!is_called(name, FILES[file][whose], start))
				continue;
			if (ncam)
				*ncam = whose == 1;
			return (enum oscam_file)file;
		}
	return OSCAM_FILE_COUNT;
}

const struct schema_key *schema_key(enum schema_key_id id)
{
	return &KEYS[id];
}

const struct form_info *form_info(enum schema_form form)
{
	return &FORMS[form];
}

const struct schema_rule *schema_rule(enum schema_key_id id, unsigned kinds, int64_t number)
{
	for (const struct schema_rule *rule = KEYS[id].rules; rule && rule->kind != RULE_END; rule++) {
		bool within = number >= rule->least && number <= rule->most;
		bool outside = rule->kind == RULE_OUTSIDE || rule->kind == RULE_KNOWS;
		if ((kinds >> rule->kind & 1) && within != outside)
			return rule;
	}
	return NULL;
}

struct slice schema_rules(enum schema_key_id id, struct arena *arena)
{
	const struct schema_key *key = &KEYS[id];
	struct buffer text = {0};

	for (const struct schema_rule *rule = key->rules; rule && rule->kind != RULE_END; rule++)
		if (rule->text)
			buffer_format(&text, "%s%s", text.len > 0 ? "; " : "", rule->text);
	const char *between = text.len > 0 ? "; " : "";
	if (key->type == TYPE_INT8)
		buffer_format(&text, "%s-128..127, wraps", between);
	else if (key->type == TYPE_UINT8)
		buffer_format(&text, "%s0..255, saturates at 255", between);
	else if (key->type == TYPE_FIXED)
		buffer_format(&text, "%scut to %u bytes", between, key->size - 1u);
	else if (key->type == TYPE_HEX)
		buffer_format(&text,
			"%s%u hex digits needed; fewer or non-hex -> zeros + warning; longer -> rest dropped",
			between, 2u * key->size);
	return arena_take(arena, &text);
}

const char *schema_section_name(enum schema_section section)
{
	return SECTIONS[section].name;
}

enum oscam_file schema_section_file(enum schema_section section)
{
	return SECTIONS[section].file;
}

enum schema_key_id schema_file_keys(enum oscam_file file, size_t *count)
{
	enum schema_key_id first = KEY_NONE, end = KEY_COUNT;

	for (unsigned i = SECTION_COUNT; --i > 0;) {
		if (SECTIONS[i].file > file)
			end = SECTIONS[i].first;
		if (SECTIONS[i].file == file)
			first = SECTIONS[i].first;
	}
	*count = first == KEY_NONE ? 0 : (size_t)(end - first);
	return first;
}

enum schema_section schema_find_section(enum oscam_file file, struct slice name)
{
	if (file == OSCAM_SERVICES)
		return SECTION_service;
	for (unsigned i = 1; i < SECTION_COUNT; i++) {
		if (SECTIONS[i].file != file)
			continue;
		struct slice known = slice_of(SECTIONS[i].name);
		if (file == OSCAM_CONF ? slice_equal(known, name) : slice_equal_nocase(known, name))
			return (enum schema_section)i;
	}
	return SECTION_NONE;
}

static bool is_named(const struct schema_key *key, struct slice name)
{
	if (key->name_length != name.len)
		return false;
	return memcmp(key->name, name.at, name.len) == 0 ||
	       slice_equal_nocase((struct slice){key->name, name.len}, name);
}

enum schema_key_id schema_find(enum schema_section section, struct slice name)
{
	if (name.len == 0 || section == SECTION_NONE)
		return KEY_NONE;
	for (unsigned id = SECTIONS[section].first; id < KEY_COUNT && KEYS[id].section == section; id++)
		if (is_named(&KEYS[id], name))
			return (enum schema_key_id)id;
	return KEY_NONE;
}

bool schema_names_secret(struct slice name)
{
	for (size_t i = 0; i < sizeof SECRETS / sizeof *SECRETS; i++)
		if (is_named(&KEYS[SECRETS[i]], name))
			return true;
	return false;
}

enum knowledge schema_knows(const struct target *target, enum schema_key_id id)
{
	return target_knows(target, &KEYS[id].known);
}
