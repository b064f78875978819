/* Decides of what kind a line is, and calls the reader for this kind. The rules are in cccam.h. */
#include "parse.h"

#include <string.h>

#include "multics.h"

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

bool is_letter_line(struct slice line)
{
	size_t i = 0;

	while (i < line.len && is_blank(line.at[i]))
		i++;
	if (i == line.len || !is_letter(line.at[i]))
		return false;
	for (i++; i < line.len && is_blank(line.at[i]);)
		i++;
	if (i == line.len || line.at[i] != ':' || !memchr(line.at, '\\', line.len))
		return i < line.len && line.at[i] == ':';
	const char *comment = scan_comment(line.at, line.at + line.len);
	return !is_continued(slice_between(line.at, comment));
}

void set_directive(struct reading *reading, const struct directive *directive)
{
	struct ledger *ledger = reading->parser->ledger;
	const struct statement *statement = reading->statement;

	reading->statement->directive = directive;
	if (ledger)
		ledger_line(ledger, statement->line.number)->directive =
			(directive_id(directive) + 1) & DIRECTIVE_BITS;
}

/* The colon of a letter line that starts at `at`, or NULL. */
static const char *letter_colon(const char *at, const char *end)
{
	const char *next = skip_blanks(at + 1, end);

	return is_letter(*at) && next < end && *next == ':' ? next : NULL;
}

/* The statement ends at `end`, or at a comment before `end`. Its note is the text of the comment, up to
 * another line that is glued to the comment. */
static void set_end(struct reading *reading, const char *start, const char *comment, const char *end)
{
	struct statement *statement = reading->statement;

	if (comment < end)
		statement->note = before_glued(slice_trim(slice_between(comment + 1, end)));
	while (comment > start && is_blank(comment[-1]))
		comment--;
	statement->text = slice_between(start, comment);
	reading->scan.end = comment;
}

/* The end of the first statement in a line of B statements: behind its device, a letter with a colon starts
 * the next statement. Only this part is read, so that many statements in one line are still linear work. */
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

/* False: the line is rejected for its spelling. */
static bool check_spelling(struct reading *reading, const char *letter, const char *colon)
{
	struct statement *statement = reading->statement;
	bool glued = colon + 1 < reading->scan.end && !is_blank(colon[1]);
	bool odd = *letter != statement->directive->keyword[0] || colon != letter + 1;
	const char *keyword = statement->directive->keyword;
	bool client = statement->directive->shape == SHAPE_F && !reading->parser->tolerant;
	const char *fault = odd ? "the line starts with" : "a blank is missing after";
	const char *blank = colon > letter + 1 ? " " : "";

	statement->spelling = odd || glued;
	if (!statement->spelling)
		return true;
	if (client)
		return reject(reading, CODE_SPELLING, letter,
			"%s \"%c%s:\"; CCcam's documentation writes \"%s: \"; the account is left out", fault,
			*letter, blank, keyword);
	adjust(reading, CODE_SPELLING, letter,
		"%s \"%c%s:\"; CCcam's documentation writes \"%s: \"\n"
		"Write %s: and a blank at the start of the line.",
		fault, *letter, blank, keyword, keyword);
	return true;
}

static enum line_kind letter_line(
	struct reading *reading, const char *letter, const char *colon, struct slice *rest)
{
	const struct directive *directive = directive_letter(*letter);
	const char *end = reading->scan.end;
	struct slice foreign;

	if (directive && directive->shape == SHAPE_B) {
		end = first_b_end(colon + 1, end);
		*rest = slice_between(end, reading->scan.end);
	}
	set_end(reading, letter, scan_comment(letter, end), end);
	if (is_continued(reading->statement->text))
		return foreign_line(reading, MULTICS_SURE);
	say_strays(reading);
	if (!directive) {
		remark(reading, CODE_UNKNOWN_LINE, letter, "CCcam knows no line that starts with \"%c:\"",
			*letter);
		keep_bare_list(reading->statement);
		return LINE_BAD;
	}
	set_directive(reading, directive);
	reading->scan.at = colon + 1;
	if (directive->shape == SHAPE_F && speaks_multics(reading->parser))
		(void)reject(reading, CODE_FOREIGN_LANGUAGE, letter,
			"the file holds lines of MultiCS, where the numbers of an F line mean something "
			"else; the account is left out");
	else if (multics_letter(reading->statement->text, &foreign))
		reject_foreign(reading, foreign);
	else if (check_spelling(reading, letter, colon) && one_sign(reading))
		read_letter_line(reading);
	return LINE_STATEMENT;
}

