/* The labels of the readers in new files; merge/labels.c has those in existing files. */
#include "translator.h"

#include "cc2oscam/labels.h"

static void say_changed(struct translator *t, const struct section *reader, struct slice label)
{
	struct slice device = section_get(reader, KEY_reader_device);
	struct slice host = slice_cut(&device, ',');

	if (slice_equal(host, label) || reader->kind == KIND_LOCAL)
		return;
	struct ledger *ledger = section_ledger(t, reader);
	(void)ledger_find(ledger, CODE_LABEL_CHANGED, (struct place){ledger->source, reader->line, 0},
		"the reader is called \"%.*s\"", SLICE_ARG(label));
	ledger_raise(ledger, reader->line, FATE_ADJUSTED);
}

/* The names by number: first the readers' labels, then the accounts' users. */
static struct slice name_of(const void *owner, uint32_t number)
{
	const struct model *model = owner;

	return number < model->readers.count
		       ? section_get(list_at(&model->readers, number), KEY_reader_label)
		       : section_get(
				 list_at(&model->accounts, number - model->readers.count), KEY_account_user);
}

/* How many readers ahead the wanted labels are made: the processor fetches the table's memory meanwhile. */
enum { AHEAD = 16 };

struct wanted_label {
	struct slice label;
	uint64_t hash;
};

struct wishes {
	struct wanted_label wish[AHEAD]; /* by the readers' number */
	uint32_t made;
};

static const struct wanted_label *next_wish(
	struct translator *t, struct labels *labels, struct wishes *wishes, uint32_t i)
{
	const struct list *readers = &t->model->readers;

	for (; wishes->made < readers->count && wishes->made < i + AHEAD; wishes->made++) {
		const struct section *reader = list_at(readers, wishes->made);
		struct wanted_label *wish = &wishes->wish[wishes->made % AHEAD];
		if (!section_is_reader(reader))
			continue;
		wish->label = label_wish(reader, t->arena);
		wish->hash = label_hash(wish->label);
		table_expect(&labels->taken.table, wish->hash);
	}
	return &wishes->wish[i % AHEAD];
}

void set_labels(struct translator *t)
{
	struct model *model = t->model;
	struct wishes wishes = {.made = 0};
	struct labels labels;

	labels_start(&labels, t->arena, 0);
	labels.taken.table = t->logins; /* nobody asks for logins any more, and the table is large */
	table_restart(&labels.taken.table, model->readers.count + model->accounts.count);
	labels.taken.name_of = name_of;
	labels.taken.owner = model;
	for (uint32_t i = 0; i < model->accounts.count; i++) {
		const struct section *account = list_at(&model->accounts, i);
		if (account->kind == KIND_ACCOUNT)
			names_take_owned(&labels.taken, section_get(account, KEY_account_user),
				model->readers.count + i);
	}
	for (uint32_t i = 0; i < model->readers.count; i++) {
		struct section *reader = list_at(&model->readers, i);
		const struct wanted_label *wish = next_wish(t, &labels, &wishes, i);
		if (!section_is_reader(reader))
			continue;
		struct slice label = wish->label;
		if (!labels_claim(&labels, label, wish->hash, i)) {
			label = labels_free(&labels, reader, label, NULL);
			names_take_owned(&labels.taken, label, i);
		}
		section_set(model, reader, KEY_reader_label, label);
		say_changed(t, reader, label);
	}
}
