/* A set whose folder is there already: for a moment every name is a link through FOLDER/.cc2oscam/current,
 * which leads to the old files or to the new ones, so that one rename of `current` switches all of them. */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

/* The same file with the same content and rights, as far as the system tells. */
static bool same_state(const struct stat *a, const struct stat *b)
{
	return same_file(a, b) && a->st_size == b->st_size && a->st_mode == b->st_mode &&
	       a->st_uid == b->st_uid && a->st_gid == b->st_gid && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Others may have to read through it, whatever our umask is; there are only links in it. Where rights cannot
 * be changed, there are no owners either. */
static bool make_open_folder(int folder, const char *name)
{
	return mkdirat(folder, name, 0711) == 0 && (fchmodat(folder, name, 0711, 0) == 0 || errno == EPERM);
}

static bool make_staging(struct output *output)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

	if (output->staging >= 0)
		return true;
	output->begun = true;
	if (make_open_folder(output->folder, STAGING))
		output->staging = openat(output->folder, STAGING, flags);
	return (output->staging >= 0 && make_open_folder(output->staging, "old") &&
		       make_open_folder(output->staging, "new")) ||
	       output_fail(output, NULL, "cannot write in the folder");
}

/* The record is made before the file, so that whoever comes next finds every file that there may be. */
bool swap_open(struct output *output, struct output_file *file)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	const struct real_place *place = &file->place;
	const char *hidden = place->hidden[ROLE_NEW];

	if (file->existed && !(output->how & OUTPUT_REPLACE) && !is_record(file->name))
		return output_refuse(output, file->name, "is there already");
	if (!make_staging(output))
		return false;
	if (real_place_record(output, file, ROLE_NEW))
		file->file = openat(place->folder, hidden, flags, 0600);
	else
		return output_fail(output, file->name, "cannot create");
	/* nobody else has this name while we have the lock: what no record knew of is rubbish */
	if (file->file < 0 && errno == EEXIST && unlinkat(place->folder, hidden, 0) == 0)
		file->file = openat(place->folder, hidden, flags, 0600);
	if (file->file < 0)
		return output_fail(output, file->name, "cannot create");
	const char *lost =
		file->existed ? keep_rights(file->file, place->folder, place->base, &file->before) : NULL;
	return !lost || output_fail(output, file->name, lost);
}

