/* One line through the parser, with its findings, for the tests of the parser. */
#ifndef CC2OSCAM_TESTS_PARSE_HELP_H
#define CC2OSCAM_TESTS_PARSE_HELP_H

#include "unit.h"
#include <stdio.h>
#include <string.h>

#include "cc2oscam/cccam.h"

struct parsed {
	struct arena arena;
	struct source source;
	struct ledger ledger;
	struct parser parser;
	struct line line;
	struct slice rest;
	struct statement statement;
	enum line_kind kind;
};

static inline void parsed_free(struct parsed *parsed)
{
	arena_free(&parsed->arena);
}

/* Of what is all zero, or was parsed before. parsed_free afterwards. */
static inline void parse_text(struct parsed *parsed, const char *text, bool tolerant)
{
	parsed_free(parsed);
	memset(parsed, 0, sizeof *parsed);
	source_from_text(&parsed->source, "CCcam.cfg", slice_of(text));
	parsed->source.lines = 1; /* also when the line is empty */
	ledger_init(&parsed->ledger, &parsed->arena, &parsed->source);
	parsed->parser =
		(struct parser){.arena = &parsed->arena, .ledger = &parsed->ledger, .tolerant = tolerant};
	parsed->line = (struct line){slice_of(text), 1};
	parsed->rest = parsed->line.text;
	parsed->kind = parse_line(&parsed->parser, &parsed->line, &parsed->rest, &parsed->statement);
}

static inline void parse_rest(struct parsed *parsed)
{
	parsed->kind = parse_line(&parsed->parser, &parsed->line, &parsed->rest, &parsed->statement);
}

static inline const struct finding *finding_at(const struct parsed *parsed, uint32_t index)
{
	return list_at(&parsed->ledger.findings, index);
}

/* The findings as "code@column code@column". */
static inline const char *findings_of(struct parsed *parsed)
{
	struct slice text = SLICE("");

	for (uint32_t i = 0; i < parsed->ledger.findings.count; i++) {
		const struct finding *finding = finding_at(parsed, i);
		text = arena_format(&parsed->arena, "%.*s%s%s@%u", SLICE_ARG(text), i ? " " : "",
			code_info(finding->code)->name, (unsigned)finding->place.column);
	}
	return text.at;
}

static inline const char *message_of(struct parsed *parsed, uint32_t index)
{
	assert_true(index < parsed->ledger.findings.count);
	return arena_copy(&parsed->arena, finding_at(parsed, index)->message).at;
}

static inline void assert_slice(struct slice got, const char *want)
{
	char text[256];

	snprintf(text, sizeof text, "%.*s", SLICE_ARG(got));
	assert_string_equal(text, want);
}

/* A line, and what is said of it: its findings, or the message or hint of the first of them. */
struct said {
	const char *line, *what;
};
enum said_part { SAID_FINDINGS, SAID_MESSAGE, SAID_HINT };

static inline void check_said(enum said_part part, const struct said *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct parsed parsed FREED_BY(parsed_free) = {0};
		parse_text(&parsed, rows[i].line, false);
		if (part == SAID_HINT)
			assert_slice(finding_at(&parsed, 0)->hint, rows[i].what);
		else
			assert_string_equal(
				part == SAID_MESSAGE ? message_of(&parsed, 0) : findings_of(&parsed),
				rows[i].what);
	}
}

#define CHECK_SAID(part, ...)                                                                                \
	check_said(SAID_##part, (const struct said[]){__VA_ARGS__},                                          \
		sizeof((const struct said[]){__VA_ARGS__}) / sizeof(struct said))

/* A line, the fate that parsing gives it, and its findings. */
struct verdict {
	const char *line;
	enum fate fate;
	const char *findings;
};

static inline void check_verdicts(const struct verdict *verdicts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct parsed parsed FREED_BY(parsed_free) = {0};
		parse_text(&parsed, verdicts[i].line, false);
		const char *findings = findings_of(&parsed);
		if (parsed.kind != LINE_STATEMENT || parsed.statement.fate != verdicts[i].fate ||
			strcmp(findings, verdicts[i].findings) != 0)
			fail_msg("%s: kind %d, fate %s, findings %s", verdicts[i].line, (int)parsed.kind,
				fate_name(parsed.statement.fate), findings);
		assert_int_equal(ledger_line(&parsed.ledger, 1)->directive,
			directive_id(parsed.statement.directive) + 1);
	}
}

#endif
