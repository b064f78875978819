/* Checks of lists: the items that OSCam drops, cuts or reads in another way. */
#include <arpa/inet.h>
#include <string.h>

#include "checks.h"

enum { GROUPS_MOST = 64, WIDE_GROUPS_MOST = 128, PROVIDERS_MOST = 32, CAID_DIGITS = 4, PROVIDER_DIGITS = 6 };

static bool all_digits(struct slice text)
{
	uint64_t unused;

	return parse_decimal(text, UINT32_MAX, &unused);
}

static bool has_any(struct slice text, const char *bytes)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '\0' && strchr(bytes, text.at[i]))
			return true;
	return false;
}

static bool has_prefix(struct slice text)
{
	return text.len > 2 && text.at[0] == '0' && to_lower(text.at[1]) == 'x';
}

/* ---- groups ---- */

static const char *group_hint(struct slice item)
{
	if (has_any(item, "#"))
		return "Put the comment on a line of its own.";
	if (has_any(item, "-"))
		return "OSCam knows no ranges: write each group, 1,2,3.";
	return has_any(item, "; ") ? "Write commas between the groups." : NULL;
}

/* A group for builds of 64 bits alone. */
static bool is_wide_group(struct slice item)
{
	uint64_t number;

	return parse_decimal(item, WIDE_GROUPS_MOST, &number) && number > GROUPS_MOST;
}

/* `changed`: whether the OSCams that are meant have the numbers of 2.26.04. */
static struct finding *find_group(
	struct checking *c, const struct setting *setting, struct slice item, enum knowledge changed)
{
	int64_t number = number_prefix(item);
	bool taken = number >= 1 && number <= GROUPS_MOST && changed != KNOWN_BY_ALL;
	const char *name = key_name(setting->key);
	struct slice what = shown(c, item);

	if (is_wide_group(item) && changed == KNOWN_BY_ALL)
		return found(c, CODE_SETTING_VERSION, setting->at->line, item.at,
			"%s: OSCam takes group %d where it is built for 64 bits, and drops it elsewhere",
			name, (int)number);
	if (taken)
		return found(c, CODE_GROUP_FORM, setting->at->line, item.at,
			"%s: of \"%.*s\" OSCam takes group %d%s", name, SLICE_ARG(what), (int)number,
			changed == KNOWN_BY_SOME ? ", and nothing from 2.26.04 on" : "");
	return found(c, CODE_GROUP_FORM, setting->at->line, item.at,
		"%s: OSCam drops \"%.*s\", which is not a number from 1 to 64%s", name, SLICE_ARG(what),
		is_wide_group(item) && changed == KNOWN_BY_SOME
			? "; from 2.26.04 on it takes such a group where it is built for 64 bits"
			: "");
}

static bool is_plain_group(struct slice item)
{
	int64_t number = number_prefix(item);

	return number >= 1 && number <= GROUPS_MOST && all_digits(item);
}

/* A comment behind the last group did no harm before 2.26.04. */
void check_groups(struct checking *c, const struct setting *setting)
{
	enum knowledge changed = target_knows(c->set->target, &numbers_of_2604);
	struct slice rest = changed == KNOWN_BY_NONE ? setting->value : setting->at->value, item;

	if (schema_function(setting->key) != FN_group_fn)
		return;
	while (next_item(&rest, ',', &item)) {
		if (item.len == 0 || is_plain_group(item))
			continue;
		struct finding *finding = find_group(c, setting, item, changed);
		if (group_hint(item))
			advise(c, finding, "%s", group_hint(item));
	}
}

/* ---- CAIDs ---- */

/* One CAID, mask or mapped CAID; what there is to say of it, or NULL. */
static const char *wrong_part(struct slice part, uint32_t *number)
{
	part = oscam_trim(part);
	if (!hex_tail(part, CAID_DIGITS, number))
		return has_any(part, "; ") ? "OSCam drops it; only commas stand between CAIDs"
					   : "OSCam drops it";
	if (part.len <= CAID_DIGITS || has_prefix(part))
		return NULL;
	return has_any(part, "; ") ? "OSCam reads the last four digits; only commas stand between CAIDs"
				   : "OSCam reads the last four digits";
}

