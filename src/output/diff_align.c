/* Finds the lines that two texts have in common. Lines become numbers, those without a counterpart are left
 * out, and what is left is divided until equal ends are all there is. */
#include "diff_lines.h"
#include "diff_middle.h"

enum {
	/* Hostile lines can be made to meet in the same places of the table: it is searched no further. A
	 * counterpart that is not found makes the diff longer, not wrong. */
	PROBES_MOST = 64
};

static const uint32_t none = UINT32_MAX;

/* A line of the old text that differs from all before it. */
struct kind {
	uint32_t line;
	uint32_t count[SIDES]; /* in the part that is looked at; zero between the looks */
	uint32_t place;        /* the last one on the new side */
};

struct slot {
	uint32_t tag, kind; /* part of the hash; `none` where the slot is free */
};

struct kinds {
	struct kind *at;
	struct slot *slots;
	uint32_t count, mask;
	int shift; /* takes a hash to its slot: by the upper bits, which are mixed best */
};

/* Lines of one side that may have a counterpart: their kinds and their numbers. */
struct row {
	uint32_t *kind, *line;
};

/* A part of both rows. */
struct box {
	uint32_t from[SIDES], to[SIDES];
};

struct aligner {
	struct arena *arena;
	struct diff_lines *sides;
	struct kinds kinds;
	struct row rows[SIDES];
	struct diff_search search;
};

static void kinds_init(struct kinds *kinds, struct arena *arena, uint32_t lines)
{
	int bits = 6;

	while ((uint32_t)1 << bits < lines + lines / 2)
		bits++;
	kinds->mask = ((uint32_t)1 << bits) - 1;
	kinds->shift = 64 - bits;
	kinds->at = arena_array(arena, lines, sizeof *kinds->at);
	kinds->slots = arena_array(arena, (size_t)kinds->mask + 1, sizeof *kinds->slots);
	memset(kinds->slots, 0xff, ((size_t)kinds->mask + 1) * sizeof *kinds->slots);
	kinds->count = 0;
}

/* The kind of a line, or `none`; a line of the old side makes a new one. */
static uint32_t kind_of(struct aligner *aligner, int side, uint32_t number)
{
	struct kinds *kinds = &aligner->kinds;
	struct slice line = diff_line(&aligner->sides[side], number);
	uint64_t hash = slice_hash(line, 0);
	uint32_t tag = (uint32_t)(hash >> 32), at = (uint32_t)(hash >> kinds->shift);

	for (int i = 0; i < PROBES_MOST; i++, at = (at + 1) & kinds->mask) {
		struct slot *slot = &kinds->slots[at];
		if (slot->kind == none) {
			if (side == NEW)
				return none;
			kinds->at[kinds->count] = (struct kind){.line = number};
			*slot = (struct slot){tag, kinds->count};
			return kinds->count++;
		}
		if (slot->tag == tag &&
			slice_equal(diff_line(&aligner->sides[OLD], kinds->at[slot->kind].line), line))
			return slot->kind;
	}
	return none;
}

static void start_row(struct aligner *aligner, int side, const struct box *lines)
{
	struct row *row = &aligner->rows[side];
	uint32_t count = lines->to[side] - lines->from[side];

	row->kind = arena_array(aligner->arena, count, sizeof *row->kind);
	row->line = arena_array(aligner->arena, count, sizeof *row->line);
}

static void fill_old_row(struct aligner *aligner, const struct box *lines, struct box *box)
{
	struct row *row = &aligner->rows[OLD];
	uint32_t count = 0;

	start_row(aligner, OLD, lines);
	for (uint32_t line = lines->from[OLD]; line < lines->to[OLD]; line++) {
		uint32_t kind = kind_of(aligner, OLD, line);
		if (kind == none)
			continue;
		row->kind[count] = kind;
		row->line[count++] = line;
	}
	box->from[OLD] = 0;
	box->to[OLD] = count;
}

/* What follows a pair of equal lines is mostly another pair: the hash is needed where it is not. */
static void fill_new_row(struct aligner *aligner, const struct box *lines, struct box *box)
{
	struct row *row = &aligner->rows[NEW];
	const struct diff_lines *sides = aligner->sides;
	uint32_t count = 0, likely = 0;

	start_row(aligner, NEW, lines);
	for (uint32_t line = lines->from[NEW]; line < lines->to[NEW]; line++) {
		uint32_t kind = likely < aligner->kinds.count ? likely : none;
		if (kind == none || !slice_equal(diff_line(&sides[OLD], aligner->kinds.at[kind].line),
					    diff_line(&sides[NEW], line)))
			kind = kind_of(aligner, NEW, line);
		likely = kind == none ? likely + 1 : kind + 1;
		if (kind == none)
			continue;
		row->kind[count] = kind;
		row->line[count++] = line;
	}
	box->from[NEW] = 0;
	box->to[NEW] = count;
}

static void count_kinds(struct aligner *aligner, const struct box *box)
{
	for (int side = 0; side < SIDES; side++) {
		for (uint32_t i = box->from[side]; i < box->to[side]; i++) {
			struct kind *kind = &aligner->kinds.at[aligner->rows[side].kind[i]];
			kind->count[side]++;
			if (side == NEW)
				kind->place = i;
		}
	}
}

