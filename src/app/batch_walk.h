/* The items of a fleet, found by a thread of its own a little ahead of the workers: while they convert, it
 * reads folders. Everything in the order of the tickets. */
#ifndef CC2OSCAM_BATCH_WALK_H
#define CC2OSCAM_BATCH_WALK_H

#include <stdatomic.h>

#include "batch_order.h"
#include "cc2oscam/fleet.h"

struct batch_walk;

/* The fleet is the thread's until walk_end. It goes on to the end, or until *stopped. NULL: no thread can be
 * had. */
struct batch_walk *batch_walk_start(struct fleet *fleet, struct order *order, const atomic_bool *stopped);
/* For workers: the next item, in *arena, which must be the worker's and is exchanged. What was found has to
 * be finished (order_finish), also when all is stopped by now. False: there are no more. */
bool batch_walk_take(struct batch_walk *walk, struct arena *arena, struct fleet_item *item, uint64_t *ticket);
/* After the workers. */
void batch_walk_end(struct batch_walk *walk);

#endif