static void check_caid(struct checking *c, const struct setting *setting, struct slice item)
{
	struct slice mapped = item, mask = slice_cut(&mapped, ':'), caid = slice_cut(&mask, '&');
	uint32_t number = 0, unused;
	const char *wrong = wrong_part(caid, &number);

	if (!wrong && mask.at)
		wrong = wrong_part(mask, &unused);
	if (!wrong && mapped.at)
		wrong = wrong_part(mapped, &unused);
	if (wrong) {
		(void)found(c, CODE_CAID_FORM, setting->at->line, item.at, "%s: \"%.*s\": %s",
			key_name(setting->key), SLICE_ARG(shown(c, item)), wrong);
		return;
	}
	if (number == 0 || oscam_trim(caid).len > 2 || mask.at)
		return;
	struct finding *finding = found(c, CODE_CAID_FORM, setting->at->line, item.at,
		"%s: OSCam takes \"%.*s\" for the one CAID %04X", key_name(setting->key), SLICE_ARG(item),
		(unsigned)number);
	advise(c, finding, "For all CAIDs that begin with %.*s write %02X00&FF00.", SLICE_ARG(caid),
		(unsigned)number);
}

void check_caids(struct checking *c, const struct setting *setting)
{
	enum schema_function function = schema_function(setting->key);
	struct slice rest = setting->value, item;

	if (function != FN_check_caidtab_fn && function != FN_reader_caid_fn)
		return;
	while (next_item(&rest, ',', &item))
		if (item.len > 0)
			check_caid(c, setting, item);
}

/* ---- CAID:PROVIDER,PROVIDER;CAID:PROVIDER ---- */

static const char *wrong_filter(struct slice caid, struct slice providers)
{
	uint32_t number;

	if (!providers.at)
		return "without a : OSCam drops it";
	if (has_prefix(caid))
		return "OSCam knows no 0x here, and drops it";
	if (!parse_hex(caid, CAID_DIGITS, &number) || number == 0)
		return "OSCam drops it, for this is no CAID";
	return oscam_trim(providers).len == 0 ? "without a provider OSCam drops it" : NULL;
}

static const char *wrong_provider(struct slice provider, int count)
{
	uint32_t unused;

	if (count > PROVIDERS_MOST)
		return "OSCam keeps 32 of a CAID, and drops it";
	if (has_prefix(provider))
		return "OSCam knows no 0x here, and drops it";
	if (has_any(provider, ":"))
		return "OSCam drops it; only semicolons stand between CAIDs";
	return parse_hex(provider, PROVIDER_DIGITS, &unused) ? NULL : "OSCam drops it";
}

static void say_ident(struct checking *c, const struct setting *setting, struct slice item, const char *wrong)
{
	(void)found(c, CODE_IDENT_FORM, setting->at->line, item.at, "%s: \"%.*s\": %s",
		key_name(setting->key), SLICE_ARG(shown(c, item)), wrong);
}

static void check_filter(struct checking *c, const struct setting *setting, struct slice item)
{
	struct slice providers = item, caid = oscam_trim(slice_cut(&providers, ':')), provider;
	const char *wrong = wrong_filter(caid, providers);
	int count = 0;

	if (wrong) {
		say_ident(c, setting, item, wrong);
		return;
	}
	while (next_item(&providers, ',', &provider)) {
		wrong = provider.len > 0 ? wrong_provider(provider, ++count) : NULL;
		if (wrong)
			say_ident(c, setting, provider, wrong);
		if (count > PROVIDERS_MOST)
			return;
	}
}

void check_idents(struct checking *c, const struct setting *setting)
{
	enum schema_function function = schema_function(setting->key);
	struct slice rest = setting->value, item;

	if (function != FN_chk_ftab_fn && function != FN_ftab_fn)
		return;
	while (next_item(&rest, ';', &item))
		if (item.len > 0)
			check_filter(c, setting, item);
}

/* ---- others ---- */

