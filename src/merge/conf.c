/* oscam.conf: what CCcam.cfg says is set where the key stands, or added. What we only assume is added where
 * the key does not stand yet, and not in [global]. */
#include "parts.h"

#include "cc2oscam/protocols.h"
#include "cc2oscam/tvheadend.h"
#include "oscam/values.h"

/* One section of ours, and where its keys go. */
struct opening {
	struct merge *m;
	struct document *document;
	const struct section *ours;
	struct section *fresh; /* the keys for a section that the file does not have; NULL: none */
	uint32_t theirs;       /* the section for new keys, or DOCUMENT_NONE */
};

/* A list of addresses that stands twice ends OSCam at its start, even in sections far apart. */
static void remove_repeated(struct merge *m, struct document *document)
{
	uint32_t *counts = arena_zero(m->arena, KEY_COUNT * sizeof *counts);

	for (uint32_t i = document->settings.count; i > 0; i--) {
		const struct document_setting *setting = list_at(&document->settings, i - 1);
		if (!schema_is_ranges((enum schema_key_id)setting->key) || counts[setting->key]++ == 0)
			continue;
		document_remove(document, setting->line);
	}
	for (int id = KEY_NONE + 1; id < KEY_COUNT; id++) {
		const struct schema_key *key = schema_key((enum schema_key_id)id);
		if (counts[id] > 1)
			merge_say(m, NULL, CODE_MERGE_REPEATED,
				"[%s] %s stands %lu times in oscam.conf; the last one is kept",
				schema_section_name((enum schema_section)key->section), key->name,
				(unsigned long)counts[id]);
	}
}

/* The first section of this name; [global] may be what stands before all headers. */
static uint32_t find_section(const struct document *document, enum schema_section name)
{
	for (uint32_t i = 0; i < document->sections.count; i++) {
		const struct document_section *section = document_section_at(document, i);
		if (section->section == name &&
			(section->header != DOCUMENT_NONE || section->setting_count > 0))
			return i;
	}
	return DOCUMENT_NONE;
}

/* The section that the last setting of the key stands in. */
static uint32_t section_with(const struct document *document, const struct document_setting *setting)
{
	return document_line_at(document, setting->line)->section;
}

/* The existing ports stay, for friends use them already. */
static struct slice joined_ports(const struct opening *opening, struct slice theirs, struct slice ours)
{
	struct arena *arena = opening->m->arena;
	struct slice all = theirs;

	while (ours.len > 0) {
		struct slice port = slice_cut(&ours, ',');
		bool there = false;
		for (struct slice left = all; left.len > 0 && !there;)
			there = slice_equal(slice_cut(&left, ','), port);
		if (!there)
			all = arena_format(
				arena, "%.*s%s%.*s", SLICE_ARG(all), all.len > 0 ? "," : "", SLICE_ARG(port));
	}
	if (schema_keeps(KEY_cccam_port, all, arena))
		return all;
	merge_say(opening->m, NULL, CODE_VALUE_TOO_LONG,
		"[cccam] has %d ports already, and OSCam takes no more", PORTS_MAX);
	return theirs;
}

/* What OSCam holds for a key of oscam.conf; empty: nothing. */
static struct slice conf_existing(const struct merge *m, const struct document *document, unsigned key)
{
	const struct document_setting *setting = document_conf_setting(document, (enum schema_key_id)key);

	return setting ? schema_read((enum schema_key_id)key, setting->value, m->arena)
		       : (struct slice){NULL, 0};
}

/* The value of the key after the merge. */
static struct slice conf_final(const struct merge *m, const struct document *document, unsigned key)
{
	for (uint32_t i = 0; i < m->conf.count; i++) {
		const struct merge_conf *set = list_at(&m->conf, i);
		if (set->key == key)
			return set->value;
	}
	return conf_existing(m, document, key);
}

/* Keys that CCcam.cfg does not ask for are not added: the person who set up OSCam decides about them. But a
 * tuner that OSCam has to serve is switched on, and a new [dvbapi] needs a box type. */
