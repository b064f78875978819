/* The words of cc2oscam, from the tables of the program, for the completions of all shells. What begins with
 * print_ goes to standard output. */
#ifndef CC2OSCAM_COMPLETION_H
#define CC2OSCAM_COMPLETION_H

#include "app/options.h"

typedef void each_option(const char *command, const struct option_row *row);

/* The options that the command takes; what they mean there. */
void for_options(const char *command, each_option *each);
const char *option_meaning(const char *command, const struct option_row *row);

/* What stands behind an option, and behind a command: words, where it is none of the others. */
enum behind { BEHIND_NOTHING, BEHIND_FOLDER, BEHIND_FILE, BEHIND_SETTING, BEHIND_WORDS };
enum behind behind_option(const struct option_row *row);
enum behind behind_command(const char *command);

void print_commands(void); /* each of these words behind a blank */
void print_words(const struct option_row *row);
void print_operands(const char *command);
void print_settings(void); /* " NAME=" */

void print_bash(void);
void print_zsh(void);
void print_fish(void);

#endif
