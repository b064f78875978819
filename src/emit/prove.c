/* The proof: the rendered text is read as OSCam reads it, line by line while it is written, and compared with
 * the model. If a template, or an error of ours, writes something else, the conversion stops. */
#include <stddef.h>
#include <string.h>

#include "cc2oscam/rows.h"
#include "view.h"

/* Readers of one distance in the same groups, as the text says. */
struct place_of_readers {
	struct bits groups;
	int32_t distance;
};

struct proof {
	struct arena *arena;
	struct list places;      /* struct place_of_readers, each once */
	struct remembered *kept; /* values that OSCam keeps as they are */
	bool kept_stay;          /* those are the model's own texts */
};

struct prover {
	const struct emission *emission;
	struct proof *proof;
	const struct sink *sink;
	struct oscam_reading reading;
	const struct list *rows;       /* the model's, of a file without sections; else NULL */
	struct buffer unfinished;      /* a line that has not ended yet */
	uint64_t line;                 /* its number */
	uint64_t wrong_line;           /* where the text is wrong; 0: nowhere */
	const char *wrong;             /* what is wrong there */
	const struct section *section; /* the model's, while its keys are read */
	struct slice name;             /* of the key at hand */
	char wrong_name[64];           /* of the key that is wrong */
	uint64_t header_line;
	uint32_t conf_seen; /* sections of oscam.conf, a bit each: enum schema_section is below 32 */
	uint32_t next;      /* where in the model's list to look for the next section, or row */
	unsigned expected;  /* index of the entry that probably comes next */
	unsigned seen;      /* entries of the section so far */
	uint8_t counted[UINT8_MAX + 1];
	struct slice groups_text; /* groups that were read last */
	struct bits groups;
	struct arena scratch;
	enum oscam_file file;
};

struct proof *proof_new(struct arena *arena, struct remembered *kept)
{
	struct proof *proof = arena_alloc(arena, sizeof *proof);

	proof->arena = arena;
	proof->kept = kept ? kept : arena_zero(arena, offsetof(struct remembered, texts));
	proof->kept_stay = !kept;
	list_init(&proof->places, arena, sizeof(struct place_of_readers));
	return proof;
}

/* The key's name is copied, for the text is gone when the message is made. */
static bool wrong(struct prover *prover, uint64_t line, const char *what)
{
	struct slice name = prover->name;

	if (name.len < sizeof prover->wrong_name && find_control(name) == SIZE_MAX) {
		memcpy(prover->wrong_name, name.at ? name.at : "", name.len);
		prover->wrong_name[name.len] = '\0';
	}
	prover->wrong = what;
	prover->wrong_line = line;
	return false;
}

static void note_reader(struct prover *prover, struct bits groups, int32_t distance)
{
	struct list *places = &prover->proof->places;

	for (uint32_t i = places->count; i > 0; i--) {
		const struct place_of_readers *place = list_at(places, i - 1);
		if (bits_same(place->groups, groups) && place->distance == distance)
			return;
	}
	struct place_of_readers *place = list_add(places);
	*place = (struct place_of_readers){groups, distance};
}

/* An account reaches a reader if the reader's distance is at most its uphops, and in no other case. */
static bool reaches_as_meant(struct prover *prover, struct bits groups, int32_t reach)
{
	const struct list *places = &prover->proof->places;

	for (uint32_t i = 0; i < places->count; i++) {
		const struct place_of_readers *place = list_at(places, i);
		if (bits_meet(groups, place->groups) != (reach != REACH_NOTHING && place->distance <= reach))
			return false;
	}
	return true;
}

/* Most sections have the groups of the one before. */
static struct bits groups_of(struct prover *prover, enum schema_key_id key)
{
	struct slice text = section_get(prover->section, key);

	if (text.at != prover->groups_text.at || text.len != prover->groups_text.len) {
		prover->groups_text = text;
		prover->groups = groups_bits(text);
	}
	return prover->groups;
}

/* The section that was being read is complete: were all its keys there? */
static bool end_section(struct prover *prover)
{
	const struct section *section = prover->section;

	if (!section)
		return true;
	for (unsigned i = 0; prover->seen < section->count && i < section->count; i++) {
		if (prover->counted[i])
			continue;
		prover->name = slice_of(schema_key((enum schema_key_id)section->entries[i].key)->name);
		return wrong(prover, prover->header_line, "the section misses a key");
	}
	if (section->section == SECTION_reader)
		note_reader(prover, groups_of(prover, KEY_reader_group), section->reach);
	bool right = section->section != SECTION_account ||
		     reaches_as_meant(prover, groups_of(prover, KEY_account_group), section->reach);
	prover->section = NULL;
	return right || wrong(prover, prover->header_line, "the account reaches other readers than meant");
}

static const struct section *next_section(struct prover *prover)
{
	const struct list *sections = model_sections(prover->emission->model, prover->file);

	while (prover->next < sections->count) {
		const struct section *section = list_at(sections, prover->next++);
		if (section->kind != KIND_REMARK)
			return section;
	}
	return NULL;
}