/* The file gets a record like any other, but no new file that the record leads to. */
bool swap_remove(struct output *output, struct output_file *file)
{
	const char *record = arena_format(&output->arena, GONE "/%s", file->name).at;

	if (!make_staging(output))
		return false;
	file->removed = real_place_record(output, file, ROLE_NEW) &&
			(mkdirat(output->staging, GONE, 0700) == 0 || errno == EEXIST);
	int marker =
		file->removed ? openat(output->staging, record, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
	return (marker >= 0 && close(marker) == 0) || output_fail(output, file->name, "cannot be removed");
}

bool still_unchanged(struct output *output, const struct output_file *file, const char *name)
{
	struct stat now;
	bool there = fstatat(file->place.folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0;

	if (!there && errno != ENOENT)
		return output_fail(output, file->name, "cannot be looked at");
	return (there == file->existed && (!there || same_state(&now, &file->before))) ||
	       output_refuse(output, file->name, "was changed by somebody else meanwhile; run it again");
}

bool flush_folders(struct output *output)
{
	bool good = true;

	for (int i = 0; i < output->count && good; i++)
		good = !output->files[i].opened || !output->files[i].place.path ||
		       output_flush(output, output->files[i].place.folder);
	return (good && output_flush(output, output->folder)) ||
	       output_fail(output, NULL, "cannot flush the folder");
}

static bool flush_staging(struct output *output)
{
	static const char *const parts[] = {"old", "new", GONE, "."};
	bool good = true;

	for (size_t i = 0; i < sizeof parts / sizeof *parts && good && !(output->how & OUTPUT_DEFER); i++) {
		int part = openat(output->staging, parts[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		good = part < 0 ? errno == ENOENT
				: output_flush(output, part); /* nothing may be to be gone */
		close_file(part);
	}
	return good || output_fail(output, NULL, "cannot flush the folder");
}

/* The old file gets a second name, which stays when the first one becomes a link. */
static bool keep_old(struct output *output, struct output_file *file)
{
	const struct real_place *place = &file->place;

	if (!file->existed || !file->opened)
		return true;
	if (real_place_record(output, file, ROLE_OLD) &&
		linkat(place->folder, place->base, place->folder, place->hidden[ROLE_OLD], 0) == 0)
		return still_unchanged(output, file, place->hidden[ROLE_OLD]);
	output->no_links = no_links_here(errno);
	return output->no_links || output_fail(output, file->name, "cannot keep the old file");
}

static bool point(struct output *output, const char *to)
{
	return symlinkat(to, output->staging, "next") == 0 &&
	       renameat(output->staging, "next", output->staging, "current") == 0;
}

/* Everything is beside its place; no name has been touched. */
static bool prepare(struct output *output)
{
	for (int i = 0; i < output->count; i++)
		if (!still_unchanged(output, &output->files[i], output->files[i].place.base))
			return false;
	for (int i = 0; i < output->count && !output->no_links; i++)
		if (!keep_old(output, &output->files[i]))
			return false;
	if (!output->no_links && symlinkat("old", output->staging, "current") != 0) {
		output->no_links = no_links_here(errno);
		if (!output->no_links)
			return output_fail(output, NULL, "cannot write in the folder");
	}
	return flush_staging(output) && flush_folders(output);
}

/* Puts the link at `hidden` in the place of the old file, if that is still there. */
static bool exchange(struct output *output, const struct output_file *file, const char *hidden)
{
	const struct real_place *place = &file->place;

	if (rename_exchange(place->folder, hidden, place->base)) {
		if (still_unchanged(output, file, hidden))
			return unlinkat(place->folder, hidden, 0) == 0 ||
			       output_fail(output, file->name, "cannot remove its second name");
		(void)rename_exchange(place->folder, hidden, place->base);
		return false;
	}
	if (errno != ENOSYS && errno != EINVAL)
		return output_fail(output, file->name, "cannot be replaced");
	return still_unchanged(output, file, place->base) &&
	       (renameat(place->folder, hidden, place->folder, place->base) == 0 ||
		       output_fail(output, file->name, "cannot be replaced"));
}

/* The name becomes a link to the old file. The name of a new file becomes a link to nothing, as if no file
 * were there. */
static bool put_link(struct output *output, const struct output_file *file)
{
	const struct real_place *place = &file->place;
	const char *name = file->existed ? place->hidden[ROLE_LINK] : place->base;
	const char *text = real_place_link(output, file);

	if (text && symlinkat(text, place->folder, name) == 0)
		return !file->existed || exchange(output, file, name);
	if (text && errno == EEXIST && !file->existed)
		return output_refuse(output, file->name, "was made by somebody else meanwhile; run it again");
	return output_fail(output, file->name, "cannot be replaced");
}

static bool put_links(struct output *output)
{
	for (int i = 0; i < output->count; i++)
		if (output->files[i].opened && !put_link(output, &output->files[i]))
			return false;
	if (!flush_folders(output))
		return false;
	for (int i = 0; i < output->count; i++) {
		const struct output_file *file = &output->files[i];
		const char *name = file->opened ? file->place.hidden[ROLE_OLD] : file->place.base;
		if ((file->existed || !file->opened) && !still_unchanged(output, file, name))
			return false;
	}
	return true;
}

/* At this moment the new files take the place of the old ones. Where the disk may not keep that, the old
 * files come back. */
static bool point_to_new(struct output *output)
{
	if (!point(output, "new"))
		return output_fail(output, NULL, "cannot switch to the new files");
	output->written = true;
	if (!output_flush(output, output->staging)) {
		(void)output_fail(output, NULL, "cannot flush the folder");
		output->written = !point(output, "old");
	}
	return output->written;
}

bool swap_commit(struct output *output)
{
	if (output->staging < 0)
		return true;
	if (!prepare(output) ||
		!(output->no_links ? rename_each(output) : put_links(output) && point_to_new(output)))
		return false;
	(void)recover(output);
	output->left = output->failed;
	output->failed = NULL;
	return true;
}
