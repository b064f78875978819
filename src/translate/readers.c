/* C and N lines become [reader] sections. */
#include "translator.h"

#include <string.h>

static struct slice device_text(struct translator *t, struct slice host, uint16_t port)
{
	char room[DECIMAL_ROOM];
	struct slice digits = decimal_text(port, room);
	char *text = arena_bytes(t->arena, host.len + 1 + digits.len);

	memcpy(text, host.at, host.len);
	text[host.len] = ',';
	memcpy(text + host.len + 1, digits.at, digits.len);
	return (struct slice){text, host.len + 1 + digits.len};
}

void set_device(struct translator *t, const struct statement *s, struct section *reader)
{
	section_set(t->model, reader, KEY_reader_device, device_text(t, s->host, s->port));
}

struct slice hex_text(struct translator *t, const unsigned char *bytes, size_t count)
{
	static const char digits[] = "0123456789ABCDEF";
	char *text = arena_bytes(t->arena, 2 * count);

	for (size_t i = 0; i < count; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	return (struct slice){text, 2 * count};
}

void finish_section(struct translator *t, const struct statement *s, const struct section *section)
{
	ledger_made(t->ledger, s->line.number, section);
	ledger_fate(t->ledger, s->line.number, s->fate);
}

static int32_t capped_hops(struct translator *t, struct statement *s, int32_t hops)
{
	if (hops <= HOPS_MAX)
		return hops;
	say_partial(t, s, CODE_HOPS_RANGE, NULL, "%ld hops become %d, the most that OSCam can say",
		(long)hops, HOPS_MAX);
	return HOPS_MAX;
}

void say_ident_wide(struct translator *t, struct statement *s, const char *at, const char *gets)
{
	say_partial(t, s, CODE_IDENT_WIDE, at,
		"OSCam finds an ident in requests of caids 01xx, 05xx, 0Dxx and 18xx only; of the others the "
		"%s",
		gets);
}

/* No channel may be lost: where OSCam cannot have the exact list of cards, the reader gets more cards. */
bool set_incoming_cards(
	struct translator *t, struct statement *s, struct section *reader, struct limit_plan *plan)
{
	const char *at = s->limits[0].text.at;

