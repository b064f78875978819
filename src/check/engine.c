/* The engine that runs the checks of checks.def that are switched on. How they say what they find is in
 * say.c. */
#include <stdlib.h>
#include <string.h>

#include "checks.h"

enum scope { SCOPE_line, SCOPE_key, SCOPE_setting, SCOPE_section, SCOPE_row, SCOPE_set };

enum {
	CONF = 1 << OSCAM_CONF,
	SERVER = 1 << OSCAM_SERVER,
	USER = 1 << OSCAM_USER,
	SERVICES = 1 << OSCAM_SERVICES,
	SECTIONS = CONF | SERVER | USER | SERVICES,
	DVBAPI = 1 << OSCAM_DVBAPI,
	SRVID = 1 << OSCAM_SRVID,
	SRVID2 = 1 << OSCAM_SRVID2,
	NAMES = 1 << OSCAM_PROVID | SRVID | SRVID2
};

/* A row of checks.def. */
struct check {
	const enum code *codes; /* CODE_COUNT ends them */
	uint8_t files, needs;
	enum scope scope;
	union {
		line_check *line;
		key_check *key;
		setting_check *setting;
		section_check *section;
		row_check *row;
		set_check *set;
	} run;
};

static const struct check checks[] = {
#define CC2OSCAM_CHECK(scope_, function_, files_, needs_, ...)                                               \
	{.codes = (const enum code[]){__VA_ARGS__, CODE_COUNT},                                              \
		.files = (files_),                                                                           \
		.needs = (needs_),                                                                           \
		.scope = SCOPE_##scope_,                                                                     \
		.run = {.scope_ = function_}},
#define CC2OSCAM_CODE(...)
#include "cc2oscam/checks.def"
#undef CC2OSCAM_CODE
#undef CC2OSCAM_CHECK
};

enum { CHECK_COUNT = sizeof checks / sizeof *checks };

/* ---- what was found clean before ---- */

/* Longer values are rare. */
enum { REMEMBERED_MOST = 128 };

struct check_memory {
	struct target target;
	bool skip[CODE_COUNT], chosen[CHECK_COUNT];
	struct slice clean[KEY_COUNT];
	char texts[KEY_COUNT][REMEMBERED_MOST];
};

struct check_memory *check_memory_new(void)
{
	return calloc(1, sizeof(struct check_memory));
}

/* What was looked at in another way says nothing now. */
static struct slice *recall(struct check_memory *memory, const struct check_set *set, const bool *chosen)
{
	static const struct target any = {.programs = 0};
	static const bool nothing[CODE_COUNT] = {false};
	const struct target *target = set->target ? set->target : &any;
	const bool *skip = set->skip ? set->skip : nothing;

	if (target->oldest == memory->target.oldest && target->newest == memory->target.newest &&
		target->programs == memory->target.programs &&
		memcmp(skip, memory->skip, sizeof memory->skip) == 0 &&
		memcmp(chosen, memory->chosen, sizeof memory->chosen) == 0)
		return memory->clean;
	memset(memory->clean, 0, sizeof memory->clean);
	memory->target = *target;
	memcpy(memory->skip, skip, sizeof memory->skip);
	memcpy(memory->chosen, chosen, sizeof memory->chosen);
	return memory->clean;
}

static void remember(struct checking *c, enum schema_key_id key, struct slice value)
{
	struct check_memory *memory = c->set->memory;

	/* what is looked up in other sections says nothing of the next set */
	bool names_sections = key == KEY_account_au || names_services(key);

	if (memory && (value.len > REMEMBERED_MOST || names_sections))
		return;
	c->clean[key] = value;
	if (memory)
		c->clean[key].at = memcpy(memory->texts[key], value.at, value.len);
}

/* The checks of one scope that are to be run on one file. */
struct plan {
	const struct check *at[CHECK_COUNT];
	unsigned count;
};

static bool is_on(const struct check_set *set, const struct check *check)
{
	const enum code *code = check->codes;

	while (set->skip && *code != CODE_COUNT && set->skip[*code])
		code++;
	return *code != CODE_COUNT;
}

/* What is asked of the set is asked once, and then of many checks. */
static void choose_checks(const struct check_set *set, bool chosen[CHECK_COUNT])
{
	unsigned missing = 0, main_files = 0;

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		missing |= (unsigned)(set->files[file] == NULL) << file;
	for (int file = OSCAM_CONF; file <= OSCAM_USER; file++)
		main_files += set->files[file] != NULL;
	/* one of the main files alone is on its way into another folder, as `convert --only` writes it */
	bool whole = set->folder && main_files > 1;
	for (int i = 0; i < CHECK_COUNT; i++) {
		const struct check *check = &checks[i];
		bool may = (check->needs & missing) == 0 || (check->needs == SERVICES ? set->folder : whole);
		bool here = check->scope != SCOPE_set || (check->files & missing) == 0;
		chosen[i] = may && here && is_on(set, check);
	}
}

static struct plan plan_for(const struct checking *c, enum scope scope)
{
	struct plan plan;

