/* Whether a matched reader gives the accounts that no line is about the same cards as before. */
#include "parts.h"

#include "oscam/values.h"

/* The keys that, with the services, decide which cards a reader gives to the accounts in its groups. */
static const enum schema_key_id filters[] = {KEY_reader_enable, KEY_reader_caid, KEY_reader_ident,
	KEY_reader_chid, KEY_reader_class, KEY_reader_disableserverfilter, KEY_reader_cccmaxhops,
	KEY_reader_cccmindown, KEY_reader_cccwantemu, KEY_reader_cccreshare, KEY_NONE};

/* The limit of hops of an account, as the number of a bit. */
static unsigned hops_of(struct slice value)
{
	int64_t hops = number_prefix(value);

	return hops < 0 ? 0 : hops >= MERGE_HOPS ? MERGE_HOPS - 1U : (unsigned)hops;
}

void merge_find_others(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];

	for (uint32_t i = 0; half->document && i < half->document->sections.count; i++) {
		unsigned hops = hops_of(merge_value(half, i, KEY_account_cccmaxhops));
		if (half->ours[i] != DOCUMENT_NONE)
			continue;
		struct bits left = half->groups[i];
		m->others = bits_or(m->others, left);
		for (unsigned group; bits_take(&left, &group);)
			m->hops[group][hops / 64] |= (uint64_t)1 << hops % 64;
	}
}

/* Whether an account of others that shares one of these groups has a limit of hops between the two distances.
 */
static bool has_limit_between(const struct merge *m, struct bits groups, unsigned a, unsigned b)
{
	for (unsigned group; bits_take(&groups, &group);)
		for (unsigned hops = a < b ? a : b; hops < (a < b ? b : a); hops++)
			if (m->hops[group][hops / 64] >> hops % 64 & 1)
				return true;
	return false;
}

static bool is_same_filter(enum schema_key_id key, struct slice old, struct slice new)
{
	return slice_equal(old, new) || (schema_is_initial(key, old) && schema_is_initial(key, new));
}

bool merge_keeps_cards(const struct merge *m, uint32_t theirs, const struct becoming *becoming)
{
	const struct merge_half *half = &m->halves[MERGE_READERS];
	const struct section *planned = becoming->planned;
	struct slice hop = merge_value(half, theirs, KEY_reader_ccchop);
	struct slice services = merge_value(half, theirs, KEY_reader_services);
	struct slice device = merge_value(half, theirs, KEY_reader_device);

	if (!same_services(merge_existing_bits(m, services),
		    merge_services_become(m, becoming, KEY_reader_services, services)))
		return false;
	for (const enum schema_key_id *key = filters; *key != KEY_NONE; key++) {
		struct slice old = merge_value(half, theirs, *key);
		if (*key == KEY_reader_enable && planned && planned->kind == KIND_LOCAL && !planned->shut)
			continue; /* merge_match leaves that as it is */
		if (!is_same_filter(*key, old, merge_becomes(m, becoming, *key, old)))
			return false;
	}
	return (planned ||
		       merge_same_server(device, merge_becomes(m, becoming, KEY_reader_device, device))) &&
	       !has_limit_between(m, half->groups[theirs], hops_of(hop),
		       hops_of(merge_becomes(m, becoming, KEY_reader_ccchop, hop)));
}