/* Sections of oscam.conf are found by name, for they stand in the order of the template. */
static const struct section *conf_section(struct prover *prover, enum schema_section name)
{
	bool seen = prover->conf_seen >> name & 1;

	prover->conf_seen |= (uint32_t)1 << name;
	return seen ? NULL : model_find_conf(prover->emission->model, name);
}

static bool start_section(struct prover *prover, const struct oscam_line *line)
{
	if (!end_section(prover))
		return false;
	prover->section =
		prover->file == OSCAM_CONF ? conf_section(prover, line->section) : next_section(prover);
	arena_reset(&prover->scratch);
	prover->header_line = prover->line;
	prover->expected = 0;
	prover->seen = 0;
	if (!prover->section)
		return wrong(prover, prover->line, "a section that nobody asked for");
	memset(prover->counted, 0, prover->section->count);
	if (prover->file == OSCAM_SERVICES && !slice_equal(line->name, service_label(prover->section)))
		return wrong(prover, prover->line, "another service was expected here");
	return true;
}

/* The text has this entry's key and value: does OSCam understand them so? */
static bool check_entry(struct prover *prover, unsigned at)
{
	const struct entry *entry = &prover->section->entries[at];
	enum schema_key_id key = (enum schema_key_id)entry->key;
	struct slice value = {entry->text, entry->len};

	if (!remembers(prover->proof->kept, key, value)) {
		prover->name = (struct slice){schema_key(key)->name, schema_key(key)->name_length};
		if (!schema_keeps(key, value, &prover->scratch))
			return wrong(prover, prover->line, "OSCam would read another value from this key");
		if (schema_is_initial(key, value))
			return wrong(
				prover, prover->line, "the key has the value that OSCam assumes without it");
		remember(prover->proof->kept, key, value, prover->proof->kept_stay);
	}
	prover->counted[at] = 1;
	prover->seen++;
	prover->expected = at + 1;
	return true;
}

static bool check_setting(struct prover *prover, const struct oscam_line *line)
{
	const struct section *section = prover->section;
	unsigned at = prover->expected;

	prover->name = line->name;
	if (!section)
		return wrong(prover, prover->line, "a key outside of every section");
	if (at >= section->count || section->entries[at].key != line->key)
		for (at = 0; at < section->count && section->entries[at].key != line->key;)
			at++;
	if (at == section->count)
		return wrong(prover, prover->line, "a key that nobody asked for");
	if (prover->counted[at])
		return wrong(prover, prover->line, "the key stands twice in its section");
	const struct entry *entry = &section->entries[at];
	if (!slice_equal(line->value, (struct slice){entry->text, entry->len}))
		return wrong(prover, prover->line, "the key has another value than meant");
	return check_entry(prover, at);
}

/* A line in the form of OSCam's own writer that says just what the model's next entry says is read as that
 * key and value; tests pin it for every key. The length of such a line at the start of the text, or 0. */
static size_t next_entry(const struct prover *prover, struct slice text)
{
	const struct section *section = prover->section;

	if (!section || prover->expected >= section->count)
		return 0;
	const struct entry *entry = &section->entries[prover->expected];
	const struct schema_key *key = schema_key((enum schema_key_id)entry->key);
	size_t value = OSCAM_NAME_WIDTH + 2, len = value + entry->len + 1;
	bool same = key->name_length <= OSCAM_NAME_WIDTH && text.len >= len && text.at[len - 1] == '\n' &&
		    memcmp(text.at, key->padded, OSCAM_NAME_WIDTH) == 0 &&
		    memcmp(text.at + OSCAM_NAME_WIDTH, "= ", 2) == 0 &&
		    memcmp(text.at + value, entry->text, entry->len) == 0;
	return same ? len : 0;
}

static bool check_line(struct prover *prover, struct slice text)
{
	struct oscam_line line;

	prover->name = (struct slice){NULL, 0};
	if (text.len > OSCAM_LINE_MAX)
		return wrong(prover, prover->line, "a line that is too long for OSCam");
	if (text.at[0] == '\n' || text.at[0] == '#') /* every line loop of OSCam skips them in silence */
		return true;
	line = oscam_reading_line(&prover->reading, text);
	switch (line.event) {
	case OSCAM_NOTHING:
		if (text.len > 1 && text.at[0] != '#')
			return wrong(prover, prover->line, "a line that OSCam would skip");
		return true;
	case OSCAM_SECTION:
		return start_section(prover, &line);
	case OSCAM_SETTING:
		return check_setting(prover, &line);
	case OSCAM_UNKNOWN_SECTION:
		prover->name = line.name;
		return wrong(prover, prover->line, "a section that OSCam does not know");
	case OSCAM_UNKNOWN_SETTING:
		if (line.name.len > 0 && line.name.at[0] == '#')
			return true;
		prover->name = line.name;
		return wrong(prover, prover->line, "a key that OSCam does not know");
	case OSCAM_LOST_SETTING:
		break;
	}
	if (line.name.len > 0 && line.name.at[0] == '#')
		return true;
	return wrong(prover, prover->line, "a key outside of every section");
}

