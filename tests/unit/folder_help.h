/* A temporary folder with files and links, for tests of what is found in one. */
#ifndef CC2OSCAM_TESTS_FOLDER_HELP_H
#define CC2OSCAM_TESTS_FOLDER_HELP_H

#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/text.h"

struct test_folder {
	struct arena arena;
	const char *root; /* the folder "box" in a temporary one */
	const char *top;
};

static inline void folder_make(struct test_folder *folder)
{
	const char *temporary = getenv("TMPDIR");
	char name[] = "cc2oscam-XXXXXX";
	struct slice made;

	arena_init(&folder->arena);
	made = arena_format(&folder->arena, "%s/%s", temporary ? temporary : "/tmp", name);
	char *top = arena_bytes(&folder->arena, made.len + 1);
	memcpy(top, made.at, made.len + 1);
	assert_non_null(mkdtemp(top));
	folder->top = top;
	folder->root = arena_format(&folder->arena, "%s/box", top).at;
	assert_int_equal(mkdir(folder->root, 0700), 0);
}

/* The name on this machine of a name in the box; the folders above it are made. */
static inline const char *folder_path(struct test_folder *folder, const char *name)
{
	struct slice path = arena_format(&folder->arena, "%s%s", folder->root, name);
	char *part = arena_bytes(&folder->arena, path.len + 1);

	memcpy(part, path.at, path.len + 1);
	for (char *at = part + strlen(folder->root) + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		(void)mkdir(part, 0700);
		*at = '/';
	}
	return path.at;
}

static inline void folder_file(struct test_folder *folder, const char *name, const char *text)
{
	FILE *file = fopen(folder_path(folder, name), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static inline void folder_link(struct test_folder *folder, const char *name, const char *target)
{
	assert_int_equal(symlink(target, folder_path(folder, name)), 0);
}

static inline void folder_remove(struct test_folder *folder)
{
	struct slice command = arena_format(&folder->arena, "rm -rf '%s'", folder->top);

	assert_int_equal(system(command.at), 0); /* NOLINT(cert-env33-c): a name that mkdtemp made */
	arena_free(&folder->arena);
}

#endif
