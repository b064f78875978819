/* Brings an unfinished swap to its end, whoever began it: this process, or one that was killed. Each step
 * can be done again, so being killed here as well does no harm. */
#include "writer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

/* Where it goes: back to the old files, on to the new ones, or on by renaming one by one (rename.c). */
enum direction { BACK, ON, ON_RENAMING };

struct unfinished {
	struct output *output;
	int staging;
	enum direction direction;
	char **names; /* of the files that were begun */
	size_t count;
};

/* 1: there; 0: not there; -1 with errno. */
static int look(const struct real_place *place, const char *name, struct stat *status)
{
	if (fstatat(place->folder, name, status, AT_SYMLINK_NOFOLLOW) == 0)
		return 1;
	return errno == ENOENT ? 0 : -1;
}

/* A folder where a file was to be is somebody else's. */
static int remove_if_there(int folder, const char *name, int flags)
{
	return unlinkat(folder, name, flags) == 0 || errno == ENOENT || errno == EISDIR ? 0 : -1;
}

static int rename_hidden(const struct real_place *place, enum role role)
{
	return renameat(place->folder, place->hidden[role], place->folder, place->base);
}

static char *backup_name(const struct real_place *place, unsigned long number)
{
	struct buffer name = {0};

	buffer_format(&name, "%s.bak", place->base);
	if (number > 0)
		buffer_format(&name, ".%lu", number);
	buffer_add(&name, "", 1);
	return name.at;
}

/* 0: the old file has that name now; 1: another one has it; -1 with errno. */
static int try_backup(const struct real_place *place, const struct stat *old, const char *name)
{
	struct stat taken;

	if (rename_new(place->folder, place->hidden[ROLE_OLD], name) == 0)
		return 0;
	if (errno != EEXIST || look(place, name, &taken) < 0)
		return -1;
	/* where renaming is linking and unlinking, only the first of the two may have been done */
	return same_file(&taken, old) ? unlinkat(place->folder, place->hidden[ROLE_OLD], 0) : 1;
}

/* The hidden old file becomes BASE.bak, or BASE.bak.1 and so on: the first name that is free. Of a record no
 * backup is wanted. */
static int keep_backup(const struct real_place *place)
{
	struct stat old;
	int there = look(place, place->hidden[ROLE_OLD], &old), result = 1;

	if (there <= 0)
		return there;
	if (is_record(place->base))
		return unlinkat(place->folder, place->hidden[ROLE_OLD], 0);
	for (unsigned long number = 0; result == 1; number++) {
		char *name = backup_name(place, number);
		result = try_backup(place, &old, name);
		int why = errno;
		free(name);
		errno = why;
	}
	return result;
}

/* What was changed in the moment before the link took its place, and had to make way, goes back there. Else
 * the hidden name is a link, or a second name of the old file. */
static int clear_link(const struct real_place *place, const struct stat *old, int is_link)
{
	struct stat status;
	int there = look(place, place->hidden[ROLE_LINK], &status);

	if (there <= 0)
		return there;
	if (S_ISREG(status.st_mode) && is_link && !(old && same_file(&status, old)))
		return rename_hidden(place, ROLE_LINK);
	return unlinkat(place->folder, place->hidden[ROLE_LINK], 0);
}

/* What somebody else put at the name meanwhile stays, and the old file becomes a backup. */
static int drop_old(const struct real_place *place, const struct stat *old)
{
	struct stat there;
	int is_there = look(place, place->base, &there);

	if (is_there < 0)
		return -1;
	return is_there && same_file(&there, old) ? unlinkat(place->folder, place->hidden[ROLE_OLD], 0)
						  : keep_backup(place);
}

/* The old file gets its name back where our link is. */
static int go_back(const struct real_place *place, const char *name)
{
	struct stat old;
	int has_old = look(place, place->hidden[ROLE_OLD], &old);
	int is_link = has_old < 0 ? -1 : real_place_is_link(place, name);

	if (is_link < 0 || clear_link(place, has_old ? &old : NULL, is_link) != 0)
		return -1;
	is_link = real_place_is_link(place, name);
	if (is_link < 0)
		return -1;
	if (is_link &&
		(has_old ? rename_hidden(place, ROLE_OLD) : unlinkat(place->folder, place->base, 0)) != 0)
		return -1;
	if (!is_link && has_old && drop_old(place, &old) != 0)
		return -1;
	return remove_if_there(place->folder, place->hidden[ROLE_NEW], 0);
}

/* What somebody else put at the name meanwhile stays. */
static int go_on(const struct real_place *place, const char *name, bool gone)
{
	int is_link = real_place_is_link(place, name);

	if (is_link < 0)
		return -1;
	if (gone && is_link && unlinkat(place->folder, place->base, 0) != 0)
		return -1;
	if (!gone && (is_link ? rename_hidden(place, ROLE_NEW)
			      : remove_if_there(place->folder, place->hidden[ROLE_NEW], 0)) != 0)
		return -1;
	return keep_backup(place);
}

/* The new file gets the name, unless it has it already (under both names, where renaming is linking), or
 * somebody else took it after the old file had gone. */
static int move_new(const struct real_place *place, const struct stat *new)
{
	struct stat there, old;
	int taken = look(place, place->base, &there);
	int kept = taken < 0 ? -1 : look(place, place->hidden[ROLE_OLD], &old);

	if (kept < 0)
		return -1;
	if (taken && (kept || same_file(new, &there)))
		return unlinkat(place->folder, place->hidden[ROLE_NEW], 0);
	if (taken && renameat(place->folder, place->base, place->folder, place->hidden[ROLE_OLD]) != 0)
		return -1;
	return rename_new(place->folder, place->hidden[ROLE_NEW], place->base);
}

