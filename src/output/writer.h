/* What the files of the writer share: a set's files, the places where they really are, and failing. */
#ifndef CC2OSCAM_WRITER_H
#define CC2OSCAM_WRITER_H

#include <sys/stat.h>

#include "cc2oscam/output.h"
#include "cc2oscam/sha256.h"

/* The folder of an unfinished swap, in the folder of the set. In it `new/NAME` and `old/NAME` are links to
 * the hidden files, and `current` is a link to one of the two. */
#define STAGING ".cc2oscam"
/* In it there is an empty file NAME for each file that is to be gone. */
#define GONE "gone"

/* The hidden names beside a file: what will replace it, what it was, and the link before it gets the name. */
enum role { ROLE_NEW, ROLE_OLD, ROLE_LINK, ROLE_COUNT };

/* Where a file really is: in the set's folder, or where a link there leads. */
struct real_place {
	int folder;               /* descriptor */
	char *path;               /* malloc'ed: the folder, absolute; NULL: the set's own (then not closed) */
	char *base;               /* malloc'ed: its name there */
	char *hidden[ROLE_COUNT]; /* malloc'ed: `.BASE.cc2oscam-new` ..., elsewhere
				     `.BASE.DEVICE-INODE.cc2oscam-new` ... */
};

struct output_file {
	char *name;              /* malloc'ed */
	char *path;              /* malloc'ed, for messages: FOLDER/NAME */
	struct real_place place; /* not in a new folder */
	struct stat before;      /* of the existing file, when it was looked at */
	bool existed;
	bool opened;               /* a new file is written for it, or it is to be gone */
	bool removed;              /* it is to be gone */
	int file;                  /* open for writing, or -1 */
	uint64_t bytes;            /* written so far */
	struct sha256 sum;         /* of them, where there is a record */
	char old_sum[65];          /* for the record, of what was there */
	bool moved_old, moved_new; /* rename.c */
};

/* files.c. Keeps the first failure, with the reason in errno. `name` is NULL for the folder. Returns -1. */
int output_fail(struct output *output, const char *name, const char *what);
/* The same, when `what` is the reason. */
int output_refuse(struct output *output, const char *name, const char *what);
/* fsync, but not for OUTPUT_DEFER. File systems that cannot flush are taken as they are. */
int output_flush(const struct output *output, int file);
/* Reads what is there now. Returns 0 with a raw `source`, or -1 with errno. */
int read_existing(const struct output_file *file, struct stat *status, struct source *source);
/* malloc'ed */
char *copy_of(const char *text);

/* record.c */
bool is_record(const char *name);
/* Remembers what is there, of a file that is opened now. Returns 0, or -1 with output->failed. */
int record_before(struct output *output, struct output_file *file);
/* Adds the record to the set, once, where one is wanted. Returns 0, or -1 with output->failed. */
int record_write(struct output *output);

/* real_place.c */
/* Finds the real place of file->name, and what is there. Returns 0, or -1 with output->failed. */
int real_place_find(struct output *output, struct output_file *file);
/* The place that the record new/NAME in `staging` names. Returns 0, or -1 with errno. */
int real_place_recorded(struct real_place *place, int folder, int staging, const char *name);
void real_place_end(struct real_place *place);
/* Links FOLDER/.cc2oscam/{old,new}/NAME to the hidden file of that role. */
int real_place_record(struct output *output, const struct output_file *file, enum role role);
/* malloc'ed: what a link at the place says while it leads through FOLDER/.cc2oscam/current; or NULL with
 * errno. */
char *real_place_link(const struct output *output, const struct output_file *file);
/* Whether such a link is at the place: 1, 0, or -1 with errno. */
int real_place_is_link(const struct real_place *place, const char *name);
/* What a symbolic link says, malloc'ed; or NULL with errno (EINVAL: it is none). */
char *link_text(int folder, const char *name);
bool same_file(const struct stat *a, const struct stat *b);
/* The same file with the same content and rights, as far as the system tells. */
bool same_state(const struct stat *a, const struct stat *b);

/* new_folder.c: a set whose folder is new. */
/* 0; 1: somebody removed a folder meanwhile, so try again; or -1 with output->failed. */
int new_folder_prepare(struct output *output);
int new_folder_commit(struct output *output);
void new_folder_remove(struct output *output);
void close_parent(struct output *output);
/* Removes the hidden folder of a killed process beside a folder that is there by now. */
void new_folder_sweep(struct output *output);
/* Takes the lock of an open folder or file. False: another process has it. */
bool take_lock(int file);

/* swap.c: a set whose folder is there. Returns 0, or -1 with output->failed and nothing swapped. */
int swap_open(struct output *output, struct output_file *file);
int swap_remove(struct output *output, struct output_file *file);
int swap_commit(struct output *output);
/* Whether the file is still the one that was looked at, under `name` in its folder. Returns 0, or -1 with
 * output->failed. */
int still_unchanged(struct output *output, const struct output_file *file, const char *name);
int flush_folders(struct output *output);

/* rename.c */
/* Whether this is how a file system says that it has no links, or no more of them. */
bool no_links_here(int why);
/* Renames within `folder`, never over something. Returns 0, or -1 with errno. */
int rename_new(int folder, const char *from, const char *to);
/* Exchanges the two names; -1 with EINVAL or ENOSYS where the system cannot. */
int rename_exchange(int folder, const char *a, const char *b);
/* Instead of the swap, where there are no links. */
int rename_each(struct output *output);

/* rights.c: gives the open new file what the old one, `name` in `folder`, has. Returns NULL, or what cannot
 * be kept, with errno. */
const char *keep_rights(int file, int folder, const char *name, const struct stat *old);

/* recover.c: brings an unfinished swap to its end: back to the old files, or on to the new ones if it had
 * happened. Does nothing without a staging folder. Returns 0, or -1 with output->failed and the rest left for
 * another time. */
int recover(struct output *output);

#endif
