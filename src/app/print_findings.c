/* Findings as a person reads them, on standard error. */
#include "app.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/cccam.h"
#include "cc2oscam/masked.h"
#include "cc2oscam/path.h"

/* A long line is shown around the place that the finding means. */
enum { SHOWN_BEFORE = 60, SHOWN_MOST = 110 };

/* ---- what was said already ---- */

struct heard *heard_new(struct arena *arena)
{
	struct heard *heard = arena_alloc(arena, sizeof *heard);

	heard->arena = arena;
	heard->gravest = (struct gravest){CODE_COUNT, 0};
	table_init(&heard->table, arena, 0);
	list_init(&heard->list, arena, sizeof(struct slice));
	return heard;
}

static bool has(const struct heard *heard, enum code code, struct slice words)
{
	table_each (walk, &heard->table, slice_hash(words, (uint64_t)code))
		if (slice_equal(*(const struct slice *)list_at(&heard->list, walk.number), words))
			return true;
	return false;
}

/* Of a friend who reaches nobody a conversion and check speak in different words: his name tells. */
static struct slice words_of(const struct finding *finding)
{
	struct slice rest = finding->message, word;

	if (finding->code != CODE_NO_GROUP)
		return rest;
	(void)slice_cut(&rest, '"');
	word = slice_cut(&rest, '"');
	return rest.at ? word : finding->message;
}

static bool is_first(struct heard *heard, enum code code, struct slice words)
{
	if (has(heard, code, words))
		return false;
	table_add(&heard->table, slice_hash(words, (uint64_t)code), heard->list.count);
	*(struct slice *)list_add(&heard->list) = arena_copy(heard->arena, words);
	return true;
}

static bool was_heard(const struct heard *heard, const struct finding *finding)
{
	struct slice placed =
		arena_format(heard->arena, "%s, line %lu: %.*s", path_base(finding->place.source->path),
			(unsigned long)finding->place.line, SLICE_ARG(finding->message));

	return has(heard, finding->code, words_of(finding)) || has(heard, finding->code, placed);
}

/* ---- printing ---- */

struct finding_printer {
	FILE *to;
	const struct request *request;
	const struct ledger *ledger;
	struct line_walk walk;
	struct line line; /* the line that the walk is at */
	struct arena arena;
	bool terminal, color;
};

bool use_color(const struct request *request, FILE *to)
{
	const char *no_color = getenv("NO_COLOR");

	if (request->color != WHEN_AUTO)
		return request->color == WHEN_ALWAYS;
	return isatty(fileno(to)) == 1 && !(no_color && *no_color);
}

/* The line with its secrets masked, and a caret under the column. */
static void print_line(struct finding_printer *printer, uint32_t column)
{
	arena_reset(&printer->arena);
	struct slice line =
		printer->ledger->source->raw
			? oscam_mask(&printer->arena, printer->line.text, printer->request->redact)
			: mask_line(&printer->arena, printer->line.text, printer->request->redact);
	size_t caret = column - 1, start = caret > SHOWN_BEFORE ? caret - SHOWN_BEFORE : 0;

	if (caret > line.len)
		return;
	while (start > 0 && ((unsigned char)line.at[start] & 0xc0) == 0x80)
		start--;
	size_t most = line.len - start < SHOWN_MOST ? line.len - start : SHOWN_MOST;
	(void)fputs("    ", printer->to);
	print_plain(printer->to, (struct slice){line.at + start, most});
	(void)fputs("\n    ", printer->to);
	for (struct slice left = {line.at + start, caret - start}; left.len > 0;) {
		bool harmless;
		size_t len = shown_bytes(left, &harmless);
		(void)putc(*left.at == '\t' ? '\t' : ' ', printer->to);
		left.at += len;
		left.len -= len;
	}
	(void)fputs("^\n", printer->to);
}

static void print_finding(struct finding_printer *printer, const struct finding *finding)
{
	static const char *const colors[] = {"\033[36m", "\033[36m", "\033[1;35m", "\033[1;31m"};
	enum severity severity = request_severity(printer->request, finding->code);

	print_plain(printer->to, slice_of(finding->place.source->path));
	(void)putc(':', printer->to);
	if (finding->place.line > 0)
		(void)fprintf(printer->to, "%lu:", (unsigned long)finding->place.line);
	if (finding->place.column > 0)
		(void)fprintf(printer->to, "%lu:", (unsigned long)finding->place.column);
	(void)fprintf(printer->to, " %s%s:%s ", printer->color ? colors[severity] : "",
		severity_name(severity), printer->color ? "\033[0m" : "");
	print_plain(printer->to, request_message(printer->request, finding));
	(void)fprintf(printer->to, " [%s]\n", code_info(finding->code)->name);
	if (!printer->terminal)
		return;
	if (finding->place.line > 0 && finding->place.column > 0)
		print_line(printer, finding->place.column);
	/* Below the first finding that needs it: below the others it would only fill the screen. */
	if (finding->hint.len > 0 && is_first(printer->request->hints, finding->code, finding->hint)) {
		(void)fputs("    ", printer->to);
		print_plain(printer->to, finding->hint);
		(void)putc('\n', printer->to);
	}
}

void print_findings_to(FILE *to, const struct request *request, const struct ledger *ledger)
{
	uint32_t count = ledger->findings.count;
	struct finding_printer printer = {
		.to = to, .request = request, .ledger = ledger, .walk = line_walk_start(ledger->source)};

	if (request->quiet || count == 0)
		return;
	arena_init(&printer.arena);
	printer.terminal = to == stderr && isatty(STDERR_FILENO) == 1;
	printer.color = use_color(request, stderr);
	const struct finding **sorted = ledger_sorted(ledger);
	for (uint32_t i = 0; i < count; i++) {
		if (!request_shows(request, sorted[i]->code) ||
			(request->again && was_heard(request->heard, sorted[i])))
			continue;
		if (request->heard && !request->again) {
			(void)is_first(request->heard, sorted[i]->code, words_of(sorted[i]));
			weigh(&request->heard->gravest, sorted[i]->code,
				finding_weight(request, ledger, sorted[i]));
		}
		while (printer.line.number < sorted[i]->place.line &&
			line_walk_next(&printer.walk, &printer.line))
			continue;
		print_finding(&printer, sorted[i]);
	}
	arena_free(&printer.arena);
}

void print_findings(const struct request *request, const struct ledger *ledger)
{
	print_findings_to(stderr, request, ledger);
	(void)fflush(stderr); /* before the files, whose reader may go away */
}

void print_summary(
	const struct request *request, const struct ledger *ledger, const struct model *model, bool dry)
{
	struct buffer text = {0};

	if (request->quiet)
		return;
	report_summary(ledger, model, dry, &text);
	buffer_add(&text, "\n", 1);
	print_buffer(stderr, &text);
}
