/* Compares two states of a file by what OSCam keeps of them. See compare.h. */
#include "cc2oscam/compare.h"

#include "cc2oscam/document.h"
#include "cc2oscam/rows.h"
#include "cc2oscam/table.h"
#include "values.h"

/* The sections or rows of one text, by name. */
struct side {
	struct document document; /* of a file with sections */
	struct list rows;         /* struct slice: the lines of a file without sections */
	struct keys names;
	uint32_t *first; /* by name: its first section or row that is not matched yet, or DOCUMENT_NONE */
	uint32_t *next;  /* by section or row: the next one with this name */
	bool *used;
	uint32_t count;
};

static struct slice name_of(const struct side *side, bool rows, uint32_t index)
{
	if (rows)
		return *(const struct slice *)list_at(&side->rows, index);
	return document_section_at(&side->document, index)->label;
}

static bool counts(const struct side *side, bool rows, uint32_t index)
{
	if (rows)
		return true;
	const struct document_section *section = document_section_at(&side->document, index);
	return section->held && (section->header != DOCUMENT_NONE || section->setting_count > 0);
}

static void read_rows(struct side *side, struct arena *arena, const struct source *source)
{
	struct line_walk walk = line_walk_start(source);
	struct line line;

	list_init(&side->rows, arena, sizeof(struct slice));
	while (line_walk_next(&walk, &line)) {
		struct slice text = oscam_trim(line.text);
		if (text.len > 0 && text.at[0] != '#')
			*(struct slice *)list_add(&side->rows) = text;
	}
	side->count = side->rows.count;
}

static void read_side(struct side *side, struct arena *arena, enum oscam_file file,
	const struct source *source, const struct target *target)
{
	bool rows = oscam_has_rows(file);

	*side = (struct side){.count = 0};
	if (rows) {
		read_rows(side, arena, source);
	} else {
		document_read(&side->document, arena, file, source, target);
		side->count = side->document.sections.count;
	}
	keys_init(&side->names, arena, side->count);
	side->first = arena_array(arena, side->count, sizeof *side->first);
	side->next = arena_array(arena, side->count, sizeof *side->next);
	side->used = arena_zero(arena, side->count * sizeof *side->used);
}

/* From the last to the first, for each one is put in front of its chain. */
static void index_side(struct side *side, bool rows)
{
	for (uint32_t i = side->count; i > 0; i--) {
		if (!counts(side, rows, i - 1))
			continue;
		uint32_t before = side->names.list.count;
		uint32_t name = keys_add(&side->names, name_of(side, rows, i - 1));
		side->next[i - 1] = name == before ? DOCUMENT_NONE : side->first[name];
		side->first[name] = i - 1;
	}
}

/* The first section or row of this name that is not matched yet. */
static bool take(struct side *side, struct slice name, uint32_t *found)
{
	uint32_t number = keys_find(&side->names, name);

	if (number == KEYS_NONE || side->first[number] == DOCUMENT_NONE)
		return false;
	*found = side->first[number];
	side->first[number] = side->next[*found];
	side->used[*found] = true;
	return true;
}

static bool has_all(const struct side *side, const struct document_section *section, const struct side *other,
	const struct document_section *same)
{
	for (uint32_t i = 0; i < section->counting_count; i++) {
		const struct document_setting *setting = document_counting(&side->document, section, i);
		enum schema_key_id key = (enum schema_key_id)setting->key;
		if (!slice_equal(document_value(&side->document, section, key),
			    document_value(&other->document, same, key)))
			return false;
	}
	return true;
}

void changes_add(struct changes *changes, struct arena *arena, enum oscam_file file,
	const struct source *old_text, const struct source *new_text)
{
	static const enum change_kind kinds[] = {[OSCAM_CONF] = CHANGE_SECTION,
		[OSCAM_SERVER] = CHANGE_READER,
		[OSCAM_USER] = CHANGE_ACCOUNT,
		[OSCAM_SERVICES] = CHANGE_SERVICE};
	bool rows = oscam_has_rows(file);
	enum change_kind kind = rows ? CHANGE_ROW : kinds[file];
	struct side old, new;

	read_side(&old, arena, file, old_text, changes->target);
	read_side(&new, arena, file, new_text, changes->target);
	index_side(&old, rows);
	for (uint32_t i = 0; i < new.count; i++) {
		uint32_t found = 0;
		if (!counts(&new, rows, i))
			continue;
		if (!take(&old, name_of(&new, rows, i), &found)) {
			changes->added[kind]++;
		} else if (!rows) {
			const struct document_section *was = document_section_at(&old.document, found);
			const struct document_section *is = document_section_at(&new.document, i);
			changes->changed[kind] +=
				!has_all(&old, was, &new, is) || !has_all(&new, is, &old, was);
		}
	}
	for (uint32_t i = 0; i < old.count; i++)
		changes->removed[kind] += counts(&old, rows, i) && !old.used[i];
}

static void add_counts(struct buffer *text, char sign, const uint32_t count[CHANGE_KINDS])
{
	static const char *const names[CHANGE_KINDS] = {"reader", "account", "service", "section", "line"};
	bool any = false;

	for (int kind = 0; kind < CHANGE_KINDS; kind++) {
		if (count[kind] == 0)
			continue;
		buffer_format(text, "%s%c%lu %s%s", text->len > 0 ? ", " : "", sign,
			(unsigned long)count[kind], names[kind], count[kind] == 1 ? "" : "s");
		any = true;
	}
	if (!any)
		buffer_format(text, "%s%c0", text->len > 0 ? ", " : "", sign);
}

bool changes_any(const struct changes *changes)
{
	uint32_t all = 0;

	for (int i = 0; i < CHANGE_KINDS; i++)
		all |= changes->added[i] | changes->changed[i] | changes->removed[i];
	return all != 0;
}

void changes_text(const struct changes *changes, struct buffer *text)
{
	add_counts(text, '+', changes->added);
	add_counts(text, '~', changes->changed);
	add_counts(text, '-', changes->removed);
}