static bool is_needed(const struct opening *opening, const struct entry *entry)
{
	bool for_tvheadend = entry->key == KEY_dvbapi_listen_port || entry->key == KEY_dvbapi_pmt_mode ||
			     entry->key == KEY_dvbapi_boxtype || entry->key == KEY_dvbapi_serverip;

	if (!entry->assumed || entry->key == KEY_dvbapi_enabled ||
		(opening->m->choices.tvheadend && for_tvheadend))
		return true;
	return opening->ours->section != SECTION_global &&
	       (opening->ours->section != SECTION_dvbapi || opening->theirs == DOCUMENT_NONE);
}

static bool opens_port(const struct listener *listener, struct slice value, int64_t port)
{
	struct slice item;

	while (value.len > 0 && listener_next(listener, &value, &item))
		if (number_prefix(port_without_plus(item)) == port)
			return true;
	return false;
}

/* Whether a listener by TCP has the port. */
static bool port_is_open(const struct merge *m, const struct document *document, int64_t port)
{
	for (size_t i = 0; i < listener_count; i++)
		if (!listeners[i].udp && !listeners[i].remote &&
			opens_port(&listeners[i], conf_final(m, document, listeners[i].port), port))
			return true;
	return false;
}

/* TVHeadend's port is our choice: where a listener has the port, the next free port does as well. */
static struct slice free_port(const struct opening *opening, struct slice port)
{
	int64_t number = number_prefix(port);

	while (port_is_open(opening->m, opening->document, number))
		number++;
	return number == number_prefix(port) ? port
					     : arena_format(opening->m->arena, "%lld", (long long)number);
}

/* Says which value about the tuner the existing [dvbapi] loses. */
static bool say_tuner(struct opening *opening, enum schema_key_id key, struct slice had, struct slice value)
{
	struct merge *m = opening->m;
	const struct document_setting *port =
		document_conf_setting(opening->document, KEY_dvbapi_listen_port);

	struct slice address = conf_existing(m, opening->document, KEY_global_serverip);

	if (key == KEY_dvbapi_user && had.len > 0)
		merge_say(m, NULL, CODE_MERGE_CHANGED,
			"[dvbapi] user was \"%.*s\", and is \"%.*s\" now: the tuner has an account of its "
			"own",
			SLICE_ARG(had), SLICE_ARG(value));
	else if (key == KEY_dvbapi_serverip && port && !slice_starts(address, SLICE("127.")))
		merge_say(m, NULL, CODE_MERGE_CHANGED,
			"[dvbapi] serverip is %.*s now: port %.*s no longer answers other machines",
			SLICE_ARG(value), SLICE_ARG(port->value));
	else
		return false;
	return true;
}

static void set_opening_key(
	struct opening *opening, enum schema_key_id key, struct slice had, struct slice value)
{
	const struct document_setting *setting = document_conf_setting(opening->document, key);
	struct merge *m = opening->m;
	bool said = say_tuner(opening, key, had, value);

	*(struct merge_conf *)list_add(&m->conf) = (struct merge_conf){value, key, said};
	if (setting || opening->theirs != DOCUMENT_NONE) {
		merge_set(opening->document,
			setting ? section_with(opening->document, setting) : opening->theirs, key, value);
		return;
	}
	if (!opening->fresh)
		opening->fresh = model_add(&m->fresh, &m->fresh.conf, KIND_CONF,
			(enum schema_section)opening->ours->section, opening->ours->line, 4);
	section_set(&m->fresh, opening->fresh, key, value);
}

