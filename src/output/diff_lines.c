/* Cutting texts into lines, and walking over what has changed in them. See diff_lines.h. */
#include "diff_lines.h"

struct slice diff_line(const struct diff_lines *side, uint32_t line)
{
	size_t start = side->start[line];

	return (struct slice){side->text + start, side->start[line + 1] - start};
}

void diff_cut(struct diff_lines *side, struct arena *arena, struct slice text)
{
	size_t lines = slice_lines(text);
	struct slice rest = text;

	/* a text with more lines than 31 bits count would not fit into memory either */
	if (lines > INT32_MAX / 2)
		out_of_memory();
	uint32_t count = (uint32_t)lines;
	*side = (struct diff_lines){.text = text.at, .count = count};
	side->start = arena_array(arena, (size_t)count + 1, sizeof *side->start);
	side->changed = memset(arena_bytes(arena, (size_t)count + 1), 1, (size_t)count + 1);
	for (uint32_t i = 0; i < count; i++) {
		side->start[i] = text.len - rest.len;
		(void)slice_cut(&rest, '\n');
	}
	side->start[count] = text.len;
}

bool diff_next(const struct diff_lines sides[SIDES], struct diff_change *change)
{
	uint32_t at[SIDES] = {change->to[OLD], change->to[NEW]};

	while (at[OLD] < sides[OLD].count && at[NEW] < sides[NEW].count && !sides[OLD].changed[at[OLD]] &&
		!sides[NEW].changed[at[NEW]]) {
		at[OLD]++;
		at[NEW]++;
	}
	for (int side = 0; side < SIDES; side++) {
		change->from[side] = at[side];
		while (at[side] < sides[side].count && sides[side].changed[at[side]])
			at[side]++;
		change->to[side] = at[side];
	}
	return change->from[OLD] < change->to[OLD] || change->from[NEW] < change->to[NEW];
}
