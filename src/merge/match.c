/* Which existing section stands for which of ours. Readers: the same login and card, of several the one with
 * the label or with all keys; else the same label and card, and the server or the user. Accounts: the same
 * user. What is compared is what OSCam holds. A reader that accounts share which no line is about stands only
 * for one that gives them the same cards. */
#include "cc2oscam/protocols.h"
#include "parts.h"

/* Host and port of a device, without the local port that it may have. */
static struct slice server_of(struct slice device)
{
	struct slice rest = device;

	(void)slice_cut(&rest, ',');
	(void)slice_cut(&rest, ',');
	if (rest.at)
		device.len = (size_t)(rest.at - 1 - device.at);
	return device;
}

bool merge_same_server(struct slice a, struct slice b)
{
	a = server_of(a);
	b = server_of(b);
	return a.len > 0 && a.at[0] == '/' ? slice_equal(a, b) : slice_equal_nocase(a, b);
}

/* Where a reader gets its cards. `user` is empty for protocols without a login, whatever the file has there.
 * `card` is set for camd3 and radegast servers only, for they have one reader for each card. */
struct login {
	struct slice server, user, card;
};

static struct login make_login(struct arena *arena, struct slice protocol, struct slice device,
	struct slice user, struct slice caid, struct slice ident)
{
	bool gbox = slice_equal(protocol, SLICE("gbox")), radegast = slice_equal(protocol, SLICE("radegast"));

	if (protocol_is(protocol, PROTOCOL_CARD))
		return (struct login){device, SLICE(""), SLICE("")};
	/* names of hosts are the same in capitals; of gbox and radegast OSCam sends no user */
	struct login login = {
		arena_lower(arena, server_of(device)), gbox || radegast ? SLICE("") : user, SLICE("")};
	/* of these protocols a server has a reader for each card */
	if (radegast || slice_equal(protocol, SLICE("cs357x")))
		login.card = ident.len > 0 ? ident : caid;
	return login;
}

/* Existing sections of one key, in the order of the file. */
struct key_chain {
	struct slice key;
	uint32_t number; /* in its list */
	uint32_t head, last;
	uint32_t left; /* how many of them are not matched yet; for logins only */
};

struct chains {
	struct table table;
	struct list list; /* struct key_chain */
	uint32_t *next;   /* by existing section: the next one of its chain, or DOCUMENT_NONE */
};

/* What tells readers apart. */
enum {
	BY_NAME,  /* label and login */
	BY_ALL,   /* login, password, key and all that decides which cards it gives */
	BY_LOGIN, /* protocol, device, user, card */
	BY_LABEL, /* protocol, label */
	IDENTITIES
};

/* The identities as texts: their parts are divided by line feeds, which no value can have. */
struct identity {
	struct login parts;
	struct slice text[IDENTITIES];
};

/* BY_ALL and BY_LABEL look among all readers, shared or not. */
enum { ALONE, SHARED, SHARINGS, ANY = ALONE };

struct matching {
	struct merge *m;
	struct merge_half *half;
	struct chains chains[IDENTITIES][SHARINGS];
	uint32_t *chain_of;      /* by existing section: its chain among the logins */
	bool *shared;            /* by existing section: accounts that no line is about reach it */
	struct identity *wanted; /* by section of the model */
	uint32_t *refused;       /* by section of the model: a shared reader that it would change, or
				    DOCUMENT_NONE */
};

static struct key_chain *find_chain(const struct chains *chains, struct slice key)
{
	table_each (walk, &chains->table, slice_hash(key, 0)) {
		struct key_chain *chain = list_at(&chains->list, walk.number);
		if (slice_equal(chain->key, key))
			return chain;
	}
	return NULL;
}

/* Returns the number of the chain that the section is in now. */
static uint32_t chain_add(struct chains *chains, struct slice key, uint32_t section)
{
	struct key_chain *chain = find_chain(chains, key);

	chains->next[section] = DOCUMENT_NONE;
	if (chain) {
		chains->next[chain->last] = section;
	} else {
		chain = list_add(&chains->list);
		*chain = (struct key_chain){.key = key, .number = chains->list.count - 1, .head = section};
		table_add(&chains->table, slice_hash(key, 0), chain->number);
	}
	chain->last = section;
	chain->left++;
	return chain->number;
}

/* The keys that make two readers of one login different ones. */
static const enum schema_key_id exact_keys[] = {KEY_reader_password, KEY_reader_key, KEY_reader_enable,
	KEY_reader_services, KEY_reader_caid, KEY_reader_ident, KEY_reader_chid, KEY_reader_class,
	KEY_reader_cccmaxhops, KEY_reader_cccmindown, KEY_reader_cccwantemu, KEY_reader_cccreshare,
	KEY_reader_ccchop};

