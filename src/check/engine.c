/* The engine that runs the checks of checks.def that are switched on. How they say what they find is in
 * say.c. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cc2oscam/remembered.h"
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

/* ---- what is remembered of earlier sets ---- */

enum { SCOPES = SCOPE_set + 1 };

/* Everything that decides which checks are run. */
struct choice {
	uint32_t oldest, newest, programs; /* of the target */
	uint32_t missing;                  /* files, as bits */
	bool folder, skip[CODE_COUNT];
};

/* The checks of one scope that are to be run on one file. */
struct plan {
	uint8_t at[CHECK_COUNT], count; /* numbers in `checks` */
};

struct plans {
	struct plan of[OSCAM_FILE_COUNT][SCOPES]; /* SCOPE_set: of the first file */
	bool any;
};

struct check_memory {
	bool planned;
	struct choice choice;
	struct plans plans;
	bool finds[CHECK_COUNT];  /* whether the check finds something in the present set */
	uint8_t known[KEY_COUNT]; /* enum knowledge + 1, or 0 */
	struct remembered clean;
	/* the members from here on, and the texts of `clean`, are not used where only one set is checked */
	struct outline outline; /* of a set that was checked; empty: of no set */
	struct plans finding;   /* the checks that found something in it */
};

struct check_memory *check_memory_new(void)
{
	return calloc(1, sizeof(struct check_memory));
}

static struct choice choice_of(const struct check_set *set)
{
	struct choice choice = {.folder = set->folder};

	if (set->target) {
		choice.oldest = set->target->oldest;
		choice.newest = set->target->newest;
		choice.programs = set->target->programs;
	}
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		choice.missing |= (uint32_t)(set->files[file] == NULL) << file;
	if (set->skip)
		memcpy(choice.skip, set->skip, sizeof choice.skip);
	return choice;
}

static bool is_chosen(const struct choice *choice, const struct check *check)
{
	const unsigned main_files = CONF | SERVER | USER, there = main_files & ~choice->missing;
	/* a single main file may belong into another folder: `convert --only` writes such files */
	bool whole = choice->folder && (there & (there - 1)) != 0;
	bool may =
		(check->needs & choice->missing) == 0 || (check->needs == SERVICES ? choice->folder : whole);
	const enum code *code = check->codes;

	while (*code != CODE_COUNT && choice->skip[*code])
		code++;
	return may && *code != CODE_COUNT &&
	       (check->scope != SCOPE_set || (check->files & choice->missing) == 0);
}

static void add_check(struct plans *plans, int number)
{
	const struct check *check = &checks[number];

	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct plan *plan = &plans->of[file][check->scope];
		if (check->scope == SCOPE_set ? file == 0 : check->files >> file & 1)
			plan->at[plan->count++] = (uint8_t)number;
	}
	plans->any = true;
}

/* Where other checks are to be run than before, what is remembered does not count any more. */
static void plan_checks(struct check_memory *memory, const struct check_set *set)
{
	struct choice choice = choice_of(set);
	const struct choice *last = &memory->choice;

	if (memory->planned && choice.oldest == last->oldest && choice.newest == last->newest &&
		choice.programs == last->programs && choice.missing == last->missing &&
		choice.folder == last->folder && memcmp(choice.skip, last->skip, sizeof choice.skip) == 0)
		return;
	memset(memory, 0, offsetof(struct check_memory, clean.texts));
	memory->planned = true;
	memory->choice = choice;
	for (int i = 0; i < CHECK_COUNT; i++)
		if (is_chosen(&choice, &checks[i]))
			add_check(&memory->plans, i);
	if (set->memory)
		memory->outline.len = 0;
}

/* Where the set is like the last one, only the checks that found something there are run. */
static const struct plans *choose_plans(
	struct check_memory *memory, const struct check_set *set, struct outline *outline)
{
	plan_checks(memory, set);
	memset(memory->finds, 0, sizeof memory->finds);
	if (!set->memory || !set->recurs)
		return &memory->plans;
	outline_set(outline, set);
	return outline_same(outline, &memory->outline) ? &memory->finding : &memory->plans;
}

static void keep_outline(struct check_memory *memory, const struct outline *outline)
{
	if (outline->len > OUTLINE_MOST)
		return;
	memory->outline.len = outline->len;
	memcpy(memory->outline.bytes, outline->bytes, outline->len);
	memory->finding = (struct plans){.any = false};
	for (int i = 0; i < CHECK_COUNT; i++)
		if (memory->finds[i])
			add_check(&memory->finding, i);
}

static void remember_clean(struct checking *c, enum schema_key_id key, struct slice value)
{
	/* a value that names other sections may be wrong in the next set */
	bool names_sections = key == KEY_account_au || names_services(key), alone = !c->set->memory;

	if (alone || !names_sections)
		remember(&c->memory->clean, key, value, alone);
}

