/* What OSCam keeps of a value: the numbers, strings and hex of its option tables, and the way to the
 * functions that read the rest. */
#include "values.h"

#include <string.h>

#include "cc2oscam/arena.h"

static const uint8_t FUNCTION_OF[KEY_COUNT] = {
#define CC2OSCAM_SECTION(id, name, file)
#define CC2OSCAM_KEY(section, id, name, type, size, function, ...) [KEY_##section##_##id] = FN_##function,
#include "cc2oscam/schema.def"
#undef CC2OSCAM_SECTION
#undef CC2OSCAM_KEY
};

/* A function that has no row here keeps its value as it is, or holds a number: see schema_is_number(). */
static value_reader *const READERS[FN_COUNT] = {
	[FN_serverip_fn] = read_address,
	[FN_caidvaluetab_fn] = read_caid_values,
	[FN_class_fn] = read_classes,
	[FN_check_caidtab_fn] = read_caids,
	[FN_reader_caid_fn] = read_caids,
	[FN_chk_ftab_fn] = read_filters,
	[FN_ftab_fn] = read_filters,
	[FN_iprange_fn] = read_ranges,
	[FN_http_port_fn] = read_http_port,
	[FN_http_dyndns_fn] = read_hosts,
	[FN_group_fn] = read_groups,
	[FN_porttab_fn] = read_newcamd_ports,
	[FN_porttab_camd35_fn] = read_cs378x_ports,
	[FN_cccam_port_fn] = read_ports,
	[FN_gbox_port_fn] = read_ports,
	[FN_gbox_password_fn] = read_gbox_password,
	[FN_gbox_my_vers_fn] = read_hex_number,
	[FN_gbox_my_cpu_api_fn] = read_hex_number,
	[FN_dvbapi_boxtype_fn] = read_boxtype,
	[FN_dvbapi_services_fn] = read_labels,
	[FN_reader_services_fn] = read_labels,
	[FN_reader_lb_services_fn] = read_labels,
	[FN_services_fn] = read_labels,
	[FN_reader_label_fn] = read_label,
	[FN_protocol_fn] = read_protocol,
	[FN_device_fn] = read_device,
	[FN_boxid_fn] = read_hex_number,
	[FN_boxkey_fn] = read_boxkey,
	[FN_rsakey_fn] = read_rsakey,
	[FN_cwpkkey_fn] = read_cwpkkey,
	[FN_deskey_fn] = read_deskey,
	[FN_param_fn] = read_exact_digits,
	[FN_ins7E_fn] = read_exact_digits,
	[FN_ins42_fn] = read_exact_digits,
	[FN_des_and_3des_key_fn] = read_des_key,
	[FN_stbid_fn] = read_exact_digits,
	[FN_tongfang_boxid_fn] = read_exact_digits,
	[FN_tongfang3_calibsn_fn] = read_exact_digits,
	[FN_tongfang3_deskey_fn] = read_exact_digits,
	[FN_atr_fn] = read_atr,
	[FN_aeskeys_fn] = read_aes_keys,
	[FN_blockemm_bylen_fn] = read_lengths,
	[FN_detect_fn] = read_detect,
	[FN_emmcache_fn] = read_emmcache,
	[FN_auprovid_fn] = read_hex_number,
	[FN_cooldown_fn] = read_cooldown,
	[FN_cooldowndelay_fn] = read_nothing,
	[FN_cooldowntime_fn] = read_nothing,
	[FN_account_au_fn] = read_au,
	[FN_account_expdate_fn] = read_date,
	[FN_account_allowedprotocols_fn] = read_protocols,
	[FN_account_allowedtimeframe_fn] = read_hours,
	[FN_account_tuntab_fn] = read_tunnels,
};

enum schema_function schema_function(enum schema_key_id id)
{
	return (enum schema_function)FUNCTION_OF[id];
}

bool schema_is_ranges(enum schema_key_id id)
{
	return schema_function(id) == FN_iprange_fn;
}

bool schema_is_number(enum schema_key_id id)
{
	switch (schema_key(id)->type) {
	case TYPE_INT8:
	case TYPE_UINT8:
	case TYPE_INT32:
	case TYPE_UINT32:
	case TYPE_UINT8_HEX:
		return true;
	case TYPE_FN:
		break;
	default:
		return false;
	}
	switch (FUNCTION_OF[id]) {
	case FN_loghistorylines_fn:
	case FN_flags_fn:
	case FN_ratelimitecm_fn:
	case FN_ecmunique_fn:
	case FN_ratelimittime_fn:
	case FN_srvidholdtime_fn:
	case FN_account_tosleep_fn:
	case FN_account_c35_suppresscmd08_fn:
	case FN_account_ncd_keepalive_fn:
		return true;
	default:
		return false;
	}
}

