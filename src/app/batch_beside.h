/* Two threads beside the workers: one counts the receivers for the progress line, one waits for Ctrl-C. */
#ifndef CC2OSCAM_BATCH_BESIDE_H
#define CC2OSCAM_BATCH_BESIDE_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "cc2oscam/fleet.h"

struct counting {
	struct fleet *fleet;
	pthread_t thread;
	atomic_uint_least64_t counted;
	atomic_bool complete, over;
	bool started;
};

/* Counts the items of the fleet, which is freed by counting_end; NULL: nothing is counted. */
void counting_start(struct counting *counting, struct fleet *fleet);
/* 0 as long as not all are counted. */
uint64_t counting_result(const struct counting *counting);
void counting_end(struct counting *counting);

struct stopping {
	pthread_t thread;
	sigset_t signals; /* those of SIGINT, SIGTERM and SIGHUP that are not ignored, and SIGUSR2 */
	sigset_t before;  /* what was blocked */
	atomic_bool *stopped;
	atomic_bool over;
	bool started, quiet;
};

/* The first of the signals sets *stopped, says so unless `quiet`, and is otherwise without effect; the next
 * one ends the program at once. To be called before other threads are started, for they inherit what is
 * blocked. */
void stopping_start(struct stopping *stopping, atomic_bool *stopped, bool quiet);
void stopping_end(struct stopping *stopping);

#endif
