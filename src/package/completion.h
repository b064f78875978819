/* The words of cc2oscam, from the tables of the program, for the completions of all shells. What begins with
 * print_ goes to standard output. */
#ifndef CC2OSCAM_COMPLETION_H
#define CC2OSCAM_COMPLETION_H

#include "app/options.h"

/* Whether the command takes the option; what the option means there. */
bool takes_option(const char *command, const struct option_row *row);
const char *option_meaning(const char *command, const struct option_row *row);

/* What stands behind an option, and behind a command: words, where it is none of the others. */
enum behind { BEHIND_NOTHING, BEHIND_FOLDER, BEHIND_FILE, BEHIND_SETTING, BEHIND_WORDS, BEHINDS };
/* How a shell says each of them: around the words of BEHIND_WORDS, and around the names of the settings where
 * something stands after those. */
struct behind_texts {
	const char *before[BEHINDS], *after[BEHINDS];
};
void print_behind_option(const struct behind_texts *texts, const struct option_row *row);
void print_behind_command(const struct behind_texts *texts, const char *command);

void print_commands(void); /* each of these words behind a blank */
void print_words(const struct option_row *row);
void print_settings(void); /* " NAME=" */
/* `format` with the name of each setting that has a list of words, the words, and `after`. */
void print_choices(const char *format, const char *after);

void print_bash(void);
void print_zsh(void);
void print_fish(void);

#endif
