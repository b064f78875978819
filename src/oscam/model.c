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

struct section *model_conf(struct model *model, enum schema_section name)
{
	for (uint32_t i = 0; i < model->conf.count; i++) {
		struct section *section = list_at(&model->conf, i);
		if (section->kind == KIND_CONF && section->section == name)
			return section;
	}
	return model_add(model, &model->conf, KIND_CONF, name, 0, 4);
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

	while (at > 0 && section->entries[at - 1].key > key)
		at--;
	if (at > 0 && section->entries[at - 1].key == key) {
		section->entries[at - 1] = entry;
		return;
	}
	make_room(model, section);
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

struct slice service_label(const struct section *service)
{
	return service->note;
}

bool section_is_reader(const struct section *section)
{
	return section->section == SECTION_reader && section->kind != KIND_REMARK;
}

uint64_t section_groups(const struct section *section)
{
	return (uint64_t)section->groups_high << 32 | section->groups_low;
}

void section_set_groups(struct section *section, uint64_t groups)
{
	section->groups_low = (uint32_t)groups;
	section->groups_high = (uint32_t)(groups >> 32);
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

void reached_add(struct reached *servers, uint64_t groups, uint32_t number)
{
	for (unsigned bit = 0; bit < 64; bit++)
		if ((groups & ~servers->any) >> bit & 1)
			servers->first[bit] = number;
	servers->several |= groups & servers->any;
	servers->any |= groups;
}

bool reached_are_several(const struct reached *servers, uint64_t groups)
{
	uint64_t left = groups & servers->any;
	bool found = false;
	uint32_t first = 0;

	if ((groups & servers->several) != 0)
		return true;
	for (unsigned bit = 0; bit < 64; bit++) {
		if (!(left >> bit & 1))
			continue;
		if (found && servers->first[bit] != first)
			return true;
		first = servers->first[bit];
		found = true;
	}
	return false;
}

struct slice groups_text(struct arena *arena, uint64_t groups)
{
	char text[64 * 3];
	size_t len = 0;

	for (unsigned group = 1; group <= 64; group++) {
		if (!(groups >> (group - 1) & 1))
			continue;
		if (len > 0)
			text[len++] = ',';
		if (group >= 10)
			text[len++] = (char)('0' + group / 10);
		text[len++] = (char)('0' + group % 10);
	}
	return arena_copy(arena, (struct slice){text, len});
}

uint64_t groups_bits(struct slice text)
{
	uint64_t groups = 0;

	while (text.len > 0) {
		uint64_t number = 0;
		if (parse_decimal(slice_cut(&text, ','), 64, &number) && number > 0)
			groups |= (uint64_t)1 << (number - 1);
	}
	return groups;
}
