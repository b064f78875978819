/* The choices that are left to the user (mapping.md, section 6), one row each: the only list of them. */
#include "settings.h"

const char *const profile_words[] = {"receiver", "server", "tvheadend", NULL};
static const char *const group_policies[] = {"minimal", "single", "per-protocol", NULL};
static const char *const reshares[] = {"narrowest", "widest", NULL};
static const char *const double_logins[] = {"last", "first", "any", NULL};
static const char *const spellings[] = {"documented", "tolerant", NULL};
static const char *const notes[] = {"comment", "filter", NULL};
static const char *const disabled_lines[] = {"skip", "convert", NULL};
static const char *const expiry_comments[] = {"ignore", "convert", NULL};
const char *const comment_words[] = {"source", "none", NULL};
static const char *const switches[] = {"false", "true", "no", "yes", "off", "on", NULL};
/* OSCam's own; whether it keeps one is up to the schema. */
static const char *const boxes[] = {"generic", "dreambox", "duckbox", "ufs910", "dbox2", "ipbox", "ipbox-pmt",
	"dm7000", "qboxhd", "coolstream", "neumo", "pc", "pc-nodmx", "samygo", NULL};

enum { LOCAL_ACCOUNT_MAX = 20 };

int choose_word(const char *const *words, struct slice value, const char *it, struct buffer *why)
{
	for (int i = 0; words[i]; i++)
		if (slice_equal(value, slice_of(words[i])))
			return i;
	for (int i = 0; words[i]; i++)
		buffer_format(why, "%s%s%s", i == 0 ? it : ", ", i == 0 ? "takes one of: " : "", words[i]);
	buffer_format(why, "; not \"%.*s\"", SLICE_ARG(value));
	return -1;
}

/* The number of the word goes into a byte of the request. */
static bool take_word(
	struct settings *settings, const struct setting_row *setting, struct slice value, struct buffer *why)
{
	int chosen = choose_word(setting->words, value, "it ", why);

	if (chosen >= 0)
		((uint8_t *)settings->request)[setting->goes] =
			(uint8_t)(setting->words == switches ? chosen % 2 : chosen);
	return chosen >= 0;
}

static bool take_first_group(
	struct settings *settings, const struct setting_row *setting, struct slice value, struct buffer *why)
{
	uint64_t number;

	(void)setting;
	if (!parse_decimal(value, BITS_KNOWN, &number) || number == 0) {
		buffer_format(
			why, "it takes a number from 1 to %d, not \"%.*s\"", BITS_KNOWN, SLICE_ARG(value));
		return false;
	}
	settings->request->choices.first_group = (unsigned)number;
	return true;
}

static bool take_boxtype(
	struct settings *settings, const struct setting_row *setting, struct slice value, struct buffer *why)
{
	if (choose_word(setting->words, value, "it ", why) < 0)
		return false;
	settings->request->choices.boxtype = arena_copy(&settings->request->arena, value);
	return true;
}

static bool take_local_account(
	struct settings *settings, const struct setting_row *setting, struct slice value, struct buffer *why)
{
	(void)setting;
	if (value.len == 0 || value.len > LOCAL_ACCOUNT_MAX || find_control(value) != SIZE_MAX ||
		memchr(value.at, ' ', value.len)) {
		buffer_format(why, "it takes a user name: 1 to %d bytes without blanks", LOCAL_ACCOUNT_MAX);
		return false;
	}
	settings->request->choices.local_account = arena_copy(&settings->request->arena, value);
	return true;
}

static bool take_templates(
	struct settings *settings, const struct setting_row *setting, struct slice value, struct buffer *why)
{
	const char *folder = value.len > 0 && value.at[0] == '/' ? "" : settings->folder;

	(void)setting;
	if (value.len == 0) {
		buffer_format(why, "it takes a folder");
		return false;
	}
	struct slice path = arena_format(&settings->request->arena, "%s%.*s", folder, SLICE_ARG(value));
	settings->request->templates = path.at;
	return true;
}

static bool take_target(
	struct settings *settings, const struct setting_row *setting, struct slice value, struct buffer *why)
{
	(void)setting;
	return target_read(value, &settings->request->choices.target, why);
}

