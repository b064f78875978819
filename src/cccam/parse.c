/* What a physical line is, and which reader gets it. The rules are in cccam.h. */
#include "parse.h"

#include <stdio.h>
#include <string.h>

static struct finding *report(
	struct reading *reading, enum code code, const char *at, const char *format, va_list args)
{
	struct ledger *ledger = reading->parser->ledger;
	char message[320];

	if (!ledger)
		return NULL;
	vsnprintf(message, sizeof message, format, args);
	return ledger_find(
		ledger, code, place_in(ledger->source, &reading->statement->line, at), "%s", message);
}

bool reject(struct reading *reading, enum code code, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(reading, code, at, format, args);
	va_end(args);
	reading->statement->fate = FATE_REJECTED;
	return false;
}

void adjust(struct reading *reading, enum code code, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(reading, code, at, format, args);
	va_end(args);
	if (reading->statement->fate == FATE_CONVERTED)
		reading->statement->fate = FATE_ADJUSTED;
}

void remark(struct reading *reading, enum code code, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(reading, code, at, format, args);
	va_end(args);
}

static bool there(struct reading *reading, const char *name, bool found)
{
	if (!found)
		return reject(reading, CODE_MISSING_FIELD, reading->scan.at, "the %s is missing", name);
	return no_control(reading, name);
}

bool no_control(struct reading *reading, const char *name)
{
	if (!reading->scan.control)
		return true;
	return reject(reading, CODE_BAD_VALUE, reading->scan.control, "the %s holds a control byte", name);
}

bool take_word(struct reading *reading, const char *name, struct slice *word)
{
	return there(reading, name, scan_word(&reading->scan, word));
}

bool take_field(struct reading *reading, const char *name, struct slice *word)
{
	return there(reading, name, scan_field(&reading->scan, word));
}

bool extra_word(struct reading *reading, struct slice word)
{
	if (!reading->extra)
		reading->extra = word.at;
	reading->extra_count++;
	if (reading->statement->directive->shape != SHAPE_WORD && memchr(word.at, '}', word.len))
		return reject(reading, CODE_LIMIT_SYNTAX, word.at, "a } without its {");
	return no_control(reading, "line");
}

bool extra_words(struct reading *reading)
{
	struct slice word;

	while (scan_field(&reading->scan, &word))
		if (!extra_word(reading, word))
			return false;
	return true;
}

bool finish(struct reading *reading)
{
	if (!extra_words(reading))
		return false;
	if (scan_at_group(&reading->scan))
		return reject(reading, CODE_LIMIT_SYNTAX, reading->scan.at,
			"a { } group where the line can have none");
	if (reading->extra_count > 0)
		adjust(reading, CODE_EXTRA_FIELD, reading->extra, "%lu word%s that the line has no field for",
			reading->extra_count, reading->extra_count == 1 ? "" : "s");
	return true;
}

struct slice harmless_start(struct slice text)
{
	bool hex = true;
	size_t len = 0;

	if (text.len == 0 || (!memchr(text.at, ':', text.len) && !memchr(text.at, '=', text.len)))
		return (struct slice){text.at, 0};
	while (len < text.len && !is_blank(text.at[len])) {
		char c = text.at[len++];
		if (c == ':' || c == '=')
			return (struct slice){text.at, len};
		hex = hex && hex_value(c) >= 0;
	}
	return (struct slice){text.at, hex ? 0 : len};
}

bool is_continued(struct slice text)
{
	text = slice_trim(text);
	return text.len > 0 && text.at[text.len - 1] == '\\' &&
	       (text.len == 1 || is_blank(text.at[text.len - 2]));
}

/* Starts of lines in the language of MultiCS and of newcamd.conf; none of CCcam's own begins like that. A
 * colon at the end stands for blanks and a colon. */
static const char *const foreign_starts[] = {"ACCEPT CAID", "ACCEPT NULL", "ACCEPT PROVIDER", "BAD-DCW",
	"CACHE", "CACHEEX", "CAID:", "CCCAM", "CWS", "DCW", "DISABLE CACHE", "DISABLE CCCAM",
	"DISABLE NEWCAMD", "ENABLE CACHE", "ENABLE CCCAM", "ENABLE NEWCAMD", "FREECCCAM", "HTTP AUTOREFRESH",
	"HTTP EDITOR", "HTTP PASS", "HTTP PORT", "HTTP SHOW", "HTTP TITLE", "HTTP USER", "KEY:", "MGCAMD",
	"NEWCAMD CLIENTID", "NEWCAMD DCW", "NEWCAMD KEEPALIVE", "NEWCAMD KEY", "NEWCAMD PORT",
	"NEWCAMD PROFILES", "NEWCAMD SERVER", "PASS:", "PORT:", "PROFILE", "PROVIDERS:", "RETRY",
	"SERVER FIRST", "SERVER INTERVAL", "SERVER MAX", "SERVER THRESHOLD", "SERVER TIMEOUT",
	"SERVER VALIDECMTIME", "USER:"};

