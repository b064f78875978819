/* The report as a page for a browser: what to do by hand, what was lost, every line beside what became of it,
 * who reaches what, and the files. Secrets are masked. See html.h. */
#include "html.h"

#include <stdlib.h>

#include "cc2oscam/cccam.h"
#include "cc2oscam/sidefiles.h"

struct html_report {
	const struct report *report;
	struct arena *arena;
	struct report_topics topics;
	struct finding_list found; /* of the line at hand */
	struct keys targets;       /* sections as the report names them: "oscam.server:[reader] host1" */
	struct list places;        /* struct target_place of each */
	struct html_source *sources;
	struct list losses; /* struct lost_line */
};

/* ---- where a section stands in its file ---- */

/* A file, and the line of a section's header in it. */
struct target_place {
	uint32_t line;
	size_t file;
};

/* The first of a name counts, as with OSCam. */
static void add_place(struct html_report *html, size_t file, struct slice name, uint32_t line)
{
	if (keys_add(&html->targets, name) == html->places.count)
		*(struct target_place *)list_add(&html->places) = (struct target_place){line, file};
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

/* Every section of a file: the first of a kind by its header, and each section with a name by header and
 * name. */
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

struct target_list {
	const struct html_report *html;
	struct html_object *line;
};

/* A link to the section, which is looked up by its name in the file: the name shown may be masked. */
static void put_target(void *context, struct slice target, const struct section *section)
{
	const struct target_list *list = context;
	const struct report *report = list->html->report;
	struct html_object *object = html_add(list->line, HTML_targets);
	struct arena *arena = html_arena(object);
	struct buffer name = {.arena = arena};

	if (section)
		add_target(report, section, false, &name);
	uint32_t number = keys_find(&list->html->targets, section ? buffer_slice(&name) : target);
	if (number == KEYS_NONE) {
		html_text(object, HTML_text, target);
		html_flag(object, HTML_href, false);
		return;
	}
	const struct target_place *place = list_at(&list->html->places, number);
	html_text(object, HTML_text,
		arena_format(arena, "%.*s, line %lu", SLICE_ARG(target), (unsigned long)place->line));
	html_text(object, HTML_href,
		arena_format(arena, "#%s-%lu", report->files[place->file].name, (unsigned long)place->line));
}

void put_html_finding(struct html_object *object, const struct report *how, const struct finding *finding)
{
	html_text(object, HTML_severity, slice_of(severity_name(severity_in(how, finding))));
	html_text(object, HTML_text, how->message(how->context, finding));
	html_text(object, HTML_code, slice_of(code_info(finding->code)->name));
}

static void put_findings(struct html_report *html, struct report_source *from, const struct line_record *line,
	struct html_object *object)
{
	line_findings(from, line, &html->found);
	for (size_t i = 0; i < html->found.count; i++)
		if (!is_silent(html->report, html->found.at[i]))
			put_html_finding(html_add(object, HTML_findings), html->report, html->found.at[i]);
}

/* One source with its lines, for the lazy list of them. */
struct html_source {
	struct html_report *html;
	struct report_source from;
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
	const struct side_file *side = source->from.side;

	/* Hosts and names may stand anywhere in a line. */
	if (source->html->report->redact)
		return SLICE("********");
	return side && side->kind != SIDE_NEWCAMD ? source->at.text
						  : mask_line(arena, source->at.text, false);
}

static void make_line(void *context, size_t index, struct html_object *object)
{
	struct html_source *source = context;
	const struct line_record *line = &source->from.ledger->lines[index];
	struct arena *arena = html_arena(object);
	const char *directive = line_directive(&source->from, line);

	/* The template may render the list more than once. */
	if (index == 0)
		source->walk = line_walk_start(source->from.ledger->source);
	(void)line_walk_next(&source->walk, &source->at);
	html_text(object, HTML_id, line_id(arena, source->from.number, source->at.number));
	html_number(object, HTML_number, source->at.number);
	html_text(object, HTML_text, shown_line(source, arena));
	html_text(object, HTML_fate, slice_of(fate_name((enum fate)line->fate)));
	html_text(object, HTML_directive, slice_of(directive ? directive : ""));
	html_flag(object, HTML_lost, fate_is_loss((enum fate)line->fate));
	line_targets(&source->from, line, put_target, &(struct target_list){source->html, object});
	put_findings(source->html, &source->from, line, object);
}

/* ---- what is said first ---- */

static void make_loss(void *context, size_t index, struct html_object *object)
{
	struct html_report *html = context;
	const struct lost_line *loss = list_at(&html->losses, (uint32_t)index);
	struct report_source *from = &loss->source->from;
	const struct line_record *line = &from->ledger->lines[loss->line - 1];
	struct arena *arena = html_arena(object);
	const char *directive = line_directive(from, line);

	html_text(object, HTML_where,
		arena_format(arena, "%.*s, line %lu", SLICE_ARG(from->ledger->source->name),
			(unsigned long)loss->line));
	html_text(object, HTML_href,
		arena_format(arena, "#%s", line_id(arena, loss->source->from.number, loss->line).at));
	html_text(object, HTML_directive, slice_of(directive ? directive : "unknown"));
	html_text(object, HTML_fate, slice_of(fate_name((enum fate)line->fate)));
	put_findings(html, from, line, object);
}

static void look_at_line(
	void *context, const struct report_source *from, uint32_t line, const struct finding_list *found)
{
	struct html_report *html = context;

	if (line > 0 && fate_is_loss((enum fate)from->ledger->lines[line - 1].fate))
		*(struct lost_line *)list_add(&html->losses) =
			(struct lost_line){&html->sources[from->number], line};
	keep_topics(&html->topics, from, line, found, true);
}

static void put_topics(
	struct html_report *html, const struct topics *topics, struct html_object *page, enum html_name list)
{
	for (uint32_t i = 0; i < topics->list.count; i++) {
		const struct topic *topic = list_at(&topics->list, i);
		struct html_object *object = html_add(page, list);
		struct buffer where = {.arena = html->arena};
		topic_lines(html->report, topic, &where);
		html_prose(object, HTML_text, topic->text);
		html_text(object, HTML_code, slice_of(topic->name));
		html_text(object, HTML_where, buffer_slice(&where));
	}
}

static void put_sources(struct html_report *html, struct html_object *page)
{
	uint32_t count = report_source_count(html->report);

	html->sources = arena_array(html->arena, count, sizeof *html->sources);
	for (uint32_t i = 0; i < count; i++) {
		struct html_source *source = &html->sources[i];
		*source = (struct html_source){.html = html, .from = report_source_at(html->report, i)};
		struct html_object *object = html_add(page, HTML_sources);
		html_text(object, HTML_name, source->from.ledger->source->name);
		html_lazy(object, HTML_lines, source->from.ledger->source->lines, make_line, source);
	}
	report_lines(html->report, look_at_line, html);
	html_lazy(page, HTML_losses, html->losses.count, make_loss, html);
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
	struct buffer summary = {.arena = html->arena};

	report_summary(report->ledger, report->model, report->dry, &summary);
	html_text(page, HTML_title,
		slice_of(report->receiver ? report->receiver : report->ledger->source->path));
	html_text(page, HTML_program,
		report->model && target_is_ncam(&report->model->target) ? SLICE("NCam") : SLICE("OSCam"));
	html_flag(page, HTML_converted, true);
	if (report->home) {
		html_text(page, HTML_home, slice_of(report->home));
		html_text(page, HTML_input, slice_of(report->input));
	}
	html_text(page, HTML_status, slice_of(status));
	html_text(page, HTML_sentence,
		arena_format(html->arena, "%s%s%.*s", sentence(report, status),
			report->error.len > 0 ? " The reason: " : "", SLICE_ARG(report->error)));
	html_text(page, HTML_summary, buffer_slice(&summary));
}

/* ---- who reaches what, and the files ---- */

static void put_group(void *page, const char *group, struct slice readers, struct slice accounts)
{
	struct html_object *row = html_add(page, HTML_groups);

	html_text(row, HTML_name, slice_of(group));
	html_text(row, HTML_readers, readers);
	html_text(row, HTML_accounts, accounts);
}

bool report_html(const struct report *report, const struct sink *sink)
{
	struct arena arena;
	struct html_report html = {.report = report, .arena = &arena};

	arena_init(&arena);
	report_topics_init(&html.topics, &arena);
	keys_init(&html.targets, &arena, 0);
	list_init(&html.places, &arena, sizeof(struct target_place));
	list_init(&html.losses, &arena, sizeof(struct lost_line));
	struct html_object *page = html_object(&arena);
	put_start(&html, page);
	for (size_t i = 0; i < report->file_count; i++)
		find_sections(&html, i);
	put_sources(&html, page);
	put_topics(&html, &html.topics.hints, page, HTML_by_hand);
	put_topics(&html, &html.topics.notes, page, HTML_notes);
	report_groups(report, false, put_group, page);
	html_put_diagram(report, page);
	for (size_t i = 0; i < report->file_count; i++)
		html_put_file(&report->files[i], report->redact, page);
	bool fine = html_render(page, report->templates, sink);
	free(html.found.at);
	arena_free(&arena);
	return fine;
}
