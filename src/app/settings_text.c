/* What libConfuse does not do with the text of a settings file: count the lines of comments, refuse what has
 * no end. Of its language only words, strings, comments and braces are known here. */
#include "settings.h"

static bool stands_alone(char byte)
{
	return is_blank(byte) || is_control(byte) || strchr("{}=+,()\"'#", byte);
}

/* A comment, a string, a word, or one other byte. *open: a comment or a string has no end. */
static struct slice next_token(struct slice *rest, bool *open)
{
	struct slice token = *rest;
	char first = token.at[0], quote = first == '"' || first == '\'' ? first : '\0';
	bool block = slice_starts(token, SLICE("/*"));
	size_t len = 1;

	if (first == '#' || slice_starts(token, SLICE("//"))) {
		const char *feed = memchr(token.at, '\n', token.len);
		len = feed ? (size_t)(feed - token.at) : token.len;
	} else if (block) {
		for (len = 4; len < token.len && memcmp(token.at + len - 2, "*/", 2) != 0; len++)
			;
	} else if (quote) {
		while (len < token.len && token.at[len] != quote)
			len += token.at[len] == '\\' ? 2 : 1;
		len++;
	} else if (!stands_alone(first)) {
		while (len < token.len && !stands_alone(token.at[len]))
			len++;
	}
	*open = len > token.len || (block && memcmp(token.at + len - 2, "*/", 2) != 0);
	token.len = len < token.len ? len : token.len;
	*rest = (struct slice){token.at + token.len, rest->len - token.len};
	return token;
}

static bool is_comment(struct slice token)
{
	return token.at[0] == '#' || slice_starts(token, SLICE("//")) || slice_starts(token, SLICE("/*"));
}

/* "${" where libConfuse would put an environment variable in its place; as words, "$" and "{" are two. */
static bool has_variable(struct slice token, const char *text)
{
	if (token.at[0] == '{')
		return token.at > text && token.at[-1] == '$';
	for (size_t i = 1; i + 1 < token.len && token.at[0] == '"'; i += token.at[i] == '\\' ? 2 : 1)
		if (token.at[i] == '$' && token.at[i + 1] == '{')
			return true;
	return false;
}

static bool refuse(struct buffer *why, const char *reason)
{
	buffer_format(why, "%s", reason);
	return false;
}

bool settings_text_prepare(char *text, size_t len, struct list *sections, uint32_t *line, struct buffer *why)
{
	const char *zero = memchr(text, '\0', len);
	struct slice rest = {text, zero ? (size_t)(zero - text) : len};
	uint32_t depth = 0, opened = 0; /* braces, and the line of the outermost */
	char before = '\0';
	bool open;

	for (*line = 1; rest.len > 0;) {
		struct slice token = next_token(&rest, &open);
		char first = token.at[0];
		bool comment = is_comment(token);
		if (has_variable(token, text))
			return refuse(why,
				"${...} would be replaced by an environment variable; to keep the text as it "
				"is, write the value in single quotes");
		if (open)
			return refuse(why, first == '/' ? "the comment that begins here has no end"
							: "the quotes that open here are never closed");
		if (first == '{' && depth++ == 0) {
			opened = *line;
			if (before != '=') /* no list */
				*(uint32_t *)list_add(sections) = *line;
		}
		depth -= first == '}' && depth > 0;
		if (!comment && !is_blank(first) && !is_control(first))
			before = first;
		for (char *at = text + (token.at - text); at < rest.at; at++) {
			*line += *at == '\n';
			if (comment && *at != '\n')
				*at = ' ';
		}
	}
	if (zero)
		return refuse(why, "there is a zero byte: this is no text");
	*line = depth > 0 ? opened : *line;
	return depth == 0 || refuse(why, "the brace that opens here is never closed");
}

/* A word behind the word "receiver" at the begin of a line, and then a brace. */
bool text_is_manifest(const struct source *source)
{
	struct slice rest = source->text;
	bool begins = true, open; /* a line */
	int behind = 0;           /* so many words behind "receiver", from 1 */

	while (rest.len > 0) {
		struct slice token = next_token(&rest, &open);
		char first = token.at[0];
		if (is_comment(token) || is_blank(first) || is_control(first)) {
			begins |= first == '\n';
			continue;
		}
		if (behind > 0 && (first == '{' || (behind == 1 && (first == '"' || first == '\''))))
			return true;
		behind = begins && slice_equal(token, SLICE("receiver")) ? 1 : behind == 1 ? 2 : 0;
		begins = first == '}';
	}
	return false;
}
