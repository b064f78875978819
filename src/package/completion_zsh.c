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

static const struct behind_texts texts = {.before = {[BEHIND_FOLDER] = "_files -/",
						  [BEHIND_FILE] = "_files",
						  [BEHIND_SETTING] = "->set",
						  [BEHIND_WORDS] = "("},
	.after = {[BEHIND_WORDS] = " )"}};

/* A line of _arguments for a spelling. */
static void zsh_spelling(const char *command, const struct option_row *row, bool letter)
{
	(void)printf(" \\\n\t\t'*-%.*s%s", letter ? 1 : 0, &row->letter, letter ? "" : "-");
	(void)printf("%s%s[", letter ? "" : row->name, !row->value ? "" : letter ? "+" : "=");
	print_meaning(option_meaning(command, row));
	(void)putchar(']');
	if (row->value) {
		(void)printf(":%s:", row->value);
		print_behind_option(&texts, row);
	}
	(void)putchar('\'');
}

static void zsh_command(const char *command)
{
	(void)printf("\t%s) _arguments -s", command);
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		bool taken = takes_option(command, row);
		if (taken && row->letter)
			zsh_spelling(command, row, true);
		if (taken && row->name)
			zsh_spelling(command, row, false);
	}
	(void)printf(" \\\n\t\t'*:file:");
	print_behind_command(&texts, command);
	(void)puts("' ;;");
}

void print_zsh(void)
{
	(void)fputs("#compdef cc2oscam\n# made from the tables of cc2oscam\n_cc2oscam() {\n"
		    "\tlocal state line\n\ttypeset -A opt_args\n"
		    "\tif (( CURRENT == 2 )); then\n\t\tcompadd --",
		stdout);
	print_commands();
	(void)puts("\n\t\treturn\n\tfi\n\tlocal command=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n"
		   "\tcase $command in");
	for (size_t i = 0; command_names[i]; i++)
		zsh_command(command_names[i]);
	(void)puts("\tesac\n\t[[ $state = set ]] || return\n\tcase $PREFIX in");
	print_choices("\t@=*) compset -P '*='; compadd --", " ;;");
	(void)printf("\t*) compadd -S '' --");
	print_settings();
	(void)puts(" ;;\n\tesac\n}\n_cc2oscam \"$@\"");
}