static bool starts_foreign(struct slice text, struct slice start)
{
	const char *end = text.at + text.len, *next;
	bool whole = start.at[start.len - 1] == ':';

	start.len -= whole;
	if (text.len <= start.len || !slice_equal_nocase((struct slice){text.at, start.len}, start))
		return false;
	next = text.at + start.len;
	if (!whole)
		return !is_letter(*next) && !is_digit(*next);
	next = skip_blanks(next, end);
	return next < end && *next == ':';
}

static bool is_foreign(struct slice text)
{
	if (text.at[0] == '[')
		return text.at[text.len - 1] == ']';
	if (!memchr(text.at, ':', text.len) && !memchr(text.at, '=', text.len))
		return false;
	for (size_t i = 0; i < sizeof foreign_starts / sizeof *foreign_starts; i++)
		if (starts_foreign(text, slice_of(foreign_starts[i])))
			return true;
	return false;
}

static enum line_kind foreign_line(struct reading *reading)
{
	struct parser *parser = reading->parser;
	const struct line *line = &reading->statement->line;

	if (parser->foreign++ == 0) {
		parser->foreign_line = line->number;
		parser->foreign_column = (uint32_t)(reading->statement->text.at - line->text.at) + 1;
	}
	return LINE_BAD;
}

/* Puts the name of a keyword that was perhaps meant into the hint of the finding just made. */
static void hint_near(struct reading *reading, struct slice keyword)
{
	const struct directive *near = directive_near(keyword);
	struct ledger *ledger = reading->parser->ledger;
	struct finding *finding;

	if (!near || !ledger)
		return;
	finding = list_at(&ledger->findings, ledger->findings.count - 1);
	finding->hint = arena_format(ledger->arena, "Did you mean %s?", near->keyword);
}

static enum line_kind unknown_line(struct reading *reading)
{
	struct slice text = reading->statement->text, start = harmless_start(text), keyword = text;
	const struct directive *meant;
	bool has_colon = memchr(text.at, ':', text.len) != NULL;
	struct slice written = slice_cut(&keyword, '=');

	meant = keyword.at ? directive_find(written) : NULL;
	if (meant) {
		remark(reading, CODE_UNKNOWN_LINE, written.at + written.len,
			"CCcam wants a colon after %s, not an equals sign", meant->keyword);
		return LINE_BAD;
	}
	if (start.len > 0)
		remark(reading, CODE_UNKNOWN_LINE, text.at, "CCcam knows no line that starts with \"%s\"",
			show(start).text);
	else
		remark(reading, CODE_UNKNOWN_LINE, text.at, "CCcam knows no %s",
			has_colon ? "line of this kind" : "line without a colon");
	if (has_colon) {
		keyword = text;
		written = slice_cut(&keyword, ':');
	}
	hint_near(reading, written);
	return LINE_BAD;
}

/* The colon of a letter line that starts at `at`, or NULL. */
static const char *letter_colon(const char *at, const char *end)
{
	const char *next = skip_blanks(at + 1, end);

	return is_letter(*at) && next < end && *next == ':' ? next : NULL;
}

/* The statement ends in front of `end`, or in front of the comment before that; its note is what the
 * comment says. */
static void set_end(struct reading *reading, const char *start, const char *comment, const char *end)
{
	struct statement *statement = reading->statement;

	if (comment < end)
		statement->note = slice_trim((struct slice){comment + 1, (size_t)(end - comment - 1)});
	while (comment > start && is_blank(comment[-1]))
		comment--;
	statement->text = (struct slice){start, (size_t)(comment - start)};
	reading->scan.end = comment;
}

/* Where the first statement of a line of B statements ends: after its device, a letter with a colon starts
 * the next one. Looks no further than that, so that many of them on one line still are linear work. */
static const char *first_b_end(const char *value, const char *end)
{
	struct scan scan = {value, end, NULL};
	struct slice word;

	for (size_t count = 0; scan_word(&scan, &word); count++) {
		if (word.at[0] == '#')
			return end;
		if (count > 0 && letter_colon(word.at, end))
			return word.at;
	}
	return end;
}

/* False when the spelling makes the line void. */
static bool check_spelling(struct reading *reading, const char *letter, const char *colon)
{
	struct statement *statement = reading->statement;
	bool glued = colon + 1 < reading->scan.end && !is_blank(colon[1]);
	bool odd = *letter != statement->directive->keyword[0] || colon != letter + 1;
	const char *keyword = statement->directive->keyword;
	bool client = statement->directive->shape == SHAPE_F && !reading->parser->tolerant;
	const char *fault =
		odd ? "the line starts with \"%c%s:\"; CCcam's documentation writes \"%s: \"%s"
		    : "a blank is missing after \"%c%s:\"; CCcam's documentation writes \"%s: \"%s";

	statement->spelling = odd || glued;
	if (!statement->spelling)
		return true;
	if (client)
		return reject(reading, CODE_SPELLING, letter, fault, *letter, colon > letter + 1 ? " " : "",
			keyword, "; the account is left out");
	adjust(reading, CODE_SPELLING, letter, fault, *letter, colon > letter + 1 ? " " : "", keyword, "");
	return true;
}

