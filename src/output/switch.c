/* A set whose folder is there already: for a moment every name is a link through FOLDER/.cc2oscam/current,
 * which leads to the old files or to the new ones, so that one rename of `current` switches all of them. */
#include "set.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/arena.h"
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
		return set_fail(output, NULL, "cannot write in the folder");
	output->staging = openat(output->folder, STAGING, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (output->staging < 0 || make_open_folder(output->staging, "old") != 0 ||
		make_open_folder(output->staging, "new") != 0)
		return set_fail(output, NULL, "cannot write in the folder");
	return 0;
}

/* An access control list tells more than the mode does, and with one the mode's bits for the group mean
 * something else: the new file has the old one's, or none. Returns 0, or -1 with errno. */
static int copy_list(int from, int to)
{
	static const char list[] = "system.posix_acl_access";
	ssize_t len = fgetxattr(from, list, NULL, 0);

	if (len < 0 && errno == ENODATA)
		len = fremovexattr(to, list);
	if (len <= 0)
		return len == 0 || errno == ENODATA || errno == EOPNOTSUPP || errno == ENOSYS ? 0 : -1;
	char *value = malloc((size_t)len);
	if (!value)
		out_of_memory();
	len = fgetxattr(from, list, value, (size_t)len);
	int failed = len < 0 || fsetxattr(to, list, value, (size_t)len, 0) != 0;
	free(value);
	return failed ? -1 : 0;
}

