/* What the files of the writer share: a set's files, the places where they really are, and failing. */
#ifndef CC2OSCAM_SET_H
#define CC2OSCAM_SET_H

#include <sys/stat.h>

#include "cc2oscam/output.h"

/* The folder of an unfinished switch, in the folder of the set. In it `new/NAME` and `old/NAME` are links to
 * the hidden files, and `current` is a link to one of the two. */
#define STAGING ".cc2oscam"

/* The hidden names beside a file: what will replace it, what it was, and the link before it gets the name. */
enum role { ROLE_NEW, ROLE_OLD, ROLE_LINK, ROLE_COUNT };

/* Where a file really is: in the set's folder, or where a link there leads. */
struct spot {
	int folder;               /* descriptor */
	char *path;               /* malloc'ed: the folder, absolute; NULL: the set's own (then not closed) */
	char *base;               /* malloc'ed: its name there */
	char *hidden[ROLE_COUNT]; /* malloc'ed: `.BASE.cc2oscam-new` ..., elsewhere
				     `.BASE.DEVICE-INODE.cc2oscam-new` ... */
};

struct output_file {
	char *name;         /* malloc'ed */
	char *path;         /* malloc'ed, for messages: FOLDER/NAME */
	struct spot spot;   /* not in a new folder */
	struct stat before; /* of the existing file, when it was looked at */
	bool existed;
	bool opened;               /* a new file is written for it */
	int file;                  /* open for writing, or -1 */
	uint64_t bytes;            /* written so far */
	bool moved_old, moved_new; /* plain.c */
};

/* files.c. Keeps the first failure, with the reason in errno. `name` is NULL for the folder. Returns -1. */
int set_fail(struct output *output, const char *name, const char *what);
/* The same, when `what` is the reason. */
int set_refuse(struct output *output, const char *name, const char *what);
/* fsync, but not for OUTPUT_DEFER. File systems that cannot flush are taken as they are. */
int set_flush(const struct output *output, int file);
/* malloc'ed */
char *copy_of(const char *text);

/* spot.c */
/* Finds the real place of file->name, and what is there. Returns 0, or -1 with output->failed. */
int spot_find(struct output *output, struct output_file *file);
/* The place that the record new/NAME in `staging` names. Returns 0, or -1 with errno. */
int spot_recorded(struct spot *spot, int folder, int staging, const char *name);
void spot_end(struct spot *spot);
/* Links FOLDER/.cc2oscam/{old,new}/NAME to the hidden file of that role. */
int spot_record(struct output *output, const struct output_file *file, enum role role);
/* malloc'ed: what a link at the place says while it leads through FOLDER/.cc2oscam/current; or NULL with
 * errno. */
char *spot_link(const struct output *output, const struct output_file *file);
/* Whether such a link is at the place: 1, 0, or -1 with errno. */
int spot_is_link(const struct spot *spot, const char *name);
/* What a symbolic link says, malloc'ed; or NULL with errno (EINVAL: it is none). */
char *link_text(int folder, const char *name);
/* Whether this is how a file system says that it has no links, or no more of them. */
bool no_links_here(int why);
bool same_file(const struct stat *a, const struct stat *b);
/* The same file with the same content and rights, as far as the system tells. */
bool same_state(const struct stat *a, const struct stat *b);
/* Renames within `folder`, never over something. Returns 0, or -1 with errno. */
int rename_new(int folder, const char *from, const char *to);
/* Exchanges the two names; -1 with EINVAL or ENOSYS where the system cannot. */
int rename_exchange(int folder, const char *a, const char *b);

/* folder.c: a set whose folder is new. */
/* 0; 1: somebody removed a folder meanwhile, so try again; or -1 with output->failed. */
int folder_prepare(struct output *output);
int folder_commit(struct output *output);
void folder_remove(struct output *output);
/* Removes the hidden folder of a killed process beside a folder that is there by now. */
void folder_sweep(struct output *output);
/* Takes the lock of an open folder. False: another process has it. */
bool folder_lock(int folder);

/* switch.c: a set whose folder is there. Returns 0, or -1 with output->failed and nothing switched. */
int switch_open(struct output *output, struct output_file *file);
int switch_commit(struct output *output);
/* Whether the file is still the one that was looked at, under `name` in its folder. Returns 0, or -1 with
 * output->failed. */
int switch_unchanged(struct output *output, const struct output_file *file, const char *name);
int switch_flush_folders(struct output *output);

/* plain.c: the switch where there are no links. */
int plain_commit(struct output *output);

/* settle.c: brings an unfinished switch to its end: back to the old files, or on to the new ones if it had
 * happened. Does nothing without a staging folder. Returns 0, or -1 with output->failed and the rest left for
 * another time. */
int settle(struct output *output);

#endif
