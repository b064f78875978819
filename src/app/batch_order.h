/* Several workers finish their things out of order; the things come out in the order of the inputs, in
 * groups. A worker that is too far ahead of the slowest worker waits, so that few things are held back. */
#ifndef CC2OSCAM_BATCH_ORDER_H
#define CC2OSCAM_BATCH_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Embedded at the start of what is ordered. */
struct ordered {
	struct ordered *next;
	size_t bytes; /* what it holds in memory */
};

struct order_limits {
	uint32_t ahead; /* tickets beyond the first that is not finished */
	uint32_t group; /* things that come out together, if they come soon enough */
	size_t bytes; /* of all things, with the things that order_get gave last; one thing may go beyond the
			 limit */
	unsigned millis; /* how long an incomplete group is waited for */
};

struct order;

/* `workers` of them will call order_leave. */
struct order *order_new(const struct order_limits *limits, unsigned workers);
void order_free(struct order *order);

/* A worker begins the next piece of work. Tickets count from 0; the caller sees to it that the pieces are
 * taken in the order of the tickets. Waits where too much is held back. */
uint64_t order_ticket(struct order *order);
/* Adds a thing that came of this piece of work, behind the things that were put before. May wait. */
void order_put(struct order *order, uint64_t ticket, struct ordered *thing);
/* The piece of work is done; every ticket is finished once. */
void order_finish(struct order *order, uint64_t ticket);
/* A worker will take no more tickets. */
void order_leave(struct order *order);

/* For the one thread that gets the things: the things that are in order now, linked by `next`. Waits until
 * there is a group of them, or `millis` have passed. NULL: none came in this time; then *ended says whether
 * there will be any more. */
struct ordered *order_get(struct order *order, bool *ended);

#endif
