/* F lines and the receiver's own tuner become [account] sections. */
#include "translator.h"

#include <stdlib.h>

#include "cc2oscam/labels.h"

enum { MINUTES_A_DAY = 24 * 60 };
/* Of OSCam's account key uniq: the first login stays, the last login stays. */
enum { UNIQ_FIRST = 1, UNIQ_LAST = 3 };

static const struct section *find_user(
	struct translator *t, const struct table *table, struct slice user, size_t most)
{
	struct slice part = {user.at, user.len < most ? user.len : most};

	table_each (walk, table, slice_hash(part, 0)) {
		const struct section *account = list_at(&t->model->accounts, walk.number);
		struct slice other = section_get(account, KEY_account_user);
		if (slice_equal((struct slice){other.at, other.len < most ? other.len : most}, part))
			return account;
	}
	return NULL;
}

/* The same name again is refused. */
static bool name_fits(struct translator *t, struct statement *s)
{
	const struct section *first = find_user(t, &t->users, s->user, SIZE_MAX);

	if (first)
		say(t, s, CODE_DUPLICATE_USER, s->user.at, "the user \"%.*s\" stands on line %lu already",
			SLICE_ARG(s->user), (unsigned long)first->line);
	return !first;
}

static int compare_windows(const void *a, const void *b)
{
	const struct window *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/* Windows split at midnight, sorted, and joined where they meet. Returns their number. */
static uint32_t plain_windows(const struct statement *s, struct window *plain)
{
	uint32_t count = 0, kept = 0;

	for (uint32_t i = 0; i < s->window_count; i++) {
		struct window window = s->windows[i];
		if (window.from > window.to) {
			if (window.to > 0)
				plain[count++] = (struct window){0, window.to};
			window.to = MINUTES_A_DAY;
		}
		plain[count++] = window;
	}
	qsort(plain, count, sizeof *plain, compare_windows);
	for (uint32_t i = 0; i < count; i++) {
		if (kept > 0 && plain[i].from <= plain[kept - 1].to) {
			if (plain[i].to > plain[kept - 1].to)
				plain[kept - 1].to = plain[i].to;
		} else {
			plain[kept++] = plain[i];
		}
	}
	return kept;
}

/* Without ALL@ OSCam keeps only the first window. */
static void set_hours(struct translator *t, const struct statement *s, struct section *account)
{
	if (s->window_count == 0)
		return;

	struct window *plain = arena_array(t->arena, (size_t)s->window_count * 2, sizeof *plain);
	uint32_t count = plain_windows(s, plain);
	struct buffer text = {0};

	for (uint32_t i = 0; i < count; i++)
		buffer_format(&text, "%s%02u:%02u-%02u:%02u", i == 0 ? "ALL@" : ",", plain[i].from / 60U,
			plain[i].from % 60U, plain[i].to / 60U, plain[i].to % 60U);
	section_set(t->model, account, KEY_account_allowedtimeframe, arena_take(t->arena, &text));
}

/* An ident of a CAID in whose requests OSCam finds none fits all of them where it is refused, and none where
 * it is accepted. */
#define NARROWER "account gets less than is meant"

static void say_reshare(struct translator *t, struct statement *s, const struct limit_plan *plan)
{
	const char *at = s->limits[0].text.at;

	if (plan->differ && plan->hops > 0)
		say_partial(t, s, CODE_PER_CARD_RESHARE, at,
			"the cards have different reshare levels; the %s, %ld, goes for all",
			t->choices->reshare_widest ? "widest" : "narrowest", (long)plan->hops);
	else if (plan->differ)
		say_partial(t, s, CODE_PER_CARD_RESHARE, at,
			"some cards have a reshare level and others none; none has one now");
	if (plan->ident_wide)
		say_ident_wide(t, s, at, NARROWER);
	if (plan->exception)
		say_partial(t, s, CODE_LIMIT_EXCEPTION, at,
			plan->wild ? "an ident of all caids cannot be all that is accepted; its cards are "
				     "refused"
				   : "an entry is an exception from another one that refuses more; all of "
				     "that is refused");
}

/* CCcam's downhops count the client, too; OSCam's cccreshare counts only the levels below the client. */
static void set_reshare(struct translator *t, struct statement *s, struct section *account, int32_t downhops)
{
	if (downhops == 0)
		return;

	int32_t reshare = downhops - 1;
	if (reshare > HOPS_MAX) {
		say_partial(t, s, CODE_HOPS_RANGE, NULL,
			"a reshare level of %ld becomes %d, the most that OSCam can say", (long)reshare,
			HOPS_MAX);
		reshare = HOPS_MAX;
	}
	section_set_number(t->model, account, KEY_account_cccreshare, reshare);
}

/* GLOBAL LIMITS are worked out once, for the first account that needs them. Limits that OSCam cannot have are
 * reported at the line of GLOBAL LIMITS. */
static const struct limit_plan *global_plan(struct translator *t)
{
	struct statement *global = t->options[DIRECTIVE_GLOBAL_LIMITS];

	if (!global || global->limit_count == 0)
		return NULL;
	if (!t->global_plan) {
		struct limit_plan *plan = arena_alloc(t->arena, sizeof *plan);
		struct ledger *ledger = t->ledger;
		t->ledger = t->own_ledger;
		*plan = plan_limits(t, global->limits, global->limit_count, true);
		t->global_plan = plan;
		t->global_services = t->model->services.count;
		if (!plan->overflow && (!plan->nothing || plan->exception || plan->ident_wide))
			say_reshare(t, global, plan);
		t->ledger = ledger;
	}
	return t->global_plan;
}

static void set_limits(
	struct translator *t, struct statement *s, struct section *account, const struct limit_plan *plan)
{
	if (plan->nothing) {
		say(t, s, CODE_DENY_ALL, NULL, "the limits refuse every card; the account gets none");
		section_set_number(t->model, account, KEY_account_cccmaxhops, -1);
		account->reach = REACH_NOTHING;
		s->fate = FATE_ADJUSTED;
		return;
	}
	if (plan->key)
		section_set(t->model, account, plan->key[0] == 'c' ? KEY_account_caid : KEY_account_ident,
			plan->key_value);
	set_reshare(t, s, account, plan->hops);
}

/* The line's own limits, or those for all; and the channels. False when OSCam has no room for the services.
 */
static bool set_access(struct translator *t, struct statement *s, struct section *account)
{
	if (s->limit_count == 0 && t->lost_limits > 0) {
		say(t, s, CODE_LIMITS_LOST, NULL,
			"the account would take GLOBAL LIMITS, which cannot be read on line %lu",
			(unsigned long)t->lost_limits);
		return false;
	}
	const struct limit_plan *plan = s->limit_count > 0 ? NULL : global_plan(t);
	uint32_t before = t->model->services.count;
	struct service_bits services = {0};
	struct limit_plan own = {0};

	if (s->limit_count > 0) {
		own = plan_limits(t, s->limits, s->limit_count, true);
		plan = &own;
	}
	if (plan)
		services = plan->services;
	if ((plan && plan->overflow) ||
		(s->channel_count > 0 && !plan_channels(t, s->channels, s->channel_count, &services))) {
		forget_services(t, before);
		say(t, s, CODE_SERVICE_OVERFLOW, NULL,
			"OSCam has room for 64 services; the limits of this account need more");
		return false;
	}
	if (plan)
		set_limits(t, s, account, plan);
	if (plan == &own && (!own.nothing || own.exception || own.ident_wide))
		say_reshare(t, s, &own);
	bool narrower = own.ident_wide; /* said already */
	for (uint32_t i = 0; i < s->channel_count && !narrower; i++) {
		narrower = s->channels[i].ident != 0 && !caid_has_ident(s->channels[i].caid);
		if (narrower)
			say_ident_wide(t, s, NULL, NARROWER);
	}
	section_set_services(t->model, account, services);
	return true;
}

static struct section *new_account(struct translator *t, const struct statement *s)
{
	struct model *model = t->model;
	struct section *account =
		model_add(model, &model->accounts, KIND_ACCOUNT, SECTION_account, s->line.number, 6);

	account->note = s->note;
	account->reach = (int32_t)s->uphops;
	account->au = s->allowemm ? AU_CARDS : AU_NONE;
	account->plain = s->user.len < NAME_CARRIED && s->pass.len < PASSWORD_CARRIED;
	section_set(model, account, KEY_account_user, s->user);
	section_set(model, account, KEY_account_pwd, s->pass);
	if (s->host.len > 0)
		section_set(model, account, KEY_account_hostname, s->host);
	if (s->uphops != MAXHOPS_INITIAL)
		section_set_number(model, account, KEY_account_cccmaxhops, s->uphops);
	if (t->choices->double_login != LOGIN_ANY) {
		/* CCcam serves a user name once at a time; OSCam lets any number of logins in without uniq */
		section_set_number(model, account, KEY_account_uniq,
			t->choices->double_login == LOGIN_LAST ? UNIQ_LAST : UNIQ_FIRST);
		section_assume(account, KEY_account_uniq);
	}
	return account;
}

void translate_client(struct translator *t, struct statement *s)
{
	const size_t most = LINE_VALUE_MAX;

	if (!value_fits(t, s, "user name", s->user, 63) || !value_fits(t, s, "password", s->pass, most) ||
		(s->host.len > 0 && !host_fits(t, s, s->host)) || !name_fits(t, s)) {
		leave_out(t, s, FATE_REJECTED);
		return;
	}
	struct section *account = new_account(t, s);
	if (!set_access(t, s, account)) {
		t->model->accounts.count--;
		leave_out(t, s, FATE_UNSUPPORTED);
		return;
	}
	set_hours(t, s, account);
	set_expiry(t, s, account);
	if (s->shareemus_given)
		say(t, s, CODE_SHAREEMUS, NULL, "shareemus %d is left out: OSCam has no emulator to share",
			s->shareemus);
	uint32_t number = t->model->accounts.count - 1;
	struct slice carried = {s->user.at, s->user.len < NAME_CARRIED ? s->user.len : NAME_CARRIED};
	table_add(&t->users, slice_hash(s->user, 0), number);
	table_add(&t->names, slice_hash(carried, 0), number);
	if (s->limit_count == 0 && t->global_plan && !t->trial)
		ledger_made(t->ledger, t->options[DIRECTIVE_GLOBAL_LIMITS]->line.number, account);
	finish_section(t, s, account);
}

/* The tuner's account stands first in its file. Whether the tuner has an account is known when the options
 * are known, and the account's name when those of the friends are. */
void reserve_local_account(struct translator *t)
{
	t->local_account = model_add(t->model, &t->model->accounts, KIND_REMARK, SECTION_NONE, 0, 6);
	t->local_account->reach = REACH_NOTHING;
}

void add_local_account(struct translator *t)
{
	const struct statement *api = t->options[DIRECTIVE_DVB_API];
	bool receiver = t->choices->profile == PROFILE_RECEIVER && !(api && api->number == -1);

	if (!receiver &&
		t->choices->profile != PROFILE_TVHEADEND) /* TVHeadend is served whatever DVB API says */
		return;
	t->local_account->kind = KIND_ACCOUNT;
	t->local_account->section = SECTION_account;
	t->local_account->reach = REACH_ALL;
	t->model->local_account = t->local_account;
}

/* The wanted name if it is free, else with the first number that makes it free: no friend and no existing
 * account has it. */
static struct slice free_local_name(struct translator *t)
{
	const struct list *taken = t->choices->taken;
	struct slice wanted = choices_local_account(t->choices), name = wanted;
	struct name_set names;

	names_start(&names, t->arena, taken ? taken->count : 0);
	for (uint32_t i = 0; taken && i < taken->count; i++)
		names_take(&names, *(const struct slice *)list_at(taken, i));
	for (unsigned number = 2; find_user(t, &t->names, name, NAME_CARRIED) || names_have(&names, name);
		number++)
		name = arena_format(t->arena, "%.*s%u", SLICE_ARG(wanted), number);
	return name;
}

/* The tuner's account has no password, so nobody may log in with it over the network: only the tuner may use
 * it. */
void set_local_account(struct translator *t)
{
	if (!t->model->local_account)
		return;

	struct section *account = t->local_account;
	struct slice name = free_local_name(t);
	if (!slice_equal(name, choices_local_account(t->choices)))
		(void)ledger_find(t->ledger, CODE_ACCOUNT_RENAMED,
			(struct place){t->own_ledger->source, 0, 0},
			"the tuner's account is called \"%.*s\", for %s the name \"%.*s\"", SLICE_ARG(name),
			find_user(t, &t->names, choices_local_account(t->choices), NAME_CARRIED)
				? "a friend has"
				: "an existing account has",
			SLICE_ARG(choices_local_account(t->choices)));
	section_set(t->model, account, KEY_account_user, name);
	if (!option_on(t, DIRECTIVE_DISABLE_EMM, false))
		account->au = AU_ALL;
	else
		ledger_made(t->ledger, t->options[DIRECTIVE_DISABLE_EMM]->line.number, account);
	section_set(t->model, account, KEY_account_allowedprotocols, SLICE("dvbapi"));
}

/* Only for new files: a merge makes these texts itself. */
static void set_au_texts(struct translator *t)
{
	struct buffer labels = {0}; /* of the local cards */

	for (uint32_t i = 0; i < t->model->readers.count; i++) {
		const struct section *reader = list_at(&t->model->readers, i);
		if (reader->kind == KIND_LOCAL)
			buffer_format(&labels, "%s%.*s", labels.len > 0 ? "," : "",
				SLICE_ARG(section_get(reader, KEY_reader_label)));
	}
	struct slice cards = arena_take(t->arena, &labels);
	for (uint32_t i = 0; i < t->model->accounts.count; i++) {
		struct section *account = list_at(&t->model->accounts, i);
		struct slice au = account->au == AU_ALL ? SLICE("1") : cards;
		if (account->kind != KIND_ACCOUNT || account->au == AU_NONE || au.len == 0)
			continue;
		if (au.len <= LINE_VALUE_MAX) {
			section_set(t->model, account, KEY_account_au, au);
			continue;
		}
		(void)ledger_find(t->ledger, CODE_VALUE_TOO_LONG,
			(struct place){t->ledger->source, account->line, 0},
			"the labels of all local readers are too long for one line; the account has no au");
		ledger_raise(t->ledger, account->line, FATE_PARTIAL);
	}
}

/* With EXTRA EMM LEVEL all clients that may send EMMs may do so to all readers. */
void set_emm_rights(struct translator *t)
{
	bool wide = option_on(t, DIRECTIVE_EXTRA_EMM_LEVEL, false);

	for (uint32_t i = 0; i < t->model->accounts.count && wide; i++) {
		struct section *account = list_at(&t->model->accounts, i);
		if (account->kind != KIND_ACCOUNT || account->au != AU_CARDS)
			continue;
		account->au = AU_ALL;
		ledger_made(t->ledger, t->options[DIRECTIVE_EXTRA_EMM_LEVEL]->line.number, account);
	}
	if (!t->choices->taken)
		set_au_texts(t);
}
