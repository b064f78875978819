/* Makes what a shell needs to complete the words of cc2oscam: completion SHELL FILE, where SHELL is bash, zsh
 * or fish. All words come from the tables of the program. Runs at build time, and is not installed. */
#include "completion.h"

#include <stdio.h>
#include <string.h>

#include "app/page.h"
#include "cc2oscam/embedded.h"

void for_options(const char *command, each_option *each)
{
	for (const struct option_row *row = option_rows; row < option_end; row++)
		if ((row->name || row->letter) && row->commands & command_bit(command))
			each(command, row);
}

const char *option_meaning(const char *command, const struct option_row *row)
{
	return !row->help || (row->batch && strcmp(command, "batch") == 0) ? row->batch : row->help;
}

enum behind behind_option(const struct option_row *row)
{
	static const struct {
		const char *value;
		enum behind behind;
	} rows[] = {{"DIR", BEHIND_FOLDER}, {"FILE", BEHIND_FILE}, {"NAME=VALUE", BEHIND_SETTING}};

	for (size_t i = 0; row->value && i < sizeof rows / sizeof *rows; i++)
		if (strcmp(row->value, rows[i].value) == 0)
			return rows[i].behind;
	return row->value ? BEHIND_WORDS : BEHIND_NOTHING;
}

enum behind behind_command(const char *command)
{
	switch (command_bit(command)) {
	case 1U << COMMAND_LOCATE:
	case 1U << COMMAND_UNDO:
		return BEHIND_FOLDER;
	case 1U << COMMAND_HELP:
	case 1U << COMMAND_EXPLAIN:
		return BEHIND_WORDS;
	default:
		return BEHIND_FILE;
	}
}

void print_commands(void)
{
	for (size_t i = 0; command_names[i]; i++)
		(void)printf(" %s", command_names[i]);
	(void)printf(" --version");
}

void print_words(const struct option_row *row)
{
	for (size_t i = 0; option_word(row, i); i++)
		(void)printf(" %s", option_word(row, i));
}

void print_settings(void)
{
	for (const struct option_row *row = option_rows; row < option_end; row++)
		if (row->setting)
			(void)printf(" %s=", row->setting);
}

/* Keywords of several words are given one by one, as explain takes them. */
void print_operands(const char *command)
{
	if (strcmp(command, "help") == 0) {
		for (int i = 0; help_topic(i); i++)
			(void)printf(" %s", help_topic(i));
		for (const struct embedded *builtin = builtin_templates; builtin->name; builtin++)
			(void)printf(" %s", builtin->name);
		return;
	}
	for (int id = 0; id < DIRECTIVE_COUNT; id++)
		(void)printf(" %s", directive_at((enum directive_id)id)->keyword);
	for (int code = 0; code < CODE_COUNT; code++)
		(void)printf(" %s", code_info((enum code)code)->name);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *shell;
		void (*print)(void);
	} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

	for (size_t i = 0; argc == 3 && i < sizeof shells / sizeof *shells; i++) {
		if (strcmp(argv[1], shells[i].shell) != 0)
			continue;
		if (!freopen(argv[2], "w", stdout)) {
			perror(argv[2]);
			return 1;
		}
		shells[i].print();
		return fclose(stdout) == 0 ? 0 : 1;
	}
	(void)fputs("usage: completion bash|zsh|fish FILE\n", stderr);
	return 2;
}
