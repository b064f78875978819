/* An existing file, line by line as OSCam reads it, and its sections. What OSCam keeps of readers and
 * accounts is in document_keep.c, edits are in document_edit.c. */
#include "cc2oscam/document.h"

#include <string.h>

#include "cc2oscam/model.h"

/* A line as fgets reads it: up to a line feed, or as much as fits into OSCam's buffer. */
static struct slice next_line(struct slice *rest)
{
	size_t most = rest->len < OSCAM_LINE_MAX ? rest->len : OSCAM_LINE_MAX;
	const char *feed = memchr(rest->at, '\n', most);
	struct slice line = {rest->at, feed ? (size_t)(feed - rest->at) + 1 : most};

	rest->at += line.len;
	rest->len -= line.len;
	return line;
}

bool section_begins(const struct document_line *line)
{
	return line->read.event == OSCAM_SECTION || line->read.event == OSCAM_UNKNOWN_SECTION;
}

static struct document_section *add_section(
	struct document *document, enum schema_section name, uint32_t header)
{
	struct document_section *section = list_add(&document->sections);

	section->section = name;
	section->header = header;
	section->first = header == DOCUMENT_NONE ? 0 : header + 1;
	section->end = section->first;
	section->setting = document->settings.count;
	section->counting = document->counting.count;
	return section;
}

/* A later setting takes the place of an earlier one of this section. */
static void count_setting(
	struct document *document, struct document_section *section, enum schema_key_id key, uint32_t index)
{
	uint32_t *latest = &document->latest[key - document->first_key];

	if (*latest <= section->counting) {
		list_add(&document->counting);
		*latest = document->counting.count;
		section->counting_count++;
	}
	*(struct document_count *)list_at(&document->counting, *latest - 1) =
		(struct document_count){index, (uint16_t)key};
}

/* The line belongs to the present section, or begins the next one. */
static void take_line(struct document *document, uint32_t index)
{
	struct document_line *line = document_line_at(document, index);
	uint32_t current = document->sections.count - 1;

	if (section_begins(line)) {
		struct document_section *section = add_section(document, line->read.section, index);
		if (document->file == OSCAM_SERVICES)
			line->read.name = arena_copy(document->arena, line->read.name);
		section->name = line->read.name;
		line->section = current + 1;
		return;
	}
	struct document_section *section = document_section_at(document, current);
	line->section = current;
	section->end = index + 1;
	if (line->read.event != OSCAM_SETTING)
		return;
	*(struct document_setting *)list_add(&document->settings) =
		(struct document_setting){line->read.value, index, (uint16_t)line->read.key};
	section->setting_count++;
	count_setting(document, section, line->read.key, document->settings.count - 1);
}

static void read_lines(struct document *document)
{
	struct slice rest = document->source->text;
	struct oscam_reading reading;
	uint32_t number = 1, column = 1;

	oscam_reading_start(&reading, document->file);
	add_section(document, document->file == OSCAM_CONF ? SECTION_global : SECTION_NONE, DOCUMENT_NONE);
	while (rest.len > 0) {
		struct slice text = next_line(&rest);
		struct document_line *line = list_add(&document->lines);
		bool ends = text.at[text.len - 1] == '\n';
		*line = (struct document_line){.text = text, .number = number, .column = column};
		line->read = oscam_reading_line(&reading, text);
		take_line(document, document->lines.count - 1);
		column = ends ? 1 : column + (uint32_t)text.len;
		number += ends;
	}
}

static void start(struct document *document, struct arena *arena, enum oscam_file file,
	const struct source *source, const struct target *target)
{
	size_t keys;

	*document = (struct document){.arena = arena, .source = source, .target = target, .file = file};
	list_init(&document->lines, arena, sizeof(struct document_line));
	list_init(&document->sections, arena, sizeof(struct document_section));
	list_init(&document->settings, arena, sizeof(struct document_setting));
	list_init(&document->counting, arena, sizeof(struct document_count));
	list_init(&document->rest, arena, sizeof(struct slice));
	list_init(&document->further, arena, sizeof(struct document_further));
	document->first_key = schema_file_keys(file, &keys);
	document->latest = arena_zero(arena, keys * sizeof *document->latest);
}

