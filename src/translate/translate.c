/* The order of work for a file: first its options, for the lines depend on them; then its lines; then
 * everything that depends on all lines. See translate.h. */
#include "translator.h"

struct choices choices_default(void)
{
	return (struct choices){.boxtype = SLICE("dreambox"),
		.local_account = SLICE("dvbapi"),
		.first_group = 1,
		.hops = MAXHOPS_INITIAL};
}

static struct slice of_tvheadend(
	const struct choices *choices, struct slice chosen, struct slice initial, struct slice tvheadend)
{
	return choices->profile == PROFILE_TVHEADEND && slice_equal(chosen, initial) ? tvheadend : chosen;
}

struct slice choices_local_account(const struct choices *choices)
{
	return of_tvheadend(
		choices, choices->local_account, choices_default().local_account, SLICE("tvheadend"));
}

struct slice choices_boxtype(const struct choices *choices)
{
	return of_tvheadend(choices, choices->boxtype, choices_default().boxtype, SLICE("pc"));
}

struct place statement_place(const struct translator *t, const struct statement *s, const char *at)
{
	return place_in(t->ledger->source, &s->line, at ? at : s->text.at);
}

static struct list *home_list(struct translator *t, enum home home)
{
	switch (home) {
	case HOME_SERVER:
		return &t->model->readers;
	case HOME_USER:
		return &t->model->accounts;
	case HOME_CONF:
		break;
	}
	return &t->model->conf;
}

/* A line has one remark in a file, however many statements of it are lost. */
static void add_remark(struct translator *t, struct list *list, uint32_t line)
{
	const struct section *last = list->count > 0 ? list_at(list, list->count - 1) : NULL;

	if (last && last->kind == KIND_REMARK && last->line == line)
		return;
	model_add(t->model, list, KIND_REMARK, SECTION_NONE, line, 0)->source = t->source;
}

void leave_out(struct translator *t, const struct statement *s, enum fate fate)
{
	add_remark(t, home_list(t, (enum home)s->directive->home), s->line.number);
	ledger_fate(t->ledger, s->line.number, fate);
}

void drop_section(struct translator *t, struct section *section, enum fate fate)
{
	section->kind = KIND_REMARK;
	section->section = SECTION_NONE;
	section->count = 0;
	ledger_raise(section_ledger(t, section), section->line, fate);
}

static void translate_letter(struct translator *t, struct statement *s)
{
	if (s->fate == FATE_REJECTED) {
		leave_out(t, s, FATE_REJECTED);
		return;
	}
	switch (s->directive->shape) {
	case SHAPE_C:
	case SHAPE_N:
		translate_server(t, s);
		break;
	case SHAPE_F:
		translate_client(t, s);
		break;
	case SHAPE_L:
	case SHAPE_R:
		translate_card_server(t, s);
		break;
	case SHAPE_G:
		translate_gbox(t, s);
		break;
	default: /* B is taken among the options; the parser rejects X */
		leave_out(t, s, FATE_REJECTED);
	}
}

/* One physical line; more than one statement only where CCcam reads several. */
static void translate_line(struct translator *t, const struct line *line, bool options)
{
	struct slice rest = line->text;
	struct statement s;

	do {
		switch (parse_line(&t->parser, line, &rest, &s)) {
		case LINE_BLANK:
		case LINE_COMMENT:
			ledger_fate(t->ledger, line->number, FATE_IGNORED);
			return;
		case LINE_BAD:
			if (ledger_line(t->ledger, line->number)->finding !=
				0) /* else there are many: one finding for all */
				add_remark(t, &t->model->conf, line->number);
			ledger_fate(t->ledger, line->number, FATE_REJECTED);
			if (s.meant)
				take_lost(t, &s);
			return;
		case LINE_STATEMENT:
			if (!s.directive->letter || s.directive->shape == SHAPE_B)
				take_option(t, &s);
			else if (options) /* one behind a B statement waits, as all letter lines do */
				*(struct statement *)list_add(&t->late) = s;
			else
				translate_letter(t, &s);
		}
	} while (rest.len > 0);
}

/* Letter lines wait for the options; not a B line, which speaks of a device as options do, nor one of an
 * unknown letter, which may be about a device, too. */
static bool is_option(struct slice line)
{
	const struct directive *directive = NULL;

	if (is_letter_line(line))
		directive = directive_letter(slice_trim(line).at[0]);
	return !directive || directive->shape == SHAPE_B;
}

static void translate_lines(struct translator *t, bool options)
{
	struct line_walk walk = line_walk_start(t->ledger->source);
	struct line line;

	while (line_walk_next(&walk, &line)) {
		if (is_option(line.text) == options)
			translate_line(t, &line, options);
		else if (options)
			parse_look(&t->parser, line.text);
	}
	for (uint32_t i = 0; i < t->late.count && !options; i++)
		translate_letter(t, list_at(&t->late, i));
}

/* Counted lines get one remark together, at the first of them, unless this line has a remark already. */
static void remark_counted(struct translator *t, const struct counted *counted)
{
	if (counted->count > 0 && ledger_line(t->ledger, counted->line)->finding == 0)
		add_remark(t, &t->model->conf, counted->line);
}

static void judge_understood(struct translator *t)
{
	const struct source *source = t->own_ledger->source;
	bool ignored = true;

	if (ledger_understood(t->own_ledger))
		return;
	for (uint32_t i = 0; i < source->lines; i++)
		ignored &= t->own_ledger->lines[i].fate <= FATE_IGNORED;
	(void)ledger_find(t->own_ledger, CODE_NOTHING_UNDERSTOOD, (struct place){source, 0, 0},
		source->text.len == 0 ? "the file is empty"
		: ignored             ? "the file has only comments and blank lines"
				      : "no line of the file was understood");
}

void translate(struct ledger *ledger, const struct choices *choices, struct model *model)
{
	struct translator t = {
		.arena = ledger->arena,
		.ledger = ledger,
		.own_ledger = ledger,
		.choices = choices,
		.model = model,
		.parser = {.arena = ledger->arena, .ledger = ledger, .tolerant = choices->tolerant},
	};

	model->target = choices->target;
	table_init(&t.logins, t.arena, source_statements(ledger->source));
	table_init(&t.secrets, t.arena, 0);
	table_init(&t.users, t.arena, 0);
	table_init(&t.names, t.arena, 0);
	list_init(&t.late, t.arena, sizeof(struct statement));
	start_devices(&t);
	reserve_local_account(&t);
	translate_lines(&t, true);
	translate_options(&t);
	translate_devices(&t);
	add_local_account(&t);
	translate_lines(&t, false);
	translate_sides(&t);
	remark_counted(&t, &t.parser.foreign);
	remark_counted(&t, &t.parser.newcamd);
	parse_end(&t.parser);
	translate_disabled(&t);
	set_local_account(&t);
	set_groups(&t);
	set_labels(&t);
	say_hops(&t);
	set_emm_rights(&t);
	drop_unused_services(&t);
	finish_texts(&t);
	end_sides(&t);
	write_conf(&t);
	put_set_keys(&t);
	say_tvheadend(&t);
	say_password_alone(&t);
	judge_understood(&t);
}
