/* L, R and G lines become readers that are not cccam or newcamd. */
#include "translator.h"

/* The line's one card: caid, ident and hops. */
static void set_card(struct translator *t, struct statement *s, struct section *reader)
{
	struct model *model = t->model;
	unsigned caid = s->caid, ident = s->ident;

	if (caid != 0)
		section_set(model, reader, KEY_reader_caid, arena_format(t->arena, "%04X", caid));
	if (caid != 0 && ident != 0 && !caid_has_ident(s->caid))
		say_ident_wide(t, s, NULL, WIDE_READER);
	else if (caid != 0 && ident != 0)
		section_set(
			model, reader, KEY_reader_ident, arena_format(t->arena, "%04X:%06X", caid, ident));
	set_hops(t, s, reader, s->hops);
}

/* A line that is the same as an earlier one adds nothing. Other lines to one server become readers of their
 * own, one for each card. */
static bool same_card(struct translator *t, struct statement *s, const struct section *reader)
{
	uint64_t hash = reader_hash(reader);
	uint32_t index = t->model->readers.count - 1;

	table_each (walk, &t->secrets, hash) {
		const struct section *first = list_at(&t->model->readers, walk.number);
		if (first->kind != reader->kind || !same_keys(first, reader))
			continue;
		say(t, s, CODE_DUPLICATE_SERVER, NULL, "the same as line %lu", (unsigned long)first->line);
		ledger_made(t->ledger, s->line.number, first);
		ledger_fate(t->ledger, s->line.number, FATE_ADJUSTED);
		t->model->readers.count = index;
		return true;
	}
	table_add(&t->secrets, hash, index);
	return false;
}

void translate_card_server(struct translator *t, struct statement *s)
{
	bool login = s->directive->shape == SHAPE_L;

	if (!host_fits(t, s, s->host) || (login && (!value_fits(t, s, "user name", s->user, 63) ||
							   !value_fits(t, s, "password", s->pass, 63)))) {
		leave_out(t, s, FATE_REJECTED);
		return;
	}
	struct section *reader = model_add(t->model, &t->model->readers, login ? KIND_CS357X : KIND_RADEGAST,
		SECTION_reader, s->line.number, 8);
	reader->note = s->note;
	section_set(t->model, reader, KEY_reader_protocol, login ? SLICE("cs357x") : SLICE("radegast"));
	set_device(t, s, reader);
	if (login) {
		section_set(t->model, reader, KEY_reader_user, s->user);
		section_set(t->model, reader, KEY_reader_password, s->pass);
	}
	set_card(t, s, reader);
	if (!same_card(t, s, reader))
		finish_section(t, s, reader);
}

/* gbox passwords are eight hex digits on both sides. */
static bool gbox_password(
	struct translator *t, const struct statement *s, struct slice given, bool own, struct slice *password)
{
	char *text = arena_bytes(t->arena, given.len);
	uint32_t number;

	if (!parse_hex(given, 8, &number)) {
		say(t, s, CODE_BAD_VALUE, given.at, "%s password is not one of up to 8 hexadecimal digits",
			own ? "our" : "the peer's");
		return false;
	}
	for (size_t i = 0; i < given.len; i++)
		text[i] = to_upper(given.at[i]);
	*password = (struct slice){text, given.len};
	return true;
}

/* [gbox] has one value for all peers: the first line counts. */
static bool set_own(struct translator *t, struct section *gbox, enum schema_key_id key, struct slice value)
{
	struct slice first = section_get(gbox, key);

	if (first.at)
		return slice_equal(first, value);
	section_set(t->model, gbox, key, value);
	return true;
}

static void set_gbox(struct translator *t, const struct statement *s, struct slice password)
{
	struct section *gbox = model_conf(t->model, SECTION_gbox);
	struct slice port = arena_format(t->arena, "%u", (unsigned)s->my_port);
	bool same = set_own(t, gbox, KEY_gbox_port, port);

	if (s->my_host.len > 0)
		same &= set_own(t, gbox, KEY_gbox_hostname, s->my_host);
	same &= set_own(t, gbox, KEY_gbox_my_password, password);
	if (!same)
		say(t, s, CODE_GBOX_REVIEW, NULL,
			"our own host, port or password is another one than on an earlier G line, whose is "
			"used");
}

void translate_gbox(struct translator *t, struct statement *s)
{
	struct slice own, peer;

	if (!host_fits(t, s, s->host) || !value_fits(t, s, "own host", s->my_host, LINE_VALUE_MAX) ||
		!gbox_password(t, s, s->my_pass, true, &own) || !gbox_password(t, s, s->pass, false, &peer)) {
		leave_out(t, s, FATE_REJECTED);
		return;
	}
	struct section *reader =
		model_add(t->model, &t->model->readers, KIND_GBOX, SECTION_reader, s->line.number, 8);
	reader->note = s->note;
	reader->reach = 1;
	section_set(t->model, reader, KEY_reader_protocol, SLICE("gbox"));
	set_device(t, s, reader);
	section_set(t->model, reader, KEY_reader_password, peer);
	struct limit_plan plan = {0};
	if (s->limit_count > 0 && !set_incoming_cards(t, s, reader, &plan)) {
		t->model->readers.count--;
		leave_out(t, s, FATE_UNSUPPORTED);
		return;
	}
	if (plan.hops > 0 || plan.differ) /* OSCam counts gbox distances in its own way */
		say(t, s, CODE_PER_CARD_HOPS, s->limits[0].text.at,
			"the hop limits of a gbox peer are left out");
	set_gbox(t, s, own);
	say_partial(t, s, CODE_GBOX_REVIEW, NULL, "the peer's account has to be checked by hand%s",
		s->my_host.len > 0 ? "" : ", and our own host name is not on the line");
	finish_section(t, s, reader);
	ledger_made(t->ledger, s->line.number, model_conf(t->model, SECTION_gbox));
}
