/* Renaming: never over something, exchanging two names, and, on file systems without links as FAT, each file
 * of the set on its own instead of the swap. What fails is undone; a process that is killed meanwhile leaves
 * the rest under the hidden names, and the next one goes on with it. */
#define _GNU_SOURCE /* RENAME_NOREPLACE */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

#ifndef RENAME_NOREPLACE /* as in linux/fs.h */
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE  2
#endif

bool no_links_here(int why)
{
	return why == EPERM || why == EOPNOTSUPP || why == ENOSYS || why == EMLINK;
}

static int rename_how(int folder, const char *from, const char *to, unsigned how)
{
#ifdef SYS_renameat2
	return syscall(SYS_renameat2, folder, from, folder, to, how) == 0 ? 0 : -1;
#else
	(void)folder, (void)from, (void)to, (void)how;
	errno = ENOSYS;
	return -1;
#endif
}

int rename_exchange(int folder, const char *a, const char *b)
{
	return rename_how(folder, a, b, RENAME_EXCHANGE);
}

/* Where the system cannot: a second link, or, for folders and without hard links, a look and a rename. */
int rename_new(int folder, const char *from, const char *to)
{
	struct stat status;

	if (rename_how(folder, from, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != ENOSYS && errno != EINVAL)
		return -1;
	if (linkat(folder, from, folder, to, 0) == 0)
		return unlinkat(folder, from, 0);
	if (errno == EEXIST)
		return -1;
	if (fstatat(folder, to, &status, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return -1;
	}
	return errno == ENOENT ? renameat(folder, from, folder, to) : -1;
}

/* ---- each file on its own ---- */

/* What was kept for the other way: a rename to a second name of the same file would do nothing. */
static int forget_links(struct output *output)
{
	int failed = unlinkat(output->staging, "current", 0) != 0 && errno != ENOENT;

	for (int i = 0; i < output->count; i++) {
		const struct real_place *place = &output->files[i].place;
		if (output->files[i].opened && unlinkat(place->folder, place->hidden[ROLE_OLD], 0) != 0 &&
			errno != ENOENT)
			failed = true;
	}
	return failed ? output_fail(output, NULL, "cannot write in the folder") : 0;
}

static int rename_one(struct output *output, struct output_file *file)
{
	const struct real_place *place = &file->place;

	if (still_unchanged(output, file, place->base) != 0)
		return -1;
	if (file->existed) {
		if (renameat(place->folder, place->base, place->folder, place->hidden[ROLE_OLD]) != 0)
			return output_fail(output, file->name, "cannot keep the old file");
		file->moved_old = true;
	}
	if (file->removed)
		return 0;
	if (rename_new(place->folder, place->hidden[ROLE_NEW], place->base) != 0)
		return output_fail(output, file->name, "cannot be replaced");
	file->moved_new = true;
	return 0;
}

/* False when something did not get its old name back; then the next run goes on with the new files. */
static bool rename_back(const struct output_file *file)
{
	const struct real_place *place = &file->place;

	if (file->moved_new &&
		renameat(place->folder, place->base, place->folder, place->hidden[ROLE_NEW]) != 0)
		return false;
	return !file->moved_old || rename_new(place->folder, place->hidden[ROLE_OLD], place->base) == 0;
}

static int rename_all_back(struct output *output)
{
	bool back = true;

	for (int i = output->count; i-- > 0;)
		back &= rename_back(&output->files[i]);
	if (back && unlinkat(output->staging, "current", AT_REMOVEDIR) == 0)
		return -1;
	free(output->failed);
	output->failed = NULL;
	output->done = true;
	return output_refuse(output, NULL,
		"some files have their new names, and the old ones are hidden beside them; the next "
		"run goes on with it");
}

/* The folder `current` says that from now on the next run has to go on. */
int rename_each(struct output *output)
{
	if (forget_links(output) != 0)
		return -1;
	if (mkdirat(output->staging, "current", 0700) != 0)
		return output_fail(output, NULL, "cannot write in the folder");
	if (output_flush(output, output->staging) != 0) {
		(void)output_fail(output, NULL, "cannot flush the folder");
		return rename_all_back(output);
	}
	for (int i = 0; i < output->count; i++)
		if (output->files[i].opened && rename_one(output, &output->files[i]) != 0)
			return rename_all_back(output);
	return flush_folders(output) == 0 ? 0 : rename_all_back(output);
}
