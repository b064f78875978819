/* Group numbers: each group of the model gets a number in the existing files, so that our accounts reach our
 * readers as meant, and for everybody else nothing changes. */
#include "parts.h"

/* Who carries a number, or belongs to a group of the model, as far as the choice of numbers needs it. */
struct numbers {
	struct merge *m;
	struct slice *wider;               /* by account of ours: wider_limits */
	struct bits foreign[MERGE_HALVES]; /* numbers that a section which is not ours carries */
	struct bits others;                /* both of them */
	struct bits carried;               /* numbers that a section of ours carries already */
	uint64_t used;                     /* groups of the model that have members */
	uint64_t common[BITS_MOST]; /* by number: the groups that all sections of ours with it are in */
	struct bits everyone[MERGE_HALVES]
			    [MERGE_GROUPS]; /* by group: the numbers that all its members carry */
	struct bits chosen;
	uint64_t readers_of[BITS_MOST]; /* by number: the groups of those readers that keep it */
	uint8_t number[MERGE_GROUPS];   /* by group: what was chosen, from 1; 0: nothing */
};

static bool is_tuner(const struct numbers *n, const struct merge_half *half, uint32_t index)
{
	return list_at(half->sections, index) == n->m->model->local_account;
}

struct bits merge_old_groups(const struct merge *m, const struct merge_half *half, uint32_t index)
{
	uint32_t theirs = half->theirs[index];

	if (theirs == DOCUMENT_NONE && list_at(half->sections, index) == m->model->local_account)
		theirs = m->old_tuner;
	return theirs == DOCUMENT_NONE ? (struct bits){0, 0} : half->groups[theirs];
}

/* An account whose limits may be wider than before loses the groups of readers that are not ours. */
static struct bits old_groups(const struct numbers *n, const struct merge_half *half, uint32_t index)
{
	struct bits groups = merge_old_groups(n->m, half, index);

	if (half->file == OSCAM_USER && n->wider[index].len > 0)
		groups = bits_without(groups, n->foreign[MERGE_READERS]);
	return groups;
}

static void note_section(struct numbers *n, int which, uint32_t index)
{
	const struct merge_half *half = &n->m->halves[which];
	struct bits old = old_groups(n, half, index), rest = old;
	uint64_t meant = half->meant[index];

	n->used |= meant;
	if (!is_tuner(n, half, index)) /* the tuner reaches everything anyway */
		n->carried = bits_or(n->carried, old);
	for (unsigned number; bits_take(&rest, &number);)
		n->common[number] &= meant;
	for (unsigned group = 0; group < MERGE_GROUPS; group++)
		if (meant >> group & 1)
			n->everyone[which][group] = bits_and(n->everyone[which][group], old);
}

static void note_half(struct numbers *n, int which)
{
	const struct merge_half *half = &n->m->halves[which];

	for (uint32_t i = 0; half->document && i < half->document->sections.count; i++)
		if (half->ours[i] == DOCUMENT_NONE)
			n->foreign[which] = bits_or(n->foreign[which], half->groups[i]);
	for (uint32_t i = 0; i < half->sections->count; i++)
		if (merge_section(half, i))
			note_section(n, which, i);
}

static void look_around(struct numbers *n)
{
	struct merge *m = n->m;

	*n = (struct numbers){.m = m, .wider = n->wider};
	for (int i = 0; i < BITS_MOST; i++)
		n->common[i] = UINT64_MAX;
	for (int i = 0; i < MERGE_GROUPS; i++)
		n->everyone[MERGE_READERS][i] = n->everyone[MERGE_ACCOUNTS][i] =
			(struct bits){UINT64_MAX, UINT64_MAX};
	note_half(n, MERGE_READERS);
	note_half(n, MERGE_ACCOUNTS);
	n->others = bits_or(n->foreign[MERGE_READERS], n->foreign[MERGE_ACCOUNTS]);
}

static void choose(struct numbers *n, unsigned group, unsigned number)
{
	n->number[group] = (uint8_t)(number + 1);
	bits_add(&n->chosen, number);
}

/* How well a number fits as the number of this group; 0: not at all. Of our sections only members of the
 * group may have it. It is given to more readers only if no account of others has it, and to more accounts
 * only if no reader of others has it. */
static int fitness(const struct numbers *n, unsigned group, unsigned number)
{
	bool readers = bits_has(n->everyone[MERGE_READERS][group], number);
	bool accounts = bits_has(n->everyone[MERGE_ACCOUNTS][group], number);

	if (!bits_has(n->carried, number) || !(n->common[number] >> group & 1) ||
		bits_has(n->chosen, number) || (!readers && bits_has(n->foreign[MERGE_ACCOUNTS], number)) ||
		(!accounts && bits_has(n->foreign[MERGE_READERS], number)))
		return 0;
	if (!readers || !accounts)
		return 1;
	return bits_has(n->others, number) ? 2 : 3;
}

/* How many group numbers all the target OSCams know. */
static unsigned known_numbers(const struct numbers *n)
{
	return target_knows(n->m->existing.target, &numbers_of_2604) == KNOWN_BY_ALL ? BITS_MOST : BITS_KNOWN;
}

