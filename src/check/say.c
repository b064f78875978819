/* How a check says what it found, and what several of them ask. See checks.h. */
#include "cc2oscam/masked.h"
#include "cc2oscam/model.h"
#include "checks.h"

/* ---- what is switched off in a section ---- */

struct skip_mark {
	uint32_t section, code;
};

/* "# cc2oscam: skip CODE, CODE": the codes; or NULL. */
static struct slice marked_codes(struct slice text)
{
	struct slice start = SLICE("# cc2oscam: skip ");

	text = oscam_trim(text);
	if (!slice_starts(text, start))
		return (struct slice){NULL, 0};
	return slice_skip(text, start.len);
}

static bool has_mark(const struct checking *c, uint32_t section, enum code code)
{
	uint32_t mark[] = {section, (uint32_t)code};

	return keys_find(&c->marks[c->file->file], KEY_BYTES(mark)) != KEYS_NONE;
}

/* Comments right above a header belong to its section. Each mark stands in the table once. */
void read_marks(struct checking *c, const struct check_file *file)
{
	uint32_t first_above = 0;
	struct list marks;

	list_init(&marks, c->arena, sizeof(struct skip_mark));
	for (uint32_t i = 0; i < file->document.lines.count; i++) {
		const struct document_line *line = document_line_at(&file->document, i);
		struct slice codes = marked_codes(line->text);
		while (codes.at) {
			enum code code = code_by_name(slice_trim(slice_cut(&codes, ',')));
			if (code != CODE_COUNT)
				*(struct skip_mark *)list_add(&marks) =
					(struct skip_mark){line->section, (uint32_t)code};
		}
		for (; section_begins(line) && first_above < marks.count; first_above++)
			((struct skip_mark *)list_at(&marks, first_above))->section = line->section;
		if (!slice_starts(oscam_trim(line->text), SLICE("#")))
			first_above = marks.count;
	}
	keys_init(&c->marks[file->file], c->arena, marks.count);
	for (uint32_t i = 0; i < marks.count; i++)
		(void)keys_add(&c->marks[file->file], KEY_BYTES(*(const uint32_t(*)[2])list_at(&marks, i)));
}

/* ---- findings ---- */

static struct place place_at(const struct checking *c, uint32_t index, const char *at)
{
	struct place place = {&c->file->source, 0, 0};

	if (index == DOCUMENT_NONE || !c->document)
		return place;
	place = document_place(c->document, index);
	if (c->document->made)
		return place;
	const struct document_line *line = document_line_at(c->document, index);
	if (at && at >= line->text.at && at <= line->text.at + line->text.len)
		place.column += (uint32_t)(at - line->text.at);
	return place;
}

static struct finding *vfound(
	struct checking *c, enum code code, uint32_t line, const char *at, const char *format, va_list args)
{
	bool marks = c->document && c->marks[c->file->file].list.count > 0;

	if (c->set->skip && c->set->skip[code])
		return NULL;
	/* a mark above the first header, but not on the line right above it, is for the whole file */
	uint32_t section = marks && line != DOCUMENT_NONE ? document_section_of(c->document, line) : 0;
	if (marks && (has_mark(c, section, code) || has_mark(c, 0, code)))
		return NULL;
	c->found = true;
	return ledger_vfind(&c->file->ledger, code, place_at(c, line, at), format, args);
}

struct finding *found(
	struct checking *c, enum code code, uint32_t line, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct finding *finding = vfound(c, code, line, at, format, args);
	va_end(args);
	return finding;
}

struct finding *found_of(struct checking *c, enum code code, const struct document_section *section,
	enum schema_key_id key, const char *format, ...)
{
	const struct document_setting *at = document_setting(c->document, section, key);
	va_list args;

	va_start(args, format);
	struct finding *finding =
		vfound(c, code, at ? at->line : section->header, at ? at->value.at : NULL, format, args);
	va_end(args);
	return finding;
}

struct finding *found_in_row(
	struct checking *c, enum code code, const struct line *line, const char *format, ...)
{
	va_list args;

	if (c->set->skip && c->set->skip[code])
		return NULL;
	c->found = true;
	va_start(args, format);
	struct finding *finding = ledger_vfind(
		&c->file->ledger, code, (struct place){&c->file->source, line->number, 1}, format, args);
	va_end(args);
	return finding;
}

