/* What libConfuse does not do with the text of a settings file: count the lines of comments, refuse what has
 * no end. Of its language only quotes, comments and braces are known here. */
#include "settings.h"

struct settings_text {
	char *at, *end;
	uint32_t line;
	unsigned depth;        /* open braces */
	uint32_t open;         /* the line of the outermost one */
	struct list *sections; /* the lines of the braces that no = stands before */
	struct buffer *why;
};

static bool refuse(struct settings_text *text, uint32_t line, const char *why)
{
	text->line = line;
	buffer_format(text->why, "%s", why);
	return false;
}

static bool starts(const struct settings_text *text, const char *two)
{
	return text->end - text->at > 1 && text->at[0] == two[0] && text->at[1] == two[1];
}

/* Up to `end`; the lines stay. */
static void blank(struct settings_text *text, const char *end)
{
	for (; text->at < end; text->at++)
		if (*text->at == '\n')
			text->line++;
		else
			*text->at = ' ';
}

static bool blank_comment(struct settings_text *text)
{
	for (const char *at = text->at + 2; at + 1 < text->end; at++)
		if (at[0] == '*' && at[1] == '/') {
			blank(text, at + 2);
			return true;
		}
	return refuse(text, text->line, "the comment that begins here has no end");
}

static bool refuse_variable(struct settings_text *text, uint32_t line)
{
	return refuse(text, line,
		"${...} would be replaced by an environment variable; to keep the text as it is, write the "
		"value in "
		"single quotes");
}

static bool skip_string(struct settings_text *text)
{
	uint32_t line = text->line;
	char quote = *text->at++;

	for (; text->at < text->end && *text->at != quote; text->at++) {
		if (*text->at == '\\' && text->at + 1 < text->end)
			text->at++;
		else if (quote == '"' && starts(text, "${"))
			return refuse_variable(text, line);
		text->line += *text->at == '\n';
	}
	if (text->at == text->end)
		return refuse(text, line, "the quotes that open here are never closed");
	text->at++;
	return true;
}

/* What stands behind a = is a list, and no section. */
static bool is_list(const char *brace, const char *start)
{
	while (brace > start && strchr(" \t\r\n", brace[-1]))
		brace--;
	return brace > start && brace[-1] == '=';
}

/* All of the string or comment that begins here, or one byte. `start`: of the whole text. */
static bool pass(struct settings_text *text, const char *start)
{
	const char *at = text->at;

	if (*at == '#' || (starts(text, "//") && (at == start || strchr(" \t\r\n=+,{}()\"'", at[-1])))) {
		const char *end = memchr(at, '\n', (size_t)(text->end - at));
		blank(text, end ? end : text->end);
		return true;
	}
	if (starts(text, "/*"))
		return blank_comment(text);
	if (*at == '"' || *at == '\'')
		return skip_string(text);
	if (starts(text, "${"))
		return refuse_variable(text, text->line);
	if (*at == '{' && text->depth++ == 0) {
		text->open = text->line;
		if (!is_list(at, start))
			*(uint32_t *)list_add(text->sections) = text->line;
	}
	if (*at == '}' && text->depth > 0)
		text->depth--;
	text->line += *at == '\n';
	text->at++;
	return true;
}

bool settings_text_prepare(char *text, size_t len, struct list *sections, uint32_t *line, struct buffer *why)
{
	struct settings_text left = {text, text + len, 1, 0, 0, sections, why};
	char *zero = memchr(text, '\0', len);
	bool fine = true;

	if (zero)
		left.end = zero;
	while (fine && left.at < left.end)
		fine = pass(&left, text);
	if (fine && zero)
		fine = refuse(&left, left.line, "there is a zero byte: this is no text");
	if (fine && left.depth > 0)
		fine = refuse(&left, left.open, "the brace that opens here is never closed");
	*line = left.line;
	return fine;
}
