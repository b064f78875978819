/* A folder for one test, with files and archives in it, and what a fleet makes of it. The test program works
 * in that folder. */
#ifndef CC2OSCAM_TESTS_FLEET_HELP_H
#define CC2OSCAM_TESTS_FLEET_HELP_H

#include "unit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/fleet.h"

static inline int make_folder(void **state)
{
	char *folder = strdup("/tmp/test-fleet-XXXXXX");

	*state = folder;
	return !folder || !mkdtemp(folder) || chdir(folder) != 0;
}

static inline int remove_folder(void **state)
{
	char command[64];

	(void)snprintf(
		command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", (char *)*state, (char *)*state);
	free(*state);
	return chdir("/") != 0 || system(command) != 0; /* NOLINT(cert-env33-c) */
}

static inline void make_folders_of(const char *path)
{
	char part[4096];

	for (size_t i = 0; path[i]; i++) {
		part[i] = path[i];
		part[i + 1] = '\0';
		if (path[i + 1] == '/')
			assert_true(mkdir(part, 0700) == 0 || errno == EEXIST);
	}
}

static inline void write_bytes(const char *path, const void *bytes, size_t len)
{
	make_folders_of(path);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static inline void write_text(const char *path, const char *text)
{
	write_bytes(path, text, strlen(text));
}

/* Parts with | between them. */
static inline bool next_part(struct slice *rest, char part[static 4096])
{
	if (!rest->at)
		return false;
	struct slice text = slice_cut(rest, '|');
	(void)snprintf(part, 4096, "%.*s", SLICE_ARG(text));
	return true;
}

static const char fleet_cfg[] = "SERVER LISTEN PORT : 12000\n";

/* Makes what the words with | between them say: "a/CCcam.cfg" a file with `fleet_cfg`, "a/x=text" one with a
 * text, "a/" a folder, "a/x>b" a link to b, "a/x!" a pipe. */
static inline void grow(const char *words)
{
	struct slice rest = slice_of(words);
	char word[4096], *sign;

	while (next_part(&rest, word)) {
		size_t len = strlen(word);
		make_folders_of(word);
		if ((sign = strchr(word, '>'))) {
			*sign = '\0';
			assert_int_equal(symlink(sign + 1, word), 0);
		} else if ((sign = strchr(word, '='))) {
			*sign = '\0';
			write_text(word, sign + 1);
		} else if (len > 0 && word[len - 1] == '!') {
			word[len - 1] = '\0';
			assert_int_equal(mkfifo(word, 0600), 0);
		} else if (len > 0 && word[len - 1] != '/') {
			write_text(word, fleet_cfg);
		}
	}
}

/* All items of the inputs, one a line: "name path", with " !why" behind what failed, " root" where side files
 * are looked up under a root, " archive", " ?notice". */
static inline const char *items_of(struct fleet *fleet, struct arena *arena)
{
	const struct list *items = fleet_items(fleet);
	struct slice all = SLICE("");

	for (uint32_t i = 0; i < items->count; i++) {
		const struct fleet_item *item = list_at(items, i);
		all = arena_format(arena, "%.*s%s %s%s%s%s%s%s%s%s\n", SLICE_ARG(all), item->name, item->path,
			item->root ? " root=" : "", item->root ? item->root : "",
			item->archive ? " archive" : "", item->failed ? " !" : "",
			item->failed ? item->failed : "", item->notice ? " ?" : "",
			item->notice ? item->notice : "");
	}
	fleet_free(fleet);
	return all.at;
}

/* The same of inputs with | between them. */
static inline const char *items_of_shard(
	struct arena *arena, unsigned shard, unsigned shards, const char *inputs)
{
	struct fleet *fleet = fleet_new(shard, shards);
	struct slice rest = slice_of(inputs);
	char input[4096];

	while (next_part(&rest, input))
		fleet_add(fleet, input);
	return items_of(fleet, arena);
}

/* One row of a table: what is found in the inputs. */
struct found_row {
	const char *tree; /* as for grow; + in front: it comes to the tree of the row before */
	const char *inputs, *items;
};

static inline void check_rows(void **state, const struct found_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool more = rows[i].tree[0] == '+';
		struct arena arena FREED_BY(arena_free) = {0};
		if (!more && i > 0) {
			assert_int_equal(remove_folder(state), 0);
			assert_int_equal(make_folder(state), 0);
		}
		if (rows[i].tree[more])
			grow(rows[i].tree + more);
		assert_string_equal(items_of_shard(&arena, 1, 1, rows[i].inputs), rows[i].items);
	}
}

#endif