	plan.count = 0;
	for (int i = 0; i < CHECK_COUNT; i++)
		if (c->chosen[i] && checks[i].scope == scope &&
			(scope == SCOPE_set || (checks[i].files >> c->file->file & 1)))
			plan.at[plan.count++] = &checks[i];
	return plan;
}

/* OSCam drops the whole reader, and so what it would make of its values; it warns of keys all the same. */
static bool is_dropped(const struct checking *c, const struct document_setting *at)
{
	const struct document_section *section =
		document_section_at(c->document, document_section_of(c->document, at->line));

	bool kept = section->held && section->label.len > 0 && section->protocol.len > 0;

	return section->section == SECTION_reader && !kept && at->key != KEY_reader_protocol &&
	       schema_key((enum schema_key_id)at->key)->type != TYPE_HEX;
}

/* A value in which nothing was found needs no second look where the same key has it again. */
static void run_setting(struct checking *c, const struct plan *plan, const struct document_setting *at)
{
	enum schema_key_id key = (enum schema_key_id)at->key;
	uint32_t before = c->file->ledger.findings.count;

	if (at->value.len == 0 || slice_equal(at->value, c->clean[key]) || is_dropped(c, at) ||
		schema_knows(c->set->target, key) == KNOWN_BY_NONE)
		return;
	struct setting setting = {.at = at, .key = key, .value = without_comment(key, at->value)};
	for (unsigned i = 0; i < plan->count; i++)
		plan->at[i]->run.setting(c, &setting);
	if (c->file->ledger.findings.count == before && c->marks[c->file->file].list.count == 0)
		remember(c, key, at->value);
}

static void run_settings(struct checking *c)
{
	struct plan keys = plan_for(c, SCOPE_key), settings = plan_for(c, SCOPE_setting);

	for (uint32_t i = 0; i < c->document->settings.count; i++) {
		const struct document_setting *at = list_at(&c->document->settings, i);
		struct setting setting = {.at = at, .key = (enum schema_key_id)at->key};
		for (unsigned k = 0; k < keys.count; k++)
			keys.at[k]->run.key(c, &setting);
		run_setting(c, &settings, at);
	}
}

static void run_rows(struct checking *c)
{
	struct plan plan = plan_for(c, SCOPE_row);
	struct line_walk walk = line_walk_start(&c->file->source);
	struct line line;

	while (line_walk_next(&walk, &line))
		for (unsigned i = 0; i < plan.count; i++)
			plan.at[i]->run.row(c, &line);
}

static void start_file(struct checking *c, struct check_file *file)
{
	ledger_init(&file->ledger, c->arena, &file->source);
	file->ledger.words = target_is_ncam(c->set->target) ? ncam_text : NULL;
	if (file->file > OSCAM_SERVICES || file->made)
		return;
	document_read_for(&file->document, c->arena, file->file, &file->source, c->set->target);
	read_marks(c, file);
}

static void run_file(struct checking *c, enum oscam_file file)
{
	if (!look_at(c, file))
		return;
	if (!c->document) {
		run_rows(c);
		return;
	}
	struct plan lines = plan_for(c, SCOPE_line), sections = plan_for(c, SCOPE_section);
	for (uint32_t line = 0; line < c->document->lines.count; line++)
		for (unsigned i = 0; i < lines.count; i++)
			lines.at[i]->run.line(c, line);
	for (uint32_t section = 0; section < c->document->sections.count; section++)
		for (unsigned i = 0; i < sections.count; i++)
			sections.at[i]->run.section(c, document_section_at(c->document, section));
	run_settings(c);
}

void check_run(struct check_set *set)
{
	bool chosen[CHECK_COUNT];
	struct checking c = {.set = set, .arena = set->arena, .chosen = chosen};

	choose_checks(set, chosen);
	list_init(&c.losses, c.arena, sizeof(struct loss));
	c.clean = set->memory ? recall(set->memory, set, chosen)
			      : arena_zero(c.arena, KEY_COUNT * sizeof *c.clean);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (set->files[file])
			start_file(&c, set->files[file]);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		run_file(&c, (enum oscam_file)file);
	struct plan plan = plan_for(&c, SCOPE_set);
	for (unsigned i = 0; i < plan.count; i++)
		plan.at[i]->run.set(&c);
}

enum oscam_file check_recognise(const struct source *source)
{
	static const enum oscam_file files[] = {OSCAM_SERVER, OSCAM_USER, OSCAM_CONF};
	struct line_walk walk = line_walk_start(source);
	struct line line;

	while (line_walk_next(&walk, &line)) {
		struct slice text = slice_trim(oscam_trim(line.text));
		if (text.len < 3 || text.at[0] != '[')
			continue;
		struct slice name = slice_skip(text, 1);
		name = slice_cut(&name, ']');
		for (size_t i = 0; i < sizeof files / sizeof *files; i++)
			if (schema_find_section(files[i], name) != SECTION_NONE)
				return files[i];
	}
	return OSCAM_FILE_COUNT;
}