enum { EXACT_KEYS = sizeof exact_keys / sizeof *exact_keys };

/* Services are compared by what they are, not by the order of the list. */
static struct slice exact_services(const struct merge *m, struct service_bits services)
{
	if ((services.allow | services.deny) == 0)
		return SLICE("");
	return arena_format(
		m->arena, "%llx,%llx", (unsigned long long)services.allow, (unsigned long long)services.deny);
}

/* The login and those of the exact keys that are set. */
static struct slice exact_text(const struct merge *m, struct slice login, struct slice protocol,
	const struct slice exact[EXACT_KEYS])
{
	struct slice text = login;

	for (int i = 0; i < EXACT_KEYS; i++) {
		enum schema_key_id key = exact_keys[i];
		/* whether a card reader of our own is switched on does not tell it from others */
		if (exact[i].len > 0 && !schema_is_initial(key, exact[i]) &&
			(key != KEY_reader_enable || !protocol_is(protocol, PROTOCOL_CARD)))
			text = arena_format(
				m->arena, "%.*s\n%d%.*s", SLICE_ARG(text), i, SLICE_ARG(exact[i]));
	}
	return text;
}

static struct identity identity_of(const struct merge *m, struct slice label, struct slice protocol,
	const struct login *login, const struct slice exact[EXACT_KEYS])
{
	/* which kind of reader it is, as far as that tells readers apart */
	struct slice kind = protocol_is(protocol, PROTOCOL_CARD) ? SLICE("local") : protocol;
	struct slice text = arena_format(m->arena, "%.*s\n%.*s\n%.*s\n%.*s", SLICE_ARG(kind),
		SLICE_ARG(login->server), SLICE_ARG(login->user), SLICE_ARG(login->card));

	return (struct identity){
		.parts = *login,
		.text = {[BY_NAME] = arena_format(m->arena, "%.*s\n%.*s", SLICE_ARG(label), SLICE_ARG(text)),
			[BY_ALL] = exact_text(m, text, protocol, exact),
			[BY_LOGIN] = text,
			[BY_LABEL] = arena_format(m->arena, "%.*s\n%.*s", SLICE_ARG(kind), SLICE_ARG(label))},
	};
}

static struct login login_of(const struct matching *matching, uint32_t theirs)
{
	const struct document *document = matching->half->document;
	const struct document_section *section = document_section_at(document, theirs);

	return make_login(matching->m->arena, section->protocol,
		document_value(document, section, KEY_reader_device),
		document_value(document, section, KEY_reader_user),
		document_value(document, section, KEY_reader_caid),
		document_value(document, section, KEY_reader_ident));
}

static struct identity wanted_identity(const struct matching *matching, const struct section *reader)
{
	struct slice protocol = section_get(reader, KEY_reader_protocol), exact[EXACT_KEYS];
	struct login login = make_login(matching->m->arena, protocol, section_get(reader, KEY_reader_device),
		section_get(reader, KEY_reader_user), section_get(reader, KEY_reader_caid),
		section_get(reader, KEY_reader_ident));

	for (int i = 0; i < EXACT_KEYS; i++)
		exact[i] = exact_keys[i] == KEY_reader_services
				   ? exact_services(matching->m, section_services(reader))
				   : section_get(reader, exact_keys[i]);
	return identity_of(matching->m, section_get(reader, KEY_reader_label), protocol, &login, exact);
}

static struct identity existing_identity(const struct matching *matching, uint32_t theirs)
{
	const struct document *document = matching->half->document;
	const struct document_section *section = document_section_at(document, theirs);
	struct login login = login_of(matching, theirs);
	struct slice exact[EXACT_KEYS];

	for (int i = 0; i < EXACT_KEYS; i++) {
		exact[i] = document_value(document, section, exact_keys[i]);
		if (exact_keys[i] == KEY_reader_services)
			exact[i] = exact_services(matching->m, merge_service_bits(matching->m, exact[i]));
	}
	return identity_of(matching->m, section->label, section->protocol, &login, exact);
}

static void add_existing(struct matching *matching)
{
	const struct document *document = matching->half->document;

	for (uint32_t i = 0; i < document->sections.count; i++) {
		const struct document_section *section = document_section_at(document, i);
		if (section->section != SECTION_reader || section->label.len == 0 ||
			section->protocol.len == 0)
			continue;
		struct identity identity = existing_identity(matching, i);
		bool shared = matching->shared[i];
		(void)chain_add(&matching->chains[BY_NAME][shared], identity.text[BY_NAME], i);
		(void)chain_add(&matching->chains[BY_ALL][ANY], identity.text[BY_ALL], i);
		matching->chain_of[i] =
			chain_add(&matching->chains[BY_LOGIN][shared], identity.text[BY_LOGIN], i);
		(void)chain_add(&matching->chains[BY_LABEL][ANY], identity.text[BY_LABEL], i);
	}
}

