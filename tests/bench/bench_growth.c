/* How processor time grows when an input doubles: 2.0 is linear, 4.0 quadratic. For each kind of input
 * (growth_kinds.def) the number of its lines is doubled until the program needs SECONDS of processor time;
 * then this input and one of twice the lines are run in turn, and the least times are compared: other
 * programs can make a run longer, none can make it shorter. The system's own time does not count: on a
 * virtual machine the first touch of a page may take any time. Kinds above 2.3 are marked, and the status
 * is 1; kinds that take no time worth the name, however long the input, are marked with a line. Usage:
 * bench_growth PROGRAM [FOLDER [SECONDS [WORD]]]; WORD: only kinds with this word in their names. */
#define _DEFAULT_SOURCE /* wait4, mkdtemp */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cc2oscam/text.h"

enum { FIRST = 500, MOST = 64000000, FOLDERS_MOST = 32000, ROUNDS = 3, WORDS = 16, FILES = 3 };

static const double fault = 2.3;
/* The system counts time in ticks of some milliseconds: less than this cannot be compared. */
static const double least = 0.04;

/* One file of an input: what stands once before and behind the lines, and a line. In a line stand for its
 * number i:  <i> i itself;  <x> and <id> four and six hexadecimal digits;  <port>, <hop> and <min> numbers in
 * their ranges;  <case> twenty letters, capital or not;  <odd> three bytes that no label can hold;  <hash>
 * sixteen bytes whose hashes would be the same if anybody knew the run's seed;  <up> and <down> i to the
 * greatest number and back. */
struct file {
	const char *path, *before, *line, *behind;
};

struct kind {
	const char *name, *command; /* words with a blank between; output goes to "out" */
	struct file files[FILES];
	bool folders;             /* a path with <i> is made for each number, with the line of number i */
	void (*make)(long lines); /* makes the input in place of `files`, or more of it */
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* ---- lines ---- */

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	hash = (hash ^ hash >> 29) * 0xbf58476d1ce4e5b9u;
	return hash ^ hash >> 32;
}

static bool is_printable(uint64_t word)
{
	for (int i = 0; i < 8; i++, word >>= 8)
		if ((word & 0xff) <= ' ' || (word & 0xff) == 0x7f || (word & 0xff) == '#' ||
			(word & 0xff) == '{' || (word & 0xff) == '<' || (word & 0xff) == ',')
			return false;
	return true;
}

/* The i-th of many names of one hash, were the seed of text.c 0: the second word undoes the first. Made in
 * order, from 0 on. */
static void write_hash_name(FILE *file, long i)
{
	static uint64_t tried;
	uint64_t first, second;

	if (i == 0)
		tried = 0;
	do {
		char digits[9];
		(void)snprintf(digits, sizeof digits, "%08llx", (unsigned long long)tried++);
		memcpy(&first, digits, sizeof first);
		second = mix(mix(0, 16), first) ^ 0x6162636465666768u;
	} while (!is_printable(second));
	(void)fwrite(&first, sizeof first, 1, file);
	(void)fwrite(&second, sizeof second, 1, file);
}

static void write_case(FILE *file, long i)
{
	for (int bit = 0; bit < 20; bit++)
		(void)putc((i >> bit & 1 ? 'A' : 'a') + bit, file);
}

static void write_odd(FILE *file, long i)
{
	for (int digit = 0; digit < 3; digit++, i /= 64)
		(void)fprintf(file, "\xc3%c", (char)(0x80 + i % 64));
}

static void write_token(FILE *file, const char *token, size_t len, long i, long lines)
{
	static const struct {
		const char *name, *format;
		long modulus;
	} numbers[] = {{"i", "%ld", LONG_MAX}, {"x", "%04lX", 0xffff}, {"id", "%06lX", 0xfffff},
		{"port", "%ld", 65535}, {"hop", "%ld", 99}, {"min", "%02ld", 60}};

	for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
		if (strlen(numbers[k].name) == len && memcmp(numbers[k].name, token, len) == 0) {
			bool from_one = numbers[k].modulus != 60 && numbers[k].modulus != LONG_MAX;
			(void)fprintf(file, numbers[k].format, i % numbers[k].modulus + from_one);
			return;
		}
	if (memcmp(token, "case", len) == 0)
		write_case(file, i);
	else if (memcmp(token, "odd", len) == 0)
		write_odd(file, i);
	else if (memcmp(token, "hash", len) == 0)
		write_hash_name(file, i);
	else
		(void)fprintf(file, "%ld", token[0] == 'd' ? lines - i : i);
}

