/* What CCcam's { caid:ident:n, ... } means, and which part of that OSCam can do. An entry for one ident comes
 * before the entry for its whole CAID, that entry before 0:0, and a card without any entry is not
 * limited. */
#include "translator.h"

#include <stdlib.h>
#include <string.h>

enum { UNLIMITED = INT32_MAX };

struct limit_rule {
	uint32_t ident, order;
	int32_t n; /* 0: refused */
	uint16_t caid;
};

/* The rules sorted by caid and ident, one for each card, and the rule for all other cards. */
struct rules {
	struct translator *t;
	struct limit_rule *at;
	uint32_t count;
	int32_t rest;
	bool narrow;
	struct limit_plan plan;
};

static int compare_cards(const void *a, const void *b)
{
	const struct limit_rule *x = a, *y = b;

	if (x->caid != y->caid)
		return x->caid < y->caid ? -1 : 1;
	if (x->ident != y->ident)
		return x->ident < y->ident ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int compare_order(const void *a, const void *b)
{
	const struct limit_rule *x = a, *y = b;

	return x->order < y->order ? -1 : x->order > y->order;
}

/* Of two entries for one card the narrower one counts for an account, the wider one for a reader. */
static void join_rules(struct rules *rules)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < rules->count; i++) {
		struct limit_rule *last = kept > 0 ? &rules->at[kept - 1] : NULL;
		const struct limit_rule *rule = &rules->at[i];
		if (!last || last->caid != rule->caid || last->ident != rule->ident) {
			rules->at[kept++] = *rule;
		} else if (last->n != rule->n) {
			rules->plan.differ = true;
			if ((rule->n < last->n) == rules->narrow)
				last->n = rule->n;
		}
	}
	rules->count = kept;
}

bool caid_has_ident(uint16_t caid)
{
	unsigned system = caid >> 8;

	return system == 0x01 || system == 0x05 || system == 0x0d || system == 0x18;
}

static bool accepts_caid(const struct rules *rules, uint16_t caid)
{
	uint32_t low = 0, high = rules->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (rules->at[middle].caid < caid)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < rules->count && rules->at[low].caid == caid; low++)
		if (rules->at[low].n > 0)
			return true;
	return false;
}

/* Whether an ident refused with every CAID means something for what is accepted. What we give keeps the
 * refusal, which does too much only where OSCam finds no ident. */
static bool touches_accepted(const struct rules *rules)
{
	for (uint32_t i = 0; i < rules->count; i++)
		if (rules->at[i].n > 0 && (!rules->narrow || !caid_has_ident(rules->at[i].caid)))
			return true;
	return false;
}

/* In requests of some CAIDs OSCam finds no ident. There a section of oscam.services with an ident fits all
 * requests of the CAID, and the key `ident` fits none. So a reader gets the whole CAID; an account gets no
 * more than these keys let through. */
static void widen_idents(struct rules *rules)
{
	uint32_t kept = 0, all = rules->count;
	bool changed = false;

	for (uint32_t i = 0; i < all; i++) {
		struct limit_rule rule = rules->at[i];
		bool only = rules->rest == 0, refused = rule.n == 0, matters = refused ? !only : only;
		bool wild = rule.caid == 0 && !refused;
		if (rule.ident == 0 || caid_has_ident(rule.caid) || wild) {
			rules->plan.ident_wide |= wild && rule.ident != 0 && only && !rules->narrow;
			rules->at[kept++] = rule;
			continue;
		}
		if (refused && only)
			matters = rule.caid == 0 ? touches_accepted(rules) : accepts_caid(rules, rule.caid);
		rules->plan.ident_wide |= matters;
		if (!rules->narrow && refused)
			continue;
		if (!rules->narrow && only) {
			rule.ident = 0;
			changed = true;
		}
		rules->at[kept++] = rule;
	}
	rules->count = kept;
	if (!changed)
		return;
	qsort(rules->at, kept, sizeof *rules->at, compare_cards);
	join_rules(rules);
}

