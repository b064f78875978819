/* Renaming: never over something, exchanging two names, and, on file systems without links as FAT, each file
 * of the set on its own instead of the swap. What fails is undone; a process that is killed meanwhile leaves
 * the rest under the hidden names, and the next one goes on with it. */
#define _GNU_SOURCE /* RENAME_NOREPLACE */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
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

static bool rename_how(int folder, const char *from, const char *to, unsigned how)
{
#ifdef SYS_renameat2
	return syscall(SYS_renameat2, folder, from, folder, to, how) == 0;
#else
	(void)folder, (void)from, (void)to, (void)how;
	errno = ENOSYS;
	return false;
#endif
}

bool rename_exchange(int folder, const char *a, const char *b)
{
	return rename_how(folder, a, b, RENAME_EXCHANGE);
}

/* Where the system cannot: a second link, or, for folders and without hard links, a look and a rename. */
bool rename_new(int folder, const char *from, const char *to)
{
	struct stat status;

	if (rename_how(folder, from, to, RENAME_NOREPLACE))
		return true;
	if (errno != ENOSYS && errno != EINVAL)
		return false;
	if (linkat(folder, from, folder, to, 0) == 0)
		return unlinkat(folder, from, 0) == 0;
	if (errno == EEXIST)
		return false;
	bool taken = fstatat(folder, to, &status, AT_SYMLINK_NOFOLLOW) == 0;
	errno = taken ? EEXIST : errno;
	return errno == ENOENT && renameat(folder, from, folder, to) == 0;
}

/* ---- each file on its own ---- */

/* What was kept for the other way: a rename to a second name of the same file would do nothing. */
static bool forget_links(struct output *output)
{
	bool good = unlinkat(output->staging, "current", 0) == 0 || errno == ENOENT;

	for (int i = 0; i < output->count; i++) {
		const struct real_place *place = &output->files[i].place;
		good &= !output->files[i].opened ||
			unlinkat(place->folder, place->hidden[ROLE_OLD], 0) == 0 || errno == ENOENT;
	}
	return good || output_fail(output, NULL, "cannot write in the folder");
}

static bool rename_one(struct output *output, struct output_file *file)
{
	const struct real_place *place = &file->place;

	if (!still_unchanged(output, file, place->base))
		return false;
	file->moved_old = file->existed &&
			  renameat(place->folder, place->base, place->folder, place->hidden[ROLE_OLD]) == 0;
	if (file->existed && !file->moved_old)
		return output_fail(output, file->name, "cannot keep the old file");
	file->moved_new = !file->removed && rename_new(place->folder, place->hidden[ROLE_NEW], place->base);
	return file->removed || file->moved_new || output_fail(output, file->name, "cannot be replaced");
}

/* False when something did not get its old name back; then the next run goes on with the new files. */
static bool rename_back(const struct output_file *file)
{
	const struct real_place *place = &file->place;

	if (file->moved_new &&
		renameat(place->folder, place->base, place->folder, place->hidden[ROLE_NEW]) != 0)
		return false;
	return !file->moved_old || rename_new(place->folder, place->hidden[ROLE_OLD], place->base);
}

static bool rename_all_back(struct output *output)
{
	bool back = true;

	for (int i = output->count; i-- > 0;)
		back &= rename_back(&output->files[i]);
	if (back && unlinkat(output->staging, "current", AT_REMOVEDIR) == 0)
		return false;
	output->failed = NULL;
	output->done = true;
	return output_refuse(output, NULL,
		"some files have their new names, and the old ones are hidden beside them; the next "
		"run goes on with it");
}

/* The folder `current` says that from now on the next run has to go on. */
bool rename_each(struct output *output)
{
	if (!forget_links(output))
		return false;
	if (mkdirat(output->staging, "current", 0700) != 0)
		return output_fail(output, NULL, "cannot write in the folder");
	bool good =
		output_flush(output, output->staging) || output_fail(output, NULL, "cannot flush the folder");
	for (int i = 0; i < output->count && good; i++)
		good = !output->files[i].opened || rename_one(output, &output->files[i]);
	return (good && flush_folders(output)) || rename_all_back(output);
}
