/* Keys of OSCam that the user wants: "reader.cccam.inactivitytimeout = 600". Each is held against the schema
 * before anything is converted. */
#include "options.h"

#include "cc2oscam/check.h"
#include "cc2oscam/emit.h"
#include "cc2oscam/protocols.h"

/* What says who somebody is, and what he may have: one value for all would undo single lines in silence. */
static const char *const decided_by[] = {
	[SET_LINE] = "each line of CCcam.cfg has its own",
	[SET_LIMITS] = "the limits of each line decide it",
	[SET_HOPS] = "the hops of each line decide it",
	[SET_DISTANCE] = "the hop limit of each line and the choice hops decide it",
	[SET_CARD] = "each card has its own",
	[SET_GROUPS] = "the choices groups and first-group decide it",
	[SET_TUNER] = "cc2oscam keeps the tuner's account, which has no password, closed to the network",
	[SET_EXPIRY] = "the choice expiry-comments decides it",
	[SET_PROFILE] = "the choice profile decides it",
	[SET_ACCOUNT] = "the choice local-account decides it",
	[SET_BOXTYPE] = "the choice boxtype decides it",
};

/* What the readers of one kind are called in "reader.PROTOCOL.KEY". */
static const char *kind_name(enum section_kind kind)
{
	return kind == KIND_LOCAL ? "local" : protocol_of_kind(kind)->word;
}

enum { KINDS = KIND_LOCAL - KIND_CCCAM + 1 };

static bool find_section(struct slice name, enum schema_section *section, struct buffer *why)
{
	const char *names[SECTION_COUNT];
	size_t count = 0;

	for (int i = SECTION_NONE + 1; i < SECTION_COUNT; i++) {
		*section = (enum schema_section)i;
		names[count++] = schema_section_name(*section);
		if (!slice_equal_nocase(name, slice_of(names[count - 1]))) {
			count -= i == SECTION_service;
			continue;
		}
		return i != SECTION_service ||
		       refuse(why,
			       "the sections of oscam.services come from limits; their keys cannot be set");
	}
	buffer_format(why, "OSCam has no section \"%.*s\"", SLICE_ARG(name));
	return suggest(why, name, names, count) && false;
}

static bool find_kind(struct slice name, enum section_kind *kind, struct buffer *why)
{
	static const char *const between[KINDS] = {"; there are ", [KINDS - 1] = " and "};
	const char *names[KINDS];

	for (int i = 0; i < KINDS; i++) {
		*kind = (enum section_kind)(KIND_CCCAM + i);
		names[i] = kind_name(*kind);
		if (slice_equal_nocase(name, slice_of(names[i])))
			return true;
	}
	buffer_format(why, "there are no readers \"%.*s\"", SLICE_ARG(name));
	if (suggest(why, name, names, KINDS))
		return false;
	for (int i = 0; i < KINDS; i++)
		buffer_format(why, "%s%s", between[i] ? between[i] : ", ", names[i]);
	return refuse(why, " ones");
}

static bool refuse_unknown(enum schema_section section, struct slice name, struct buffer *why)
{
	const char *names[KEY_COUNT], *origin = schema_foreign(section, name);
	size_t count = 0;

	buffer_format(
		why, "OSCam has no key \"%.*s\" in [%s]", SLICE_ARG(name), schema_section_name(section));
	if (origin)
		return refuse(why, "; the key belongs to %s", origin);
	for (int i = KEY_NONE + 1; i < KEY_COUNT; i++)
		if (schema_key((enum schema_key_id)i)->section == section)
			names[count++] = schema_key((enum schema_key_id)i)->name;
	if (suggest(why, name, names, count))
		return false;
	for (int i = SECTION_NONE + 1; i < SECTION_service; i++)
		if (schema_find((enum schema_section)i, name) != KEY_NONE)
			return refuse(why, "; did you mean \"%s.%.*s\"?",
				schema_section_name((enum schema_section)i), SLICE_ARG(name));
	return false;
}

/* "SECTION.KEY" or "reader.PROTOCOL.KEY" */
static bool find_key(struct slice name, struct set_key *set, struct buffer *why)
{
	struct slice rest = name, part = slice_cut(&rest, '.');

	if (!rest.at)
		return refuse(why, "write SECTION.KEY = VALUE, not \"%.*s\"", SLICE_ARG(name));
	set->kind = KIND_REMARK;
	set->left_out = 0;
	if (!find_section(part, &set->section, why))
		return false;
	if (set->section == SECTION_reader && rest.len > 0 && memchr(rest.at, '.', rest.len) &&
		!find_kind(slice_cut(&rest, '.'), &set->kind, why))
		return false;
	set->key = schema_find(set->section, rest);
	if (set->key == KEY_NONE)
		return refuse_unknown(set->section, rest, why);
	unsigned decides = schema_key(set->key)->set;
	return decides == SET_FREE || refuse(why, "this key cannot be set: %s", decided_by[decides]);
}

static bool refuse_misread(
	struct arena *arena, enum schema_key_id id, struct slice raw, struct slice kept, struct buffer *why)
{
	const struct schema_key *key = schema_key(id);
	struct slice rules = schema_rules(id, arena);

	if (value_is_secret(id, raw))
		return refuse(why, "OSCam would not keep this value as it is (%s)", key->meaning);
	if (kept.len > 0 && !slice_equal(raw, kept))
		buffer_format(why, "OSCam would take \"%.*s\" for \"%.*s\"", SLICE_ARG(raw), SLICE_ARG(kept));
	else
		buffer_format(why, "OSCam would keep nothing of \"%.*s\"", SLICE_ARG(raw));
	return refuse(why, " (%s%s%.*s)", key->meaning, rules.len > 0 ? "; " : "", SLICE_ARG(rules));
}

