/* The report as text, for a person after a migration: what was carried over, what was not and why, what is to
 * be done by hand, and who reaches what. */
#include "report_page.h"
#include "report_topics.h"

#include <stdio.h>
#include <stdlib.h>

#include "cc2oscam/cccam.h"

struct telling {
	const struct report *report;
	struct page page;
	struct arena arena;
	struct topics hints;        /* of all findings */
	struct topics notes;        /* findings that do not say why something got lost */
	struct finding_list others; /* of a line that has none of its own */
	struct topics dropped;      /* directives of dropped lines without a finding */
};

static void heading(struct telling *telling, const char *text)
{
	page_blank(&telling->page);
	buffer_format(&telling->page.text, "%s", text);
	page_heading(&telling->page, '-');
}

/* A paragraph of fixed text. */
static void say(struct telling *telling, const char *text)
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

static void tell_kind(struct telling *telling, const char *kind, uint32_t count)
{
	add_kind(telling, kind, count);
	page_paragraph(&telling->page, 2, 26);
}

static void tell_rows(struct telling *telling, const char *kind, const struct list *rows)
{
	if (rows->count > 0)
		tell_kind(telling, kind, rows->count);
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

	heading(telling, telling->report->failed ? "Would be carried over" : "Carried over");
	tell_readers(telling);
	tell_kind(telling, "accounts", model->account_count);
	tell_kind(telling, "options", count_options(telling->report->ledger));
	tell_rows(telling, "service lists", &model->services);
	tell_rows(telling, "card priorities", &model->dvbapi);
	tell_rows(telling, "provider names", &model->provid);
	tell_rows(telling, "channel names", &model->srvid2);
}

/* ---- what was not, and what there is to say about the rest ---- */

/* The findings of one line. */
struct findings {
	const struct finding *const *at;
	size_t count;
};

static bool is_reason(const struct finding *finding)
{
	return code_info(finding->code)->severity >= SEVERITY_WARNING;
}

static void tell_reason(struct telling *telling, const struct finding *finding)
{
	struct buffer *text = &telling->page.text;

	add_harmless(text, telling->report->message(telling->report->context, finding));
	buffer_format(text, " [%s]", code_info(finding->code)->name);
	page_paragraph(&telling->page, 6, 6);
}

/* Where the findings of a lost line are all notes, they have to do as reasons. */
static void tell_loss(
	struct telling *telling, const struct told *told, uint32_t number, const struct findings *findings)
{
	const struct line_record *line = &told->ledger->lines[number - 1];
	const char *directive = told_directive(told, line);
	struct buffer *text = &telling->page.text;
	bool any = false;

	if (told->side) {
		add_harmless(text, slice_of(told->ledger->source->path));
		buffer_format(text, ", ");
	}
	buffer_format(text, "line %lu: %s, %s", (unsigned long)number, directive ? directive : "unknown",
		fate_name((enum fate)line->fate));
	page_paragraph(&telling->page, 2, 2);
	for (size_t i = 0; i < findings->count; i++)
		any |= is_reason(findings->at[i]);
	for (size_t i = 0; i < findings->count; i++)
		if (!is_silent(telling->report, findings->at[i]) && (is_reason(findings->at[i]) || !any))
			tell_reason(telling, findings->at[i]);
}

static void keep_topics(
	struct telling *telling, uint32_t source, bool lost, uint32_t line, const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = findings->at[i];
		const struct code_info *info = code_info(finding->code);
		if (is_silent(telling->report, finding))
			continue;
		struct slice hint = finding->hint.len > 0 ? finding->hint : slice_of(info->way_out);
		if (hint.len > 0)
			topics_add(&telling->hints, info->name, hint, source, line);
		if (!lost || !is_reason(finding))
			topics_add(&telling->notes, info->name, slice_of(info->meaning), source, line);
	}
}

static void look_at_line(struct telling *telling, const struct told *told, uint32_t source, uint32_t number,
	const struct findings *findings)
{
	const struct line_record *line = &told->ledger->lines[number - 1];
	bool lost = fate_is_loss((enum fate)line->fate);
	struct findings others;

	if (findings->count == 0) {
		told_findings(told, line, &telling->others);
		others = (struct findings){telling->others.at, telling->others.count};
		findings = &others;
	}

	if (lost)
		tell_loss(telling, told, number, findings);
	keep_topics(telling, source, lost, number, findings);
	if (line->fate == FATE_DROPPED && findings->count == 0)
		topics_add(&telling->dropped, told_directive(told, line), slice_of(""), source, number);
}

static struct findings findings_of_line(const struct finding *const *sorted, uint32_t count, uint32_t line)
{
	uint32_t of_line = 0;

	while (of_line < count && sorted[of_line]->place.line == line)
		of_line++;
	return (struct findings){sorted, of_line};
}

/* Tells the losses of one source, and keeps the rest for later. */
static void look_at_source(struct telling *telling, uint32_t source)
{
	struct told told = told_at(telling->report, source);
	const struct finding **sorted = ledger_sorted(told.ledger);
	uint32_t left = told.ledger->findings.count;
	struct findings findings = findings_of_line(sorted, left, 0);

	keep_topics(telling, source, false, 0, &findings);
	for (uint32_t line = 1; line <= told.ledger->source->lines; line++) {
		sorted += findings.count;
		left -= (uint32_t)findings.count;
		findings = findings_of_line(sorted, left, line);
		look_at_line(telling, &told, source, line, &findings);
	}
}