/* A number from the existing files. The best one is a number that all members have and nobody else: an
 * earlier merge has left it there. */
static void choose_old(struct numbers *n, unsigned group)
{
	unsigned best = 0, most = known_numbers(n);
	int fit = 0;

	for (unsigned i = 0; i < most; i++)
		if (fitness(n, group, i) > fit) {
			fit = fitness(n, group, i);
			best = i;
		}
	if (fit > 0)
		choose(n, group, best);
}

static void choose_own(struct numbers *n, unsigned group)
{
	struct bits used = bits_or(bits_or(n->others, n->carried), n->chosen);

	if (n->m->choices.keep_numbers && !bits_has(used, group))
		choose(n, group, group);
}

/* The smallest one that nothing uses; in need one that only our own sections have, and are about to lose. */
static void choose_new(struct numbers *n, unsigned group)
{
	struct bits used = bits_or(bits_or(n->others, n->carried), n->chosen);

	for (int need = 0; need < 2; need++) {
		for (unsigned i = n->m->choices.first_group - 1; i < MERGE_GROUPS; i++)
			if (!bits_has(used, i)) {
				choose(n, group, i);
				return;
			}
		used = bits_or(n->others, n->chosen);
	}
}

/* First all groups that can do so keep an existing number; then the others get new numbers. Returns the
 * groups that got no number. */
static uint64_t choose_numbers(struct numbers *n)
{
	static void (*const ways[])(struct numbers *, unsigned) = {choose_old, choose_own, choose_new};
	uint64_t lost = n->used;

	for (size_t way = 0; way < sizeof ways / sizeof *ways; way++)
		for (unsigned group = 0; group < MERGE_GROUPS; group++) {
			if (!(lost >> group & 1))
				continue;
			ways[way](n, group);
			if (n->number[group] != 0)
				lost &= ~((uint64_t)1 << group);
		}
	return lost;
}

/* Who holds the numbers: the section of somebody else's that has the most of them. */
static struct slice most_numbers(const struct merge *m)
{
	struct slice said = SLICE("");
	unsigned most = 0;

	for (int which = 0; which < MERGE_HALVES; which++) {
		const struct merge_half *half = &m->halves[which];
		for (uint32_t i = 0; half->document && i < half->document->sections.count; i++) {
			struct slice label = document_section_at(half->document, i)->label;
			unsigned count = half->ours[i] == DOCUMENT_NONE ? bits_count(half->groups[i]) : 0;
			if (count <= most || label.len == 0)
				continue;
			most = count;
			said = arena_format(m->arena, ": %s \"%.*s\" has %u of them; shorten its list",
				schema_section_name(half->section), SLICE_ARG(label), count);
		}
	}
	return said;
}

/* Readers without a number are not written; an existing reader that stands for one stays as it is. */
static void drop_readers(struct merge *m, uint64_t lost)
{
	struct merge_half *readers = &m->halves[MERGE_READERS];
	struct merge_half *accounts = &m->halves[MERGE_ACCOUNTS];
	struct slice holder = most_numbers(m);

	for (uint32_t i = 0; i < readers->sections->count; i++) {
		const struct section *reader = merge_section(readers, i);
		if (!reader || !(readers->meant[i] & lost))
			continue;
		merge_say(m, reader, CODE_GROUP_OVERFLOW,
			"the existing files leave no group number for this reader%.*s", SLICE_ARG(holder));
		merge_drop(m, readers, i);
	}
	for (uint32_t i = 0; i < accounts->sections->count; i++)
		accounts->meant[i] &= ~lost;
	m->model->group_count -= bits_count((struct bits){lost, 0});
}

static struct bits numbers_of(const struct numbers *n, uint64_t groups)
{
	struct bits numbers = {0, 0};

	for (unsigned group = 0; group < MERGE_GROUPS; group++)
		if (groups >> group & 1)
			bits_add(&numbers, n->number[group] - 1U);
	return numbers;
}

/* Numbers that only our own sections had are taken out, except those that only some OSCams know; the tuner's
 * account keeps its list. */
static struct bits kept_groups(const struct numbers *n, const struct merge_half *half, uint32_t index)
{
	struct bits old = old_groups(n, half, index), kept = n->others;

	if (known_numbers(n) == BITS_KNOWN)
		kept.high = UINT64_MAX;
	return is_tuner(n, half, index) ? old : bits_without(bits_and(old, kept), n->chosen);
}

/* A reader keeps the numbers that it has, for accounts of others may reach the reader by them. */
static void set_readers(struct numbers *n)
{
	const struct merge_half *half = &n->m->halves[MERGE_READERS];

	for (uint32_t i = 0; i < half->sections->count; i++) {
		if (!merge_section(half, i))
			continue;
		struct bits groups = bits_or(kept_groups(n, half, i), numbers_of(n, half->meant[i]));
		struct bits left = groups;
		for (unsigned number; bits_take(&left, &number);)
			n->readers_of[number] |= half->meant[i];
		section_set_groups(merge_section(half, i), groups);
	}
}

