/* Brings an unfinished swap to its end, whoever began it: this process, or one that was killed. Each step
 * can be done again, so being killed here as well does no harm. */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Where it goes: back to the old files, on to the new ones, or on by renaming one by one (rename.c). */
enum direction { BACK, ON, ON_RENAMING };

struct unfinished {
	struct output *output;
	int staging;
	enum direction direction;
	struct list names; /* const char *: of the files that were begun */
};

/* Looks at the file under the name; *status is all zero where no file is there. False with errno. */
static bool look(const struct real_place *place, const char *name, struct stat *status)
{
	*status = (struct stat){.st_mode = 0};
	return fstatat(place->folder, name, status, AT_SYMLINK_NOFOLLOW) == 0 || errno == ENOENT;
}

static bool was_found(const struct stat *status)
{
	return status->st_mode != 0;
}

static bool unlink_hidden(const struct real_place *place, enum role role)
{
	return unlinkat(place->folder, place->hidden[role], 0) == 0;
}

/* A folder where a file was to be is somebody else's. */
static bool remove_if_there(int folder, const char *name, int flags)
{
	return unlinkat(folder, name, flags) == 0 || errno == ENOENT || errno == EISDIR;
}

static bool rename_hidden(const struct real_place *place, enum role role)
{
	return renameat(place->folder, place->hidden[role], place->folder, place->base) == 0;
}

static bool hide_old(const struct real_place *place)
{
	return renameat(place->folder, place->base, place->folder, place->hidden[ROLE_OLD]) == 0;
}

/* The hidden old file becomes BASE.bak, or BASE.bak.1 and so on: the first name that is free. Of a record no
 * backup is wanted. */
static bool keep_backup(struct arena *arena, const struct real_place *place)
{
	struct slice name = arena_format(arena, "%s.bak", place->base);
	struct stat old, taken;

	if (!look(place, place->hidden[ROLE_OLD], &old))
		return false;
	if (!was_found(&old))
		return true;
	if (is_record(place->base))
		return unlink_hidden(place, ROLE_OLD);
	for (unsigned long number = 1; !rename_new(place->folder, place->hidden[ROLE_OLD], name.at);
		number++) {
		if (errno != EEXIST || !look(place, name.at, &taken))
			return false;
		/* where renaming is linking and unlinking, only the first of the two may have been done */
		if (same_file(&taken, &old))
			return unlink_hidden(place, ROLE_OLD);
		name = arena_format(arena, "%s.bak.%lu", place->base, number);
	}
	return true;
}

/* What was changed in the moment before the link took its place, and had to make way, goes back there. Else
 * the hidden name is a link, or a second name of the old file. */
static bool clear_link(const struct real_place *place, const struct stat *old, bool is_link)
{
	struct stat status;

	if (!look(place, place->hidden[ROLE_LINK], &status))
		return false;
	if (!was_found(&status))
		return true;
	if (S_ISREG(status.st_mode) && is_link && !same_file(&status, old))
		return rename_hidden(place, ROLE_LINK);
	return unlink_hidden(place, ROLE_LINK);
}

/* What somebody else put at the name meanwhile stays, and the old file becomes a backup. */
static bool drop_old(struct arena *arena, const struct real_place *place, const struct stat *old)
{
	struct stat there;

	if (!look(place, place->base, &there))
		return false;
	return same_file(&there, old) ? unlink_hidden(place, ROLE_OLD) : keep_backup(arena, place);
}

/* The old file gets its name back where our link is. */
static bool go_back(struct output *output, const struct real_place *place, const char *name)
{
	struct stat old;
	bool is_link;

	if (!look(place, place->hidden[ROLE_OLD], &old) ||
		!real_place_is_link(output, place, name, &is_link) || !clear_link(place, &old, is_link) ||
		!real_place_is_link(output, place, name, &is_link))
		return false;
	bool good = !is_link          ? !was_found(&old) || drop_old(&output->arena, place, &old)
		    : was_found(&old) ? rename_hidden(place, ROLE_OLD)
				      : unlinkat(place->folder, place->base, 0) == 0;
	return good && remove_if_there(place->folder, place->hidden[ROLE_NEW], 0);
}

/* What somebody else put at the name meanwhile stays. */
static bool go_on(struct output *output, const struct real_place *place, const char *name, bool gone)
{
	bool is_link;

	if (!real_place_is_link(output, place, name, &is_link))
		return false;
	bool good = gone      ? !is_link || unlinkat(place->folder, place->base, 0) == 0
		    : is_link ? rename_hidden(place, ROLE_NEW)
			      : remove_if_there(place->folder, place->hidden[ROLE_NEW], 0);
	return good && keep_backup(&output->arena, place);
}

