/* Groups: who may reach whom, from the readers' distances and the accounts' uphops. Readers that the same
 * accounts may reach share a group. */
#include "translator.h"

#include <stdlib.h>

enum { GROUPS_MAX = BITS_KNOWN };

/* The different reaches of the accounts, ascending. A reader's level is the first reach that is not below the
 * reader's distance; the same accounts reach all readers of one level. Where the policy wants groups by
 * protocol, each protocol has levels of its own. */
struct levels {
	int32_t *reach;
	uint8_t *group; /* [protocol][level], one level more for readers beyond all; 0: none of them seen yet
			 */
	uint32_t count;
	unsigned groups; /* how many are in use */
};

/* groups = per-protocol: the number of a protocol's first group, which is the same on every receiver. */
static const uint8_t protocol_number[] = {[KIND_LOCAL] = 1,
	[KIND_CCCAM] = 2,
	[KIND_NEWCAMD] = 3,
	[KIND_CS357X] = 4,
	[KIND_RADEGAST] = 5,
	[KIND_GBOX] = 6};

enum { PROTOCOLS = 7 };

static int compare_reach(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void find_levels(struct translator *t, struct levels *levels)
{
	const struct list *accounts = &t->model->accounts;
	uint32_t count = 0;

	levels->reach = arena_array(t->arena, accounts->count + 1, sizeof *levels->reach);
	for (uint32_t i = 0; i < accounts->count; i++) {
		const struct section *account = list_at(accounts, i);
		if (account->kind == KIND_ACCOUNT && account->reach != REACH_NOTHING)
			levels->reach[count++] = account->reach;
	}
	qsort(levels->reach, count, sizeof *levels->reach, compare_reach);
	for (uint32_t i = 0; i < count; i++)
		if (levels->count == 0 || levels->reach[levels->count - 1] != levels->reach[i])
			levels->reach[levels->count++] = levels->reach[i];
	levels->group = arena_zero(t->arena, (size_t)PROTOCOLS * (levels->count + 1));
}

/* The number of levels whose reach is below `distance`, by bisection. */
static uint32_t levels_below(const struct levels *levels, int64_t distance)
{
	uint32_t low = 0, high = levels->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (levels->reach[middle] < distance)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint8_t *group_of(
	const struct translator *t, const struct levels *levels, const struct section *reader)
{
	unsigned protocol = t->choices->groups == GROUPS_PER_PROTOCOL ? protocol_number[reader->kind] : 0;

	return &levels->group[protocol * (levels->count + 1) + levels_below(levels, reader->reach)];
}

/* Numbers the groups in the order of their first readers. */
static void number_by_order(const struct translator *t, struct levels *levels)
{
	const struct list *readers = &t->model->readers;
	unsigned next = t->choices->first_group;

	for (uint32_t i = 0; i < readers->count && next <= GROUPS_MAX; i++) {
		const struct section *reader = list_at(readers, i);
		uint8_t *group = section_is_reader(reader) ? group_of(t, levels, reader) : NULL;
		if (group && *group == 0)
			*group = (uint8_t)next++;
	}
	levels->groups = next - t->choices->first_group;
}

enum { UNNUMBERED = UINT8_MAX };

/* Each protocol has a number for its nearest level, then one for the next level, and so on; those of cccam
 * are 2, 8 and 14. So a number means the same on every receiver. A level for which its protocol has no number
 * left gets the highest free number. */
static void number_by_protocols(const struct translator *t, struct levels *levels)
{
	const struct list *readers = &t->model->readers;
	unsigned first = t->choices->first_group, free = GROUPS_MAX;
	struct bits taken = {0, 0};

	for (uint32_t i = 0; i < readers->count; i++) {
		const struct section *reader = list_at(readers, i);
		if (section_is_reader(reader))
			*group_of(t, levels, reader) = UNNUMBERED;
	}
	for (unsigned protocol = 1; protocol < PROTOCOLS; protocol++) {
		uint8_t *own = &levels->group[protocol * (levels->count + 1)];
		unsigned number = first + protocol - 1;
		for (uint32_t level = 0; level <= levels->count && number <= GROUPS_MAX; level++) {
			if (own[level] != UNNUMBERED)
				continue;
			own[level] = (uint8_t)number;
			bits_add(&taken, number - 1);
			levels->groups++;
			number += PROTOCOLS - 1;
		}
	}
	for (uint32_t i = 0; i < PROTOCOLS * (levels->count + 1); i++) {
		if (levels->group[i] != UNNUMBERED)
			continue;
		while (free >= first && bits_has(taken, free - 1))
			free--;
		levels->group[i] = free >= first ? (uint8_t)free-- : 0;
		levels->groups += levels->group[i] != 0;
	}
}

/* Which sections of a line were taken back. */
struct dropped {
	const struct section *others; /* a section of another line; NULL: none */
	bool own;      /* the line's own section was taken back, and the line has its finding */
	bool any_left; /* another section of the line is still there */
};

static struct dropped dropped_of(const struct ledger *ledger, uint32_t number)
{
	struct dropped dropped = {.others = NULL};

	for (uint32_t at = ledger->lines[number - 1].made; at != 0;) {
		const struct made *made = list_at(&ledger->made, at - 1);
		const struct section *section = made->thing;
		if (section->kind != KIND_REMARK)
			dropped.any_left = true;
		else if (section->line == number && section->source == 0)
			dropped.own = true;
		else
			dropped.others = section;
		at = made->next;
	}
	return dropped;
}

void translate_drop_lines(struct ledger *ledger)
{
	for (uint32_t number = 1; number <= ledger->source->lines; number++) {
		struct dropped dropped = dropped_of(ledger, number);
		struct line_record *line = ledger_line(ledger, number);
		if (dropped.own && dropped.any_left && line->fate == FATE_UNSUPPORTED)
			line->fate = FATE_PARTIAL;
		if (!dropped.others)
			continue;
		/* whether the reader was taken back because there was no service left, or no group */
		const struct section *reader = dropped.others;
		uint32_t last =
			reader->source == 0 && reader->line > 0 ? ledger->lines[reader->line - 1].finding : 0;
		bool services =
			last > 0 && ((const struct finding *)list_at(&ledger->findings, last - 1))->code ==
					    CODE_SERVICE_OVERFLOW;
		(void)ledger_find(ledger, services ? CODE_SERVICE_OVERFLOW : CODE_GROUP_OVERFLOW,
			(struct place){ledger->source, number, 0},
			"the reader of this line would need a %s beyond the 64th",
			services ? "service" : "group");
		ledger_raise(ledger, number, dropped.any_left ? FATE_PARTIAL : FATE_UNSUPPORTED);
	}
}

static void set_reader_groups(struct translator *t, struct levels *levels)
{
	struct list *readers = &t->model->readers;
	bool dropped = false;

	if (t->choices->groups == GROUPS_PER_PROTOCOL)
		number_by_protocols(t, levels);
	else
		number_by_order(t, levels);
	for (uint32_t i = 0; i < readers->count; i++) {
		struct section *reader = list_at(readers, i);
		if (!section_is_reader(reader))
			continue;
		const uint8_t *group = group_of(t, levels, reader);
		if (*group == 0) {
			(void)ledger_find(section_ledger(t, reader), CODE_GROUP_OVERFLOW,
				(struct place){section_ledger(t, reader)->source, reader->line, 0},
				"this reader would need a group beyond the 64th");
			drop_section(t, reader, FATE_UNSUPPORTED);
			dropped = true;
			continue;
		}
		section_set_groups(reader, bits_one(*group - 1U));
		t->model->reader_count++;
	}
	if (dropped)
		translate_drop_lines(t->ledger);
}

/* For each level the groups of all levels up to it: worked out once for all accounts. */
static struct bits *groups_up_to(struct translator *t, const struct levels *levels)
{
	struct bits *groups = arena_array(t->arena, levels->count + 1, sizeof *groups);
	struct bits all = {0, 0};

	for (uint32_t level = 0; level <= levels->count; level++) {
		for (unsigned protocol = 0; protocol < PROTOCOLS; protocol++) {
			uint8_t group = levels->group[protocol * (levels->count + 1) + level];
			if (group != 0)
				bits_add(&all, group - 1U);
		}
		groups[level] = all;
	}
	return groups;
}

static void set_account_groups(struct translator *t, const struct levels *levels)
{
	const struct bits *groups = groups_up_to(t, levels);
	struct list *accounts = &t->model->accounts;

	for (uint32_t i = 0; i < accounts->count; i++) {
		struct section *account = list_at(accounts, i);
		if (account->kind != KIND_ACCOUNT)
			continue;
		t->model->account_count++;
		if (account->reach == REACH_NOTHING)
			continue;
		section_set_groups(account, groups[levels_below(levels, account->reach)]);
		if (bits_any(section_groups(account)) || account->line == 0)
			continue;
		(void)ledger_find(t->ledger, CODE_NO_GROUP,
			(struct place){t->ledger->source, account->line, 0},
			"no reader is within the uphops (%ld) of \"%.*s\", so no reader serves this account\n"
			"Raise the uphops on this line, or add the readers that this friend should reach.",
			(long)account->reach, SLICE_ARG(section_get(account, KEY_account_user)));
	}
}

/* One group for all: whoever reaches anything reaches everything. */
static void widen_all(struct translator *t)
{
	struct list *accounts = &t->model->accounts;
	int32_t farthest = 0;

	for (uint32_t i = 0; i < t->model->readers.count; i++) {
		const struct section *reader = list_at(&t->model->readers, i);
		if (section_is_reader(reader) && reader->reach > farthest)
			farthest = reader->reach;
	}
	for (uint32_t i = 0; i < accounts->count; i++) {
		struct section *account = list_at(accounts, i);
		if (account->kind != KIND_ACCOUNT || account->reach == REACH_NOTHING)
			continue;
		if (account->reach < farthest) {
			ledger_raise(t->ledger, account->line, FATE_PARTIAL);
			(void)ledger_find(t->ledger, CODE_ACCESS_WIDENED,
				(struct place){t->ledger->source, account->line, 0},
				"\"%.*s\" shares the one group with readers beyond its %ld hops",
				SLICE_ARG(section_get(account, KEY_account_user)), (long)account->reach);
		}
		account->reach = REACH_ALL;
	}
}

/* A section that is converted from a disabled line is switched off. */
static bool is_on(const struct section *section)
{
	return section->kind == KIND_ACCOUNT ? !section_get(section, KEY_account_disabled).at
					     : !section_get(section, KEY_reader_enable).at;
}

bool reaches_several(const struct translator *t)
{
	int32_t farthest = REACH_NOTHING;
	unsigned servers = 0;

	for (uint32_t i = 0; i < t->model->accounts.count; i++) {
		const struct section *account = list_at(&t->model->accounts, i);
		if (account->kind == KIND_ACCOUNT && is_on(account) && account->reach > farthest)
			farthest = account->reach;
	}
	for (uint32_t i = 0; i < t->model->readers.count && servers < 2; i++) {
		const struct section *reader = list_at(&t->model->readers, i);
		servers += section_is_reader(reader) && reader->kind != KIND_LOCAL && is_on(reader) &&
			   reader->reach <= farthest;
	}
	return servers > 1;
}

void set_groups(struct translator *t)
{
	struct levels levels = {0};

	if (t->choices->groups == GROUPS_SINGLE)
		widen_all(t);
	find_levels(t, &levels);
	set_reader_groups(t, &levels);
	set_account_groups(t, &levels);
	t->model->group_count = levels.groups;
}
