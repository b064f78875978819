/* Stopping on a signal. See batch.h. */
#include "batch.h"

#include <unistd.h>

static void say_stopping(void)
{
	static const char text[] = "cc2oscam: stopping; what is begun is finished (once more: at once)\n";

	(void)!write(STDERR_FILENO, text, sizeof text - 1);
}

static void *wait_for_signals(void *context)
{
	struct stopping *stopping = context;
	int signal_number;

	while (sigwait(&stopping->signals, &signal_number) == 0 && !atomic_load(&stopping->over)) {
		if (!atomic_exchange(stopping->stopped, true)) {
			if (!stopping->quiet)
				say_stopping();
			continue;
		}
		(void)signal(signal_number, SIG_DFL);
		(void)pthread_sigmask(SIG_UNBLOCK, &stopping->signals, NULL);
		(void)raise(signal_number);
	}
	return NULL;
}

static bool is_ignored(int number)
{
	struct sigaction action;

	return sigaction(number, NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO) &&
	       action.sa_handler == SIG_IGN;
}

void stopping_start(struct stopping *stopping, atomic_bool *stopped, bool quiet)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};

	stopping->stopped = stopped;
	stopping->quiet = quiet;
	(void)sigemptyset(&stopping->signals);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (!is_ignored(numbers[i]))
			(void)sigaddset(&stopping->signals, numbers[i]);
	(void)sigaddset(&stopping->signals, SIGUSR2);
	(void)pthread_sigmask(SIG_BLOCK, &stopping->signals, &stopping->before);
	stopping->started = pthread_create(&stopping->thread, NULL, wait_for_signals, stopping) == 0;
	if (!stopping->started)
		(void)pthread_sigmask(SIG_SETMASK, &stopping->before, NULL);
}

/* The thread is woken by a signal that nobody else sends. */
void stopping_end(struct stopping *stopping)
{
	if (!stopping->started)
		return;
	atomic_store(&stopping->over, true);
	(void)pthread_kill(stopping->thread, SIGUSR2);
	(void)pthread_join(stopping->thread, NULL);
	(void)pthread_sigmask(SIG_SETMASK, &stopping->before, NULL);
}
