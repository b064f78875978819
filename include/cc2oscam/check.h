/* OSCam's files looked at as OSCam will read them: everything that it drops, cuts, wraps, renames or ignores,
 * and what does not fit together between the files. Every check is a code (codes.h). */
#ifndef CC2OSCAM_CHECK_H
#define CC2OSCAM_CHECK_H

#include "cc2oscam/document.h"
#include "cc2oscam/findings.h"

struct check_file {
	enum oscam_file file;
	struct source source;     /* raw; the caller's */
	unsigned mode;            /* its rights as stat gives them; 0: not known */
	struct ledger ledger;     /* what was found; of check_run */
	struct document document; /* of a file with sections; of check_run */
	const struct list *made;  /* struct made_section: these are the file, and it has no text; or NULL */
};

/* Of each key a value in which no check of values found anything, and of a set of made files which checks
 * found anything: whoever looks at many sets need not look at the same values again, nor run the other checks
 * on a set that is alike. Forgotten where another target is meant, or other checks are switched off. For one
 * thread; freed with free. NULL: there is not enough memory, and nothing is remembered. */
struct check_memory;
struct check_memory *check_memory_new(void);

/* The files of one OSCam, as far as they are there. Checks that need a file that is not there are silent;
 * only where a whole folder is looked at, what names something in such a file names nothing. */
struct check_set {
	struct arena *arena;
	struct check_file *files[OSCAM_FILE_COUNT]; /* NULL: not there */
	const bool *skip;                           /* CODE_COUNT of them: switched off; NULL: none */
	const struct target *target;                /* which OSCam is meant; NULL: any */
	bool folder;                                /* these are all that a folder has */
	struct check_memory *memory;                /* of earlier sets; or NULL */
	bool recurs;                                /* all files are made, and others may be alike */
};

/* A comment "# cc2oscam: skip CODE, CODE" in a section, or right above its header, switches checks off for
 * what stands in that section. The work is linear in the text. */
void check_run(struct check_set *set);

/* What it says of one setting by itself, `value` being trimmed; NULL: nothing. What hangs on other settings
 * is no matter here: a port that another service has, a web interface without a password. A key of readers is
 * looked at in one of this protocol, and setting-unused tells that they have no use for it; of other
 * sections the protocol is NULL. */
const struct finding *check_alone(
	struct arena *arena, enum schema_key_id key, struct slice value, const char *protocol);

/* Which of OSCam's files a text is, by the first header that it has; OSCAM_FILE_COUNT: none of those with
 * headers that tell. */
enum oscam_file check_recognise(const struct source *source);

#endif
