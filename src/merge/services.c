/* Services: where an existing service has the content of one of ours, the existing one is used; the others
 * get free labels. OSCam knows 64 services in all: sections that would need more are not written, for
 * without their limits they would open more than CCcam did. */
#include "parts.h"

static const enum schema_key_id contents[] = {KEY_service_caid, KEY_service_provid, KEY_service_srvid};

struct planning {
	struct merge *m;
	struct document *document; /* or NULL */
	struct table labels;       /* the document's sections by their labels */
	struct name_set named;     /* names in the existing sections' lists of services */
	uint64_t needed;           /* a bit for each service of the model */
};

/* Whether a list of services can name a service of this label. */
static bool is_usable(struct slice label, struct arena *arena)
{
	struct slice rest = label;

	(void)slice_cut(&rest, ',');
	return label.len > 0 && !rest.at && label.at[0] != '!' &&
	       schema_keeps(KEY_account_services, label, arena);
}

static uint32_t find_label(const struct merge_services *services, struct slice label, uint32_t from)
{
	for (uint32_t i = from; i < services->count; i++)
		if (slice_equal(services->labels[i], label))
			return i;
	return DOCUMENT_NONE;
}

/* The labels of the first 64 existing services: OSCam does not know more. */
static void take_existing(struct planning *planning)
{
	struct merge_services *services = &planning->m->services;

	table_init(&planning->labels, planning->m->arena, 0);
	for (uint32_t i = 0; planning->document && i < planning->document->sections.count; i++) {
		const struct document_section *section = document_section_at(planning->document, i);
		if (section->section != SECTION_service)
			continue;
		if (services->count < MERGE_SERVICES)
			services->labels[services->count++] = section->label;
		document_add_label(planning->document, &planning->labels, i);
	}
	services->existing = services->count;
}

static bool same_content(const struct planning *planning, const struct document_section *section,
	const struct section *service)
{
	if (document_setting(planning->document, section, KEY_service_ident)) /* another word for provid */
		return false;
	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++)
		if (!slice_equal(document_value(planning->document, section, contents[i]),
			    section_get(service, contents[i])))
			return false;
	return true;
}

/* How much the existing label is like ours: 3 the same; 2 of the same kind (allow or deny); 1 another label;
 * 0 of the other kind. A service of the other kind is never shared: an earlier merge did not share it, and
 * merging again must give the same files. */
static int likeness(struct slice label, struct slice ours)
{
	struct slice rest = ours, kind = slice_cut(&rest, '_');
	struct slice other = slice_equal(kind, SLICE("allow")) ? SLICE("deny_") : SLICE("allow_");

	return slice_equal(label, ours)     ? 3
	       : slice_starts(label, kind)  ? 2
	       : slice_starts(label, other) ? 0
					    : 1;
}

/* The existing service with the same content whose label is most like ours. */
static uint32_t find_same(const struct planning *planning, const struct section *service)
{
	const struct merge_services *services = &planning->m->services;
	uint32_t found = DOCUMENT_NONE, slot = 0;
	int best = 0;

	for (uint32_t i = 0; planning->document && slot < services->existing; i++) {
		const struct document_section *section = document_section_at(planning->document, i);
		if (section->section != SECTION_service)
			continue;
		int like = likeness(section->label, service_label(service));
		/* OSCam takes all services with one label together: a label that stands twice is no use */
		bool alone = find_label(services, section->label, 0) == slot &&
			     find_label(services, section->label, slot + 1) == DOCUMENT_NONE;
		if (like > best && same_content(planning, section, service) && alone &&
			is_usable(section->label, planning->m->arena)) {
			found = slot;
			best = like;
		}
		slot++;
	}
	return found;
}

static void need(struct planning *planning, struct merge_half *half, uint32_t index)
{
	struct merge *m = planning->m;
	const struct section *section = merge_section(half, index);

	if (!section || !section->services)
		return;
	uint64_t needed = planning->needed | section->services->allow | section->services->deny;
	uint32_t count = m->services.existing;
	for (uint32_t i = 0; i < m->model->services.count; i++)
		count += (needed >> i & 1) && m->services.slots[i] == DOCUMENT_NONE;
	if (count <= MERGE_SERVICES) {
		planning->needed = needed;
		return;
	}
	merge_say(m, section, CODE_SERVICE_OVERFLOW,
		"OSCam has room for 64 services, and oscam.services has %lu already; these limits need more",
		(unsigned long)m->services.existing);
	merge_drop(m, half, index);
}

static void take_names(struct planning *planning, struct slice list)
{
	while (list.len > 0) {
		struct slice name = slice_trim(slice_cut(&list, ','));
		if (name.len > 0 && name.at[0] == '!')
			name = slice_skip(name, 1);
		names_take(&planning->named, name);
	}
}

/* The services that readers and accounts name: no new service may get a name that was in such a list without
 * effect so far. */
static void take_named(struct planning *planning)
{
	struct merge *m = planning->m;

	names_start(&planning->named, m->arena, 0);
	for (int side = 0; side < MERGE_HALVES; side++) {
		const struct merge_half *half = &m->halves[side];
		for (uint32_t i = 0; half->document && i < half->document->sections.count; i++)
			take_names(planning, merge_value(half, i, half->services));
	}
}

