/* What the commands that convert one CCcam.cfg share: convert writes the result, diff shows what would
 * change.
 */
#ifndef CC2OSCAM_CONVERT_H
#define CC2OSCAM_CONVERT_H

#include "fileset.h"
#include "report_file.h"

struct convert {
	struct conversion c;
	const struct request *request;
	const char *path;   /* of CCcam.cfg, or -; NULL: the one found under --root */
	const char *folder; /* whose files matter: they are in `set`; or NULL */
	unsigned how;       /* that folder is opened: enum output_how */
	bool inner;         /* migrate runs this conversion, and prints itself what comes next */
	bool done;          /* the last lines, say_end, may be printed */
	bool dry;           /* nothing is written, and messages say "would" */
	bool keeps_old;     /* of a dry run: writing it would leave backups */
	bool nothing;       /* of a dry run: OSCam could do nothing with the files */
	/* What the command is for, once all is translated and its findings are said. */
	enum status (*result)(struct convert *v);
	struct output output;
	struct file_set set;
	bool reported;
	struct report_target report;
};

/* From the file to the summary and the report; the caller has set what stands up to `result`. */
enum status convert_one(struct convert *v);
/* Whether the new texts of `set` were made, and no working OSCam would have to make room for nothing. */
enum status set_may_be_written(struct convert *v);
/* The command convert for one file, to where the request says. `how` is for a new set: enum output_how. */
enum status convert_into(const struct request *request, const char *path, unsigned how);
/* diff.c: `result` of a dry run: prints what would change, or only makes it to be counted. */
enum status diff_show(struct convert *v);
enum status diff_count(struct convert *v);
/* "DIR: +2 readers, ~1 account, -0" on standard error, nothing with -q. */
void say_changes(struct convert *v);

#endif
