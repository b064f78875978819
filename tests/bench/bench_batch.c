/* Time and memory of converting a fleet, beside `tar xf` of the very same output files on the same disk, and
 * beside writing as many folders without reading or converting anything (write_alone.c); and what a start of
 * the program costs beside `cat`. All of it in turn, several rounds; the medians are
 * compared, and the least and the greatest ratio of a round are printed, for other programs disturb. Usage:
 * bench_batch PROGRAM [FOLDER [RECEIVERS [ROUNDS]]]
 *
 * Nothing is removed before the end: some file systems (ext4 without a journal) look long for a free inode
 * where files were removed some minutes ago, for whoever asks first. And memory is touched before each run:
 * on a virtual machine the first touch of a page costs as much as a small file, for whoever comes first. */
#define _DEFAULT_SOURCE /* wait4, mkdtemp, MAP_ANONYMOUS */
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "bench.h"

enum { ROUNDS_MOST = 99, STARTS = 300, SERVERS = 500, WORDS = 12, TOUCHED = 1024 * 1024 * 1024 };

/* ---- the fleet ---- */

static void make_folder(const char *path)
{
	if (mkdir(path, 0700) != 0)
		die(path);
}

/* Twenty lines; the servers are those of many. */
static void make_receiver(const char *folder, long number)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof path, "%s/box%05ld", folder, number);
	make_folder(path);
	(void)snprintf(path, sizeof path, "%s/box%05ld/CCcam.cfg", folder, number);
	FILE *file = fopen(path, "w");
	if (!file)
		die(path);
	for (long i = 0; i < 18; i++)
		(void)fprintf(file, "C: host%ld.example.com 12000 user%ld pass%ldx%ld\n",
			(number * 7 + i * 13) % SERVERS, number, i, number);
	(void)fputs("F: anna wordone 2 1 0\nSERVER LISTEN PORT : 12000\n", file);
	if (fclose(file) != 0)
		die(path);
}

static void make_fleet(const char *folder, long receivers)
{
	make_folder(folder);
	for (long i = 0; i < receivers; i++)
		make_receiver(folder, i);
}

/* ---- measuring ---- */

static const char *program, *writer;

static void touch_memory(void)
{
	size_t free_pages = (size_t)sysconf(_SC_AVPHYS_PAGES), page = (size_t)sysconf(_SC_PAGESIZE);
	size_t size = free_pages / 2 * page < TOUCHED ? free_pages / 2 * page : TOUCHED;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return;
	for (size_t at = 0; at < size; at += page)
		memory[at] = 1;
	(void)munmap(memory, size);
}

static struct cost batch(const char *workers, const char *output, const char *input)
{
	touch_memory();
	sync();
	return run((const char *[WORDS]){program, "batch", "-j", workers, "-o", output, input, NULL},
		"/dev/null", 0);
}

static struct cost untar(const char *output)
{
	make_folder(output);
	touch_memory();
	sync();
	return run((const char *[WORDS]){"tar", "xf", "all.tar", "-C", output, NULL}, "/dev/null", 0);
}

static struct cost write_alone(const char *writers, const char *output, const char *receivers)
{
	touch_memory();
	sync();
	return run((const char *[WORDS]){writer, output, "first/box00000", receivers, writers, NULL},
		"/dev/null", 0);
}

