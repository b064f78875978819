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

/* Item number *next of the fleet; false when there are no more. */
static inline bool next_item(struct fleet *fleet, uint32_t *next, struct fleet_item *item)
{
	const struct list *items = fleet_items(fleet);

	if (*next == items->count)
		return false;
	*item = *(const struct fleet_item *)list_at(items, (*next)++);
	return true;
}

/* All items of the inputs, one a line: "name path", with " !why" behind what failed, " root" where side files
 * are looked up under a root, " archive", " ?notice". */
static inline const char *items_of_shard(
	struct arena *arena, unsigned shard, unsigned shards, const char *const *inputs)
{
	struct fleet *fleet = fleet_new(shard, shards);
	struct fleet_item item;
	uint32_t next = 0;
	struct slice all = SLICE("");

	for (; *inputs; inputs++)
		fleet_add(fleet, *inputs);
	while (next_item(fleet, &next, &item))
		all = arena_format(arena, "%.*s%s %s%s%s%s%s%s%s%s\n", SLICE_ARG(all), item.name, item.path,
			item.root ? " root=" : "", item.root ? item.root : "", item.archive ? " archive" : "",
			item.failed ? " !" : "", item.failed ? item.failed : "", item.notice ? " ?" : "",
			item.notice ? item.notice : "");
	fleet_free(fleet);
	return all.at;
}

#define ITEMS(arena, ...) items_of_shard(arena, 1, 1, (const char *const[]){__VA_ARGS__, NULL})

#endif
