/* Which existing section stands for which of ours. Readers: the same label and login; the same login; the
 * same label. Accounts: the same user. What is compared is what OSCam holds. */
#include "cc2oscam/protocols.h"
#include "parts.h"

/* Existing sections of one key, in the order of the file. */
struct chain {
	struct slice key;
	uint32_t head, last;
	uint32_t left; /* so many of them stand for none of ours yet; for logins only */
};

struct chains {
	struct table table;
	struct list list; /* struct chain */
	uint32_t *next;   /* by existing section: the next one of its chain, or DOCUMENT_NONE */
};

/* Where a reader logs in as nobody, the user that stands there does not matter: it is empty. */
struct login {
	struct slice server, user;
};

/* What tells readers apart, from the exact to the rough. Parts are divided by line feeds, which no value has.
 */
struct identity {
	struct login parts;
	struct slice named; /* label and login */
	struct slice exact; /* login, password, key and the card */
	struct slice login; /* protocol, device, user */
	struct slice label; /* protocol, label */
};

struct matching {
	struct merge *m;
	struct merge_half *half;
	struct chains named, exact, logins, labels;
	uint32_t *chain_of;      /* by existing section: its chain among the logins */
	struct identity *wanted; /* by section of the model */
};

/* Card readers of our own; and of these protocols OSCam sends no user. */
static bool has_no_user(struct slice protocol)
{
	return protocol_is(protocol, PROTOCOL_CARD) || slice_equal(protocol, SLICE("gbox")) ||
	       slice_equal(protocol, SLICE("radegast"));
}

static void chains_start(struct chains *chains, struct matching *matching)
{
	uint32_t count = matching->half->document->sections.count;

	table_init(&chains->table, matching->m->arena, count);
	list_init(&chains->list, matching->m->arena, sizeof(struct chain));
	chains->next = arena_array(matching->m->arena, count, sizeof *chains->next);
}

static struct chain *find_chain(const struct chains *chains, struct slice key, uint32_t *number)
{
	for (struct table_walk walk = table_find(&chains->table, slice_hash(key, 0));
		table_next(&chains->table, &walk, number);) {
		struct chain *chain = list_at(&chains->list, *number);
		if (slice_equal(chain->key, key))
			return chain;
	}
	return NULL;
}

/* Returns the number of its chain. */
static uint32_t chain_add(struct chains *chains, struct slice key, uint32_t section)
{
	uint32_t number;
	struct chain *chain = find_chain(chains, key, &number);

	chains->next[section] = DOCUMENT_NONE;
	if (chain) {
		chains->next[chain->last] = section;
	} else {
		number = chains->list.count;
		chain = list_add(&chains->list);
		*chain = (struct chain){.key = key, .head = section};
		table_add(&chains->table, slice_hash(key, 0), number);
	}
	chain->last = section;
	chain->left++;
	return number;
}

/* The first of them that stands for none of ours; those before it are never looked at again. */
static uint32_t chain_first(const struct matching *matching, const struct chains *chains, struct slice key)
{
	uint32_t number;
	struct chain *chain = find_chain(chains, key, &number);

	if (!chain)
		return DOCUMENT_NONE;
	while (chain->head != DOCUMENT_NONE && matching->half->ours[chain->head] != DOCUMENT_NONE)
		chain->head = chains->next[chain->head];
	return chain->head;
}

struct slice merge_server(struct slice device)
{
	struct slice rest = device;

	(void)slice_cut(&rest, ',');
	(void)slice_cut(&rest, ',');
	if (rest.at)
		device.len = (size_t)(rest.at - 1 - device.at);
	return device;
}

static struct slice login_text(
	struct arena *arena, struct slice protocol, struct slice device, struct slice user)
{
	if (protocol_is(protocol, PROTOCOL_CARD))
		return arena_format(arena, "local\n%.*s\n", SLICE_ARG(device));
	if (has_no_user(protocol))
		user = SLICE("");
	return arena_format(arena, "%.*s\n%.*s\n%.*s", SLICE_ARG(protocol), SLICE_ARG(merge_server(device)),
		SLICE_ARG(user));
}

/* The keys that make two readers of one login different ones. */
static const enum schema_key_id exact_keys[] = {
	KEY_reader_password, KEY_reader_key, KEY_reader_caid, KEY_reader_ident, KEY_reader_ccchop};

enum { EXACT_KEYS = sizeof exact_keys / sizeof *exact_keys };

static struct slice exact_text(struct arena *arena, struct slice login, const struct slice exact[EXACT_KEYS])
{
	struct slice text = login;

	for (int i = 0; i < EXACT_KEYS; i++)
		if (exact[i].len > 0)
			text = arena_format(arena, "%.*s\n%d%.*s", SLICE_ARG(text), i, SLICE_ARG(exact[i]));
	return text;
}