static void merge_entry(struct opening *opening, const struct entry *entry)
{
	enum schema_key_id key = (enum schema_key_id)entry->key;
	const struct document_setting *setting = document_conf_setting(opening->document, key);
	struct slice value = {entry->text, entry->len}, has;

	if (!setting) {
		if (key == KEY_dvbapi_listen_port && entry->assumed)
			value = free_port(opening, value);
		if (is_needed(opening, entry))
			set_opening_key(opening, key, SLICE(""), value);
		return;
	}
	has = schema_read(key, setting->value, opening->m->arena);
	if (key == KEY_dvbapi_enabled && slice_equal(has, SLICE("0")))
		merge_say(opening->m, NULL, CODE_MERGE_KEPT,
			"[dvbapi] keeps enabled = 0: the receiver's own tuner is not served");
	if (entry->assumed)
		return;
	if (key == KEY_cccam_port)
		value = joined_ports(opening, has, value);
	if (!slice_equal(has, value))
		set_opening_key(opening, key, has, value);
}

/* The other keys that were set in a section that is there, from number `first` of m->conf on. */
static void say_changed(const struct opening *opening, uint32_t first)
{
	struct merge *m = opening->m;
	struct buffer names = {0};

	for (uint32_t i = first; i < m->conf.count; i++) {
		const struct merge_conf *set = list_at(&m->conf, i);
		if (!set->said)
			merge_add_name(&names, set->key);
	}
	if (names.len > 0 && !opening->fresh)
		merge_say(m, NULL, CODE_MERGE_CHANGED, "[%s] is there: set %.*s",
			schema_section_name((enum schema_section)opening->ours->section),
			SLICE_ARG(buffer_slice(&names)));
	buffer_free(&names);
}

/* Where [dvbapi] has no address, it listens at the address in [global]. */
static void say_tvheadend_differs(struct merge *m, const struct document *document)
{
	struct tvheadend dvbapi = {.port = conf_final(m, document, KEY_dvbapi_listen_port),
		.pmt_mode = conf_final(m, document, KEY_dvbapi_pmt_mode),
		.boxtype = conf_final(m, document, KEY_dvbapi_boxtype),
		.address = conf_final(m, document, KEY_dvbapi_serverip)};

	if (dvbapi.address.len == 0)
		dvbapi.address = conf_final(m, document, KEY_global_serverip);
	if (m->choices.tvheadend)
		tvheadend_say(m->ledger, &m->model->target, &dvbapi);
}

/* Keys for which the user wants OSCam's own default, in all sections of the name. */
static void remove_wanted(struct merge *m, const struct document *document)
{
	static const struct section any = {.kind = KIND_CONF};

	for (uint32_t i = 0; i < document->settings.count; i++) {
		const struct document_setting *setting = list_at(&document->settings, i);
		enum schema_key_id key = (enum schema_key_id)setting->key;
		if (merge_wants_default(m, &any, key) &&
			!schema_is_initial(key, schema_read(key, setting->value, m->arena)))
			merge_unset(merge_document(m, OSCAM_CONF), section_with(document, setting), key);
	}
}

void merge_edit_conf(struct merge *m)
{
	struct opening opening = {.m = m, .document = merge_document(m, OSCAM_CONF)};

	if (!opening.document)
		return;
	remove_repeated(m, opening.document);
	for (uint32_t i = 0; i < m->model->conf.count; i++) {
		opening.ours = list_at(&m->model->conf, i);
		opening.fresh = NULL;
		/* where no line is about the web interface, it is not opened, and not opened to more
		 * addresses */
		bool asked = opening.ours->section != SECTION_webif || opening.ours->line > 0;
		for (unsigned k = 0; k < opening.ours->count && !asked; k++)
			asked = !opening.ours->entries[k].assumed;
		if (opening.ours->kind != KIND_CONF || !asked)
			continue;
		opening.theirs = find_section(opening.document, (enum schema_section)opening.ours->section);
		uint32_t first = m->conf.count;
		for (unsigned k = 0; k < opening.ours->count; k++)
			merge_entry(&opening, &opening.ours->entries[k]);
		say_changed(&opening, first);
	}
	remove_wanted(m, opening.document);
	say_tvheadend_differs(m, opening.document);
}
