/* Runs the checks on the files that a conversion makes. See cc2oscam/judge.h. */
#include "cc2oscam/judge.h"

#include "cc2oscam/table.h"

/* Whether the conversion has a finding with this code at the line, or, with line 0, at no line. */
static bool was_said(const struct ledger *ledger, uint32_t line, enum code code)
{
	uint32_t at = line > 0 ? ledger->lines[line - 1].finding : ledger->conversion;

	while (at > 0) {
		const struct finding *finding = list_at(&ledger->findings, at - 1);
		if (at <= ledger->conversion && finding->place.line == line && finding->code == code)
			return true;
		at = line > 0 ? finding->previous : at - 1;
	}
	return false;
}

void judge_begin(const struct model *model, struct ledger *own)
{
	own->conversion = own->findings.count;
	for (uint32_t i = 0; i < model->sides.count; i++) {
		struct side_file *side = list_at(&model->sides, i);
		side->ledger.conversion = side->ledger.findings.count;
	}
}

void judge_say(struct ledger *ledger, struct place place, const struct finding *finding)
{
	if (was_said(ledger, place.line, finding->code))
		return;
	ledger_say(ledger, finding->code, place, finding->message)->hint = finding->hint;
}

/* Most sections of a large input differ in names only: label, device, user, password. If the names are plain,
 * the findings in such a section depend on its other keys only, and no two sections of a model have one name.
 * So the first section is checked for all of them, as long as nothing is found in it. */

/* ---- sections that stand for others ---- */

/* Sections with the same keys and the same values, except for names. */
struct kind_of_section {
	const struct section *first;
	uint32_t number; /* where in its list the first one is */
	bool several, open;
};

static uint64_t hash_of(const struct section *section)
{
	uint64_t hash = section->kind;

	for (unsigned i = 0; i < section->count; i++) {
		const struct entry *entry = &section->entries[i];
		bool name = key_is_name((enum schema_key_id)entry->key);
		hash = slice_hash((struct slice){entry->text, name ? 0 : entry->len}, hash + entry->key);
	}
	return hash;
}

struct alike {
	struct list kinds; /* struct kind_of_section */
	struct table table;
	uint32_t last; /* index + 1 of the kind that was asked for last, or 0 */
};

/* NULL: the section is the first one of its kind, and *hash is that of the kind. */
static struct kind_of_section *find_kind(struct alike *alike, const struct section *section, uint64_t *hash)
{
	struct kind_of_section *kind = alike->last > 0 ? list_at(&alike->kinds, alike->last - 1) : NULL;

	if (kind && section_same_but_names(kind->first, section))
		return kind;
	*hash = hash_of(section);
	table_each (walk, &alike->table, *hash) {
		kind = list_at(&alike->kinds, walk.number);
		alike->last = walk.number + 1;
		if (section_same_but_names(kind->first, section))
			return kind;
	}
	return NULL;
}

/* Adds the section to the list (struct made_section), unless an earlier one stands for it. All sections of
 * one list are added before those of the next list, and in the same order each time. */
static void alike_add(
	struct alike *alike, struct list *list, const struct section *section, struct place origin)
{
	struct kind_of_section *kind = NULL;
	uint64_t hash = 0;

	if (section->plain) {
		kind = find_kind(alike, section, &hash);
		if (!kind) {
			table_add(&alike->table, hash, alike->kinds.count);
			kind = list_add(&alike->kinds);
			kind->first = section;
		}
	}
	if (kind && kind->first == section)
		kind->number = list->count;
	if (kind && kind->first != section && !kind->open) {
		((struct made_section *)list_at(list, kind->number))->several = kind->several = true;
		return;
	}
	*(struct made_section *)list_add(list) = (struct made_section){section, origin, false};
}

/* From now on every section like this one is added. False: there is no other one, or all are added already.
 */
static bool alike_open(struct alike *alike, const struct section *section)
{
	uint64_t unused;
	struct kind_of_section *kind = section->plain ? find_kind(alike, section, &unused) : NULL;

	if (!kind || !kind->several || kind->open)
		return false;
	return kind->open = true;
}

/* ---- the checks on the sections of a model ---- */

struct judging {
	const struct model *model;
	struct ledger *own;
	struct alike alike;
	struct keys notes; /* what the notes of `own` and the side files say */
};

/* The sections that the checks have to look at. The column of an origin tells the section: its number in the
 * model + 1. */
