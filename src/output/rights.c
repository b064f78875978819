/* Owner, rights and access control list of a file that another one takes the place of. */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/platform.h"

static const mode_t all_rights = 07777;

/* An access control list tells more than the mode does, and with one the mode's bits for the group mean
 * something else: the new file has the old one's, or none. False with errno. */
static bool copy_list(int from, int to)
{
	static const char list[] = "system.posix_acl_access";
	ssize_t len = fgetxattr(from, list, NULL, 0);

	if (len < 0 && errno == ENODATA)
		len = fremovexattr(to, list);
	if (len <= 0)
		return len == 0 || errno == ENODATA || errno == EOPNOTSUPP || errno == ENOSYS;
	char *value = malloc((size_t)len);
	if (!value)
		out_of_memory();
	len = fgetxattr(from, list, value, (size_t)len);
	bool good = len >= 0 && fsetxattr(to, list, value, (size_t)len, 0) == 0;
	free(value);
	return good;
}

/* The list of a file that we may not read is unknown, as if there were none. */
static bool keep_list(int file, int folder, const char *name)
{
	int old = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (old < 0)
		return errno == EACCES;
	bool good = copy_list(old, file);
	close_file(old);
	return good;
}

/* Some file systems know one owner and one mode for all files, and refuse every change. */
const char *keep_rights(int file, int folder, const char *name, const struct stat *old)
{
	struct stat now;

	if (fstat(file, &now) != 0)
		return "cannot create";
	if ((now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
		fchown(file, old->st_uid, old->st_gid) != 0)
		return "its owner and group cannot be kept (run it as that owner, or as root)";
	if (!keep_list(file, folder, name))
		return "its access control list cannot be kept";
	if (fstat(file, &now) != 0 || ((now.st_mode & all_rights) != (old->st_mode & all_rights) &&
					      fchmod(file, old->st_mode & all_rights) != 0))
		return "its rights cannot be kept";
	return NULL;
}