/* What OSCam makes of a number by the function that reads it. */
static int64_t read_by_function(enum schema_key_id id, int64_t number)
{
	switch (FUNCTION_OF[id]) {
	case FN_flags_fn:
		return number != 0;
	case FN_ratelimittime_fn:
	case FN_srvidholdtime_fn:
		return number < 0 ? 0 : number < 60 ? number * 1000 : number;
	default:
		return number;
	}
}

/* What a number of this type becomes: int8 wraps, uint8 saturates, the others are cut to 32 bits. */
static int64_t number_of(enum schema_key_id id, struct slice raw)
{
	int64_t number = number_prefix(raw);
	uint32_t hex = 0;

	switch (schema_key(id)->type) {
	case TYPE_INT8:
		number = (int64_t)((uint64_t)number & 0xff);
		number = number > 127 ? number - 256 : number;
		break;
	case TYPE_UINT8:
		number = number < 0 || number > 255 ? 255 : number;
		break;
	case TYPE_UINT32:
		number = (int64_t)((uint64_t)number & 0xffffffff);
		break;
	case TYPE_UINT8_HEX:
		number = hex_tail(raw, 2, &hex) ? hex : 0;
		break;
	default:
		number = (int64_t)((uint64_t)number & 0xffffffff);
		number = number > INT32_MAX ? number - (INT64_C(1) << 32) : number;
	}
	return schema_clamp(id, read_by_function(id, number));
}

enum { NUMBER_ROOM = 24 };

static struct slice number_text(enum schema_key_id id, int64_t number, char room[NUMBER_ROOM])
{
	char *end = room + NUMBER_ROOM, *at = end;
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	unsigned base = schema_key(id)->type == TYPE_UINT8_HEX ? 16 : 10;

	do
		*--at = "0123456789ABCDEF"[rest % base];
	while ((rest /= base) != 0);
	if (number < 0)
		*--at = '-';
	return (struct slice){at, (size_t)(end - at)};
}

/* Small numbers that OSCam takes for seconds are meant so. */
static bool counts_seconds(enum schema_key_id id)
{
	return id == KEY_global_clienttimeout || FUNCTION_OF[id] == FN_ratelimittime_fn ||
	       FUNCTION_OF[id] == FN_srvidholdtime_fn;
}

static bool wraps(enum schema_key_id id, int64_t number)
{
	switch (schema_key(id)->type) {
	case TYPE_INT8:
		return number < INT8_MIN || number > INT8_MAX;
	case TYPE_UINT8:
		return false;
	case TYPE_UINT32:
		return number < 0 || number > UINT32_MAX;
	default:
		return number < INT32_MIN || number > INT32_MAX;
	}
}

/* Two numbers are changed by what stands beside them: the checks say that. */
static void compare_number(struct intake *in, enum schema_key_id id, struct slice raw, struct slice kept)
{
	const struct schema_key *key = schema_key(id);
	int64_t written = number_prefix(raw), held = number_prefix(kept);
	const char *hint = NULL;

	if (written == held || id == KEY_cache_max_time || id == KEY_anticasc_denysamples)
		return;
	enum loss_kind kind = wraps(id, written)                                            ? LOSS_WRAPS
			      : counts_seconds(id) && written > 0 && held == 1000 * written ? LOSS_SECONDS
											    : LOSS_RANGE;
	if (key->type == TYPE_INT8 && kind == LOSS_WRAPS)
		hint = "Write a number from -128 to 127.";
	else if (key->clamp[0])
		hint = arena_format(in->arena,
			"Write %.*s, or another number that OSCam keeps (the rule: %s).", SLICE_ARG(kept),
			key->clamp)
			       .at;
	lose(in, kind, raw, hint, "OSCam keeps %.*s", SLICE_ARG(kept));
}

/* The digits that strtol reads, with their sign; empty: none. */
static struct slice digits_of(struct slice text)
{
	size_t start = 0, end;

	while (start < text.len && is_blank(text.at[start]))
		start++;
	end = start;
	if (end < text.len && (text.at[end] == '-' || text.at[end] == '+'))
		end++;
	size_t first = end;
	while (end < text.len && is_digit(text.at[end]))
		end++;
	return (struct slice){text.at + start, end == first ? 0 : end - start};
}

static struct slice read_number(enum schema_key_id id, struct slice raw, struct intake *in)
{
	char room[NUMBER_ROOM];
	struct slice kept = arena_copy(in->arena, number_text(id, number_of(id, raw), room));

