/* A text read as one of OSCam's files, and what the tests ask of it. */
#ifndef CC2OSCAM_TESTS_DOCUMENT_HELP_H
#define CC2OSCAM_TESTS_DOCUMENT_HELP_H

#include "cc2oscam/document.h"

struct trial {
	struct arena arena;
	struct source source;
	struct document document;
};

static inline void trial_end(struct trial *trial)
{
	arena_free(&trial->arena);
}

/* Of what is all zero, or was started before. */
static inline void trial_start(struct trial *trial, enum oscam_file file, struct slice text)
{
	trial_end(trial);
	source_from_raw_text(&trial->source, oscam_file_name(file), text);
	document_read(&trial->document, &trial->arena, file, &trial->source, NULL);
}

static inline void assert_text(struct slice text, const char *expected)
{
	if (!slice_equal(text, slice_of(expected)))
		fail_msg("\"%.*s\" is not \"%s\"", SLICE_ARG(text), expected);
}

static inline struct document_section *section_at(const struct trial *trial, uint32_t index)
{
	assert_true(index < trial->document.sections.count);
	return document_section_at(&trial->document, index);
}

static inline void assert_value(
	const struct trial *trial, uint32_t section, enum schema_key_id key, const char *expected)
{
	assert_text(document_value(&trial->document, section_at(trial, section), key), expected);
}

static inline void assert_written(const struct trial *trial, struct slice expected)
{
	struct buffer buffer FREED_BY(buffer_free) = {0};
	struct sink sink = buffer_sink(&buffer);

	assert_true(document_write(&trial->document, &sink));
	if (!slice_equal(buffer_slice(&buffer), expected))
		fail_msg("\"%.*s\" is not \"%.*s\"", SLICE_ARG(buffer_slice(&buffer)), SLICE_ARG(expected));
}

/* Every line is in the section that covers it, behind a header or before the first; settings stand in their
 * section in the order of the lines, and point into them; the parts of the text are the text. */
static inline void assert_sound(const struct trial *trial)
{
	const struct document *document = &trial->document;
	const char *at = trial->source.text.at;
	uint32_t next = 0, setting = 0;

	for (uint32_t i = 0; i < document->sections.count; i++) {
		const struct document_section *section = document_section_at(document, i);
		assert_int_equal(section->header == DOCUMENT_NONE, i == 0);
		if (i > 0)
			assert_int_equal(section->header, next++);
		assert_int_equal(section->first, next);
		assert_true(section->end >= section->first);
		for (uint32_t k = i > 0 ? section->header : 0; k < section->end; k++)
			assert_int_equal(document_line_at(document, k)->section, i);
		next = section->end;
		assert_int_equal(section->setting, setting);
		for (uint32_t k = 0; k < section->setting_count; k++, setting++) {
			const struct document_setting *s = list_at(&document->settings, setting);
			assert_true(s->line >= section->first && s->line < section->end);
			struct slice text = document_line_at(document, s->line)->text;
			assert_true(
				s->value.at >= text.at && s->value.at + s->value.len <= text.at + text.len);
			assert_int_equal(schema_key((enum schema_key_id)s->key)->section, section->section);
		}
	}
	assert_int_equal(next, document->lines.count);
	assert_int_equal(setting, document->settings.count);
	for (uint32_t i = 0; i < document->lines.count; i++) {
		const struct document_line *line = document_line_at(document, i);
		assert_ptr_equal(line->text.at, at);
		assert_true(line->text.len > 0 && line->text.len <= OSCAM_LINE_MAX);
		at += line->text.len;
	}
	assert_int_equal(at - trial->source.text.at, trial->source.text.len);
}

#endif
