/* What the tests of src/output share: a folder for each test, and looking at what is in it. */
#ifndef CC2OSCAM_FILES_HELP_H
#define CC2OSCAM_FILES_HELP_H

#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "cc2oscam/output.h"
#include "files_trouble.h"

/* The folder of one test. */
struct scene {
	char top[64];
	struct output output;
};

/* FOLDER/name; good until the fourth call after this one. */
static inline const char *in(const struct scene *scene, const char *name)
{
	static char paths[4][512];
	static int next;
	char *path = paths[next++ % 4];

	(void)snprintf(path, sizeof *paths, "%s/%s", scene->top, name);
	return path;
}

static inline int set_up_in(void **state, const char *home)
{
	struct scene *scene = calloc(1, sizeof *scene);

	if (!scene)
		return -1;
	(void)snprintf(scene->top, sizeof scene->top, "%s/test_files-XXXXXX", home);
	*state = scene;
	no_trouble();
	return mkdtemp(scene->top) ? 0 : -1;
}

static inline int set_up(void **state)
{
	return set_up_in(state, "/tmp");
}

static inline void remove_all(const char *path)
{
	DIR *folder = opendir(path);

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		char inner[512];
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		if (remove(inner) != 0)
			remove_all(inner);
	}
	if (folder)
		(void)closedir(folder);
	(void)remove(path);
}

static inline void start_over(struct scene *scene)
{
	no_trouble();
	output_end(&scene->output);
	remove_all(scene->top);
	assert_int_equal(mkdir(scene->top, 0700), 0);
}

static inline int tear_down(void **state)
{
	struct scene *scene = *state;

	no_trouble();
	output_end(&scene->output);
	remove_all(scene->top);
	free(scene);
	return 0;
}

static inline int entries(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	(void)closedir(folder);
	return count - 2;
}

static inline void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* What is read through the name, or NULL; good until the next call. */
static inline const char *content(const char *path)
{
	static char text[256];
	FILE *file = fopen(path, "r");

	if (!file)
		return NULL;
	size_t len = fread(text, 1, sizeof text - 1, file);
	(void)fclose(file);
	text[len] = '\0';
	return text;
}

static inline ino_t inode(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0 ? status.st_ino : 0;
}

static inline mode_t rights(const char *path)
{
	struct stat status;

	assert_int_equal(lstat(path, &status), 0);
	return status.st_mode & 07777;
}

/* Writes one file of the set. */
static inline int write_file(struct output *output, const char *name, const char *text)
{
	return output_open(output, name) && output_write(output, text, strlen(text));
}

#endif
