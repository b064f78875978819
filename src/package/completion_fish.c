/* The completion of fish: a line for each option of each command. */
#include "completion.h"

#include <stdio.h>

static void fish_option(const char *command, const struct option_row *row)
{
	static const struct behind_texts texts = {
		.before = {[BEHIND_FOLDER] = " -x -a '(__fish_complete_directories)'",
			[BEHIND_FILE] = " -r -F",
			[BEHIND_SETTING] = " -x -a '(__cc2oscam_set)'",
			[BEHIND_WORDS] = " -x -a '"},
		.after = {[BEHIND_WORDS] = "'"}};

	(void)printf("complete -c cc2oscam -n '__fish_seen_subcommand_from %s'", command);
	if (row->letter)
		(void)printf(" -s %c", row->letter);
	if (row->name)
		(void)printf(" -l %s", row->name);
	print_behind_option(&texts, row);
	(void)printf(" -d '");
	for (const char *c = option_meaning(command, row); *c; c++)
		(void)printf(*c == '\'' || *c == '\\' ? "\\%c" : "%c", *c);
	(void)puts("'");
}

/* All that may stand behind --set, in a function, for many options of many commands need it. */
static void fish_settings(void)
{
	(void)puts("function __cc2oscam_set");
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		if (!row->setting)
			continue;
		(void)printf("\tprintf '%s=%%s\\n'", row->setting);
		print_words(row);
		(void)puts(option_word(row, 0) ? "" : " ''");
	}
	(void)puts("end");
}

static void fish_command(const char *command)
{
	static const struct behind_texts texts = {
		.before = {[BEHIND_FOLDER] = " -f -a '(__fish_complete_directories)'",
			[BEHIND_FILE] = " -F",
			[BEHIND_WORDS] = " -f -a '"},
		.after = {[BEHIND_WORDS] = "'"}};

	for (const struct option_row *row = option_rows; row < option_end; row++)
		if (takes_option(command, row))
			fish_option(command, row);
	(void)printf("complete -c cc2oscam -n '__fish_seen_subcommand_from %s'", command);
	print_behind_command(&texts, command);
	(void)putchar('\n');
}

void print_fish(void)
{
	(void)puts("# fish completion for cc2oscam, made from its own tables");
	fish_settings();
	(void)printf("complete -c cc2oscam -n __fish_use_subcommand -f -a '");
	print_commands();
	(void)puts("'");
	for (size_t i = 0; command_names[i]; i++)
		fish_command(command_names[i]);
}
