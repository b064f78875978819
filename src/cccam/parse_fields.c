/* Reads the fields of a statement, and makes findings about them: at a place of the line, with a hint what to
 * write there. */
#include "parse.h"

#include <string.h>

#include "strays.h"

bool say(struct reading *reading, enum fate fate, enum code code, const char *at, const char *format, ...)
{
	struct ledger *ledger = reading->parser->ledger;
	struct statement *statement = reading->statement;
	va_list args;

	va_start(args, format);
	if (ledger)
		(void)ledger_vfind(
			ledger, code, place_in(ledger->source, &statement->line, at), format, args);
	va_end(args);
	if (fate == FATE_REJECTED || (fate == FATE_ADJUSTED && statement->fate == FATE_CONVERTED))
		statement->fate = fate;
	return false;
}

/* The form of such a line, for a hint. */
static const char *form_of_line(const struct reading *reading)
{
	const struct directive *directive = reading->statement->directive;

	return reading->form ? reading->form
			     : arena_format(reading->parser->arena, "%s%s %s", directive->keyword,
				       directive->letter ? ":" : " :", directive->syntax)
				       .at;
}

bool missing(struct reading *reading, const char *name)
{
	return reject(reading, CODE_MISSING_FIELD, reading->scan.at,
		"the %s is missing\nThe line is written %s", name, form_of_line(reading));
}

/* "cccam://host" of an address that was copied. */
static bool has_scheme(struct reading *reading, struct slice host)
{
	for (size_t i = 1; i + 2 < host.len; i++)
		if (host.at[i] == ':' && host.at[i + 1] == '/' && host.at[i + 2] == '/') {
			(void)reject(reading, CODE_BAD_VALUE, host.at,
				"\"%s\" is no part of a host's name\n"
				"Remove these characters. The line is written %s",
				show((struct slice){host.at, i + 3}).text, form_of_line(reading));
			return true;
		}
	return false;
}

static bool is_port(struct slice text)
{
	uint64_t port;

	return parse_decimal(text, PORT_MOST, &port) && port > 0;
}

/* "host:port:user:pass", with nothing behind it. */
static bool is_one_word(struct reading *reading, struct slice line)
{
	struct slice rest = line, name = slice_cut(&rest, ':'), port = slice_cut(&rest, ':');

	if (!rest.at || name.len == 0 || !is_port(port) || !scan_ended(&reading->scan))
		return false;
	(void)reject(reading, CODE_MISSING_FIELD, port.at - 1,
		"host, port and what follows are one word; blanks must stand between them, not \":\"\n"
		"Write blanks in the place of the colons. The line is written %s",
		form_of_line(reading));
	return true;
}

bool is_glued_port(struct reading *reading, struct slice word)
{
	size_t digits = 0;

	while (digits < word.len && is_digit(word.at[digits]))
		digits++;
	if (digits == 0 || digits + 1 >= word.len || !strchr(":,;/", word.at[digits]) ||
		!is_port((struct slice){word.at, digits}) || is_digit(word.at[digits + 1]))
		return false; /* "14000:14030" are two ports */
	(void)reject(reading, CODE_MISSING_FIELD, word.at + digits,
		"port and user name are one word; a blank must stand between them, not \"%c\"\n"
		"Write a blank between port and user name. The line is written %s",
		word.at[digits], form_of_line(reading));
	return true;
}

bool is_glued(struct reading *reading, struct slice host)
{
	size_t digits = 0;

	if (memchr(host.at, ':', host.len) && (has_scheme(reading, host) || is_one_word(reading, host)))
		return true;

	while (digits < host.len && is_digit(host.at[host.len - digits - 1]))
		digits++;
	if (digits == 0 || digits + 2 > host.len)
		return false;
	const char *between = host.at + host.len - digits - 1;
	struct slice name = slice_between(host.at, between);
	if (!strchr(":,;/", *between) || !is_port((struct slice){between + 1, digits}) ||
		(memchr(name.at, ':', name.len) && name.at[0] != '['))
		return false;
	(void)reject(reading, CODE_MISSING_FIELD, between,
		"host and port are one word; a blank must stand between them, not \"%c\"\n"
		"Write a blank between host and port. The line is written %s",
		*between, form_of_line(reading));
	return true;
}

struct slice take_0x(struct reading *reading, struct slice word)
{
	struct slice digits = slice_without_0x(word);

	if (digits.len < word.len && !reading->prefix) {
		remark(reading, CODE_HEX_PREFIX, word.at, "0x in front of a hexadecimal number was left out");
		reading->prefix = true;
	}
	return digits;
}

bool take_hex(struct reading *reading, struct slice word, unsigned digits, uint32_t *number)
{
	return parse_hex(take_0x(reading, word), digits, number);
}

static bool there(struct reading *reading, const char *name, bool found)
{
	return found ? no_control(reading, name) : missing(reading, name);
}

bool no_control(struct reading *reading, const char *name)
{
	return !reading->scan.control ||
	       reject(reading, CODE_BAD_VALUE, reading->scan.control,
		       "the %s holds a control byte\n"
		       "Remove the control byte: type this place of the line again.",
		       name);
}

bool take_word(struct reading *reading, const char *name, struct slice *word)
{
	return there(reading, name, scan_word(&reading->scan, word));
}

