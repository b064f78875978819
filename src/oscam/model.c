/* The model of what is to be written. See model.h. */
#include "cc2oscam/model.h"

#include <string.h>

void model_init(struct model *model, struct arena *arena)
{
	*model = (struct model){.arena = arena};
	list_init(&model->conf, arena, sizeof(struct section));
	list_init(&model->readers, arena, sizeof(struct section));
	list_init(&model->accounts, arena, sizeof(struct section));
	list_init(&model->services, arena, sizeof(struct section));
	list_init(&model->dvbapi, arena, sizeof(struct row));
	list_init(&model->provid, arena, sizeof(struct row));
	list_init(&model->srvid2, arena, sizeof(struct row));
	list_init(&model->sides, arena, sizeof(struct side_file));
}

const struct list *model_sections(const struct model *model, enum oscam_file file)
{
	const struct list *lists[] = {[OSCAM_CONF] = &model->conf,
		[OSCAM_SERVER] = &model->readers,
		[OSCAM_USER] = &model->accounts,
		[OSCAM_SERVICES] = &model->services};

	return lists[file];
}

const struct ledger *model_ledger(const struct model *model, const struct ledger *own, unsigned number)
{
	const struct side_file *side = number > 0 ? list_at(&model->sides, number - 1) : NULL;

	return side ? &side->ledger : own;
}

struct section *model_add(struct model *model, struct list *list, enum section_kind kind,
	enum schema_section name, uint32_t line, unsigned room)
{
	struct section *section = list_add(list);

	section->kind = (uint8_t)kind;
	section->section = (uint8_t)name;
	section->line = line;
	section->room = (uint8_t)room;
	if (room > 0)
		section->entries = arena_array(model->arena, room, sizeof *section->entries);
	return section;
}

struct section *model_find_conf(const struct model *model, enum schema_section name)
{
	for (uint32_t i = 0; i < model->conf.count; i++) {
		struct section *section = list_at(&model->conf, i);
		if (section->kind == KIND_CONF && section->section == name)
			return section;
	}
	return NULL;
}

struct section *model_conf(struct model *model, enum schema_section name)
{
	struct section *section = model_find_conf(model, name);

	return section ? section : model_add(model, &model->conf, KIND_CONF, name, 0, 4);
}

static void make_room(struct model *model, struct section *section)
{
	if (section->count < section->room)
		return;

	unsigned room = section->room < 4 ? 8 : section->room * 2U;
	if (room > UINT8_MAX)
		room = UINT8_MAX;
	struct entry *entries = arena_array(model->arena, room, sizeof *entries);
	if (section->count > 0)
		memcpy(entries, section->entries, section->count * sizeof *entries);
	section->entries = entries;
	section->room = (uint8_t)room;
}

void section_set(struct model *model, struct section *section, enum schema_key_id key, struct slice text)
{
	struct entry entry = {.text = text.at, .len = (uint32_t)text.len, .key = (uint16_t)key};
	unsigned at = section->count;

	if (at < section->room && (at == 0 || section->entries[at - 1].key < key)) { /* as most keys come */
		section->entries[section->count++] = entry;
		return;
	}
	while (at > 0 && section->entries[at - 1].key > key)
		at--;
	if (at > 0 && section->entries[at - 1].key == key) {
		section->entries[at - 1] = entry;
		return;
	}
	make_room(model, section);
	if (at < section->count)
		memmove(&section->entries[at + 1], &section->entries[at],
			(section->count - at) * sizeof *section->entries);
	section->entries[at] = entry;
	section->count++;
}

void section_set_number(struct model *model, struct section *section, enum schema_key_id key, int64_t number)
{
	static const char digits[] = "0123456789";

	if (number >= 0 && number <= 9)
		section_set(model, section, key, (struct slice){digits + number, 1});
	else
		section_set(model, section, key, arena_format(model->arena, "%lld", (long long)number));
}

void section_unset(struct section *section, enum schema_key_id key)
{
	for (unsigned i = 0; i < section->count; i++) {
		if (section->entries[i].key != key)
			continue;
		section->count--;
		memmove(&section->entries[i], &section->entries[i + 1],
			(section->count - i) * sizeof *section->entries);
		return;
	}
}

void section_assume(struct section *section, enum schema_key_id key)
{
	for (unsigned i = 0; i < section->count; i++)
		if (section->entries[i].key == key)
			section->entries[i].assumed = true;
}

struct slice section_get(const struct section *section, enum schema_key_id key)
{
	for (unsigned i = 0; i < section->count; i++)
		if (section->entries[i].key == key)
			return (struct slice){section->entries[i].text, section->entries[i].len};
	return (struct slice){NULL, 0};
}

bool key_is_name(enum schema_key_id key)
{
	switch (key) {
	case KEY_reader_label:
	case KEY_reader_device:
	case KEY_reader_user:
	case KEY_reader_password:
	case KEY_account_user:
	case KEY_account_pwd:
		return true;
	default:
		return false;
	}
}

bool section_same_but_names(const struct section *a, const struct section *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	for (unsigned i = 0; i < a->count; i++) {
		const struct entry *x = &a->entries[i], *y = &b->entries[i];
		if (x->key != y->key)
			return false;
		if (x->text == y->text && x->len == y->len)
			continue;
		if (key_is_name((enum schema_key_id)x->key) ? (x->len == 0) != (y->len == 0)
							    : !slice_equal((struct slice){x->text, x->len},
								      (struct slice){y->text, y->len}))
			return false;
	}
	return true;
}