static void set_directive(struct reading *reading, const struct directive *directive)
{
	struct ledger *ledger = reading->parser->ledger;
	const struct statement *statement = reading->statement;

	reading->statement->directive = directive;
	if (ledger)
		ledger_line(ledger, statement->line.number)->directive =
			(directive_id(directive) + 1) & DIRECTIVE_BITS;
}

static enum line_kind letter_line(
	struct reading *reading, const char *letter, const char *colon, struct slice *rest)
{
	const struct directive *directive = directive_letter(*letter);
	const char *end = reading->scan.end;

	if (directive && directive->shape == SHAPE_B) {
		end = first_b_end(colon + 1, end);
		*rest = (struct slice){end, (size_t)(reading->scan.end - end)};
	}
	set_end(reading, letter, scan_comment(letter, end), end);
	if (is_continued(reading->statement->text))
		return foreign_line(reading);
	if (!directive) {
		remark(reading, CODE_UNKNOWN_LINE, letter, "CCcam knows no line that starts with \"%c:\"",
			*letter);
		return LINE_BAD;
	}
	set_directive(reading, directive);
	reading->scan.at = colon + 1;
	if (check_spelling(reading, letter, colon))
		read_letter_line(reading);
	return LINE_STATEMENT;
}

/* POSTINIT had no colon before 2.0.2. NULL when it is not that. */
static const char *bare_postinit(struct slice text)
{
	static const struct slice keyword = {"POSTINIT", sizeof "POSTINIT" - 1};

	if (text.len <= keyword.len || !is_blank(text.at[keyword.len]) ||
		!slice_equal_nocase((struct slice){text.at, keyword.len}, keyword))
		return NULL;
	return text.at + keyword.len;
}

static enum line_kind option_line(struct reading *reading, const char *start)
{
	const char *colon, *end = reading->scan.end;
	const struct directive *directive = NULL;
	struct slice text, keyword;

	set_end(reading, start, scan_comment(start, end), end);
	text = reading->statement->text;
	if (is_continued(text))
		return foreign_line(reading);
	colon = memchr(text.at, ':', text.len);
	keyword = slice_trim((struct slice){start, colon ? (size_t)(colon - start) : 0});
	if (colon)
		directive = directive_find(keyword);
	if (directive) {
		reading->scan.at = colon + 1;
	} else if (bare_postinit(text)) {
		directive = directive_at(DIRECTIVE_POSTINIT);
		reading->scan.at = bare_postinit(text);
		keyword = (struct slice){start, (size_t)(reading->scan.at - start)};
	} else {
		return is_foreign(text) ? foreign_line(reading) : unknown_line(reading);
	}
	set_directive(reading, directive);
	for (size_t i = 0; i < keyword.len && !reading->statement->spelling; i++)
		reading->statement->spelling = to_upper(keyword.at[i]) != keyword.at[i];
	if (reading->statement->spelling)
		adjust(reading, CODE_SPELLING, start, "\"%s\" is not in capitals as in CCcam's documentation",
			show(keyword).text);
	read_option(reading);
	return LINE_STATEMENT;
}

enum line_kind parse_statement(struct parser *parser, const struct line *line, struct slice *rest,
	struct statement *statement, const char **extra)
{
	struct reading reading = {.parser = parser, .statement = statement};
	struct slice text = *rest;
	const char *start, *colon, *end;
	enum line_kind kind;

	*extra = NULL;
	*rest = (struct slice){NULL, 0};
	if (text.len == 0)
		return LINE_BLANK;
	end = text.at + text.len;
	start = skip_blanks(text.at, end);
	if (start == end)
		return LINE_BLANK;
	if (*start == '#')
		return LINE_COMMENT;
	*statement = (struct statement){.line = *line, .fate = FATE_CONVERTED};
	reading.scan = (struct scan){start, end, NULL};
	colon = letter_colon(start, end);
	kind = colon ? letter_line(&reading, start, colon, rest) : option_line(&reading, start);
	*extra = reading.extra;
	return kind;
}

enum line_kind parse_line(
	struct parser *parser, const struct line *line, struct slice *rest, struct statement *statement)
{
	const char *extra;

	return parse_statement(parser, line, rest, statement, &extra);
}

void parse_end(struct parser *parser)
{
	struct place place = {parser->ledger->source, parser->foreign_line, parser->foreign_column};

	if (parser->foreign > 0)
		ledger_find(parser->ledger, CODE_FOREIGN_LANGUAGE, place,
			"%lu line%s in the language of another program (MultiCS and the like), from here on",
			(unsigned long)parser->foreign, parser->foreign == 1 ? "" : "s");
}