	*plan = plan_limits(t, s->limits, s->limit_count, false);
	if (plan->overflow) {
		say(t, s, CODE_SERVICE_OVERFLOW, at,
			"OSCam has room for 64 services; these limits need more");
		return false;
	}
	if (plan->nothing) {
		say(t, s, CODE_DENY_ALL, at,
			"the limits refuse every card; the reader is written, but not enabled");
		section_set_number(t->model, reader, KEY_reader_enable, 0);
		s->fate = FATE_ADJUSTED;
	}
	if (plan->key)
		section_set(t->model, reader, plan->key[0] == 'c' ? KEY_reader_caid : KEY_reader_ident,
			plan->key_value);
	section_set_services(t->model, reader, plan->services);
	if (plan->ident_wide)
		say_ident_wide(t, s, at, WIDE_READER);
	if (plan->exception)
		say_partial(t, s, CODE_LIMIT_EXCEPTION, at,
			"an entry is an exception from another one that refuses more; all of that is "
			"accepted");
	return true;
}

/* Without a limit CCcam takes cards from any distance; OSCam always has a limit. */
static void set_far_hops(struct translator *t, struct section *reader)
{
	if (t->choices->hops != MAXHOPS_INITIAL)
		section_set_number(t->model, reader, KEY_reader_cccmaxhops, t->choices->hops);
	t->far_readers += !t->trial;
}

void say_hops(struct translator *t)
{
	if (t->far_readers > 0)
		(void)ledger_find(t->own_ledger, CODE_HOPS_UNLIMITED,
			(struct place){t->own_ledger->source, 0, 0},
			"where a C line has no hop limit, OSCam takes cards up to %u hops away; for another "
			"number, 1 "
			"to %d: --set hops=N",
			t->choices->hops, INT8_MAX);
}

/* The cards and the hop limit of a cccam reader. False: it cannot be written. */
static bool set_incoming_limits(struct translator *t, struct statement *s, struct section *reader)
{
	struct limit_plan plan = {0};

	if (s->limit_count > 0 && !set_incoming_cards(t, s, reader, &plan))
		return false;
	if (plan.hops > 0) {
		int32_t most = capped_hops(t, s, plan.hops - 1);
		if (most != MAXHOPS_INITIAL)
			section_set_number(t->model, reader, KEY_reader_cccmaxhops, most);
	} else {
		set_far_hops(t, reader);
	}
	if (plan.differ) {
		say_partial(t, s, CODE_PER_CARD_HOPS, s->limits[0].text.at,
			plan.hops > 0 ? "the cards have different hop limits; the widest, %ld, goes for all"
				      : "some cards have a hop limit and others none; none has one now",
			(long)plan.hops);
	}
	return true;
}

/* Only an OSCam with the emulator asks for emulated cards. Where a target OSCam may have the emulator,
 * channels would be lost without the key. */
static void set_wantemu(struct translator *t, struct statement *s, struct section *reader)
{
	if (schema_knows(&t->choices->target, KEY_reader_cccwantemu) != KNOWN_BY_NONE)
		section_set_number(t->model, reader, KEY_reader_cccwantemu, 1);
	else
		say_partial(t, s, CODE_NEEDS_EMU, NULL,
			"the wish for emulated cards is left out: %.*s has no cccwantemu\n"
			"If your OSCam has the emulator, say so: --target oscam-emu.",
			SLICE_ARG(target_name(&t->choices->target, t->arena)));
}

static bool set_cccam(struct translator *t, struct statement *s, struct section *reader)
{
	const struct statement *downhops = t->options[DIRECTIVE_MINIMUM_DOWNHOPS];

	section_set(t->model, reader, KEY_reader_protocol, SLICE("cccam"));
	set_device(t, s, reader);
	section_set(t->model, reader, KEY_reader_user, s->user);
	section_set(t->model, reader, KEY_reader_password, s->pass);
	if (downhops && downhops->number > 0)
		section_set_number(t->model, reader, KEY_reader_cccmindown,
			downhops->number > HOPS_MAX ? HOPS_MAX : downhops->number);
	if (s->wantemus)
		set_wantemu(t, s, reader);
	section_set_number(t->model, reader, KEY_reader_ccckeepalive, 1);
	reader->reach = 1;
	return set_incoming_limits(t, s, reader);
}

void set_hops(struct translator *t, struct statement *s, struct section *reader, uint64_t hops)
{
	int32_t shown = hops > HOPS_MAX ? HOPS_MAX : (int32_t)hops;

	reader->reach = hops > INT32_MAX - 1 ? INT32_MAX - 1 : (int32_t)hops;
	if (hops > HOPS_MAX) {
		say_partial(t, s, CODE_HOPS_RANGE, NULL,
			"%llu hops are shown to clients as %d, the most that OSCam can say",
			(unsigned long long)hops, HOPS_MAX);
	}
	if (shown > 0)
		section_set_number(t->model, reader, KEY_reader_ccchop, shown);
}

static void set_newcamd(struct translator *t, struct statement *s, struct section *reader)
{
	section_set(t->model, reader, KEY_reader_protocol, SLICE("newcamd"));
	set_device(t, s, reader);
	static const unsigned char zeros[sizeof s->key_bytes];
	if (memcmp(s->key_bytes, zeros, sizeof zeros) != 0) /* what OSCam assumes without a key */
		section_set(t->model, reader, KEY_reader_key, hex_text(t, s->key_bytes, sizeof s->key_bytes));
	section_set(t->model, reader, KEY_reader_user, s->user);
	section_set(t->model, reader, KEY_reader_password, s->pass);
	section_set(t->model, reader, KEY_reader_inactivitytimeout, SLICE("-1"));
	section_set_number(t->model, reader, KEY_reader_connectoninit, 1);
	set_note_filter(t, s, reader);
	if (s->hops > 255) { /* CCcam counts them in one byte: 256 means a card of our own */
		say(t, s, CODE_NEWCAMD_LOCAL, NULL, "%llu hops count as %u", (unsigned long long)s->hops,
			(unsigned)(s->hops % 256));
		s->fate = FATE_ADJUSTED;
	}
	set_hops(t, s, reader, s->hops % 256);
	if (s->stealth > 0) {
		say_partial(t, s, CODE_NEWCAMD_STEALTH, NULL,
			"stealth %u is left out: OSCam logs in as itself", s->stealth);
	}
}

static bool same_login(const struct section *a, const struct section *b)
{
	return a->kind == b->kind &&
	       slice_equal_nocase(section_get(a, KEY_reader_device), section_get(b, KEY_reader_device)) &&
	       slice_equal(section_get(a, KEY_reader_user), section_get(b, KEY_reader_user));
}

static bool same_secret(const struct section *a, const struct section *b)
{
	return slice_equal(section_get(a, KEY_reader_password), section_get(b, KEY_reader_password)) &&
	       slice_equal(section_get(a, KEY_reader_key), section_get(b, KEY_reader_key));
}

bool same_keys(const struct section *a, const struct section *b)
{
	if (a->count != b->count)
		return false;
	for (unsigned i = 0; i < a->count; i++) {
		const struct entry *x = &a->entries[i], *y = &b->entries[i];
		struct slice value = {x->text, x->len}, other = {y->text, y->len};
		if (x->key != y->key || (x->key == KEY_reader_device ? !slice_equal_nocase(value, other)
								     : !slice_equal(value, other)))
			return false;
	}
	return true;
}

/* A hash of all keys of a reader. */
uint64_t reader_hash(const struct section *reader)
{
	uint64_t hash = reader->kind;

	for (unsigned i = 0; i < reader->count; i++) {
		const struct entry *entry = &reader->entries[i];
		struct slice value = {entry->text, entry->len};
		hash = entry->key == KEY_reader_device ? slice_hash_nocase(value, hash + entry->key)
						       : slice_hash(value, hash + entry->key);
	}
	return hash;
}

/* The earlier reader with this server and login, and the same secret if `secret`; NULL. */
static struct section *find_reader(struct translator *t, const struct table *table, uint64_t hash,
	const struct section *reader, bool secret)
{
	table_each (walk, table, hash) {
		struct section *other = list_at(&t->model->readers, walk.number);
		if (same_login(other, reader) && (!secret || same_secret(other, reader)))
			return other;
	}
	return NULL;
}

static bool same_key(const struct section *a, const struct section *b, enum schema_key_id key)
{
	return slice_equal(section_get(a, key), section_get(b, key));
}

static uint64_t maxhops_of(const struct section *reader)
{
	uint64_t hops;

	return parse_decimal(section_get(reader, KEY_reader_cccmaxhops), INT32_MAX, &hops) ? hops
											   : MAXHOPS_INITIAL;
}

/* The wider one of two limits of hops. */
static void join_hops(struct translator *t, struct section *first, const struct section *reader)
{
	uint64_t other = maxhops_of(reader);

	if (other <= maxhops_of(first))
		return;
	if (other == MAXHOPS_INITIAL)
		section_unset(first, KEY_reader_cccmaxhops);
	else
		section_set_number(t->model, first, KEY_reader_cccmaxhops, (int64_t)other);
}

/* The keys that, with the services, decide which cards a reader gets. */
static const enum schema_key_id card_limits[] = {KEY_reader_enable, KEY_reader_caid, KEY_reader_ident};
enum { CARD_LIMITS = sizeof card_limits / sizeof *card_limits };

static bool limits_cards(const struct section *reader)
{
	for (size_t i = 0; i < CARD_LIMITS; i++)
		if (section_get(reader, card_limits[i]).at)
			return true;
	return reader->services != NULL;
}

/* Where the two lines accept different cards, their one reader accepts all cards, and a line with limits
 * loses them. Returns the fate of the later line. */
static enum fate join_cards(
	struct translator *t, struct statement *s, struct section *first, const struct section *reader)
{
	bool lost = limits_cards(first);

