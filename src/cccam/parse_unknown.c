/* Lines that CCcam cannot read: the findings about them, and the parts of them that may still count. */
#include "parse.h"

#include <string.h>

#include "strays.h"

/* A hint with the option that was probably meant; empty: no option is like it. */
static const char *hint_near(
	const struct reading *reading, struct slice keyword, const struct directive *near)
{
	struct arena *arena = reading->parser->arena;
	struct invisible invisible;
	struct slice markup;

	if (find_invisible(keyword, &invisible))
		return arena_format(arena, "Remove the character that nobody sees in column %lu.",
			(unsigned long)(invisible.at - reading->statement->line.text.at) + 1)
			.at;
	if (find_markup(reading->statement->text, &markup))
		return arena_format(
			arena, "Remove \"%s\" and all other markup from the line.", show(markup).text)
			.at;
	return near ? arena_format(arena, "Did you mean %s?", near->keyword).at : "";
}

/* Keeps the value of the option that was probably meant: if it closes something, it may have to count. */
static void keep_meant(struct statement *statement, const struct directive *meant, struct slice value)
{
	statement->meant = meant;
	statement->value = value;
	statement->device = told_device(value);
}

void keep_bare_list(struct statement *statement)
{
	struct slice text = statement->text;

	if (lists_channels(text) && told_device(text).len > 0)
		keep_meant(statement, directive_at(DIRECTIVE_SMARTCARD_SID_REJECT), text);
}

/* The keyword is right, and no colon stands behind it. */
static bool lacks_colon(struct reading *reading, const struct meant *meant)
{
	const char *end = meant->keyword.at + meant->keyword.len;
	const struct slice text = reading->statement->text;
	const char *sign = skip_blanks(end, text.at + text.len);
	bool equal = sign < text.at + text.len && *sign == '=';

	if (!directive_find(meant->keyword) || (sign < text.at + text.len && *sign == ':'))
		return false;
	remark(reading, CODE_UNKNOWN_LINE, equal ? sign : end,
		"CCcam wants a colon after %s%s\nWrite %s : and the value.", meant->directive->keyword,
		equal ? ", not an equals sign" : "", meant->directive->keyword);
	return true;
}

static bool lacks_letter_colon(struct reading *reading)
{
	const struct slice text = reading->statement->text;
	const struct directive *directive = letter_meant(text);
	struct invisible invisible;
	struct slice markup;

	if (!directive || find_markup(text, &markup) || find_invisible(text, &invisible))
		return false; /* or that is what is wrong */
	remark(reading, CODE_UNKNOWN_LINE, text.at,
		"CCcam wants %s and a colon at the start of the line\nWrite %s: and the fields: %s: %s",
		directive->keyword, directive->keyword, directive->keyword, directive->syntax);
	return true;
}

enum line_kind unknown_line(struct reading *reading)
{
	struct slice text = reading->statement->text, start = harmless_start(text), keyword = text, written;
	bool has_colon = memchr(text.at, ':', text.len) != NULL;
	struct meant meant;
	bool known = option_meant(text, &meant);

	if (known && meant.value.len > 0)
		keep_meant(reading->statement, meant.directive, meant.value);
	if ((known && lacks_colon(reading, &meant)) || lacks_letter_colon(reading))
		return LINE_BAD;
	written = slice_cut(&keyword, has_colon ? ':' : '=');
	const char *hint = hint_near(reading, written, known ? meant.directive : directive_near(written));
	if (start.len > 0)
		remark(reading, CODE_UNKNOWN_LINE, text.at, "CCcam knows no line that starts with \"%s\"\n%s",
			show(start).text, hint);
	else
		remark(reading, CODE_UNKNOWN_LINE, text.at, "CCcam knows no line %s\n%s",
			has_colon ? "of this kind" : "without a colon", hint);
	if (!known)
		keep_bare_list(reading->statement);
	return LINE_BAD;
}
