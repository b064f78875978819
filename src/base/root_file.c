/* Following a name component by component, each looked at without following it. See root_file.h. */
#include "cc2oscam/root_file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

enum { LINKS_MOST = 40 }; /* as Linux follows */

struct follower {
	struct arena *arena;
	struct root_file *found;
	struct buffer path; /* the folder and what was followed of the name so far: no links */
	size_t top;         /* the length of the folder in it */
	struct slice rest;  /* what is left to follow */
	unsigned links;
};

/* Zero-terminated until the path changes. */
static const char *path_of(struct follower *follower)
{
	buffer_add(&follower->path, "", 1);
	follower->path.len--;
	return follower->path.at;
}

static bool is_last(struct slice rest)
{
	while (rest.len > 0 && rest.at[0] == '/')
		rest = slice_skip(rest, 1);
	return rest.len == 0;
}

/* The path is that of a link; `before` is its length without the link's own name. */
static bool follow_link(struct follower *follower, size_t before)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path_of(follower), target, sizeof target);

	if (len < 0)
		return false;
	errno = ELOOP;
	if (++follower->links > LINKS_MOST)
		return false;
	bool last = is_last(follower->rest);
	if (last)
		follower->found->link = true;
	follower->path.len = len > 0 && target[0] == '/' ? follower->top : before;
	follower->rest = arena_format(
		follower->arena, "%.*s%s%.*s", (int)len, target, last ? "" : "/", SLICE_ARG(follower->rest));
	return true;
}

static bool enter(struct follower *follower, struct slice component)
{
	struct stat status;
	size_t before = follower->path.len;

	buffer_add(&follower->path, "/", 1);
	buffer_add_slice(&follower->path, component);
	return lstat(path_of(follower), &status) == 0 &&
	       (!S_ISLNK(status.st_mode) || follow_link(follower, before));
}

static bool follow(struct follower *follower)
{
	bool good = true;

	while (good && follower->rest.len > 0) {
		struct slice component = slice_cut(&follower->rest, '/');
		if (slice_equal(component, SLICE("..")))
			while (follower->path.len > follower->top &&
				follower->path.at[--follower->path.len] != '/')
				continue;
		else if (component.len > 0 && !slice_equal(component, SLICE(".")))
			good = enter(follower, component);
	}
	return good;
}

struct slice root_folder(const char *root)
{
	struct slice folder = slice_of(root);

	while (folder.len > 0 && folder.at[folder.len - 1] == '/')
		folder.len--;
	return folder;
}

bool root_file_find(struct root_file *found, const char *root, struct slice name, struct arena *arena)
{
	struct follower follower = {.arena = arena, .found = found, .rest = name};
	struct slice folder = root_folder(root);

	*found = (struct root_file){.link = false};
	buffer_add_slice(&follower.path, folder);
	follower.top = folder.len;
	/* the system's own names end at a zero byte */
	errno = ENOENT;
	bool good = !(name.len > 0 && memchr(name.at, '\0', name.len)) && follow(&follower);
	int why = errno;
	if (!is_last(follower.rest)) {
		buffer_add(&follower.path, "/", 1);
		buffer_add_slice(&follower.path, follower.rest);
	}
	bool below = follower.path.len > follower.top; /* only the folder itself may be a link */
	const char *path = below ? path_of(&follower) : root;
	if (good && (below ? lstat : stat)(path, &found->status) != 0) {
		why = errno;
		good = false;
	}
	found->path = arena_copy(arena, slice_of(path));
	found->name = slice_skip(found->path, follower.top);
	buffer_free(&follower.path);
	errno = why;
	return good;
}

bool root_has_devices(const char *root)
{
	struct arena arena;
	struct root_file found;
	bool any = false;

	arena_init(&arena);
	if (root_file_find(&found, root, SLICE("/dev"), &arena)) {
		DIR *folder = opendir(found.path.at);
		for (const struct dirent *entry; folder && !any && (entry = readdir(folder));)
			any = entry->d_name[0] != '.';
		if (folder)
			(void)closedir(folder);
	}
	arena_free(&arena);
	return any;
}

bool path_leads_into(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	len -= len > 0 && folder[len - 1] == '/';
	return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}
