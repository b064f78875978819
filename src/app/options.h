/* The options of the command line, one row each: the only list of them. */
#ifndef CC2OSCAM_OPTIONS_H
#define CC2OSCAM_OPTIONS_H

#include "app.h"

struct option_row {
	const char *name;  /* without dashes; NULL: it has none */
	char letter;       /* or 0 */
	bool has_value;    /* something stands behind it */
	bool makes;        /* it decides what is in the files, not where they go or what is printed */
	unsigned commands; /* those that take it, a bit each */
	/* Sets what the option is for; false: its value is wrong, and that was said. NULL: see collect. */
	bool (*set)(const struct option_row *row, struct request *request, const char *value);
	size_t goes; /* of some: the place of what it sets in the request; or a number for `set` */
	const char *const *words; /* of which one stands behind it, with NULL at the end; or NULL */
};

/* One of request->given. */
struct given {
	const struct option_row *option;
	const char *value; /* NULL: it takes none */
};

/* " --profile server": the option as it is typed, with a blank in front. */
void add_given(struct buffer *text, const struct given *given);
/* "webif.httppwd = word" of --set is a secret that no log needs. */
bool assignment_is_secret(const char *assignment);

#endif
