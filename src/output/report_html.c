/* The report as a page for a browser: what to do by hand, what was lost, every line beside what became of it,
 * who reaches what, and the files. Secrets are masked. See html.h. */
#include "report_html.h"

#include <stdlib.h>

#include "cc2oscam/cccam.h"
#include "cc2oscam/sidefiles.h"
#include "report_topics.h"

struct html_report {
	const struct report *report;
	struct arena *arena;
	struct topics hints, notes;
	struct finding_list found; /* of the line at hand */
	struct table places;       /* struct target_place, by the name of the target */
	struct list targets;
	struct list losses; /* struct lost_line */
};

/* ---- where a section stands in its file ---- */

/* A section of a file as the report names it, "oscam.server:[reader] host1", and the line of its header. */
struct target_place {
	struct slice name;
	uint32_t line;
	size_t file;
};

static const struct target_place *find_place(const struct html_report *html, struct slice name)
{
	uint32_t number;

	for (struct table_walk walk = table_find(&html->places, slice_hash(name, 0));
		table_next(&html->places, &walk, &number);) {
		const struct target_place *place = list_at(&html->targets, number);
		if (slice_equal(place->name, name))
			return place;
	}
	return NULL;
}

/* The first of a name counts, as with OSCam. */
static void add_place(struct html_report *html, size_t file, struct slice name, uint32_t line)
{
	if (find_place(html, name))
		return;
	struct target_place *place = list_add(&html->targets);

	*place = (struct target_place){name, line, file};
	table_add(&html->places, slice_hash(name, 0), html->targets.count - 1);
}

/* "label = x" or "user = x" is what a section is called by. */
static bool names_section(struct slice line, struct slice *value)
{
	struct slice rest = line, key = slice_trim(slice_cut(&rest, '='));

	if (!rest.at || !(slice_equal_nocase(key, SLICE("label")) || slice_equal_nocase(key, SLICE("user"))))
		return false;
	*value = slice_trim(rest);
	return true;
}

/* Every section of a file: the first by its header alone, and those with a name by that. */
static void find_sections(struct html_report *html, size_t number)
{
	const struct report_file *file = &html->report->files[number];
	struct slice rest = file->text, header = {NULL, 0}, value;
	uint32_t line = 0, header_line = 0;

	while (rest.len > 0) {
		struct slice text = slice_trim(slice_cut(&rest, '\n'));
		line++;
		if (text.len > 1 && text.at[0] == '[') {
			header = text;
			header_line = line;
			add_place(html, number,
				arena_format(html->arena, "%s:%.*s", file->name, SLICE_ARG(header)), line);
		} else if (header.len > 0 && names_section(text, &value)) {
			add_place(html, number,
				arena_format(html->arena, "%s:%.*s %.*s", file->name, SLICE_ARG(header),
					SLICE_ARG(value)),
				header_line);
		}
	}
}

/* ---- lines, each with its targets and findings ---- */

struct target_taker {
	struct html_report *html;
	struct html_object *line;
	bool linked; /* the names are those in the files */
	struct list *shown;
	uint32_t next;
};

static void take_shown(void *context, struct slice target)
{
	struct target_taker *taker = context;

	*(struct slice *)list_add(taker->shown) = arena_copy(taker->shown->arena, target);
}

static void take_place(void *context, struct slice target)
{
	struct target_taker *taker = context;
	const struct target_place *place = find_place(taker->html, target);
	const struct slice *shown = list_at(taker->shown, taker->next++);
	struct html_object *object = html_add(taker->line, HTML_TARGETS);

	if (!place) {
		html_text(object, HTML_TEXT, *shown);
		html_flag(object, HTML_HREF, false);
		return;
	}
	html_text(object, HTML_TEXT,
		arena_format(taker->shown->arena, "%.*s, line %lu", SLICE_ARG(*shown),
			(unsigned long)place->line));
	html_text(object, HTML_HREF,
		arena_format(taker->shown->arena, "#%s-%lu", taker->html->report->files[place->file].name,
			(unsigned long)place->line));
}

/* A masked name cannot be looked up: the targets are gone through twice, as shown and as written. */
static void put_targets(struct html_report *html, struct told *told, const struct line_record *line,
	struct html_object *object, struct arena *arena)
{
	struct report plain = *html->report;
	struct list shown;
	struct target_taker taker = {.html = html, .line = object, .shown = &shown};

	list_init(&shown, arena, sizeof(struct slice));
	told_targets(told, line, take_shown, &taker);
	plain.redact = false;
	told->report = &plain;
	told_targets(told, line, take_place, &taker);
	told->report = html->report;
}

static void put_finding(struct html_report *html, const struct finding *finding, struct html_object *object)
{
	const struct report *report = html->report;

	html_text(object, HTML_SEVERITY, slice_of(severity_name(severity_in(report, finding))));
	html_text(object, HTML_TEXT, report->message(report->context, finding));
	html_text(object, HTML_CODE, slice_of(code_info(finding->code)->name));
}

