/* The end of a run: what was written, where, and the command that comes next, on standard error. */
#ifndef CC2OSCAM_NEXT_H
#define CC2OSCAM_NEXT_H

#include "convert.h"
#include "shell.h"

/* `name` is there and nothing was written: the commands that write all the same. */
enum status say_existing(const struct convert *v, const char *name);
/* The new files hold nothing, as `why` says, and nothing was written: the command that writes even so. */
enum status say_would_empty(const struct convert *v, struct slice why);
/* The folder has only files of the other program's, `name` being one: the command for them. `refused`: so
 * nothing is done. */
void say_other_program(const struct convert *v, const char *name, bool refused);
/* --merge or --replace without -o. */
enum status say_no_folder(const struct request *request);

/* After convert has printed the files. */
void say_printed(const struct convert *v);
/* After it has written them into a folder where none of them was. */
void say_written(const struct convert *v);
/* After --merge or --replace; `changed`: anything is another than before. */
void say_set_written(struct convert *v, bool changed);
/* After a diff, likewise. */
void say_compared(struct convert *v, bool changed);
/* After a check; `cccam`: the CCcam.cfg that was looked at, or NULL; `program`: whose files were. */
void say_checked(const struct request *request, const struct ledger *const *ledgers, size_t count,
	const char *cccam, const char *program);
/* After a batch, to `to`: the folder of one receiver that was written, or NULL. */
void say_batch_done(FILE *to, const struct request *request, const char *receiver, bool failed);

#endif
