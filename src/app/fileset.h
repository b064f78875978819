/* What a conversion would leave in a folder: the new text of each file, in memory beside what stands there
 * already. `diff` prints the difference; convert --merge and --replace, and batch, write it. */
#ifndef CC2OSCAM_FILESET_H
#define CC2OSCAM_FILESET_H

#include "cc2oscam/compare.h"
#include "cc2oscam/merge.h"
#include "cc2oscam/output.h"
#include "conversion.h"

struct set_file {
	bool there;   /* it exists already */
	bool written; /* the conversion has a text for this file, and --only does not leave the file out */
	struct source old;  /* raw; empty where the file is not there */
	struct buffer text; /* the new text, proved */
};

/* Zero before file_set_read. A merge's model and findings lie in its texts, so that file_set_free comes after
 * the report. */
struct file_set {
	const struct target *target; /* whose files they are */
	struct set_file files[OSCAM_FILE_COUNT];
	struct merge *merge; /* NULL: the new texts take the place of the old ones */
	struct slice failed; /* why it cannot be made */
	const char *other;   /* as other_program_file has it */
};

/* The first file of the folder that is the other program's, where none of the target's is there; or NULL. */
const char *other_program_file(const struct output *output, const struct target *target);
/* Reads what is there, as output_existing does. False with set->failed. */
bool file_set_read(
	struct file_set *set, const struct target *target, struct output *output, struct arena *arena);
/* Before the translation, when merging: what the files that are there decide. */
void file_set_choose(const struct file_set *set, struct conversion *c);
/* After the translation: when merging finds out what stands for what, which may lose lines; then renders and
 * proves every file, and says what check finds in the folder that it did not find before. False with
 * set->failed. */
bool file_set_make(struct file_set *set, struct conversion *c, bool merge);
/* Whether this file is to be written: its new text is not the text in the folder. */
bool file_set_differs(const struct file_set *set, enum oscam_file file);
bool file_set_differs_at_all(const struct file_set *set);
/* Whether a file that is there is to be written, so that its old text is kept as a backup. */
bool file_set_keeps_old(const struct file_set *set);
/* What differs, as OSCam holds it: "+2 readers, ~1 account, -0". False: nothing that OSCam reads does. */
bool file_set_changes(const struct file_set *set, struct arena *arena, struct buffer *text);
/* diff.c: a unified diff of one file, which shows it as a/NAME and b/NAME on standard output in the end. */
void file_set_diff(const struct file_set *set, enum oscam_file file, const struct request *request,
	const char *name, const struct sink *sink);
/* Hands the files that differ to the output, up to its commit, which is the caller's. False with
 * output->failed. */
bool file_set_write(const struct file_set *set, struct output *output);
void file_set_free(struct file_set *set);

#endif
