/* Whether a matched account may get more than before: the keys that restrict it, and which of their changes
 * are known to make it narrower. Everything else counts as wider. */
#include "parts.h"

#include "oscam/values.h"

static const enum schema_key_id limits[] = {KEY_account_disabled, KEY_account_hostname, KEY_account_caid,
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

/* After the merge the value in the model's last section counts. */
static struct reshares find_reshares(const struct merge *m)
{
	static const struct section any = {.kind = KIND_CONF};
	const struct document *conf = merge_document(m, OSCAM_CONF);
	const struct document_setting *setting = conf ? document_conf_setting(conf, KEY_cccam_reshare) : NULL;
	struct slice before = setting ? schema_read(KEY_cccam_reshare, setting->value, m->arena) : SLICE("");

	if (before.len == 0)
		before = initial(KEY_cccam_reshare);
	struct slice after =
		merge_wants_default(m, &any, KEY_cccam_reshare) ? initial(KEY_cccam_reshare) : before;
	for (uint32_t i = 0; i < m->model->conf.count; i++) {
		struct slice value = section_get(list_at(&m->model->conf, i), KEY_cccam_reshare);
		if (value.at)
			after = value;
	}
	return (struct reshares){number_prefix(before), number_prefix(after)};
}

/* False when all services that were denied still are, and no other service is allowed than before. */
static bool allows_more(struct service_bits had, struct service_bits has)
{
	return (had.deny & ~has.deny) != 0 ||
	       (had.allow != 0 && (has.allow == 0 || (has.allow & ~had.allow) != 0));
}

/* For all keys but the services. A new filter makes the account narrower; a changed filter counts as wider. A
 * reshare of -1 is that of [cccam]; below zero nothing is shared at all. */
static bool is_wider(
	enum schema_key_id key, struct slice old, struct slice new, const struct reshares *reshares)
{
	int64_t had = number_prefix(old), has = number_prefix(new);

	switch (key) {
	case KEY_account_disabled:
		return had != 0 && has == 0;
	case KEY_account_cccmaxhops:
		return has > had;
	case KEY_account_cccreshare:
		return (has == -1 ? reshares->after : has) > (had == -1 ? reshares->before : had);
	default:
		return old.len > 0 && !slice_equal(old, new);
	}
}

struct slice merge_becomes(
	const struct merge *m, const struct becoming *becoming, enum schema_key_id key, struct slice old)
{
	const struct section *planned = becoming->planned;

	if (!planned)
		return document_value(becoming->document, becoming->written, key);
	struct slice value = section_get(planned, key);
	if (value.at)
		return value;
	for (const enum schema_key_id *at = merge_decided_keys(m, planned); *at != KEY_NONE; at++)
		if (*at == key)
			return initial(key);
	return merge_wants_default(m, planned, key) ? initial(key) : old;
}

struct service_bits merge_services_become(
	const struct merge *m, const struct becoming *becoming, enum schema_key_id key, struct slice old)
{
	const struct section *planned = becoming->planned;

	if (planned && planned->services)
		return merge_joined_services(m, key, *planned->services, old);
	return merge_service_bits(
		m, planned ? old : document_value(becoming->document, becoming->written, key));
}

struct slice merge_wider(const struct merge *m, uint32_t theirs, const struct becoming *becoming, bool levels)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	struct reshares reshares = find_reshares(m);
	struct buffer names = {0};

	for (const enum schema_key_id *key = limits; *key != KEY_NONE; key++) {
		struct slice old = merge_value(half, theirs, *key);
		/* numbers that a line of CCcam.cfg says itself */
		bool level = *key == KEY_account_cccmaxhops || *key == KEY_account_cccreshare;
		if (level && !levels)
			continue;
		if (*key == KEY_account_services
				? allows_more(merge_service_bits(m, old),
					  merge_services_become(m, becoming, *key, old))
				: is_wider(*key, old, merge_becomes(m, becoming, *key, old), &reshares))
			merge_add_name(&names, *key);
	}
	return arena_take(m->arena, &names);
}
