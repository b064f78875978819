/* The options that name side files: their files are found and read, what they say is translated, and each
 * option's line gets its fate from what became of its file's lines. */
#include "side.h"

#include <errno.h>
#include <string.h>

#include "cc2oscam/kind.h"

static const enum directive_id option_of[SIDE_KINDS] = {
	[SIDE_PRIO] = DIRECTIVE_CAID_PRIO_FILE,
	[SIDE_PROVIDERS] = DIRECTIVE_PROVIDERINFO_FILE,
	[SIDE_CHANNELINFO] = DIRECTIVE_CHANNELINFO_FILE,
	[SIDE_NEWCAMD] = DIRECTIVE_NEWCAMD_CONF,
};

struct ledger *section_ledger(struct translator *t, const struct section *section)
{
	struct side_file *side = section->source > 0 ? list_at(&t->model->sides, section->source - 1U) : NULL;

	return side ? &side->ledger : t->own_ledger;
}

struct slice section_line(struct translator *t, const struct section *section)
{
	if (section->source == t->source)
		return arena_format(t->arena, "line %lu", (unsigned long)section->line);
	const struct ledger *ledger = model_ledger(t->model, t->own_ledger, section->source);
	return arena_format(
		t->arena, "line %lu of %.*s", (unsigned long)section->line, SLICE_ARG(ledger->source->name));
}

static void translate_servers(struct translator *t, struct side_file *side, unsigned number)
{
	struct list servers;

	parse_newcamd(&side->ledger, &servers);
	t->ledger = &side->ledger;
	t->source = (uint8_t)number;
	for (uint32_t i = 0; i < servers.count; i++) {
		struct side_server *server = list_at(&servers, i);
		uint32_t line = server->statement.line.number;
		for (unsigned port = server->statement.port; port <= server->last_port; port++) {
			struct statement s = server->statement;
			s.port = (uint16_t)port;
			if (s.fate == FATE_REJECTED)
				leave_out(t, &s, FATE_REJECTED);
			else
				translate_server(t, &s);
			if (ledger_line(t->ledger, line)->fate == FATE_REJECTED)
				break;
		}
	}
	t->ledger = t->own_ledger;
	t->source = 0;
}

/* If `hint` is empty, the code's own hint is said. */
static void say_missing(struct translator *t, const struct statement *s, struct slice path, const char *why,
	struct slice hint)
{
	if (why)
		say(t, s, CODE_SIDE_FILE_MISSING, s->value.at, "%.*s was not read: %s\n%.*s", SLICE_ARG(path),
			why, SLICE_ARG(hint));
	else
		say(t, s, CODE_SIDE_FILE_MISSING, s->value.at,
			"standard input has no folder where the file could be");
	leave_out(t, s, FATE_UNSUPPORTED);
}

static void translate_side(struct translator *t, enum side_kind kind, const struct statement *s)
{
	struct slice named = kind == SIDE_NEWCAMD ? SLICE("") : s->value, path = {NULL, 0};
	struct source source;
	const char *why = side_seek(t, option_of[kind], named, &path, &source);

	if (why || !path.at) {
		bool absent = why && strcmp(why, strerror(ENOENT)) == 0;
		say_missing(t, s, path, why, absent ? side_where(t, s->directive, path) : SLICE(""));
		return;
	}
	why = kind_refused(t->arena, kind_of_head(source.text));
	if (why) {
		say_missing(
			t, s, path, why, SLICE("Save the file as plain text in UTF-8, then convert again."));
		return;
	}
	struct side_file *side = list_add(&t->model->sides);
	side->kind = (uint8_t)kind;
	side->source = source;
	ledger_init(&side->ledger, t->arena, &side->source);
	side->ledger.words = t->own_ledger->words;
	static void (*const readers[SIDE_KINDS])(struct translator *, struct side_file *, unsigned) = {
		[SIDE_PRIO] = translate_prio,
		[SIDE_PROVIDERS] = translate_providers,
		[SIDE_CHANNELINFO] = translate_channelinfo,
		[SIDE_NEWCAMD] = translate_servers};
	readers[kind](t, side, t->model->sides.count);
}

void translate_sides(struct translator *t)
{
	for (int kind = 0; kind < SIDE_KINDS; kind++) {
		const struct statement *s = t->options[option_of[kind]];
		if (!s && kind != SIDE_NEWCAMD)
			side_say_unnamed(t, option_of[kind]);
		if (!s)
			continue;
		if (kind == SIDE_NEWCAMD && s->number == 0)
			ledger_fate(t->ledger, s->line.number, FATE_DROPPED);
		else
			translate_side(t, (enum side_kind)kind, s);
	}
}

void end_sides(struct translator *t)
{
	for (uint32_t i = 0; i < t->model->sides.count; i++) {
		const struct side_file *side = list_at(&t->model->sides, i);
		const struct statement *s = t->options[option_of[side->kind]];
		unsigned long lost = 0;
		for (uint32_t line = 0; line < side->source.lines; line++)
			lost += fate_is_loss((enum fate)side->ledger.lines[line].fate);
		if (lost == 0) {
			ledger_fate(t->ledger, s->line.number, s->fate);
			continue;
		}
		say(t, s, CODE_SIDE_FILE_LINES, s->value.at,
			"%lu line%s of %.*s could not be carried over in full", lost, lost == 1 ? "" : "s",
			SLICE_ARG(side->source.name));
		leave_out(t, s, FATE_PARTIAL);
	}
}
