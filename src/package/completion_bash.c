/* The completion of bash: one function, which looks at the word before and at the command. */
#include "completion.h"

#include <stdio.h>

static void bash_spellings(const char *command, const struct option_shape *shape)
{
	(void)command;
	for (int i = 0; i < shape->count; i++)
		print_word(shape->spellings[i]);
}

/* A branch of the case for what stands behind an option. */
static void bash_value(const char *command, const struct option_shape *shape)
{
	(void)command;
	if (shape->value.len == 0)
		return;
	(void)putchar('\t');
	for (int i = 0; i < shape->count; i++) {
		(void)fputs(i == 0 ? "" : " | ", stdout);
		print_slice(shape->spellings[i]);
	}
	(void)fputs(") ", stdout);
	if (value_is(shape, "NAME=VALUE")) {
		(void)fputs("compopt -o nospace; words='", stdout);
		for_settings(print_assignment);
		(void)fputs("'", stdout);
	} else if (takes_folder(shape)) {
		(void)fputs("kind=-d", stdout);
	} else if (value_is(shape, "FILE")) {
		(void)fputs("kind=-f", stdout);
	} else {
		(void)fputs("kind=-W words='", stdout);
		(void)for_values(shape, print_word);
		(void)fputs("'", stdout);
	}
	(void)puts(" ;;");
}

static void bash_choices(void)
{
	(void)puts("\tcase $assigned in");
	for (int i = 0; i < SETTING_COUNT; i++) {
		if (!for_setting_values(&setting_table[i], no_word))
			continue;
		(void)printf("\t%s) words='", setting_table[i].name);
		(void)for_setting_values(&setting_table[i], print_word);
		(void)puts("' ;;");
	}
	(void)puts("\tesac");
}

static void bash_command(const char *command)
{
	(void)printf("\t%s) options='", command);
	for_options(command, bash_spellings);
	(void)fputs("'", stdout);
	(void)fputs(wants_folder(command) ? " kind=-d" : "", stdout);
	(void)print_operands(command, " kind=-W words='", "'");
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
	for_commands(true, print_command);
	(void)fputs("' -- \"$current\")\n\t\treturn\n\tfi\n"
		    "\t# bash parts words at =\n"
		    "\t[ \"$current\" != = ] || { current= assigned=$before; }\n"
		    "\t[ \"$before\" != = ] || assigned=${COMP_WORDS[COMP_CWORD - 2]}\n"
		    "\t[ -z \"$assigned\" ] || before=$assigned\n"
		    "\tcase $before in\n",
		stdout);
	for_options("convert", bash_value);
	for (const struct option_help *row = batch_help; row->name; row++) {
		struct option_shape shape = shape_of(row);
		if (!is_taken("convert", &shape))
			bash_value("batch", &shape);
	}
	(void)puts("\tesac");
	bash_choices();
	(void)puts("\tif [ -z \"$kind$words\" ]; then\n\tcase $command in");
	for_commands(false, bash_command);
	(void)fputs("\tesac\n\t\tcase $current in\n\t\t-*) kind=-W words=$options ;;\n\t\tesac\n\tfi\n"
		    "\tcase ${kind:-${words:+-W}} in\n"
		    "\t-W) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\") ;;\n"
		    "\t*) compopt -o filenames\n"
		    "\t\tmapfile -t COMPREPLY < <(compgen \"${kind:--f}\" -- \"$current\") ;;\n"
		    "\tesac\n}\ncomplete -F _cc2oscam cc2oscam\n",
		stdout);
}
