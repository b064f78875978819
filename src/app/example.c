/* Converts a directive's example twice, with the line and without it, and says where the results differ. */
#include "example.h"

#include "cc2oscam/emit.h"
#include "cc2oscam/translate.h"

/* Options that only say something about other lines need some. */
static const char company[] = "SCIDEVICES : 1\n"
			      "SERIAL READER : /dev/ttyUSB0 mouse\n"
			      "C: host9.example.com 12000 user9 secret\n"
			      "F: friend9 secret 2 0 1\n";

/* One conversion; the files' texts are in the arena. */
struct example_conversion {
	struct source source;
	struct ledger ledger;
	struct model model;
	struct slice files[OSCAM_FILE_COUNT];
};

/* Without comments: what got lost is said beside the example. */
static struct slice keys_only(struct arena *arena, struct slice text)
{
	struct buffer made = {0};

	while (text.len > 0) {
		struct slice line = slice_cut(&text, '\n');
		if (line.len == 0 || line.at[0] != '#')
			buffer_format(&made, "%.*s\n", SLICE_ARG(line));
	}
	return arena_take(arena, &made);
}

/* The one side file that there is, whatever it is called. */
static const char *read_side(void *context, struct slice path, struct slice *real, struct slice *text)
{
	(void)path;
	(void)real;
	*text = *(struct slice *)context;
	return NULL;
}

/* With a side file of the text `side`, or NULL. No other is found by chance. */
static struct example_conversion *convert(
	struct arena *arena, struct slice text, struct slice *side, bool server)
{
	struct example_conversion *c = arena_zero(arena, sizeof *c);
	struct choices choices = choices_default();
	struct side_provider sides = {read_side, side};
	struct template_set *templates;
	struct template_error error;

	choices.profile = server ? PROFILE_SERVER : PROFILE_RECEIVER;
	if (side) {
		choices.folder = "";
		choices.sides = &sides;
	}
	source_from_text(&c->source, "CCcam.cfg", text);
	ledger_init(&c->ledger, arena, &c->source);
	model_init(&c->model, arena);
	translate(&c->ledger, &choices, &c->model);
	if (!emit_templates(arena, NULL, &templates, &error))
		return c;
	struct emission emission = {.model = &c->model, .ledger = &c->ledger, .templates = templates};
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct buffer made = {0};
		struct sink sink = buffer_sink(&made);
		if (emit_has(&emission, file))
			(void)emit_file(&emission, file, &sink);
		c->files[file] = keys_only(arena, buffer_slice(&made));
		buffer_free(&made);
	}
	return c;
}

/* Cuts the next section off a file: its lines up to the empty one. A file without sections is one. */
static struct slice next_section(struct slice *rest)
{
	while (rest->len > 0 && rest->at[0] == '\n')
		*rest = (struct slice){rest->at + 1, rest->len - 1};

	struct slice section = *rest;
	for (size_t i = 0; i + 1 < rest->len; i++) {
		if (rest->at[i] != '\n' || rest->at[i + 1] != '\n')
			continue;
		section.len = i + 1;
		*rest = (struct slice){rest->at + i + 2, rest->len - i - 2};
		return section;
	}
	*rest = (struct slice){NULL, 0};
	return section;
}

static bool has_line(struct slice section, struct slice line)
{
	while (section.at)
		if (slice_equal(slice_cut(&section, '\n'), line))
			return true;
	return false;
}

/* What a section is known by: the header, and of the repeated ones the label or user behind it. */
static struct slice name_of(struct slice section, enum oscam_file file)
{
	struct slice rest = section;

	(void)slice_cut(&rest, '\n');
	if (file != OSCAM_CONF && rest.at)
		(void)slice_cut(&rest, '\n');
	return (struct slice){section.at, rest.at ? (size_t)(rest.at - section.at) : section.len};
}

/* The section of that name, or an empty slice. */
static struct slice find_section(struct slice file, struct slice name)
{
	while (file.len > 0) {
		struct slice section = next_section(&file);
		if (section.len > 0 && slice_starts(section, name))
			return section;
	}
	return (struct slice){NULL, 0};
}

/* All lines of a section as it is now, marked where the earlier one has others. */
static void add_section(struct buffer *to, struct slice section, struct slice other)
{
	while (section.len > 0) {
		struct slice line = slice_cut(&section, '\n');
		bool mark = other.at && !has_line(other, line);
		buffer_format(to, "%s%.*s\n", mark ? "+ " : "  ", SLICE_ARG(line));
	}
}

