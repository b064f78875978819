/* Checks of names that refer to sections of another file, and of names that two sections have. */
#include "checks.h"

/* The sections of a file by their label, the first of each. */
static const struct table *labels_of(struct checking *c, enum oscam_file file)
{
	struct table *table = file == OSCAM_SERVER ? &c->labels : &c->services;
	bool *made = file == OSCAM_SERVER ? &c->has_labels : &c->has_services;
	const struct document *document = &c->set->files[file]->document;

	if (*made)
		return table;
	*made = true;
	table_init(table, c->arena, document->sections.count);
	for (uint32_t i = 0; i < document->sections.count; i++) {
		const struct document_section *section = document_section_at(document, i);
		bool found = file == OSCAM_SERVICES ? section->header != DOCUMENT_NONE : section->held;
		if (found && section->label.len > 0)
			document_add_label(document, table, i);
	}
	return table;
}

/* Where something is not. */
static const char *where(struct checking *c, enum oscam_file file)
{
	return arena_format(c->arena, "%s%s", c->set->files[file] ? " in " : ", for the folder has no ",
		target_file_name(c->set->target, file))
		.at;
}

/* ---- au, services ---- */

void check_au(struct checking *c, const struct setting *setting)
{
	if (setting->key != KEY_account_au)
		return;
	const struct check_file *server = c->set->files[OSCAM_SERVER];
	struct slice rest = setting->value;
	if (slice_equal(rest, SLICE("1")) || slice_equal(rest, SLICE("0")))
		return;
	while (rest.at) {
		struct slice label = slice_cut(&rest, ',');
		bool there = server && document_labelled(&server->document, labels_of(c, OSCAM_SERVER),
					       label) != DOCUMENT_NONE;
		if (label.len > 0 && !memchr(label.at, ' ', label.len) &&
			!there) /* else said with its form */
			(void)found(c, CODE_AU_UNKNOWN, setting->at->line, label.at,
				"au: there is no reader \"%.*s\"%s", SLICE_ARG(shown(c, label)),
				where(c, OSCAM_SERVER));
	}
}

bool names_services(enum schema_key_id key)
{
	return schema_key(key)->form == FORM_services;
}

/* What is behind the last section that OSCam knows is there, and forgotten all the same. */
static void check_service(
	struct checking *c, const struct setting *setting, struct slice item, struct slice label)
{
	const struct document *services = &c->set->files[OSCAM_SERVICES]->document;
	uint32_t number =
		document_labelled(services, labels_of(c, OSCAM_SERVICES), arena_lower(c->arena, label));

	if (number == DOCUMENT_NONE) {
		(void)found(c, CODE_SERVICES_UNKNOWN, setting->at->line, item.at,
			"%s: there is no section [%.*s] in oscam.services", key_name(setting->key),
			SLICE_ARG(shown(c, label)));
		return;
	}
	if (document_section_at(services, number)->held)
		return;
	(void)found(c, CODE_SERVICES_UNKNOWN, setting->at->line, item.at,
		"%s: OSCam forgets [%.*s] here, for it knows no more sections of oscam.services than those "
		"in front",
		key_name(setting->key), SLICE_ARG(shown(c, label)));
}

void check_services(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value, item;

	if (!names_services(setting->key))
		return;
	if (!c->set->files[OSCAM_SERVICES]) {
		if (!c->says_no_services) /* once for the whole folder */
			(void)found_at(c, CODE_SERVICES_MISSING, setting->at,
				"%s: the folder has no oscam.services, so OSCam forgets all names "
				"here and in other sections",
				key_name(setting->key));
		c->says_no_services = true;
		return;
	}
	while (next_item(&rest, ',', &item)) {
		bool denied = item.len > 0 && item.at[0] == '!';
		struct slice label = slice_skip(item, denied);
		if (label.len > 0)
			check_service(c, setting, item, label);
	}
}

/* ---- the tuner's account ---- */

