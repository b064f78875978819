/* The system calls of files.c, failing when a test wants it: the linker puts the __wrap_ functions in front
 * of the system's own (tests/CMakeLists.txt). */
#ifndef CC2OSCAM_FILES_TROUBLE_H
#define CC2OSCAM_FILES_TROUBLE_H

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What the next calls do: `after` calls go through, then `times` calls fail with `why`. */
struct trouble {
	int after, times, why;
};
static struct trouble write_trouble, fsync_trouble, link_trouble, unlink_trouble, rename_trouble;
static size_t write_most; /* write takes no more than this, if not 0 */
static int fsync_calls;

static bool strikes(struct trouble *trouble)
{
	if (trouble->times == 0)
		return false;
	if (trouble->after > 0) {
		trouble->after--;
		return false;
	}
	trouble->times--;
	errno = trouble->why;
	return true;
}

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
	return strikes(&fsync_trouble) ? -1 : __real_fsync(file);
}

int __real_linkat(int from_folder, const char *from, int to_folder, const char *to, int flags);
int __wrap_linkat(int from_folder, const char *from, int to_folder, const char *to, int flags);
int __wrap_linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
	return strikes(&link_trouble) ? -1 : __real_linkat(from_folder, from, to_folder, to, flags);
}

int __real_unlinkat(int folder, const char *name, int flags);
int __wrap_unlinkat(int folder, const char *name, int flags);
int __wrap_unlinkat(int folder, const char *name, int flags)
{
	return strikes(&unlink_trouble) ? -1 : __real_unlinkat(folder, name, flags);
}

/* Only renameat2 comes here. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
	va_list args;

	if (strikes(&rename_trouble))
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

#endif