static void match(struct matching *matching, uint32_t ours, uint32_t theirs)
{
	struct chains *logins = &matching->chains[BY_LOGIN][matching->shared[theirs]];

	matching->half->theirs[ours] = theirs;
	matching->half->ours[theirs] = ours;
	((struct key_chain *)list_at(&logins->list, matching->chain_of[theirs]))->left--;
}

/* The first that stands for none of ours; those before it are never looked at again. By its login: the only
 * one. */
static uint32_t find_first(const struct chains *chains, struct slice text, bool only, const uint32_t *ours)
{
	struct key_chain *chain = find_chain(chains, text);

	if (!chain || (only && chain->left != 1))
		return DOCUMENT_NONE;
	while (chain->head != DOCUMENT_NONE && ours[chain->head] != DOCUMENT_NONE)
		chain->head = chains->next[chain->head];
	return chain->head;
}

/* One way of matching, for each of ours that has no match yet. */
static void match_by(struct matching *matching, int identity, int sharing)
{
	const struct merge_half *half = matching->half;

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *reader = merge_section(half, i);
		if (!reader || half->theirs[i] != DOCUMENT_NONE)
			continue;
		uint32_t theirs = find_first(&matching->chains[identity][sharing],
			matching->wanted[i].text[identity], identity == BY_LOGIN, half->ours);
		if (theirs == DOCUMENT_NONE)
			continue;
		if (matching->shared[theirs] &&
			!merge_keeps_cards(matching->m, theirs, &(struct becoming){.planned = reader}))
			matching->refused[i] = theirs;
		else
			match(matching, i, theirs);
	}
}

/* Of several of one label only the first, which is the one that OSCam finds; and it is another reader when
 * neither its place nor its user is ours, or when its card is another one. */
static uint32_t by_label(const struct matching *matching, const struct identity *identity)
{
	const struct key_chain *chain =
		find_chain(&matching->chains[BY_LABEL][ANY], identity->text[BY_LABEL]);

	if (!chain || matching->half->ours[chain->head] != DOCUMENT_NONE)
		return DOCUMENT_NONE;
	struct login ours = identity->parts, theirs = login_of(matching, chain->head);
	bool same = slice_equal(ours.server, theirs.server) || slice_equal(ours.user, theirs.user);
	return same && slice_equal(ours.card, theirs.card) ? chain->head : DOCUMENT_NONE;
}

/* A reader that has only the name of ours may have another server or user, and gets those of ours: not where
 * accounts of others share the reader. */
static void match_by_label(struct matching *matching)
{
	const struct merge_half *half = matching->half;

	for (uint32_t i = 0; i < half->sections->count; i++) {
		if (!merge_section(half, i) || half->theirs[i] != DOCUMENT_NONE)
			continue;
		uint32_t theirs = by_label(matching, &matching->wanted[i]);
		if (theirs != DOCUMENT_NONE && matching->shared[theirs])
			matching->refused[i] = theirs;
		else if (theirs != DOCUMENT_NONE)
			match(matching, i, theirs);
	}
}

/* Another port is no other place. */
static void say_login(const struct matching *matching, uint32_t index)
{
	const struct merge_half *half = matching->half;
	struct login ours = matching->wanted[index].parts, theirs = login_of(matching, half->theirs[index]);
	bool user = !slice_equal(ours.user, theirs.user);

	if (!user && slice_equal(slice_cut(&ours.server, ','), slice_cut(&theirs.server, ',')))
		return;
	merge_say(matching->m, list_at(half->sections, index), CODE_MERGE_LOGIN,
		"the reader \"%.*s\" is there %s; it becomes that of this line",
		SLICE_ARG(document_section_at(half->document, half->theirs[index])->label),
		user ? "with another user" : "at another place");
}

/* Two readers cannot use one device: the card stays with the existing reader. */
static void say_shared(const struct matching *matching, uint32_t index)
{
	struct section *reader = list_at(matching->half->sections, index);
	bool local = reader->kind == KIND_LOCAL;

	merge_say(matching->m, reader, CODE_MERGE_SHARED,
		"accounts that no line is about reach the reader \"%.*s\", and this line would change which "
		"cards they get: the line has a reader of its own%s",
		SLICE_ARG(document_section_at(matching->half->document, matching->refused[index])->label),
		local ? ", which is switched off" : "");
	if (local)
		section_set_number(matching->m->model, reader, KEY_reader_enable, 0);
}

