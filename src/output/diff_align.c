/* Finds the lines that two texts have in common. Lines become numbers, and those without a counterpart are
 * left out. Equal ends go first; lines that stand once on each side hold the rest together; what is between
 * them is compared in full where it is small, and is cut in halves where it is not. So the work grows with
 * the lines. */
#include "cc2oscam/table.h"
#include "diff_lines.h"

enum {
	CELLS_MOST = 1 << 20, /* of the table of a full comparison: some thousand lines on each side */
	DEPTH_MOST = 8        /* how often what is between such lines is searched for more of them */
};

static const uint32_t none = KEYS_NONE;

/* A line of the old text that differs from all before it. */
struct line_kind {
	uint32_t count[SIDES]; /* in the part that is looked at */
	uint32_t place;        /* the last one of the part on the new side */
};

/* The lines of one side that may stand on the other side too: their kinds and their numbers. */
struct side_lines {
	uint32_t *kind, *line;
};

/* A part of both rows. */
struct part {
	uint32_t from[SIDES], to[SIDES];
};

struct aligner {
	struct arena *arena;
	struct diff_lines *sides;
	struct keys lines;       /* of the old text, each once */
	struct line_kind *kinds; /* their kinds */
	struct side_lines rows[SIDES];
	uint16_t *lengths; /* CELLS_MOST; NULL: not needed yet */
};

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

/* All lines of one side that have a kind. What follows a pair of equal lines is mostly another pair: the hash
 * is needed where it is not. */
static void fill_row(struct aligner *aligner, int side, const struct part *lines, struct part *part)
{
	struct side_lines *row = &aligner->rows[side];
	struct keys *keys = &aligner->lines;
	uint32_t most = lines->to[side] - lines->from[side], count = 0, likely = 0;

	row->kind = arena_array(aligner->arena, most, sizeof *row->kind);
	row->line = arena_array(aligner->arena, most, sizeof *row->line);
	for (uint32_t line = lines->from[side]; line < lines->to[side]; line++) {
		struct slice text = diff_line(&aligner->sides[side], line);
		uint32_t kind = side == NEW && likely < keys->list.count ? likely : none;
		if (kind == none || !slice_equal(*(const struct slice *)list_at(&keys->list, kind), text))
			kind = side == NEW ? keys_find(keys, text) : keys_add(keys, text);
		likely = kind == none ? likely + 1 : kind + 1;
		if (kind == none)
			continue;
		row->kind[count] = kind;
		row->line[count++] = line;
	}
	part->from[side] = 0;
	part->to[side] = count;
}

static void count_kinds(struct aligner *aligner, const struct part *part)
{
	for (int side = 0; side < SIDES; side++)
		for (uint32_t i = part->from[side]; i < part->to[side]; i++)
			memset(aligner->kinds[aligner->rows[side].kind[i]].count, 0,
				sizeof aligner->kinds->count);
	for (int side = 0; side < SIDES; side++)
		for (uint32_t i = part->from[side]; i < part->to[side]; i++) {
			struct line_kind *kind = &aligner->kinds[aligner->rows[side].kind[i]];
			kind->count[side]++;
			if (side == NEW)
				kind->place = i;
		}
}

/* Leaves out lines that the other side does not have. */
static void narrow(struct aligner *aligner, struct part *part)
{
	count_kinds(aligner, part);
	for (int side = 0; side < SIDES; side++) {
		struct side_lines *row = &aligner->rows[side];
		uint32_t kept = 0;
		for (uint32_t i = 0; i < part->to[side]; i++) {
			if (aligner->kinds[row->kind[i]].count[1 - side] == 0)
				continue;
			row->kind[kept] = row->kind[i];
			row->line[kept++] = row->line[i];
		}
		part->to[side] = kept;
	}
}

static void keep(struct aligner *aligner, uint32_t old, uint32_t new)
{
	aligner->sides[OLD].changed[aligner->rows[OLD].line[old]] = 0;
	aligner->sides[NEW].changed[aligner->rows[NEW].line[new]] = 0;
}

static bool is_empty(const struct part *part)
{
	return part->from[OLD] == part->to[OLD] || part->from[NEW] == part->to[NEW];
}

static bool same_kind(const struct aligner *aligner, uint32_t old, uint32_t new)
{
	return aligner->rows[OLD].kind[old] == aligner->rows[NEW].kind[new];
}

static void keep_equal_ends(struct aligner *aligner, struct part *part)
{
	while (!is_empty(part) && same_kind(aligner, part->from[OLD], part->from[NEW]))
		keep(aligner, part->from[OLD]++, part->from[NEW]++);
	while (!is_empty(part) && same_kind(aligner, part->to[OLD] - 1, part->to[NEW] - 1))
		keep(aligner, --part->to[OLD], --part->to[NEW]);
}

/* The table's cell (i, k) has the length of the longest common series from line i of the old part and line k
 * of the new part on. */
static void compare(struct aligner *aligner, const struct part *part)
{
	uint32_t olds = part->to[OLD] - part->from[OLD], news = part->to[NEW] - part->from[NEW];
	size_t width = (size_t)news + 1;
	uint16_t *at = aligner->lengths;

	memset(at + olds * width, 0, width * sizeof *at);
	for (uint32_t i = olds; i-- > 0;) {
		uint16_t *row = at + i * width, *below = row + width;
		row[news] = 0;
		for (uint32_t k = news; k-- > 0;)
			row[k] = same_kind(aligner, part->from[OLD] + i, part->from[NEW] + k)
					 ? (uint16_t)(below[k + 1] + 1)
				 : below[k] >= row[k + 1] ? below[k]
							  : row[k + 1];
	}
	for (uint32_t i = 0, k = 0; i < olds && k < news;) {
		if (same_kind(aligner, part->from[OLD] + i, part->from[NEW] + k))
			keep(aligner, part->from[OLD] + i++, part->from[NEW] + k++);
		else if (at[(i + 1) * width + k] >= at[i * width + k + 1])
			i++;
		else
			k++;
	}
}

