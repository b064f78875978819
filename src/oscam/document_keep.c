/* What OSCam keeps of the sections that it reads. A reader may vanish, and leave its label or protocol to the
 * next reader; a user may get an _x. All this was seen on the running program. */
#include "cc2oscam/document.h"

#include "cc2oscam/bits.h"
#include "cc2oscam/protocols.h"
#include "cc2oscam/table.h"

/* The slot that OSCam reads a reader into; label and protocol survive when OSCam uses the slot again. */
struct slot {
	struct slice label, protocol;
	bool own_label, own_protocol, enabled; /* of the present section */
};

/* An empty label or protocol changes nothing, and a protocol that OSCam does not know does not replace the
 * earlier one. */
static void take_key(
	const struct document *document, struct slot *slot, const struct document_setting *setting)
{
	struct slice value = setting->value;
	struct arena *arena = document->arena;

	if (setting->key == KEY_reader_enable)
		slot->enabled = !slice_equal(schema_read(KEY_reader_enable, value, arena), SLICE("0"));
	if (value.len == 0)
		return;
	if (setting->key == KEY_reader_label) {
		slot->label = schema_read(KEY_reader_label, value, arena);
		slot->own_label = true;
	} else if (setting->key == KEY_reader_protocol) {
		const struct protocol *protocol = protocol_of(document->target, value);
		if (!protocol) {
			slot->enabled = false;
			return;
		}
		slot->protocol = slice_of(protocol->kept);
		slot->own_protocol = true;
	}
}

static void read_reader(const struct document *document, struct document_section *section, struct slot *slot)
{
	slot->own_label = slot->own_protocol = false;
	slot->enabled = true;
	for (uint32_t i = 0; i < section->setting_count; i++)
		take_key(document, slot, list_at(&document->settings, section->setting + i));
	section->label = slot->label;
	section->protocol = slot->protocol;
	section->enabled = slot->enabled;
	section->leaked =
		(slot->label.len > 0 && !slot->own_label) || (slot->protocol.len > 0 && !slot->own_protocol);
}

/* Any header ends a reader, also one that OSCam does not know. */
static void keep_readers(struct document *document)
{
	struct slot slot = {.enabled = true};

	for (uint32_t i = 0; i < document->sections.count; i++) {
		struct document_section *section = document_section_at(document, i);
		if (section->section != SECTION_reader)
			continue;
		read_reader(document, section, &slot);
		bool complete = slot.label.len > 0 && slot.protocol.len > 0;
		section->held = complete || i + 1 == document->sections.count;
		if (complete)
			slot = (struct slot){.enabled = true};
	}
}

/* A name that an account has, or that an account is to get. */
struct name {
	uint32_t last;        /* number + 1 of the last account that has it, or 0 */
	struct slice reached; /* the name with the _x that it gets from the accounts before `seen` */
	uint32_t seen;
};

struct users {
	struct document *document;
	struct keys texts; /* of the names */
	struct list names; /* struct name */
	uint32_t *before;  /* by account: number + 1 of the previous account with the same name, or 0 */
};

static struct name *find_name(struct users *users, struct slice text)
{
	uint32_t number = keys_add(&users->texts, text);

	if (number == users->names.count)
		((struct name *)list_add(&users->names))->reached = text;
	return list_at(&users->names, number);
}

static struct slice append_x(const struct users *users, struct slice name)
{
	return arena_format(users->document->arena, "%.*s_x", SLICE_ARG(name));
}

/* OSCam compares a new name with all accounts once, in their order, and appends _x whenever an account has
 * the name as it is then; the present account is the last one. OSCam stores names cut and compares them
 * whole, so a name that is too long is like no other. How far a name was compared is kept: the next time it
 * is the same. */
static struct slice unique_name(
	struct users *users, const struct document_section *section, uint32_t current, struct slice user)
{
	struct name *name = find_name(users, user);

	while (name->seen < current) {
		uint32_t found = 0; /* number + 1 of the first account from `seen` on with this name, or 0 */
		for (uint32_t at = find_name(users, name->reached)->last; at > name->seen;
			at = users->before[at - 1])
			found = at;
		name->seen = found ? found : current;
		if (found)
			name->reached = append_x(users, name->reached);
	}
	return slice_equal(name->reached, section->label) ? append_x(users, name->reached) : name->reached;
}

static void read_user(struct users *users, struct document_section *section, uint32_t current)
{
	struct document *document = users->document;

	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *setting = list_at(&document->settings, section->setting + i);
		if (setting->key != KEY_account_user)
			continue;
		struct slice user = setting->value;
		if (user.len > 0)
			user = unique_name(users, section, current, user);
		section->renamed = user.len != setting->value.len;
		section->label = schema_read(KEY_account_user, user, document->arena);
	}
}

/* A header that OSCam does not know makes an account as well. */
static void keep_accounts(struct document *document)
{
	struct users users = {.document = document};

	keys_init(&users.texts, document->arena, document->sections.count);
	list_init(&users.names, document->arena, sizeof(struct name));
	users.before = arena_array(document->arena, document->sections.count, sizeof *users.before);
	for (uint32_t i = 0; i < document->sections.count; i++) {
		struct document_section *section = document_section_at(document, i);
		if (section->header == DOCUMENT_NONE)
			continue;
		section->held = true;
		read_user(&users, section, i);
		if (section->label.len == 0)
			continue;
		struct name *name = find_name(&users, section->label);
		users.before[i] = name->last;
		name->last = i + 1;
	}
}

static void keep_named(struct document *document)
{
	bool wide = target_knows(document->target, &numbers_of_2604) != KNOWN_BY_NONE;
	uint32_t services = 0, most = wide ? BITS_MOST : BITS_KNOWN;

	for (uint32_t i = 0; i < document->sections.count; i++) {
		struct document_section *section = document_section_at(document, i);
		section->held = section->section != SECTION_NONE;
		section->label = section->name;
		if (section->section == SECTION_service)
			section->held = ++services <= most;
	}
}

void document_keep(struct document *document)
{
	if (document->file == OSCAM_SERVER)
		keep_readers(document);
	else if (document->file == OSCAM_USER)
		keep_accounts(document);
	else
		keep_named(document);
}

uint32_t document_labelled(const struct document *document, const struct table *labels, struct slice label)
{
	table_each (walk, labels, slice_hash(label, 0))
		if (slice_equal(document_section_at(document, walk.number)->label, label))
			return walk.number;
	return DOCUMENT_NONE;
}

void document_add_label(const struct document *document, struct table *labels, uint32_t index)
{
	struct slice label = document_section_at(document, index)->label;

	if (document_labelled(document, labels, label) == DOCUMENT_NONE)
		table_add(labels, slice_hash(label, 0), index);
}
