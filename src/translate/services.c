/* Sections of oscam.services: equal lists share one, and OSCam knows 64. */
#include "translator.h"

#include <string.h>

static struct slice hex_list(struct arena *arena, const struct service_lists *lists, bool sids)
{
	struct buffer text = {0};
	uint32_t count = sids ? lists->sid_count : lists->ident_count;

	for (uint32_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_add(&text, ",", 1);
		if (sids)
			buffer_format(&text, "%04X", (unsigned)lists->sids[i]);
		else
			buffer_format(&text, "%06X", (unsigned)lists->idents[i]);
	}
	return arena_take(arena, &text);
}

/* deny_0100, allow_0500_032830, deny_0500_032830_1234; of longer lists the first item and how many. */
static struct slice wanted_label(struct translator *t, const struct service_lists *lists)
{
	struct buffer text = {0};

	buffer_format(&text, "%s", lists->allow ? "allow" : "deny");
	if (lists->caid != 0)
		buffer_format(&text, "_%04x", (unsigned)lists->caid);
	if (lists->ident_count > 0)
		buffer_format(&text, "_%06x", (unsigned)lists->idents[0]);
	if (lists->ident_count > 1)
		buffer_format(&text, "_x%lu", (unsigned long)lists->ident_count);
	if (lists->sid_count > 0)
		buffer_format(&text, "_%04x", (unsigned)lists->sids[0]);
	if (lists->sid_count > 1)
		buffer_format(&text, "_x%lu", (unsigned long)lists->sid_count);
	return arena_take(t->arena, &text);
}

static bool label_taken(const struct model *model, struct slice label)
{
	for (uint32_t i = 0; i < model->services.count; i++)
		if (slice_equal(service_label(list_at(&model->services, i)), label))
			return true;
	return false;
}

static struct slice free_label(struct translator *t, const struct service_lists *lists)
{
	struct slice wanted = wanted_label(t, lists), label = wanted;

	for (unsigned number = 2; label_taken(t->model, label); number++)
		label = arena_format(t->arena, "%.*s_%u", SLICE_ARG(wanted), number);
	return label;
}

static bool same_lists(const struct service_lists *a, const struct service_lists *b)
{
	return a->allow == b->allow && a->caid == b->caid && a->ident_count == b->ident_count &&
	       a->sid_count == b->sid_count &&
	       (a->ident_count == 0 ||
		       memcmp(a->idents, b->idents, a->ident_count * sizeof *a->idents) == 0) &&
	       (a->sid_count == 0 || memcmp(a->sids, b->sids, a->sid_count * sizeof *a->sids) == 0);
}

/* The caller may go on with the lists: they are copied. */
static void add_service(struct translator *t, const struct service_lists *lists)
{
	struct model *model = t->model;
	struct slice label = free_label(t, lists);
	struct service_lists *kept = &t->services[model->services.count];
	uint32_t *idents = arena_array(t->arena, lists->ident_count, sizeof *idents);
	uint16_t *sids = arena_array(t->arena, lists->sid_count, sizeof *sids);

	if (lists->ident_count > 0)
		memcpy(idents, lists->idents, lists->ident_count * sizeof *idents);
	if (lists->sid_count > 0)
		memcpy(sids, lists->sids, lists->sid_count * sizeof *sids);
	*kept = *lists;
	kept->idents = idents;
	kept->sids = sids;
	struct section *service = model_add(model, &model->services, KIND_SERVICE, SECTION_service, 0, 4);
	service->note = label;
	if (lists->caid != 0)
		section_set(model, service, KEY_service_caid,
			arena_format(t->arena, "%04X", (unsigned)lists->caid));
	if (lists->ident_count > 0)
		section_set(model, service, KEY_service_provid, hex_list(t->arena, lists, false));
	if (lists->sid_count > 0)
		section_set(model, service, KEY_service_srvid, hex_list(t->arena, lists, true));
}

bool use_service(struct translator *t, const struct service_lists *lists, struct service_bits *services)
{
	uint32_t number = 0, count = t->model->services.count;

	while (number < count && !same_lists(&t->services[number], lists))
		number++;
	if (number == SERVICES_MAX)
		return false;
	if (number == count)
		add_service(t, lists);
	*(lists->allow ? &services->allow : &services->deny) |= (uint64_t)1 << number;
	return true;
}

/* The services of GLOBAL LIMITS stay, for other accounts use them. */
void forget_services(struct translator *t, uint32_t count)
{
	t->model->services.count = count > t->global_services ? count : t->global_services;
}

/* When a duplicate line is joined with the first one, nothing may name its services any more. */
void drop_unused_services(struct translator *t)
{
	struct model *model = t->model;
	struct list *users[] = {&model->readers, &model->accounts};
	uint32_t slots[SERVICES_MAX], count = model->services.count, kept = 0;
	uint64_t used = 0;

	for (size_t k = 0; k < sizeof users / sizeof *users; k++)
		for (uint32_t i = 0; i < users[k]->count; i++) {
			struct service_bits services = section_services(list_at(users[k], i));
			used |= services.allow | services.deny;
		}
	for (uint32_t i = 0; i < count; i++) {
		slots[i] = used >> i & 1 ? kept++ : UINT32_MAX;
		if (slots[i] != UINT32_MAX)
			*(struct section *)list_at(&model->services, slots[i]) =
				*(struct section *)list_at(&model->services, i);
	}
	model->services.count = kept;
	for (size_t k = 0; k < sizeof users / sizeof *users; k++)
		for (uint32_t i = 0; i < users[k]->count && kept < count; i++) {
			struct section *section = list_at(users[k], i);
			section_set_services(
				model, section, services_moved(section_services(section), slots, count));
		}
}

void finish_texts(struct translator *t)
{
	const struct list *services = &t->model->services;
	struct slice labels[SERVICES_MAX];

	if (t->choices->taken)
		return;
	for (uint32_t i = 0; i < services->count; i++)
		labels[i] = service_label(list_at(services, i));
	model_finish(t->model, labels, services->count);
}