/* The value of POSTINIT, which had no colon before 2.0.2. NULL: it is another line. */
static const char *bare_postinit(struct slice text)
{
	static const struct slice keyword = {"POSTINIT", sizeof "POSTINIT" - 1};

	if (text.len == keyword.len || !slice_starts_nocase(text, keyword) || !is_blank(text.at[keyword.len]))
		return NULL;
	const char *at = text.at + keyword.len, *device = skip_blanks(at, text.at + text.len);
	return device < text.at + text.len && *device == '/' ? at : NULL;
}

static enum line_kind option_line(struct reading *reading, const char *start)
{
	const char *colon, *end = reading->scan.end;
	const struct directive *directive = NULL;
	struct slice text, keyword;

	set_end(reading, start, scan_comment(start, end), end);
	text = reading->statement->text;
	if (is_continued(text))
		return foreign_line(reading, multics_line(text)); /* a drawing can end so, too */
	say_strays(reading);
	colon = memchr(text.at, ':', text.len);
	keyword = slice_trim((struct slice){start, colon ? (size_t)(colon - start) : 0});
	if (colon)
		directive = directive_find(keyword);
	if (directive) {
		reading->scan.at = colon + 1;
	} else if (bare_postinit(text)) {
		directive = directive_at(DIRECTIVE_POSTINIT);
		reading->scan.at = bare_postinit(text);
		keyword = slice_between(start, reading->scan.at);
	} else {
		unsigned foreign = multics_line(text);
		return is_newcamd(text) ? newcamd_line(reading)
		       : foreign != 0   ? foreign_line(reading, foreign)
					: unknown_line(reading);
	}
	set_directive(reading, directive);
	for (size_t i = 0; i < keyword.len && !reading->statement->spelling; i++)
		reading->statement->spelling = to_upper(keyword.at[i]) != keyword.at[i];
	if (reading->statement->spelling)
		adjust(reading, CODE_SPELLING, start,
			"\"%s\" is not in capitals as in CCcam's documentation\n"
			"Write the option in capitals: %s",
			show(keyword).text, directive->keyword);
	read_option(reading);
	return LINE_STATEMENT;
}

enum line_kind parse_line(
	struct parser *parser, const struct line *line, struct slice *rest, struct statement *statement)
{
	struct reading reading = {.parser = parser, .statement = statement};
	struct slice text = *rest;
	const char *start, *colon, *end;

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
	return colon ? letter_line(&reading, start, colon, rest) : option_line(&reading, start);
}

void parse_end(struct parser *parser)
{
	const struct counted *foreign = &parser->foreign, *newcamd = &parser->newcamd;

	if (foreign->count > 0)
		ledger_find(parser->ledger, CODE_FOREIGN_LANGUAGE,
			(struct place){parser->ledger->source, foreign->line, foreign->column},
			"%lu line%s in the language of another program (MultiCS and the like), from here on",
			(unsigned long)foreign->count, foreign->count == 1 ? "" : "s");
	if (newcamd->count > 0)
		ledger_find(parser->ledger, CODE_NEWCAMD_LIST,
			(struct place){parser->ledger->source, newcamd->line, newcamd->column},
			"%lu line%s (CWS) of a newcamd or mgcamd list, from here on",
			(unsigned long)newcamd->count, newcamd->count == 1 ? "" : "s");
}

bool source_is_blank(const struct source *source)
{
	struct line_walk walk = line_walk_start(source);
	struct line line;

	while (line_walk_next(&walk, &line)) {
		const char *end = line.text.at + line.text.len, *start = skip_blanks(line.text.at, end);
		if (start < end && *start != '#')
			return false;
	}
	return true;
}