	for (size_t i = 0; i < CARD_LIMITS; i++)
		section_unset(first, card_limits[i]);
	first->services = NULL;
	if (lost && first->line > 0) {
		struct ledger *ledger = section_ledger(t, first);
		(void)ledger_find(ledger, CODE_DUPLICATE_LIMITS,
			(struct place){ledger->source, first->line, 0},
			"line %lu names the same server with other limits, so the one reader has none",
			(unsigned long)s->line.number);
		ledger_raise(ledger, first->line, FATE_PARTIAL);
	}
	if (!limits_cards(reader))
		return FATE_ADJUSTED;
	say(t, s, CODE_DUPLICATE_LIMITS, NULL,
		"the same server stands on %.*s, and the limits differ, so the one reader has none",
		SLICE_ARG(section_line(t, first)));
	return FATE_PARTIAL;
}

/* The reader gets the cards of both lines, as CCcam did, and emulated cards if one of the lines wants them.
 * Returns the fate of the later line. */
static enum fate join_duplicate(
	struct translator *t, struct statement *s, struct section *first, const struct section *reader)
{
	enum fate fate = FATE_ADJUSTED;

	bool same = same_services(section_services(first), section_services(reader));

	for (size_t i = 0; i < CARD_LIMITS; i++)
		same = same && same_key(first, reader, card_limits[i]);
	if (!same)
		fate = join_cards(t, s, first, reader);
	join_hops(t, first, reader);
	if (section_get(reader, KEY_reader_cccwantemu).at)
		section_set_number(t->model, first, KEY_reader_cccwantemu, 1);
	if (same_key(first, reader, KEY_reader_ccchop))
		return fate;
	say(t, s, CODE_DUPLICATE_LIMITS, NULL, "another number of hops than on %.*s, whose is used",
		SLICE_ARG(section_line(t, first)));
	return FATE_PARTIAL;
}

/* True when there is a reader like the one just made: the new one is then taken from the end of the list.
 * Each login is in one table once, and its further passwords are in another, so that many passwords are no
 * slower. */
static bool merge_duplicate(
	struct translator *t, struct statement *s, uint64_t login, const struct section *reader)
{
	uint32_t index = t->model->readers.count - 1;
	struct section *first = find_reader(t, &t->logins, login, reader, false);

