/* Findings and fates. See findings.h. */
#include "cc2oscam/findings.h"

#include <stdarg.h>
#include <stdlib.h>

static const struct code_info codes[CODE_COUNT] = {
#define CC2OSCAM_CODE(id, name, severity, meaning, way_out)                                                  \
	[CODE_##id] = {name, SEVERITY_##severity, meaning, way_out},
#define CC2OSCAM_FORMER_NAME(...)
#define CC2OSCAM_QUOTING(...)
#define CC2OSCAM_CHECK(...)
#include "cc2oscam/codes.def"
#include "cc2oscam/checks.def"
#undef CC2OSCAM_CHECK
#undef CC2OSCAM_QUOTING
#undef CC2OSCAM_FORMER_NAME
#undef CC2OSCAM_CODE
};

const struct code_info *code_info(enum code code)
{
	return &codes[code];
}

static const struct {
	const char *name;
	enum code code;
} former_names[] = {
#define CC2OSCAM_CODE(...)
#define CC2OSCAM_FORMER_NAME(name, id) {name, CODE_##id},
#define CC2OSCAM_QUOTING(...)
#include "cc2oscam/codes.def"
#undef CC2OSCAM_QUOTING
#undef CC2OSCAM_FORMER_NAME
#undef CC2OSCAM_CODE
};

static const bool quoting[CODE_COUNT] = {
#define CC2OSCAM_CODE(...)
#define CC2OSCAM_FORMER_NAME(...)
#define CC2OSCAM_QUOTING(id) [CODE_##id] = true,
#include "cc2oscam/codes.def"
#undef CC2OSCAM_QUOTING
#undef CC2OSCAM_FORMER_NAME
#undef CC2OSCAM_CODE
};

enum code code_by_name(struct slice name)
{
	for (int code = 0; code < CODE_COUNT; code++)
		if (slice_equal(name, slice_of(codes[code].name)))
			return (enum code)code;
	for (size_t i = 0; i < sizeof former_names / sizeof *former_names; i++)
		if (slice_equal(name, slice_of(former_names[i].name)))
			return former_names[i].code;
	return CODE_COUNT;
}

const char *severity_name(enum severity severity)
{
	static const char *const names[] = {"note", "note", "warning", "error"};

	return names[severity];
}

const char *fate_name(enum fate fate)
{
	static const char *const names[FATE_COUNT] = {
		"none", "ignored", "dropped", "converted", "adjusted", "partial", "unsupported", "rejected"};

	return names[fate];
}

bool fate_is_loss(enum fate fate)
{
	return fate >= FATE_PARTIAL;
}

uint32_t ledger_lost(const struct ledger *ledger)
{
	uint32_t lost = 0;

	for (uint32_t i = 0; i < ledger->source->lines; i++)
		lost += fate_is_loss((enum fate)ledger->lines[i].fate);
	return lost;
}

void ledger_init(struct ledger *ledger, struct arena *arena, const struct source *source)
{
	size_t size = (size_t)source->lines * sizeof *ledger->lines;

	*ledger = (struct ledger){.arena = arena, .source = source, .conversion = UINT32_MAX};
	ledger->lines = arena_zero(arena, size);
	list_init(&ledger->findings, arena, sizeof(struct finding));
	list_init(&ledger->made, arena, sizeof(struct made));
}

struct line_record *ledger_line(struct ledger *ledger, uint32_t number)
{
	return &ledger->lines[number - 1];
}

void ledger_fate(struct ledger *ledger, uint32_t number, enum fate fate)
{
	struct line_record *line = ledger_line(ledger, number);
	bool carried = line->fate == FATE_CONVERTED || line->fate == FATE_ADJUSTED;

	if (carried && fate > FATE_PARTIAL)
		line->fate = FATE_PARTIAL;
	else if (line->fate > FATE_PARTIAL && (fate == FATE_CONVERTED || fate == FATE_ADJUSTED))
		line->fate = FATE_PARTIAL;
	else
		ledger_raise(ledger, number, fate);
}

bool ledger_understood(const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->source->lines; i++) {
		enum fate fate = (enum fate)ledger->lines[i].fate;
		if (fate > FATE_IGNORED && fate != FATE_REJECTED)
			return true;
	}
	return false;
}

void ledger_raise(struct ledger *ledger, uint32_t number, enum fate fate)
{
	struct line_record *line = ledger_line(ledger, number);

	if (fate > (enum fate)line->fate)
		line->fate = (unsigned)fate & 7;
}

/* So many things as do not fit into a record take more memory than there is. */
static uint32_t record_number(uint32_t count)
{
	if (count > RECORD_MOST)
		out_of_memory();
	return count;
}

