/* A ring of tickets; what came of a ticket comes out when it is the first one that is not finished. See
 * batch_order.h. */
#include "batch_order.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/platform.h"

struct chain {
	struct ordered *first, **last; /* last: where the next one goes */
	uint32_t count;
};

struct ticket_slot {
	struct chain chain; /* what came of the ticket while others were first */
	bool finished;
};

struct order {
	struct order_limits limits;
	pthread_mutex_t mutex;
	pthread_cond_t room, ready; /* for workers; for the thread that gets the things */
	struct ticket_slot *slots;  /* limits.ahead of them; ticket n has slot n % ahead */
	uint64_t given, first;      /* tickets; the first that is not finished */
	struct chain out;           /* what is in order: of the tickets up to the first */
	size_t bytes, got;          /* of all things; of the things that the last order_get gave */
	unsigned workers, waiting;
};

struct order *order_new(const struct order_limits *limits, unsigned workers)
{
	struct order *order = calloc(1, sizeof *order);
	pthread_condattr_t steady;

	if (!order || !(order->slots = calloc(limits->ahead, sizeof *order->slots)))
		out_of_memory();
	order->limits = *limits;
	order->workers = workers;
	order->out.last = &order->out.first;
	(void)pthread_mutex_init(&order->mutex, NULL);
	(void)pthread_condattr_init(&steady);
	(void)pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&order->ready, &steady);
	(void)pthread_condattr_destroy(&steady);
	(void)pthread_cond_init(&order->room, NULL);
	return order;
}

void order_free(struct order *order)
{
	(void)pthread_cond_destroy(&order->room);
	(void)pthread_cond_destroy(&order->ready);
	(void)pthread_mutex_destroy(&order->mutex);
	free(order->slots);
	free(order);
}

static struct ticket_slot *slot_of(const struct order *order, uint64_t ticket)
{
	return &order->slots[ticket % order->limits.ahead];
}

/* Somebody who waits for room makes what is in order worth getting at once. */
static void wait_for_room(struct order *order)
{
	order->waiting++;
	(void)pthread_cond_signal(&order->ready);
	(void)pthread_cond_wait(&order->room, &order->mutex);
	order->waiting--;
}

uint64_t order_ticket(struct order *order)
{
	(void)pthread_mutex_lock(&order->mutex);
	while (order->given - order->first >= order->limits.ahead)
		wait_for_room(order);
	uint64_t ticket = order->given++;
	struct ticket_slot *slot = slot_of(order, ticket);
	*slot = (struct ticket_slot){.chain.last = &slot->chain.first};
	(void)pthread_mutex_unlock(&order->mutex);
	return ticket;
}

/* What the first ticket brings can be got at any time, so its worker never waits for those of others. */
static bool has_room(const struct order *order, uint64_t ticket)
{
	return order->bytes < order->limits.bytes || (ticket == order->first && order->out.count == 0);
}

static void tell(struct order *order)
{
	if (order->out.count >= order->limits.group)
		(void)pthread_cond_signal(&order->ready);
}

void order_put(struct order *order, uint64_t ticket, struct ordered *thing)
{
	(void)pthread_mutex_lock(&order->mutex);
	while (!has_room(order, ticket))
		wait_for_room(order);
	struct chain *chain = ticket == order->first ? &order->out : &slot_of(order, ticket)->chain;
	thing->next = NULL;
	*chain->last = thing;
	chain->last = &thing->next;
	chain->count++;
	order->bytes += thing->bytes;
	tell(order);
	(void)pthread_mutex_unlock(&order->mutex);
}

/* The next ticket is the first one now. */
static void advance(struct order *order)
{
	struct chain *chain = &slot_of(order, ++order->first)->chain;

	if (order->first == order->given || chain->count == 0)
		return;
	*order->out.last = chain->first;
	order->out.last = chain->last;
	order->out.count += chain->count;
}

void order_finish(struct order *order, uint64_t ticket)
{
	(void)pthread_mutex_lock(&order->mutex);
	slot_of(order, ticket)->finished = true;
	while (order->first < order->given && slot_of(order, order->first)->finished)
		advance(order);
	tell(order);
	if (order->waiting > 0)
		(void)pthread_cond_broadcast(&order->room);
	(void)pthread_mutex_unlock(&order->mutex);
}

void order_leave(struct order *order)
{
	(void)pthread_mutex_lock(&order->mutex);
	order->workers--;
	(void)pthread_cond_signal(&order->ready);
	(void)pthread_mutex_unlock(&order->mutex);
}

static struct timespec in_millis(unsigned millis)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += millis / 1000;
	time.tv_nsec += (long)(millis % 1000) * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_sec++;
		time.tv_nsec -= 1000000000;
	}
	return time;
}

static bool worth_getting(const struct order *order)
{
	return order->out.count >= order->limits.group || (order->out.count > 0 && order->waiting > 0) ||
	       order->workers == 0;
}

struct ordered *order_get(struct order *order, bool *ended)
{
	struct timespec until = in_millis(order->limits.millis);

	(void)pthread_mutex_lock(&order->mutex);
	order->bytes -= order->got; /* what was given last time is no longer in memory */
	order->got = 0;
	if (order->waiting > 0)
		(void)pthread_cond_broadcast(&order->room);
	while (!worth_getting(order) &&
		pthread_cond_timedwait(&order->ready, &order->mutex, &until) != ETIMEDOUT)
		continue;
	struct ordered *things = order->out.first;
	for (struct ordered *thing = things; thing; thing = thing->next)
		order->got += thing->bytes;
	order->out = (struct chain){.last = &order->out.first};
	*ended = !things && order->workers == 0;
	if (order->waiting > 0)
		(void)pthread_cond_broadcast(&order->room);
	(void)pthread_mutex_unlock(&order->mutex);
	return things;
}
