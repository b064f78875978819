/* Any bytes as an existing file of OSCam's; the first byte says which. What is checked beside crashes: it is
 * written back byte for byte, sections cover the lines and settings stand in them, the last setting of a key
 * counts, values stay when read again, and edits add up. */
#include <stdlib.h>

#include "cc2oscam/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* From here on OSCam cuts some values, and what it keeps can end with a blank that it would not read again.
 */
enum { SHORTEST_CUT = 64 };

static void require(bool fine)
{
	if (!fine)
		abort();
}

static struct slice write_document(const struct document *document, struct buffer *buffer)
{
	struct sink sink = buffer_sink(buffer);

	buffer->len = 0;
	require(document_write(document, &sink));
	return buffer_slice(buffer);
}

static void check_settings(const struct document *document, const struct document_section *section)
{
	for (uint32_t i = 0; i < section->setting_count; i++) {
		const struct document_setting *setting = list_at(&document->settings, section->setting + i);
		struct slice line = document_line_at(document, setting->line)->text;
		require(setting->line >= section->first && setting->line < section->end);
		require(setting->value.at >= line.at &&
			setting->value.at + setting->value.len <= line.at + line.len);
		require(schema_key((enum schema_key_id)setting->key)->section == section->section);
		require(document_setting(document, section, (enum schema_key_id)setting->key)->line >=
			setting->line);
	}
	for (uint32_t i = 0; i < section->counting_count; i++) {
		const struct document_setting *setting = document_counting(document, section, i);
		enum schema_key_id key = (enum schema_key_id)setting->key;
		struct slice value = document_value(document, section, key);
		require(document_setting(document, section, key) == setting);
		if (value.len > 0 && setting->value.len < SHORTEST_CUT)
			require(slice_equal(schema_read(key, value, document->arena), value));
		if (document->file == OSCAM_CONF)
			require(document_conf_setting(document, key) != NULL);
	}
}

static void check_sections(const struct document *document)
{
	uint32_t next = 0, setting = 0;

	require(document->sections.count > 0);
	for (uint32_t i = 0; i < document->sections.count; i++) {
		const struct document_section *section = document_section_at(document, i);
		require((section->header == DOCUMENT_NONE) == (i == 0));
		require(i == 0 || section->header == next++);
		require(section->first == next && section->end >= next);
		for (uint32_t k = section->first; k < section->end; k++)
			require(document_line_at(document, k)->section == i);
		require(section->setting == setting);
		require(section->label.len < 64 || document->file == OSCAM_CONF);
		check_settings(document, section);
		setting += section->setting_count;
		next = section->end;
	}
	require(next == document->lines.count && setting == document->settings.count);
}

static void check_places(const struct document *document)
{
	uint32_t number = 0, column = 1;

	for (uint32_t i = 0; i < document->lines.count; i++) {
		struct slice text = document_line_at(document, i)->text;
		struct place place = document_place(document, i);
		require(text.len > 0 && text.len <= OSCAM_LINE_MAX);
		number += column == 1;
		require(place.line == number && place.column == column);
		column = text.at[text.len - 1] == '\n' ? 1 : column + (uint32_t)text.len;
	}
	require(number == document->source->lines);
}

/* Each line in its own place, then a line in front of each and one behind all. */
static void check_edits(struct document *document, struct slice text, struct buffer *buffer)
{
	size_t room = text.len;

	for (uint32_t i = 0; i < document->lines.count; i += 2)
		document_replace(document, i, document_line_at(document, i)->text);
	require(slice_equal(write_document(document, buffer), text));
	for (uint32_t i = 0; i < document->lines.count; i++) {
		document_insert(document, i, SLICE("x\n"));
		document_insert(document, i, SLICE("\0y\n"));
		room += 5;
	}
	require(write_document(document, buffer).len == room);
	document_insert(document, document->lines.count, SLICE("[reader]\n"));
	if (text.len > 0 && text.at[text.len - 1] != '\n')
		room += document->line_end.len;
	require(write_document(document, buffer).len == room + 9);
	for (uint32_t i = 0; i < document->lines.count; i++)
		document_remove(document, i);
	require(write_document(document, buffer).len == (size_t)5 * document->lines.count + 9);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum oscam_file files[] = {OSCAM_CONF, OSCAM_SERVER, OSCAM_USER, OSCAM_SERVICES};
	struct buffer buffer = {0};
	struct document document;
	struct source source;
	struct arena arena;

	if (size == 0)
		return 0;
	struct slice text = {(const char *)data + 1, size - 1};
	arena_init(&arena);
	source_from_raw_text(&source, "oscam", text);
	document_read(&document, &arena, files[data[0] & 3], &source, NULL);
	require(slice_equal(write_document(&document, &buffer), text));
	check_sections(&document);
	check_places(&document);
	check_edits(&document, text, &buffer);
	buffer_free(&buffer);
	arena_free(&arena);
	return 0;
}
