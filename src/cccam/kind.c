/* Telling letter lines from options without parsing them. */
#include "parse.h"

static bool is_continued_line(struct slice line)
{
	if (!memchr(line.at, '\\', line.len))
		return false;
	return is_continued(
		(struct slice){line.at, (size_t)(scan_comment(line.at, line.at + line.len) - line.at)});
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
	return i < line.len && line.at[i] == ':' && !is_continued_line(line);
}