static bool same_row(const struct row *a, const struct row *b)
{
	return row_same_card(a, b) && slice_equal(a->name, b->name) && slice_equal(a->more, b->more);
}

/* What OSCam reads from the text must be the model's rows, one after the other. */
static bool check_row(struct prover *prover, struct slice text)
{
	struct row row;

	switch (oscam_read_row(prover->file, text, &row)) {
	case ROW_NOTHING:
		return text.len <= 1 || text.at[0] == '#' ||
		       wrong(prover, prover->line, "a line that OSCam would skip");
	case ROW_READ:
		return (prover->next < prover->rows->count &&
			       same_row(&row, list_at(prover->rows, prover->next++))) ||
		       wrong(prover, prover->line, "another line was expected here");
	case ROW_OTHER:
		break;
	}
	return wrong(prover, prover->line, "a line that OSCam would read otherwise");
}

static bool check_next(struct prover *prover, struct slice line)
{
	prover->line++;
	return prover->rows ? check_row(prover, line) : check_line(prover, line);
}

/* The usual lines, whose end need not be searched. For all others check_next says what is wrong. */
static size_t pass_entry(struct prover *prover, struct slice text)
{
	size_t len = next_entry(prover, text);

	if (len == 0 || !check_entry(prover, prover->expected))
		return 0;
	prover->line++;
	return len;
}

/* Cuts text that comes in pieces, which may end anywhere, into lines with their line feed, and checks each.
 * What has no end yet waits in prover->unfinished. False: a check failed, and the rest was not looked at. */
static bool check_text(struct prover *prover, const char *at, const char *end)
{
	struct buffer *unfinished = &prover->unfinished;

	while (at < end) {
		bool whole = unfinished->len == 0;
		size_t right = whole ? pass_entry(prover, slice_between(at, end)) : 0;
		if (right > 0) {
			at += right;
			continue;
		}
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		struct slice line = {at, (size_t)((feed ? feed + 1 : end) - at)};
		if (!feed || !whole)
			buffer_add_slice(unfinished, line);
		at += line.len;
		if (!feed)
			break;
		if (!whole)
			line = buffer_slice(unfinished);
		if ((whole || pass_entry(prover, line) == 0) && !check_next(prover, line))
			return false;
		unfinished->len = 0;
	}
	return true;
}

static bool prove_text(void *context, const char *text, size_t len)
{
	struct prover *prover = context;

	return check_text(prover, text, text + len) && prover->sink->write(prover->sink->context, text, len);
}

static bool prove_end(struct prover *prover)
{
	bool unfinished = prover->unfinished.len > 0;

	if (unfinished && !check_next(prover, buffer_slice(&prover->unfinished)))
		return false;
	prover->name = (struct slice){NULL, 0};
	if (prover->rows)
		return prover->next == prover->rows->count ||
		       wrong(prover, prover->line, "lines are missing");
	prover->line += !unfinished;
	if (!end_section(prover))
		return false;
	if (prover->file != OSCAM_CONF)
		return !next_section(prover) || wrong(prover, prover->line, "sections are missing");
	for (int name = SECTION_NONE + 1; name < SECTION_COUNT; name++)
		if (!(prover->conf_seen >> name & 1) &&
			model_find_conf(prover->emission->model, (enum schema_section)name))
			return wrong(prover, prover->line, "sections are missing");
	return true;
}

static void explain_wrong(struct prover *prover, struct template_error *error)
{
	const struct emission *emission = prover->emission;
	struct view_context context = {.emission = emission};
	struct arena *arena = prover->proof->arena;

	error->place = template_locate(emission->templates, oscam_file_name(prover->file), &view_set,
		emission, &context, prover->wrong_line);
	view_context_free(&context);
	error->message = arena_format(arena, "%s: %s, line %llu", prover->wrong,
		target_file_name(&emission->model->target, prover->file),
		(unsigned long long)prover->wrong_line);
	if (prover->wrong_name[0])
		error->message =
			arena_format(arena, "%.*s: \"%s\"", SLICE_ARG(error->message), prover->wrong_name);
}

bool emit_proved(const struct emission *emission, enum oscam_file file, struct proof *proof,
	const struct sink *sink, struct template_error *error)
{
	struct prover prover = {.emission = emission, .proof = proof, .sink = sink, .file = file};
	struct sink through = {prove_text, &prover};

	error->message = (struct slice){NULL, 0};
	if (oscam_has_rows(file))
		prover.rows = oscam_rows(emission->model, file);
	arena_init(&prover.scratch);
	oscam_reading_start(&prover.reading, file);
	bool good = emit_file(emission, file, &through) && prove_end(&prover);
	if (prover.wrong)
		explain_wrong(&prover, error);
	buffer_free(&prover.unfinished);
	arena_free(&prover.scratch);
	return good;
}
