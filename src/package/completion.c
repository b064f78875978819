/* Makes what a shell needs to complete the words of cc2oscam: completion SHELL FILE, where SHELL is bash, zsh
 * or fish. All words come from the tables of the program. Runs at build time, and is not installed. */
#include "completion.h"

#include <stdio.h>
#include <string.h>

#include "app/page.h"
#include "cc2oscam/embedded.h"

bool takes_option(const char *command, const struct option_row *row)
{
	return (row->name || row->letter) && row->commands & command_bit(command);
}

const char *option_meaning(const char *command, const struct option_row *row)
{
	return !row->help || (row->batch && strcmp(command, "batch") == 0) ? row->batch : row->help;
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

void print_choices(const char *format, const char *after)
{
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		if (!row->setting || !option_word(row, 0))
			continue;
		for (const char *c = format; *c; c++)
			(void)(*c == '@' ? fputs(row->setting, stdout) : putchar(*c));
		print_words(row);
		(void)puts(after);
	}
}

/* Keywords of several words are given one by one, as explain takes them. */
static void print_operands(const char *command)
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

static void print_text(const char *text)
{
	(void)fputs(text ? text : "", stdout);
}

void print_behind_option(const struct behind_texts *texts, const struct option_row *row)
{
	enum behind behind = !row->value                             ? BEHIND_NOTHING
			     : strcmp(row->value, "DIR") == 0        ? BEHIND_FOLDER
			     : strcmp(row->value, "FILE") == 0       ? BEHIND_FILE
			     : strcmp(row->value, "NAME=VALUE") == 0 ? BEHIND_SETTING
								     : BEHIND_WORDS;

	print_text(texts->before[behind]);
	if (behind == BEHIND_SETTING && texts->after[behind])
		print_settings();
	if (behind == BEHIND_WORDS)
		print_words(row);
	print_text(texts->after[behind]);
}

void print_behind_command(const struct behind_texts *texts, const char *command)
{
	unsigned bit = command_bit(command);
	bool folder = bit & (1U << COMMAND_LOCATE | 1U << COMMAND_UNDO),
	     words = bit & (1U << COMMAND_HELP | 1U << COMMAND_EXPLAIN);
	enum behind behind = folder ? BEHIND_FOLDER : words ? BEHIND_WORDS : BEHIND_FILE;

	print_text(texts->before[behind]);
	if (words)
		print_operands(command);
	print_text(texts->after[behind]);
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
