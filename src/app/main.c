/* The program: finds the command and hands over. */
#include "app.h"
#include "report_file.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/platform.h"

static const struct command {
	const char *name;
	enum status (*run)(const struct request *request);
	bool uses_settings;
	int operands_least, operands_most;
	const char *operands;
} commands[] = {
#define CC2OSCAM_COMMAND(id, name, settings, least, most, words, ...)                                        \
	{#name, command_##name, settings, least, most, words},
#include "commands.def"
#undef CC2OSCAM_COMMAND
};

/* Standard output is checked at the end, for a full disk often shows only there. */
static enum status finish_printing(enum status status)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		return complain("standard output cannot be written");
	return status;
}

static enum status run(const struct command *command, int argc, char **argv, struct request *request)
{
	request->uses_settings = command->uses_settings;
	if (!read_options(argc, argv, request))
		return STATUS_FAILED;
	if (request->help) {
		request->operands = argv; /* the command */
		request->operand_count = 1;
		return command_help(request);
	}
	int count = request->operand_count;
	if (count < command->operands_least || count > command->operands_most) {
		if (wrong_count_of_words(request) != STATUS_DONE)
			return STATUS_FAILED;
		if (count == 0)
			return complain("%s wants %s; none is named (cc2oscam help %s)", command->name,
				command->operands, command->name);
		return complain("%s wants %s; %d %s named (cc2oscam help %s)", command->name,
			command->operands, count, count == 1 ? "is" : "are", command->name);
	}
	if (wrong_operands(request) != STATUS_DONE)
		return STATUS_FAILED;
	struct stat before;
	bool earlier = request->report && stat(request->report, &before) == 0;
	enum status status = command->run(request);
	if (status == STATUS_FAILED && earlier)
		drop_earlier_report(request, &before);
	return status;
}

static enum status run_command(int argc, char **argv, struct request *request)
{
	const char *word = argv[0];

	request->command = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ? "help" : word;
	for (int i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, request->command) == 0)
			return finish_printing(run(&commands[i], argc, argv, request));
	return wrong_command(request, argc, argv);
}

int main(int argc, char **argv)
{
	static char messages[8192];
	struct request request = {.choices = choices_default(), .shard = 1, .shards = 1};

	(void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like others */
	/* Many findings at once; flushed at the end. Without a buffer of ours, musl writes each piece by
	 * itself. */
	(void)setvbuf(stderr, messages, _IOFBF, sizeof messages);

	if (argc < 2) {
		print_usage(stderr);
		return STATUS_FAILED;
	}
	if (strcmp(argv[1], "--version") == 0) {
		(void)printf("cc2oscam %s, for OSCam " OSCAM_OLDEST_NAME " to " OSCAM_NEWEST_NAME
			     " and NCam\n",
			CC2OSCAM_VERSION);
		return (int)finish_printing(STATUS_DONE);
	}
	arena_init(&request.arena);
	request.texts = &request.arena;
	request.hints = heard_new(&request.arena);
	enum status status = run_command(argc - 1, argv + 1, &request);
	arena_free(&request.arena);
	return (int)status;
}
