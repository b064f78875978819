/* The proof of a merge: the new files are read as OSCam reads them. What is ours must be held as the model
 * says, and what is not ours as before; who reaches whom is in access.c. */
#include "parts.h"

static struct document *document_in(struct written *written, enum oscam_file file)
{
	return written->there[file] ? &written->documents[file] : NULL;
}

static uint32_t count_sections(const struct document *document)
{
	return document ? document->sections.count : 1; /* the part before the first header counts as one */
}

/* Existing sections keep their place, and new ones follow in the order of the model. */
static const char *find_positions(const struct merge *m, struct written *written, int which)
{
	const struct merge_half *half = &m->halves[which];
	const struct document *document = document_in(written, half->file);
	uint32_t next = count_sections(half->document), count = half->sections->count;
	uint32_t *positions = arena_array(&written->arena, count, sizeof *positions);

	for (uint32_t i = 0; i < count; i++) {
		positions[i] = DOCUMENT_NONE;
		if (merge_section(half, i))
			positions[i] = half->theirs[i] == DOCUMENT_NONE ? next++ : half->theirs[i];
	}
	written->positions[which] = positions;
	return count_sections(document) == next ? NULL : "sections are missing, or there are too many";
}

static const char *check_ours(const struct merge *m, struct written *written, int which, uint32_t index)
{
	const struct merge_half *half = &m->halves[which];
	const struct section *ours = merge_section(half, index);
	const struct document *document = document_in(written, half->file);
	const struct document_section *section =
		document_section_at(document, written->positions[which][index]);

	if (!section->held || section->section != half->section)
		return "OSCam would not hold a section of ours";
	for (unsigned i = 0; i < ours->count; i++) {
		const struct entry *entry = &ours->entries[i];
		if (entry->assumed && half->theirs[index] != DOCUMENT_NONE)
			continue;
		if (!merge_holds(m, document, section, ours, entry))
			return arena_format(m->arena, "OSCam would read another %s in a section of ours",
				schema_key((enum schema_key_id)entry->key)->name)
				.at;
	}
	for (const enum schema_key_id *key = merge_decided_keys(m, ours); *key != KEY_NONE; key++)
		if (!section_get(ours, *key).at &&
			!schema_is_initial(*key, document_value(document, section, *key)))
			return "a key stands in a section of ours that must not";
	return NULL;
}

static bool same_settings(const struct document *a, const struct document_section *x,
	const struct document *b, const struct document_section *y)
{
	if (x->setting_count != y->setting_count)
		return false;
	for (uint32_t i = 0; i < x->setting_count; i++) {
		const struct document_setting *p = list_at(&a->settings, x->setting + i);
		const struct document_setting *q = list_at(&b->settings, y->setting + i);
		if (p->key != q->key || !slice_equal(p->value, q->value))
			return false;
	}
	return true;
}

static const char *check_foreign(const struct merge *m, struct written *written, int which)
{
	const struct merge_half *half = &m->halves[which];
	const struct document *old = half->document, *new = document_in(written, half->file);

	for (uint32_t i = 0; old && i < old->sections.count; i++) {
		const struct document_section *x = document_section_at(old, i);
		const struct document_section *y = document_section_at(new, i);
		/* a last reader that has no label or protocol is no longer the last when others follow */
		bool complete = x->section != SECTION_reader || (x->label.len > 0 && x->protocol.len > 0);
		if (x->section != y->section || !slice_equal(x->name, y->name) ||
			(complete && x->held != y->held) || x->renamed != y->renamed ||
			!slice_equal(x->label, y->label) || !slice_equal(x->protocol, y->protocol))
			return "OSCam would hold another section where one was";
		if (half->ours[i] == DOCUMENT_NONE && !same_settings(old, x, new, y))
			return "a section that is not ours would be changed";
	}
	return NULL;
}

/* No new reader has the label of another reader. */
static const char *check_labels(const struct merge *m, struct written *written)
{
	const struct merge_half *half = &m->halves[MERGE_READERS];
	const struct document *document = document_in(written, OSCAM_SERVER);
	uint32_t first = count_sections(half->document);
	struct table labels;

	table_init(&labels, &written->arena, count_sections(document));
	for (uint32_t i = count_sections(document); document && i > 0; i--) {
		struct slice label = document_section_at(document, i - 1)->label;
		struct table_walk walk = table_find(&labels, slice_hash_nocase(label, 0));
		bool taken = false;
		while (!taken && table_next(&labels, &walk))
			taken = slice_equal_nocase(document_section_at(document, walk.number)->label, label);
		if (taken && document_section_at(document, walk.number)->section == SECTION_reader &&
			walk.number >= first && label.len > 0)
			return "a new reader has the label of another";
		if (!taken)
			table_add(&labels, slice_hash_nocase(label, 0), i - 1);
	}
	return NULL;
}

/* The lines that were not edited are all there, in their order, byte for byte; only a last line without an
 * end may have one now. */