static const struct list *made_sections(struct judging *j, const struct list *sections)
{
	struct list *made = arena_alloc(j->own->arena, sizeof *made);

	list_init(made, j->own->arena, sizeof(struct made_section));
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		if (section->kind == KIND_REMARK)
			continue;
		const struct ledger *ledger = model_ledger(j->model, j->own, section->source);
		struct place origin = {ledger->source, section->line, i + 1};
		alike_add(&j->alike, made, section, origin);
	}
	return made;
}

/* Runs the checks on the sections, without rendered files. */
static void run_checks(struct judging *j, struct check_set *set, const bool *files)
{
	for (int i = 0; i <= OSCAM_SERVICES; i++) {
		enum oscam_file file = (enum oscam_file)i;
		if (!files[file] || (file == OSCAM_SERVICES && j->model->services.count == 0))
			continue;
		struct check_file *made = set->files[file] = arena_alloc(j->own->arena, sizeof *made);
		made->file = file;
		made->mode = 0;
		made->made = made_sections(j, model_sections(j->model, file));
		source_from_raw_text(&made->source, target_file_name(&j->model->target, file), SLICE(""));
	}
	check_run(set);
}

/* Where something was found in a section that stands for others, the others are checked, too. */
static bool open_sections(struct judging *j, const struct check_set *set)
{
	bool opened = false;

	for (int file = 0; file <= OSCAM_SERVICES; file++) {
		const struct check_file *at = set->files[file];
		const struct list *sections = model_sections(j->model, (enum oscam_file)file);
		for (uint32_t i = 0; at && i < at->ledger.findings.count; i++) {
			const struct finding *finding = list_at(&at->ledger.findings, i);
			if (finding->place.column > 0)
				opened |= alike_open(&j->alike, list_at(sections, finding->place.column - 1));
		}
	}
	return opened;
}

static bool is_repeated_note(struct judging *j, const struct finding *finding)
{
	uint32_t count = j->notes.list.count;

	return code_info(finding->code)->severity <= SEVERITY_NOTE &&
	       keys_add(&j->notes, arena_format(j->own->arena, "%d %.*s", (int)finding->code,
					   SLICE_ARG(finding->message))) < count;
}

/* Where no line of the input is about a section of oscam.conf, a message that begins with a key must name the
 * section. */
static struct slice with_section(const struct judging *j, enum oscam_file file, const struct finding *finding)
{
	struct slice message = finding->message, word = {message.at, 0};

	if (file != OSCAM_CONF || finding->place.line > 0 || finding->place.column == 0)
		return message;
	const struct section *section = list_at(&j->model->conf, finding->place.column - 1);
	enum schema_section name = (enum schema_section)section->section;
	while (word.len < message.len && message.at[word.len] != ' ' && message.at[word.len] != ':')
		word.len++;
	return schema_find(name, word) == KEY_NONE ? message
						   : arena_format(j->own->arena, "[%s] %.*s",
							     schema_section_name(name), SLICE_ARG(message));
}

void judge_model(const struct model *model, struct ledger *own, const bool *files, const bool *skip,
	struct check_memory *memory)
{
	struct judging j = {.model = model, .own = own};
	struct check_set set = {.arena = own->arena,
		.skip = skip,
		.target = &model->target,
		.folder = true,
		.memory = memory,
		.recurs = true};

	keys_init(&j.notes, own->arena, 0);
	list_init(&j.alike.kinds, own->arena, sizeof(struct kind_of_section));
	table_init(&j.alike.table, own->arena, 0);
	run_checks(&j, &set, files);
	set.recurs = false;
	if (open_sections(&j, &set))
		run_checks(&j, &set, files);
	judge_begin(model, own);
	for (int file = 0; file <= OSCAM_SERVICES; file++)
		for (uint32_t i = 0; set.files[file] && i < set.files[file]->ledger.findings.count; i++) {
			struct finding *finding = list_at(&set.files[file]->ledger.findings, i);
			struct ledger *ledger = own;
			for (uint32_t k = 0; k < model->sides.count; k++) {
				struct side_file *side = list_at(&model->sides, k);
				if (&side->source == finding->place.source)
					ledger = &side->ledger;
			}
			finding->message = with_section(&j, (enum oscam_file)file, finding);
			if (!is_repeated_note(&j, finding))
				judge_say(ledger, (struct place){ledger->source, finding->place.line, 0},
					finding);
		}
}