struct slice service_label(const struct section *service)
{
	return service->note;
}

bool section_is_reader(const struct section *section)
{
	return section->section == SECTION_reader && section->kind != KIND_REMARK;
}

struct bits section_groups(const struct section *section)
{
	const uint32_t *groups = section->groups;

	return (struct bits){(uint64_t)groups[1] << 32 | groups[0], (uint64_t)groups[3] << 32 | groups[2]};
}

void section_set_groups(struct section *section, struct bits groups)
{
	section->groups[0] = (uint32_t)groups.low;
	section->groups[1] = (uint32_t)(groups.low >> 32);
	section->groups[2] = (uint32_t)groups.high;
	section->groups[3] = (uint32_t)(groups.high >> 32);
}

struct service_bits section_services(const struct section *section)
{
	return section->services ? *section->services : (struct service_bits){0, 0};
}

void section_set_services(struct model *model, struct section *section, struct service_bits services)
{
	struct service_bits *kept = NULL;

	if ((services.allow | services.deny) != 0) {
		kept = arena_alloc(model->arena, sizeof *kept);
		*kept = services;
	}
	section->services = kept;
}

bool same_services(struct service_bits a, struct service_bits b)
{
	return a.allow == b.allow && a.deny == b.deny;
}

struct service_bits services_moved(struct service_bits services, const uint32_t *slots, uint32_t count)
{
	struct service_bits moved = {0, 0};

	for (uint32_t i = 0; i < count; i++) {
		if (slots[i] == UINT32_MAX)
			continue;
		moved.allow |= (services.allow >> i & 1) << slots[i];
		moved.deny |= (services.deny >> i & 1) << slots[i];
	}
	return moved;
}

void reached_add(struct reached *servers, struct bits groups, uint32_t number)
{
	struct bits left = bits_without(groups, servers->any);
	unsigned bit;

	servers->several = bits_or(servers->several, bits_and(groups, servers->any));
	servers->any = bits_or(servers->any, groups);
	while (bits_take(&left, &bit))
		servers->first[bit] = number;
}

bool reached_are_several(const struct reached *servers, struct bits groups)
{
	struct bits left = bits_and(groups, servers->any);
	uint32_t first = 0;
	unsigned bit;

	if (bits_meet(groups, servers->several))
		return true;
	for (bool found = false; bits_take(&left, &bit); found = true) {
		if (found && servers->first[bit] != first)
			return true;
		first = servers->first[bit];
	}
	return false;
}

struct slice groups_text(struct arena *arena, struct bits groups)
{
	char text[BITS_MOST * (sizeof "128," - 1)], room[DECIMAL_ROOM];
	size_t len = 0;
	unsigned bit;

	while (bits_take(&groups, &bit)) {
		struct slice digits = decimal_text(bit + 1, room);
		if (len > 0)
			text[len++] = ',';
		memcpy(text + len, digits.at, digits.len);
		len += digits.len;
	}
	return arena_copy(arena, (struct slice){text, len});
}

struct bits groups_bits(struct slice text)
{
	struct bits groups = {0, 0};

	while (text.len > 0) {
		uint64_t number = 0;
		if (parse_decimal(slice_cut(&text, ','), BITS_MOST, &number) && number > 0)
			bits_add(&groups, (unsigned)number - 1);
	}
	return groups;
}

/* ---- the texts of what the model holds as bits, made once, when groups and services have their numbers ----
 */

struct finishing {
	struct model *model;
	const struct slice *labels; /* of the services */
	uint32_t count;
	struct slice groups[BITS_MOST]; /* the texts of single groups, as far as they were needed */
};

/* The text of the groups; most readers are in one group, whose text is kept. */
static struct slice text_of_groups(struct finishing *finishing, struct bits groups)
{
	struct bits others = groups;
	unsigned bit;

	if (!bits_take(&others, &bit) || bits_any(others))
		return groups_text(finishing->model->arena, groups);
	if (!finishing->groups[bit].at)
		finishing->groups[bit] = groups_text(finishing->model->arena, groups);
	return finishing->groups[bit];
}

struct slice services_text(
	struct arena *arena, struct service_bits services, const struct slice *labels, uint32_t count)
{
	struct buffer text = {0};

	for (uint32_t i = 0; i < count; i++) {
		if (!((services.allow | services.deny) >> i & 1))
			continue;
		buffer_format(&text, "%s%s%.*s", text.len > 0 ? "," : "", services.deny >> i & 1 ? "!" : "",
			SLICE_ARG(labels[i]));
	}
	return arena_take(arena, &text);
}

static void finish_model_section(struct finishing *finishing, struct section *section,
	enum schema_key_id group, enum schema_key_id services)
{
	struct bits groups = section_groups(section);

	if (section->kind == KIND_REMARK)
		return;
	if (bits_any(groups))
		section_set(finishing->model, section, group, text_of_groups(finishing, groups));
	if (section->services)
		section_set(finishing->model, section, services,
			services_text(finishing->model->arena, *section->services, finishing->labels,
				finishing->count));
}

void model_finish(struct model *model, const struct slice *labels, uint32_t count)
{
	struct finishing finishing = {.model = model, .labels = labels, .count = count};

	for (uint32_t i = 0; i < model->readers.count; i++)
		finish_model_section(
			&finishing, list_at(&model->readers, i), KEY_reader_group, KEY_reader_services);
	for (uint32_t i = 0; i < model->accounts.count; i++)
		finish_model_section(
			&finishing, list_at(&model->accounts, i), KEY_account_group, KEY_account_services);
}
