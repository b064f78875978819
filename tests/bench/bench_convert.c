/* Time and memory of converting one large file, beside a one-line mawk script that blindly prints the same
 * reader sections. Both write to a file in the folder named on the command line, in turn, five times each;
 * the medians are compared. Usage: bench_convert PROGRAM [FOLDER [LINES]] */
#define _DEFAULT_SOURCE /* wait4 */
#include <sys/stat.h>

#include "bench.h"

enum { ROUNDS = 5, PATH_ROOM = 4096 };

static const char script[] =
	"{ print \"# big.cfg:\" NR \"\\n[reader]\\nlabel                         = \" $2 "
	"\"\\nprotocol                      = cccam\\ndevice                        = \" $2 \",\" $3 "
	"\"\\nuser                          = \" $4 \"\\npassword                      = \" $5 "
	"\"\\ngroup                         = 1\\nccckeepalive                  = 1\\n\" }";

static void make_input(const char *path, long lines)
{
	FILE *file = fopen(path, "w");

	if (!file)
		die(path);
	for (long i = 0; i < lines; i++)
		(void)fprintf(file, "C: host%ld.example.com 12000 user%ld pass%ld\n", i, i, i);
	if (fclose(file) != 0)
		die(path);
}

static int compare(const void *a, const void *b)
{
	const struct cost *x = a, *y = b;

	return x->seconds < y->seconds ? -1 : x->seconds > y->seconds;
}

static struct cost median(struct cost *costs)
{
	qsort(costs, ROUNDS, sizeof *costs, compare);
	return costs[ROUNDS / 2];
}

struct result {
	struct cost ours, mawk;
	double input;
};

static void remove_files(const char *folder)
{
	static const char *const names[] = {"oscam.conf", "oscam.server", "oscam.user"};
	char path[PATH_ROOM];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

static struct result measure(const char *program, const char *folder, long lines)
{
	char input[PATH_ROOM], output[PATH_ROOM], ours[PATH_ROOM];
	const char *convert[] = {program, "convert", "-q", "-o", ours, input, NULL};
	const char *mawk[] = {"mawk", script, input, NULL};
	struct cost costs[2][ROUNDS];
	struct stat status;

	(void)snprintf(input, sizeof input, "%s/big.cfg", folder);
	(void)snprintf(output, sizeof output, "%s/mawk.out", folder);
	(void)snprintf(ours, sizeof ours, "%s/oscam", folder);
	make_input(input, lines);
	if (stat(input, &status) != 0)
		die(input);
	for (int i = 0; i < ROUNDS; i++) {
		costs[0][i] = run(convert, "/dev/null", 0);
		remove_files(ours);
		costs[1][i] = run(mawk, output, 0);
		(void)unlink(output);
	}
	(void)unlink(input);
	return (struct result){median(costs[0]), median(costs[1]), (double)status.st_size};
}

int main(int argc, char **argv)
{
	const char *folder = argc > 2 ? argv[2] : ".";
	long lines = argc > 3 ? strtol(argv[3], NULL, 10) : 1000000;

	if (argc < 2 || lines < 10) {
		(void)fprintf(stderr, "usage: %s PROGRAM [FOLDER [LINES]]\n", argv[0]);
		return 2;
	}
	struct result small = measure(argv[1], folder, lines / 10);
	struct result large = measure(argv[1], folder, lines);
	(void)printf(
		"%ld lines: cc2oscam %.2f s (%.2f s of processor), mawk %.2f s (%.2f s): %.2f of its time, "
		"%.2f of its processor time\n",
		lines, large.ours.seconds, large.ours.cpu, large.mawk.seconds, large.mawk.cpu,
		large.ours.seconds / large.mawk.seconds, large.ours.cpu / large.mawk.cpu);
	(void)printf("peak memory %ld KiB: %.1f times the input\n", large.ours.kib,
		(double)large.ours.kib * 1024 / large.input);
	(void)printf(
		"%ld lines: %.3f s; ten times the lines take %.1f times as long and %.1f times the memory\n",
		lines / 10, small.ours.seconds, large.ours.seconds / small.ours.seconds,
		(double)large.ours.kib / (double)small.ours.kib);
	return 0;
}
