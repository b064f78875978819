/* What differs between two texts, as a unified diff that `patch -p1` and `git apply` take. The work
 * grows with the lines: between lines that stand once on each side a part of more than some thousand lines is
 * not compared in full, so that the diff may be longer than the shortest. It is always correct. */
#ifndef CC2OSCAM_DIFF_H
#define CC2OSCAM_DIFF_H

#include "cc2oscam/text.h"

struct diff_options {
	const char *name; /* shown as a/NAME and b/NAME; only letters, digits, '.', '-', '_' and '/' */
	unsigned context; /* how many equal lines around a change: 3 as a rule */
	bool terminal;    /* somebody looks at it: control bytes are shown as '?', so it is no patch */
	bool color;       /* the same, in colours */
	/* The file is new: there is no old one, whose text is empty. A new file comes with mode 0600 for
	 * `patch`; `git apply` gives it the usual mode. */
	bool old_missing;
	bool secrets; /* passwords and keys are masked (masked.h) */
	bool hosts;   /* the same, and hosts and labels too */
	/* Not NULL: nothing is printed, and this is called for each hunk (sign '@', whose lines begin at
	 * these numbers) and each line of it (' ', '-' or '+', as printed; the text is good until the next
	 * call). */
	void (*take)(void *context, char sign, uint32_t old, uint32_t new, struct slice text);
	void *take_context;
};

/* Lines end with LF only. Any other byte may be in a line, NULs and what is no UTF-8 as well: `patch` and
 * `git apply` take them. A hunk's head names the section that it starts in, harmless to a terminal in any
 * case. Nothing is printed when nothing differs; a missing file and an empty one differ. False with errno
 * when the sink failed. */
bool diff_write(
	struct slice old, struct slice new, const struct diff_options *options, const struct sink *sink);

#endif