static void load_rules(struct rules *rules, const struct limit *limits, uint32_t count)
{
	rules->at = arena_array(rules->t->arena, count, sizeof *rules->at);
	rules->count = count;
	rules->rest = UNLIMITED;
	for (uint32_t i = 0; i < count; i++)
		rules->at[i] = (struct limit_rule){limits[i].ident, i, limits[i].hops, limits[i].caid};
	qsort(rules->at, count, sizeof *rules->at, compare_cards);
	join_rules(rules);
	if (rules->at[0].caid == 0 && rules->at[0].ident == 0) {
		rules->rest = rules->at[0].n;
		rules->at++;
		rules->count--;
	}
}

/* An ident accepted with every CAID, where only what is named is accepted, would let in too much: cards that
 * an entry for their CAID refuses, and with a section of oscam.services that names no CAID all requests
 * without a provider, which OSCam takes to fit any list of them. What we give does without it. */
static void drop_wild(struct rules *rules)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < rules->count; i++) {
		if (rules->at[i].caid == 0 && rules->at[i].n > 0)
			rules->plan.exception = rules->plan.wild = true;
		else
			rules->at[kept++] = rules->at[i];
	}
	rules->count = kept;
}

/* The one n for all cards: the largest for a reader, the smallest for an account. */
static void count_hops(struct rules *rules)
{
	bool narrow = rules->narrow && !rules->t->choices->reshare_widest;
	int32_t chosen = rules->rest;

	for (uint32_t i = 0; i < rules->count; i++) {
		int32_t n = rules->at[i].n;
		if (n == 0)
			continue;
		if (chosen == 0)
			chosen = n;
		if (n != chosen)
			rules->plan.differ = true;
		if (n != chosen && (n < chosen) == narrow)
			chosen = n;
	}
	rules->plan.hops = chosen == UNLIMITED ? 0 : chosen;
}

static void add_service(struct rules *rules, const struct service_lists *lists)
{
	if (!rules->plan.overflow && !use_service(rules->t, lists, &rules->plan.services))
		rules->plan.overflow = true;
}

/* Refuses the refused idents among `count` rules of one CAID; long lists in pieces that a line can hold. */
static void refuse_idents(struct rules *rules, const struct limit_rule *at, uint32_t count)
{
	uint32_t room = count < LIST_PIECE ? count : LIST_PIECE;
	uint32_t *idents = arena_array(rules->t->arena, room, sizeof *idents);
	struct service_lists lists = {.idents = idents, .caid = at->caid};

	for (uint32_t i = 0; i < count && !rules->plan.overflow; i++) {
		if (at[i].n == 0 && at[i].ident != 0)
			idents[lists.ident_count++] = at[i].ident;
		if (lists.ident_count == room || (i + 1 == count && lists.ident_count > 0)) {
			add_service(rules, &lists);
			lists.ident_count = 0;
		}
	}
}

static bool any_positive(const struct limit_rule *at, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (at[i].n > 0)
			return true;
	return false;
}

static uint64_t ident_hash(uint32_t ident)
{
	return slice_hash((struct slice){(const char *)&ident, sizeof ident}, 0);
}

/* The accepted rules of single cards by ident, and whether some CAID is accepted as a whole. */
static bool find_accepted(const struct rules *rules, struct table *accepted)
{
	bool whole = false;

	table_init(accepted, rules->t->arena, 0);
	for (uint32_t i = 0; i < rules->count; i++) {
		const struct limit_rule *rule = &rules->at[i];
		if (rule->caid == 0 || rule->n == 0)
			continue;
		whole |= rule->ident == 0;
		table_add(accepted, ident_hash(rule->ident), rule->ident);
	}
	return whole;
}

static bool is_accepted(const struct table *accepted, uint32_t ident)
{
	table_each (walk, accepted, ident_hash(ident))
		if (walk.number == ident)
			return true;
	return false;
}

/* Idents refused with every CAID. It is not known whether CCcam takes such an entry or the entry of a CAID
 * where both fit a card: here an account is refused the card, and a reader accepts it. */