static bool same_lines(const struct document *old, const struct document *new)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < old->lines.count; i++) {
		const struct document_line *line = document_line_at(old, i);
		bool found = line->edited;
		while (!found && at < new->lines.count) {
			struct slice text = document_line_at(new, at++)->text;
			found = slice_equal(text, line->text);
			if (!found && i == old->lines.count - 1)
				found = slice_starts(text, line->text) &&
					slice_equal(slice_skip(text, line->text.len), old->line_end);
		}
		if (!found)
			return false;
	}
	return true;
}

static const char *check_half(const struct merge *m, struct written *written, int which)
{
	const struct merge_half *half = &m->halves[which];
	const char *wrong = find_positions(m, written, which);

	for (uint32_t i = 0; !wrong && i < half->sections->count; i++)
		if (merge_section(half, i))
			wrong = check_ours(m, written, which, i);
	return wrong ? wrong : check_foreign(m, written, which);
}

static const char *check_written_services(const struct merge *m, struct written *written)
{
	const struct document *old = merge_document(m, OSCAM_SERVICES);
	const struct document *new = document_in(written, OSCAM_SERVICES);
	uint32_t count = 0;

	for (uint32_t i = 0; new &&i < new->sections.count; i++) {
		const struct document_section *section = document_section_at(new, i);
		if (section->section != SECTION_service)
			continue;
		/* if there are more services than OSCam takes, the existing ones stay */
		if (count < m->services.count ? !slice_equal(section->label, m->services.labels[count])
					      : !old || i >= old->sections.count)
			return "another service was expected";
		if (old && i < old->sections.count &&
			!same_settings(old, document_section_at(old, i), new, section))
			return "a service would be changed";
		count++;
	}
	return count < m->services.count ? "services are missing" : NULL;
}

static const char *check_conf(const struct merge *m, struct written *written)
{
	const struct document *document = document_in(written, OSCAM_CONF);
	bool seen[KEY_COUNT] = {false};

	for (uint32_t i = 0; document && i < document->settings.count; i++) {
		const struct document_setting *setting = list_at(&document->settings, i);
		if (schema_is_ranges((enum schema_key_id)setting->key) && seen[setting->key])
			return "a list of addresses would stand twice";
		seen[setting->key] = true;
	}
	for (uint32_t i = 0; i < m->conf.count; i++) {
		const struct merge_conf *set = list_at(&m->conf, i);
		const struct document_setting *setting = document_conf_setting(document, set->key);
		if (!setting ||
			!slice_equal(schema_read(set->key, setting->value, &written->arena), set->value))
			return "oscam.conf would not say what it has to";
	}
	return NULL;
}

static const char *check_rows(
	const struct merge *m, struct written *written, enum oscam_file file, const struct source *text)
{
	const struct source *old = m->existing.files[file];
	struct list missing;

	list_init(&missing, &written->arena, sizeof(struct row));
	if (old && (!text || !merge_keeps_rows(m, file, text->text)))
		return "lines that were there would be changed";
	if (text)
		merge_missing_rows((struct merge *)m, file, text, &missing);
	else
		missing.count = oscam_rows(m->model, file) ? oscam_rows(m->model, file)->count : 0;
	return missing.count > 0 ? "lines are missing" : NULL;
}

static const char *name_file(const struct merge *m, enum oscam_file file, const char *wrong)
{
	return wrong ? arena_format(m->arena, "%s: %s", target_file_name(m->existing.target, file), wrong).at
		     : NULL;
}

static const char *check_files(const struct merge *m, struct written *written, const struct existing *texts)
{
	const char *wrong = NULL;

	for (int file = 0; file < OSCAM_DVBAPI; file++) {
		const struct document *old = merge_document(m, (enum oscam_file)file);
		written->there[file] = texts->files[file] != NULL;
		if (written->there[file])
			document_read(&written->documents[file], &written->arena, (enum oscam_file)file,
				texts->files[file], m->existing.target);
		if (old && (!written->there[file] || !same_lines(old, &written->documents[file])))
			return name_file(m, (enum oscam_file)file, "lines that were there would be changed");
	}
	wrong = name_file(m, OSCAM_CONF, check_conf(m, written));
	if (!wrong)
		wrong = name_file(m, OSCAM_SERVER, check_half(m, written, MERGE_READERS));
	if (!wrong)
		wrong = name_file(m, OSCAM_SERVER, check_labels(m, written));
	if (!wrong)
		wrong = name_file(m, OSCAM_USER, check_half(m, written, MERGE_ACCOUNTS));
	if (!wrong)
		wrong = name_file(m, OSCAM_SERVICES, check_written_services(m, written));
	for (int file = OSCAM_DVBAPI; !wrong && file < OSCAM_FILE_COUNT; file++)
		wrong = name_file(m, (enum oscam_file)file,
			check_rows(m, written, (enum oscam_file)file, texts->files[file]));
	return wrong;
}

const char *merge_prove(const struct merge *merge, const struct existing *written)
{
	struct written read = {.there = {false}};

	arena_init(&read.arena);
	const char *wrong = check_files(merge, &read, written);
	if (!wrong)
		wrong = name_file(merge, OSCAM_USER, merge_prove_access(merge, &read));
	arena_free(&read.arena);
	return wrong;
}