/* A number as OSCam reads and keeps it, with a plus or zeros in front; or a value of which something is kept:
 * what is lost of it `check` says. */
static bool is_kept(struct arena *arena, enum schema_key_id key, struct slice raw, struct slice kept)
{
	struct slice digits = raw.at[0] == '+' ? (struct slice){raw.at + 1, raw.len - 1} : raw;
	uint64_t written, number;

	if (schema_is_number(key))
		return parse_decimal(digits, UINT32_MAX, &written) &&
		       parse_decimal(kept, UINT32_MAX, &number) && written == number;
	return kept.len > 0 && schema_keeps(key, kept, arena);
}

/* OSCam's default, in whatever words: nothing is written then, and nothing is said of it. */
static bool is_default(struct arena *arena, const struct set_key *set, struct slice raw, struct slice kept)
{
	bool readers = set->section == SECTION_reader;

	if (!schema_is_initial(set->key, kept))
		return false;
	for (int i = 0; i < (readers ? KINDS : 1) && !slice_equal(raw, kept); i++) {
		enum section_kind kind = (enum section_kind)(KIND_CCCAM + i);
		const struct finding *finding =
			check_alone(arena, set->key, raw, readers ? protocol_of_kind(kind)->word : NULL);
		if (finding && finding->code != CODE_SETTING_UNUSED)
			return false;
	}
	return true;
}

/* The value as OSCam would write it back, in the arena. */
static bool read_value(struct arena *arena, struct set_key *set, struct slice raw, struct buffer *why)
{
	const char *initial = schema_key(set->key)->initial;

	if (raw.len == 0 && *initial == '\0')
		return refuse(why, "the value is missing; without the line OSCam has no value");
	if (raw.len == 0)
		return refuse(why, "the value is missing; OSCam's default is \"%s\"", initial);
	struct slice kept = schema_read(set->key, raw, arena);
	if (!schema_keeps(set->key, raw, arena) && !is_kept(arena, set->key, raw, kept) &&
		!is_default(arena, set, raw, kept))
		return refuse_misread(arena, set->key, raw, kept, why);
	set->value = arena_copy(arena, kept);
	return true;
}

/* What `check` says of the value, as it was given and as it will be written. */
static const struct finding *judge(
	struct arena *arena, const struct set_key *set, struct slice raw, const char *protocol)
{
	const struct finding *finding = check_alone(arena, set->key, raw, protocol);

	return finding || slice_equal(raw, set->value) ? finding
						       : check_alone(arena, set->key, set->value, protocol);
}

/* `readers`: the kind of readers that the finding is about, where other readers have the key too; or NULL. */
static bool refuse_finding(const struct set_key *set, struct slice raw, const struct finding *finding,
	const char *readers, struct buffer *why)
{
	const struct code_info *info = code_info(finding->code);
	struct slice message = finding->code == CODE_PORT_CONFLICT ? SLICE("it has a port twice")
			       : value_is_secret(set->key, raw)    ? slice_of(info->meaning)
								   : finding->message;

	buffer_format(why, "%.*s [%s]", SLICE_ARG(message), info->name);
	if (readers)
		buffer_format(
			why, "; that is about %s readers: reader.PROTOCOL.KEY sets it for others", readers);
	return false;
}

/* A key that only some readers have a use for goes into these and no others. */
static bool take_key(
	struct settings *settings, const struct set_key *set, struct slice raw, struct buffer *why)
{
	bool initial = is_default(&settings->request->arena, set, raw, set->value);
	bool readers = set->section == SECTION_reader && !initial;
	const struct finding *unused = NULL;
	bool used[KINDS] = {false}, any = false;

	for (int i = 0; i < (readers ? KINDS : 1) && !initial; i++) {
		enum section_kind kind = (enum section_kind)(KIND_CCCAM + i);
		if (readers && set->kind != KIND_REMARK && set->kind != kind)
			continue;
		const struct finding *finding = judge(
			&settings->request->arena, set, raw, readers ? protocol_of_kind(kind)->word : NULL);
		used[i] = !finding || !readers || finding->code != CODE_SETTING_UNUSED;
		any |= used[i];
		if (finding && used[i])
			return refuse_finding(set, raw, finding,
				readers && set->kind == KIND_REMARK ? kind_name(kind) : NULL, why);
		unused = finding ? finding : unused;
	}
	if (!any && unused)
		return refuse_finding(set, raw, unused, NULL, why);
	for (int i = 0; unused && i < KINDS; i++) {
		struct set_key part = *set;
		part.kind = (enum section_kind)(KIND_CCCAM + i);
		if (used[i])
			*(struct set_key *)list_add(&settings->set_keys) = part;
	}
	if (!unused)
		*(struct set_key *)list_add(&settings->set_keys) = *set;
	return true;
}

bool set_key(struct settings *settings, const struct option_row *row, struct slice text, struct buffer *why)
{
	struct slice value = text, name = slice_trim(slice_cut(&value, '='));
	struct set_key set = {.key = KEY_NONE};

	if (!value.at)
		return refuse(why, "write SECTION.KEY = VALUE");
	value = slice_trim(value);
	if (row) /* one of a list: which one has to be said; taken back when all is well */
		buffer_format(why, "%.*s: ", SLICE_ARG(name));
	if (!find_key(name, &set, why) || !read_value(&settings->request->arena, &set, value, why) ||
		!take_key(settings, &set, value, why))
		return false;
	why->len = 0;
	return true;
}