	if (!in->losses)
		return kept;
	struct slice digits = digits_of(raw);
	const char *end = digits.at + digits.len;
	bool hex = schema_key(id)->type == TYPE_UINT8_HEX;
	uint32_t unused;
	if (hex ? !hex_tail(raw, 2, &unused) : digits.len == 0)
		lose(in, LOSS_NO_NUMBER, raw, NULL, "OSCam takes %.*s", SLICE_ARG(kept));
	else if (!hex && end < raw.at + raw.len)
		lose(in, LOSS_NO_NUMBER, (struct slice){end, (size_t)(raw.at + raw.len - end)}, NULL,
			"OSCam reads %.*s, and ignores the rest", SLICE_ARG(kept));
	else if (!hex)
		compare_number(in, id, raw, kept);
	return kept;
}

/* The value of a missing key; of one that takes its default from another section, nothing. */
static struct slice initial_of(enum schema_key_id id)
{
	const struct schema_key *key = schema_key(id);

	if (key->type == TYPE_HEX || key->initial[0] == '[')
		return SLICE("");
	return slice_of(key->initial);
}

static bool is_zeros(struct slice digits)
{
	for (size_t i = 0; i < digits.len; i++)
		if (digits.at[i] != '0')
			return false;
	return true;
}

/* `size` bytes of hex: more is cut; less, or another character, and zeros are no key at all. */
static struct slice read_bytes(struct slice raw, size_t size, struct arena *arena)
{
	if (raw.len < 2 * size)
		return SLICE("");
	raw.len = 2 * size;
	raw = hex_word(raw, arena);
	return is_zeros(raw) ? SLICE("") : raw;
}

struct slice schema_read_losses(enum schema_key_id id, struct slice raw, const struct target *target,
	struct arena *arena, struct list *losses)
{
	const struct schema_key *key = schema_key(id);
	struct intake in = {arena, losses, target, key->size};
	value_reader *reader = READERS[FUNCTION_OF[id]];

	if (raw.len == 0)
		return initial_of(id);
	if (schema_is_number(id))
		return read_number(id, raw, &in);
	switch (key->type) {
	case TYPE_FIXED:
		lose_length(&in, key->name, raw, key->size - 1u);
		return (struct slice){raw.at, raw.len < key->size ? raw.len : key->size - 1u};
	case TYPE_HEX:
		return read_bytes(raw, key->size, arena);
	case TYPE_LIST16:
		return read_list16(raw, &in);
	case TYPE_LIST24:
		return read_list24(raw, &in);
	default:
		if (id == KEY_global_lb_retrylimits) /* of all keys with its function */
			reader = read_retry_limits;
		return reader ? reader(raw, &in) : raw;
	}
}

struct slice schema_read(enum schema_key_id id, struct slice raw, struct arena *arena)
{
	return schema_read_losses(id, raw, NULL, arena, NULL);
}

/* The widest name that OSCam's writer makes, its "= " and the line feed. */
enum { LINE_FRAME = 48 };

static bool survives_as_line(struct slice raw)
{
	if (raw.len == 0)
		return true;
	if (raw.len > OSCAM_LINE_MAX - LINE_FRAME || is_blank(raw.at[0]))
		return false;
	if (slice_is_solid(raw))
		return true;
	return oscam_trim(raw).len == raw.len && !memchr(raw.at, '\n', raw.len) &&
	       !memchr(raw.at, '\0', raw.len);
}

bool schema_keeps(enum schema_key_id id, struct slice raw, struct arena *arena)
{
	char room[NUMBER_ROOM];

	if (!survives_as_line(raw))
		return false;
	if (raw.len > 0 && schema_key(id)->type == TYPE_FIXED) /* most values are of this kind */
		return raw.len < schema_key(id)->size;
	if (raw.len > 0 && schema_is_number(id))
		return slice_equal(raw, number_text(id, number_of(id, raw), room));
	return slice_equal(raw, schema_read(id, raw, arena));
}

bool schema_is_initial(enum schema_key_id id, struct slice value)
{
	const struct schema_key *key = schema_key(id);

	if (key->initial[0] == '\0' &&
		(key->type == TYPE_STRING || key->type == TYPE_FIXED ||
			FUNCTION_OF[id] == FN_reader_label_fn || FUNCTION_OF[id] == FN_device_fn))
		return value.len == 0;
	struct slice initial = slice_of(key->initial);

	if (value.len == 0 || slice_equal(value, initial))
		return true;
	if (key->type == TYPE_HEX)
		return is_zeros(value);
	if (!schema_is_number(id) || key->initial[0] == '[')
		return FUNCTION_OF[id] == FN_http_port_fn && slice_equal(value, SLICE("0"));
	return number_of(id, value) == (initial.len ? number_of(id, initial) : 0);
}
