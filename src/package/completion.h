/* The words of cc2oscam, from the tables of the program, for the completions of all shells. What begins with
 * print_ goes to standard output. */
#ifndef CC2OSCAM_COMPLETION_H
#define CC2OSCAM_COMPLETION_H

#include "app/page.h"
#include "app/settings.h"

/* One option of one command, as the help spells it: "-o, --output DIR". */
struct option_shape {
	struct slice spellings[3]; /* "-o", "--output" */
	int count;
	struct slice value; /* "DIR"; empty: none follows */
	const char *meaning;
};

typedef void each_word(struct slice word);
typedef void each_option(const char *command, const struct option_shape *shape);

struct option_shape shape_of(const struct option_help *row);
bool is_taken(const char *command, const struct option_shape *shape);
/* The option's value has this name in the help. */
bool value_is(const struct option_shape *shape, const char *name);
bool takes_folder(const struct option_shape *shape);
/* Behind the command a folder stands, and no file. */
bool wants_folder(const char *command);

void for_options(const char *command, each_option *each);
/* Each command once; with `options` --version too, which stands in place of one. */
void for_commands(bool options, void (*each)(const char *command));
void for_settings(each_word *each);
/* The words that may stand behind NAME= of --set; false: any may. */
bool for_setting_values(const struct setting_row *setting, each_word *each);
/* The words that may stand behind an option; false: any may. */
bool for_values(const struct option_shape *shape, each_word *each);
void no_word(struct slice word);

/* What stands behind a command, where that is none of a few files; the last row has no command. */
struct operand_words {
	const char *command;
	void (*words)(each_word *each);
};
extern const struct operand_words operands[];

void print_slice(struct slice text);
void print_word(struct slice word);       /* " WORD" */
void print_assignment(struct slice word); /* " WORD=" */
void print_command(const char *command);
/* The words between `before` and `after`. False: files stand behind the command. */
bool print_operands(const char *command, const char *before, const char *after);

void print_bash(void);
void print_zsh(void);
void print_fish(void);

#endif
