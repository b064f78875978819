/* The readers' labels, where no files are there yet. */
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

/* The readers' labels, and behind them the accounts' users. */
static struct slice name_of(const void *owner, uint32_t number)
{
	const struct model *model = owner;

	return number < model->readers.count
		       ? section_get(list_at(&model->readers, number), KEY_reader_label)
		       : section_get(
				 list_at(&model->accounts, number - model->readers.count), KEY_account_user);
}

void set_labels(struct translator *t)
{
	struct model *model = t->model;
	struct labels labels;

	labels_start(&labels, t->arena, model->readers.count + model->accounts.count);
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
		if (!section_is_reader(reader))
			continue;
		struct slice label = labels_free(&labels, reader, label_wish(reader, t->arena), NULL);
		section_set(model, reader, KEY_reader_label, label);
		names_take_owned(&labels.taken, label, i);
		say_changed(t, reader, label);
	}
}