static int go_on_renaming(const struct real_place *place, bool gone)
{
	struct stat new, old;
	int kept = gone ? look(place, place->hidden[ROLE_OLD], &old) : 1;

	if (kept < 0 ||
		(!kept && renameat(place->folder, place->base, place->folder, place->hidden[ROLE_OLD]) != 0 &&
			errno != ENOENT))
		return -1;
	int there = look(place, place->hidden[ROLE_NEW], &new);

	if (there < 0 || (there && move_new(place, &new) != 0))
		return -1;
	return keep_backup(place);
}

/* 1, 0, or -1 with errno. */
static int is_to_be_gone(const struct unfinished *swap, const char *name)
{
	struct buffer record = {0};
	struct stat status;

	buffer_format(&record, GONE "/%s%c", name, '\0');
	bool there = fstatat(swap->staging, record.at, &status, AT_SYMLINK_NOFOLLOW) == 0;
	int why = errno;
	buffer_free(&record);
	errno = why;
	return there ? 1 : why == ENOENT ? 0 : -1;
}

static int recover_file(struct unfinished *swap, const char *name)
{
	struct output *output = swap->output;
	struct real_place place = {.folder = -1};
	int gone = is_to_be_gone(swap, name);
	int result = gone < 0 ? -1 : real_place_recorded(&place, output->folder, swap->staging, name);

	if (result == 0 && swap->direction == BACK)
		result = go_back(&place, name);
	else if (result == 0)
		result = swap->direction == ON ? go_on(&place, name, gone) : go_on_renaming(&place, gone);
	if (result == 0 && place.path)
		result = output_flush(output, place.folder);
	if (result != 0)
		(void)output_fail(output, name,
			swap->direction == BACK ? "cannot put the old file back" : "cannot be put in place");
	real_place_end(&place);
	return result;
}

static int remove_records(struct unfinished *swap)
{
	static const char *const parts[] = {"old/", GONE "/", "new/"};

	for (size_t i = 0; i < swap->count * 3; i++) {
		struct buffer record = {0};
		buffer_format(&record, "%s%s%c", parts[i % 3], swap->names[i / 3], '\0');
		int failed = remove_if_there(swap->staging, record.at, 0);
		int why = errno;
		buffer_free(&record);
		errno = why;
		if (failed)
			return -1;
	}
	return 0;
}

/* `current` goes after all records: without it, and with records, the direction would be back. */
static int remove_staging(struct unfinished *swap)
{
	int current = swap->direction == ON_RENAMING ? AT_REMOVEDIR : 0;

	if (remove_records(swap) != 0 || remove_if_there(swap->staging, "next", 0) != 0 ||
		remove_if_there(swap->staging, "current", current) != 0 ||
		remove_if_there(swap->staging, GONE, AT_REMOVEDIR) != 0 ||
		remove_if_there(swap->staging, "new", AT_REMOVEDIR) != 0 ||
		remove_if_there(swap->staging, "old", AT_REMOVEDIR) != 0)
		return -1;
	return remove_if_there(swap->output->folder, STAGING, AT_REMOVEDIR);
}

static int read_direction(struct unfinished *swap)
{
	char *text = link_text(swap->staging, "current");

	if (text)
		swap->direction = strcmp(text, "new") == 0 ? ON : BACK;
	else if (errno == EINVAL)
		swap->direction = ON_RENAMING;
	else if (errno != ENOENT)
		return -1;
	if (swap->output->begun && swap->direction != BACK)
		swap->output->written = true;
	free(text);
	return 0;
}

static void add_name(struct unfinished *swap, const char *name)
{
	if ((swap->count & (swap->count - 1)) == 0) { /* full, at each power of two */
		size_t room = swap->count ? swap->count * 2 : 1;
		char **names = realloc(swap->names, room * sizeof *names);
		if (!names)
			out_of_memory();
		swap->names = names;
	}
	swap->names[swap->count++] = copy_of(name);
}

static int read_names(struct unfinished *swap)
{
	int folder = openat(swap->staging, "new", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *entries = folder >= 0 ? fdopendir(folder) : NULL;

	if (!entries) {
		if (folder >= 0)
			(void)close(folder);
		return folder < 0 && errno == ENOENT ? 0 : -1;
	}
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(entries));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			add_name(swap, entry->d_name);
	int why = errno;
	(void)closedir(entries);
	errno = why;
	return why ? -1 : 0;
}

static int recover_all(struct unfinished *swap)
{
	int failed = 0;

	for (size_t i = 0; i < swap->count; i++)
		failed |= recover_file(swap, swap->names[i]);
	if (failed)
		return -1;
	if (output_flush(swap->output, swap->output->folder) != 0)
		return output_fail(swap->output, NULL, "cannot flush the folder");
	return remove_staging(swap) == 0 ? 0 : output_fail(swap->output, STAGING, "cannot be removed");
}

int recover(struct output *output)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	struct unfinished swap = {.output = output, .direction = BACK};

	swap.staging = openat(output->folder, STAGING, flags);
	if (swap.staging < 0)
		return errno == ENOENT ? 0 : output_fail(output, STAGING, "is in the way");
	int result = read_direction(&swap) == 0 && read_names(&swap) == 0
			     ? recover_all(&swap)
			     : output_fail(output, STAGING, "cannot be read");
	for (size_t i = 0; i < swap.count; i++)
		free(swap.names[i]);
	free(swap.names);
	(void)close(swap.staging);
	return result;
}