/* A pattern with the number put in. Marks that are none of ours stay. */
static void write_pattern(FILE *file, const char *pattern, long i, long lines)
{
	static const char *const tokens[] = {
		"i", "x", "id", "port", "hop", "min", "case", "odd", "hash", "up", "down"};

	for (const char *at = pattern; *at; at++) {
		size_t len = strcspn(at + (*at == '<'), ">"), k = 0;
		if (*at == '<')
			while (k < sizeof tokens / sizeof *tokens &&
				(strlen(tokens[k]) != len || memcmp(tokens[k], at + 1, len) != 0))
				k++;
		if (*at != '<' || k == sizeof tokens / sizeof *tokens) {
			(void)putc(*at, file);
			continue;
		}
		write_token(file, at + 1, len, i, lines);
		at += len + 1;
	}
}

/* ---- inputs ---- */

static FILE *create(const char *path)
{
	char folder[PATH_MAX];

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		(void)snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			die(folder);
	}
	FILE *file = fopen(path, "w");
	if (!file)
		die(path);
	return file;
}

static void close_file(FILE *file, const char *path)
{
	if (fclose(file) != 0)
		die(path);
}

static void make_file(const struct file *made, long lines)
{
	FILE *file = create(made->path);

	(void)fputs(made->before, file);
	for (long i = 0; i < lines && made->line; i++)
		write_pattern(file, made->line, i, lines);
	if (made->behind)
		(void)fputs(made->behind, file);
	close_file(file, made->path);
}

/* A file in a folder of its own for each number. */
static void make_folders(const struct file *made, long lines)
{
	for (long i = 0; i < lines; i++) {
		char path[PATH_MAX];
		FILE *name = fmemopen(path, sizeof path, "w");
		if (!name)
			die(made->path);
		write_pattern(name, made->path, i, lines);
		close_file(name, made->path);
		FILE *file = create(path);
		write_pattern(file, made->before, i, lines);
		close_file(file, path);
	}
}

/* An archive with the receivers' files in it. */
static void make_archive(long lines)
{
	static const char text[] = "C: host.example.com 12000 anna wordone\n";
	FILE *file = create("fleet.tar");

	for (long i = 0; i <= lines; i++) {
		char head[512] = {0}, content[512] = {0};
		unsigned sum = 0;
		if (i < lines) {
			(void)snprintf(head, 100, "backup/box%06ld/etc/CCcam.cfg", i);
			(void)snprintf(head + 100, 36, "0000600%c0000000%c0000000%c%011zo", 0, 0, 0,
				sizeof text - 1);
			memcpy(head + 136, "00000000000", 11);
			memcpy(head + 148, "        0", 9);
			memcpy(head + 257, "ustar\00000", 8);
			for (size_t at = 0; at < sizeof head; at++)
				sum += (unsigned char)head[at];
			(void)snprintf(head + 148, 8, "%06o", sum);
			memcpy(content, text, sizeof text - 1);
		}
		(void)fwrite(head, sizeof head, 1, file);
		(void)fwrite(content, sizeof content, 1, file);
	}
	close_file(file, "fleet.tar");
}

static const struct kind kinds[] = {
#include "growth_kinds.def"
};

/* ---- runs ---- */

static const char *program;

