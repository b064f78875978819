/* Telling letter lines from options without parsing them. */
#include "cc2oscam/cccam.h"

bool is_letter_line(struct slice line)
{
	size_t i = 0;

	while (i < line.len && is_blank(line.at[i]))
		i++;
	if (i == line.len || !is_letter(line.at[i]))
		return false;
	for (i++; i < line.len && is_blank(line.at[i]);)
		i++;
	return i < line.len && line.at[i] == ':';
}
