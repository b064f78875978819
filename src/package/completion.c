/* Makes what a shell needs to complete the words of cc2oscam: completion SHELL FILE, where SHELL is bash, zsh
 * or fish. All words come from the tables of the program. Runs at build time, and is not installed. */
#include "app/page.h"

#include <stdio.h>
#include <string.h>

#include "app/settings.h"
#include "cc2oscam/embedded.h"

/* One option of one command, as the help spells it: "-o, --output DIR". */
struct option_shape {
	struct slice spellings[3]; /* "-o", "--output" */
	int count;
	struct slice value; /* "DIR"; empty: none follows */
	const char *meaning;
};

typedef void each_word(struct slice word);
typedef void each_option(const char *command, const struct option_shape *shape);

/* ---- the tables ---- */

static struct option_shape shape_of(const struct option_help *row)
{
	struct option_shape shape = {.meaning = row->meaning};
	struct slice rest = slice_of(row->name);

	while (rest.len > 0 && *rest.at == '-' && shape.count < 3) {
		struct slice word = slice_cut(&rest, ' ');
		if (word.at[word.len - 1] == ',')
			word.len--;
		shape.spellings[shape.count++] = word;
	}
	shape.value = rest;
	return shape;
}

static bool is_taken(const char *command, const struct option_shape *shape)
{
	return option_is_taken(command, shape->spellings[shape->count - 1]);
}

static bool is_of_batch(const char *name)
{
	for (const struct option_help *row = batch_help; row->name; row++)
		if (shape_of(row).spellings[0].len == strcspn(name, ", ") &&
			strncmp(row->name, name, strcspn(name, ", ")) == 0)
			return true;
	return false;
}

static void for_options(const char *command, each_option *each)
{
	bool batch = strcmp(command, "batch") == 0;

	for (int table = 0; table < (batch ? 2 : 1); table++) {
		for (const struct option_help *row = table ? batch_help : option_help; row->name; row++) {
			struct option_shape shape = shape_of(row);
			if ((table == 1 || !batch || !is_of_batch(row->name)) && is_taken(command, &shape))
				each(command, &shape);
		}
	}
}

/* The second word of "cc2oscam convert [options] ...", once for each command. */
static struct slice command_name(const struct command_help *row)
{
	struct slice rest = slice_of(row->line);

	(void)slice_cut(&rest, ' ');
	return slice_cut(&rest, ' ');
}

/* Calls `each` for each command once; with `options` for --version too, which stands in place of one. */
static void for_commands(bool options, void (*each)(const char *command))
{
	for (const struct command_help *row = command_helps; row->line; row++) {
		struct slice name = command_name(row);
		char command[16];
		if ((*name.at == '-' && !options) ||
			(row > command_helps && slice_equal(name, command_name(row - 1))))
			continue;
		(void)snprintf(command, sizeof command, "%.*s", SLICE_ARG(name));
		each(command);
	}
}

static void for_codes(each_word *each)
{
	for (int code = 0; code < CODE_COUNT; code++)
		each(slice_of(code_info((enum code)code)->name));
}

static void for_settings(each_word *each)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		each(slice_of(setting_table[i].name));
}

static void for_topics(each_word *each)
{
	for (int i = 0; help_topic(i); i++)
		each(slice_of(help_topic(i)));
}

static void for_templates(each_word *each)
{
	for (const struct embedded *builtin = builtin_templates; builtin->name; builtin++)
		each(slice_of(builtin->name));
}

/* Keywords of several words are given one by one. */
static void for_lines(each_word *each)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		struct slice rest = slice_of(directive_at((enum directive_id)id)->keyword);
		while (rest.len > 0)
			each(slice_cut(&rest, ' '));
	}
}

static void for_choices(const char *const *words, each_word *each)
{
	for (; *words; words++)
		each(slice_of(*words));
}

static void for_targets(each_word *each)
{
	for (size_t i = 0; target_word(i); i++)
		each(slice_of(target_word(i)));
}

