/* A look at the settings file before libConfuse reads it. Quotes, comments, braces and line ends are all it
 * knows of libConfuse's language. */
#include "settings.h"

/* What a section of a manifest has beside the choices. */
static const char *const section_names[] = {"source", "output"};

enum {
	SECTION_NAMES = sizeof section_names / sizeof *section_names,
	NAME_COUNT = SETTING_COUNT + SECTION_NAMES
};

struct scan {
	char *at, *end;
	uint32_t line;
	unsigned depth;           /* open braces */
	struct list *sections;    /* their lines; NULL: the file has none */
	uint32_t *choices;        /* the lines of the file's own choices */
	bool in_section;          /* the outermost brace that is open is that of a section */
	int awaited;              /* the name whose value comes next, by its number; -1: none */
	bool seen[2][NAME_COUNT]; /* which names have a value so far: of the file, of the section */
	struct buffer *why;
};

static bool is_name_byte(char c)
{
	return is_letter(c) || is_digit(c) || c == '-' || c == '_';
}

static bool refuse(struct scan *scan, const char *what)
{
	buffer_format(scan->why, "%s", what);
	return false;
}

/* Up to the end of the line, without it. */
static void blank_line(struct scan *scan)
{
	for (; scan->at < scan->end && *scan->at != '\n'; scan->at++)
		*scan->at = ' ';
}

static bool blank_comment(struct scan *scan)
{
	uint32_t line = scan->line;
	char *start = scan->at;

	while (scan->at < scan->end && !(scan->at >= start + 3 && scan->at[0] == '/' && scan->at[-1] == '*'))
		line += *scan->at++ == '\n';
	if (scan->at == scan->end)
		return refuse(scan, "the comment that begins here has no end");
	for (char *at = start; at <= scan->at; at++)
		if (*at != '\n')
			*at = ' ';
	scan->at++;
	scan->line = line;
	return true;
}

static bool refuse_variable(struct scan *scan)
{
	return refuse(scan, "libConfuse would put an environment variable in place of ${...}; "
			    "within single quotes it stays as it is");
}

static bool skip_string(struct scan *scan)
{
	char quote = *scan->at++;
	uint32_t line = scan->line;

	for (; scan->at < scan->end && *scan->at != quote; scan->at++) {
		if (*scan->at == '\\' && scan->at + 1 < scan->end)
			scan->at++;
		else if (quote == '"' && scan->end - scan->at > 1 && scan->at[0] == '$' && scan->at[1] == '{')
			return refuse_variable(scan);
		line += *scan->at == '\n';
	}
	if (scan->at == scan->end)
		return refuse(scan, "the quotes that open here are never closed");
	scan->at++;
	scan->line = line;
	return true;
}

static struct slice name_at(int number)
{
	return slice_of(
		number < SETTING_COUNT ? setting_table[number].name : section_names[number - SETTING_COUNT]);
}

/* A second value for a name would take the place of the first without a word. */
static bool see_value(struct scan *scan, const char *start)
{
	const char *end = scan->at;
	bool grows = end > start && end[-1] == '+';

	if (scan->depth > scan->in_section)
		return true;
	end -= grows;
	while (end > start && is_blank(end[-1]))
		end--;
	const char *name = end;
	while (name > start && is_name_byte(name[-1]))
		name--;
	struct slice word = {name, (size_t)(end - name)};
	for (int i = 0; i < NAME_COUNT; i++) {
		if (!slice_equal(name_at(i), word))
			continue;
		bool *seen = &scan->seen[scan->in_section][i], fine = grows || !*seen;
		*seen = true;
		if (!scan->in_section && i < SETTING_COUNT)
			scan->choices[i] = scan->line;
		if (!fine)
			buffer_format(
				scan->why, "%.*s has a value already; a list grows with +=", SLICE_ARG(word));
		scan->awaited = i;
		return fine;
	}
	return true;
}

