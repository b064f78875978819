#include "cc2oscam/path.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cc2oscam/text.h"

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

struct slice slice_base(struct slice path)
{
	return slice_skip(path, slice_folder(path).len);
}

struct slice slice_folder(struct slice path)
{
	while (path.len > 0 && path.at[path.len - 1] != '/')
		path.len--;
	return path;
}

struct slice slice_without_slashes(struct slice path)
{
	while (path.len > 1 && path.at[path.len - 1] == '/')
		path.len--;
	return path;
}

const char *path_folder(struct arena *arena, const char *path)
{
	size_t len = (size_t)(path_base(path) - path);

	return arena_copy(arena, (struct slice){path, len > 1 ? len - 1 : len}).at;
}

struct slice path_join(struct arena *arena, struct slice folder, struct slice file)
{
	bool slash = folder.len > 0 && file.len > 0 && folder.at[folder.len - 1] != '/';
	struct buffer path = {.arena = arena};

	buffer_reserve(&path, folder.len + slash + file.len + 1);
	buffer_add_slice(&path, folder);
	buffer_add(&path, "/", slash);
	buffer_add_slice(&path, file);
	buffer_add(&path, "", 1);
	return (struct slice){path.at, path.len - 1};
}

bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

bool is_there(const char *path)
{
	struct stat unused;

	return stat(path, &unused) == 0 || (errno != ENOENT && errno != ENOTDIR);
}
