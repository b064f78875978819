/* Wrong words on the command line: what was meant, and the command for that. */
#ifndef CC2OSCAM_WORDS_H
#define CC2OSCAM_WORDS_H

#include "app.h"

/* Every function here returns STATUS_FAILED after a message, or STATUS_DONE where nothing is wrong. */

/* The first word is no command. */
enum status wrong_command(const struct request *request, int argc, char **argv);
/* getopt refused `word`, whose letter is `letter` (0: it has none) for want of a value or because there is no
 * such option. */
enum status wrong_option(const struct request *request, const char *word, int letter, bool no_value);
/* Words that getopt would take for something else: "-merge", and a dash that a word processor made. */
enum status odd_dashes(const struct request *request);
/* More or fewer words than the command takes; what it does take is said by the caller. */
enum status wrong_count_of_words(const struct request *request);
/* A folder where a file is wanted, a file where a folder is, or both the other way round. */
enum status wrong_operands(const struct request *request);
/* diff compares with the folder that stands last, not behind -o. */
enum status diff_with_output(const struct request *request, const char *folder);
/* convert without a CCcam.cfg, and without --root. */
enum status no_cccam_file(const struct request *request);
/* The value of --settings is a folder. */
enum status wrong_settings(const char *path);

#endif
