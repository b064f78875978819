/* Writing a set of files: all of them or none. */
#ifndef CC2OSCAM_OUTPUT_H
#define CC2OSCAM_OUTPUT_H

#include "cc2oscam/text.h"

enum { OUTPUT_MAX = 8 };

/* A set of new files in one folder. Each is written to a temporary beside its place, flushed to the disk and
 * renamed when all are complete. */
struct output {
	struct {
		char *name;      /* malloc'ed */
		char *temporary; /* malloc'ed; its name in the folder */
		int file;        /* open for writing, or -1 */
		bool placed;     /* it has its final name */
	} files[OUTPUT_MAX];
	int count;
	int folder;        /* descriptor of the folder, or -1 */
	char *folder_path; /* malloc'ed */
	char *made_from;   /* malloc'ed; the topmost folder that we made, or NULL */
	char *failed;      /* malloc'ed: what went wrong with which file, for a message; NULL */
};

/* Opens the folder, making it (and missing folders above it) with mode 0700. Nothing is left behind by
 * output_abort. Returns 0, or -1 with output->failed. */
int output_begin(struct output *output, const char *folder);
/* Whether a file of this name is there, of whatever kind (a dangling link counts). */
bool output_exists(const struct output *output, const char *name);
/* Starts the next file, mode 0600. Returns 0, or -1 with output->failed. */
int output_open(struct output *output, const char *name);
/* Appends to the file opened last. Returns 0, or -1 with output->failed. */
int output_write(struct output *output, const char *text, size_t len);
/* Flushes and renames all, never over an existing file. Returns 0; or -1 with output->failed and no file
 * of the set in place. */
int output_commit(struct output *output);
/* Removes the temporaries and the folders that we made; does nothing after a commit. */
void output_abort(struct output *output);
/* Frees what is left; calls output_abort when needed. */
void output_end(struct output *output);

#endif
