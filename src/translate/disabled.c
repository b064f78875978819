/* Lines that their owner disabled become sections that are not enabled (setting disabled-lines = convert):
 * the forms #C: #!C: #FC: and the same of N and F, where the rest is a complete, valid line. */
#include "translator.h"

/* The statement behind the mark, or an empty slice. */
static struct slice behind_mark(struct slice line)
{
	line = slice_trim(line);
	if (line.len < 3 || line.at[0] != '#')
		return (struct slice){NULL, 0};
	line = slice_skip(line, 1);
	bool marked = line.at[0] == '!' || (line.at[0] == 'F' && line.at[1] != ':');
	if (marked)
		line = slice_skip(line, 1);
	if (line.len > 2 && (line.at[0] == 'C' || line.at[0] == 'N' || line.at[0] == 'F') &&
		line.at[1] == ':')
		return line;
	return (struct slice){NULL, 0};
}

/* Translates the statement with a ledger of its own: a remark that only looks like a line must leave no
 * finding. True when the statement became a section, which is the last of its list. */
static bool try_statement(struct translator *t, struct slice text, struct statement *s)
{
	struct ledger *real = t->ledger, trial;
	struct source source = *real->source;
	struct line line = {text, 1};
	struct slice rest = text;
	bool good;

	source.lines = 1;
	ledger_init(&trial, t->arena, &source);
	trial.words = t->ledger->words;
	struct parser parser = {.arena = t->arena, .ledger = &trial, .multics = t->parser.multics};
	t->ledger = &trial;
	t->trial = true;
	good = parse_line(&parser, &line, &rest, s) == LINE_STATEMENT && s->fate != FATE_REJECTED;
	if (good) {
		if (s->directive->shape == SHAPE_F)
			translate_client(t, s);
		else
			translate_server(t, s);
	}
	t->ledger = real;
	t->trial = false;
	return good && trial.lines[0].fate < FATE_UNSUPPORTED;
}

static void translate_disabled_line(struct translator *t, const struct line *line)
{
	struct slice text = behind_mark(line->text);
	struct model *model = t->model;
	uint32_t readers = model->readers.count, accounts = model->accounts.count,
		 services = model->services.count;
	struct statement s = {0};

	if (text.len == 0)
		return;
	bool good = try_statement(t, text, &s);
	bool client = s.directive && s.directive->shape == SHAPE_F;
	struct list *list = client ? &model->accounts : &model->readers;
	if (!good || list->count == (client ? accounts : readers)) {
		model->readers.count = readers;
		model->accounts.count = accounts;
		forget_services(t, services);
		return;
	}
	struct section *section = list_at(list, list->count - 1);
	section->line = line->number;
	if (client)
		section_set_number(model, section, KEY_account_disabled, 1);
	else
		section_set_number(model, section, KEY_reader_enable, 0);
	struct line_record *record = ledger_line(t->ledger, line->number);
	record->fate = FATE_CONVERTED;
	record->directive = (directive_id(s.directive) + 1) & DIRECTIVE_BITS;
	ledger_made(t->ledger, line->number, section);
}

void translate_disabled(struct translator *t)
{
	struct line_walk walk = line_walk_start(t->ledger->source);
	struct line line;

	if (!t->choices->disabled_convert)
		return;
	while (line_walk_next(&walk, &line))
		translate_disabled_line(t, &line);
}
