/* The completion of zsh: _arguments of each command. */
#include "completion.h"

#include <stdio.h>

/* A meaning in single quotes, where brackets want a backslash. */
static void print_meaning(const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			(void)fputs("'\\''", stdout);
		else
			(void)printf(*text == '[' || *text == ']' ? "\\%c" : "%c", *text);
	}
}

static void zsh_action(const struct option_shape *shape)
{
	if (value_is(shape, "NAME=VALUE")) {
		(void)fputs("->set", stdout);
	} else if (takes_folder(shape)) {
		(void)fputs("_files -/", stdout);
	} else if (value_is(shape, "FILE")) {
		(void)fputs("_files", stdout);
	} else {
		(void)putchar('(');
		if (!for_values(shape, print_word))
			(void)putchar(' ');
		(void)putchar(')');
	}
}

/* A line of _arguments for each spelling. */
static void zsh_option(const char *command, const struct option_shape *shape)
{
	(void)command;
	for (int i = 0; i < shape->count; i++) {
		bool is_long = shape->spellings[i].len > 2;
		(void)fputs(" \\\n\t\t'*", stdout);
		print_slice(shape->spellings[i]);
		if (shape->value.len > 0)
			(void)putchar(is_long ? '=' : '+');
		(void)putchar('[');
		print_meaning(shape->meaning);
		(void)putchar(']');
		if (shape->value.len > 0) {
			(void)putchar(':');
			print_slice(shape->value);
			(void)putchar(':');
			zsh_action(shape);
		}
		(void)putchar('\'');
	}
}

static void zsh_command(const char *command)
{
	(void)printf("\t%s) _arguments -s", command);
	for_options(command, zsh_option);
	(void)fputs(" \\\n\t\t'*:file:", stdout);
	if (!print_operands(command, "(", ")"))
		(void)fputs(wants_folder(command) ? "_files -/" : "_files", stdout);
	(void)puts("' ;;");
}

static void zsh_choices(void)
{
	(void)fputs("\t[[ $state = set ]] || return\n"
		    "\tcase $PREFIX in\n",
		stdout);
	for (int i = 0; i < SETTING_COUNT; i++) {
		if (!for_setting_values(&setting_table[i], no_word))
			continue;
		(void)printf("\t%s=*) compset -P '*='; compadd --", setting_table[i].name);
		(void)for_setting_values(&setting_table[i], print_word);
		(void)puts(" ;;");
	}
	(void)fputs("\t*) compadd -S '' --", stdout);
	for_settings(print_assignment);
	(void)puts(" ;;\n\tesac");
}

void print_zsh(void)
{
	(void)fputs("#compdef cc2oscam\n# made from the tables of cc2oscam\n_cc2oscam() {\n"
		    "\tlocal state line\n\ttypeset -A opt_args\n"
		    "\tif (( CURRENT == 2 )); then\n\t\tcompadd --",
		stdout);
	for_commands(true, print_command);
	(void)puts("\n\t\treturn\n\tfi\n\tlocal command=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n"
		   "\tcase $command in");
	for_commands(false, zsh_command);
	(void)puts("\tesac");
	zsh_choices();
	(void)puts("}\n_cc2oscam \"$@\"");
}
