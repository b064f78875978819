/* What the file system takes for the output of a fleet, and nothing else: the folders of 10,000 receivers
 * with three files each are written under hidden names, flushed in groups and renamed, as `batch` does, but
 * nothing is read and nothing is converted. bench_batch runs it beside the others. Usage:
 * write_alone OUTPUT SAMPLE RECEIVERS WRITERS, where SAMPLE is a receiver's folder with the three files. */
#define _GNU_SOURCE /* syncfs, renameat2 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES = 3, FILE_MOST = 64 * 1024, GROUP = 128, AHEAD = 8 * GROUP, WRITERS_MOST = 64, NO_REPLACE = 1 };

static const char *const names[FILES] = {"oscam.conf", "oscam.server", "oscam.user"};

static char texts[FILES][FILE_MOST];
static size_t lengths[FILES];
static long receivers, writers, written, renamed, left;
static long *order; /* the receivers as they were written */
static int output;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER, room = PTHREAD_COND_INITIALIZER;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void read_sample(const char *folder)
{
	char path[4096];

	for (int i = 0; i < FILES; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		FILE *file = fopen(path, "r");
		if (!file)
			die(path);
		lengths[i] = fread(texts[i], 1, FILE_MOST, file);
		(void)fclose(file);
	}
}

static void write_files(int folder)
{
	for (int i = 0; i < FILES; i++) {
		int file = openat(folder, names[i], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (file < 0 || write(file, texts[i], lengths[i]) != (ssize_t)lengths[i] || close(file) != 0)
			die(names[i]);
	}
}

static void write_receiver(long number)
{
	char hidden[64];

	(void)snprintf(hidden, sizeof hidden, ".box%05ld", number);
	if (mkdirat(output, hidden, 0700) != 0)
		die(hidden);
	int folder = openat(output, hidden, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		die(hidden);
	write_files(folder);
	(void)close(folder);
}

static void *write_share(void *first)
{
	for (long number = (long *)first - order; number < receivers; number += writers) {
		write_receiver(number);
		(void)pthread_mutex_lock(&mutex);
		while (written - renamed >= AHEAD)
			(void)pthread_cond_wait(&room, &mutex);
		order[written++] = number;
		if (written - renamed >= GROUP)
			(void)pthread_cond_signal(&more);
		(void)pthread_mutex_unlock(&mutex);
	}
	(void)pthread_mutex_lock(&mutex);
	left--;
	(void)pthread_cond_signal(&more);
	(void)pthread_mutex_unlock(&mutex);
	return NULL;
}

static void rename_receiver(long number)
{
	char hidden[64], name[64];

	(void)snprintf(hidden, sizeof hidden, ".box%05ld", number);
	(void)snprintf(name, sizeof name, "box%05ld", number);
	if (syscall(SYS_renameat2, output, hidden, output, name, NO_REPLACE) != 0)
		die(name);
}

/* False when all are renamed. */
static int rename_group(void)
{
	(void)pthread_mutex_lock(&mutex);
	while (written - renamed < GROUP && left > 0)
		(void)pthread_cond_wait(&more, &mutex);
	long from = renamed, to = written;
	(void)pthread_mutex_unlock(&mutex);
	if (from == to)
		return 0;
	if (syncfs(output) != 0)
		die("syncfs");
	for (long i = from; i < to; i++)
		rename_receiver(order[i]);
	(void)pthread_mutex_lock(&mutex);
	renamed = to;
	(void)pthread_cond_broadcast(&room);
	(void)pthread_mutex_unlock(&mutex);
	return 1;
}

int main(int argc, char **argv)
{
	pthread_t threads[WRITERS_MOST];

	if (argc != 5 || (receivers = strtol(argv[3], NULL, 10)) < 1 ||
		(left = writers = strtol(argv[4], NULL, 10)) < 1 || writers > WRITERS_MOST) {
		(void)fprintf(stderr, "usage: %s OUTPUT SAMPLE RECEIVERS WRITERS\n", argv[0]);
		return 2;
	}
	read_sample(argv[2]);
	order = calloc((size_t)(receivers + writers), sizeof *order);
	if (!order || mkdir(argv[1], 0700) != 0)
		die(argv[1]);
	output = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (output < 0)
		die(argv[1]);
	for (long i = 0; i < writers; i++)
		if (pthread_create(&threads[i], NULL, write_share, order + i) != 0)
			die("thread");
	while (rename_group())
		continue;
	for (long i = 0; i < writers; i++)
		(void)pthread_join(threads[i], NULL);
	free(order);
	return 0;
}
