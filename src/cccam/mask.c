/* Lines with their passwords and keys masked, so that they can be shown. The parser says where they are; a
 * line that it does not fully understand keeps its first word only. */
#include "parse.h"

#include <string.h>

/* Blanks stay, so that one sees where the words were. */
static void mask_bytes(char *copy, const char *original, const char *from, const char *to)
{
	for (; from < to; from++)
		if (!is_blank(*from))
			copy[from - original] = '*';
}

static void mask_slice(char *copy, const char *original, struct slice secret)
{
	if (secret.len > 0)
		mask_bytes(copy, original, secret.at, secret.at + secret.len);
}

static void mask_statement(
	char *copy, const char *original, const struct statement *statement, const char *extra)
{
	const char *end = statement->text.at + statement->text.len;
	const struct directive *directive = statement->directive;

	if (directive->letter) {
		mask_slice(copy, original, statement->pass);
		mask_slice(copy, original, statement->key);
		mask_slice(copy, original, statement->my_pass);
		if (extra && directive->secret)
			mask_bytes(copy, original, extra, end);
	} else if (directive->secret && statement->word_count > 0) {
		uint32_t first = statement->device.at ? 1 : 0;
		mask_bytes(copy, original, statement->words[first].at, original + statement->line.text.len);
	} else if (directive->secret) { /* not even words */
		mask_bytes(copy, original, (const char *)memchr(original, ':', statement->line.text.len) + 1,
			original + statement->line.text.len);
	}
}

/* Of a line, or what is left of one, that is not understood. */
static void mask_unknown(char *copy, const char *original, struct slice text)
{
	struct slice left = slice_trim(text);
	struct slice shown = harmless_start(left);

	if (!is_continued(
		    (struct slice){left.at, (size_t)(scan_comment(left.at, left.at + left.len) - left.at)}))
		left = (struct slice){left.at + shown.len, left.len - shown.len};
	mask_slice(copy, original, left);
}

struct slice mask_line(struct arena *arena, struct slice line)
{
	struct parser parser = {.arena = arena};
	struct line whole = {line, 1};
	struct statement statement;
	struct slice rest = line, text;
	enum line_kind kind;
	const char *extra;
	char *copy;

	if (line.len == 0)
		return line;
	copy = arena_bytes(arena, line.len);
	memcpy(copy, line.at, line.len);
	while (rest.len > 0) {
		text = rest;
		kind = parse_statement(&parser, &whole, &rest, &statement, &extra);
		if (kind == LINE_BLANK)
			break;
		text.len -= rest.len;
		if (kind == LINE_STATEMENT && statement.fate != FATE_REJECTED)
			mask_statement(copy, line.at, &statement, extra);
		else
			mask_unknown(copy, line.at, text);
	}
	return (struct slice){copy, line.len};
}
