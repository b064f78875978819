/* The program: finds the verb and hands over. */
#include "app.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct verb {
	const char *name;
	enum status (*run)(const struct request *request);
	int operands_least, operands_most;
	const char *operands;
	bool uses_settings;
} verbs[] = {
	{"convert", verb_convert, 0, 1, "one CCcam.cfg, or - for standard input", true},
	{"batch", verb_batch, 1, INT_MAX, "folders, CCcam.cfg files, backup archives or a manifest", true},
	{"check", verb_check, 1, INT_MAX, "folders with OSCam's files, such files, or a CCcam.cfg", true},
	{"diff", verb_diff, 1, 2, "one CCcam.cfg (or -), then OSCam's folder", true},
	{"explain", verb_explain, 0, INT_MAX, "a line's keyword or a finding's code", false},
	{"locate", verb_locate, 0, 1, "no more than one folder", false},
	{"help", verb_help, 0, 1, "no more than one verb", false},
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

enum status complain(const char *format, ...)
{
	va_list args;

	(void)fputs("cc2oscam: ", stderr);
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	return STATUS_FAILED;
}

static enum status unknown_verb(const char *word)
{
	const char *names[VERB_COUNT];

	for (int i = 0; i < VERB_COUNT; i++)
		names[i] = verbs[i].name;
	const char *near = nearest(word, names, VERB_COUNT);
	if (near)
		return complain("there is no verb \"%s\"; did you mean \"%s\"?", word, near);
	return complain("there is no verb \"%s\"; cc2oscam help lists them", word);
}

/* Standard output is checked at the end, for a full disk often shows only there. */
static enum status finish(enum status status)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		return complain("standard output cannot be written");
	return status;
}

static enum status wrong_count(const struct verb *verb, int count)
{
	if (count == 0)
		return complain("%s wants %s; none is named (cc2oscam help %s)", verb->name, verb->operands,
			verb->name);
	return complain("%s wants %s; %d %s named (cc2oscam help %s)", verb->name, verb->operands, count,
		count == 1 ? "is" : "are", verb->name);
}

static enum status run(const struct verb *verb, int argc, char **argv, struct request *request)
{
	request->uses_settings = verb->uses_settings;
	if (!read_options(argc, argv, request))
		return STATUS_FAILED;
	if (request->help) {
		request->operands = argv; /* the verb */
		request->operand_count = 1;
		return verb_help(request);
	}
	if (request->operand_count < verb->operands_least || request->operand_count > verb->operands_most)
		return wrong_count(verb, request->operand_count);
	return verb->run(request);
}

static enum status run_verb(int argc, char **argv, struct request *request)
{
	const char *word = argv[0];

	request->verb = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ? "help" : word;
	for (int i = 0; i < VERB_COUNT; i++)
		if (strcmp(verbs[i].name, request->verb) == 0)
			return finish(run(&verbs[i], argc, argv, request));
	return unknown_verb(request->verb);
}

int main(int argc, char **argv)
{
	struct request request = {.choices = choices_default(), .shard = 1, .shards = 1};

	(void)setvbuf(stderr, NULL, _IOFBF, BUFSIZ); /* many findings at once; flushed at the end */

	if (argc < 2) {
		print_usage();
		return STATUS_FAILED;
	}
	if (strcmp(argv[1], "--version") == 0) {
		(void)printf("cc2oscam %s\n", CC2OSCAM_VERSION);
		return (int)finish(STATUS_DONE);
	}
	arena_init(&request.arena);
	enum status status = run_verb(argc - 1, argv + 1, &request);
	arena_free(&request.arena);
	return (int)status;
}