void check_dvbapi_user(struct checking *c)
{
	(void)look_at(c, OSCAM_CONF);
	const struct document_setting *at = document_conf_setting(c->document, KEY_dvbapi_user);
	struct slice user = conf_value(c, KEY_dvbapi_user);
	const struct check_file *users = c->set->files[OSCAM_USER];
	bool known = false;

	for (uint32_t i = 0; users && i < users->document.sections.count && !known; i++) {
		const struct document_section *section = document_section_at(&users->document, i);
		known = is_account(section) && slice_equal(section->label, user);
	}
	if (user.len > 0 && number_prefix(conf_value(c, KEY_dvbapi_enabled)) != 0 && !known)
		(void)found_at(c, CODE_DVBAPI_USER, at,
			"[dvbapi] user: there is no account \"%.*s\"%s, and the tuner gets nothing",
			SLICE_ARG(shown(c, user)), where(c, OSCAM_USER));
}

/* ---- two of one name ---- */

void check_duplicate_labels(struct checking *c)
{
	const struct table *table = labels_of(c, OSCAM_SERVER);

	(void)look_at(c, OSCAM_SERVER);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		uint32_t first = document_labelled(c->document, table, section->label);
		if (!is_reader(section) || section->label.len == 0 || first == DOCUMENT_NONE || first == i)
			continue;
		(void)found_of(c, CODE_DUPLICATE_LABEL, section, KEY_reader_label,
			"the label \"%.*s\" is that of the reader on line %lu",
			SLICE_ARG(shown(c, section->label)),
			line_number(c, document_section_at(c->document, first)->header));
	}
}

/* OSCam of 2.26.04 and later knows twice as many where it is built for 64 bits. */
static void say_many_services(struct checking *c, uint32_t line, unsigned count)
{
	enum knowledge changed = target_knows(c->set->target, &numbers_of_2604);

	if (count > BITS_MOST && changed == KNOWN_BY_ALL)
		(void)found(c, CODE_SERVICES_MANY, line, NULL, "this is the 129th section; OSCam knows 128");
	else if (count <= BITS_MOST)
		(void)found(c, CODE_SERVICES_MANY, line, NULL, "this is the 65th section; OSCam knows 64%s",
			changed == KNOWN_BY_NONE   ? ""
			: changed == KNOWN_BY_SOME ? ", and 128 from 2.26.04 on where it is built for 64 bits"
						   : " where it is built for 32 bits");
}

static void check_service_name(struct checking *c, uint32_t index, unsigned count)
{
	const struct document_section *section = document_section_at(c->document, index);
	/* as it is written, within its brackets */
	size_t len =
		c->document->made
			? section->name.len
			: slice_trim(oscam_trim(document_line_at(c->document, section->header)->text)).len -
				  2;
	uint32_t first = document_labelled(c->document, &c->services, section->label);

	if (len > LABEL_MAX)
		(void)found(c, CODE_VALUE_CUT, section->header, NULL,
			"the name of the section has %zu bytes: OSCam keeps %d", len, LABEL_MAX);
	if (first != DOCUMENT_NONE && first != index)
		(void)found(c, CODE_DUPLICATE_SERVICE, section->header, NULL,
			"[%.*s] stands on line %lu already; only that one is found",
			SLICE_ARG(shown(c, section->label)),
			line_number(c, document_section_at(c->document, first)->header));
	if (count == BITS_KNOWN + 1 || count == BITS_MOST + 1)
		say_many_services(c, section->header, count);
}

void check_service_names(struct checking *c)
{
	unsigned count = 0;

	(void)labels_of(c, OSCAM_SERVICES);
	(void)look_at(c, OSCAM_SERVICES);
	for (uint32_t i = 0; i < c->document->sections.count; i++)
		if (document_section_at(c->document, i)->header != DOCUMENT_NONE)
			check_service_name(c, i, ++count);
}

/* ---- a reader that is called as a user ---- */

void check_label_is_user(struct checking *c)
{
	const struct table *table = labels_of(c, OSCAM_SERVER);
	const struct document *server = &c->set->files[OSCAM_SERVER]->document;
	struct slice block = conf_value(c, KEY_global_block_same_name);

	if (block.len > 0 && number_prefix(block) == 0)
		return;
	(void)look_at(c, OSCAM_USER);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		uint32_t reader = document_labelled(server, table, section->label);
		if (!is_account(section) || section->label.len == 0 || reader == DOCUMENT_NONE)
			continue;
		uint32_t header = document_section_at(server, reader)->header;
		(void)found_of(c, CODE_LABEL_IS_USER, section, KEY_account_user,
			"the user \"%.*s\" has the name of the reader on line %lu of oscam.server, and is "
			"never served by it",
			SLICE_ARG(shown(c, section->label)),
			(unsigned long)document_place(server, header).line);
	}
}
