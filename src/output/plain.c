/* The switch on file systems without links, as FAT: each file is renamed on its own. What fails is undone; a
 * process that is killed meanwhile leaves the rest under the hidden names, and the next one goes on with it.
 */
#include "set.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What was kept for the other way: a rename to a second name of the same file would do nothing. */
static int forget_links(struct output *output)
{
	int failed = unlinkat(output->staging, "current", 0) != 0 && errno != ENOENT;

	for (int i = 0; i < output->count; i++) {
		const struct spot *spot = &output->files[i].spot;
		if (output->files[i].opened && unlinkat(spot->folder, spot->hidden[ROLE_OLD], 0) != 0 &&
			errno != ENOENT)
			failed = true;
	}
	return failed ? set_fail(output, NULL, "cannot write in the folder") : 0;
}

static int move(struct output *output, struct output_file *file)
{
	const struct spot *spot = &file->spot;

	if (switch_unchanged(output, file, spot->base) != 0)
		return -1;
	if (file->existed) {
		if (renameat(spot->folder, spot->base, spot->folder, spot->hidden[ROLE_OLD]) != 0)
			return set_fail(output, file->name, "cannot keep the old file");
		file->moved_old = true;
	}
	if (rename_new(spot->folder, spot->hidden[ROLE_NEW], spot->base) != 0)
		return set_fail(output, file->name, "cannot be replaced");
	file->moved_new = true;
	return 0;
}

/* False when something did not get its old name back; then the next run goes on with the new files. */
static bool move_back(const struct output_file *file)
{
	const struct spot *spot = &file->spot;

	if (file->moved_new && renameat(spot->folder, spot->base, spot->folder, spot->hidden[ROLE_NEW]) != 0)
		return false;
	return !file->moved_old || rename_new(spot->folder, spot->hidden[ROLE_OLD], spot->base) == 0;
}

static int undo(struct output *output)
{
	bool back = true;

	for (int i = output->count; i-- > 0;)
		back &= move_back(&output->files[i]);
	if (back && unlinkat(output->staging, "current", AT_REMOVEDIR) == 0)
		return -1;
	free(output->failed);
	output->failed = NULL;
	output->done = true;
	return set_refuse(output, NULL,
		"some files have their new names, and the old ones are hidden beside them; the next "
		"run goes on with it");
}

/* The folder `current` says that from now on the next run has to go on. */
int plain_commit(struct output *output)
{
	if (forget_links(output) != 0)
		return -1;
	if (mkdirat(output->staging, "current", 0700) != 0)
		return set_fail(output, NULL, "cannot write in the folder");
	if (set_flush(output, output->staging) != 0) {
		(void)set_fail(output, NULL, "cannot flush the folder");
		return undo(output);
	}
	for (int i = 0; i < output->count; i++)
		if (output->files[i].opened && move(output, &output->files[i]) != 0)
			return undo(output);
	return switch_flush_folders(output) == 0 ? 0 : undo(output);
}
