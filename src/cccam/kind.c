/* Telling letter lines from options without parsing them. */
#include "cc2oscam/cccam.h"

bool is_letter_line(struct slice line)
{
	line = slice_trim(line);
	if (line.len < 2 || !is_letter(line.at[0]))
		return false;
	for (size_t i = 1; i < line.len; i++)
		if (!is_blank(line.at[i]))
			return line.at[i] == ':';
	return false;
}
