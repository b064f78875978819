/* One whole conversion in memory, from the text of a CCcam.cfg to the proved text of the four files, for
 * tests that look at what comes out. */
#ifndef CC2OSCAM_TESTS_CONVERT_HELP_H
#define CC2OSCAM_TESTS_CONVERT_HELP_H

#include "unit.h"
#include <string.h>

#include "cc2oscam/emit.h"
#include "cc2oscam/translate.h"

enum { FOUR_FILES = OSCAM_FILE_COUNT };

struct converted {
	struct arena arena;
	struct source source;
	struct ledger ledger;
	struct choices choices;
	struct model model;
	struct template_set *templates;
	struct emission emission;
	struct buffer files[FOUR_FILES];
	struct template_error error; /* of the file whose proof failed */
	bool proved;
};

/* Some of the choices that a user may make, by the bits of the number. */
static inline struct choices some_choices(uint64_t number)
{
	struct choices choices = choices_default();

	choices.profile = number & 1 ? PROFILE_SERVER : PROFILE_RECEIVER;
	choices.tolerant = number & 2;
	choices.reshare_widest = number & 4;
	choices.notes_filter = number & 8;
	choices.disabled_convert = number & 16;
	choices.expiry_convert = number & 32;
	choices.groups = (uint8_t)(number % 3);
	choices.first_group = number % 5 == 0 ? 62 : 1;
	return choices;
}

static inline void converted_free(struct converted *c)
{
	for (int file = 0; file < FOUR_FILES; file++)
		buffer_free(&c->files[file]);
	arena_free(&c->arena);
}

/* Translates only, into what is all zero or was converted before. converted_free afterwards; the text has to
 * stay until then. */
static inline void translate_text(struct converted *c, struct slice text, const struct choices *choices)
{
	converted_free(c);
	memset(c, 0, sizeof *c);
	source_from_text(&c->source, "some/CCcam.cfg", text);
	c->choices = choices ? *choices : choices_default();
	ledger_init(&c->ledger, &c->arena, &c->source);
	model_init(&c->model, &c->arena);
	translate(&c->ledger, &c->choices, &c->model);
	c->emission = (struct emission){.model = &c->model, .ledger = &c->ledger, .comments = true};
}

/* Renders and proves all files with the templates of c->emission, or the built-in ones. */
static inline bool prove_converted(struct converted *c)
{
	struct proof *proof = proof_new(&c->arena, NULL);

	if (!c->emission.templates) {
		assert_true(emit_templates(&c->arena, NULL, &c->templates, &c->error));
		c->emission.templates = c->templates;
	}
	c->proved = true;
	for (int file = 0; file < FOUR_FILES && c->proved; file++) {
		struct sink sink = buffer_sink(&c->files[file]);
		buffer_free(&c->files[file]);
		if (emit_has(&c->emission, (enum oscam_file)file))
			c->proved = emit_proved(&c->emission, (enum oscam_file)file, proof, &sink, &c->error);
	}
	return c->proved;
}

static inline void convert_slice(struct converted *c, struct slice text, const struct choices *choices)
{
	translate_text(c, text, choices);
	if (!prove_converted(c))
		print_error("%s:%u: %.*s\n", c->error.place.name, c->error.place.line,
			SLICE_ARG(c->error.message));
}

/* The proof must succeed. */
static inline void convert_text(struct converted *c, const char *text)
{
	convert_slice(c, slice_of(text), NULL);
	assert_true(c->proved);
}

/* The text of one file as a string in the arena. */
static inline const char *file_text(struct converted *c, enum oscam_file file)
{
	return arena_copy(&c->arena, buffer_slice(&c->files[file])).at;
}

static inline enum fate fate_of(const struct converted *c, uint32_t line)
{
	return (enum fate)c->ledger.lines[line - 1].fate;
}

/* The codes of a line's findings in their order, with blanks between; of the whole file for line 0. */
static inline const char *codes_of_line(struct converted *c, uint32_t line)
{
	struct slice text = SLICE("");

	for (uint32_t i = 0; i < c->ledger.findings.count; i++) {
		const struct finding *finding = list_at(&c->ledger.findings, i);
		if (finding->place.line == line)
			text = arena_format(&c->arena, "%.*s%s%s", SLICE_ARG(text), text.len > 0 ? " " : "",
				code_info(finding->code)->name);
	}
	return text.at;
}

/* The n-th reader, account or service, remarks not counted; NULL behind the last. */
static inline const struct section *section_number(const struct list *list, uint32_t number)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct section *section = list_at(list, i);
		if (section->kind != KIND_REMARK && number-- == 0)
			return section;
	}
	return NULL;
}

/* A key of a section as a string in the arena; "" when it is not set. */
static inline const char *key_text(struct converted *c, const struct section *section, enum schema_key_id key)
{
	return arena_copy(&c->arena, section_get(section, key)).at;
}

#endif
