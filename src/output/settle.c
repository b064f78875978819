/* Brings an unfinished switch to its end, whoever began it: this process, or one that was killed. Each step
 * can be done again, so being killed here as well does no harm. */
#include "set.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

/* Where it goes: back to the old files, on to the new ones, or on by renaming one by one (plain.c). */
enum direction { BACK, ON, ON_PLAIN };

struct rest {
	struct output *output;
	int staging;
	enum direction direction;
	char **names; /* of the files that were begun */
	size_t count;
};

/* 1: there; 0: not there; -1 with errno. */
static int look(const struct spot *spot, const char *name, struct stat *status)
{
	if (fstatat(spot->folder, name, status, AT_SYMLINK_NOFOLLOW) == 0)
		return 1;
	return errno == ENOENT ? 0 : -1;
}

/* A folder where a file was to be is somebody else's. */
static int remove_if_there(int folder, const char *name, int flags)
{
	return unlinkat(folder, name, flags) == 0 || errno == ENOENT || errno == EISDIR ? 0 : -1;
}

static int rename_hidden(const struct spot *spot, enum role role)
{
	return renameat(spot->folder, spot->hidden[role], spot->folder, spot->base);
}

static char *backup_name(const struct spot *spot, unsigned long number)
{
	struct buffer name = {0};

	buffer_format(&name, "%s.bak", spot->base);
	if (number > 0)
		buffer_format(&name, ".%lu", number);
	buffer_add(&name, "", 1);
	return name.at;
}

/* 0: the old file has that name now; 1: another one has it; -1 with errno. */
static int try_backup(const struct spot *spot, const struct stat *old, const char *name)
{
	struct stat taken;

	if (rename_new(spot->folder, spot->hidden[ROLE_OLD], name) == 0)
		return 0;
	if (errno != EEXIST || look(spot, name, &taken) < 0)
		return -1;
	/* where renaming is linking and unlinking, only the first of the two may have been done */
	return same_file(&taken, old) ? unlinkat(spot->folder, spot->hidden[ROLE_OLD], 0) : 1;
}

/* The hidden old file becomes BASE.bak, or BASE.bak.1 and so on: the first name that is free. */
static int keep_backup(const struct spot *spot)
{
	struct stat old;
	int there = look(spot, spot->hidden[ROLE_OLD], &old), result = 1;

	if (there <= 0)
		return there;
	for (unsigned long number = 0; result == 1; number++) {
		char *name = backup_name(spot, number);
		result = try_backup(spot, &old, name);
		int why = errno;
		free(name);
		errno = why;
	}
	return result;
}

/* What was changed in the moment before the link took its place, and had to make way, goes back there. Else
 * the hidden name is a link, or a second name of the old file. */
static int clear_link(const struct spot *spot, const struct stat *old, int is_link)
{
	struct stat status;
	int there = look(spot, spot->hidden[ROLE_LINK], &status);

	if (there <= 0)
		return there;
	if (S_ISREG(status.st_mode) && is_link && !(old && same_file(&status, old)))
		return rename_hidden(spot, ROLE_LINK);
	return unlinkat(spot->folder, spot->hidden[ROLE_LINK], 0);
}

/* What somebody else put at the name meanwhile stays, and the old file becomes a backup. */
static int drop_old(const struct spot *spot, const struct stat *old)
{
	struct stat there;
	int is_there = look(spot, spot->base, &there);

	if (is_there < 0)
		return -1;
	return is_there && same_file(&there, old) ? unlinkat(spot->folder, spot->hidden[ROLE_OLD], 0)
						  : keep_backup(spot);
}

/* The old file gets its name back where our link is. */
static int go_back(const struct spot *spot, const char *name)
{
	struct stat old;
	int has_old = look(spot, spot->hidden[ROLE_OLD], &old);
	int is_link = has_old < 0 ? -1 : spot_is_link(spot, name);

	if (is_link < 0 || clear_link(spot, has_old ? &old : NULL, is_link) != 0)
		return -1;
	is_link = spot_is_link(spot, name);
	if (is_link < 0)
		return -1;
	if (is_link && (has_old ? rename_hidden(spot, ROLE_OLD) : unlinkat(spot->folder, spot->base, 0)) != 0)
		return -1;
	if (!is_link && has_old && drop_old(spot, &old) != 0)
		return -1;
	return remove_if_there(spot->folder, spot->hidden[ROLE_NEW], 0);
}

/* What somebody else put at the name meanwhile stays. */
static int go_on(const struct spot *spot, const char *name)
{
	int is_link = spot_is_link(spot, name);

	if (is_link < 0)
		return -1;
	if ((is_link ? rename_hidden(spot, ROLE_NEW)
		     : remove_if_there(spot->folder, spot->hidden[ROLE_NEW], 0)) != 0)
		return -1;
	return keep_backup(spot);
}

/* The new file gets the name, unless it has it already (under both names, where renaming is linking), or
 * somebody else took it after the old file had gone. */