enum knowledge known_key(const struct checking *c, enum schema_key_id key)
{
	uint8_t *known = &c->memory->known[key];

	if (*known == 0)
		*known = (uint8_t)(schema_knows(c->set->target, key) + 1);
	return (enum knowledge)(*known - 1);
}

/* ---- running them ---- */

static void note_found(struct checking *c, uint8_t number)
{
	c->memory->finds[number] |= c->found;
	c->found = false;
}

#define EACH_CHECK(plan, i, ...)                                                                             \
	for (unsigned i = 0; i < (plan)->count; note_found(c, (plan)->at[i++]))                              \
	checks[(plan)->at[i]].run.__VA_ARGS__

/* Whether OSCam drops the reader, and the value with it; but OSCam still warns of keys of hexadecimal digits.
 */
static bool is_dropped(const struct checking *c, const struct document_setting *at)
{
	const struct document_section *section =
		document_section_at(c->document, document_section_of(c->document, at->line));

	bool kept = section->held && section->label.len > 0 && section->protocol.len > 0;

	return section->section == SECTION_reader && !kept && at->key != KEY_reader_protocol &&
	       schema_key((enum schema_key_id)at->key)->type != TYPE_HEX;
}

/* Where nothing was found in a value, the same value of the same key is not checked again. */
static void run_setting(struct checking *c, const struct plan *plan, const struct document_setting *at)
{
	enum schema_key_id key = (enum schema_key_id)at->key;
	uint32_t before = c->file->ledger.findings.count;

	if (at->value.len == 0 || remembers(&c->memory->clean, key, at->value) || is_dropped(c, at) ||
		known_key(c, key) == KNOWN_BY_NONE)
		return;
	struct setting setting = {.at = at, .key = key, .value = without_comment(key, at->value)};
	EACH_CHECK(plan, i, setting(c, &setting));
	if (c->file->ledger.findings.count == before && c->marks[c->file->file].list.count == 0 &&
		c->plans == &c->memory->plans)
		remember_clean(c, key, at->value);
}

static void start_file(struct checking *c, struct check_file *file)
{
	ledger_init(&file->ledger, c->arena, &file->source);
	file->ledger.words = target_is_ncam(c->set->target) ? ncam_text : NULL;
	if (file->file > OSCAM_SERVICES)
		return;
	if (file->made) {
		if (c->plans->any)
			document_of_sections(
				&file->document, c->arena, file->file, file->made, c->set->target);
		return;
	}
	document_read(&file->document, c->arena, file->file, &file->source, c->set->target);
	read_marks(c, file);
}

static void run_file(struct checking *c, enum oscam_file file)
{
	const struct plan *plans = c->plans->of[file];
	const struct document *document;

	if (!look_at(c, file))
		return;
	if (!(document = c->document)) {
		struct line_walk walk = line_walk_start(&c->file->source);
		for (struct line line; line_walk_next(&walk, &line);)
			EACH_CHECK(&plans[SCOPE_row], i, row(c, &line));
		return;
	}
	for (uint32_t line = 0; line < document->lines.count; line++)
		EACH_CHECK(&plans[SCOPE_line], i, line(c, line));
	for (uint32_t section = 0; section < document->sections.count && plans[SCOPE_section].count > 0;
		section++)
		EACH_CHECK(&plans[SCOPE_section], i, section(c, document_section_at(document, section)));
	bool values = plans[SCOPE_key].count + plans[SCOPE_setting].count > 0;
	for (uint32_t number = 0; number < document->settings.count && values; number++) {
		const struct document_setting *at = list_at(&document->settings, number);
		struct setting setting = {.at = at, .key = (enum schema_key_id)at->key};
		EACH_CHECK(&plans[SCOPE_key], i, key(c, &setting));
		run_setting(c, &plans[SCOPE_setting], at);
	}
}

static void run_set(struct checking *c)
{
	for (int file = 0; file < OSCAM_FILE_COUNT && c->plans->any; file++)
		run_file(c, (enum oscam_file)file);
	EACH_CHECK(&c->plans->of[0][SCOPE_set], i, set(c));
}

void check_run(struct check_set *set)
{
	struct checking c = {.set = set, .arena = set->arena, .memory = set->memory};
	struct outline outline;

	if (!c.memory)
		c.memory = arena_zero(c.arena, offsetof(struct check_memory, clean.texts));
	c.plans = choose_plans(c.memory, set, &outline);
	find_group_readings(&c);
	list_init(&c.losses, c.arena, sizeof(struct loss));
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (set->files[file])
			start_file(&c, set->files[file]);
	run_set(&c);
	if (set->memory && set->recurs && c.plans == &c.memory->plans)
		keep_outline(c.memory, &outline);
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
