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

static void zsh_action(const struct option_row *row)
{
	switch (behind_option(row)) {
	case BEHIND_SETTING:
		(void)printf("->set");
		break;
	case BEHIND_FOLDER:
		(void)printf("_files -/");
		break;
	case BEHIND_FILE:
		(void)printf("_files");
		break;
	default:
		(void)putchar('(');
		print_words(row);
		(void)printf(option_word(row, 0) ? ")" : " )");
	}
}

/* A line of _arguments for a spelling. */
static void zsh_spelling(const char *command, const struct option_row *row, bool letter)
{
	(void)printf(" \\\n\t\t'*-%.*s%s", letter ? 1 : 0, &row->letter, letter ? "" : "-");
	(void)printf("%s%s[", letter ? "" : row->name, !row->value ? "" : letter ? "+" : "=");
	print_meaning(option_meaning(command, row));
	(void)putchar(']');
	if (row->value) {
		(void)printf(":%s:", row->value);
		zsh_action(row);
	}
	(void)putchar('\'');
}

static void zsh_option(const char *command, const struct option_row *row)
{
	if (row->letter)
		zsh_spelling(command, row, true);
	if (row->name)
		zsh_spelling(command, row, false);
}

static void zsh_command(const char *command)
{
	enum behind behind = behind_command(command);

	(void)printf("\t%s) _arguments -s", command);
	for_options(command, zsh_option);
	(void)printf(" \\\n\t\t'*:file:%s", behind == BEHIND_FOLDER ? "_files -/"
					    : behind == BEHIND_FILE ? "_files"
								    : "(");
	if (behind == BEHIND_WORDS)
		print_operands(command);
	(void)puts(behind == BEHIND_WORDS ? ")' ;;" : "' ;;");
}

static void zsh_choices(void)
{
	(void)printf("\t[[ $state = set ]] || return\n\tcase $PREFIX in\n");
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		if (!row->setting || !option_word(row, 0))
			continue;
		(void)printf("\t%s=*) compset -P '*='; compadd --", row->setting);
		print_words(row);
		(void)puts(" ;;");
	}
	(void)printf("\t*) compadd -S '' --");
	print_settings();
	(void)puts(" ;;\n\tesac");
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
	(void)puts("\tesac");
	zsh_choices();
	(void)puts("}\n_cc2oscam \"$@\"");
}
