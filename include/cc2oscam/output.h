/* Writing a set of files into one folder: all of them or none, also over existing ones. */
#ifndef CC2OSCAM_OUTPUT_H
#define CC2OSCAM_OUTPUT_H

#include <stdio.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/schema.h"
#include "cc2oscam/source.h"

/* OSCam's files and the record. */
enum { OUTPUT_MAX = OSCAM_FILE_COUNT + 1 };

/* The record of the last run, in the folder of the set; and what stands in it for the sum of no file. */
#define OUTPUT_RECORD_NAME ".cc2oscam.undo"
#define OUTPUT_NO_TEXT     "-"

enum output_how {
	/* Existing files may be replaced; each is kept as NAME.bak, NAME.bak.1 ... Without it output_open
	   refuses them. */
	OUTPUT_REPLACE = 1,
	/* Nothing is flushed to the disk here. The caller flushes the file system between output_close and
	 * output_commit (one syncfs goes for many sets), and after it if the result must outlive a power cut.
	 */
	OUTPUT_DEFER = 2,
	/* Only output_exists and output_existing are wanted: nothing is made, locked or put in order. */
	OUTPUT_LOOK = 4,
	/* The caller knows that the folder is not there, so it is not looked for. If it is there after all,
	 * the commit fails. */
	OUTPUT_NEW = 8,
	/* Nothing outside the folder is read or written: a file that is a link is refused. */
	OUTPUT_INSIDE = 16,
	/* A record of what the files were and become is written with them (src/output/record.c). It takes the
	   place of the earlier record, of which no backup is kept. */
	OUTPUT_RECORD = 32
};

/* A set of files. If its folder is not there yet, they are written into a hidden one beside it, which then
 * gets the folder's name. If it is, they are written to hidden files, and one rename switches all names from
 * the old to the new ones (src/output/swap.c). Each thread may have sets of its own. */
struct output {
	unsigned how;              /* enum output_how, ORed */
	struct arena arena;        /* of all texts here */
	const char *folder_path;   /* as the caller named it */
	int folder;                /* descriptor of the folder where the names will be, or -1 */
	int above;                 /* the caller's descriptor of the folder above, or -1 */
	int parent;                /* descriptor of the folder above a folder that is new, else -1 */
	const char *hidden;        /* the name of the new folder until the commit, or NULL */
	struct made_folder *made;  /* the folders that we made above it, the last one; or NULL */
	int staging;               /* descriptor of FOLDER/.cc2oscam, or -1 */
	struct output_file *files; /* OUTPUT_MAX of them */
	int count;
	int writing;        /* the index of the file opened last */
	bool begun;         /* something may be in the folder that was not there */
	bool no_links;      /* the file system has no links: renamed one by one (src/output/rename.c) */
	bool written;       /* all names show the new files, or will once the swap is brought to its end */
	bool done;          /* committed or aborted */
	const char *failed; /* what went wrong with which file, for a message; NULL */
	const char *left;   /* what could not be tidied up after a commit, for a message; NULL */
};

/* Where nothing else is said, a function returns false with the reason in output->failed. */

/* Opens the folder, or prepares a new one of mode 0700 (and missing ones above it). Puts in order what a
 * killed process left there: the old files, or the new ones if they had been complete. Refuses a folder in
 * which another process is writing. */
bool output_begin(struct output *output, const char *folder, unsigned how);
/* The same for a folder right below the one that the caller has open as `above`, until output_end. */
bool output_begin_below(struct output *output, int above, const char *folder, unsigned how);
/* Whether a file of this name is there, of whatever kind (a dangling link counts). */
bool output_exists(const struct output *output, const char *name);
/* Reads an existing file of the set, to merge into it. A link is followed to a plain file of the link's
 * owner; all other things that are no plain files are refused. The commit fails if the file is another one by
 * then. The raw `source` is freed by the caller, and its path is valid until output_end; where there is no
 * such file the path is NULL. */
