/* One whole merge in memory: a CCcam.cfg into the texts of existing files, to the proved new texts. */
#ifndef CC2OSCAM_TESTS_MERGE_HELP_H
#define CC2OSCAM_TESTS_MERGE_HELP_H

#include "convert_help.h"

#include "cc2oscam/merge.h"

/* The files of an OSCam; at == NULL: there is no such file. */
struct texts {
	struct slice of[OSCAM_FILE_COUNT];
};

struct merged {
	struct converted c;
	struct source old[OSCAM_FILE_COUNT], new[OSCAM_FILE_COUNT];
	struct existing existing, written;
	struct merge *merge;
	struct buffer files[OSCAM_FILE_COUNT];
	struct texts texts; /* the new ones; valid until merged_free */
	const char *wrong;  /* what the proof of the merge says */
};

static inline void merged_free(struct merged *m)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		buffer_free(&m->files[file]);
	converted_free(&m->c);
}

static inline void merge_existing(struct merged *m, const struct texts *texts)
{
	merged_free(m);
	memset(m, 0, sizeof *m);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		if (!texts->of[file].at)
			continue;
		source_from_raw_text(&m->old[file], "some/oscam", texts->of[file]);
		m->existing.files[file] = &m->old[file];
	}
}

static inline void merge_translated(struct merged *m, struct slice text, const struct choices *choices)
{
	struct choices all = choices ? *choices : choices_default();
	struct arena arena FREED_BY(arena_free) = {0};

	struct slice tuner = merge_tuner(&m->existing, &arena);
	struct list taken;
	list_init(&taken, &arena, sizeof(struct slice));
	merge_users(&m->existing, &arena, &taken);
	all.taken = &taken;
	if (tuner.len > 0)
		all.local_account = tuner;
	all.merging = m->existing.files[OSCAM_CONF] != NULL;
	translate_text(&m->c, text, &all);
	struct merge_choices numbers = {.first_group = all.first_group,
		.keep_numbers = all.groups == GROUPS_PER_PROTOCOL,
		.tvheadend = all.profile == PROFILE_TVHEADEND,
		.set_keys = all.set_keys,
		.set_count = all.set_count};
	m->merge = merge_plan(&m->c.model, &m->c.ledger, &m->existing, &numbers);
	translate_drop_lines(&m->c.ledger);
}

static inline void write_merged(struct merged *m, enum oscam_file file)
{
	struct sink sink = buffer_sink(&m->files[file]);

	assert_true(merge_write(m->merge, file, &sink));
	if (!m->existing.files[file] && m->files[file].len == 0)
		return;
	buffer_add(&m->files[file], "", 0);
	m->texts.of[file] = m->files[file].len > 0 ? buffer_slice(&m->files[file]) : SLICE("");
	source_from_raw_text(&m->new[file], "some/oscam", m->texts.of[file]);
	m->written.files[file] = &m->new[file];
}

/* Renders what is new, puts it in, and proves both. */
static inline void merge_files(struct merged *m)
{
	struct converted *c = &m->c;
	struct proof *proof = proof_new(&c->arena, NULL);

	c->emission.model = merge_fresh(m->merge);
	assert_true(emit_templates(&c->arena, NULL, &c->templates, &c->error));
	c->emission.templates = c->templates;
	c->proved = true;
	for (int file = 0; file < OSCAM_FILE_COUNT && c->proved; file++) {
		struct sink sink = buffer_sink(&c->files[file]);
		if (emit_has(&c->emission, (enum oscam_file)file))
			c->proved = emit_proved(&c->emission, (enum oscam_file)file, proof, &sink, &c->error);
		merge_append(m->merge, (enum oscam_file)file, buffer_slice(&c->files[file]));
		write_merged(m, (enum oscam_file)file);
	}
	if (!c->proved)
		print_error("%s:%u: %.*s\n", c->error.place.name, c->error.place.line,
			SLICE_ARG(c->error.message));
	m->wrong = merge_prove(m->merge, &m->written);
}

/* Of what is all zero, or was merged before. merged_free afterwards; the texts have to stay until then. */
static inline void merge_try(
	struct merged *m, struct slice text, const struct texts *texts, const struct choices *choices)
{
	merge_existing(m, texts);
	merge_translated(m, text, choices);
	merge_files(m);
}

/* The same, and everything must be proved. */
static inline void merge_into(
	struct merged *m, struct slice text, const struct texts *texts, const struct choices *choices)
{
	merge_try(m, text, texts, choices);
	assert_true(m->c.proved);
	assert_null(m->wrong);
}

/* A computer without a tuner: nothing is added for a tuner. */
static inline struct choices choices_of_server(void)
{
	struct choices choices = choices_default();

	choices.profile = PROFILE_SERVER;
	return choices;
}

/* Whether the new text of a file is the existing one, byte for byte; of a new file: whether it has no text.
 */
static inline bool is_unchanged(const struct merged *m, enum oscam_file file)
{
	const struct source *old = m->existing.files[file];

	return slice_equal(buffer_slice(&m->files[file]), old ? old->text : SLICE(""));
}

/* The new text of one file as a string. */
static inline const char *merged_text(struct merged *m, enum oscam_file file)
{
	return arena_copy(&m->c.arena, m->texts.of[file]).at;
}

/* Into an oscam.server and an oscam.user; NULL: there is none. */
static inline void merge_two(struct merged *m, const char *cccam, const char *server, const char *user)
{
	struct texts texts = {{{NULL, 0}}};

	if (server)
		texts.of[OSCAM_SERVER] = slice_of(server);
	if (user)
		texts.of[OSCAM_USER] = slice_of(user);
	merge_into(m, slice_of(cccam), &texts, NULL);
}

/* Into one file of another kind. */
static inline void merge_one(struct merged *m, const char *cccam, enum oscam_file file, const char *text,
	const struct choices *choices)
{
	struct texts texts = {{{NULL, 0}}};

	texts.of[file] = slice_of(text);
	merge_into(m, slice_of(cccam), &texts, choices);
}

static inline bool has_finding(const struct merged *m, enum code code, uint32_t line)
{
	for (uint32_t i = 0; i < m->c.ledger.findings.count; i++) {
		const struct finding *finding = list_at(&m->c.ledger.findings, i);
		if (finding->code == code && finding->place.line == line)
			return true;
	}
	return false;
}

/* The message of the first finding with this code; "" when there is none. */
static inline const char *message_of(struct merged *m, enum code code)
{
	for (uint32_t i = 0; i < m->c.ledger.findings.count; i++) {
		const struct finding *finding = list_at(&m->c.ledger.findings, i);
		if (finding->code == code)
			return arena_copy(&m->c.arena, finding->message).at;
	}
	return "";
}

#endif
