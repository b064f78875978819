/* Files and folders for a golden case. See case.h. */
#include "case.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct text read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char piece[65536];
	struct text text = {0};

	if (!file)
		die("cannot read", path, strerror(errno));
	text_add(&text, "", 0);
	for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
		text_add(&text, piece, got);
	if (ferror(file) || fclose(file) != 0)
		die("cannot read", path, strerror(errno));
	return text;
}

void write_file(const char *path, struct text text)
{
	FILE *file = fopen(path, "wb");

	if (!file || fwrite(text.at ? text.at : "", 1, text.len, file) != text.len || fclose(file) != 0)
		die("cannot write", path, strerror(errno));
}

void make_parents(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			die("cannot make", path, strerror(errno));
		*slash = '/';
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_files(struct names *names, const char *top, const char *below)
{
	char *path = joined(top, "/", below);
	struct names here = {0};
	DIR *folder = opendir(path);

	if (!folder)
		die("cannot read", path, strerror(errno));
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		here.at = checked(realloc(here.at, (here.count + 1) * sizeof *here.at));
		here.at[here.count++] = joined(below, "", entry->d_name);
	}
	(void)closedir(folder);
	free(path);
	if (here.count > 0)
		qsort(here.at, here.count, sizeof *here.at, by_name);
	for (size_t i = 0; i < here.count; i++) {
		char *name = here.at[i];
		struct stat status;
		path = joined(top, "/", name);
		if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
			name = joined(here.at[i], "/", "");
			list_files(names, top, name);
			free(here.at[i]);
		}
		free(path);
		names->at = checked(realloc(names->at, (names->count + 1) * sizeof *names->at));
		names->at[names->count++] = name;
	}
	free(here.at);
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->at[i]);
	free(names->at);
}

struct names list_tree(const char *top)
{
	struct names names = {0};

	list_files(&names, top, "");
	return names;
}

void remove_tree(const char *top)
{
	struct names names = list_tree(top);

	for (size_t i = 0; i < names.count; i++) {
		char *path = joined(top, "/", names.at[i]);
		if (remove(path) != 0)
			die("cannot remove", path, strerror(errno));
		free(path);
	}
	names_free(&names);
	if (rmdir(top) != 0)
		die("cannot remove", top, strerror(errno));
}
