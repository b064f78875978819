/* What the files of the writer share: a set's files, the places where they really are, and failing. */
#ifndef CC2OSCAM_WRITER_H
#define CC2OSCAM_WRITER_H

#include <sys/stat.h>

#include "cc2oscam/output.h"
#include "cc2oscam/sha256.h"

/* The folder of an unfinished swap, in the folder of the set. In it `new/NAME` and `old/NAME` are links to
 * the hidden files, and `current` is a link to one of the two. */
#define STAGING ".cc2oscam"
/* A folder in the staging folder, with an empty file NAME for each file that is to be removed. */
#define GONE "gone"

/* The hidden names beside a file: the new file, the old file, and the link before the link gets the file's
 * name. */
enum role { ROLE_NEW, ROLE_OLD, ROLE_LINK, ROLE_COUNT };

/* Where a file really is: in the set's folder, or where a link there leads. Texts are in the set's arena. */
struct real_place {
	int folder;                     /* descriptor */
	const char *path;               /* the folder, absolute; NULL: the set's own (then not closed) */
	const char *base;               /* its name there */
	const char *hidden[ROLE_COUNT]; /* `.BASE.cc2oscam-new` ..., elsewhere
					   `.BASE.DEVICE-INODE.cc2oscam-new` ... */
};

struct output_file {
	const char *name;        /* in the set's arena */
	const char *path;        /* the same, for messages: FOLDER/NAME */
	struct real_place place; /* not in a new folder */
	struct stat before;      /* of the existing file, when it was looked at */
	bool existed;
	bool opened;               /* a new file is written, or the file is to be removed */
	bool removed;              /* the file is to be removed */
	int file;                  /* open for writing, or -1 */
	uint64_t bytes;            /* written so far */
	struct sha256 sum;         /* of the bytes written, where a record is wanted */
	char old_sum[65];          /* of the old text, for the record */
	bool moved_old, moved_new; /* rename.c */
};

/* Where nothing else is said, a function returns false with the reason in output->failed. */

/* files.c. Keeps the first failure, with the reason in errno. `name` is NULL for the folder. Returns false.
 */
bool output_fail(struct output *output, const char *name, const char *what);
/* The same, when `what` is the reason. */
bool output_refuse(struct output *output, const char *name, const char *what);
/* fsync, but not for OUTPUT_DEFER. File systems that cannot flush are taken as they are. False with errno. */
bool output_flush(const struct output *output, int file);
/* Reads what is there now, into a raw `source`. False with errno. */
bool read_existing(const struct output_file *file, struct stat *status, struct source *source);
/* Closes what is open, and leaves errno. */
void close_file(int file);
/* Calls `take` for each name in a folder until it returns false. False with errno. */
bool each_name(int above, const char *path, bool (*take)(void *context, int folder, const char *name),
	void *context);
/* Takes the lock of an open folder or file. False: another process has it. */
bool take_lock(int file);
bool same_file(const struct stat *a, const struct stat *b);

/* record.c */
bool is_record(const char *name);
/* Remembers what is there, of a file that is opened now. */
bool record_before(struct output *output, struct output_file *file);
/* Adds the record to the set, once, where one is wanted. */
bool record_write(struct output *output);

/* real_place.c */
/* Finds the real place of file->name, and what is there. */
bool real_place_find(struct output *output, struct output_file *file);
/* The place that the record new/NAME in `staging` names. False with errno. */
bool real_place_recorded(struct output *output, struct real_place *place, int staging, const char *name);
void real_place_end(struct real_place *place);
/* Links FOLDER/.cc2oscam/{old,new}/NAME to the hidden file of that role. False with errno. */
bool real_place_record(struct output *output, const struct output_file *file, enum role role);
/* What a link at the place says while it leads through FOLDER/.cc2oscam/current; or NULL with errno. */
const char *real_place_link(struct output *output, const struct output_file *file);
/* Whether such a link is at the place. False with errno. */
bool real_place_is_link(
	struct output *output, const struct real_place *place, const char *name, bool *is_link);
/* The text of a symbolic link, in the set's arena; or NULL with errno (EINVAL: the name is no link). */
const char *link_text(struct output *output, int folder, const char *name);

/* new_folder.c: a set whose folder is new. */
/* False without output->failed: somebody removed a folder meanwhile, so try again. */
bool new_folder_prepare(struct output *output);
bool new_folder_commit(struct output *output);
void new_folder_remove(struct output *output);
void close_parent(struct output *output);
/* Removes the hidden folder of a killed process beside a folder that is there by now. */
void new_folder_sweep(struct output *output);

/* swap.c: a set whose folder is there. Where swap_commit fails, nothing is swapped. */
bool swap_open(struct output *output, struct output_file *file);
bool swap_remove(struct output *output, struct output_file *file);
bool swap_commit(struct output *output);
/* Whether the file under `name` in its folder is still the file that was looked at, unchanged. */
bool still_unchanged(struct output *output, const struct output_file *file, const char *name);
bool flush_folders(struct output *output);

/* rename.c */
/* Whether this is how a file system says that it has no links, or no more of them. */
bool no_links_here(int why);
/* Renames within `folder`, never over something. False with errno. */
bool rename_new(int folder, const char *from, const char *to);
/* Exchanges the two names. False with errno: EINVAL or ENOSYS where the system cannot. */
bool rename_exchange(int folder, const char *a, const char *b);
/* Instead of the swap, where there are no links. */
bool rename_each(struct output *output);

/* rights.c: gives the open new file what the old one, `name` in `folder`, has. Returns NULL, or what cannot
 * be kept, with errno. */
const char *keep_rights(int file, int folder, const char *name, const struct stat *old);

/* recover.c: brings an unfinished swap to its end: back to the old files, or on to the new ones if it had
 * happened. Does nothing without a staging folder. Where it fails, the rest is left for another time. */
bool recover(struct output *output);

#endif