static void refuse_everywhere(struct rules *rules, const struct limit_rule *at, uint32_t count)
{
	struct limit_rule *left = arena_array(rules->t->arena, count, sizeof *left);
	uint32_t kept = 0;
	struct table accepted;
	bool whole = find_accepted(rules, &accepted);

	for (uint32_t i = 0; i < count; i++) {
		bool exception = is_accepted(&accepted, at[i].ident) || (whole && !rules->narrow);
		if (at[i].n > 0)
			continue;
		rules->plan.exception |= exception;
		if (!exception || rules->narrow)
			left[kept++] = at[i];
	}
	if (kept > 0)
		refuse_idents(rules, left, kept);
}

/* Whether an ident is accepted with every CAID. */
static bool any_wild(const struct rules *rules)
{
	for (uint32_t i = 0; i < rules->count && rules->at[i].caid == 0; i++)
		if (rules->at[i].n > 0)
			return true;
	return false;
}

/* All rules of one CAID where other CAIDs are accepted. A refused CAID takes its idents with it: OSCam knows
 * no exception from a refusal. What we give is refused all the same, what we get is accepted then. */
static void refuse_within(struct rules *rules, const struct limit_rule *at, uint32_t count)
{
	bool refused = at->ident == 0 && at->n == 0;
	bool exception = refused && (any_positive(at, count) || (!rules->narrow && any_wild(rules)));

	if (at->caid == 0) {
		refuse_everywhere(rules, at, count);
		return;
	}
	rules->plan.exception |= exception;
	if (refused && (!exception || rules->narrow))
		add_service(rules, &(struct service_lists){.caid = at->caid});
	else
		refuse_idents(rules, at, count);
}

/* All rules of one CAID where only named cards are accepted: cards that only another entry accepts are
 * refused. */
static void refuse_within_accepted(struct rules *rules, const struct limit_rule *at, uint32_t count)
{
	if (at->caid == 0)
		refuse_everywhere(rules, at, count);
	else if ((at->ident == 0 && at->n > 0) || any_wild(rules))
		refuse_idents(rules, at, count);
}

static void each_caid(struct rules *rules, void (*each)(struct rules *, const struct limit_rule *, uint32_t))
{
	for (uint32_t i = 0, next; i < rules->count; i = next) {
		for (next = i + 1; next < rules->count && rules->at[next].caid == rules->at[i].caid;)
			next++;
		each(rules, &rules->at[i], next - i);
	}
}

/* Which key can hold the list of accepted cards. */
enum { ALL_IDENTS = 1, ALL_CAIDS = 2 };

static int list_form(const struct rules *rules)
{
	int form = ALL_IDENTS | ALL_CAIDS;
	uint32_t same = 0, positive = 0;
	uint16_t caid = 0;

	for (uint32_t i = 0; i < rules->count; i++) {
		const struct limit_rule *rule = &rules->at[i];
		if (rule->n == 0)
			continue;
		if (rule->caid == 0)
			form = 0;
		form &= rule->ident == 0 ? ALL_CAIDS : ALL_IDENTS;
		same = rule->caid == caid ? same + 1 : 1;
		caid = rule->caid;
		if (same > PROVIDERS_MAX)
			form = 0;
		positive++;
	}
	return positive > LIST_PIECE / 2 ? 0 : form;
}

/* For accounts: a section of oscam.services that accepts such an ident would accept the whole CAID. */
static void drop_unfound(struct rules *rules)
{
	uint32_t kept = 0;

	if (list_form(rules) == ALL_IDENTS)
		return;
	for (uint32_t i = 0; i < rules->count; i++) {
		struct limit_rule rule = rules->at[i];
		if (rule.n == 0 || rule.ident == 0 || caid_has_ident(rule.caid))
			rules->at[kept++] = rule;
	}
	rules->count = kept;
}

/* CAID:IDENT,IDENT;CAID:IDENT - all idents of a CAID behind its first. At most LIST_PIECE rules, so that
 * looking for the others of the same CAID stays cheap. */
static struct slice ident_list(struct arena *arena, struct limit_rule *at, uint32_t count)
{
	struct buffer text = {0};

