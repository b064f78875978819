/* What the user can choose: options of the command line and settings, one row each: the only list of them. */
#ifndef CC2OSCAM_OPTIONS_H
#define CC2OSCAM_OPTIONS_H

#include "app.h"

/* Where values go. */
struct settings {
	struct request *request;
	struct list set_keys; /* struct set_key, in the order given */
	const char *folder; /* with a / at its end: relative paths start there; "": where the program runs */
};

/* Behind the bits of the commands. */
#define OPTION_MAKES (1U << 30) /* decides what is in the files, not where they go or what is printed */
#define OPTION_LIST  (1U << 29) /* the setting may have several values: { "a", "b" } */

struct option_row {
	const char *name;  /* without dashes; NULL: it has none */
	char letter;       /* or 0 */
	unsigned commands; /* commands that take the option, a bit each */
	/* Takes a value, which is zero-terminated and stays; value.at is NULL where none follows the option.
	 * False with the reason in `why`: the option's name may stand for an "it" at its beginning. NULL:
	 * the settings file. */
	bool (*set)(
		struct settings *to, const struct option_row *row, struct slice value, struct buffer *why);
	size_t goes;       /* of some: the place of what it sets in the request; or a number for `set` */
	const char *value; /* what the help calls the value; NULL: none follows the option */
	const char *help, *batch;           /* what the help says, and that of batch in its place; or NULL */
	const char *setting;                /* the setting of the same meaning; NULL: there is none */
	const char *const *words;           /* of which one is the value, with NULL at the end; or NULL */
	const char *(*word)(size_t number); /* the same from a function */
	unsigned most;                      /* of a number */
};

extern const struct option_row option_rows[], *const option_end;

extern const char *const command_names[]; /* with NULL at the end */
/* The bit of the command; 1U << COMMANDS: there is no such. */
unsigned command_bit(const char *command);
/* The number-th word that may be the value; NULL after the last, or where any word may be. */
const char *option_word(const struct option_row *row, size_t number);

/* NULL: no setting has this name; `why` says so, with the setting that was probably meant. */
const struct option_row *setting_find(struct slice name, struct buffer *why);
/* Says in `why` that there is no choice of this name, and which of the names was probably meant. */
void setting_say_unknown(struct slice name, const char *const *names, size_t count, struct buffer *why);
/* "profile = server" or "reader.cccam.inactivitytimeout = 600", as --set has it. */
bool setting_assign(struct settings *settings, struct slice text, struct buffer *why);
/* settings_key.c: "SECTION.KEY = VALUE" or "reader.PROTOCOL.KEY = VALUE". `row`: NULL for a word of --set. */
bool set_key(struct settings *to, const struct option_row *row, struct slice text, struct buffer *why);

/* Leaves the reason behind what stands in `why`. Returns false. */
bool refuse(struct buffer *why, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds "; did you mean X?" where one of the names is like the word; else returns false. */
bool suggest(struct buffer *why, struct slice word, const char *const *names, size_t count);

/* One of request->given. */
struct given {
	const struct option_row *option;
	const char *value; /* NULL: it takes none */
};

/* command_line.c: "-o", "--profile". */
const char *option_spelling(struct arena *arena, const struct option_row *row);
/* "webif.httppwd = word" of --set is a secret that no log needs. */
bool assignment_is_secret(const char *assignment);

#endif