static void forget_counts(struct aligner *aligner, const struct box *box)
{
	for (int side = 0; side < SIDES; side++)
		for (uint32_t i = box->from[side]; i < box->to[side]; i++)
			memset(aligner->kinds.at[aligner->rows[side].kind[i]].count, 0,
				sizeof aligner->kinds.at->count);
}

/* Leaves out what has no counterpart in the box. A shortest diff stays one. */
static void narrow(struct aligner *aligner, struct box *box)
{
	struct box all = *box;

	count_kinds(aligner, box);
	for (int side = 0; side < SIDES; side++) {
		struct row *row = &aligner->rows[side];
		uint32_t kept = box->from[side];
		for (uint32_t i = kept; i < all.to[side]; i++) {
			if (aligner->kinds.at[row->kind[i]].count[1 - side] == 0)
				continue;
			uint32_t kind = row->kind[i], line = row->line[i];
			/* swapped, so that all counts are found again */
			row->kind[i] = row->kind[kept];
			row->line[i] = row->line[kept];
			row->kind[kept] = kind;
			row->line[kept++] = line;
		}
		box->to[side] = kept;
	}
	forget_counts(aligner, &all);
}

static void keep(struct aligner *aligner, uint32_t old, uint32_t new)
{
	aligner->sides[OLD].changed[aligner->rows[OLD].line[old]] = 0;
	aligner->sides[NEW].changed[aligner->rows[NEW].line[new]] = 0;
}

static bool is_empty(const struct box *box)
{
	return box->from[OLD] == box->to[OLD] || box->from[NEW] == box->to[NEW];
}

static void keep_equal_ends(struct aligner *aligner, struct box *box)
{
	const uint32_t *old = aligner->rows[OLD].kind, *new = aligner->rows[NEW].kind;

	while (!is_empty(box) && old[box->from[OLD]] == new[box->from[NEW]])
		keep(aligner, box->from[OLD]++, box->from[NEW]++);
	while (!is_empty(box) && old[box->to[OLD] - 1] == new[box->to[NEW] - 1])
		keep(aligner, --box->to[OLD], --box->to[NEW]);
}

static struct diff_sequence sequence(const struct aligner *aligner, const struct box *box, int side)
{
	return (struct diff_sequence){
		aligner->rows[side].kind + box->from[side], (int32_t)(box->to[side] - box->from[side])};
}

/* Divides the box until equal ends are all there is; of two halves the one with few differences is for the
 * recursion, which therefore is only as deep as the limit has bits. Without `guess` it stops where the
 * shortest way would cost too much, which can be only before the first division, and returns false. */
static bool divide(struct aligner *aligner, struct box *box, bool guess)
{
	for (;;) {
		keep_equal_ends(aligner, box);
		if (is_empty(box))
			return true;
		struct diff_middle middle = diff_find_middle(
			&aligner->search, sequence(aligner, box, OLD), sequence(aligner, box, NEW));
		if (!middle.shortest && !guess)
			return false;
		struct box front = *box, back = *box;
		for (int side = 0; side < SIDES; side++)
			front.to[side] = back.from[side] = box->from[side] + (uint32_t)middle.at[side];
		(void)divide(aligner, middle.in_front ? &front : &back, true);
		*box = middle.in_front ? back : front;
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

/* Lines that stand once on each side, as far as they are in the same order, hold the rest together: places
 * in the old row and in the new row. Returns how many. */
static uint32_t find_anchors(struct aligner *aligner, const struct box *box, uint32_t *anchors[SIDES])
{
	uint32_t size = box->to[OLD] - box->from[OLD], count = 0;
	uint32_t *olds = arena_array(aligner->arena, size, sizeof *olds);
	uint32_t *news = arena_array(aligner->arena, size, sizeof *news);

	count_kinds(aligner, box);
	for (uint32_t i = box->from[OLD]; i < box->to[OLD]; i++) {
		const struct kind *kind = &aligner->kinds.at[aligner->rows[OLD].kind[i]];
		if (kind->count[OLD] != 1 || kind->count[NEW] != 1)
			continue;
		olds[count] = i;
		news[count++] = kind->place;
	}
	forget_counts(aligner, box);
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

/* Each part starts with its anchor. */
static void divide_at_anchors(struct aligner *aligner, const struct box *box)
{
	uint32_t *anchors[SIDES], count = find_anchors(aligner, box, anchors);
	struct box part = *box;

	for (uint32_t i = 0; i <= count; i++) {
		for (int side = 0; side < SIDES; side++)
			part.to[side] = i < count ? anchors[side][i] : box->to[side];
		struct box left = part;
		narrow(aligner, &left);
		(void)divide(aligner, &left, true);
		memcpy(part.from, part.to, sizeof part.from);
	}
}

/* The text's equal ends, the greater part of it as a rule, need no hashing. */
static void trim(struct diff_lines sides[SIDES], struct box *lines)
{
	*lines = (struct box){{0, 0}, {sides[OLD].count, sides[NEW].count}};
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
	struct box lines, box;

	trim(sides, &lines);
	if (is_empty(&lines))
		return;
	kinds_init(&aligner.kinds, arena, lines.to[OLD] - lines.from[OLD]);
	fill_old_row(&aligner, &lines, &box);
	fill_new_row(&aligner, &lines, &box);
	narrow(&aligner, &box);
	diff_search_init(&aligner.search, arena,
		(size_t)(box.to[OLD] - box.from[OLD]) + (box.to[NEW] - box.from[NEW]));
	if (!divide(&aligner, &box, false))
		divide_at_anchors(&aligner, &box);
}