static void tell_losses(struct telling *telling)
{
	uint32_t lost = 0;

	for (uint32_t i = 0; i < told_count(telling->report); i++)
		lost += ledger_lost(told_at(telling->report, i).ledger);
	heading(telling, "Not carried over, or not in full");
	if (lost == 0)
		say(telling, "Nothing got lost.");
	for (uint32_t i = 0; i < told_count(telling->report); i++)
		look_at_source(telling, i);
}

static void tell_topics(struct telling *telling, const struct topics *topics)
{
	struct page *page = &telling->page;

	for (uint32_t i = 0; i < topics->list.count; i++) {
		const struct topic *topic = list_at(&topics->list, i);
		buffer_format(&page->text, "- ");
		add_harmless(&page->text, topic->text);
		page_paragraph(page, 2, 4);
		buffer_format(&page->text, "%s: ", topic->name);
		topic_lines(telling->report, topic, &page->text);
		page_paragraph(page, 4, 6);
	}
}

static void tell_dropped(struct telling *telling)
{
	struct page *page = &telling->page;

	if (telling->dropped.list.count == 0)
		return;
	buffer_format(&page->text,
		"- Lines that change nothing about who gets what; OSCam has nothing like them, and needs "
		"nothing:");
	page_paragraph(page, 2, 4);
	for (uint32_t i = 0; i < telling->dropped.list.count; i++) {
		const struct topic *topic = list_at(&telling->dropped.list, i);
		buffer_format(&page->text, "%s: ", topic->name);
		topic_lines(telling->report, topic, &page->text);
		page_paragraph(page, 4, 6);
	}
}

static void tell_hints_and_notes(struct telling *telling)
{
	heading(telling, "To do by hand");
	if (telling->hints.list.count == 0)
		say(telling, "Nothing.");
	tell_topics(telling, &telling->hints);
	heading(telling, "Notes");
	if (telling->notes.list.count == 0 && telling->dropped.list.count == 0)
		say(telling, "None.");
	tell_topics(telling, &telling->notes);
	tell_dropped(telling);
}

/* ---- who reaches what, and the files ---- */

static void add_members(
	struct telling *telling, unsigned group, const struct list *sections, struct buffer *cell)
{
	struct buffer label = {0};

	cell->len = 0;
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		if (!is_member(section, group))
			continue;
		if (cell->len > 0)
			buffer_add(cell, ", ", 2);
		add_harmless(cell, member_name(telling->report, section, &label));
		if (section_is_reader(section))
			buffer_format(cell, " (%.*s)", SLICE_ARG(section_get(section, KEY_reader_protocol)));
	}
	buffer_free(&label);
}

static void tell_groups(struct telling *telling)
{
	const struct model *model = telling->report->model;
	struct bits used = groups_with_readers(telling->report);
	struct buffer readers = {0}, accounts = {0};

	heading(telling, "Who reaches what");
	if (model->reader_count == 0 && model->account_count == 0) {
		say(telling, "There is no reader and no account.");
		return;
	}
	page_row(&telling->page, "group", SLICE("readers"), SLICE("accounts"));
	for (unsigned i = 1; i <= BITS_MOST + 1; i++) {
		unsigned group = i <= BITS_MOST ? i : 0;
		char number[8];
		if (group > 0 && !bits_has(used, group - 1))
			continue;
		(void)snprintf(number, sizeof number, "%u", group);
		add_members(telling, group, &model->readers, &readers);
		add_members(telling, group, &model->accounts, &accounts);
		if (group > 0 || readers.len > 0 || accounts.len > 0)
			page_row(&telling->page, group > 0 ? number : "none", buffer_slice(&readers),
				buffer_slice(&accounts));
	}
	buffer_free(&readers);
	buffer_free(&accounts);
}

static void tell_files(struct telling *telling)
{
	const struct report *report = telling->report;

	heading(telling, "Files");
	if (report->file_count == 0)
		say(telling, "Nothing was written.");
	for (size_t i = 0; i < report->file_count; i++) {
		buffer_format(&telling->page.text, "%-16s %9llu bytes", report->files[i].name,
			(unsigned long long)report->files[i].bytes);
		page_paragraph(&telling->page, 2, 2);
	}
}

int report_text(const struct report *report, const struct sink *sink)
{
	struct telling telling = {.report = report, .page = {.spool = {.sink = sink}}};

	arena_init(&telling.arena);
	topics_init(&telling.hints, &telling.arena);
	topics_init(&telling.notes, &telling.arena);
	topics_init(&telling.dropped, &telling.arena);
	tell_start(&telling);
	tell_carried(&telling);
	tell_losses(&telling);
	tell_hints_and_notes(&telling);
	tell_groups(&telling);
	tell_files(&telling);
	buffer_free(&telling.page.text);
	free(telling.others.at);
	arena_free(&telling.arena);
	return spool_end(&telling.page.spool);
}
