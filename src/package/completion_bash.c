/* The completion of bash: one function, which looks at the word before and at the command. */
#include "completion.h"

#include <stdio.h>

/* A branch of the case for what stands behind an option. */
static void bash_value(const struct option_row *row)
{
	static const struct behind_texts texts = {.before = {[BEHIND_FOLDER] = "kind=-d",
							  [BEHIND_FILE] = "kind=-f",
							  [BEHIND_SETTING] = "compopt -o nospace; words='",
							  [BEHIND_WORDS] = "kind=-W words='"},
		.after = {[BEHIND_SETTING] = "'", [BEHIND_WORDS] = "'"}};

	if (row->letter)
		(void)printf(row->name ? "\t-%c | " : "\t-%c) ", row->letter);
	if (row->name)
		(void)printf(row->letter ? "--%s) " : "\t--%s) ", row->name);
	print_behind_option(&texts, row);
	(void)puts(" ;;");
}

static void bash_command(const char *command)
{
	static const struct behind_texts texts = {
		.before = {[BEHIND_FOLDER] = " kind=-d", [BEHIND_WORDS] = " kind=-W words='"},
		.after = {[BEHIND_WORDS] = "'"}};

	(void)printf("\t%s) options='", command);
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		bool taken = takes_option(command, row);
		if (taken && row->letter)
			(void)printf(" -%c", row->letter);
		if (taken && row->name)
			(void)printf(" --%s", row->name);
	}
	(void)putchar('\'');
	print_behind_command(&texts, command);
	(void)puts(" ;;");
}

void print_bash(void)
{
	(void)fputs("# bash completion for cc2oscam, made from its own tables\n"
		    "_cc2oscam()\n{\n"
		    "\tlocal current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
		    "\tlocal command=${COMP_WORDS[1]} assigned= kind= words= options=\n"
		    "\tCOMPREPLY=()\n"
		    "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n"
		    "\t\tmapfile -t COMPREPLY < <(compgen -W '",
		stdout);
	print_commands();
	(void)fputs("' -- \"$current\")\n\t\treturn\n\tfi\n"
		    "\t# bash parts words at =\n"
		    "\t[ \"$current\" != = ] || { current= assigned=$before; }\n"
		    "\t[ \"$before\" != = ] || assigned=${COMP_WORDS[COMP_CWORD - 2]}\n"
		    "\t[ -z \"$assigned\" ] || before=$assigned\n"
		    "\tcase $before in\n",
		stdout);
	for (const struct option_row *row = option_rows; row < option_end; row++)
		if (row->value)
			bash_value(row);
	(void)puts("\tesac\n\tcase $assigned in");
	print_choices("\t@) words='", "' ;;");
	(void)puts("\tesac\n\tif [ -z \"$kind$words\" ]; then\n\tcase $command in");
	for (size_t i = 0; command_names[i]; i++)
		bash_command(command_names[i]);
	(void)fputs("\tesac\n\t\tcase $current in\n\t\t-*) kind=-W words=$options ;;\n\t\tesac\n\tfi\n"
		    "\tcase ${kind:-${words:+-W}} in\n"
		    "\t-W) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\") ;;\n"
		    "\t*) compopt -o filenames\n"
		    "\t\tmapfile -t COMPREPLY < <(compgen \"${kind:--f}\" -- \"$current\") ;;\n"
		    "\tesac\n}\ncomplete -F _cc2oscam cc2oscam\n",
		stdout);
}
