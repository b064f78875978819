/* What the options of CCcam.cfg say of the receiver's own card readers. */
#include "local.h"

#include <stdlib.h>
#include <string.h>

enum { HZ_PER_UNIT = 10000, SECONDS_BELOW = 60 };

/* The bytes of a key; missing bytes at the end are zeros. */
static struct slice padded_hex(struct translator *t, const struct statement *s, size_t bytes)
{
	unsigned char *padded = arena_zero(t->arena, bytes);

	memcpy(padded, s->bytes, s->byte_count < bytes ? s->byte_count : bytes);
	return hex_text(t, padded, bytes);
}

static void set_number_unless_initial(
	struct translator *t, struct section *reader, enum schema_key_id key, int64_t number)
{
	set_unless_initial(t, reader, key, arena_format(t->arena, "%lld", (long long)number));
}

static int compare_sids(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The channels sorted and each once: equal sets share a service. */
static const uint16_t *sid_set(struct translator *t, const struct statement *s, uint32_t *count)
{
	uint16_t *sids = arena_array(t->arena, s->sid_count, sizeof *sids);

	*count = 0;
	if (s->sid_count == 0)
		return sids;
	memcpy(sids, s->sids, s->sid_count * sizeof *sids);
	qsort(sids, s->sid_count, sizeof *sids, compare_sids);
	for (uint32_t i = 0; i < s->sid_count; i++)
		if (*count == 0 || sids[*count - 1] != sids[i])
			sids[(*count)++] = sids[i];
	return sids;
}

static bool set_sids(struct translator *t, const struct statement *s, struct section *reader, bool allow)
{
	struct service_lists lists = {.allow = allow};
	struct service_bits services = section_services(reader);

	lists.sids = sid_set(t, s, &lists.sid_count);
	for (uint32_t left = lists.sid_count; left > 0; left -= lists.sid_count) {
		lists.sid_count = left < LIST_PIECE ? left : LIST_PIECE;
		if (!use_service(t, &lists, &services))
			return false;
		lists.sids += lists.sid_count;
	}
	section_set_services(t->model, reader, services);
	return true;
}

enum { RATE_TIME = 9000, RATE_HOLD = 2000 }; /* milliseconds, as OSCam takes them for an empty value */

/* How long a channel keeps its place. Without a time OSCam frees the place at once, so that there is no
 * limit. */
static void set_rate_time(struct translator *t, struct section *reader, int64_t seconds)
{
	if (seconds > 0) {
		section_set_number(t->model, reader, KEY_reader_ratelimittime, seconds * 1000);
		section_unset(reader, KEY_reader_srvidholdtime);
	} else if (!section_get(reader, KEY_reader_ratelimittime).at) {
		section_set_number(t->model, reader, KEY_reader_ratelimittime, RATE_TIME);
		section_set_number(t->model, reader, KEY_reader_srvidholdtime, RATE_HOLD);
	}
}

/* Of two lines that limit one reader the narrower counts. */
static void set_rate(struct translator *t, struct statement *s, struct section *reader, int64_t seconds)
{
	struct slice earlier = section_get(reader, KEY_reader_ratelimitecm);
	uint64_t channels = 0;

	if (!earlier.at || !parse_decimal(earlier, INT32_MAX, &channels) || (int64_t)channels > s->number)
		set_number_unless_initial(t, reader, KEY_reader_ratelimitecm, s->number);
	set_rate_time(t, reader, seconds);
	say_partial(t, s, CODE_RATE_LIMIT, NULL,
		"%s became ratelimitecm%s%s; CCcam picks the channels in another way", s->directive->keyword,
		seconds > 0 ? " and ratelimittime" : "",
		s->sid_count > 0 && s->number > (int64_t)s->sid_count ? ", without the list" : "");
}

/* Where CCcam learns channels for the slots that are left, the list must not refuse other channels. */
static bool assign_sids(struct translator *t, struct statement *s, struct section *reader)
{
	int64_t listed = (int64_t)s->sid_count;

	if (s->number <= listed && !set_sids(t, s, reader, true))
		return false;
	if (s->number > 0 && s->number != listed)
		set_rate(t, s, reader, 0);
	return true;
}

static void set_blocked(struct translator *t, struct section *reader, int64_t mask)
{
	static const enum schema_key_id keys[] = {
		KEY_reader_blockemm_s, KEY_reader_blockemm_u, KEY_reader_blockemm_g};

	for (int bit = 0; bit < 3; bit++)
		if (mask >> bit & 1)
			section_set_number(t->model, reader, keys[bit], 1);
}

/* Sets what one line says of its reader. Returns the fate of the line. */
static enum fate set_device_option(struct translator *t, struct statement *s, struct section *reader)
{
	switch (directive_id(s->directive)) {
	case DIRECTIVE_SMARTCARD_CLOCK_FREQUENCY:
		set_number_unless_initial(t, reader, KEY_reader_mhz, s->number / HZ_PER_UNIT);
		return s->fate;
	case DIRECTIVE_BOXKEY:
		set_unless_initial(t, reader, KEY_reader_boxid, padded_hex(t, s, 4));
		return s->fate;
	case DIRECTIVE_CAMKEY:
		set_unless_initial(t, reader, KEY_reader_boxkey, padded_hex(t, s, 8));
		return s->fate;
	case DIRECTIVE_CAMDATA:
		set_unless_initial(t, reader, KEY_reader_rsakey, padded_hex(t, s, 64));
		return s->fate;
	case DIRECTIVE_PIN:
		set_unless_initial(t, reader, KEY_reader_pincode, s->value);
		return s->fate;
	case DIRECTIVE_B:
		set_blocked(t, reader, s->number);
		return s->fate;
	case DIRECTIVE_SMARTCARD_SID_REJECT:
		return set_sids(t, s, reader, false) ? s->fate : shut_reader(t, s, reader);
	case DIRECTIVE_SMARTCARD_SID_ASSIGN:
		return assign_sids(t, s, reader) ? s->fate : shut_reader(t, s, reader);
	case DIRECTIVE_SID_LIMIT:
		if (s->number == 0)
			return FATE_DROPPED;
		set_rate(t, s, reader, s->number2);
		return s->fate;
	default:
		say_no_counterpart(t, s);
		return FATE_UNSUPPORTED;
	}
}

/* LOADBALANCE between devices: OSCam balances between all readers of a group. */
static enum fate balance(struct translator *t, const struct statement *s)
{
	struct section *global = model_conf(t->model, SECTION_global);

	section_set_number(t->model, global, KEY_global_lb_mode, 3);
	ledger_made(t->ledger, s->line.number, global);
	say(t, s, CODE_LOAD_BALANCE, NULL, "OSCam balances between all readers of a group%s",
		s->sid_count > 0 ? "; the excepted channels are left out" : "");
	return FATE_PARTIAL;
}

static uint64_t option_hash(const struct statement *s)
{
	return slice_hash(s->device, directive_id(s->directive));
}

/* Of two lines that set the same of one device the later wins; the earlier learns its number. */
static void find_overruled(struct translator *t)
{
	struct table lasts;

	table_init(&lasts, t->arena, t->device_options.count);
	for (uint32_t i = t->device_options.count; i > 0; i--) {
		struct device_option *option = list_at(&t->device_options, i - 1);
		const struct statement *s = &option->statement;
		struct table_walk walk = table_find(&lasts, option_hash(s));
		while (!option->overruled_by && s->device.len > 0 && table_next(&lasts, &walk)) {
			const struct device_option *last = list_at(&t->device_options, walk.number);
			if (last->statement.directive == s->directive &&
				slice_equal(last->statement.device, s->device))
				option->overruled_by = last->statement.line.number;
		}
		if (!option->overruled_by)
			table_add(&lasts, option_hash(s), i - 1);
	}
}

/* A word that is no path may be a byte of a key whose device was forgotten. */
static enum fate no_device(struct translator *t, const struct statement *s)
{
	if (s->device.len > 0 && s->device.at[0] == '/')
		say(t, s, CODE_NO_DEVICE, s->device.at, "no card reader stands for %.*s",
			SLICE_ARG(s->device));
	else
		say(t, s, CODE_NO_DEVICE, NULL, "no card reader stands for the device of %s",
			s->directive->keyword);
	return FATE_DROPPED;
}

static enum fate device_fate(struct translator *t, struct device_option *option)
{
	struct statement *s = &option->statement;
	struct section *reader = find_device(t, oscam_device(t, s->device));
	bool more = !option->overruled_by && limits_channels(s) && shut_further_readers(t, s);

	if (!reader && !option->overruled_by && limits_channels(s)) {
		enum fate fate = shut_meant_readers(t, s);
		if (fate != FATE_NONE)
			return fate;
	}
	if (directive_id(s->directive) == DIRECTIVE_LOADBALANCE) {
		bool any = false;
		for (uint32_t i = 0; i < s->word_count && !any; i++)
			any = find_device(t, oscam_device(t, s->words[i]));
		return any ? balance(t, s) : no_device(t, s);
	}
	if (directive_id(s->directive) == DIRECTIVE_SERIAL_READER && !option->overruled_by)
		return s->fate;
	if (!reader && s->directive->fate != FATE_UNSUPPORTED && !option->overruled_by)
		return s->fate == FATE_REJECTED ? FATE_REJECTED : no_device(t, s);
	if (option->overruled_by) {
		say(t, s, CODE_REPEATED_OPTION, NULL,
			"%s stands again for %.*s on line %lu, and the last one wins", s->directive->keyword,
			SLICE_ARG(s->device), (unsigned long)option->overruled_by);
		return FATE_DROPPED;
	}
	if (s->fate == FATE_REJECTED)
		return shut_reader(t, s, reader);
	enum fate fate = set_device_option(t, s, reader);
	if (reader && fate < FATE_UNSUPPORTED)
		ledger_made(t->ledger, s->line.number, reader);
	return more && !fate_is_loss(fate) ? FATE_PARTIAL : fate;
}

/* GLOBAL EMM: 0 takes no global EMM, 1 a few, 2 all. */
static void use_global_emm(struct translator *t)
{
	struct statement *s = t->options[DIRECTIVE_GLOBAL_EMM];

	if (!s)
		return;
	for (uint32_t i = 0; i < t->model->readers.count && s->number == 0; i++) {
		struct section *reader = list_at(&t->model->readers, i);
		if (reader->kind != KIND_LOCAL)
			continue;
		set_blocked(t, reader, 4);
		ledger_made(t->ledger, s->line.number, reader);
	}
	if (s->number == 1) {
		say_partial(t, s, CODE_EMM_PARTIAL, s->value.at, "OSCam takes all global EMMs, not a few");
	}
	if (s->fate == FATE_PARTIAL)
		leave_out(t, s, FATE_PARTIAL);
	else
		ledger_fate(t->ledger, s->line.number, s->fate);
}

void take_device_option(struct translator *t, const struct statement *s)
{
	*(struct device_option *)list_add(&t->device_options) = (struct device_option){.statement = *s};
}

void start_devices(struct translator *t)
{
	table_init(&t->devices, t->arena, 0);
	list_init(&t->device_options, t->arena, sizeof(struct device_option));
}

void translate_devices(struct translator *t)
{
	find_overruled(t);
	make_device_readers(t);
	for (uint32_t i = 0; i < t->device_options.count; i++) {
		struct device_option *option = list_at(&t->device_options, i);
		const struct statement *s = &option->statement;
		enum fate fate = device_fate(t, option);
		if (s->fate == FATE_REJECTED) /* left out already */
			continue;
		/* a loss stands as a remark behind the readers, unless the reader itself came of the line */
		if (fate_is_loss(fate) && !option->made)
			leave_out(t, s, fate);
		else
			ledger_fate(t->ledger, s->line.number, fate);
	}
	shut_other_readers(t);
	use_global_emm(t);
	if (t->options[DIRECTIVE_SCIDEVICES])
		ledger_fate(t->ledger, t->options[DIRECTIVE_SCIDEVICES]->line.number,
			t->options[DIRECTIVE_SCIDEVICES]->fate);
}
