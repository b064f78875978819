/* Whatever the order in which workers finish, things come out in the order of the tickets, and little is
 * held. */
#include "unit.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "app/batch_order.h"

struct thing {
	struct ordered ordered;
	uint64_t ticket;
	uint32_t part;
};

static const struct order_limits easy = {.ahead = 64, .group = 8, .bytes = 1 << 20, .millis = 20};

static void put(struct order *order, uint64_t ticket, uint32_t part, size_t bytes)
{
	struct thing *thing = calloc(1, sizeof *thing);

	assert_non_null(thing);
	*thing = (struct thing){{NULL, bytes}, ticket, part};
	order_put(order, ticket, &thing->ordered);
}

/* How many were given; frees them. */
static uint32_t count_given(struct order *order, bool *ended)
{
	uint32_t count = 0;

	for (struct ordered *at = order_get(order, ended), *next; at; at = next) {
		next = at->next;
		free(at);
		count++;
	}
	return count;
}

/* A full group comes out at once; an incomplete one after a while. */
TEST(test_group)
{
	struct order_limits limits = {.ahead = 64, .group = 3, .bytes = 1 << 20, .millis = 60000};
	struct order *order = order_new(&limits, 1);
	bool ended;

	for (uint64_t i = 0; i < 3; i++) {
		assert_int_equal(order_ticket(order), i);
		put(order, i, 0, 1);
		order_finish(order, i);
	}
	assert_int_equal(count_given(order, &ended), 3);
	order_free(order);
}

struct crew {
	struct order *order;
	pthread_mutex_t mutex;
	uint64_t next, count;
	uint32_t parts_most;
	size_t bytes;
	atomic_size_t held, most; /* bytes put and not yet freed */
};

static void pause_a_little(unsigned number)
{
	struct timespec time = {0, (long)(number % 7) * 20000};

	if (number % 3 == 0)
		(void)nanosleep(&time, NULL);
	else if (number % 3 == 1)
		(void)sched_yield();
}

static void *work(void *context)
{
	struct crew *crew = context;
	unsigned seed = (unsigned)(uintptr_t)&seed;

	for (;;) {
		(void)pthread_mutex_lock(&crew->mutex);
		bool more = crew->next < crew->count;
		uint64_t ticket = more ? order_ticket(crew->order) : 0;
		crew->next += more;
		(void)pthread_mutex_unlock(&crew->mutex);
		if (!more)
			break;
		uint32_t parts = (uint32_t)(ticket % (crew->parts_most + 1));
		for (uint32_t part = 0; part < parts; part++) {
			pause_a_little((unsigned)rand_r(&seed));
			put(crew->order, ticket, part, crew->bytes);
			size_t held = atomic_fetch_add(&crew->held, crew->bytes) + crew->bytes;
			size_t most = atomic_load(&crew->most);
			while (held > most && !atomic_compare_exchange_weak(&crew->most, &most, held))
				continue;
		}
		order_finish(crew->order, ticket);
	}
	order_leave(crew->order);
	return NULL;
}

/* Every thing once, in order. */
static void check_all(struct crew *crew)
{
	uint64_t ticket = 0;
	uint32_t part = 0;
	bool ended = false;

	while (!ended) {
		for (struct ordered *at = order_get(crew->order, &ended), *next; at; at = next) {
			const struct thing *thing = (const struct thing *)at;
			while (part == ticket % (crew->parts_most + 1)) {
				ticket++;
				part = 0;
			}
			assert_int_equal(thing->ticket, ticket);
			assert_int_equal(thing->part, part);
			part++;
			next = at->next;
			(void)atomic_fetch_sub(&crew->held, crew->bytes);
			free(at);
		}
	}
	while (ticket < crew->count && part == ticket % (crew->parts_most + 1)) {
		ticket++;
		part = 0;
	}
	assert_int_equal(ticket, crew->count);
}

enum { THREADS = 5 };

static size_t run_crew(const struct order_limits *limits, uint64_t count, uint32_t parts_most, size_t bytes)
{
	struct crew crew = {.count = count, .parts_most = parts_most, .bytes = bytes};
	pthread_t threads[THREADS];

	crew.order = order_new(limits, THREADS);
	(void)pthread_mutex_init(&crew.mutex, NULL);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, &crew), 0);
	check_all(&crew);
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(threads[i], NULL);
	(void)pthread_mutex_destroy(&crew.mutex);
	order_free(crew.order);
	return atomic_load(&crew.most);
}

TEST(test_crew)
{
	(void)run_crew(&easy, 3000, 1, 1);
	(void)run_crew(&easy, 300, 5, 1);
	(void)run_crew(
		&(struct order_limits){.ahead = 1, .group = 1, .bytes = 1 << 20, .millis = 5}, 300, 3, 1);
}

/* With little room: no deadlock, and never more than the room and a thing for each worker. */
TEST(test_room)
{
	struct order_limits tight = {.ahead = 16, .group = 4, .bytes = 1000, .millis = 5};

	assert_true(run_crew(&tight, 1000, 2, 400) <= 1000 + (size_t)(THREADS + 1) * 400);
	(void)run_crew(&tight, 200, 9, 5000); /* each larger than the room */
}
