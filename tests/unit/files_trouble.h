/* The system calls of src/output, failing or killing when a test wants it: the linker puts the __wrap_
 * functions in front of the system's own (tests/CMakeLists.txt). */
#ifndef CC2OSCAM_FILES_TROUBLE_H
#define CC2OSCAM_FILES_TROUBLE_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

/* What the next calls of one kind do: `after` calls go through, then `times` calls fail with `why`. */
struct trouble {
	int after, times, why;
	void (*hook)(void); /* or: the call goes through after this */
};
static struct trouble write_trouble, fsync_trouble, link_trouble, symlink_trouble, unlink_trouble,
	rename_trouble, renameat2_trouble, flock_trouble, fchown_trouble, fchmod_trouble, xattr_trouble;
static size_t write_most; /* write takes no more than this, if not 0 */
static int fsync_calls;
static bool fsync_sleeps; /* where only the order of the calls matters */

/* The same for the calls of all kinds, counted from 1 while `counting`. */
static struct {
	bool counting;
	long calls;
	long fails, kills; /* the number of the call that does; 0: none */
	int why;
} all;

static bool strikes(struct trouble *trouble)
{
	if (all.counting) {
		all.calls++;
		if (all.calls == all.kills)
			(void)raise(SIGKILL);
		if (all.calls == all.fails) {
			errno = all.why;
			return true;
		}
	}
	if (!trouble || trouble->times == 0)
		return false;
	if (trouble->after > 0) {
		trouble->after--;
		return false;
	}
	trouble->times--;
	if (trouble->hook) {
		bool counting = all.counting;
		all.counting = false;
		trouble->hook();
		all.counting = counting;
		return false;
	}
	errno = trouble->why;
	return true;
}

/* WRAP(result, name, own trouble, failure, parameters, arguments) */
#define WRAP(type, name, trouble, failure, parameters, arguments)                                            \
	type __real_##name parameters;                                                                       \
	type __wrap_##name parameters;                                                                       \
	type __wrap_##name parameters                                                                        \
	{                                                                                                    \
		return strikes(trouble) ? (failure) : __real_##name arguments;                               \
	}

WRAP(int, linkat, &link_trouble, -1, (int at, const char *from, int to_at, const char *to, int flags),
	(at, from, to_at, to, flags))
WRAP(int, symlinkat, &symlink_trouble, -1, (const char *text, int at, const char *name), (text, at, name))
WRAP(int, renameat, &rename_trouble, -1, (int at, const char *from, int to_at, const char *to),
	(at, from, to_at, to))
WRAP(int, unlinkat, &unlink_trouble, -1, (int at, const char *name, int flags), (at, name, flags))
WRAP(int, mkdirat, NULL, -1, (int at, const char *name, mode_t mode), (at, name, mode))
WRAP(int, mkdir, NULL, -1, (const char *name, mode_t mode), (name, mode))
WRAP(int, flock, &flock_trouble, -1, (int file, int how), (file, how))
WRAP(int, fchmod, &fchmod_trouble, -1, (int file, mode_t mode), (file, mode))
WRAP(int, fchmodat, NULL, -1, (int at, const char *name, mode_t mode, int flags), (at, name, mode, flags))
WRAP(int, fchown, &fchown_trouble, -1, (int file, uid_t user, gid_t group), (file, user, group))
WRAP(int, fstat, NULL, -1, (int file, struct stat *status), (file, status))
WRAP(int, fstatat, NULL, -1, (int at, const char *name, struct stat *status, int flags),
	(at, name, status, flags))
WRAP(int, lstat, NULL, -1, (const char *name, struct stat *status), (name, status))
WRAP(ssize_t, readlinkat, NULL, -1, (int at, const char *name, char *text, size_t room),
	(at, name, text, room))
WRAP(ssize_t, fgetxattr, &xattr_trouble, -1, (int file, const char *name, void *value, size_t room),
	(file, name, value, room))
WRAP(int, fsetxattr, &xattr_trouble, -1,
	(int file, const char *name, const void *value, size_t len, int flags),
	(file, name, value, len, flags))
WRAP(int, fremovexattr, &xattr_trouble, -1, (int file, const char *name), (file, name))
WRAP(DIR *, fdopendir, NULL, NULL, (int file), (file))
WRAP(struct dirent *, readdir, NULL, NULL, (DIR * folder), (folder))

ssize_t __real_write(int file, const void *data, size_t len);
ssize_t __wrap_write(int file, const void *data, size_t len);
ssize_t __wrap_write(int file, const void *data, size_t len)
{
	if (strikes(&write_trouble))
		return -1;
	return __real_write(file, data, write_most && write_most < len ? write_most : len);
}

int __real_fsync(int file);
int __wrap_fsync(int file);
int __wrap_fsync(int file)
{
	fsync_calls++;
	if (strikes(&fsync_trouble))
		return -1;
	return fsync_sleeps ? 0 : __real_fsync(file);
}

/* The descriptor is gone even when it fails, as on Linux. */
int __real_close(int file);
int __wrap_close(int file);
int __wrap_close(int file)
{
	bool failed = strikes(NULL);
	int why = errno, result = __real_close(file);

	errno = failed ? why : errno;
	return failed ? -1 : result;
}

int __real_openat(int at, const char *name, int flags, ...);
int __wrap_openat(int at, const char *name, int flags, ...);
int __wrap_openat(int at, const char *name, int flags, ...)
{
	va_list args;

	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return strikes(NULL) ? -1 : __real_openat(at, name, flags, mode);
}

int __real_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, ...)
{
	va_list args;

	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return strikes(NULL) ? -1 : __real_open(name, flags, mode);
}

/* Only renameat2 comes here. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
	va_list args;

	if (strikes(&renameat2_trouble))
		return -1;
	va_start(args, number);
	int from_folder = va_arg(args, int);
	const char *from = va_arg(args, const char *);
	int to_folder = va_arg(args, int);
	const char *to = va_arg(args, const char *);
	unsigned flags = va_arg(args, unsigned);
	va_end(args);
	return __real_syscall(number, from_folder, from, to_folder, to, flags);
}

static inline void no_trouble(void)
{
	write_trouble = fsync_trouble = link_trouble = symlink_trouble = unlink_trouble = rename_trouble =
		renameat2_trouble = flock_trouble = fchown_trouble = fchmod_trouble = xattr_trouble =
			(struct trouble){0};
	write_most = 0;
	fsync_calls = 0;
	fsync_sleeps = false;
	all.counting = false;
	all.calls = all.fails = all.kills = 0;
	all.why = EIO;
}

#endif
