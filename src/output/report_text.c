/* The report as text, for a person after a migration: what was carried over, what was not and why, what is to
 * be done by hand, and who reaches what. */
#include "report_facts.h"

#include "cc2oscam/cccam.h"

struct telling {
	const struct report *report;
	struct page page;
	struct arena arena;
	struct report_topics topics;
};

static void heading(struct telling *telling, const char *text)
{
	buffer_format(&telling->page.text, "%s", text);
	page_heading(&telling->page, '-');
}

/* A paragraph of fixed text. */
static void add_paragraph(struct telling *telling, const char *text)
{
	buffer_format(&telling->page.text, "%s", text);
	page_paragraph(&telling->page, 2, 2);
}

/* The end of a path that is too long: the title has to stay on the first line. */
static void add_path(struct buffer *text, const char *path)
{
	struct buffer whole = {0};
	size_t room = PAGE_COLUMNS - strlen(REPORT_TITLE), columns;

	add_harmless(&whole, slice_of(path));
	struct slice rest = buffer_slice(&whole);
	columns = utf8_columns(rest);
	if (columns > room)
		buffer_format(text, "...");
	for (size_t skip = columns > room ? columns - room + 3 : 0; skip > 0; skip--) {
		size_t len = utf8_length(rest);
		rest = (struct slice){rest.at + len, rest.len - len};
	}
	buffer_add_slice(text, rest);
	buffer_free(&whole);
}

static void tell_start(struct telling *telling)
{
	const struct report *report = telling->report;
	struct page *page = &telling->page;
	const char *status = report_status(report);

	add_path(&page->text, report->ledger->source->path);
	buffer_format(
		&page->text, "%s", target_is_ncam(&report->model->target) ? REPORT_TITLE_NCAM : REPORT_TITLE);
	page_heading(page, '=');
	report_summary(report->ledger, report->model, false, &page->text);
	page_paragraph(page, 0, 0);
	buffer_format(&page->text, "%s: %s", status,
		*status == 'f'   ? "nothing was written"
		: *status == 'p' ? "something got lost"
				 : "nothing got lost");
	page_paragraph(page, 0, 0);
}

/* ---- what was carried over ---- */

static void add_kind(struct telling *telling, const char *kind, uint32_t count)
{
	buffer_format(&telling->page.text, "%-16s %7lu", kind, (unsigned long)count);
}

struct protocol_readers {
	struct slice name;
	uint32_t readers;
};

/* There are only a few protocols. */
static void count_protocol(struct list *protocols, struct slice name)
{
	struct protocol_readers *protocol;

	for (uint32_t i = 0; i < protocols->count; i++) {
		protocol = list_at(protocols, i);
		if (slice_equal(protocol->name, name)) {
			protocol->readers++;
			return;
		}
	}
	protocol = list_add(protocols);
	*protocol = (struct protocol_readers){name, 1};
}

static void tell_readers(struct telling *telling)
{
	const struct model *model = telling->report->model;
	struct list protocols;

	list_init(&protocols, &telling->arena, sizeof(struct protocol_readers));
	for (uint32_t i = 0; i < model->readers.count; i++) {
		const struct section *reader = list_at(&model->readers, i);
		if (section_is_reader(reader))
			count_protocol(&protocols, section_get(reader, KEY_reader_protocol));
	}
	add_kind(telling, "readers", model->reader_count);
	for (uint32_t i = 0; i < protocols.count; i++) {
		const struct protocol_readers *protocol = list_at(&protocols, i);
		buffer_format(&telling->page.text, "%s%.*s %lu", i == 0 ? "  (" : ", ",
			SLICE_ARG(protocol->name), (unsigned long)protocol->readers);
	}
	if (protocols.count > 0)
		buffer_format(&telling->page.text, ")");
	page_paragraph(&telling->page, 2, 28);
}

static uint32_t count_options(const struct ledger *ledger)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < ledger->source->lines; i++) {
		const struct line_record *line = &ledger->lines[i];
		bool carried = line->fate >= FATE_CONVERTED && line->fate <= FATE_PARTIAL;
		if (carried && line->directive > 0)
			count += !directive_at((enum directive_id)(line->directive - 1))->letter;
	}
	return count;
}

static void tell_carried(struct telling *telling)
{
	const struct model *model = telling->report->model;
	const struct {
		const char *kind;
		uint32_t count;
		bool always;
	} rows[] = {{"accounts", model->account_count, true},
		{"options", count_options(telling->report->ledger), true},
		{"service lists", model->services.count, false},
		{"card priorities", model->dvbapi.count, false},
		{"provider names", model->provid.count, false},
		{"channel names", model->srvid2.count, false}};

	heading(telling, telling->report->failed ? "Would be carried over" : "Carried over");
	tell_readers(telling);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!rows[i].always && rows[i].count == 0)
			continue;
		add_kind(telling, rows[i].kind, rows[i].count);
		page_paragraph(&telling->page, 2, 26);
	}
}

/* ---- what was lost, and hints and notes about the other lines ---- */