void document_read(struct document *document, struct arena *arena, enum oscam_file file,
	const struct source *source, const struct target *target)
{
	start(document, arena, file, source, target);
	document->line_end = source_line_end(source);
	read_lines(document);
	document_keep(document);
}

static void take_section(struct document *document, const struct made_section *at)
{
	const struct section *section = at->section;
	uint32_t index = document->sections.count;
	struct document_section *made = add_section(document, (enum schema_section)section->section, index);

	made->name = section->section == SECTION_service
			     ? service_label(section)
			     : slice_of(schema_section_name((enum schema_section)section->section));
	made->setting_count = section->count;
	made->several = at->several;
	for (unsigned i = 0; i < section->count; i++) {
		const struct entry *entry = &section->entries[i];
		*(struct document_setting *)list_add(&document->settings) =
			(struct document_setting){{entry->text, entry->len}, index, entry->key};
		count_setting(document, made, (enum schema_key_id)entry->key, document->settings.count - 1);
	}
}

void document_of_sections(struct document *document, struct arena *arena, enum oscam_file file,
	const struct list *sections, const struct target *target)
{
	start(document, arena, file, NULL, target);
	document->made = sections;
	for (uint32_t i = 0; i < sections->count; i++)
		take_section(document, list_at(sections, i));
	document_keep(document);
}

uint32_t document_count(const struct source *source, const struct target *target, enum oscam_file file,
	enum schema_section section)
{
	struct arena arena;
	struct document document;
	uint32_t count = 0;

	arena_init(&arena);
	document_read(&document, &arena, file, source, target);
	for (uint32_t i = 0; i < document.sections.count; i++) {
		const struct document_section *at = document_section_at(&document, i);
		count += at->section == section && at->held;
	}
	arena_free(&arena);
	return count;
}

struct document_section *document_section_at(const struct document *document, uint32_t index)
{
	return list_at(&document->sections, index);
}

struct document_line *document_line_at(const struct document *document, uint32_t index)
{
	return list_at(&document->lines, index);
}

uint32_t document_section_of(const struct document *document, uint32_t line)
{
	return document->made ? line : document_line_at(document, line)->section;
}

struct place document_place(const struct document *document, uint32_t line)
{
	if (document->made)
		return ((const struct made_section *)list_at(document->made, line))->origin;
	const struct document_line *at = document_line_at(document, line);

	return (struct place){document->source, at->number, at->column};
}

static const struct document_setting *counting_at(const struct document *document, uint32_t number)
{
	const struct document_count *count = list_at(&document->counting, number);

	return list_at(&document->settings, count->setting);
}

const struct document_setting *document_counting(
	const struct document *document, const struct document_section *section, uint32_t number)
{
	return counting_at(document, section->counting + number);
}

const struct document_setting *document_setting(
	const struct document *document, const struct document_section *section, enum schema_key_id key)
{
	for (uint32_t i = 0; i < section->counting_count; i++) {
		const struct document_count *count = list_at(&document->counting, section->counting + i);
		if (count->key == key)
			return list_at(&document->settings, count->setting);
	}
	return NULL;
}

/* The model's values are as OSCam writes them: they need no reading. */
static struct slice held(
	const struct document *document, enum schema_key_id key, const struct document_setting *setting)
{
	if (document->made && setting && setting->value.len > 0)
		return setting->value;
	return schema_read_losses(key, setting ? setting->value : (struct slice){NULL, 0}, document->target,
		document->arena, NULL);
}

struct slice document_value(
	const struct document *document, const struct document_section *section, enum schema_key_id key)
{
	return held(document, key, document_setting(document, section, key));
}

struct slice document_conf_value(const struct document *document, enum schema_key_id key)
{
	const struct document_setting *setting = document_conf_setting(document, key);

	return setting ? held(document, key, setting) : SLICE("");
}

const struct document_setting *document_conf_setting(const struct document *document, enum schema_key_id key)
{
	uint32_t latest = document->latest[key - document->first_key];

	return latest ? counting_at(document, latest - 1) : NULL;
}
