/* A set whose folder is there already: for a moment every name is a link through FOLDER/.cc2oscam/current,
 * which leads to the old files or to the new ones, so that one rename of `current` switches all of them. */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

/* Others may have to read through it, whatever our umask is; there are only links in it. Where rights cannot
 * be changed, there are no owners either. */
static int make_open_folder(int folder, const char *name)
{
	if (mkdirat(folder, name, 0711) != 0)
		return -1;
	return fchmodat(folder, name, 0711, 0) == 0 || errno == EPERM ? 0 : -1;
}

static int make_staging(struct output *output)
{
	if (output->staging >= 0)
		return 0;
	output->begun = true;
	if (make_open_folder(output->folder, STAGING) != 0)
		return output_fail(output, NULL, "cannot write in the folder");
	output->staging = openat(output->folder, STAGING, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (output->staging < 0 || make_open_folder(output->staging, "old") != 0 ||
		make_open_folder(output->staging, "new") != 0)
		return output_fail(output, NULL, "cannot write in the folder");
	return 0;
}

/* The record is made before the file, so that whoever comes next finds every file that there may be. */
int swap_open(struct output *output, struct output_file *file)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	const struct real_place *place = &file->place;
	const char *hidden = place->hidden[ROLE_NEW];

	if (file->existed && !(output->how & OUTPUT_REPLACE) && !is_record(file->name))
		return output_refuse(output, file->name, "is there already");
	if (make_staging(output) != 0)
		return -1;
	if (real_place_record(output, file, ROLE_NEW) != 0)
		return output_fail(output, file->name, "cannot create");
	file->file = openat(place->folder, hidden, flags, 0600);
	/* nobody else has this name while we have the lock: what no record knew of is rubbish */
	if (file->file < 0 && errno == EEXIST && unlinkat(place->folder, hidden, 0) == 0)
		file->file = openat(place->folder, hidden, flags, 0600);
	if (file->file < 0)
		return output_fail(output, file->name, "cannot create");
	const char *lost =
		file->existed ? keep_rights(file->file, place->folder, place->base, &file->before) : NULL;
	return lost ? output_fail(output, file->name, lost) : 0;
}