/* The longest ascending series among places[0 .. count - 1], found by laying each number on the first pile
 * whose top is not below it (patience). Overwrites the indices of the series into `series`; returns how many.
 */
static uint32_t ascending(struct arena *arena, const uint32_t *places, uint32_t count, uint32_t *series)
{
	uint32_t *tops = series, *before = arena_array(arena, count, sizeof *before), piles = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t low = 0, high = piles;
		while (low < high) {
			uint32_t middle = low + (high - low) / 2;
			if (places[tops[middle]] < places[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low > 0 ? tops[low - 1] : none;
		tops[low] = i;
		piles += low == piles;
	}
	uint32_t last = piles > 0 ? tops[piles - 1] : none;
	for (uint32_t i = piles; i > 0; last = before[last])
		series[--i] = last;
	return piles;
}

/* Lines that stand once on each side of the part, as far as they are in the same order: places in the old row
 * and in the new row. Returns how many. */
static uint32_t find_anchors(struct aligner *aligner, const struct part *part, uint32_t *anchors[SIDES])
{
	uint32_t size = part->to[OLD] - part->from[OLD], count = 0;
	uint32_t *olds = arena_array(aligner->arena, size, sizeof *olds);
	uint32_t *news = arena_array(aligner->arena, size, sizeof *news);

	count_kinds(aligner, part);
	for (uint32_t i = part->from[OLD]; i < part->to[OLD]; i++) {
		const struct line_kind *kind = &aligner->kinds[aligner->rows[OLD].kind[i]];
		if (kind->count[OLD] != 1 || kind->count[NEW] != 1)
			continue;
		olds[count] = i;
		news[count++] = kind->place;
	}
	uint32_t *series = arena_array(aligner->arena, count, sizeof *series);
	count = ascending(aligner->arena, news, count, series);
	for (uint32_t i = 0; i < count; i++) {
		olds[i] = olds[series[i]];
		news[i] = news[series[i]];
	}
	anchors[OLD] = olds;
	anchors[NEW] = news;
	return count;
}

static void align(struct aligner *aligner, struct part part, int depth);

/* Each part starts with its anchor. */
static bool align_at_anchors(struct aligner *aligner, const struct part *whole, int depth)
{
	uint32_t *anchors[SIDES], count = find_anchors(aligner, whole, anchors);
	struct part part = *whole;

	for (uint32_t i = 0; count > 0 && i <= count; i++) {
		for (int side = 0; side < SIDES; side++)
			part.to[side] = i < count ? anchors[side][i] : whole->to[side];
		align(aligner, part, depth + 1);
		memcpy(part.from, part.to, sizeof part.from);
	}
	return count > 0;
}

static void align(struct aligner *aligner, struct part part, int depth)
{
	keep_equal_ends(aligner, &part);
	if (is_empty(&part))
		return;
	uint64_t olds = part.to[OLD] - part.from[OLD], news = part.to[NEW] - part.from[NEW];
	if ((olds + 1) * (news + 1) <= CELLS_MOST) {
		if (!aligner->lengths)
			aligner->lengths = arena_array(aligner->arena, CELLS_MOST, sizeof *aligner->lengths);
		compare(aligner, &part);
		return;
	}
	if (depth < DEPTH_MOST && align_at_anchors(aligner, &part, depth))
		return;
	struct part front = part, back = part;
	for (int side = 0; side < SIDES; side++)
		front.to[side] = back.from[side] = part.from[side] + (part.to[side] - part.from[side]) / 2;
	align(aligner, front, depth + 1);
	align(aligner, back, depth + 1);
}

/* The text's equal ends, the greater part of it as a rule, need no hashing. */
static void trim(struct diff_lines sides[SIDES], struct part *lines)
{
	*lines = (struct part){{0, 0}, {sides[OLD].count, sides[NEW].count}};
	while (!is_empty(lines) && slice_equal(diff_line(&sides[OLD], lines->from[OLD]),
					   diff_line(&sides[NEW], lines->from[NEW])))
		sides[OLD].changed[lines->from[OLD]++] = sides[NEW].changed[lines->from[NEW]++] = 0;
	while (!is_empty(lines) && slice_equal(diff_line(&sides[OLD], lines->to[OLD] - 1),
					   diff_line(&sides[NEW], lines->to[NEW] - 1)))
		sides[OLD].changed[--lines->to[OLD]] = sides[NEW].changed[--lines->to[NEW]] = 0;
}

void diff_align(struct diff_lines sides[SIDES], struct arena *arena)
{
	struct aligner aligner = {.arena = arena, .sides = sides};
	struct part lines, part;

	trim(sides, &lines);
	if (is_empty(&lines))
		return;
	aligner.kinds = arena_array(arena, lines.to[OLD] - lines.from[OLD], sizeof *aligner.kinds);
	keys_init(&aligner.lines, arena, lines.to[OLD] - lines.from[OLD]);
	fill_row(&aligner, OLD, &lines, &part);
	fill_row(&aligner, NEW, &lines, &part);
	narrow(&aligner, &part);
	align(&aligner, part, 0);
}