void advise(struct checking *c, struct finding *finding, const char *format, ...)
{
	va_list args;

	if (!finding)
		return;
	va_start(args, format);
	finding->hint = arena_vformat(c->arena, ledger_put(&c->file->ledger, format), args);
	va_end(args);
}

struct slice shown(struct checking *c, struct slice text)
{
	return shown_text(c->arena, text);
}

struct slice shown_masked(struct checking *c, struct slice text)
{
	return shown(c, oscam_mask(c->arena, text, false));
}

struct slice shown_value(struct checking *c, enum schema_key_id key, struct slice value)
{
	const char *name = key_name(key);
	struct slice line = arena_format(c->arena, "%s = %.*s", name, SLICE_ARG(value));
	size_t start = line.len - value.len;

	if (schema_key(key)->secret)
		return arena_format(c->arena, "%s = ********", name);
	return arena_format(c->arena, "%s = %.*s", name,
		SLICE_ARG(shown(c, slice_skip(oscam_mask(c->arena, line, false), start))));
}

struct slice shown_setting(struct checking *c, const struct setting *setting)
{
	return shown_value(c, setting->key, setting->at->value);
}

const char *key_name(enum schema_key_id key)
{
	return schema_key(key)->name;
}

const struct form_info *form_of(enum schema_key_id key)
{
	return form_info((enum schema_form)schema_key(key)->form);
}

unsigned long line_number(const struct checking *c, uint32_t line)
{
	return document_place(c->document, line).line;
}

struct slice on_line(struct checking *c, uint32_t line)
{
	unsigned long number = line_number(c, line);

	return number > 0 ? arena_format(c->arena, " on line %lu", number) : SLICE("");
}

/* ---- what OSCam holds ---- */

bool look_at(struct checking *c, enum oscam_file file)
{
	c->file = c->set->files[file];
	c->document = c->file && file <= OSCAM_SERVICES ? &c->file->document : NULL;
	return c->file != NULL;
}

struct slice value_of(
	const struct checking *c, const struct document_section *section, enum schema_key_id key)
{
	return document_value(c->document, section, key);
}

int64_t number_value(const struct checking *c, const struct document_section *section, enum schema_key_id key)
{
	return number_prefix(value_of(c, section, key));
}

struct slice conf_value(const struct checking *c, enum schema_key_id key)
{
	const struct check_file *conf = c->set->files[OSCAM_CONF];

	return conf ? document_conf_value(&conf->document, key) : SLICE("");
}

bool is_reader(const struct document_section *section)
{
	return section->section == SECTION_reader && section->held;
}

bool is_account(const struct document_section *section)
{
	return section->section == SECTION_account;
}

bool is_switched_off(const struct checking *c, const struct document_section *section)
{
	if (section->section == SECTION_reader)
		return !section->enabled;
	return number_value(c, section, KEY_account_disabled) != 0;
}

void find_group_readings(struct checking *c)
{
	bool differ = target_knows(c->set->target, &numbers_of_2604) == KNOWN_BY_SOME;

	c->readings[0] = differ ? &before_2604 : c->set->target;
	c->readings[1] = &from_2604;
	c->reading_count = differ ? READINGS : 1;
}

const char *group_reading_words(const struct target *target)
{
	return target == &before_2604 ? "before OSCam 2.26.04 "
	       : target == &from_2604 ? "from OSCam 2.26.04 on "
				      : "";
}

/* Most sections have the groups of another one. */
struct bits group_bits(
	struct checking *c, const struct document_section *section, const struct target *target)
{
	enum schema_key_id key = section->section == SECTION_reader ? KEY_reader_group : KEY_account_group;
	const struct document_setting *at = document_setting(c->document, section, key);

	if (!at)
		return (struct bits){0, 0};
	struct read_groups *last = &c->groups[target == &from_2604];
	if (!last->text.at || last->target != target || !slice_equal(at->value, last->text)) {
		last->text = at->value;
		last->target = target;
		last->bits = groups_bits(schema_read_losses(key, at->value, target, c->arena, NULL));
	}
	return last->bits;
}
