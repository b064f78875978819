/* The options as they were given, for those who make a command of them again. */
#ifndef CC2OSCAM_OPTIONS_H
#define CC2OSCAM_OPTIONS_H

#include "app.h"

/* Options without a letter; the others are their letters. */
enum long_option {
	OPTION_ONLY = 256,
	OPTION_REPLACE,
	OPTION_STRICT,
	OPTION_REPORT,
	OPTION_REPORT_FORMAT,
	OPTION_REDACT,
	OPTION_TEMPLATES,
	OPTION_COMMENTS,
	OPTION_COLOR,
	OPTION_PROFILE,
	OPTION_TARGET,
	OPTION_SETTINGS,
	OPTION_SET,
	OPTION_ROOT,
	OPTION_RESUME,
	OPTION_SHARD,
	OPTION_PROGRESS,
	OPTION_DIFF,
	OPTION_MERGE,
	OPTION_ALLOW_EMPTY,
	OPTION_YES
};

/* Sets what the option is for; false: its value is wrong, and that was said. */
bool option_set(struct request *request, int option, const char *argument);

/* "webif.httppwd = word" of --set is a secret that no log needs. */
bool assignment_is_secret(const char *assignment);

/* One of request->given. */
struct given {
	int option;
	const char *argument; /* NULL: it takes none */
};

/* " --profile server": the option as it is typed, with a blank in front. */
void add_given(struct buffer *text, const struct given *given);

#endif