static struct identity identity_of(struct arena *arena, struct slice label, struct slice protocol,
	struct slice login, const struct slice exact[EXACT_KEYS])
{
	struct slice kind = protocol_is(protocol, PROTOCOL_CARD) ? SLICE("local") : protocol;

	return (struct identity){
		.named = arena_format(arena, "%.*s\n%.*s", SLICE_ARG(label), SLICE_ARG(login)),
		.exact = exact_text(arena, login, exact),
		.login = login,
		.label = arena_format(arena, "%.*s\n%.*s", SLICE_ARG(kind), SLICE_ARG(label)),
	};
}

static struct login make_login(struct slice protocol, struct slice device, struct slice user)
{
	if (protocol_is(protocol, PROTOCOL_CARD))
		return (struct login){device, SLICE("")};
	return (struct login){merge_server(device), has_no_user(protocol) ? SLICE("") : user};
}

static struct login login_of(const struct matching *matching, uint32_t index)
{
	const struct document *document = matching->half->document;
	const struct document_section *section = document_section_at(document, index);

	return make_login(section->protocol, document_value(document, section, KEY_reader_device),
		document_value(document, section, KEY_reader_user));
}

static struct identity wanted_identity(const struct matching *matching, const struct section *reader)
{
	struct arena *arena = matching->m->arena;
	struct slice protocol = section_get(reader, KEY_reader_protocol), exact[EXACT_KEYS];
	struct slice login = login_text(arena, protocol, section_get(reader, KEY_reader_device),
		section_get(reader, KEY_reader_user));

	for (int i = 0; i < EXACT_KEYS; i++)
		exact[i] = section_get(reader, exact_keys[i]);
	struct identity identity =
		identity_of(arena, section_get(reader, KEY_reader_label), protocol, login, exact);
	identity.parts = make_login(
		protocol, section_get(reader, KEY_reader_device), section_get(reader, KEY_reader_user));
	return identity;
}

static struct identity existing_identity(
	const struct matching *matching, const struct document_section *section)
{
	const struct document *document = matching->half->document;
	struct arena *arena = matching->m->arena;
	struct slice exact[EXACT_KEYS];
	struct slice login =
		login_text(arena, section->protocol, document_value(document, section, KEY_reader_device),
			document_value(document, section, KEY_reader_user));

	for (int i = 0; i < EXACT_KEYS; i++) {
		exact[i] = document_value(document, section, exact_keys[i]);
		if (schema_is_initial(exact_keys[i], exact[i]))
			exact[i].len = 0;
	}
	return identity_of(arena, section->label, section->protocol, login, exact);
}

static void add_existing(struct matching *matching)
{
	const struct document *document = matching->half->document;

	for (uint32_t i = 0; i < document->sections.count; i++) {
		const struct document_section *section = document_section_at(document, i);
		if (section->section != SECTION_reader || section->label.len == 0 ||
			section->protocol.len == 0)
			continue;
		struct identity identity = existing_identity(matching, section);
		(void)chain_add(&matching->named, identity.named, i);
		(void)chain_add(&matching->exact, identity.exact, i);
		matching->chain_of[i] = chain_add(&matching->logins, identity.login, i);
		(void)chain_add(&matching->labels, identity.label, i);
	}
}

static void match(struct matching *matching, uint32_t ours, uint32_t theirs)
{
	matching->half->theirs[ours] = theirs;
	matching->half->ours[theirs] = ours;
	((struct chain *)list_at(&matching->logins.list, matching->chain_of[theirs]))->left--;
}

/* One way of matching: for each of ours that has no match yet, the section that `find` gives. */
static void match_by(
	struct matching *matching, uint32_t (*find)(const struct matching *, const struct identity *))
{
	const struct merge_half *half = matching->half;

	for (uint32_t i = 0; i < half->sections->count; i++) {
		if (!merge_section(half, i) || half->theirs[i] != DOCUMENT_NONE)
			continue;
		uint32_t theirs = find(matching, &matching->wanted[i]);
		if (theirs != DOCUMENT_NONE)
			match(matching, i, theirs);
	}
}

static uint32_t by_name_and_login(const struct matching *matching, const struct identity *identity)
{
	return chain_first(matching, &matching->named, identity->named);
}

static uint32_t by_everything(const struct matching *matching, const struct identity *identity)
{
	return chain_first(matching, &matching->exact, identity->exact);
}

static uint32_t by_login(const struct matching *matching, const struct identity *identity)
{
	uint32_t number;
	const struct chain *chain = find_chain(&matching->logins, identity->login, &number);

	return chain && chain->left == 1 ? chain_first(matching, &matching->logins, identity->login)
					 : DOCUMENT_NONE;
}

/* Of several of one label only the first, which is the one that OSCam finds; and it is another reader when
 * neither its place nor its user is ours. */