/* The words that may stand behind NAME= of --set; false: any may. */
static bool for_setting_values(const struct setting_row *setting, each_word *each)
{
	if (setting->words)
		for_choices(setting->words, each);
	else if (setting_takes_codes(setting))
		for_codes(each);
	else if (strcmp(setting->name, "target") == 0)
		for_targets(each);
	else
		return false;
	return true;
}

static void no_word(struct slice word)
{
	(void)word;
}

static bool value_is(const struct option_shape *shape, const char *name)
{
	return slice_equal(shape->value, slice_of(name));
}

static bool is_folder(const struct option_shape *shape)
{
	return value_is(shape, "DIR") || value_is(shape, "OUT");
}

/* The words that may stand behind an option; false: any may. */
static bool for_values(const struct option_shape *shape, each_word *each)
{
	struct slice last = shape->spellings[shape->count - 1];
	const char *const *words = option_words(last);

	if (value_is(shape, "CODE"))
		for_codes(each);
	else if (slice_equal(last, SLICE("--only")))
		for (int file = 0; file < OSCAM_FILE_COUNT; file++)
			each(slice_of(oscam_file_name((enum oscam_file)file)));
	else if (slice_equal(last, SLICE("--target")))
		for_targets(each);
	else if (words)
		for_choices(words, each);
	else
		return false;
	return true;
}

/* ---- what all shells share ---- */

static void print_slice(struct slice text)
{
	(void)fwrite(text.at, 1, text.len, stdout);
}

static void print_word(struct slice word)
{
	(void)putchar(' ');
	print_slice(word);
}

static void print_assignment(struct slice word)
{
	print_word(word);
	(void)putchar('=');
}

/* A meaning in single quotes; `also` are characters that want a backslash there. */
static void print_meaning(const char *text, const char *also)
{
	for (; *text; text++) {
		if (*text == '\'')
			(void)fputs("'\\''", stdout);
		else
			(void)printf(strchr(also, *text) ? "\\%c" : "%c", *text);
	}
}

static void print_command(const char *command)
{
	(void)printf(" %s", command);
}

/* What stands behind a command, where that is none of a few files. */
static const struct {
	const char *command;
	void (*words)(each_word *each);
} operands[] = {
	{"help", for_topics}, {"help", for_templates}, {"explain", for_lines}, {"explain", for_codes}};

enum { OPERANDS = sizeof operands / sizeof *operands };

/* Behind these a folder stands, and no file. */
static bool wants_folder(const char *command)
{
	return strcmp(command, "locate") == 0 || strcmp(command, "undo") == 0;
}

/* The words between `before` and `after`. False: files stand behind the command. */
static bool print_operands(const char *command, const char *before, const char *after)
{
	bool any = false;

	for (size_t i = 0; i < OPERANDS; i++) {
		if (strcmp(operands[i].command, command) != 0)
			continue;
		(void)fputs(any ? "" : before, stdout);
		operands[i].words(print_word);
		any = true;
	}
	(void)fputs(any ? after : "", stdout);
	return any;
}

/* ---- bash ---- */

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
	} else if (is_folder(shape)) {
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

static void print_bash(void)
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

/* ---- zsh ---- */

static void zsh_action(const struct option_shape *shape)
{
	if (value_is(shape, "NAME=VALUE")) {
		(void)fputs("->set", stdout);
	} else if (is_folder(shape)) {
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
		print_meaning(shape->meaning, "[]");
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

static void print_zsh(void)
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

/* ---- fish ---- */

static void fish_values(const struct option_shape *shape)
{
	if (is_folder(shape)) {
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

static void print_fish(void)
{
	(void)puts("# fish completion for cc2oscam, made from its own tables");
	fish_settings();
	(void)fputs("complete -c cc2oscam -n __fish_use_subcommand -f -a '", stdout);
	for_commands(true, print_command);
	(void)puts("'");
	for_commands(false, fish_command);
	for (size_t i = 0; i < OPERANDS; i++) {
		(void)printf("complete -c cc2oscam -n '__fish_seen_subcommand_from %s' -f -a '",
			operands[i].command);
		operands[i].words(print_word);
		(void)puts("'");
	}
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
