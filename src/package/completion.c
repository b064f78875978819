/* Makes what a shell needs to complete the words of cc2oscam: completion SHELL FILE, where SHELL is bash, zsh
 * or fish. All words come from the tables of the program. Runs at build time, and is not installed. */
#include "completion.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/embedded.h"

/* ---- the tables ---- */

struct option_shape shape_of(const struct option_help *row)
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

bool is_taken(const char *command, const struct option_shape *shape)
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

void for_options(const char *command, each_option *each)
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

void for_commands(bool options, void (*each)(const char *command))
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

void for_settings(each_word *each)
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

bool for_setting_values(const struct setting_row *setting, each_word *each)
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

void no_word(struct slice word)
{
	(void)word;
}

bool value_is(const struct option_shape *shape, const char *name)
{
	return slice_equal(shape->value, slice_of(name));
}

bool takes_folder(const struct option_shape *shape)
{
	return value_is(shape, "DIR") || value_is(shape, "OUT");
}

bool for_values(const struct option_shape *shape, each_word *each)
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

void print_slice(struct slice text)
{
	(void)fwrite(text.at, 1, text.len, stdout);
}

void print_word(struct slice word)
{
	(void)putchar(' ');
	print_slice(word);
}

void print_assignment(struct slice word)
{
	print_word(word);
	(void)putchar('=');
}

void print_command(const char *command)
{
	(void)printf(" %s", command);
}

const struct operand_words operands[] = {{"help", for_topics}, {"help", for_templates},
	{"explain", for_lines}, {"explain", for_codes}, {NULL, NULL}};

bool wants_folder(const char *command)
{
	return strcmp(command, "locate") == 0 || strcmp(command, "undo") == 0;
}

bool print_operands(const char *command, const char *before, const char *after)
{
	bool any = false;

	for (const struct operand_words *row = operands; row->command; row++) {
		if (strcmp(row->command, command) != 0)
			continue;
		(void)fputs(any ? "" : before, stdout);
		row->words(print_word);
		any = true;
	}
	(void)fputs(any ? after : "", stdout);
	return any;
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
