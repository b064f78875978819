/* The program: finds the verb and hands over. */
#include "app.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct verb {
	const char *name;
	enum status (*run)(const struct request *request);
	int operands_least, operands_most;
	const char *operands;
} verbs[] = {
	{"convert", verb_convert, 1, 1, "one CCcam.cfg, or - for standard input"},
	{"help", verb_help, 0, 1, "no more than one verb"},
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

int main(int argc, char **argv)
{
	struct request request = {.choices = choices_default()};

	if (argc < 2) {
		print_usage();
		return STATUS_FAILED;
	}
	if (strcmp(argv[1], "--version") == 0) {
		(void)printf("cc2oscam %s\n", CC2OSCAM_VERSION);
		return (int)finish(STATUS_DONE);
	}
	request.verb = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ? "help" : argv[1];
	for (int i = 0; i < VERB_COUNT; i++) {
		if (strcmp(verbs[i].name, request.verb) != 0)
			continue;
		if (!read_options(argc - 1, argv + 1, &request))
			return STATUS_FAILED;
		if (request.help) {
			char *verb[] = {argv[1], NULL};
			request.operands = verb;
			request.operand_count = 1;
			return (int)finish(verb_help(&request));
		}
		if (request.operand_count < verbs[i].operands_least ||
			request.operand_count > verbs[i].operands_most)
			return (int)complain("%s wants %s; got %d words (cc2oscam help %s)", verbs[i].name,
				verbs[i].operands, request.operand_count, verbs[i].name);
		return (int)finish(verbs[i].run(&request));
	}
	return (int)unknown_verb(request.verb);
}
