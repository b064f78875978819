/* Stopping on a signal. See batch.h. */
#include "batch.h"

#include <errno.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof *signals };

/* What a handler can know: the run's own, from stopping_start to stopping_end. */
static atomic_bool *run_stopped;
static bool run_quiet;

static void stop(int number)
{
	static const char text[] = "cc2oscam: stopping; what is begun is finished (once more: at once)\n";
	int why = errno;

	if (atomic_exchange(run_stopped, true)) {
		(void)signal(number, SIG_DFL);
		(void)raise(number);
	} else if (!run_quiet) {
		(void)!write(STDERR_FILENO, text, sizeof text - 1);
	}
	errno = why;
}

static void handle(void (*from)(int), void (*to)(int))
{
	struct sigaction action = {.sa_handler = to, .sa_flags = SA_RESTART}, before;

	for (int i = 0; i < SIGNALS; i++)
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == from)
			(void)sigaction(signals[i], &action, NULL);
}

void stopping_start(atomic_bool *stopped, bool quiet)
{
	run_stopped = stopped;
	run_quiet = quiet;
	handle(SIG_DFL, stop);
}

void stopping_end(void)
{
	handle(stop, SIG_DFL);
}