enum code find_code(struct slice name, struct buffer *why)
{
	const char *names[CODE_COUNT];
	enum code code = code_by_name(name);

	if (code != CODE_COUNT)
		return code;
	for (int i = 0; i < CODE_COUNT; i++)
		names[i] = code_info((enum code)i)->name;
	const char *near = nearest(name, names, CODE_COUNT);
	buffer_format(why, "no finding has the code \"%.*s\"", SLICE_ARG(name));
	if (near)
		buffer_format(why, "; did you mean \"%s\"?", near);
	else
		buffer_format(why, "; cc2oscam help convert lists the codes");
	return CODE_COUNT;
}

/* One code, or several with commas between. OVERRIDE_NONE is for the list of checks that are switched off. */
static bool take_codes(
	struct settings *settings, const struct setting_row *setting, struct slice value, struct buffer *why)
{
	do {
		enum code code = find_code(slice_trim(slice_cut(&value, ',')), why);
		if (code == CODE_COUNT)
			return false;
		if (setting->goes == OVERRIDE_NONE)
			settings->request->skip[code] = true;
		else
			settings->request->overrides[code] = (uint8_t)setting->goes;
	} while (value.at);
	return true;
}

#define AT(field) offsetof(struct request, field)

const struct setting_row setting_table[SETTING_COUNT] = {
	{"target", take_target, NULL, false, 0},
	{"profile", take_word, profile_words, false, AT(choices.profile)},
	{"groups", take_word, group_policies, false, AT(choices.groups)},
	{"first-group", take_first_group, NULL, false, 0},
	{"reshare", take_word, reshares, false, AT(choices.reshare_widest)},
	{"double-login", take_word, double_logins, false, AT(choices.double_login)},
	{"boxtype", take_boxtype, boxes, false, 0},
	{"local-account", take_local_account, NULL, false, 0},
	{"spelling", take_word, spellings, false, AT(choices.tolerant)},
	{"notes", take_word, notes, false, AT(choices.notes_filter)},
	{"disabled-lines", take_word, disabled_lines, false, AT(choices.disabled_convert)},
	{"expiry-comments", take_word, expiry_comments, false, AT(choices.expiry_convert)},
	{"templates", take_templates, NULL, false, 0},
	{"comments", take_word, comment_words, false, AT(no_comments)},
	{"strict", take_word, switches, false, AT(strict)},
	{"warn", take_codes, NULL, true, OVERRIDE_WARNING},
	{"error", take_codes, NULL, true, OVERRIDE_ERROR},
	{"silent", take_codes, NULL, true, OVERRIDE_SILENT},
	{"skip", take_codes, NULL, true, OVERRIDE_NONE},
	{"set", setting_take_key, NULL, true, 0},
};

bool setting_takes_codes(const struct setting_row *setting)
{
	return setting->take == take_codes;
}

void setting_say_unknown(struct slice name, const char *const *names, size_t count, struct buffer *why)
{
	const char *near = nearest(name, names, count);

	buffer_format(why, "there is no choice \"%.*s\"", SLICE_ARG(name));
	if (near)
		buffer_format(why, "; did you mean \"%s\"?", near);
	else
		buffer_format(why, " (cc2oscam help settings lists them)");
}

const struct setting_row *setting_find(struct slice name, struct buffer *why)
{
	const char *names[SETTING_COUNT];

	for (int i = 0; i < SETTING_COUNT; i++) {
		if (slice_equal(name, slice_of(setting_table[i].name)))
			return &setting_table[i];
		names[i] = setting_table[i].name;
	}
	setting_say_unknown(name, names, SETTING_COUNT, why);
	return NULL;
}

bool setting_assign(struct settings *settings, struct slice text, struct buffer *why)
{
	struct slice value = text, name = slice_trim(slice_cut(&value, '='));

	if (!value.at) {
		buffer_format(why, "it wants NAME=VALUE");
		return false;
	}
	if (name.len > 0 && memchr(name.at, '.', name.len))
		return setting_take_key(settings, NULL, text, why);
	const struct setting_row *setting = setting_find(name, why);
	return setting && setting->take(settings, setting, slice_trim(value), why);
}
