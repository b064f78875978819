/* The readers' labels: from the host; when that is taken host and port; then host, port and user; then a
 * number. Unique without regard to case, and never a user's name, which OSCam would not serve (mapping.md,
 * section 5). */
#include "translator.h"

#include <string.h>

enum { LABEL_MAX = 63 };

struct labels {
	struct translator *t;
	struct table readers; /* by label without case */
	struct table users;   /* by user without case */
	struct table
		numbers;  /* by the label that got a number, and how long that is: how far the numbers are */
	struct list used; /* struct numbered */
};

struct numbered {
	struct slice stem;
	unsigned digits; /* of the numbers */
	uint32_t next;
};

/* "1" is no label: `au = 1` means all readers. */
static bool taken(struct labels *labels, struct slice label)
{
	struct model *model = labels->t->model;
	uint64_t hash = slice_hash_nocase(label, 0);
	uint32_t number;

	if (slice_equal(label, SLICE("1")))
		return true;

	for (struct table_walk walk = table_find(&labels->readers, hash);
		table_next(&labels->readers, &walk, &number);)
		if (slice_equal_nocase(
			    section_get(list_at(&model->readers, number), KEY_reader_label), label))
			return true;
	for (struct table_walk walk = table_find(&labels->users, hash);
		table_next(&labels->users, &walk, &number);)
		if (slice_equal_nocase(
			    section_get(list_at(&model->accounts, number), KEY_account_user), label))
			return true;
	return false;
}

static bool label_byte(char c)
{
	return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
}

/* The text itself where it can be a label as it stands, else a cleaned copy. */
static struct slice cleaned(struct arena *arena, struct slice text)
{
	size_t i = 0;

	if (text.len > LABEL_MAX)
		text.len = LABEL_MAX;
	while (i < text.len && label_byte(text.at[i]))
		i++;
	if (i == text.len)
		return text;

	char *copy = arena_bytes(arena, text.len);
	for (i = 0; i < text.len; i++)
		copy[i] = text.at[i];
	for (i = 0; i < text.len; i++)
		if (!label_byte(copy[i]))
			copy[i] = '_';
	return (struct slice){copy, text.len};
}

static struct numbered *numbers_of(struct labels *labels, struct slice stem, unsigned digits)
{
	uint64_t hash = slice_hash_nocase(stem, digits);
	uint32_t number;

	for (struct table_walk walk = table_find(&labels->numbers, hash);
		table_next(&labels->numbers, &walk, &number);) {
		struct numbered *numbered = list_at(&labels->used, number);
		if (numbered->digits == digits && slice_equal_nocase(numbered->stem, stem))
			return numbered;
	}
	struct numbered *numbered = list_add(&labels->used);
	*numbered = (struct numbered){stem, digits, 0};
	table_add(&labels->numbers, hash, labels->used.count - 1);
	return numbered;
}

/* The next free number behind the label, which is cut where there is no room for it. Labels that are the same
 * when they are cut share their numbers: else each would try all those of the others. */
static struct slice with_number(struct labels *labels, struct slice label)
{
	struct arena *arena = labels->t->arena;
	uint32_t first = 2;

	for (size_t digits = 1;; digits++, first = first < 10 ? 10 : first * 10) {
		struct slice stem = {
			label.at, label.len + 1 + digits > LABEL_MAX ? LABEL_MAX - 1 - digits : label.len};
		struct numbered *numbered = numbers_of(labels, stem, (unsigned)digits);
		if (numbered->next < first)
			numbered->next = first;
		for (uint32_t end = first < 10 ? 10 : first * 10; numbered->next < end;) {
			struct slice made = arena_format(
				arena, "%.*s_%lu", SLICE_ARG(stem), (unsigned long)numbered->next++);
			if (!taken(labels, made))
				return made;
		}
	}
}

static struct slice network_label(struct labels *labels, const struct section *reader)
{
	struct arena *arena = labels->t->arena;
	struct slice port = section_get(reader, KEY_reader_device);
	struct slice device = port, user = section_get(reader, KEY_reader_user);
	struct slice host = slice_cut(&port, ',');
	struct slice label = cleaned(arena, host);

	if (taken(labels, label))
		label = cleaned(arena, device);
	if (taken(labels, label) && user.len > 0)
		label = cleaned(arena, arena_format(arena, "%.*s,%.*s", SLICE_ARG(device), SLICE_ARG(user)));
	return taken(labels, label) ? with_number(labels, label) : label;
}

/* A reader of our own is called by the last part of its device, else by all of it. */
static struct slice local_label(struct labels *labels, const struct section *reader)
{
	struct arena *arena = labels->t->arena;
	struct slice device = section_get(reader, KEY_reader_device), last = device;

	for (size_t i = 0; i + 1 < device.len; i++)
		if (device.at[i] == '/')
			last = (struct slice){device.at + i + 1, device.len - i - 1};
	struct slice label = cleaned(arena, last);
	if (taken(labels, label))
		label = cleaned(arena, device);
	return taken(labels, label) ? with_number(labels, label) : label;
}

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

void set_labels(struct translator *t)
{
	struct model *model = t->model;
	struct labels labels = {.t = t};

	table_init(&labels.readers, t->arena, model->readers.count);
	table_init(&labels.users, t->arena, model->accounts.count);
	table_init(&labels.numbers, t->arena, 0);
	list_init(&labels.used, t->arena, sizeof(struct numbered));
	for (uint32_t i = 0; i < model->accounts.count; i++) {
		const struct section *account = list_at(&model->accounts, i);
		if (account->kind == KIND_ACCOUNT)
			table_add(&labels.users, slice_hash_nocase(section_get(account, KEY_account_user), 0),
				i);
	}
	for (uint32_t i = 0; i < model->readers.count; i++) {
		struct section *reader = list_at(&model->readers, i);
		if (!section_is_reader(reader))
			continue;
		struct slice label = reader->kind == KIND_LOCAL ? local_label(&labels, reader)
								: network_label(&labels, reader);
		section_set(model, reader, KEY_reader_label, label);
		table_add(&labels.readers, slice_hash_nocase(label, 0), i);
		say_changed(t, reader, label);
	}
}