/* Where the findings of a lost line are all notes, they have to do as reasons. */
static void tell_loss(struct telling *telling, const struct report_source *from, uint32_t number,
	const struct finding_list *found)
{
	const struct line_record *line = &from->ledger->lines[number - 1];
	const char *directive = line_directive(from, line);
	struct buffer *text = &telling->page.text;
	bool any = false;

	if (from->side) {
		add_harmless(text, slice_of(from->ledger->source->path));
		buffer_format(text, ", ");
	}
	buffer_format(text, "line %lu: %s, %s", (unsigned long)number, directive ? directive : "unknown",
		fate_name((enum fate)line->fate));
	page_paragraph(&telling->page, 2, 2);
	for (size_t i = 0; i < found->count; i++)
		any |= is_reason(found->at[i]);
	for (size_t i = 0; i < found->count; i++) {
		if (is_silent(telling->report, found->at[i]) || (any && !is_reason(found->at[i])))
			continue;
		add_harmless(text, telling->report->message(telling->report->context, found->at[i]));
		buffer_format(text, " [%s]", code_info(found->at[i]->code)->name);
		page_paragraph(&telling->page, 6, 6);
	}
}

/* Tells a loss, and keeps the rest for later. */
static void look_at_line(
	void *context, const struct report_source *from, uint32_t line, const struct finding_list *found)
{
	struct telling *telling = context;

	if (line > 0 && fate_is_loss((enum fate)from->ledger->lines[line - 1].fate))
		tell_loss(telling, from, line, found);
	keep_topics(&telling->topics, from, line, found, false);
}

static void tell_losses(struct telling *telling)
{
	uint32_t lost = 0;

	for (uint32_t i = 0; i < report_source_count(telling->report); i++)
		lost += ledger_lost(report_source_at(telling->report, i).ledger);
	heading(telling, "Not carried over, or not in full");
	if (lost == 0)
		add_paragraph(telling, "Nothing got lost.");
	report_lines(telling->report, look_at_line, telling);
}

/* A topic without a text has had its text before: all topics of the list share that text. */
static void tell_topics(struct telling *telling, const struct topics *topics)
{
	struct page *page = &telling->page;

	for (uint32_t i = 0; i < topics->list.count; i++) {
		const struct topic *topic = list_at(&topics->list, i);
		if (topic->text.len > 0) {
			buffer_format(&page->text, "- ");
			add_harmless(&page->text, topic->text);
			page_paragraph(page, 2, 4);
		}
		buffer_format(&page->text, "%s: ", topic->name);
		topic_lines(telling->report, topic, &page->text);
		page_paragraph(page, 4, 6);
	}
}

static void tell_hints_and_notes(struct telling *telling)
{
	const struct report_topics *topics = &telling->topics;
	bool dropped = topics->dropped.list.count > 0;

	heading(telling, "To do by hand");
	if (topics->hints.list.count == 0)
		add_paragraph(telling, "Nothing.");
	tell_topics(telling, &topics->hints);
	heading(telling, "Notes");
	if (topics->notes.list.count == 0 && !dropped)
		add_paragraph(telling, "None.");
	tell_topics(telling, &topics->notes);
	if (dropped) {
		buffer_format(&telling->page.text, "- Lines that change nothing about who gets what; OSCam "
						   "has nothing like them, and needs nothing:");
		page_paragraph(&telling->page, 2, 4);
	}
	tell_topics(telling, &topics->dropped);
}

/* ---- who reaches what, and the files ---- */

static void tell_group(void *context, const char *group, struct slice readers, struct slice accounts)
{
	struct buffer left = {0}, right = {0};

	add_harmless(&left, readers);
	add_harmless(&right, accounts);
	page_row(context, group, buffer_slice(&left), buffer_slice(&right));
	buffer_free(&left);
	buffer_free(&right);
}

static void tell_groups(struct telling *telling)
{
	const struct model *model = telling->report->model;

	heading(telling, "Who reaches what");
	if (model->reader_count == 0 && model->account_count == 0) {
		add_paragraph(telling, "There is no reader and no account.");
		return;
	}
	page_row(&telling->page, "group", SLICE("readers"), SLICE("accounts"));
	report_groups(telling->report, true, tell_group, &telling->page);
}

static void tell_files(struct telling *telling)
{
	const struct report *report = telling->report;

	heading(telling, "Files");
	if (report->file_count == 0)
		add_paragraph(telling, "Nothing was written.");
	for (size_t i = 0; i < report->file_count; i++) {
		buffer_format(&telling->page.text, "%-16s %9llu bytes", report->files[i].name,
			(unsigned long long)report->files[i].bytes);
		page_paragraph(&telling->page, 2, 2);
	}
}

bool report_text(const struct report *report, const struct sink *sink)
{
	struct telling telling = {.report = report, .page = {.spool = {.sink = sink}}};

	arena_init(&telling.arena);
	report_topics_init(&telling.topics, &telling.arena);
	tell_start(&telling);
	tell_carried(&telling);
	tell_losses(&telling);
	tell_hints_and_notes(&telling);
	tell_groups(&telling);
	tell_files(&telling);
	buffer_free(&telling.page.text);
	arena_free(&telling.arena);
	return spool_end(&telling.page.spool);
}