static double flush_time(void)
{
	double start = now();

	sync();
	return now() - start;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static double median(double *numbers, int count)
{
	qsort(numbers, (size_t)count, sizeof *numbers, compare);
	return numbers[count / 2];
}

struct series {
	double seconds[ROUNDS_MOST], cpu[ROUNDS_MOST], ratio[ROUNDS_MOST];
	long kib;
};

static void take(struct series *series, int round, struct cost cost, double beside)
{
	series->seconds[round] = cost.seconds;
	series->cpu[round] = cost.cpu;
	series->ratio[round] = cost.seconds / beside;
	if (cost.kib > series->kib)
		series->kib = cost.kib;
}

static void print_series(const char *what, struct series *series, int rounds)
{
	double middle = median(series->ratio, rounds);

	(void)printf("%-28s %6.2f s, %5.2f s of processor; %.2f of tar's time (%.2f to %.2f)\n", what,
		median(series->seconds, rounds), median(series->cpu, rounds), middle, series->ratio[0],
		series->ratio[rounds - 1]);
}

static void measure_time(int rounds, const char *receivers, struct series *one)
{
	struct series two = {.kib = 0}, tar = {.kib = 0}, flushed = {.kib = 0}, alone[2] = {{.kib = 0}};
	char name[32];

	for (int round = 0; round < rounds; round++) {
		(void)snprintf(name, sizeof name, "tar%d", round);
		struct cost beside = untar(name);
		double flush = flush_time();
		take(&tar, round, beside, beside.seconds);
		beside.seconds += flush;
		take(&flushed, round, beside, beside.seconds - flush);
		beside.seconds -= flush;
		(void)snprintf(name, sizeof name, "one%d", round);
		take(one, round, batch("1", name, "large"), beside.seconds);
		(void)snprintf(name, sizeof name, "two%d", round);
		take(&two, round, batch("2", name, "large"), beside.seconds);
		for (int writers = 1; writers <= 2; writers++) {
			(void)snprintf(name, sizeof name, "alone%d-%d", writers, round);
			take(&alone[writers - 1], round,
				write_alone(writers == 1 ? "1" : "2", name, receivers), beside.seconds);
		}
	}
	print_series("tar xf", &tar, rounds);
	print_series("tar xf, and sync", &flushed, rounds);
	print_series("writing alone, one thread", &alone[0], rounds);
	print_series("writing alone, two threads", &alone[1], rounds);
	print_series("batch -j 1", one, rounds);
	print_series("batch -j 2", &two, rounds);
	if (two.kib > one->kib)
		one->kib = two.kib;
}

static void measure_memory(int rounds, const struct series *large)
{
	long least = LONG_MAX;
	char name[32];

	for (int round = 0; round < rounds; round++) {
		(void)snprintf(name, sizeof name, "small%d", round);
		struct cost cost = batch(round % 2 ? "2" : "1", name, "small");
		if (cost.kib < least)
			least = cost.kib;
	}
	(void)printf(
		"peak memory: at least %ld KiB for 100 receivers, at most %ld KiB for all: %ld KiB more\n",
		least, large->kib, large->kib - least);
}

static void measure_start(void)
{
	static const char input[] = "large/box00000/CCcam.cfg";
	static double ours[STARTS], cats[STARTS];

	for (int i = 0; i < STARTS; i++) {
		ours[i] = run((const char *[WORDS]){program, "convert", "-q", input, NULL}, "/dev/null", 0)
				  .seconds;
		cats[i] = run((const char *[WORDS]){"cat", input, NULL}, "/dev/null", 0).seconds;
	}
	double our = median(ours, STARTS), cat = median(cats, STARTS);
	(void)printf("convert of 20 lines: %.0f us, cat %.0f us: %.2f of its time (the fastest: %.2f)\n",
		our * 1e6, cat * 1e6, our / cat, ours[0] / cats[0]);
}

int main(int argc, char **argv)
{
	const char *folder = argc > 2 ? argv[2] : ".";
	long receivers = argc > 3 ? strtol(argv[3], NULL, 10) : 10000;
	long rounds = argc > 4 ? strtol(argv[4], NULL, 10) : 5;
	char here[PATH_MAX], path[PATH_MAX], beside[PATH_MAX], count[32];

	if (argc < 2 || receivers < 1 || rounds < 1 || rounds > ROUNDS_MOST) {
		(void)fprintf(stderr, "usage: %s PROGRAM [FOLDER [RECEIVERS [ROUNDS]]]\n", argv[0]);
		return 2;
	}
	program = realpath(argv[1], path);
	if (!program)
		die(argv[1]);
	writer = realpath(argv[0], beside);
	if (!writer || strlen(beside) + sizeof "write_alone" > sizeof beside)
		die(argv[0]);
	(void)snprintf(
		strrchr(beside, '/') + 1, sizeof "write_alone", "write_alone"); /* in the same folder */
	(void)snprintf(count, sizeof count, "%ld", receivers);
	(void)snprintf(here, sizeof here, "%s/bench-XXXXXX", folder);
	if (!mkdtemp(here) || chdir(here) != 0)
		die(here);
	make_fleet("small", 100);
	make_fleet("large", receivers);
	(void)batch("2", "first", "large");
	(void)run((const char *[WORDS]){"tar", "cf", "all.tar", "first", NULL}, "/dev/null", 0);
	struct series one = {.kib = 0};
	measure_time((int)rounds, count, &one);
	measure_memory((int)rounds, &one);
	measure_start();
	(void)chdir("..");
	(void)run((const char *[WORDS]){"rm", "-rf", strrchr(here, '/') + 1, NULL}, "/dev/null", 0);
	return 0;
}
