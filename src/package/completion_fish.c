/* The completion of fish: a line for each option of each command. */
#include "completion.h"

#include <stdio.h>

static void fish_values(const struct option_shape *shape)
{
	if (takes_folder(shape)) {
		(void)fputs(" -x -a '(__fish_complete_directories)'", stdout);
	} else if (value_is(shape, "FILE")) {
		(void)fputs(" -r -F", stdout);
	} else if (value_is(shape, "NAME=VALUE")) {
		(void)fputs(" -x -a '(__cc2oscam_set)'", stdout);
	} else {
		(void)fputs(" -x -a '", stdout);
		(void)for_values(shape, print_word);
		(void)putchar('\'');
	}
}

static void fish_option(const char *command, const struct option_shape *shape)
{
	(void)printf("complete -c cc2oscam -n '__fish_seen_subcommand_from %s'", command);
	for (int i = 0; i < shape->count; i++) {
		struct slice spelling = shape->spellings[i];
		bool is_long = spelling.len > 2;
		(void)printf(is_long ? " -l %.*s" : " -s %.*s", (int)spelling.len - 1 - is_long,
			spelling.at + 1 + is_long);
	}
	if (shape->value.len > 0)
		fish_values(shape);
	(void)fputs(" -d '", stdout);
	for (const char *c = shape->meaning; *c; c++)
		(void)printf(*c == '\'' || *c == '\\' ? "\\%c" : "%c", *c);
	(void)puts("'");
}

/* All that may stand behind --set, in a function, for many options of many commands need it. */
static void fish_settings(void)
{
	(void)puts("function __cc2oscam_set");
	for (int i = 0; i < SETTING_COUNT; i++) {
		(void)printf("\tprintf '%s=%%s\\n'", setting_table[i].name);
		if (!for_setting_values(&setting_table[i], print_word))
			(void)fputs(" ''", stdout);
		(void)putchar('\n');
	}
	(void)puts("end");
}

static void fish_command(const char *command)
{
	for_options(command, fish_option);
	if (wants_folder(command))
		(void)printf("complete -c cc2oscam -n '__fish_seen_subcommand_from %s' -f -a "
			     "'(__fish_complete_directories)'\n",
			command);
}

void print_fish(void)
{
	(void)puts("# fish completion for cc2oscam, made from its own tables");
	fish_settings();
	(void)fputs("complete -c cc2oscam -n __fish_use_subcommand -f -a '", stdout);
	for_commands(true, print_command);
	(void)puts("'");
	for_commands(false, fish_command);
	for (const struct operand_words *row = operands; row->command; row++) {
		(void)printf(
			"complete -c cc2oscam -n '__fish_seen_subcommand_from %s' -f -a '", row->command);
		row->words(print_word);
		(void)puts("'");
	}
}