/* The lines of a section that the later one does not have. */
static void add_gone(struct buffer *to, struct slice section, struct slice later)
{
	while (section.len > 0) {
		struct slice line = slice_cut(&section, '\n');
		if (!has_line(later, line))
			buffer_format(to, "- %.*s\n", SLICE_ARG(line));
	}
}

static void add_heading(struct buffer *to, size_t start, enum oscam_file file)
{
	if (to->len == start)
		buffer_format(to, "%s  # %s\n", start == 0 ? "" : "\n", oscam_file_name(file));
	else
		buffer_format(to, "\n");
}

/* The sections of `with` that are not the same in `without`; then those that are gone. */
static void compare_file(struct buffer *to, enum oscam_file file, struct slice with, struct slice without)
{
	size_t start = to->len;
	struct slice rest = with;

	while (rest.len > 0) {
		struct slice section = next_section(&rest);
		struct slice other = find_section(without, name_of(section, file));
		if (section.len == 0 || slice_equal(section, other))
			continue;
		add_heading(to, start, file);
		add_section(to, section, other);
		add_gone(to, other, section);
	}
	for (rest = without; rest.len > 0;) {
		struct slice section = next_section(&rest);
		if (section.len == 0 || find_section(with, name_of(section, file)).at)
			continue;
		add_heading(to, start, file);
		add_gone(to, section, (struct slice){NULL, 0});
	}
}

static struct slice compare(
	struct arena *arena, const struct example_conversion *with, const struct example_conversion *without)
{
	struct buffer made = {0};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		compare_file(&made, file, with->files[file], without->files[file]);
	return arena_take(arena, &made);
}

static struct slice findings_of(struct arena *arena, const struct ledger *ledger, uint32_t line)
{
	struct buffer made = {0};

	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		const struct finding *finding = list_at(&ledger->findings, i);
		const struct code_info *info = code_info(finding->code);
		if (finding->place.line == line && info->severity > SEVERITY_DETAIL)
			buffer_format(&made, "%s: %.*s [%s]\n", severity_name(info->severity),
				SLICE_ARG(finding->message), info->name);
	}
	return arena_take(arena, &made);
}

static bool finds(const struct ledger *ledger, enum code code)
{
	for (uint32_t i = 0; i < ledger->findings.count; i++)
		if (((const struct finding *)list_at(&ledger->findings, i))->code == code)
			return true;
	return false;
}

static struct example try_example(
	const struct directive *directive, struct arena *arena, const char *beside, bool server)
{
	struct example example = {.before = arena_format(arena, "%s%s\n", beside, directive->example)};
	const struct example_conversion *with = convert(arena, example.before, NULL, server);
	const struct example_conversion *without = convert(arena, slice_of(beside), NULL, server);
	uint32_t line = with->source.lines;

	example.after = compare(arena, with, without);
	example.says = findings_of(arena, &with->ledger, line);
	example.needs_file = finds(&with->ledger, CODE_SIDE_FILE_MISSING);
	example.fate = (enum fate)with->ledger.lines[line - 1].fate;
	return example;
}

/* The first that changes anything and gives no cause for a finding; else the first that changes anything. */
struct example example_of(const struct directive *directive, struct arena *arena)
{
	struct example best = {.fate = FATE_NONE};

	for (int attempt = 0; attempt < 4; attempt++) {
		struct example example =
			try_example(directive, arena, attempt % 2 == 0 ? "" : company, attempt < 2);
		if (attempt == 0 || (best.after.len == 0 && example.after.len > 0))
			best = example;
		if (example.after.len > 0 && example.says.len == 0)
			return example;
	}
	return best;
}

/* The same file without a line in it is what it is compared with. */
struct example example_of_side(const struct side_line *line, struct arena *arena)
{
	struct slice cfg = arena_format(arena, "%s\n", directive_at(line->option)->example);
	struct slice before = arena_format(arena, "%s\n", line->example), nothing = SLICE("");
	bool server = line->option == DIRECTIVE_NEWCAMD_CONF; /* the tuner would come into it */
	const struct example_conversion *with = convert(arena, cfg, &before, server);
	const struct example_conversion *without = convert(arena, cfg, &nothing, server);
	const struct side_file *side = list_at(&with->model.sides, 0);

	return (struct example){.before = before,
		.after = compare(arena, with, without),
		.says = findings_of(arena, &side->ledger, 1),
		.fate = (enum fate)side->ledger.lines[0].fate};
}
