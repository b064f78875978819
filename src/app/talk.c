/* Findings as a person reads them, on standard error. */
#include "app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/cccam.h"
#include "cc2oscam/masked.h"

/* A long line is shown around the place that the finding means. */
enum { SHOWN_BEFORE = 60, SHOWN_MOST = 110 };

enum severity request_severity(const void *context, enum code code)
{
	const struct request *request = context;

	switch ((enum override)request->overrides[code]) {
	case OVERRIDE_WARNING:
		return SEVERITY_WARNING;
	case OVERRIDE_ERROR:
		return SEVERITY_ERROR;
	case OVERRIDE_NONE:
	case OVERRIDE_SILENT:
		break;
	}
	return code_info(code)->severity;
}

bool request_silent(const void *context, enum code code)
{
	const struct request *request = context;

	return request->skip[code] || request->overrides[code] == OVERRIDE_SILENT;
}

bool has_raised(const struct request *request, const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		const struct finding *finding = list_at(&ledger->findings, i);
		if (request->overrides[finding->code] == OVERRIDE_ERROR)
			return true;
	}
	return false;
}

bool has_losses(const struct request *request, const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->source->lines; i++)
		if (fate_is_loss((enum fate)ledger->lines[i].fate))
			return true;
	return has_raised(request, ledger);
}

bool request_wants(const struct request *request, enum oscam_file file)
{
	bool any = false;

	for (int i = 0; i < OSCAM_FILE_COUNT; i++)
		any |= request->only[i];
	return !any || request->only[file];
}

struct talk {
	FILE *to;
	const struct request *request;
	const struct ledger *ledger;
	struct line_walk walk;
	struct line line; /* the one that the walk is at */
	struct arena arena;
	bool terminal, color;
};

struct slice request_message(const void *context, const struct finding *finding)
{
	const struct request *request = context;

	return request->redact ? finding_redacted(finding) : finding->message;
}

static const char *color_of(enum severity severity)
{
	static const char *const colors[] = {"\033[36m", "\033[36m", "\033[1;35m", "\033[1;31m"};

	return colors[severity];
}

bool use_color(const struct request *request, FILE *to)
{
	const char *no_color = getenv("NO_COLOR");

	if (request->color != WHEN_AUTO)
		return request->color == WHEN_ALWAYS;
	return isatty(fileno(to)) == 1 && !(no_color && *no_color);
}

/* Bytes that could move the cursor are shown as '?'. */
static void print_plain(FILE *to, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		(void)putc(is_control(text.at[i]) && text.at[i] != '\t' ? '?' : text.at[i], to);
}

static bool continues_utf8(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The line with its secrets masked, and a caret under the column. */
static void print_line(struct talk *talk, uint32_t column)
{
	arena_reset(&talk->arena);
	struct slice line = talk->ledger->source->raw
				    ? oscam_mask(&talk->arena, talk->line.text, talk->request->redact)
				    : mask_line(&talk->arena, talk->line.text);
	size_t caret = column - 1, start = caret > SHOWN_BEFORE ? caret - SHOWN_BEFORE : 0;

	if (caret > line.len)
		return;
	while (start > 0 && continues_utf8(line.at[start]))
		start--;
	size_t most = line.len - start < SHOWN_MOST ? line.len - start : SHOWN_MOST;
	(void)fputs("    ", talk->to);
	print_plain(talk->to, (struct slice){line.at + start, most});
	(void)fputs("\n    ", talk->to);
	for (size_t i = start; i < caret; i++)
		if (!continues_utf8(line.at[i]))
			(void)putc(line.at[i] == '\t' ? '\t' : ' ', talk->to);
	(void)fputs("^\n", talk->to);
}

static void print_finding(struct talk *talk, const struct finding *finding)
{
	enum severity severity = request_severity(talk->request, finding->code);

	print_plain(talk->to, slice_of(finding->place.source->path));
	(void)putc(':', talk->to);
	if (finding->place.line > 0)
		(void)fprintf(talk->to, "%lu:", (unsigned long)finding->place.line);
	if (finding->place.column > 0)
		(void)fprintf(talk->to, "%lu:", (unsigned long)finding->place.column);
	(void)fprintf(talk->to, " %s%s:%s ", talk->color ? color_of(severity) : "", severity_name(severity),
		talk->color ? "\033[0m" : "");
	print_plain(talk->to, request_message(talk->request, finding));
	(void)fprintf(talk->to, " [%s]\n", code_info(finding->code)->name);
	if (!talk->terminal)
		return;
	if (finding->place.line > 0 && finding->place.column > 0)
		print_line(talk, finding->place.column);
	if (finding->hint.len > 0) {
		(void)fputs("    ", talk->to);
		print_plain(talk->to, finding->hint);
		(void)putc('\n', talk->to);
	}
}

bool request_shows(const struct request *request, enum code code)
{
	if (request_silent(request, code))
		return false;
	return request->verbose || request_severity(request, code) > SEVERITY_DETAIL;
}

void print_findings_to(FILE *to, const struct request *request, const struct ledger *ledger)
{
	uint32_t count = ledger->findings.count;
	struct talk talk = {
		.to = to, .request = request, .ledger = ledger, .walk = line_walk_start(ledger->source)};

	if (request->quiet || count == 0)
		return;
	arena_init(&talk.arena);
	talk.terminal = to == stderr && isatty(STDERR_FILENO) == 1;
	talk.color = use_color(request, stderr);
	const struct finding **sorted = ledger_sorted(ledger);
	for (uint32_t i = 0; i < count; i++) {
		if (!request_shows(request, sorted[i]->code))
			continue;
		while (talk.line.number < sorted[i]->place.line && line_walk_next(&talk.walk, &talk.line))
			continue;
		print_finding(&talk, sorted[i]);
	}
	arena_free(&talk.arena);
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
	(void)fprintf(stderr, "%.*s\n", (int)text.len, text.at);
	buffer_free(&text);
}