/* Lines that speak twice of one thing do so in a row. */
void ledger_made(struct ledger *ledger, uint32_t number, const void *thing)
{
	struct line_record *line = ledger_line(ledger, number);
	struct made *first = line->made > 0 ? list_at(&ledger->made, line->made - 1) : NULL;
	struct made *last = first ? list_at(&ledger->made, first->last - 1) : NULL;

	if (last && last->thing == thing)
		return;
	struct made *made = list_add(&ledger->made);
	made->thing = thing;
	if (last)
		last->next = ledger->made.count;
	else
		line->made = record_number(ledger->made.count) & RECORD_MOST;
	(first ? first : made)->last = ledger->made.count;
}

const char *ledger_put(const struct ledger *ledger, const char *text)
{
	return ledger->words ? ledger->words(ledger->arena, text) : text;
}

struct finding *ledger_say(struct ledger *ledger, enum code code, struct place place, struct slice message)
{
	struct finding *finding = list_add(&ledger->findings);

	finding->message = message;
	finding->code = code;
	finding->place = place;
	finding->hint = slice_of(ledger_put(ledger, codes[code].way_out));
	if (place.line > 0 && place.source == ledger->source) {
		struct line_record *line = ledger_line(ledger, place.line);
		finding->previous = line->finding;
		line->finding = record_number(ledger->findings.count) & RECORD_MOST;
	}
	return finding;
}

struct finding *ledger_vfind(
	struct ledger *ledger, enum code code, struct place place, const char *format, va_list args)
{
	struct arena *arena = ledger->arena;
	va_list again;

	format = ledger_put(ledger, format);
	const char *hint = strchr(format, '\n');
	if (!hint)
		return ledger_say(ledger, code, place, arena_vformat(arena, format, args));
	va_copy(again, args);
	struct slice message = arena_vformat(arena, arena_copy(arena, slice_between(format, hint)).at, again);
	va_end(again);
	struct finding *finding = ledger_say(ledger, code, place, message);
	struct slice whole = arena_vformat(arena, format, args);
	if (whole.len > message.len + 1)
		finding->hint = slice_skip(whole, message.len + 1);
	return finding;
}

struct finding *ledger_find(
	struct ledger *ledger, enum code code, struct place place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct finding *finding = ledger_vfind(ledger, code, place, format, args);
	va_end(args);
	return finding;
}

void finding_list_add(struct finding_list *list, const struct finding *finding)
{
	if (list->count == list->room) {
		size_t room = list->room * 2 + 8;
		const struct finding **grown = realloc(list->at, room * sizeof(*grown));
		if (!grown)
			out_of_memory();
		list->at = grown;
		list->room = room;
	}
	list->at[list->count++] = finding;
}

void ledger_line_findings(
	const struct ledger *ledger, const struct line_record *line, uint32_t most, struct finding_list *list)
{
	size_t first = list->count;

	for (uint32_t at = line->finding; at != 0;) {
		const struct finding *finding = list_at(&ledger->findings, at - 1);
		if (at <= most)
			finding_list_add(list, finding);
		at = finding->previous;
	}
	for (size_t i = first, k = list->count; i + 1 < k; i++) {
		const struct finding *swap = list->at[i];
		list->at[i] = list->at[--k];
		list->at[k] = swap;
	}
}

void ledger_hint(struct ledger *ledger, const char *format, ...)
{
	struct finding *last = list_at(&ledger->findings, ledger->findings.count - 1);
	va_list args;

	va_start(args, format);
	last->hint = arena_vformat(ledger->arena, ledger_put(ledger, format), args);
	va_end(args);
}

static int compare_places(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;

	if (x->place.line != y->place.line)
		return x->place.line < y->place.line ? -1 : 1;
	if (x->place.column != y->place.column)
		return x->place.column < y->place.column ? -1 : 1;
	int order = (int)x->code - (int)y->code;
	return order != 0 ? order : slice_compare(x->message, y->message);
}

const struct finding **ledger_sorted(const struct ledger *ledger)
{
	uint32_t count = ledger->findings.count;
	const struct finding **sorted = arena_array(ledger->arena, count, sizeof(*sorted));

	for (uint32_t i = 0; i < count; i++)
		sorted[i] = list_at(&ledger->findings, i);
	qsort(sorted, count, sizeof(*sorted), compare_places);
	return sorted;
}

struct slice finding_redacted(const struct finding *finding)
{
	/* what check says quotes labels, hosts and values */
	bool quotes = quoting[finding->code] || finding->code >= CODE_FIRST_CHECK;

	return quotes ? slice_of(codes[finding->code].meaning) : finding->message;
}
