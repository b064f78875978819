/* Converts a directive's example twice, with the line and without it, and says where the results differ. */
#include "example.h"

#include "cc2oscam/diff.h"
#include "cc2oscam/emit.h"
#include "cc2oscam/translate.h"

/* Some options are about other lines only. These lines are there for them. */
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

/* Every name stands for the one side file of the example. */
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
		struct buffer made = {.arena = arena};
		struct sink sink = buffer_sink(&made);
		if (emit_has(&emission, file))
			(void)emit_file(&emission, file, &sink);
		c->files[file] = keys_only(arena, buffer_slice(&made));
	}
	return c;
}

/* One section of a file, as the line leaves it and as it would be without the line. */
struct compared {
	struct buffer *to;
	enum oscam_file file;
	size_t start;        /* of what is said of the file */
	struct buffer lines; /* of the file with the example; new ones are marked */
	struct buffer gone;  /* lines that only the file without the example has */
	bool kept, changed;  /* some lines are the same; some are not */
};

/* A section that is new as a whole needs no marks. */
static void end_section(struct compared *section)
{
	struct slice lines = buffer_slice(&section->lines);
	bool mark = section->kept || section->gone.len > 0;

	if (section->changed && section->to->len == section->start)
		buffer_format(section->to, "%s  # %s\n", section->start == 0 ? "" : "\n",
			oscam_file_name(section->file));
	else if (section->changed)
		buffer_format(section->to, "\n");
	while (section->changed && lines.len > 0) {
		struct slice line = slice_cut(&lines, '\n');
		buffer_format(
			section->to, "%c %.*s\n", mark ? *line.at : ' ', (int)line.len - 1, line.at + 1);
	}
	if (section->changed)
		buffer_add_slice(section->to, buffer_slice(&section->gone));
	section->lines.len = section->gone.len = 0;
	section->kept = section->changed = false;
}

/* Sections end with an empty line. */
static void take_line(void *context, char sign, uint32_t without, uint32_t with, struct slice line)
{
	struct compared *section = context;

	(void)without, (void)with;
	if (sign == '@')
		return;
	if (line.len == 0) {
		end_section(section);
		return;
	}
	section->kept |= sign == ' ';
	section->changed |= sign != ' ';
	if (sign == '-')
		buffer_format(&section->gone, "- %.*s\n", SLICE_ARG(line));
	else
		buffer_format(&section->lines, "%c%.*s\n", sign, SLICE_ARG(line));
}

/* The sections that are not the same without the line. */
static struct slice compare(
	struct arena *arena, const struct example_conversion *with, const struct example_conversion *without)
{
	struct buffer made = {0};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct compared section = {.to = &made,
			.file = file,
			.start = made.len,
			.lines.arena = arena,
			.gone.arena = arena};
		struct diff_options options = {
			.context = UINT32_MAX, .take = take_line, .take_context = &section};
		(void)diff_write(without->files[file], with->files[file], &options, NULL);
		end_section(&section);
	}
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

static struct example try_example(
	const struct directive *directive, struct arena *arena, const char *beside, bool server)
{
	struct example example = {.before = arena_format(arena, "%s%s\n", beside, directive->example)};
	const struct example_conversion *with = convert(arena, example.before, NULL, server);
	const struct example_conversion *without = convert(arena, slice_of(beside), NULL, server);
	uint32_t line = with->source.lines;

	example.after = compare(arena, with, without);
	example.says = findings_of(arena, &with->ledger, line);
	for (uint32_t i = 0; i < with->ledger.findings.count; i++)
		example.needs_file |= ((const struct finding *)list_at(&with->ledger.findings, i))->code ==
				      CODE_SIDE_FILE_MISSING;
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

/* Compared with the same CCcam.cfg and an empty side file. */
struct example example_of_side(const struct side_line *line, struct arena *arena)
{
	struct slice cfg = arena_format(arena, "%s\n", directive_at(line->option)->example);
	struct slice before = arena_format(arena, "%s\n", line->example), nothing = SLICE("");
	bool server =
		line->option == DIRECTIVE_NEWCAMD_CONF; /* without the tuner, which has an account too */
	const struct example_conversion *with = convert(arena, cfg, &before, server);
	const struct example_conversion *without = convert(arena, cfg, &nothing, server);
	const struct side_file *side = list_at(&with->model.sides, 0);

	return (struct example){.before = before,
		.after = compare(arena, with, without),
		.says = findings_of(arena, &side->ledger, 1),
		.fate = (enum fate)side->ledger.lines[0].fate};
}