/* Without quotes: 5, -1, 0.5. */
static bool is_number(const struct scan *scan)
{
	bool digits = false;
	unsigned dots = 0; /* more of them are in addresses and dates */

	for (const char *at = scan->at; at < scan->end && !is_blank(*at) && *at != '\n' && *at != '\r';
		at++) {
		if (*at == '}' || *at == '#' || *at == ';')
			break;
		if (!is_digit(*at) && *at != '.' && !(at == scan->at && (*at == '-' || *at == '+')))
			return false;
		digits |= is_digit(*at);
		dots += *at == '.';
	}
	return digits && dots < 2;
}

/* libConfuse would take each type for the other. */
static bool check_type(struct scan *scan)
{
	static const char *const wants[] = {[SETTING_TEXT] = "text, and a number is none without quotes",
		[SETTING_NUMBER] = "a number, without quotes",
		[SETTING_SWITCH] = "true or false, without quotes",
		[SETTING_LIST] = "a list: { \"...\", \"...\" }"};
	int name = scan->awaited;
	enum setting_type type = name < SETTING_COUNT ? setting_table[name].type : SETTING_TEXT;
	bool quoted = *scan->at == '"' || *scan->at == '\'';
	bool wrong = type == SETTING_LIST   ? *scan->at != '{'
		     : type == SETTING_TEXT ? !quoted && is_number(scan)
					    : quoted;

	scan->awaited = -1;
	if (wrong)
		buffer_format(scan->why, "%.*s takes %s", SLICE_ARG(name_at(name)), wants[type]);
	return !wrong;
}

/* A brace that no = stands before opens a section, in a file that has them. */
static void open_brace(struct scan *scan, const char *start)
{
	const char *before = scan->at;

	while (before > start && (is_blank(before[-1]) || before[-1] == '\n'))
		before--;
	if (scan->depth++ > 0 || !scan->sections || (before > start && before[-1] == '='))
		return;
	scan->in_section = true;
	memset(scan->seen[1], 0, sizeof scan->seen[1]);
	*(uint32_t *)list_add(scan->sections) = scan->line;
}

static void close_brace(struct scan *scan)
{
	if (scan->depth > 0 && --scan->depth == 0)
		scan->in_section = false;
}

/* One byte outside quotes and comments; or all of a string or comment that it begins. */
static bool scan_next(struct scan *scan, const char *start)
{
	char c = *scan->at, next = scan->at + 1 < scan->end ? scan->at[1] : '\0';
	bool inside_word = scan->at > start && (is_name_byte(scan->at[-1]) || scan->at[-1] == ':');

	if (c == '/' && next == '*')
		return blank_comment(scan);
	if (c == '#' || (c == '/' && next == '/' && !inside_word)) {
		blank_line(scan);
		return true;
	}
	if (scan->awaited >= 0 && !is_blank(c) && c != '\n' && c != '\r' && !check_type(scan))
		return false;
	if (c == '"' || c == '\'')
		return skip_string(scan);
	if (c == '$' && next == '{')
		return refuse_variable(scan);
	if (c == '\r')
		*scan->at = ' ';
	if (c == '{')
		open_brace(scan, start);
	if (c == '}')
		close_brace(scan);
	if (c == '=' && !see_value(scan, start))
		return false;
	scan->line += c == '\n';
	scan->at++;
	return true;
}

bool settings_scan(char *text, size_t len, struct list *sections, uint32_t choices[SETTING_COUNT],
	uint32_t *line, struct buffer *why)
{
	struct scan scan = {.at = text, .end = text + len, .line = 1, .sections = sections, .why = why};
	const char *zero = len > 0 ? memchr(text, '\0', len) : NULL;
	bool fine = true;

	scan.choices = choices;
	scan.awaited = -1;
	while (fine && scan.at < (zero ? zero : scan.end))
		fine = scan_next(&scan, text);
	if (fine && zero)
		fine = refuse(&scan, "there is a zero byte: this is no text");
	if (fine && scan.in_section) {
		scan.line = *(uint32_t *)list_at(sections, sections->count - 1);
		fine = refuse(&scan, "the brace that opens here is never closed");
	}
	*line = scan.line;
	return fine;
}
