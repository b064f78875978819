/* The texts of what the model holds as bits, made once, when groups and services have the numbers that they
 * keep. See model.h. */
#include "cc2oscam/model.h"

struct finishing {
	struct model *model;
	const struct slice *labels; /* of the services */
	uint32_t count;
	struct slice groups[BITS_MOST]; /* the texts of single groups, as far as they were needed */
};

/* Most readers are in one group. */
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

static void finish_section(struct finishing *finishing, struct section *section, enum schema_key_id group,
	enum schema_key_id services)
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
		finish_section(
			&finishing, list_at(&model->readers, i), KEY_reader_group, KEY_reader_services);
	for (uint32_t i = 0; i < model->accounts.count; i++)
		finish_section(
			&finishing, list_at(&model->accounts, i), KEY_account_group, KEY_account_services);
}
