/* Any bytes as a backup archive. What is checked beside crashes: the limits hold, there is at least one
 * receiver, each has a text or a reason, and names are harmless and differ. */
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/fleet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fine)
{
	if (!fine)
		abort();
}

static void check_name(const char *name)
{
	size_t len = strlen(name);

	require(len > 0 && len <= FLEET_NAME_MOST && strncmp(name, "x", 1) == 0);
	for (size_t i = 0; i < len; i++) {
		require(is_letter(name[i]) || is_digit(name[i]) || strchr("._-/", name[i]));
		require(i == 0 || name[i - 1] != '/' || (name[i] != '.' && name[i] != '/'));
	}
}

static void check_receiver(const struct receiver *receiver, struct arena *arena)
{
	struct slice real, text;

	check_name(receiver->name);
	require(!receiver->failed == (receiver->source.path != NULL));
	if (receiver->failed)
		return;
	require(receiver->source.text.len <= 1 << 20);
	require(receiver->sides && (receiver->root || receiver->folder) && receiver->no_devices);
	const char *folder = receiver->root ? receiver->root : receiver->folder;
	const char *const asked[] = {"var/etc/CCcam.prio", "../x", "", "/../..//etc/names"};
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		(void)receiver->sides->read(receiver->sides->context,
			arena_format(arena, "%s/%s", folder, asked[i]), &real, &text);
}

static void check(const char *path)
{
	struct fleet_item item = {.name = "x", .path = path, .archive = true};
	struct fleet_limits limits = {.file = 1 << 20,
		.kept = 4 << 20,
		.entries = 10000,
		.unpacked = 16 << 20,
		.harmless = 1 << 20,
		.ratio = 1000};
	struct receivers receivers;
	struct arena arena;

	arena_init(&arena);
	fleet_open(&item, &limits, &arena, &receivers);
	require(receivers.count > 0);
	for (uint32_t i = 0; i < receivers.count; i++) {
		check_receiver(&receivers.at[i], &arena);
		require(i == 0 || strcmp(receivers.at[i].name, receivers.at[i - 1].name) != 0);
	}
	fleet_close(&receivers);
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/fuzz-archive-XXXXXX";
	int file = mkstemp(path);

	require(file >= 0);
	require(write(file, data, size) == (ssize_t)size);
	(void)close(file);
	check(path);
	(void)unlink(path);
	return 0;
}