	for (uint32_t i = 0; i < count; i++) {
		if (at[i].n == 0)
			continue;
		buffer_format(&text, "%s%04X:%06X", text.len > 0 ? ";" : "", (unsigned)at[i].caid,
			(unsigned)at[i].ident);
		for (uint32_t k = i + 1; k < count; k++) {
			if (at[k].caid != at[i].caid || at[k].n == 0)
				continue;
			buffer_format(&text, ",%06X", (unsigned)at[k].ident);
			at[k].n = 0;
		}
	}
	return arena_take(arena, &text);
}

static void accept_only(struct rules *rules)
{
	int form = list_form(rules);
	uint32_t count = 0;
	struct limit_rule *positive = arena_array(rules->t->arena, rules->count, sizeof *positive);

	for (uint32_t i = 0; i < rules->count; i++)
		if (rules->at[i].n > 0)
			positive[count++] = rules->at[i];
	qsort(positive, count, sizeof *positive, compare_order); /* as the user wrote them */
	if (form == ALL_IDENTS) {
		rules->plan.key = "ident";
		rules->plan.key_value = ident_list(rules->t->arena, positive, count);
		return;
	}
	if (form == ALL_CAIDS) {
		rules->plan.key = "caid";
		struct buffer text = {0};
		for (uint32_t i = 0; i < count; i++)
			buffer_format(&text, "%s%04X", i > 0 ? "," : "", (unsigned)positive[i].caid);
		rules->plan.key_value = arena_take(rules->t->arena, &text);
	} else {
		for (uint32_t i = 0; i < count && !rules->plan.overflow; i++)
			add_service(rules, &(struct service_lists){.caid = positive[i].caid,
						   .idents = &positive[i].ident,
						   .ident_count = positive[i].ident != 0,
						   .allow = true});
	}
	each_caid(rules, refuse_within_accepted);
}

struct limit_plan plan_limits(struct translator *t, const struct limit *limits, uint32_t count, bool narrow)
{
	struct rules rules = {.t = t, .narrow = narrow};
	uint32_t services = t->model->services.count;

	load_rules(&rules, limits, count);
	count_hops(&rules);
	widen_idents(&rules);
	if (narrow && rules.rest == 0) {
		drop_wild(&rules);
		drop_unfound(&rules);
	}
	rules.plan.nothing = rules.rest == 0 && !any_positive(rules.at, rules.count);
	if (rules.plan.nothing)
		return rules.plan;
	if (rules.rest == 0)
		accept_only(&rules);
	else
		each_caid(&rules, refuse_within);
	if (rules.plan.overflow)
		t->model->services.count = services;
	return rules.plan;
}

static int compare_channels(const void *a, const void *b)
{
	const struct channel *x = a, *y = b;
	uint64_t first = (uint64_t)x->caid << 40 | (uint64_t)x->ident << 16 | x->sid;
	uint64_t second = (uint64_t)y->caid << 40 | (uint64_t)y->ident << 16 | y->sid;

	return first < second ? -1 : first > second;
}

/* One section for each card: OSCam accepts every combination of the lists of one section. */
bool plan_channels(
	struct translator *t, const struct channel *channels, uint32_t count, struct service_bits *services)
{
	uint32_t before = t->model->services.count;
	struct channel *sorted = arena_array(t->arena, count, sizeof *sorted);
	uint16_t *sids = arena_array(t->arena, count < LIST_PIECE ? count : LIST_PIECE, sizeof *sids);

	memcpy(sorted, channels, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, compare_channels);
	for (uint32_t i = 0, next; i < count; i = next) {
		struct service_lists lists = {.caid = sorted[i].caid,
			.idents = &sorted[i].ident,
			.ident_count = sorted[i].ident != 0,
			.sids = sids};
		for (next = i; next < count && lists.sid_count < LIST_PIECE &&
			       sorted[next].caid == sorted[i].caid && sorted[next].ident == sorted[i].ident;
			next++)
			if (lists.sid_count == 0 || sids[lists.sid_count - 1] != sorted[next].sid)
				sids[lists.sid_count++] = sorted[next].sid;
		if (!use_service(t, &lists, services)) {
			t->model->services.count = before;
			return false;
		}
	}
	return true;
}