bool output_existing(struct output *output, const char *name, struct source *source);
/* Starts the next file: mode 0600, or rights and owner of the one that it replaces, by the same rules for
 * links. */
bool output_open(struct output *output, const char *name);
/* The file is to be gone with the switch, if it is there; the old one is kept as a backup like the others. */
bool output_remove(struct output *output, const char *name);
/* Appends to the file opened last. */
bool output_write(struct output *output, const char *text, size_t len);
struct sink output_sink(struct output *output);
/* Says that all is written; output_commit does it where the caller did not. */
bool output_close(struct output *output);
/* Flushes all and gives the files their names. True when all names show the new files, even if something
 * beside them could not be removed: output->left says so, and the next output_begin does it. Else all names
 * show what they did before. */
bool output_commit(struct output *output);
/* Leaves everything as it was; does nothing after a commit. */
void output_abort(struct output *output);
/* Frees what is left; calls output_abort when needed. */
void output_end(struct output *output);

/* What a record says of a file: SHA-256 in hex digits, OUTPUT_NO_TEXT where there is no file. */
struct record_file {
	const char *name;           /* NULL: the run did nothing to it */
	struct slice before, after; /* parts of the record's text */
};

struct record {
	struct record_file files[OSCAM_FILE_COUNT];
	bool any, ncam; /* a file is named; they are NCam's */
};

/* False: the text is no whole record. */
bool record_read(struct record *record, struct slice text);

/* One file that appears whole or not at all: written under a hidden name beside its place, it takes the
 * place's name in the end. */
struct whole_file {
	struct arena arena; /* of the names */
	const char *place;  /* where the path leads; NULL: there is none */
	const char *hidden; /* `.NAME` and an end, in the folder of the place */
	FILE *file;         /* open for writing, or NULL */
	bool complete;      /* all of it is on the disk under the hidden name */
};

/* False for what is no plain file, nor the name of none. `end` ends the hidden name. */
bool whole_file_find(struct whole_file *file, const char *path, const char *end);
/* Opens the file under the hidden name, empty, or takes it as it is while it is open. A file that is there
 * already has to be one that may be written: its owner and its rights are kept. False with errno, which is
 * EBUSY while another process writes it. */
bool whole_file_open(struct whole_file *file);
/* Brings it to the disk, unless something was not `written`. False with errno, and the hidden file is gone.
 */
bool whole_file_close(struct whole_file *file, bool written);
/* Gives a complete file its name, removes any other, and frees. False with errno. */
bool whole_file_end(struct whole_file *file);

/* Pages that a whole file leads to, in a folder beside it: `NAME-receivers` for `NAME.html`. They are made in
 * a hidden folder, which takes the name together with the file, so that file and pages are seen both or
 * neither. Threads may add pages at the same time. */
struct page_folder {
	struct arena arena;                          /* of the names */
	const char *start;                           /* what every page begins with */
	const char *file, *place;                    /* the file's name, and the folder's */
	const char *hidden, *earlier, *earlier_file; /* the new pages; the old ones, and their file */
	mode_t mode;                                 /* of pages: that of the file */
	bool made;                                   /* the hidden folder is there */
};

/* For a file that is open. False with errno: EEXIST where the folder is there and has other things in it than
 * pages. Call page_folder_end in both cases. */
bool page_folder_open(struct page_folder *pages, const struct whole_file *file, const char *start);
/* A new page, open for writing; or NULL with errno. `name` is its name without the ending. */
FILE *page_folder_add(const struct page_folder *pages, const char *name);
void page_folder_drop(const struct page_folder *pages, const char *name);
/* Gives a complete file and the pages their names, and removes the earlier pages; else all stays as it was.
 * False with errno. whole_file_end comes after it. */
bool page_folder_end(struct page_folder *pages, struct whole_file *file);
/* Flushes the file system of an open file: once for many files. False with errno. */
bool flush_file_system(int file);

#endif
