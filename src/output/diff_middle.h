/* One step of a comparison: a point that divides two sequences, so that each half is compared for itself. */
#ifndef CC2OSCAM_DIFF_MIDDLE_H
#define CC2OSCAM_DIFF_MIDDLE_H

#include "cc2oscam/arena.h"
#include "cc2oscam/text.h"

/* Memory for any two sequences with so many items together, and how many differences are looked for from
 * each end. */
struct diff_search {
	int32_t *reach[2];
	int32_t limit;
};

void diff_search_init(struct diff_search *search, struct arena *arena, size_t items);

struct diff_sequence {
	const uint32_t *at;
	int32_t len;
};

/* The first `at[0]` items of `a` belong to the first `at[1]` of `b`. */
struct diff_middle {
	int32_t at[2];
	bool shortest; /* nothing is lost by dividing here; each half has half of the differences */
	bool in_front; /* if not: the front part, and not the other, has at most `limit` differences */
};

/* For sequences that are not empty and differ in their first items and in their last ones. */
struct diff_middle diff_find_middle(
	struct diff_search *search, struct diff_sequence a, struct diff_sequence b);

#endif