static uint32_t by_label(const struct matching *matching, const struct identity *identity)
{
	uint32_t number;
	const struct chain *chain = find_chain(&matching->labels, identity->label, &number);

	if (!chain || matching->half->ours[chain->head] != DOCUMENT_NONE)
		return DOCUMENT_NONE;
	struct login ours = identity->parts, theirs = login_of(matching, chain->head);
	return slice_equal(ours.server, theirs.server) || slice_equal(ours.user, theirs.user) ? chain->head
											      : DOCUMENT_NONE;
}

static struct slice host_of(struct slice server)
{
	return slice_cut(&server, ',');
}

/* Another port is no other place. */
static void say_login(const struct matching *matching, uint32_t index)
{
	const struct merge_half *half = matching->half;
	struct login ours = matching->wanted[index].parts, theirs = login_of(matching, half->theirs[index]);
	bool user = !slice_equal(ours.user, theirs.user);
	struct ledger *ledger;

	if (!user && slice_equal(host_of(ours.server), host_of(theirs.server)))
		return;
	struct place place = merge_place(matching->m, list_at(half->sections, index), &ledger);
	(void)ledger_find(ledger, CODE_MERGE_LOGIN, place,
		"the reader \"%.*s\" is there %s; it becomes that of this line",
		SLICE_ARG(document_section_at(half->document, half->theirs[index])->label),
		user ? "with another user" : "at another place");
}

/* How OSCam drives a card reader of our own, and whether, is known better by who set it up there. */
static void keep_driver(struct merge *m, struct section *reader, const struct document_section *theirs)
{
	if (reader->kind != KIND_LOCAL)
		return;
	section_set(m->model, reader, KEY_reader_protocol, theirs->protocol);
	section_unset(reader, KEY_reader_enable);
}

static void match_readers(struct merge *m)
{
	struct matching matching = {.m = m, .half = &m->halves[MERGE_READERS]};
	const struct merge_half *half = matching.half;

	if (!half->document)
		return;
	chains_start(&matching.named, &matching);
	chains_start(&matching.exact, &matching);
	chains_start(&matching.logins, &matching);
	chains_start(&matching.labels, &matching);
	matching.chain_of = arena_array(m->arena, half->document->sections.count, sizeof *matching.chain_of);
	matching.wanted = arena_array(m->arena, half->sections->count, sizeof *matching.wanted);
	add_existing(&matching);
	for (uint32_t i = 0; i < half->sections->count; i++)
		if (merge_section(half, i))
			matching.wanted[i] = wanted_identity(&matching, merge_section(half, i));
	match_by(&matching, by_name_and_login);
	match_by(&matching, by_everything);
	match_by(&matching, by_login);
	match_by(&matching, by_label);
	for (uint32_t i = 0; i < half->sections->count; i++)
		if (half->theirs[i] != DOCUMENT_NONE) {
			say_login(&matching, i);
			keep_driver(m, list_at(half->sections, i),
				document_section_at(half->document, half->theirs[i]));
		}
}

static uint32_t find_user(const struct document *document, const struct table *users, struct slice user)
{
	uint32_t number;

	for (struct table_walk walk = table_find(users, slice_hash(user, 0));
		table_next(users, &walk, &number);)
		if (slice_equal(document_section_at(document, number)->label, user))
			return number;
	return DOCUMENT_NONE;
}

/* An account of the tuner's that is new takes over from the one that [dvbapi] named. One with a password is
 * somebody's login as well: he keeps the protocols that he has. */
static void match_tuner(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	const struct document *document = half->document;
	struct slice user = merge_tuner(&m->existing, m->arena);

	m->old_tuner = DOCUMENT_NONE;
	for (uint32_t i = 0;
		document && user.len > 0 && m->old_tuner == DOCUMENT_NONE && i < document->sections.count;
		i++)
		if (slice_equal(document_section_at(document, i)->label, user))
			m->old_tuner = i;
	for (uint32_t i = 0; document && i < half->sections->count; i++) {
		struct section *account = list_at(half->sections, i);
		if (account != m->model->local_account || half->theirs[i] == DOCUMENT_NONE)
			continue;
		const struct document_section *theirs = document_section_at(document, half->theirs[i]);
		if (document_value(document, theirs, KEY_account_pwd).len > 0 &&
			!merge_holds(m, document, theirs, KEY_account_allowedprotocols,
				section_get(account, KEY_account_allowedprotocols)))
			section_unset(account, KEY_account_allowedprotocols);
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
	for (uint32_t i = 0; i < document->sections.count; i++) {
		struct slice user = document_section_at(document, i)->label;
		if (user.len > 0 && find_user(document, &users, user) == DOCUMENT_NONE)
			table_add(&users, slice_hash(user, 0), i);
	}
	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *account = merge_section(half, i);
		if (account)
			half->theirs[i] = find_user(document, &users, section_get(account, KEY_account_user));
		if (half->theirs[i] != DOCUMENT_NONE)
			half->ours[half->theirs[i]] = i;
	}
}

void merge_match(struct merge *m)
{
	match_readers(m);
	match_accounts(m);
	match_tuner(m);
}
