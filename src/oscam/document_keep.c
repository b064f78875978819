/* What OSCam keeps of the sections it reads: readers that vanish and what leaks out of them into the next,
 * users that get an _x. Observed on the running program. */
#include "document_keep.h"

#include "cc2oscam/table.h"

/* The slot that OSCam reads a reader into; its label and protocol survive when it is used again. */
struct slot {
	struct slice label, protocol;
};

static void read_reader(
	const struct document *document, const struct document_section *section, struct slot *slot)
{
	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *setting = list_at(&document->settings, section->setting + i);
		if (setting->key == KEY_reader_label && setting->value.len > 0)
			slot->label = schema_read(KEY_reader_label, setting->value, document->arena);
		else if (setting->key == KEY_reader_protocol && setting->value.len > 0)
			slot->protocol = schema_read(KEY_reader_protocol, setting->value, document->arena);
	}
}

static bool is_own(const struct document *document, const struct document_section *section,
	enum schema_key_id key, struct slice kept)
{
	const struct document_setting *setting = document_setting(document, section, key);

	return kept.len == 0 || (setting && setting->value.len > 0);
}

static void keep_readers(struct document *document)
{
	struct document_section *last = NULL;
	struct slot slot = {{0}, {0}};

	for (uint32_t i = 0; i < document->sections.count; i++) {
		struct document_section *section = document_section_at(document, i);
		if (section->section != SECTION_reader)
			continue;
		if (last && last->held)
			slot = (struct slot){{0}, {0}};
		read_reader(document, section, &slot);
		section->label = slot.label;
		section->protocol = slot.protocol;
		section->held = slot.label.len > 0 && slot.protocol.len > 0;
		section->leaked = !is_own(document, section, KEY_reader_label, slot.label) ||
				  !is_own(document, section, KEY_reader_protocol, slot.protocol);
		last = section;
	}
	if (last)
		last->held = true;
}

struct users {
	struct document *document;
	struct table table; /* sections by their label */
	struct table next;  /* struct renamed by name, so that many equal names cost no more than few */
	struct list renamed;
};

/* How many _x the last account of this name got. */
struct renamed {
	struct slice name;
	struct slice last;
};

static bool user_taken(const struct users *users, struct slice name)
{
	uint32_t number;

	for (struct table_walk walk = table_find(&users->table, slice_hash(name, 0));
		table_next(&users->table, &walk, &number);)
		if (slice_equal(document_section_at(users->document, number)->label, name))
			return true;
	return false;
}

static struct renamed *renamed_from(struct users *users, struct slice name)
{
	uint64_t hash = slice_hash(name, 0);
	uint32_t number;

	for (struct table_walk walk = table_find(&users->next, hash);
		table_next(&users->next, &walk, &number);) {
		struct renamed *renamed = list_at(&users->renamed, number);
		if (slice_equal(renamed->name, name))
			return renamed;
	}
	struct renamed *renamed = list_add(&users->renamed);
	*renamed = (struct renamed){name, name};
	table_add(&users->next, hash, users->renamed.count - 1);
	return renamed;
}

/* _x is appended until no other account has the name; the buffer of 64 bytes ends it. */
static struct slice free_name(struct users *users, struct slice name)
{
	struct arena *arena = users->document->arena;
	struct renamed *renamed = renamed_from(users, name);
	struct slice made = renamed->last;

	do {
		struct slice longer = arena_format(arena, "%.*s_x", SLICE_ARG(made));
		longer = schema_read(KEY_account_user, longer, arena);
		if (longer.len == made.len)
			break;
		made = longer;
	} while (user_taken(users, made));
	renamed->last = made;
	return made;
}

static void read_user(struct users *users, struct document_section *section)
{
	struct document *document = users->document;

	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *setting = list_at(&document->settings, section->setting + i);
		if (setting->key != KEY_account_user)
			continue;
		struct slice user = schema_read(KEY_account_user, setting->value, document->arena);
		bool again = user.len > 0 && slice_equal(section->label, user);
		section->renamed = again || (user.len > 0 && user_taken(users, user));
		section->label = section->renamed ? free_name(users, user) : user;
	}
}

/* A header that OSCam does not know makes an account as well. */
static void keep_accounts(struct document *document)
{
	struct users users = {.document = document};

	table_init(&users.table, document->arena, document->sections.count);
	table_init(&users.next, document->arena, 0);
	list_init(&users.renamed, document->arena, sizeof(struct renamed));
	for (uint32_t i = 0; i < document->sections.count; i++) {
		struct document_section *section = document_section_at(document, i);
		if (section->header == DOCUMENT_NONE)
			continue;
		section->held = true;
		read_user(&users, section);
		if (section->label.len > 0)
			table_add(&users.table, slice_hash(section->label, 0), i);
	}
}

void document_keep(struct document *document)
{
	if (document->file == OSCAM_SERVER)
		keep_readers(document);
	else if (document->file == OSCAM_USER)
		keep_accounts(document);
	else
		for (uint32_t i = 0; i < document->sections.count; i++) {
			struct document_section *section = document_section_at(document, i);
			section->held = section->section != SECTION_NONE;
			section->label = section->name;
		}
}
