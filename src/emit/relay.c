/* A short queue of pieces between two threads. Small texts never start the second one. */
#include "relay.h"

#include <pthread.h>
#include <stdlib.h>

enum { PLACES = 8 };

struct relay {
	const struct sink *sink;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct buffer pieces[PLACES];
	unsigned first, count; /* of the pieces that wait */
	int result;
	bool started, pieces_seen, ended;
};

struct relay *relay_new(const struct sink *sink)
{
	struct relay *relay = calloc(1, sizeof *relay);

	if (!relay)
		return NULL;
	relay->sink = sink;
	(void)pthread_mutex_init(&relay->mutex, NULL);
	(void)pthread_cond_init(&relay->changed, NULL);
	return relay;
}

/* The thread: takes piece after piece until the end. After a failure the rest is only thrown away. */
static void *pass_on(void *context)
{
	struct relay *relay = context;

	(void)pthread_mutex_lock(&relay->mutex);
	for (;;) {
		while (relay->count == 0 && !relay->ended)
			(void)pthread_cond_wait(&relay->changed, &relay->mutex);
		if (relay->count == 0)
			break;
		struct slice piece = buffer_slice(&relay->pieces[relay->first]);
		int result = relay->result;
		(void)pthread_mutex_unlock(&relay->mutex);
		if (result == 0)
			result = relay->sink->write(relay->sink->context, piece.at, piece.len);
		(void)pthread_mutex_lock(&relay->mutex);
		relay->result = result;
		relay->first = (relay->first + 1) % PLACES;
		relay->count--;
		(void)pthread_cond_signal(&relay->changed);
	}
	(void)pthread_mutex_unlock(&relay->mutex);
	return NULL;
}

static int queue_piece(struct relay *relay, const char *text, size_t len)
{
	(void)pthread_mutex_lock(&relay->mutex);
	while (relay->count == PLACES)
		(void)pthread_cond_wait(&relay->changed, &relay->mutex);
	struct buffer *piece = &relay->pieces[(relay->first + relay->count) % PLACES];
	int result = relay->result;
	(void)pthread_mutex_unlock(&relay->mutex);

	piece->len = 0;
	buffer_add(piece, text, len);
	(void)pthread_mutex_lock(&relay->mutex);
	relay->count++;
	(void)pthread_cond_signal(&relay->changed);
	(void)pthread_mutex_unlock(&relay->mutex);
	return result;
}

/* Where no thread can be had, everything is done here. */
int relay_write(void *context, const char *text, size_t len)
{
	struct relay *relay = context;

	if (!relay->started && relay->pieces_seen)
		relay->started = pthread_create(&relay->thread, NULL, pass_on, relay) == 0;
	relay->pieces_seen = true;
	if (relay->started)
		return queue_piece(relay, text, len);
	relay->result = relay->sink->write(relay->sink->context, text, len);
	return relay->result;
}

int relay_end(struct relay *relay)
{
	if (relay->started) {
		(void)pthread_mutex_lock(&relay->mutex);
		relay->ended = true;
		(void)pthread_cond_signal(&relay->changed);
		(void)pthread_mutex_unlock(&relay->mutex);
		(void)pthread_join(relay->thread, NULL);
	}
	int result = relay->result;
	for (int i = 0; i < PLACES; i++)
		buffer_free(&relay->pieces[i]);
	(void)pthread_mutex_destroy(&relay->mutex);
	(void)pthread_cond_destroy(&relay->changed);
	free(relay);
	return result;
}