bool take_field(struct reading *reading, const char *name, struct slice *word)
{
	return there(reading, name, scan_field(&reading->scan, word));
}

bool unopened(struct reading *reading, const char *at)
{
	return reject(reading, CODE_LIMIT_SYNTAX, at,
		"a } without its {\nWrite a { in front of the group, or remove the }.");
}

/* caid:ident:hops or hh:mm-hh:mm, perhaps in brackets: limits that lack their { }. */
static bool is_bare_limit(struct slice word)
{
	bool colon = false;

	while (word.len > 0 && hex_value(word.at[word.len - 1]) < 0)
		word.len--;
	while (word.len > 0 && hex_value(word.at[0]) < 0) {
		if (is_letter(word.at[0]))
			return false;
		word = slice_skip(word, 1);
	}
	for (size_t i = 0; i < word.len; i++) {
		colon |= word.at[i] == ':';
		if (hex_value(word.at[i]) < 0 && !strchr(":-,;", word.at[i]))
			return false;
	}
	return colon;
}

bool starts_line(struct slice word)
{
	return word.len == 2 && word.at[1] == ':' && directive_letter(word.at[0]) != NULL;
}

bool extra_word(struct reading *reading, struct slice word)
{
	uint8_t shape = reading->statement->directive->shape;
	bool may_have_limits = shape == SHAPE_C || shape == SHAPE_F || shape == SHAPE_G;

	if (may_have_limits && is_bare_limit(word)) {
		const char *close =
			memchr(reading->scan.at, '}', (size_t)(reading->scan.end - reading->scan.at));
		if (close && !memchr(word.at, '{', (size_t)(close - word.at)))
			return unopened(reading, close);
		return reject(reading, CODE_LIMIT_SYNTAX, word.at,
			"limits or hours without { } around them\n"
			"Write { and } around each group, with blanks. The line is written %s",
			form_of_line(reading));
	}
	if (!reading->statement->extra)
		reading->statement->extra = word.at;
	if (!reading->second && starts_line(word))
		reading->second = word.at;
	reading->extra_count++;
	if (shape != SHAPE_WORD && memchr(word.at, '}', word.len))
		return unopened(reading, word.at);
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

/* A part of what the user meant is lost, or a value has a piece of a web page in it: the line is only partly
 * read. */
static void make_partial(struct reading *reading)
{
	if (reading->statement->fate < FATE_PARTIAL)
		reading->statement->fate = FATE_PARTIAL;
}

bool finish(struct reading *reading)
{
	if (!extra_words(reading))
		return false;
	if (scan_at_group(&reading->scan))
		return reject(reading, CODE_LIMIT_SYNTAX, reading->scan.at,
			"a { } group where the line can have none\nRemove the group. The line is written %s",
			form_of_line(reading));
	if (reading->second) {
		adjust(reading, CODE_EXTRA_FIELD, reading->second,
			"another line starts here, with \"%.2s\", and is left out\n"
			"Write \"%.2s\" and what follows on a line of its own.",
			reading->second, reading->second);
		make_partial(reading);
	} else if (reading->extra_count > 0)
		adjust(reading, CODE_EXTRA_FIELD, reading->statement->extra,
			"%lu word%s that the line has no field for", reading->extra_count,
			reading->extra_count == 1 ? "" : "s");
	return true;
}

/* The most stray things of a line that a message names. */
enum { STRAYS_NAMED = 8 };

static void say_markup(struct reading *reading)
{
	struct slice rest = reading->statement->text, markup;

	for (int named = 0; named < STRAYS_NAMED && find_markup(rest, &markup); named++) {
		const char *end = rest.at + rest.len;
		remark(reading, CODE_MARKUP, markup.at, "\"%s\" is markup of a forum or a web page",
			show(markup).text);
		rest = slice_between(markup.at + markup.len, end);
		make_partial(reading);
	}
}

static void say_invisible(struct reading *reading)
{
	struct slice rest = reading->statement->text;
	struct invisible invisible;

	for (int named = 0; named < STRAYS_NAMED && find_invisible(rest, &invisible); named++) {
		const char *end = rest.at + rest.len;
		remark(reading, CODE_INVISIBLE_CHARACTER, invisible.at,
			"a character that nobody sees: U+%04lX (%s)", (unsigned long)invisible.character,
			invisible.name);
		rest = slice_between(invisible.at + invisible.len, end);
		make_partial(reading);
	}
}

void say_strays(struct reading *reading)
{
	if (!may_have_strays(reading->statement->text))
		return;
	say_markup(reading);
	say_invisible(reading);
}

static bool is_sign(char c)
{
	return c == ':' || c == '=' || c == '>';
}

bool one_sign(struct reading *reading)
{
	struct scan ahead = reading->scan;
	struct slice word;

	if (scan_ended(&ahead) || !is_sign(*ahead.at) || !scan_word(&ahead, &word))
		return true;
	for (size_t i = 0; i < word.len; i++)
		if (!is_sign(word.at[i]))
			return true;
	return reject(reading, CODE_BAD_VALUE, word.at,
		"a second : = or > stands behind the colon of %s\nWrite one colon, a blank and the value.",
		reading->statement->directive->keyword);
}