/* Further readers of a login that stand for no line; what accounts get by them stays. */
static void note_doubles(const struct matching *matching, uint32_t ours)
{
	const struct merge_half *half = matching->half;

	for (int sharing = 0; sharing < SHARINGS; sharing++) {
		const struct chains *logins = &matching->chains[BY_LOGIN][sharing];
		struct key_chain *chain = find_chain(logins, matching->wanted[ours].text[BY_LOGIN]);
		if (!chain)
			continue;
		for (uint32_t i = chain->head; i != DOCUMENT_NONE; i = logins->next[i])
			if (half->ours[i] == DOCUMENT_NONE)
				matching->m->doubles[i] = ours;
		chain->head = DOCUMENT_NONE; /* each is noted once */
	}
}

static void start_matching(struct matching *matching)
{
	const struct merge_half *half = matching->half;
	struct arena *arena = matching->m->arena;
	uint32_t theirs = half->document->sections.count, ours = half->sections->count;

	for (int i = 0; i < IDENTITIES * SHARINGS; i++) {
		struct chains *chains = &matching->chains[i / SHARINGS][i % SHARINGS];
		table_init(&chains->table, arena, theirs);
		list_init(&chains->list, arena, sizeof(struct key_chain));
		chains->next = arena_array(arena, theirs, sizeof *chains->next);
	}
	matching->chain_of = arena_array(arena, theirs, sizeof *matching->chain_of);
	matching->m->doubles = arena_array(arena, theirs, sizeof *matching->m->doubles);
	matching->shared = arena_array(arena, theirs, sizeof *matching->shared);
	matching->wanted = arena_array(arena, ours, sizeof *matching->wanted);
	matching->refused = arena_array(arena, ours, sizeof *matching->refused);
	for (uint32_t i = 0; i < theirs; i++) {
		matching->shared[i] = bits_meet(half->groups[i], matching->m->others);
		matching->m->doubles[i] = DOCUMENT_NONE;
	}
	add_existing(matching);
	for (uint32_t i = 0; i < ours; i++) {
		matching->refused[i] = DOCUMENT_NONE;
		if (merge_section(half, i))
			matching->wanted[i] = wanted_identity(matching, merge_section(half, i));
	}
}

static void match_readers(struct merge *m)
{
	struct matching matching = {.m = m, .half = &m->halves[MERGE_READERS]};

	if (!matching.half->document)
		return;
	start_matching(&matching);
	match_by(&matching, BY_NAME, ALONE);
	match_by(&matching, BY_ALL, ANY);
	match_by(&matching, BY_NAME, SHARED);
	match_by(&matching, BY_LOGIN, ALONE);
	match_by(&matching, BY_LOGIN, SHARED);
	match_by_label(&matching);
	for (uint32_t i = 0; i < matching.half->sections->count; i++) {
		uint32_t theirs = matching.half->theirs[i];
		if (theirs != DOCUMENT_NONE) {
			struct section *reader = list_at(matching.half->sections, i);
			say_login(&matching, i);
			/* how OSCam drives a card reader of our own, and whether it is enabled, stays as the
			 * existing file has it; only a reader whose list of channels is lost is switched off
			 */
			if (reader->kind == KIND_LOCAL)
				section_set(m->model, reader, KEY_reader_protocol,
					document_section_at(matching.half->document, theirs)->protocol);
			if (reader->kind == KIND_LOCAL && !reader->shut)
				section_unset(reader, KEY_reader_enable);
		} else if (matching.refused[i] != DOCUMENT_NONE) {
			say_shared(&matching, i);
		}
		if (merge_section(matching.half, i))
			note_doubles(&matching, i);
	}
}

/* Of accounts with one user OSCam renames all but the first. */
static void match_accounts(struct merge *m)
{
	struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	const struct document *document = half->document;
	struct table users;

	if (!document)
		return;
	table_init(&users, m->arena, document->sections.count);
	for (uint32_t i = 0; i < document->sections.count; i++)
		if (document_section_at(document, i)->label.len > 0)
			document_add_label(document, &users, i);
	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *account = merge_section(half, i);
		if (account)
			half->theirs[i] =
				document_labelled(document, &users, section_get(account, KEY_account_user));
		if (half->theirs[i] != DOCUMENT_NONE)
			half->ours[half->theirs[i]] = i;
	}
}

void merge_match(struct merge *m)
{
	match_accounts(m);
	merge_match_tuner(m);
	merge_find_others(m);
	match_readers(m);
}