static void add_new(struct planning *planning, uint32_t index)
{
	struct merge *m = planning->m;
	struct merge_services *services = &m->services;
	struct section *service = list_at(&m->model->services, index);
	struct slice label = service->note;

	for (unsigned number = 2;
		(planning->document && document_labelled(planning->document, &planning->labels, label) !=
					       DOCUMENT_NONE) || /* also one beyond the 64th service */
		find_label(services, label, 0) != DOCUMENT_NONE ||
		names_have(&planning->named, label);
		number++)
		label = arena_format(m->arena, "%.*s_%u", SLICE_ARG(service->note), number);
	if (!slice_equal(label, service->note))
		merge_say(m, NULL, CODE_MERGE_LABEL,
			"the name \"%.*s\" of a service is taken; ours is called \"%.*s\"",
			SLICE_ARG(service->note), SLICE_ARG(label));
	service->note = label;
	services->slots[index] = services->count;
	services->labels[services->count++] = label;
}

struct service_bits merge_service_bits(const struct merge *m, struct slice labels)
{
	struct service_bits bits = {0, 0};

	while (labels.len > 0) {
		struct slice label = slice_trim(slice_cut(&labels, ','));
		bool deny = label.len > 0 && label.at[0] == '!';
		if (deny)
			label = slice_skip(label, 1);
		for (uint32_t i = 0; i < m->services.count; i++)
			if (slice_equal(m->services.labels[i], label))
				*(deny ? &bits.deny : &bits.allow) |= (uint64_t)1 << i;
	}
	return bits;
}

struct service_bits merge_existing_bits(const struct merge *m, struct slice labels)
{
	struct service_bits bits = merge_service_bits(m, labels);
	uint32_t count = m->services.existing;
	uint64_t existing = count < MERGE_SERVICES ? ((uint64_t)1 << count) - 1 : UINT64_MAX;

	return (struct service_bits){bits.allow & existing, bits.deny & existing};
}

/* The services that somebody put on the list by hand. Those with a label that `convert` gives may come from
 * an earlier merge, and are left out. */
static struct service_bits own_bits(const struct merge *m, struct slice labels)
{
	struct service_bits bits = merge_existing_bits(m, labels);

	for (uint32_t i = 0; i < m->services.existing; i++) {
		struct slice label = m->services.labels[i];
		if (!slice_starts(label, SLICE("allow_")) && !slice_starts(label, SLICE("deny_")))
			continue;
		bits.allow &= ~((uint64_t)1 << i);
		bits.deny &= ~((uint64_t)1 << i);
	}
	return bits;
}

static struct slice labels_text(const struct merge *m, struct service_bits services)
{
	return services_text(m->arena, services, m->services.labels, m->services.count);
}

struct service_bits merge_joined_services(
	const struct merge *m, enum schema_key_id key, struct service_bits ours, struct slice theirs)
{
	struct service_bits own = own_bits(m, theirs), joined = ours;

	if (ours.allow == 0) /* two allowed services together would allow more than each */
		joined.allow = own.allow;
	joined.deny |= own.deny;
	if (same_services(joined, ours) || (joined.allow & joined.deny) != 0)
		return ours;
	return schema_keeps(key, labels_text(m, joined), m->arena) ? joined : ours;
}

void merge_join_services(struct merge *m, const struct merge_half *half)
{
	for (uint32_t i = 0; i < half->sections->count; i++) {
		struct section *section = merge_section(half, i);
		uint32_t index = half->theirs[i];
		if (!section || !section->services || index == DOCUMENT_NONE)
			continue;
		struct slice theirs = merge_value(half, index, half->services);
		struct service_bits joined =
			merge_joined_services(m, half->services, *section->services, theirs);
		if (same_services(joined, *section->services))
			continue;
		section_set_services(m->model, section, joined);
		merge_say(m, section, CODE_MERGE_KEPT,
			"\"%.*s\" keeps its own services beside those of the line: %.*s",
			SLICE_ARG(document_section_at(half->document, index)->label),
			SLICE_ARG(labels_text(m, own_bits(m, theirs))));
	}
}

void merge_plan_services(struct merge *m)
{
	struct planning planning = {.m = m, .document = merge_document(m, OSCAM_SERVICES)};

	take_existing(&planning);
	take_named(&planning);
	for (uint32_t i = 0; i < m->model->services.count; i++)
		m->services.slots[i] = find_same(&planning, list_at(&m->model->services, i));
	for (int half = 0; half < MERGE_HALVES; half++)
		for (uint32_t i = 0; i < m->halves[half].sections->count; i++)
			need(&planning, &m->halves[half], i);
	for (uint32_t i = 0; i < m->model->services.count; i++)
		if (m->services.slots[i] == DOCUMENT_NONE &&
			((planning.needed >> i & 1) || !planning.document))
			add_new(&planning, i);
	for (int half = 0; half < MERGE_HALVES; half++)
		for (uint32_t i = 0; i < m->halves[half].sections->count; i++) {
			struct section *section = list_at(m->halves[half].sections, i);
			if (section->services)
				section_set_services(m->model, section,
					services_moved(*section->services, m->services.slots,
						m->model->services.count));
		}
}
