/* Groups: who may reach whom, from the readers' distances and the accounts' uphops (mapping.md, section 4).
 * Readers that the same accounts may reach share a group. */
#include "translator.h"

#include <stdlib.h>

enum { GROUPS_MAX = 64 };

/* The different reaches of the accounts, ascending. A reader's level is the first of them that is not below
 * its distance; readers of one level are reached by the same accounts. */
struct levels {
	int32_t *reach;
	uint8_t *group; /* the level's group; 0: none of its readers seen yet. One more for readers beyond all
			 */
	uint32_t count;
	unsigned last_group;
};

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
	levels->group = arena_zero(t->arena, levels->count + 1);
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

static void set_group(struct translator *t, struct section *section, enum schema_key_id key, uint64_t groups)
{
	section_set_groups(section, groups);
	if (groups != 0)
		section_set(t->model, section, key, groups_text(t->arena, groups));
}

static uint64_t group_bit(unsigned group)
{
	return (uint64_t)1 << ((group - 1) % GROUPS_MAX);
}

static void set_reader_groups(struct translator *t, struct levels *levels)
{
	struct list *readers = &t->model->readers;
	struct slice texts[GROUPS_MAX + 1] = {{0}};

	for (uint32_t i = 0; i < readers->count; i++) {
		struct section *reader = list_at(readers, i);
		if (!section_is_reader(reader))
			continue;
		uint8_t *group = &levels->group[levels_below(levels, reader->reach)];
		if (*group == 0 && levels->last_group < GROUPS_MAX) {
			*group = (uint8_t)++levels->last_group;
			texts[*group] = groups_text(t->arena, group_bit(*group));
		}
		if (*group == 0) {
			(void)ledger_find(t->ledger, CODE_GROUP_OVERFLOW,
				(struct place){t->ledger->source, reader->line, 0},
				"this reader would need a 65th group");
			drop_section(t, reader, FATE_UNSUPPORTED);
			continue;
		}
		section_set_groups(reader, group_bit(*group));
		section_set(t->model, reader, KEY_reader_group, texts[*group]);
		t->model->reader_count++;
	}
}

/* The groups of all levels up to each, so that many accounts cost no more than few. */
static uint64_t *groups_up_to(struct translator *t, const struct levels *levels)
{
	uint64_t *groups = arena_array(t->arena, levels->count + 1, sizeof *groups);
	uint64_t all = 0;

	for (uint32_t level = 0; level <= levels->count; level++) {
		if (levels->group[level] != 0)
			all |= group_bit(levels->group[level]);
		groups[level] = all;
	}
	return groups;
}

static void set_account_groups(struct translator *t, const struct levels *levels)
{
	const uint64_t *groups = groups_up_to(t, levels);
	struct list *accounts = &t->model->accounts;

	for (uint32_t i = 0; i < accounts->count; i++) {
		struct section *account = list_at(accounts, i);
		if (account->kind != KIND_ACCOUNT)
			continue;
		t->model->account_count++;
		if (account->reach == REACH_NOTHING)
			continue;
		set_group(t, account, KEY_account_group, groups[levels_below(levels, account->reach)]);
		if (section_groups(account) == 0 && account->line > 0)
			(void)ledger_find(t->ledger, CODE_ACCOUNT_WITHOUT_READER,
				(struct place){t->ledger->source, account->line, 0},
				"no reader is within the %ld hops of \"%.*s\"; the account gets nothing",
				(long)account->reach, SLICE_ARG(section_get(account, KEY_account_user)));
	}
}

void set_groups(struct translator *t)
{
	struct levels levels = {0};

	find_levels(t, &levels);
	set_reader_groups(t, &levels);
	set_account_groups(t, &levels);
	t->model->group_count = levels.last_group;
}
