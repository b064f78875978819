/* What the benchmarks share: the time, and what a run of a program costs. */
#ifndef CC2OSCAM_TESTS_BENCH_H
#define CC2OSCAM_TESTS_BENCH_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct cost {
	double seconds, cpu;
	long kib;
};

static inline void die(const char *what)
{
	perror(what);
	exit(2);
}

static inline double now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static inline double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Runs a program, standard output to that file; ends when its status is above `worst`. */
static inline struct cost run(const char *const *words, const char *output, int worst)
{
	struct rusage usage;
	int status;
	double start = now();
	pid_t child = fork();

	if (child < 0)
		die("fork");
	if (child == 0) {
		int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		if (file < 0 || dup2(file, STDOUT_FILENO) < 0)
			die(output);
		(void)execvp(words[0], (char *const *)(unsigned long)words);
		die(words[0]);
	}
	if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) > worst) {
		(void)fprintf(stderr, "%s failed\n", words[0]);
		exit(2);
	}
	return (struct cost){
		now() - start, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss};
}

#endif
