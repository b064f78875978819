/* Lines that CCcam cannot read: what is said of them, and what of them may still count. */
#include "parse.h"

#include <string.h>

#include "strays.h"

/* What was perhaps meant goes into the hint of the finding just made. */
static void hint_near(struct reading *reading, struct slice keyword, const struct directive *near)
{
	struct invisible invisible;
	struct slice markup;

	if (find_invisible(keyword, &invisible))
		(void)hint(reading, "Remove the character that nobody sees in column %lu.",
			(unsigned long)(invisible.at - reading->statement->line.text.at) + 1);
	else if (find_markup(reading->statement->text, &markup))
		(void)hint(reading, "Remove \"%s\" and all other markup from the line.", show(markup).text);
	else if (near)
		(void)hint(reading, "Did you mean %s?", near->keyword);
}

/* What an option was meant to say may have to count all the same, where that is less. */
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
	remark(reading, CODE_UNKNOWN_LINE, equal ? sign : end, "CCcam wants a colon after %s%s",
		meant->directive->keyword, equal ? ", not an equals sign" : "");
	(void)hint(reading, "Write %s : and the value.", meant->directive->keyword);
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
	remark(reading, CODE_UNKNOWN_LINE, text.at, "CCcam wants %s and a colon at the start of the line",
		directive->keyword);
	(void)hint(reading, "Write %s: and the fields: %s: %s", directive->keyword, directive->keyword,
		directive->syntax);
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
	if (start.len > 0)
		remark(reading, CODE_UNKNOWN_LINE, text.at, "CCcam knows no line that starts with \"%s\"",
			show(start).text);
	else
		remark(reading, CODE_UNKNOWN_LINE, text.at, "CCcam knows no %s",
			has_colon ? "line of this kind" : "line without a colon");
	written = has_colon ? slice_cut(&keyword, ':') : slice_cut(&keyword, '=');
	hint_near(reading, written, known ? meant.directive : directive_near(written));
	if (!known)
		keep_bare_list(reading->statement);
	return LINE_BAD;
}
