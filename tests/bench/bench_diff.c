/* Time of our diff beside that of `diff -u`, as ratios, over generated pairs of files. Both read two files
 * and write to /dev/null, in turn; the medians of five rounds are compared. `diff` is a process of its own,
 * which costs about a millisecond: the column "empty" is its time for two empty files.
 * Usage: bench_diff [FOLDER [LINES]] */
#define _DEFAULT_SOURCE /* wait4 */
#include "bench.h"
#include "cc2oscam/diff.h"
#include "cc2oscam/source.h"

enum { ROUNDS = 5, PATH_ROOM = 4096 };

/* Line `i` of one side. Returns false when there is no such line. */
struct pair {
	const char *name;
	bool (*line)(FILE *file, long i, long lines, bool is_new);
};

static void write_line(FILE *file, long i, const char *word)
{
	(void)fprintf(file, "device                        = host%ld.%s.example.com,12000\n", i, word);
}

static bool equal(FILE *file, long i, long lines, bool is_new)
{
	(void)is_new;
	write_line(file, i, "server");
	return i + 1 < lines;
}

static bool one_percent(FILE *file, long i, long lines, bool is_new)
{
	write_line(file, i, is_new && i % 100 == 50 ? "changed" : "server");
	return i + 1 < lines;
}

static bool all_different(FILE *file, long i, long lines, bool is_new)
{
	write_line(file, i, is_new ? "new" : "old");
	return i + 1 < lines;
}

static bool reversed(FILE *file, long i, long lines, bool is_new)
{
	write_line(file, is_new ? lines - i : i + 1, "server");
	return i + 1 < lines;
}

static bool third_moved(FILE *file, long i, long lines, bool is_new)
{
	write_line(file, is_new ? (i + lines / 3) % lines : i, "server");
	return i + 1 < lines;
}

/* Readers of nine lines, six of which many have. Every tenth is gone, every tenth is new, and of every
 * eleventh a line has changed. */
static bool readers(FILE *file, long i, long lines, bool is_new)
{
	long group = is_new && i % 11 == 0 ? 2 : 1;

	if (i % 10 != (is_new ? 3 : 7))
		(void)fprintf(file,
			"[reader]\nlabel = reader%ld\nprotocol = cccam\ndevice = host%ld.example.com,12000\n"
			"user = user%ld\ngroup = %ld\ncccmaxhops = 1\nccckeepalive = 1\n\n",
			i, i, i, group);
	return (i + 1) * 9 < lines;
}

/* Lines of ten kinds in any order. */
static bool few_kinds(FILE *file, long i, long lines, bool is_new)
{
	uint64_t mixed = ((uint64_t)i * 2 + is_new + 1) * 0x9e3779b97f4a7c15u;

	write_line(file, (long)((mixed ^ mixed >> 29) * 0xbf58476d1ce4e5b9u >> 40) % 10, "server");
	return i + 1 < lines;
}

static bool same_lines(FILE *file, long i, long lines, bool is_new)
{
	write_line(file, 1, "server");
	return i + 1 < (is_new ? lines / 2 : lines);
}

static void make_file(const char *path, const struct pair *pair, long lines, bool is_new)
{
	FILE *file = fopen(path, "w");

	if (!file)
		die(path);
	for (long i = 0; pair && pair->line(file, i, lines, is_new); i++)
		continue;
	if (fclose(file) != 0)
		die(path);
}

static bool write_text(void *context, const char *text, size_t len)
{
	const int *file = context;

	return write(*file, text, len) == (ssize_t)len;
}

/* The sink that counts lines that are only on one side. */
struct counted {
	long changed;
	char last;
};

static bool count_text(void *context, const char *text, size_t len)
{
	struct counted *counted = context;

	for (size_t i = 0; i < len; i++) {
		counted->changed += counted->last == '\n' && (text[i] == '-' || text[i] == '+');
		counted->last = text[i];
	}
	return true;
}

static double run_ours(const char *const paths[2], const struct sink *sink)
{
	struct diff_options options = {.name = "oscam.server", .context = 3};
	struct source old, new;
	double start = now();

	if (!source_read(&old, paths[0]) || !source_read(&new, paths[1]))
		die("source_read");
	if (!diff_write(old.text, new.text, &options, sink))
		die("diff_write");
	source_free(&old);
	source_free(&new);
	return now() - start;
}

static long changed_by_us(const char *const paths[2])
{
	struct counted counted = {.last = '\n'};

	(void)run_ours(paths, &(struct sink){count_text, &counted});
	return counted.changed > 0 ? counted.changed - 2 : 0;
}

static double run_gnu(const char *const paths[2])
{
	return run((const char *[]){"diff", "-u", paths[0], paths[1], NULL}, "/dev/null", 1).seconds;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static double median(double times[ROUNDS])
{
	qsort(times, ROUNDS, sizeof *times, compare);
	return times[ROUNDS / 2];
}

/* What GNU diff prints, only counted. */
static long changed_by_gnu(const char *const paths[2])
{
	char command[3 * PATH_ROOM];
	long count = 0;

	(void)snprintf(command, sizeof command, "diff -u '%s' '%s' | grep -c '^[-+]'", paths[0], paths[1]);
	FILE *pipe = popen(command, "r");
	if (!pipe || fscanf(pipe, "%ld", &count) != 1)
		die("diff");
	(void)pclose(pipe);
	return count > 0 ? count - 2 : 0;
}

static void measure(const struct pair *pair, const char *const paths[2], long lines)
{
	double ours[ROUNDS], gnu[ROUNDS];
	int null = open("/dev/null", O_WRONLY);

	make_file(paths[0], pair, lines, false);
	make_file(paths[1], pair, lines, true);
	for (int i = 0; i < ROUNDS; i++) {
		ours[i] = run_ours(paths, &(struct sink){write_text, &null});
		gnu[i] = run_gnu(paths);
	}
	printf("%-14s %8.1f ms %8.1f ms   %6.2f   %9ld %9ld\n", pair ? pair->name : "empty",
		median(ours) * 1e3, median(gnu) * 1e3, median(ours) / median(gnu), changed_by_us(paths),
		changed_by_gnu(paths));
	(void)close(null);
	(void)fflush(stdout);
}

int main(int argc, char **argv)
{
	static const struct pair pairs[] = {{"equal", equal}, {"1 % changed", one_percent},
		{"all different", all_different}, {"reversed", reversed}, {"a third moved", third_moved},
		{"readers", readers}, {"ten kinds", few_kinds}, {"same lines", same_lines}};
	const char *folder = argc > 1 ? argv[1] : ".";
	long lines = argc > 2 ? strtol(argv[2], NULL, 10) : 100000;
	char names[2][PATH_ROOM];
	const char *const paths[2] = {names[0], names[1]};

	(void)snprintf(names[0], sizeof names[0], "%s/bench_diff.old", folder);
	(void)snprintf(names[1], sizeof names[1], "%s/bench_diff.new", folder);
	printf("%ld lines          ours      diff -u    ratio     changed   by diff\n", lines);
	measure(NULL, paths, lines);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		measure(&pairs[i], paths, lines);
	(void)unlink(paths[0]);
	(void)unlink(paths[1]);
	return 0;
}
