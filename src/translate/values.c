/* Whether a value fits into OSCam's buffers and lines. */
#include "translator.h"

#include <string.h>

bool value_fits(
	struct translator *t, const struct statement *s, const char *what, struct slice value, size_t most)
{
	if (value.len <= most)
		return true;
	say(t, s, CODE_VALUE_TOO_LONG, value.at, "the %s has %zu bytes; OSCam keeps %zu", what, value.len,
		most);
	return false;
}

/* device = host,port is split at the comma; 127 bytes of it are kept. */
static bool fits_device(
	struct translator *t, const struct statement *s, const char *what, struct slice value, size_t most)
{
	const char *comma = value.len > 0 ? memchr(value.at, ',', value.len) : NULL;

	if (comma) {
		say(t, s, CODE_BAD_VALUE, comma, "the %s has a comma, where OSCam would split it", what);
		return false;
	}
	return value_fits(t, s, what, value, most);
}

bool host_fits(struct translator *t, const struct statement *s, struct slice host)
{
	if (host.len > 0 && (host.at[0] == '[' || host.at[host.len - 1] == ']')) {
		say(t, s, CODE_BAD_VALUE, host.at,
			"OSCam looks up the host with its brackets, and would not find it");
		return false;
	}
	return fits_device(t, s, "host", host, HOST_MAX);
}

/* A slot's number comes behind it. */
bool device_fits(struct translator *t, const struct statement *s, struct slice device)
{
	return fits_device(t, s, "device", device, HOST_MAX - 2);
}

enum schema_key_id option_key(const struct directive *directive)
{
	struct slice key = slice_of(directive->target), name = slice_cut(&key, '.');
	enum schema_section section = SECTION_NONE;

	if (!directive->by_row && directive->shape != SHAPE_DEVICE_WORD)
		return KEY_NONE;
	for (int file = OSCAM_CONF; file <= OSCAM_USER && section == SECTION_NONE; file++)
		section = schema_find_section((enum oscam_file)file, name);
	return schema_find(section, key);
}

/* The first of the losses that changes what the value means; NULL: there is none. */
static const struct loss *first_change(const struct list *losses)
{
	for (uint32_t i = 0; i < losses->count; i++) {
		const struct loss *loss = list_at(losses, i);
		if (loss->kind != LOSS_SPELLING)
			return loss;
	}
	return NULL;
}

/* What OSCam makes of the value, in the words of `check`. */
static void say_change(
	struct translator *t, const struct statement *s, enum schema_key_id key, const struct loss *loss)
{
	const char *name = schema_key(key)->name, *hint = loss && loss->hint ? loss->hint : "";

	if (!loss || schema_key(key)->secret || s->directive->secret)
		say(t, s, CODE_BAD_VALUE, s->value.at, "%s: OSCam would not keep this value as it is", name);
	else if (schema_is_number(key))
		say(t, s, loss->kind == LOSS_WRAPS ? CODE_NUMBER_WRAPS : CODE_NUMBER_CHANGED, s->value.at,
			"%s = %.*s: %.*s\n%s", name, SLICE_ARG(s->value), SLICE_ARG(loss->text), hint);
	else
		say(t, s, CODE_BAD_VALUE, s->value.at, "%s: %.*s\n%s", name, SLICE_ARG(loss->text), hint);
}

/* Whether what OSCam keeps means the same as the value. The readers of hexadecimal digits note no losses. */
static bool means_same(enum schema_key_id key, struct slice raw, struct slice kept)
{
	const struct form_info *form = form_info((enum schema_form)schema_key(key)->form);

	return slice_equal_nocase(raw, kept) || !(schema_key(key)->secret || form->digits);
}

bool option_kept(struct translator *t, struct statement *s, enum schema_key_id key)
{
	bool number = s->directive->shape == SHAPE_NUMBER || s->directive->shape == SHAPE_YESNO;
	struct slice raw = number ? arena_format(t->arena, "%lld", (long long)s->number) : s->value;
	struct list losses;

	if (key == KEY_NONE || s->fate == FATE_DROPPED)
		return true;
	bool fixed = schema_key(key)->type == TYPE_FIXED;
	if (!value_fits(
		    t, s, s->directive->keyword, raw, fixed ? schema_key(key)->size - 1u : LINE_VALUE_MAX))
		return false;
	if (schema_keeps(key, raw, t->arena)) {
		s->value = raw;
		return true;
	}
	list_init(&losses, t->arena, sizeof(struct loss));
	struct slice kept = schema_read_losses(key, raw, &t->choices->target, t->arena, &losses);
	const struct loss *change = first_change(&losses);
	bool good = kept.len > 0 && schema_keeps(key, kept, t->arena) &&
		    (change ? number && change->kind != LOSS_WRAPS : means_same(key, raw, kept));
	if (change || !good)
		say_change(t, s, key, change);
	if (change && s->fate == FATE_CONVERTED)
		s->fate = FATE_ADJUSTED;
	s->value = kept;
	return good;
}

void set_unless_initial(
	struct translator *t, struct section *section, enum schema_key_id key, struct slice value)
{
	if (schema_keeps(key, value, t->arena) && !schema_is_initial(key, value))
		section_set(t->model, section, key, value);
}
