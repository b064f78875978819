/* The completion of fish: a line for each option of each command. */
#include "completion.h"

#include <stdio.h>

static void fish_value(const struct option_row *row)
{
	switch (behind_option(row)) {
	case BEHIND_NOTHING:
		break;
	case BEHIND_FOLDER:
		(void)printf(" -x -a '(__fish_complete_directories)'");
		break;
	case BEHIND_FILE:
		(void)printf(" -r -F");
		break;
	case BEHIND_SETTING:
		(void)printf(" -x -a '(__cc2oscam_set)'");
		break;
	case BEHIND_WORDS:
		(void)printf(" -x -a '");
		print_words(row);
		(void)putchar('\'');
	}
}

static void fish_option(const char *command, const struct option_row *row)
{
	(void)printf("complete -c cc2oscam -n '__fish_seen_subcommand_from %s'", command);
	if (row->letter)
		(void)printf(" -s %c", row->letter);
	if (row->name)
		(void)printf(" -l %s", row->name);
	fish_value(row);
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
	enum behind behind = behind_command(command);

	for_options(command, fish_option);
	if (behind == BEHIND_FILE)
		return;
	(void)printf("complete -c cc2oscam -n '__fish_seen_subcommand_from %s' -f -a '", command);
	if (behind == BEHIND_FOLDER)
		(void)printf("(__fish_complete_directories)");
	else
		print_operands(command);
	(void)puts("'");
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
