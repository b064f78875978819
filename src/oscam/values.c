/* What OSCam keeps of a value: the numbers, strings and hex of its option tables, and the way to the
 * functions that read the rest. */
#include "values.h"

#include <string.h>

static const struct {
	value_reader *whole;
	item_reader *item; /* of a list with this separator */
	char separator;
} READERS[FORM_COUNT] = {
#define WHOLE(reader)                                                                                        \
	{                                                                                                    \
		read_##reader, NULL, '\0'                                                                    \
	}
#define EACH(separator, reader)                                                                              \
	{                                                                                                    \
		NULL, read_##reader, separator                                                               \
	}
#define CC2OSCAM_FORM(id, reader, ...) [FORM_##id] = reader,
#include "cc2oscam/forms.def"
#undef CC2OSCAM_FORM
#undef EACH
#undef WHOLE
};

static enum schema_form form_id(enum schema_key_id id)
{
	return (enum schema_form)schema_key(id)->form;
}

bool schema_is_ranges(enum schema_key_id id)
{
	return form_id(id) == FORM_ranges;
}

bool schema_is_number(enum schema_key_id id)
{
	uint8_t type = schema_key(id)->type;

	return type <= TYPE_UINT32 || type == TYPE_UINT8_HEX;
}

/* What a number of this type becomes: int8 wraps, uint8 saturates, the others are cut to 32 bits. */
static int64_t number_of(enum schema_key_id id, struct slice raw)
{
	const unsigned kinds = 1U << RULE_WITHIN | 1U << RULE_OUTSIDE | 1U << RULE_TIMES;
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
	const struct schema_rule *rule = schema_rule(id, kinds, number);
	return !rule ? number : rule->kind == RULE_TIMES ? number * rule->becomes : rule->becomes;
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
	return slice_between(at, end);
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

	bool beside = id == KEY_cache_max_time || id == KEY_anticasc_denysamples;
	if (written == held || (beside && !wraps(id, written)))
		return;
	enum loss_kind kind = wraps(id, written)                                          ? LOSS_WRAPS
			      : written > 0 && schema_rule(id, 1U << RULE_TIMES, written) ? LOSS_SECONDS
											  : LOSS_RANGE;
	struct slice rules = schema_rules(id, in->arena);
	if (key->type == TYPE_INT8 && kind == LOSS_WRAPS)
		hint = "Write a number from -128 to 127.";
	else if (rules.len > 0 && kind == LOSS_WRAPS)
		hint = arena_format(
			in->arena, "Write a number of at most 9 digits (the rule: %.*s).", SLICE_ARG(rules))
			       .at;
	else if (rules.len > 0)
		hint = arena_format(in->arena,
			"Write %.*s, or another number that OSCam keeps (the rule: %.*s).", SLICE_ARG(kept),
			SLICE_ARG(rules))
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
		lose(in, LOSS_NO_NUMBER, slice_between(end, raw.at + raw.len), NULL,
			"OSCam reads %.*s, and ignores the rest", SLICE_ARG(kept));
	else if (!hex)
		compare_number(in, id, raw, kept);
	return kept;
}

static bool is_zeros(struct slice digits)
{
	for (size_t i = 0; i < digits.len; i++)
		if (digits.at[i] != '0')
			return false;
	return true;
}

/* As many bytes of hex as the key has: more is cut; less, or another character, and zeros are no key at all.
 */
struct slice read_bytes(struct slice raw, struct intake *in)
{
	size_t digits = 2u * in->key->size;

	raw = raw.len < digits ? SLICE("") : hex_word((struct slice){raw.at, digits}, in->arena);
	return is_zeros(raw) ? SLICE("") : raw;
}

struct slice read_fixed(struct slice raw, struct intake *in)
{
	lose_length(in, in->key->name, raw, in->key->size - 1u);
	return (struct slice){raw.at, raw.len < in->key->size ? raw.len : in->key->size - 1u};
}

struct slice read_text(struct slice raw, struct intake *in)
{
	(void)in;
	return raw;
}

static struct slice read_form(enum schema_form form, struct slice raw, struct intake *in)
{
	struct buffer out = {.arena = in->arena};
	struct slice item;

	if (READERS[form].whole)
		return READERS[form].whole(raw, in);
	while (next_item(&raw, READERS[form].separator, &item))
		if (item.len > 0)
			READERS[form].item(item, in, &out);
	return buffer_slice(&out);
}

struct slice schema_read_losses(enum schema_key_id id, struct slice raw, const struct target *target,
	struct arena *arena, struct list *losses)
{
	struct intake in = {arena, losses, target, schema_key(id)};

	const char *initial = in.key->initial;

	/* of a key that takes its default from another section, nothing */
	if (raw.len == 0)
		return in.key->type == TYPE_HEX || initial[0] == '[' ? SLICE("") : slice_of(initial);
	struct slice kept =
		schema_is_number(id) ? read_number(id, raw, &in) : read_form(form_id(id), raw, &in);
	return kept.at ? kept : SLICE("");
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

	if (key->initial[0] == '\0' && (key->type == TYPE_STRING || key->type == TYPE_FIXED ||
					       form_id(id) == FORM_label || form_id(id) == FORM_device))
		return value.len == 0;
	struct slice initial = slice_of(key->initial);

	if (value.len == 0 || slice_equal(value, initial))
		return true;
	if (key->type == TYPE_HEX)
		return is_zeros(value);
	if (!schema_is_number(id) || key->initial[0] == '[')
		return form_id(id) == FORM_http_port && slice_equal(value, SLICE("0"));
	return number_of(id, value) == (initial.len ? number_of(id, initial) : 0);
}