static void remove_all(const char *path)
{
	pid_t child = fork();

	if (child == 0) {
		(void)execlp("rm", "rm", "-rf", path, (char *)NULL);
		die("rm");
	}
	if (child < 0 || waitpid(child, NULL, 0) != child)
		die("rm");
}

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void run_words(const char *command)
{
	char text[PATH_MAX], *words[WORDS], *rest = text;
	int count = 0, null = open("/dev/null", O_RDWR);

	(void)snprintf(text, sizeof text, "%s %s", program, command);
	for (char *word; count < WORDS - 1 && (word = strtok_r(rest, " ", &rest));)
		words[count++] = word;
	words[count] = NULL;
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		die("/dev/null");
	int messages = open("messages", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (messages < 0 || dup2(messages, STDERR_FILENO) < 0)
		die("messages");
	(void)execv(words[0], words);
	_exit(127);
}

enum { FAILED = -1, REFUSED = -2 };

/* Processor time of the program itself; REFUSED where the status is 2, as for a file that is too large. */
static double run(const char *command)
{
	struct rusage usage;
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		run_words(command);
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		die(command);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		return WIFEXITED(status) && WEXITSTATUS(status) == 2 ? REFUSED : FAILED;
	return seconds_of(usage.ru_utime);
}

/* The input is made anew for each run in a folder of its own, for some commands change it. */
static double measure(const struct kind *kind, long lines)
{
	if (mkdir("input", 0700) != 0 || chdir("input") != 0)
		die("input");
	for (int i = 0; i < FILES && kind->files[i].path; i++)
		(kind->folders && strstr(kind->files[i].path, "<i>") ? make_folders : make_file)(
			&kind->files[i], lines);
	if (kind->make)
		kind->make(lines);
	double seconds = run(kind->command);
	if (chdir("..") != 0)
		die("..");
	if (seconds != FAILED)
		remove_all("input");
	return seconds;
}

/* 0 where the program fails. */
static long enough_lines(const struct kind *kind, double enough)
{
	long most = kind->folders ? FOLDERS_MOST : MOST;

	for (long lines = FIRST;; lines *= 2) {
		double seconds = measure(kind, lines);
		if (seconds == REFUSED && lines > 2 * FIRST)
			return lines / 2;
		if (seconds < 0)
			return 0;
		if (seconds >= enough || lines * 4 > most)
			return lines;
	}
}

/* Returns whether the growth is a fault. */
static bool print_growth(const struct kind *kind, double enough)
{
	double once = 1e9, twice = 1e9;

	(void)printf("%-38s ", kind->name);
	(void)fflush(stdout);
	long lines = enough_lines(kind, enough);
	if (lines == 0) {
		remove_all("failed");
		(void)rename("input", "failed");
		(void)printf("fails: see the folder \"failed\", and the file \"messages\" in it\n");
		return true;
	}
	while (lines > FIRST && measure(kind, lines * 2) == REFUSED) /* twice as much is too large a file */
		lines /= 2;
	for (int round = 0; round < ROUNDS; round++) {
		double seconds = measure(kind, lines);
		once = seconds < once ? seconds : once;
		seconds = measure(kind, lines * 2);
		twice = seconds < twice ? seconds : twice;
	}
	bool counts = once >= least, bad = counts && twice / once > fault;
	(void)printf("%8ld %7.3f s %7.3f s  ", lines, once, twice);
	if (counts)
		(void)printf("%5.2f%s\n", twice / once, bad ? "  TOO MUCH" : "");
	else
		(void)printf("    -\n");
	(void)fflush(stdout);
	return bad;
}

int main(int argc, char **argv)
{
	const char *folder = argc > 2 ? argv[2] : ".", *word = argc > 4 ? argv[4] : "";
	double enough = argc > 3 ? strtod(argv[3], NULL) : 0.2;
	char path[PATH_MAX], here[PATH_MAX];
	int faults = 0;

	if (argc < 2 || enough <= 0 || !realpath(argv[1], path)) {
		(void)fprintf(stderr, "usage: %s PROGRAM [FOLDER [SECONDS [WORD]]]\n", argv[0]);
		return 2;
	}
	program = path;
	(void)snprintf(here, sizeof here, "%s/growth-XXXXXX", folder);
	if (!mkdtemp(here) || chdir(here) != 0)
		die(here);
	(void)printf("%-38s %8s %9s %9s  %5s\n", "kind", "lines", "once", "twice", "growth");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strstr(kinds[i].name, word))
			faults += print_growth(&kinds[i], enough);
	if (chdir("..") == 0)
		remove_all(strrchr(here, '/') + 1);
	(void)printf("%d kinds grow by more than %.1f\n", faults, fault);
	return faults > 0;
}
