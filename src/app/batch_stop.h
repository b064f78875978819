/* A thread beside the workers waits for Ctrl-C. */
#ifndef CC2OSCAM_BATCH_STOP_H
#define CC2OSCAM_BATCH_STOP_H

#include <stdatomic.h>
#include <stdbool.h>

#include "cc2oscam/platform.h"

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