/* The new file gets the name, unless it has it already (under both names, where renaming is linking), or
 * somebody else took it after the old file had gone. */
static bool move_new(const struct real_place *place, const struct stat *new)
{
	struct stat there, old;

	if (!look(place, place->base, &there) || !look(place, place->hidden[ROLE_OLD], &old))
		return false;
	if (was_found(&there) && (was_found(&old) || same_file(new, &there)))
		return unlink_hidden(place, ROLE_NEW);
	return (!was_found(&there) || hide_old(place)) &&
	       rename_new(place->folder, place->hidden[ROLE_NEW], place->base);
}

static bool go_on_renaming(struct output *output, const struct real_place *place, bool gone)
{
	struct stat new, old;

	if (!look(place, place->hidden[ROLE_OLD], &old))
		return false;
	if (gone && !was_found(&old) && !hide_old(place) && errno != ENOENT)
		return false;
	return look(place, place->hidden[ROLE_NEW], &new) && (!was_found(&new) || move_new(place, &new)) &&
	       keep_backup(&output->arena, place);
}

static bool recover_file(struct unfinished *swap, const char *name)
{
	struct output *output = swap->output;
	struct real_place place = {.folder = -1};
	const char *record = arena_format(&output->arena, GONE "/%s", name).at;
	struct stat status;
	bool gone = fstatat(swap->staging, record, &status, AT_SYMLINK_NOFOLLOW) == 0;
	bool good = (gone || errno == ENOENT) && real_place_recorded(output, &place, swap->staging, name);

	if (good)
		good = swap->direction == BACK ? go_back(output, &place, name)
		       : swap->direction == ON ? go_on(output, &place, name, gone)
					       : go_on_renaming(output, &place, gone);
	if (!good || (place.path && !output_flush(output, place.folder)))
		good = output_fail(output, name,
			swap->direction == BACK ? "cannot put the old file back" : "cannot be put in place");
	real_place_end(&place);
	return good;
}

/* `current` goes after all records: without it, and with records, the direction would be back. */
static bool remove_staging(struct unfinished *swap)
{
	static const char *const records[] = {"old", GONE, "new"};
	static const char *const parts[] = {"next", "current", GONE, "new", "old"};
	struct arena *arena = &swap->output->arena;

	for (uint32_t i = 0; i < swap->names.count * 3; i++) {
		const char *name = *(const char **)list_at(&swap->names, i / 3);
		if (!remove_if_there(swap->staging, arena_format(arena, "%s/%s", records[i % 3], name).at, 0))
			return false;
	}
	for (int i = 0; i < 5; i++) {
		bool folder = i > 1 || (i == 1 && swap->direction == ON_RENAMING);
		if (!remove_if_there(swap->staging, parts[i], folder ? AT_REMOVEDIR : 0))
			return false;
	}
	return remove_if_there(swap->output->folder, STAGING, AT_REMOVEDIR);
}

static bool read_direction(struct unfinished *swap)
{
	const char *text = link_text(swap->output, swap->staging, "current");

	if (text)
		swap->direction = strcmp(text, "new") == 0 ? ON : BACK;
	else if (errno == EINVAL)
		swap->direction = ON_RENAMING;
	else if (errno != ENOENT)
		return false;
	swap->output->written |= swap->output->begun && swap->direction != BACK;
	return true;
}

static bool add_name(void *context, int folder, const char *name)
{
	struct list *names = context;

	(void)folder;
	*(const char **)list_add(names) = arena_string(names->arena, name);
	return true;
}

static bool recover_all(struct unfinished *swap)
{
	bool good = true;

	for (uint32_t i = 0; i < swap->names.count; i++)
		good &= recover_file(swap, *(const char **)list_at(&swap->names, i));
	if (!good)
		return false;
	if (!output_flush(swap->output, swap->output->folder))
		return output_fail(swap->output, NULL, "cannot flush the folder");
	return remove_staging(swap) || output_fail(swap->output, STAGING, "cannot be removed");
}

bool recover(struct output *output)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	struct unfinished swap = {.output = output, .direction = BACK};

	/* one folder is open at a time, for it may be for want of descriptors that the swap did not end */
	list_init(&swap.names, &output->arena, sizeof(const char *));
	bool named = each_name(output->folder, STAGING "/new", add_name, &swap.names) || errno == ENOENT;
	swap.staging = openat(output->folder, STAGING, flags);
	if (swap.staging < 0)
		return errno == ENOENT || output_fail(output, STAGING, "is in the way");
	bool good = named && read_direction(&swap) ? recover_all(&swap)
						   : output_fail(output, STAGING, "cannot be read");
	(void)close(swap.staging);
	return good;
}
