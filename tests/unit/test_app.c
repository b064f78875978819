/* The command line: options, refusals with a suggestion, overrides of findings, and what counts as a loss.
 */
#include "unit.h"
#include <getopt.h>
#include <string.h>

#include "app/options.h"
#include "said.h"

enum { WORDS_MOST = 12 };

/* The arguments live as long as the request. */
struct command {
	char *words[WORDS_MOST];
	char text[256];
	struct request request;
	bool good;
};

/* Blanks part the words. */
static void read_command(struct command *command, const char *line)
{
	int count = 0;

	*command = (struct command){.request = {.choices = choices_default()}};
	arena_init(&command->request.arena);
	said[0] = '\0';
	assert_true(strlen(line) < sizeof command->text);
	strcpy(command->text, line);
	for (char *at = strtok(command->text, " "); at; at = strtok(NULL, " "))
		command->words[count++] = at;
	optind = 0; /* getopt starts anew */
	if (!command->request.command)
		command->request.command = "batch";
	command->good = read_options(count, command->words, &command->request);
}

static void command_free(struct command *command)
{
	arena_free(&command->request.arena);
}

TEST(test_all_options)
{
	static const char line[] =
		"convert -o out --strict --report r.json --templates t --redact -qv in.cfg";
	struct command command;

	read_command(&command, line);
	assert_true(command.good);
	assert_string_equal(command.request.output, "out");
	assert_string_equal(command.request.report, "r.json");
	assert_string_equal(command.request.templates, "t");
	assert_true(command.request.strict && command.request.redact && command.request.quiet &&
		    command.request.verbose);
	assert_int_equal(command.request.operand_count, 1);
	assert_string_equal(command.request.operands[0], "in.cfg");
	command_free(&command);
}

TEST(test_nothing_given)
{
	struct command command;

	read_command(&command, "convert");
	assert_true(command.good);
	assert_null(command.request.output);
	assert_null(command.request.report);
	assert_false(command.request.strict || command.request.redact || command.request.no_comments);
	assert_int_equal(command.request.color, WHEN_AUTO);
	assert_int_equal(command.request.operand_count, 0);
	for (int code = 0; code < CODE_COUNT; code++)
		assert_int_equal(command.request.overrides[code], OVERRIDE_NONE);
	command_free(&command);
}

TEST(test_words)
{
	struct command command;

	read_command(&command, "convert --profile server --comments none --color never --output=x in -- -y");
	assert_true(command.good);
	assert_true(command.request.choices.profile == PROFILE_SERVER && command.request.no_comments);
	assert_int_equal(command.request.color, WHEN_NEVER);
	assert_string_equal(command.request.output, "x");
	assert_int_equal(command.request.operand_count, 2);
	command_free(&command);
	read_command(&command, "convert --profile receiver --comments source --color always -");
	assert_true(command.good);
	assert_false(command.request.choices.profile == PROFILE_SERVER || command.request.no_comments);
	assert_int_equal(command.request.color, WHEN_ALWAYS);
	assert_string_equal(command.request.operands[0], "-");
	command_free(&command);
}

TEST(test_only)
{
	struct command command;

	read_command(&command, "convert --only oscam.user --only oscam.conf");
	assert_true(command.good);
	assert_true(command.request.only[OSCAM_USER] && command.request.only[OSCAM_CONF]);
	assert_false(command.request.only[OSCAM_SERVER] || command.request.only[OSCAM_SERVICES]);
	command_free(&command);
}

TEST(test_refusals)
{
	static const struct {
		const char *line, *message;
	} rows[] = {
		{"convert --color sometimes", "--color takes one of: auto, always, never; not \"sometimes\""},
		{"convert --comments all", "--comments takes one of: source, none"},
		{"convert --profile box", "--profile takes one of: receiver, server"},
		{"convert --only user", "not \"user\""},
		{"convert -Q des-kye", "did you mean \"des-key\"?"},
		{"convert -W nothing-like-that-at-all", "help convert lists the codes"},
		{"convert -o", "-o wants a value"},
		{"convert --report", "--report wants a value"},
		{"convert -x", "there is no option -x"},
		{"convert --frobnicate", "there is no option --frobnicate"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct command command;
		read_command(&command, rows[i].line);
		if (command.good || !strstr(said, rows[i].message))
			fail_msg("%s: %s", rows[i].line, said);
		command_free(&command);
	}
}

TEST(test_overrides)
{
	struct command command;

	read_command(
		&command, "convert -W des-key -E spelling -Q deny-all,per-card-hops -W per-card-hops in");
	assert_true(command.good);
	const struct request *request = &command.request;
	assert_int_equal(request_severity(request, CODE_DES_KEY), SEVERITY_WARNING);
	assert_int_equal(request_severity(request, CODE_SPELLING), SEVERITY_ERROR);
	assert_int_equal(request_severity(request, CODE_BAD_NUMBER), SEVERITY_ERROR);
	assert_int_equal(request_severity(request, CODE_SHAREEMUS), SEVERITY_DETAIL);
	assert_true(request_silent(request, CODE_DENY_ALL));
	assert_int_equal(request_severity(request, CODE_DENY_ALL), code_info(CODE_DENY_ALL)->severity);
	assert_false(request_silent(request, CODE_PER_CARD_HOPS)); /* the last word counts */
	assert_false(request_silent(request, CODE_DES_KEY));
	command_free(&command);
}

TEST(test_help_behind_a_command)
{
	struct command command;

	read_command(&command, "convert -h --color nonsense");
	assert_true(command.good && command.request.help);
	command_free(&command);
}

/* What help, completions and the parser expect of each row. */
TEST(test_rows_are_whole)
{
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		const char *name = row->name ? row->name : row->setting;
		bool option = row->name || row->letter;
		if (!name || option != (row->help || row->batch))
			fail_msg("row %d has no name, or no help", (int)(row - option_rows));
		for (const struct option_row *other = option_rows; other < row; other++)
			if ((row->name && other->name && strcmp(row->name, other->name) == 0) ||
				(row->letter && row->letter == other->letter) ||
				(row->setting && other->setting && strcmp(row->setting, other->setting) == 0))
				fail_msg("%s is there twice", name);
		bool taken = row->commands & ((1U << COMMAND_COUNT) - 1);
		if (option != taken || (!row->set && strcmp(name, "settings") != 0))
			fail_msg("%s: no command takes it, or nothing is set", name);
	}
}

/* Silence does not make a loss good; an error that the user asked for counts as one. */
TEST(test_losses)
{
	struct request request = {.choices = choices_default()};
	struct arena arena;
	struct source source;
	struct ledger ledger;

	arena_init(&arena);
	source_from_text(&source, "CCcam.cfg", SLICE("a\nb\n"));
	ledger_init(&ledger, &arena, &source);
	ledger_fate(&ledger, 1, FATE_ADJUSTED);
	(void)ledger_find(&ledger, CODE_SPELLING, (struct place){&source, 1, 1}, "x");
	assert_false(has_losses(&request, &ledger));
	request.overrides[CODE_SPELLING] = OVERRIDE_ERROR;
	assert_true(has_losses(&request, &ledger));
	request.overrides[CODE_SPELLING] = OVERRIDE_SILENT;
	assert_false(has_losses(&request, &ledger));
	ledger_fate(&ledger, 2, FATE_PARTIAL);
	assert_true(has_losses(&request, &ledger));
	arena_free(&arena);
}
