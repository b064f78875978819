/* A block that was added between equal lines can often be said to stand a few lines higher or lower as well.
 * Of these places the one that reads best is chosen; the diff stays as long as it was. */
#include "diff_lines.h"

enum { SLIDE_FARTHEST = 64 };

/* Lines that were added, or deleted, where the other side has nothing. */
struct block {
	struct diff_lines *side;
	const struct diff_lines *other;
	uint32_t from, to;
	uint32_t across; /* where it is on the other side */
};

static bool is_empty_line(const struct diff_lines *side, uint32_t line)
{
	struct slice text = diff_line(side, line);

	return text.len > 0 && (text.at[0] == '\n' || text.at[0] == '\r');
}

/* Moves the block by one line, if the lines allow it. */
static bool lower(struct block *block)
{
	struct diff_lines *side = block->side;

	if (block->to == side->count || block->across == block->other->count || side->changed[block->to] ||
		block->other->changed[block->across] ||
		!slice_equal(diff_line(side, block->from), diff_line(side, block->to)))
		return false;
	side->changed[block->from++] = 0;
	side->changed[block->to++] = 1;
	block->across++;
	return true;
}

static bool lift(struct block *block)
{
	struct diff_lines *side = block->side;

	if (block->from == 0 || block->across == 0 || side->changed[block->from - 1] ||
		block->other->changed[block->across - 1] ||
		!slice_equal(diff_line(side, block->from - 1), diff_line(side, block->to - 1)))
		return false;
	side->changed[--block->to] = 0;
	side->changed[--block->from] = 1;
	block->across--;
	return true;
}

/* How well the block reads where it is: best behind an empty line, which another one then ends, and else from
 * a head or a comment on. */
static int rank(const struct block *block)
{
	char first = *diff_line(block->side, block->from).at;

	if (is_empty_line(block->side, block->from))
		return 0;
	if (block->from == 0 || is_empty_line(block->side, block->from - 1))
		return 2;
	return first == '[' || first == '#' ? 1 : 0;
}

/* Tries all places from the highest down; of equally good ones the lowest is taken. */
static void slide(struct block *block)
{
	int steps = 0, best = 0, best_rank;

	while (steps < SLIDE_FARTHEST && lift(block))
		steps++;
	best_rank = rank(block);
	for (steps = 0; steps < 2 * SLIDE_FARTHEST && lower(block);) {
		steps++;
		int here = rank(block);
		if (here >= best_rank) {
			best = steps;
			best_rank = here;
		}
	}
	while (steps > best && lift(block))
		steps--;
}

void diff_slide(struct diff_lines sides[SIDES])
{
	struct diff_change change = {{0, 0}, {0, 0}};

	while (diff_next(sides, &change)) {
		int side = change.from[OLD] < change.to[OLD] ? OLD : NEW;
		if (change.from[1 - side] < change.to[1 - side])
			continue;
		struct block block = {&sides[side], &sides[1 - side], change.from[side], change.to[side],
			change.from[1 - side]};
		slide(&block);
		change.to[side] = block.to;
		change.to[1 - side] = block.across;
	}
}