/* There is a record, as of any file, but nothing that it leads to. */
int swap_remove(struct output *output, struct output_file *file)
{
	char record[NAME_MAX + sizeof GONE "/"];

	if (make_staging(output) != 0)
		return -1;
	if (real_place_record(output, file, ROLE_NEW) != 0 ||
		(mkdirat(output->staging, GONE, 0700) != 0 && errno != EEXIST) ||
		snprintf(record, sizeof record, GONE "/%s", file->name) >= (int)sizeof record)
		return output_fail(output, file->name, "cannot be removed");
	int marker = openat(output->staging, record, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (marker < 0 || close(marker) != 0)
		return output_fail(output, file->name, "cannot be removed");
	file->removed = true;
	return 0;
}

int still_unchanged(struct output *output, const struct output_file *file, const char *name)
{
	struct stat now;
	bool there = fstatat(file->place.folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0;

	if (!there && errno != ENOENT)
		return output_fail(output, file->name, "cannot be looked at");
	if (there == file->existed && (!there || same_state(&now, &file->before)))
		return 0;
	return output_refuse(output, file->name, "was changed by somebody else meanwhile; run it again");
}

int flush_folders(struct output *output)
{
	int failed = 0;

	for (int i = 0; i < output->count && !failed; i++)
		if (output->files[i].opened && output->files[i].place.path)
			failed = output_flush(output, output->files[i].place.folder);
	return failed || output_flush(output, output->folder) != 0
		       ? output_fail(output, NULL, "cannot flush the folder")
		       : 0;
}

static int flush_staging(struct output *output)
{
	static const char *const parts[] = {"old", "new", GONE};
	int failed = 0;

	if (output->how & OUTPUT_DEFER)
		return 0;
	for (int i = 0; i < 3 && !failed; i++) {
		int part = openat(output->staging, parts[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (part < 0 && errno == ENOENT)
			continue; /* nothing is to be gone */
		failed = part < 0 || output_flush(output, part) != 0;
		if (part >= 0)
			(void)close(part);
	}
	return failed || output_flush(output, output->staging) != 0
		       ? output_fail(output, NULL, "cannot flush the folder")
		       : 0;
}

/* The old file gets a second name, which stays when the first one becomes a link. */
static int keep_old(struct output *output, struct output_file *file)
{
	const struct real_place *place = &file->place;

	if (!file->existed || !file->opened)
		return 0;
	if (real_place_record(output, file, ROLE_OLD) == 0 &&
		linkat(place->folder, place->base, place->folder, place->hidden[ROLE_OLD], 0) == 0)
		return still_unchanged(output, file, place->hidden[ROLE_OLD]);
	if (!no_links_here(errno))
		return output_fail(output, file->name, "cannot keep the old file");
	output->no_links = true;
	return 0;
}

static int point(struct output *output, const char *to)
{
	if (symlinkat(to, output->staging, "next") != 0)
		return -1;
	return renameat(output->staging, "next", output->staging, "current");
}

/* Everything is beside its place; no name has been touched. */
static int prepare(struct output *output)
{
	for (int i = 0; i < output->count; i++)
		if (still_unchanged(output, &output->files[i], output->files[i].place.base) != 0)
			return -1;
	for (int i = 0; i < output->count && !output->no_links; i++)
		if (keep_old(output, &output->files[i]) != 0)
			return -1;
	if (!output->no_links && symlinkat("old", output->staging, "current") != 0) {
		if (!no_links_here(errno))
			return output_fail(output, NULL, "cannot write in the folder");
		output->no_links = true;
	}
	return flush_staging(output) == 0 ? flush_folders(output) : -1;
}

/* Puts the link at `hidden` in the place of the old file, if that is still there. */
static int exchange(struct output *output, const struct output_file *file, const char *hidden)
{
	const struct real_place *place = &file->place;

	if (rename_exchange(place->folder, hidden, place->base) == 0) {
		if (still_unchanged(output, file, hidden) != 0) {
			(void)rename_exchange(place->folder, hidden, place->base);
			return -1;
		}
		return unlinkat(place->folder, hidden, 0) == 0
			       ? 0
			       : output_fail(output, file->name, "cannot remove its second name");
	}
	if (errno != ENOSYS && errno != EINVAL)
		return output_fail(output, file->name, "cannot be replaced");
	if (still_unchanged(output, file, place->base) != 0)
		return -1;
	return renameat(place->folder, hidden, place->folder, place->base) == 0
		       ? 0
		       : output_fail(output, file->name, "cannot be replaced");
}

/* The name becomes a link to what it was. One that was not there becomes a link to nothing, which is as good.
 */
static int put_link(struct output *output, const struct output_file *file)
{
	const struct real_place *place = &file->place;
	const char *name = file->existed ? place->hidden[ROLE_LINK] : place->base;
	char *text = real_place_link(output, file);
	int failed = text ? symlinkat(text, place->folder, name) : -1;

	free(text);
	if (failed && errno == EEXIST && !file->existed)
		return output_refuse(output, file->name, "was made by somebody else meanwhile; run it again");
	if (failed)
		return output_fail(output, file->name, "cannot be replaced");
	return file->existed ? exchange(output, file, name) : 0;
}

static int put_links(struct output *output)
{
	for (int i = 0; i < output->count; i++)
		if (output->files[i].opened && put_link(output, &output->files[i]) != 0)
			return -1;
	if (flush_folders(output) != 0)
		return -1;
	for (int i = 0; i < output->count; i++) {
		const struct output_file *file = &output->files[i];
		const char *name = file->opened ? file->place.hidden[ROLE_OLD] : file->place.base;
		if ((file->existed || !file->opened) && still_unchanged(output, file, name) != 0)
			return -1;
	}
	return 0;
}

/* The moment in which the set becomes the new one. If it may not last, it is taken back. */
static int point_to_new(struct output *output)
{
	if (point(output, "new") != 0)
		return output_fail(output, NULL, "cannot switch to the new files");
	output->written = true;
	if (output_flush(output, output->staging) == 0)
		return 0;
	(void)output_fail(output, NULL, "cannot flush the folder");
	output->written = point(output, "old") != 0;
	return output->written ? 0 : -1;
}

int swap_commit(struct output *output)
{
	if (output->staging < 0)
		return 0;
	if (prepare(output) != 0)
		return -1;
	if (output->no_links ? rename_each(output) != 0 : put_links(output) != 0 || point_to_new(output) != 0)
		return -1;
	(void)recover(output);
	output->left = output->failed;
	output->failed = NULL;
	return 0;
}
