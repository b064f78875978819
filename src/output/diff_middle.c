/* The middle of a shortest way from one sequence to another, searched from both ends at once: E. W. Myers,
 * "An O(ND) Difference Algorithm and Its Variations", 1986. Round by round each front gets as far as one more
 * difference takes it on every diagonal; the way is found where the fronts meet. */
#include "diff_middle.h"

#include <assert.h>

/* Work, in steps on a diagonal, that may be spent whatever the size of the texts. */
enum { STEPS = 1 << 25, LIMIT_LEAST = 64 };

/* On diagonal k lie the points with x items of `a` and x - k items of `b` behind them. A value of `reach`
 * beyond an edge does no harm: from the edge only the straight way to the corner is left, and whoever takes
 * it is there sooner on its own diagonal. */
struct front {
	const uint32_t *a, *b; /* the items nearest to the end that this front starts from */
	int step;              /* 1; or -1 for the front that goes back from the other end */
	int32_t n, m;
	int32_t *reach; /* the largest x on each diagonal, -m - 1 to n + 1 */
	int32_t round, low, high;
};

void diff_search_init(struct diff_search *search, struct arena *arena, size_t items)
{
	size_t limit = STEPS / (items + 1);

	search->limit = limit < LIMIT_LEAST ? LIMIT_LEAST : (int32_t)limit;
	for (int i = 0; i < 2; i++)
		search->reach[i] = arena_array(arena, items + 3, sizeof *search->reach[i]);
}

static int32_t skip_equal(const struct front *front, int32_t x, int32_t y)
{
	ptrdiff_t step = front->step;
	const uint32_t *a = front->a + x * step, *b = front->b + y * step;

	for (; x < front->n && y < front->m && *a == *b; x++, y++) {
		a += step;
		b += step;
	}
	return x;
}

/* Every other diagonal from low to high is a part of this round, none outside the edges. */
static void next_round(struct front *front)
{
	int32_t round = ++front->round;

	front->low = round <= front->m ? -round : (round - front->m) % 2 - front->m;
	front->high = round <= front->n ? round : front->n - (round - front->n) % 2;
	if (round <= front->m)
		front->reach[front->low - 1] = -1;
	if (round <= front->n)
		front->reach[front->high + 1] = -1;
}

/* Whether the other front was on the same diagonal, which it counts from its own corner, at or beyond x. */
static bool meets(const struct front *front, const struct front *other, int32_t k, int32_t x)
{
	int32_t mirrored = front->n - front->m - k;

	return mirrored >= other->low && mirrored <= other->high && other->reach[mirrored] >= front->n - x;
}

/* Goes on by one difference. Where the fronts meet, which they can only when their rounds have the parity of
 * n - m together, *met is the x, and true is returned. */
static bool advance(struct front *front, const struct front *other, int32_t *met, int32_t *diagonal)
{
	bool look;

	next_round(front);
	look = (front->round + other->round + front->n + front->m) % 2 == 0;
	for (int32_t k = front->low; k <= front->high; k += 2) {
		int32_t right = front->reach[k - 1] + 1, down = front->reach[k + 1];
		int32_t x = right > down ? right : down;
		x = skip_equal(front, x, x - k);
		front->reach[k] = x;
		if (look && meets(front, other, k, x)) {
			*met = x;
			*diagonal = k;
			return true;
		}
	}
	return false;
}

static struct diff_middle point(const struct front *front, int32_t x, int32_t k)
{
	int32_t y = x - k;
	bool back = front->step < 0;

	return (struct diff_middle){{back ? front->n - x : x, back ? front->m - y : y}, .in_front = !back};
}

/* How many items the front has behind it where it got farthest. */
static int32_t farthest(const struct front *front, int32_t *best_x, int32_t *best_k)
{
	int32_t best = 0;

	for (int32_t k = front->low; k <= front->high; k += 2) {
		int32_t x = front->reach[k], y = x - k;
		if (x <= front->n && y <= front->m && x + y > best) {
			best = x + y;
			*best_x = x;
			*best_k = k;
		}
	}
	return best;
}

static struct diff_middle guess(const struct front fronts[2])
{
	int32_t x[2] = {0, 0}, k[2] = {0, 0};
	int32_t head = farthest(&fronts[0], &x[0], &k[0]);
	int32_t tail = farthest(&fronts[1], &x[1], &k[1]);
	int better = head >= tail ? 0 : 1;

	assert(head > 0 || tail > 0);
	return point(&fronts[better], x[better], k[better]);
}

struct diff_middle diff_find_middle(
	struct diff_search *search, struct diff_sequence a, struct diff_sequence b)
{
	size_t zero = (size_t)b.len + 1;
	struct front fronts[2] = {{a.at, b.at, 1, a.len, b.len, search->reach[0] + zero, 0, 0, 0},
		{a.at + a.len - 1, b.at + b.len - 1, -1, a.len, b.len, search->reach[1] + zero, 0, 0, 0}};
	int32_t x, k;

	fronts[0].reach[0] = fronts[1].reach[0] = 0;
	for (int32_t round = 0; round < search->limit; round++) {
		for (int i = 0; i < 2; i++) {
			if (!advance(&fronts[i], &fronts[1 - i], &x, &k))
				continue;
			struct diff_middle middle = point(&fronts[i], x, k);
			middle.shortest = true;
			return middle;
		}
	}
	return guess(fronts);
}