static int move_new(const struct spot *spot, const struct stat *new)
{
	struct stat there, old;
	int taken = look(spot, spot->base, &there);
	int kept = taken < 0 ? -1 : look(spot, spot->hidden[ROLE_OLD], &old);

	if (kept < 0)
		return -1;
	if (taken && (kept || same_file(new, &there)))
		return unlinkat(spot->folder, spot->hidden[ROLE_NEW], 0);
	if (taken && renameat(spot->folder, spot->base, spot->folder, spot->hidden[ROLE_OLD]) != 0)
		return -1;
	return rename_new(spot->folder, spot->hidden[ROLE_NEW], spot->base);
}

static int go_on_plain(const struct spot *spot)
{
	struct stat new;
	int there = look(spot, spot->hidden[ROLE_NEW], &new);

	if (there < 0 || (there && move_new(spot, &new) != 0))
		return -1;
	return keep_backup(spot);
}

static int settle_file(struct rest *rest, const char *name)
{
	struct output *output = rest->output;
	struct spot spot;
	int result = spot_recorded(&spot, output->folder, rest->staging, name);

	if (result == 0 && rest->direction == BACK)
		result = go_back(&spot, name);
	else if (result == 0)
		result = rest->direction == ON ? go_on(&spot, name) : go_on_plain(&spot);
	if (result == 0 && spot.path)
		result = set_flush(output, spot.folder);
	if (result != 0)
		(void)set_fail(output, name,
			rest->direction == BACK ? "cannot put the old file back" : "cannot be put in place");
	spot_end(&spot);
	return result;
}

static int remove_records(struct rest *rest)
{
	static const char *const parts[] = {"old/", "new/"};

	for (size_t i = 0; i < rest->count * 2; i++) {
		struct buffer record = {0};
		buffer_format(&record, "%s%s%c", parts[i % 2], rest->names[i / 2], '\0');
		int failed = remove_if_there(rest->staging, record.at, 0);
		int why = errno;
		buffer_free(&record);
		errno = why;
		if (failed)
			return -1;
	}
	return 0;
}

/* `current` goes after all records: without it, and with records, the direction would be back. */
static int remove_staging(struct rest *rest)
{
	int current = rest->direction == ON_PLAIN ? AT_REMOVEDIR : 0;

	if (remove_records(rest) != 0 || remove_if_there(rest->staging, "next", 0) != 0 ||
		remove_if_there(rest->staging, "current", current) != 0 ||
		remove_if_there(rest->staging, "new", AT_REMOVEDIR) != 0 ||
		remove_if_there(rest->staging, "old", AT_REMOVEDIR) != 0)
		return -1;
	return remove_if_there(rest->output->folder, STAGING, AT_REMOVEDIR);
}

static int read_direction(struct rest *rest)
{
	char *text = link_text(rest->staging, "current");

	if (text)
		rest->direction = strcmp(text, "new") == 0 ? ON : BACK;
	else if (errno == EINVAL)
		rest->direction = ON_PLAIN;
	else if (errno != ENOENT)
		return -1;
	free(text);
	return 0;
}

static void add_name(struct rest *rest, const char *name)
{
	if ((rest->count & (rest->count - 1)) == 0) { /* full, at each power of two */
		size_t room = rest->count ? rest->count * 2 : 1;
		char **names = realloc(rest->names, room * sizeof *names);
		if (!names)
			out_of_memory();
		rest->names = names;
	}
	rest->names[rest->count++] = copy_of(name);
}

static int read_names(struct rest *rest)
{
	int folder = openat(rest->staging, "new", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *entries = folder >= 0 ? fdopendir(folder) : NULL;

	if (!entries) {
		if (folder >= 0)
			(void)close(folder);
		return folder < 0 && errno == ENOENT ? 0 : -1;
	}
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(entries));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			add_name(rest, entry->d_name);
	int why = errno;
	(void)closedir(entries);
	errno = why;
	return why ? -1 : 0;
}

static int settle_all(struct rest *rest)
{
	int failed = 0;

	for (size_t i = 0; i < rest->count; i++)
		failed |= settle_file(rest, rest->names[i]);
	if (failed)
		return -1;
	if (set_flush(rest->output, rest->output->folder) != 0)
		return set_fail(rest->output, NULL, "cannot flush the folder");
	return remove_staging(rest) == 0 ? 0 : set_fail(rest->output, STAGING, "cannot be removed");
}

int settle(struct output *output)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	struct rest rest = {.output = output, .direction = BACK};

	rest.staging = openat(output->folder, STAGING, flags);
	if (rest.staging < 0)
		return errno == ENOENT ? 0 : set_fail(output, STAGING, "is in the way");
	int result = read_direction(&rest) == 0 && read_names(&rest) == 0
			     ? settle_all(&rest)
			     : set_fail(output, STAGING, "cannot be read");
	for (size_t i = 0; i < rest.count; i++)
		free(rest.names[i]);
	free(rest.names);
	(void)close(rest.staging);
	return result;
}