static void put_findings(struct html_report *html, struct told *told, const struct line_record *line,
	struct html_object *object)
{
	told_findings(told, line, &html->found);
	for (size_t i = 0; i < html->found.count; i++)
		if (!is_silent(html->report, html->found.at[i]))
			put_finding(html, html->found.at[i], html_add(object, HTML_FINDINGS));
}

/* One source with its lines, for the lazy list of them. */
struct html_source {
	struct html_report *html;
	struct told told;
	uint32_t number;
	struct line_walk walk;
	struct line at; /* the line that was walked to last */
};

/* A line that was not carried over, or not in full. */
struct lost_line {
	struct html_source *source;
	uint32_t line;
};

static struct slice line_id(struct arena *arena, uint32_t source, uint32_t line)
{
	return arena_format(arena, "line-%lu-%lu", (unsigned long)source, (unsigned long)line);
}

/* Names of channels and providers are no secrets; all else is masked as CCcam's own lines are. */
static struct slice shown_line(const struct html_source *source, struct arena *arena)
{
	const struct side_file *side = source->told.side;

	/* Hosts and names may stand anywhere in a line. */
	if (source->html->report->redact)
		return SLICE("********");
	return side && side->kind != SIDE_NEWCAMD ? source->at.text
						  : mask_line(arena, source->at.text, false);
}

static void make_line(void *context, size_t index, struct html_object *object)
{
	struct html_source *source = context;
	const struct line_record *line = &source->told.ledger->lines[index];
	struct arena *arena = html_arena(object);
	const char *directive = told_directive(&source->told, line);

	/* The template may render the list more than once. */
	if (index == 0)
		source->walk = line_walk_start(source->told.ledger->source);
	(void)line_walk_next(&source->walk, &source->at);
	html_text(object, HTML_ID, line_id(arena, source->number, source->at.number));
	html_number(object, HTML_NUMBER, source->at.number);
	html_text(object, HTML_TEXT, shown_line(source, arena));
	html_text(object, HTML_FATE, slice_of(fate_name((enum fate)line->fate)));
	html_text(object, HTML_DIRECTIVE, slice_of(directive ? directive : ""));
	html_flag(object, HTML_LOST, fate_is_loss((enum fate)line->fate));
	put_targets(source->html, &source->told, line, object, arena);
	put_findings(source->html, &source->told, line, object);
}

/* ---- what is said first ---- */

static void make_loss(void *context, size_t index, struct html_object *object)
{
	struct html_report *html = context;
	const struct lost_line *loss = list_at(&html->losses, (uint32_t)index);
	struct told *told = &loss->source->told;
	const struct line_record *line = &told->ledger->lines[loss->line - 1];
	struct arena *arena = html_arena(object);
	const char *directive = told_directive(told, line);

	html_text(object, HTML_WHERE,
		arena_format(arena, "%.*s, line %lu", SLICE_ARG(told->ledger->source->name),
			(unsigned long)loss->line));
	html_text(object, HTML_HREF,
		arena_format(arena, "#%s", line_id(arena, loss->source->number, loss->line).at));
	html_text(object, HTML_DIRECTIVE, slice_of(directive ? directive : "unknown"));
	html_text(object, HTML_FATE, slice_of(fate_name((enum fate)line->fate)));
	put_findings(html, told, line, object);
}

static void keep_topic(struct html_report *html, uint32_t source, bool lost, const struct finding *finding)
{
	const struct code_info *info = code_info(finding->code);
	struct slice hint = finding->hint.len > 0 ? finding->hint : slice_of(info->way_out);

	if (is_silent(html->report, finding))
		return;
	if (hint.len > 0)
		topics_add(&html->hints, info->name, hint, source, finding->place.line);
	if (!lost)
		topics_add(&html->notes, info->name, slice_of(info->meaning), source, finding->place.line);
}

static void look_at_source(struct html_report *html, struct html_source *source)
{
	const struct ledger *ledger = source->told.ledger;
	const struct finding **sorted = ledger_sorted(ledger);

	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		uint32_t line = sorted[i]->place.line;
		keep_topic(html, source->number,
			line > 0 && fate_is_loss((enum fate)ledger->lines[line - 1].fate), sorted[i]);
	}
	for (uint32_t line = 1; line <= ledger->source->lines; line++)
		if (fate_is_loss((enum fate)ledger->lines[line - 1].fate))
			*(struct lost_line *)list_add(&html->losses) = (struct lost_line){source, line};
}

static void put_topics(
	struct html_report *html, const struct topics *topics, struct html_object *page, enum html_name list)
{
	for (uint32_t i = 0; i < topics->list.count; i++) {
		const struct topic *topic = list_at(&topics->list, i);
		struct html_object *object = html_add(page, list);
		struct buffer where = {0};
		topic_lines(html->report, topic, &where);
		html_prose(object, HTML_TEXT, topic->text);
		html_text(object, HTML_CODE, slice_of(topic->name));
		html_text(object, HTML_WHERE, buffer_slice(&where));
		buffer_free(&where);
	}
}

