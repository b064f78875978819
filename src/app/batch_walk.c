/* A short ring of items; each has an arena, which goes with it to the worker, and the worker's old one comes
 * back. The walk is far ahead as a rule; then it sleeps until the ring is half empty, for to be woken for
 * each item costs as much as to find it. See batch_walk.h. */
#include "batch_walk.h"

#include <pthread.h>
#include <stdlib.h>

enum { PLACES = 16 };

struct found_item {
	struct arena arena;
	struct fleet_item item;
	uint64_t ticket;
};

struct batch_walk {
	struct fleet *fleet;
	struct order *order;
	const atomic_bool *stopped;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t room, ready;
	struct found_item places[PLACES];
	unsigned first, count, hungry; /* workers that wait for an item */
	bool ended, full;              /* full: until half of it is taken */
};

/* The place behind the last one; nobody else touches it. */
static struct found_item *free_place(struct batch_walk *walk)
{
	(void)pthread_mutex_lock(&walk->mutex);
	walk->full = walk->count == PLACES;
	while (walk->full)
		(void)pthread_cond_wait(&walk->room, &walk->mutex);
	struct found_item *place = &walk->places[(walk->first + walk->count) % PLACES];
	(void)pthread_mutex_unlock(&walk->mutex);
	return place;
}

static void fill_place(struct batch_walk *walk)
{
	(void)pthread_mutex_lock(&walk->mutex);
	walk->count++;
	if (walk->hungry > 0)
		(void)pthread_cond_signal(&walk->ready);
	(void)pthread_mutex_unlock(&walk->mutex);
}

static void *find_items(void *context)
{
	struct batch_walk *walk = context;

	while (!atomic_load(walk->stopped)) {
		struct found_item *place = free_place(walk);
		arena_reset(&place->arena);
		if (!fleet_next(walk->fleet, &place->arena, &place->item))
			break;
		place->ticket = order_ticket(walk->order);
		fill_place(walk);
	}
	(void)pthread_mutex_lock(&walk->mutex);
	walk->ended = true;
	(void)pthread_cond_broadcast(&walk->ready);
	(void)pthread_mutex_unlock(&walk->mutex);
	return NULL;
}

struct batch_walk *batch_walk_start(struct fleet *fleet, struct order *order, const atomic_bool *stopped)
{
	struct batch_walk *walk = calloc(1, sizeof *walk);

	if (!walk)
		out_of_memory();
	walk->fleet = fleet;
	walk->order = order;
	walk->stopped = stopped;
	for (int i = 0; i < PLACES; i++)
		arena_init(&walk->places[i].arena);
	(void)pthread_mutex_init(&walk->mutex, NULL);
	(void)pthread_cond_init(&walk->room, NULL);
	(void)pthread_cond_init(&walk->ready, NULL);
	if (pthread_create(&walk->thread, NULL, find_items, walk) == 0)
		return walk;
	free(walk);
	return NULL;
}

bool batch_walk_take(struct batch_walk *walk, struct arena *arena, struct fleet_item *item, uint64_t *ticket)
{
	(void)pthread_mutex_lock(&walk->mutex);
	walk->hungry++;
	while (walk->count == 0 && !walk->ended)
		(void)pthread_cond_wait(&walk->ready, &walk->mutex);
	walk->hungry--;
	bool more = walk->count > 0, wake = false;
	if (more) {
		struct found_item *place = &walk->places[walk->first];
		struct arena back = *arena;
		*arena = place->arena;
		place->arena = back;
		*item = place->item;
		*ticket = place->ticket;
		walk->first = (walk->first + 1) % PLACES;
		walk->count--;
		wake = walk->full && walk->count <= PLACES / 2;
		walk->full &= !wake;
	}
	(void)pthread_mutex_unlock(&walk->mutex);
	if (wake)
		(void)pthread_cond_signal(&walk->room);
	return more;
}

void batch_walk_end(struct batch_walk *walk)
{
	(void)pthread_join(walk->thread, NULL);
	for (int i = 0; i < PLACES; i++)
		arena_free(&walk->places[i].arena);
	(void)pthread_cond_destroy(&walk->ready);
	(void)pthread_cond_destroy(&walk->room);
	(void)pthread_mutex_destroy(&walk->mutex);
	free(walk);
}
