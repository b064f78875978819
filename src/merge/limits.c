/* Whether a matched account may get more than before: the keys that restrict it, and which of their changes
 * are known to make it narrower. Everything else counts as wider. */
#include "parts.h"

#include "oscam/values.h"

static const uint16_t limits[] = {KEY_account_disabled, KEY_account_hostname, KEY_account_caid,
	KEY_account_expdate, KEY_account_allowedprotocols, KEY_account_allowedtimeframe, KEY_account_services,
	KEY_account_ident, KEY_account_chid, KEY_account_class, KEY_account_cccmaxhops,
	KEY_account_cccreshare, KEY_NONE};

/* [cccam] reshare as it was, and as it will be. */
struct reshares {
	int64_t before, after;
};

static struct slice initial(enum schema_key_id key)
{
	return slice_of(schema_key(key)->initial);
}

/* The last section of the model that says it; an assumed one says nothing here. */
static struct slice planned_reshare(const struct merge *m, struct slice before)
{
	static const struct section any = {.kind = KIND_CONF};
	struct slice after =
		merge_wants_default(m, &any, KEY_cccam_reshare) ? initial(KEY_cccam_reshare) : before;

	for (uint32_t i = 0; i < m->model->conf.count; i++) {
		struct slice value = section_get(list_at(&m->model->conf, i), KEY_cccam_reshare);
		if (value.at)
			after = value;
	}
	return after;
}

static struct reshares find_reshares(const struct merge *m)
{
	const struct document *conf = merge_document(m, OSCAM_CONF);
	const struct document_setting *setting = conf ? document_conf_setting(conf, KEY_cccam_reshare) : NULL;
	struct slice before = setting ? schema_read(KEY_cccam_reshare, setting->value, m->arena) : SLICE("");

	if (before.len == 0)
		before = initial(KEY_cccam_reshare);
	return (struct reshares){number_prefix(before), number_prefix(planned_reshare(m, before))};
}

/* Below zero nothing is shared at all. */
static bool shares_more(int64_t old, int64_t new, const struct reshares *reshares)
{
	return (new == -1 ? reshares->after : new) > (old == -1 ? reshares->before : old);
}

/* Not when every service that was denied still is, and none is allowed that was not. */
static bool allows_more(struct service_bits had, struct service_bits has)
{
	return (had.deny & ~has.deny) != 0 ||
	       (had.allow != 0 && (has.allow == 0 || (has.allow & ~had.allow) != 0));
}

/* Of keys but the services. A filter where there was none takes away; of two filters only equal ones are
 * known not to give. */
static bool is_wider(
	enum schema_key_id key, struct slice old, struct slice new, const struct reshares *reshares)
{
	switch (key) {
	case KEY_account_disabled:
		return number_prefix(old) != 0 && number_prefix(new) == 0;
	case KEY_account_cccmaxhops:
		return number_prefix(new) > number_prefix(old);
	case KEY_account_cccreshare:
		return shares_more(number_prefix(old), number_prefix(new), reshares);
	default:
		return old.len > 0 && !slice_equal(old, new);
	}
}

struct slice merge_planned(
	const struct merge *m, const struct section *section, enum schema_key_id key, struct slice old)
{
	struct slice value = section_get(section, key);

	if (value.at)
		return value;
	for (const uint16_t *at = merge_decided_keys(m, section); *at != KEY_NONE; at++)
		if (*at == key)
			return initial(key);
	return merge_wants_default(m, section, key) ? initial(key) : old;
}

struct service_bits merge_planned_services(
	const struct merge *m, const struct section *section, struct slice old)
{
	bool reader = section->section == SECTION_reader;

	return section->services
		       ? merge_joined_services(m, reader ? KEY_reader_services : KEY_account_services,
				 *section->services, old)
		       : merge_service_bits(m, old);
}

/* Numbers that a line of CCcam.cfg says itself. */
static bool is_level(enum schema_key_id key)
{
	return key == KEY_account_cccmaxhops || key == KEY_account_cccreshare;
}

static bool plans_wider(const struct merge *m, const struct section *account, enum schema_key_id key,
	struct slice old, const struct reshares *reshares)
{
	if (key == KEY_account_services)
		return allows_more(merge_service_bits(m, old), merge_planned_services(m, account, old));
	return is_wider(key, old, merge_planned(m, account, key, old), reshares);
}

static struct slice wider_keys(const struct merge *m, uint32_t index, bool levels)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	const struct section *account = merge_section(half, index);
	uint32_t theirs = half->theirs[index];
	struct slice names = SLICE("");

	if (!account || theirs == DOCUMENT_NONE || account == m->model->local_account)
		return names;
	struct reshares reshares = find_reshares(m);
	for (const uint16_t *at = limits; *at != KEY_NONE; at++) {
		enum schema_key_id key = (enum schema_key_id) * at;
		struct slice old =
			document_value(half->document, document_section_at(half->document, theirs), key);
		if ((levels || !is_level(key)) && plans_wider(m, account, key, old, &reshares))
			names = arena_format(m->arena, "%.*s%s%s", SLICE_ARG(names),
				names.len > 0 ? ", " : "", schema_key(key)->name);
	}
	return names;
}

struct slice merge_wider(const struct merge *m, uint32_t index)
{
	return wider_keys(m, index, true);
}

struct slice merge_wider_filters(const struct merge *m, uint32_t index)
{
	return wider_keys(m, index, false);
}

bool merge_grew(const struct merge *m, const struct document *new, uint32_t old_index, uint32_t new_index)
{
	const struct document *old = m->halves[MERGE_ACCOUNTS].document;
	struct reshares reshares = find_reshares(m);

	for (const uint16_t *at = limits; *at != KEY_NONE; at++) {
		enum schema_key_id key = (enum schema_key_id) * at;
		struct slice was = document_value(old, document_section_at(old, old_index), key);
		struct slice now = document_value(new, document_section_at(new, new_index), key);
		if (key == KEY_account_services
				? allows_more(merge_service_bits(m, was), merge_service_bits(m, now))
				: is_wider(key, was, now, &reshares))
			return true;
	}
	return false;
}