/* The list of a file that we may not read is unknown, as if there were none. */
static int keep_list(const struct output_file *file)
{
	int old = openat(file->spot.folder, file->spot.base, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (old < 0)
		return errno == EACCES ? 0 : -1;
	int failed = copy_list(old, file->file), why = errno;
	(void)close(old);
	errno = why;
	return failed;
}

static const mode_t all_rights = 07777;

/* Some file systems know one owner and one mode for all files, and refuse every change. */
static int keep_rights(struct output *output, const struct output_file *file)
{
	const struct stat *old = &file->before;
	struct stat now;

	if (fstat(file->file, &now) != 0)
		return set_fail(output, file->name, "cannot create");
	if ((now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
		fchown(file->file, old->st_uid, old->st_gid) != 0)
		return set_fail(output, file->name,
			"its owner and group cannot be kept (run it as that owner, or as root)");
	if (keep_list(file) != 0)
		return set_fail(output, file->name, "its access control list cannot be kept");
	if (fstat(file->file, &now) != 0 || ((now.st_mode & all_rights) != (old->st_mode & all_rights) &&
						    fchmod(file->file, old->st_mode & all_rights) != 0))
		return set_fail(output, file->name, "its rights cannot be kept");
	return 0;
}

/* The record is made before the file, so that whoever comes next finds every file that there may be. */
int switch_open(struct output *output, struct output_file *file)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	const struct spot *spot = &file->spot;
	const char *hidden = spot->hidden[ROLE_NEW];

	if (file->existed && !(output->how & OUTPUT_REPLACE))
		return set_refuse(output, file->name, "is there already");
	if (make_staging(output) != 0)
		return -1;
	if (spot_record(output, file, ROLE_NEW) != 0)
		return set_fail(output, file->name, "cannot create");
	file->file = openat(spot->folder, hidden, flags, 0600);
	/* nobody else has this name while we have the lock: what no record knew of is rubbish */
	if (file->file < 0 && errno == EEXIST && unlinkat(spot->folder, hidden, 0) == 0)
		file->file = openat(spot->folder, hidden, flags, 0600);
	if (file->file < 0)
		return set_fail(output, file->name, "cannot create");
	return file->existed ? keep_rights(output, file) : 0;
}

int switch_unchanged(struct output *output, const struct output_file *file, const char *name)
{
	struct stat now;
	bool there = fstatat(file->spot.folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0;

	if (!there && errno != ENOENT)
		return set_fail(output, file->name, "cannot be looked at");
	if (there == file->existed && (!there || same_state(&now, &file->before)))
		return 0;
	return set_refuse(output, file->name, "was changed by somebody else meanwhile; run it again");
}

int switch_flush_folders(struct output *output)
{
	int failed = 0;

	for (int i = 0; i < output->count && !failed; i++)
		if (output->files[i].opened && output->files[i].spot.path)
			failed = set_flush(output, output->files[i].spot.folder);
	return failed || set_flush(output, output->folder) != 0
		       ? set_fail(output, NULL, "cannot flush the folder")
		       : 0;
}

static int flush_staging(struct output *output)
{
	static const char *const parts[] = {"old", "new"};
	int failed = 0;

	if (output->how & OUTPUT_DEFER)
		return 0;
	for (int i = 0; i < 2 && !failed; i++) {
		int part = openat(output->staging, parts[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		failed = part < 0 || set_flush(output, part) != 0;
		if (part >= 0)
			(void)close(part);
	}
	return failed || set_flush(output, output->staging) != 0
		       ? set_fail(output, NULL, "cannot flush the folder")
		       : 0;
}

/* The old file gets a second name, which stays when the first one becomes a link. */
static int keep_old(struct output *output, struct output_file *file)
{
	const struct spot *spot = &file->spot;

	if (!file->existed || !file->opened)
		return 0;
	if (spot_record(output, file, ROLE_OLD) == 0 &&
		linkat(spot->folder, spot->base, spot->folder, spot->hidden[ROLE_OLD], 0) == 0)
		return switch_unchanged(output, file, spot->hidden[ROLE_OLD]);
	if (!no_links_here(errno))
		return set_fail(output, file->name, "cannot keep the old file");
	output->plain = true;
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
		if (switch_unchanged(output, &output->files[i], output->files[i].spot.base) != 0)
			return -1;
	for (int i = 0; i < output->count && !output->plain; i++)
		if (keep_old(output, &output->files[i]) != 0)
			return -1;
	if (!output->plain && symlinkat("old", output->staging, "current") != 0) {
		if (!no_links_here(errno))
			return set_fail(output, NULL, "cannot write in the folder");
		output->plain = true;
	}
	return flush_staging(output) == 0 ? switch_flush_folders(output) : -1;
}

/* Puts the link at `hidden` in the place of the old file, if that is still there. */
static int exchange(struct output *output, const struct output_file *file, const char *hidden)
{
	const struct spot *spot = &file->spot;

	if (rename_exchange(spot->folder, hidden, spot->base) == 0) {
		if (switch_unchanged(output, file, hidden) != 0) {
			(void)rename_exchange(spot->folder, hidden, spot->base);
			return -1;
		}
		return unlinkat(spot->folder, hidden, 0) == 0
			       ? 0
			       : set_fail(output, file->name, "cannot remove its second name");
	}
	if (errno != ENOSYS && errno != EINVAL)
		return set_fail(output, file->name, "cannot be replaced");
	if (switch_unchanged(output, file, spot->base) != 0)
		return -1;
	return renameat(spot->folder, hidden, spot->folder, spot->base) == 0
		       ? 0
		       : set_fail(output, file->name, "cannot be replaced");
}

/* The name becomes a link to what it was. One that was not there becomes a link to nothing, which is as good.
 */
static int put_link(struct output *output, const struct output_file *file)
{
	const struct spot *spot = &file->spot;
	const char *name = file->existed ? spot->hidden[ROLE_LINK] : spot->base;
	char *text = spot_link(output, file);
	int failed = text ? symlinkat(text, spot->folder, name) : -1;

	free(text);
	if (failed && errno == EEXIST && !file->existed)
		return set_refuse(output, file->name, "was made by somebody else meanwhile; run it again");
	if (failed)
		return set_fail(output, file->name, "cannot be replaced");
	return file->existed ? exchange(output, file, name) : 0;
}

static int put_links(struct output *output)
{
	for (int i = 0; i < output->count; i++)
		if (output->files[i].opened && put_link(output, &output->files[i]) != 0)
			return -1;
	if (switch_flush_folders(output) != 0)
		return -1;
	for (int i = 0; i < output->count; i++) {
		const struct output_file *file = &output->files[i];
		const char *name = file->opened ? file->spot.hidden[ROLE_OLD] : file->spot.base;
		if ((file->existed || !file->opened) && switch_unchanged(output, file, name) != 0)
			return -1;
	}
	return 0;
}

/* The moment in which the set becomes the new one. If it may not last, it is taken back. */
static int switch_over(struct output *output)
{
	if (point(output, "new") != 0)
		return set_fail(output, NULL, "cannot switch to the new files");
	if (set_flush(output, output->staging) == 0)
		return 0;
	(void)set_fail(output, NULL, "cannot flush the folder");
	return point(output, "old") == 0 ? -1 : 0;
}

int switch_commit(struct output *output)
{
	if (output->staging < 0)
		return 0;
	if (prepare(output) != 0)
		return -1;
	if (output->plain ? plain_commit(output) != 0 : put_links(output) != 0 || switch_over(output) != 0)
		return -1;
	(void)settle(output);
	output->left = output->failed;
	output->failed = NULL;
	return 0;
}
