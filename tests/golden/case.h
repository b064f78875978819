/* A golden case as it is read from its file (runner.c says what stands there), and the folder it runs in. */
#ifndef CC2OSCAM_GOLDEN_CASE_H
#define CC2OSCAM_GOLDEN_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct text {
	char *at; /* malloc'ed and terminated; len does not count the zero */
	size_t len;
};

struct part {
	char *kind; /* without -escaped */
	char *name; /* of the file, or "" */
	bool escaped;
	struct text raw;  /* as it stands in the case */
	struct text text; /* what it stands for */
};

struct golden {
	const char *path;
	struct text remarks;
	struct part *parts;
	size_t count;
};

/* Names of what is below a folder, sorted; a folder's own comes after what is in it, with a slash at the end.
 */
struct names {
	char **at;
	size_t count;
};

/* Ends the program with status 2; `why` may be NULL. */
_Noreturn void die(const char *what, const char *which, const char *why);
void *checked(void *memory);
void text_add(struct text *text, const char *more, size_t len);
/* The three texts as one, malloc'ed. */
char *joined(const char *a, const char *b, const char *c);

void case_read(struct golden *golden, const char *path);
void case_free(struct golden *golden);
/* NULL when there is none. */
const struct part *case_part(const struct golden *golden, const char *kind, const char *name);
/* As it stood in the case. */
void put_raw(FILE *file, const struct part *part);
/* As a part of a case, with escapes when the text needs them. */
void put_part(FILE *file, const char *kind, const char *name, struct text text);

struct text read_file(const char *path);
void write_file(const char *path, struct text text);
/* Makes the folders above the last part of the path. */
void make_parents(char *path);
struct names list_tree(const char *top);
void names_free(struct names *names);
void remove_tree(const char *top);

#endif