	if (!first) {
		table_add(&t->logins, login, index);
		return false;
	}
	const struct section *other = first;
	uint64_t secret = slice_hash(section_get(reader, KEY_reader_key), slice_hash(s->pass, login));
	if (!same_secret(first, reader))
		first = find_reader(t, &t->secrets, secret, reader, true);
	if (first) {
		say(t, s, CODE_DUPLICATE_SERVER, NULL, "the same server and login as %.*s",
			SLICE_ARG(section_line(t, first)));
		ledger_fate(t->ledger, s->line.number,
			t->trial ? FATE_ADJUSTED : join_duplicate(t, s, first, reader));
		ledger_made(t->ledger, s->line.number, first);
		t->model->readers.count = index;
		return true;
	}
	say(t, s, CODE_DUPLICATE_LOGIN, NULL, "the same server and user as %.*s, but another password or key",
		SLICE_ARG(section_line(t, other)));
	table_add(&t->secrets, secret, index);
	return false;
}

void translate_server(struct translator *t, struct statement *s)
{
	bool newcamd = s->directive->shape == SHAPE_N;
	struct model *model = t->model;
	uint32_t services = model->services.count;

	if (!host_fits(t, s, s->host) || !value_fits(t, s, "user name", s->user, 63) ||
		!value_fits(t, s, "password", s->pass, 63)) {
		leave_out(t, s, FATE_REJECTED);
		return;
	}
	/* capital letters make no other host */
	uint64_t login = slice_hash_nocase(
		s->host, slice_hash(s->user, (uint64_t)s->directive->shape << 16 | s->port));
	table_expect(&t->logins, login);
	struct section *reader = model_add(model, &model->readers, newcamd ? KIND_NEWCAMD : KIND_CCCAM,
		SECTION_reader, s->line.number, newcamd ? 10 : 7);
	reader->note = s->note;
	reader->source = t->source;
	reader->plain = s->user.len < NAME_CARRIED && !memchr(s->host.at, ':', s->host.len);
	if (newcamd) {
		set_newcamd(t, s, reader);
	} else if (!set_cccam(t, s, reader)) {
		model->readers.count--;
		leave_out(t, s, FATE_UNSUPPORTED);
		return;
	}
	if (merge_duplicate(t, s, login, reader)) {
		forget_services(t, services);
		return;
	}
	finish_section(t, s, reader);
}