static void put_sources(struct html_report *html, struct html_object *page)
{
	for (uint32_t i = 0; i < told_count(html->report); i++) {
		struct html_source *source = arena_zero(html->arena, sizeof *source);
		*source = (struct html_source){.html = html, .told = told_at(html->report, i), .number = i};
		struct html_object *object = html_add(page, HTML_SOURCES);
		html_text(object, HTML_NAME, source->told.ledger->source->name);
		html_lazy(object, HTML_LINES, source->told.ledger->source->lines, make_line, source);
		look_at_source(html, source);
	}
	html_lazy(page, HTML_LOSSES, html->losses.count, make_loss, html);
}

/* The result in one sentence. */
static const char *sentence(const struct report *report, const char *status)
{
	if (report->failed)
		return report->dry ? "Nothing would be written." : "Nothing was written.";
	if (strcmp(status, "partial") == 0)
		return report->dry ? "Something would get lost. The losses stand below."
				   : "Converted, but something got lost. The losses stand below.";
	return report->dry ? "Everything would be carried over. Nothing would get lost."
			   : "Everything was carried over. Nothing got lost.";
}

static void put_start(struct html_report *html, struct html_object *page)
{
	const struct report *report = html->report;
	const char *status = report_status(report);
	struct buffer summary = {0};

	report_summary(report->ledger, report->model, report->dry, &summary);
	html_text(page, HTML_TITLE,
		slice_of(report->receiver ? report->receiver : report->ledger->source->path));
	html_text(page, HTML_PROGRAM,
		report->model && target_is_ncam(&report->model->target) ? SLICE("NCam") : SLICE("OSCam"));
	html_flag(page, HTML_CONVERTED, true);
	if (report->home) {
		html_text(page, HTML_HOME, slice_of(report->home));
		html_text(page, HTML_INPUT, slice_of(report->input));
	}
	html_text(page, HTML_STATUS, slice_of(status));
	html_text(page, HTML_SENTENCE,
		arena_format(html->arena, "%s%s%.*s", sentence(report, status),
			report->error.len > 0 ? " The reason: " : "", SLICE_ARG(report->error)));
	html_text(page, HTML_SUMMARY, buffer_slice(&summary));
	buffer_free(&summary);
}

/* ---- who reaches what, and the files ---- */

static void add_members(
	struct html_report *html, unsigned group, const struct list *sections, struct buffer *cell)
{
	struct buffer label = {0};

	cell->len = 0;
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		struct slice name = member_name(html->report, section, &label);
		if (is_member(section, group))
			buffer_format(cell, "%s%.*s", cell->len > 0 ? ", " : "", SLICE_ARG(name));
	}
	buffer_free(&label);
}

/* Group 0 has those that are in none. */
static void put_groups(struct html_report *html, struct html_object *page)
{
	const struct model *model = html->report->model;
	struct bits used = groups_with_readers(html->report);
	struct buffer readers = {0}, accounts = {0};

	for (unsigned i = 1; i <= BITS_MOST + 1; i++) {
		unsigned group = i <= BITS_MOST ? i : 0;
		if (group > 0 && !bits_has(used, group - 1))
			continue;
		add_members(html, group, &model->readers, &readers);
		add_members(html, group, &model->accounts, &accounts);
		if (group == 0 && readers.len == 0 && accounts.len == 0)
			continue;
		struct html_object *row = html_add(page, HTML_GROUPS);
		html_text(row, HTML_NAME, group > 0 ? arena_format(html->arena, "%u", group) : SLICE("none"));
		html_text(row, HTML_READERS, buffer_slice(&readers));
		html_text(row, HTML_ACCOUNTS, buffer_slice(&accounts));
	}
	buffer_free(&readers);
	buffer_free(&accounts);
}

int report_html(const struct report *report, const struct sink *sink)
{
	struct arena arena;
	struct html_report html = {.report = report, .arena = &arena};

	arena_init(&arena);
	topics_init(&html.hints, &arena);
	topics_init(&html.notes, &arena);
	table_init(&html.places, &arena, 0);
	list_init(&html.targets, &arena, sizeof(struct target_place));
	list_init(&html.losses, &arena, sizeof(struct lost_line));
	struct html_object *page = html_object(&arena);
	put_start(&html, page);
	for (size_t i = 0; i < report->file_count; i++)
		find_sections(&html, i);
	put_sources(&html, page);
	put_topics(&html, &html.hints, page, HTML_BY_HAND);
	put_topics(&html, &html.notes, page, HTML_NOTES);
	put_groups(&html, page);
	html_put_diagram(report, page);
	for (size_t i = 0; i < report->file_count; i++)
		html_put_file(&report->files[i], report->redact, page);
	int result = html_render(page, report->templates, sink);
	free(html.found.at);
	arena_free(&arena);
	return result;
}