static void say_wider(
	const struct numbers *n, const struct section *account, uint32_t index, struct bits taken)
{
	merge_say(n->m, account, CODE_MERGE_GROUPS,
		"\"%.*s\" gets the limits of CCcam.cfg (%.*s), which may allow more than before: the account "
		"leaves group %.*s, which leads to readers that no line of CCcam.cfg names",
		SLICE_ARG(section_get(account, KEY_account_user)), SLICE_ARG(n->wider[index]),
		SLICE_ARG(groups_text(n->m->arena, taken)));
}

/* The limits of a matched account of ours that may be wider than before: see merge_wider. */
static struct slice wider_limits(const struct merge *m, uint32_t index, bool levels)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	const struct becoming becoming = {.planned = merge_section(half, index)};

	if (!becoming.planned || half->theirs[index] == DOCUMENT_NONE ||
		becoming.planned == m->model->local_account)
		return SLICE("");
	return merge_wider(m, half->theirs[index], &becoming, levels);
}

/* Somebody may have restricted the account by hand, and has to know that those limits are gone. */
static void say_limits(const struct numbers *n, const struct section *account, uint32_t index)
{
	struct slice names = wider_limits(n->m, index, false);

	if (names.len > 0)
		merge_say(n->m, account, CODE_MERGE_LIMITS,
			"\"%.*s\": what CCcam.cfg says takes the place of the account's own %.*s, and may "
			"let in more",
			SLICE_ARG(section_get(account, KEY_account_user)), SLICE_ARG(names));
}

/* An account keeps a number, unless a reader of ours has the number and the account must not reach that
 * reader. */
static void set_accounts(struct numbers *n)
{
	const struct merge_half *half = &n->m->halves[MERGE_ACCOUNTS];

	for (uint32_t i = 0; i < half->sections->count; i++) {
		struct section *account = merge_section(half, i);
		struct bits taken = {0, 0};
		uint64_t meant = half->meant[i];
		if (!account)
			continue;
		struct bits kept = kept_groups(n, half, i), left = kept;
		for (unsigned number; bits_take(&left, &number);)
			if (n->readers_of[number] & ~meant)
				bits_add(&taken, number);
		if (bits_any(taken))
			merge_say(n->m, account, CODE_MERGE_GROUPS,
				"\"%.*s\" is taken out of group %.*s: CCcam.cfg does not let this "
				"account reach all readers there",
				SLICE_ARG(section_get(account, KEY_account_user)),
				SLICE_ARG(groups_text(n->m->arena, taken)));
		struct bits lost = bits_without(merge_old_groups(n->m, half, i), old_groups(n, half, i));
		if (bits_any(lost))
			say_wider(n, account, i, lost);
		else
			say_limits(n, account, i);
		section_set_groups(account, bits_or(bits_without(kept, taken), numbers_of(n, meant)));
	}
}

void merge_plan_groups(struct merge *m)
{
	uint32_t count = m->halves[MERGE_ACCOUNTS].sections->count;
	struct numbers n = {.m = m, .wider = arena_array(m->arena, count, sizeof *n.wider)};

	for (uint32_t i = 0; i < count; i++)
		n.wider[i] = wider_limits(m, i, true);
	look_around(&n);
	for (uint64_t lost; (lost = choose_numbers(&n)) != 0; look_around(&n))
		drop_readers(m, lost);
	set_readers(&n);
	set_accounts(&n);
}

/* ---- existing readers with the server and login of a line, which no line was matched to: a friend who
 * shares a group with such a reader gets from the server what he got before, whatever the lines say ---- */

/* By group: the first account of ours that has it, or NULL; the tuner's may have everything. */
struct first_accounts {
	const struct section *of[BITS_MOST];
};

static void find_accounts(const struct merge *m, struct first_accounts *first)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];

	*first = (struct first_accounts){{NULL}};
	for (uint32_t i = half->sections->count; i > 0; i--) {
		const struct section *account = merge_section(half, i - 1);
		if (!account || account == m->model->local_account)
			continue;
		struct bits left = section_groups(account);
		for (unsigned group; bits_take(&left, &group);)
			first->of[group] = account;
	}
}

void merge_say_doubles(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_READERS];
	struct first_accounts first;

	if (!half->document || !m->doubles)
		return;
	find_accounts(m, &first);
	for (uint32_t i = 0; i < half->document->sections.count; i++) {
		const struct document_section *double_reader = document_section_at(half->document, i);
		const struct section *account = NULL;
		struct bits groups = half->groups[i];
		if (m->doubles[i] == DOCUMENT_NONE || !double_reader->enabled)
			continue;
		for (unsigned group; !account && bits_take(&groups, &group);)
			account = first.of[group];
		if (!account)
			continue;
		merge_say(m, list_at(half->sections, m->doubles[i]), CODE_MERGE_DOUBLE,
			"the reader \"%.*s\" has the same server and login, and \"%.*s\" reaches it: what "
			"CCcam.cfg limits for this line, that reader does not",
			SLICE_ARG(double_reader->label), SLICE_ARG(section_get(account, KEY_account_user)));
	}
}