void check_classes(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value, item;
	uint32_t unused;

	if (schema_function(setting->key) != FN_class_fn)
		return;
	while (next_item(&rest, ',', &item)) {
		bool blocks = item.len > 0 && item.at[0] == '!';
		struct slice digits = {item.at + blocks, item.len - blocks};
		if (item.len > 0 && !parse_hex(digits, 2, &unused))
			(void)found(c, CODE_CLASS_FORM, setting->at->line, item.at,
				"class: OSCam does not read \"%.*s\" as it stands",
				SLICE_ARG(shown(c, item)));
	}
}

void check_tunnels(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value, item;

	if (schema_function(setting->key) != FN_account_tuntab_fn)
		return;
	while (next_item(&rest, ',', &item))
		if (item.len > 0 && schema_read(setting->key, item, c->arena).len == 0)
			(void)found(c, CODE_BETATUNNEL_FORM, setting->at->line, item.at,
				"betatunnel: OSCam drops \"%.*s\"", SLICE_ARG(shown(c, item)));
}

static bool is_label_list(enum schema_key_id key)
{
	enum schema_function function = schema_function(key);

	return function == FN_reader_services_fn || function == FN_services_fn ||
	       function == FN_reader_lb_services_fn || function == FN_dvbapi_services_fn;
}

void check_list(struct checking *c, const struct setting *setting)
{
	enum schema_type type = (enum schema_type)schema_key(setting->key)->type;
	unsigned digits = type == TYPE_LIST24 ? PROVIDER_DIGITS : CAID_DIGITS;
	struct slice rest = setting->value, item;
	uint32_t unused;

	if (type != TYPE_LIST16 && type != TYPE_LIST24) {
		if (is_label_list(setting->key) && has_any(rest, ";"))
			(void)found(c, CODE_LIST_ITEM, setting->at->line, rest.at,
				"%.*s: only commas stand between names",
				SLICE_ARG(shown_setting(c, setting)));
		return;
	}
	while (next_item(&rest, ',', &item)) {
		if (item.len > 0 && !hex_tail(item, digits, &unused))
			(void)found(c, CODE_LIST_ITEM, setting->at->line, item.at, "%s: OSCam drops \"%.*s\"",
				key_name(setting->key), SLICE_ARG(shown(c, item)));
		else if (item.len > digits && !has_prefix(item))
			(void)found(c, CODE_LIST_ITEM, setting->at->line, item.at,
				"%s: of \"%.*s\" OSCam reads the last %u digits", key_name(setting->key),
				SLICE_ARG(shown(c, item)), digits);
	}
}

/* An address, or two with a dash between. */
static bool is_ipv6_range(struct slice item)
{
	while (item.at) {
		struct slice part = slice_trim(slice_cut(&item, '-'));
		char text[INET6_ADDRSTRLEN];
		unsigned char address[16];
		if (part.len >= sizeof text)
			return false;
		memcpy(text, part.at, part.len);
		text[part.len] = '\0';
		if (inet_pton(AF_INET6, text, address) != 1)
			return false;
	}
	return true;
}

void check_ranges(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value, item;

	if (schema_function(setting->key) == FN_serverip_fn) {
		if (slice_equal(schema_read(setting->key, rest, c->arena), SLICE("255.255.255.255")))
			(void)found(c, CODE_ADDRESS_FORM, setting->at->line, rest.at,
				"%.*s: OSCam takes it for 255.255.255.255",
				SLICE_ARG(shown_setting(c, setting)));
		return;
	}
	if (schema_function(setting->key) != FN_iprange_fn)
		return;
	while (next_item(&rest, ',', &item))
		if (item.len > 0 && schema_read(setting->key, item, c->arena).len == 0)
			(void)found(c, CODE_ADDRESS_FORM, setting->at->line, item.at,
				is_ipv6_range(item) ? "%s: OSCam drops \"%.*s\" unless it is built with IPv6"
						    : "%s: OSCam drops \"%.*s\", which is no address",
				key_name(setting->key), SLICE_ARG(shown(c, item)));
}
