/* What a system may lack: threads, signals, locks, owners, rights and attributes of files, ways back out of
 * many calls. Most systems have all of them. WebAssembly (WASI) has none: there the program runs alone, on
 * files that nobody else sees, and each thing here does the least that is right for that. */
#ifndef CC2OSCAM_PLATFORM_H
#define CC2OSCAM_PLATFORM_H

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#ifndef __wasi__

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/xattr.h>

/* Sixteen bytes that the system has given this run by chance, without a call; or NULL. */
static inline const void *random_bytes(void)
{
	return (const void *)getauxval(AT_RANDOM); /* NOLINT: the system gives the address as a number */
}

#else

static inline const void *random_bytes(void)
{
	return NULL;
}

/* ---- what is there, and is never told apart ---- */

static inline uid_t geteuid(void)
{
	return 0;
}

static inline int fchown(int file, uid_t owner, gid_t group)
{
	return (void)file, (void)owner, (void)group, 0;
}

static inline int fchmod(int file, mode_t mode)
{
	return (void)file, (void)mode, 0;
}

static inline int fchmodat(int folder, const char *path, mode_t mode, int how)
{
	return (void)folder, (void)path, (void)mode, (void)how, 0;
}

/* Nobody else is there to lock out. */
enum { LOCK_SH = 1, LOCK_EX = 2, LOCK_NB = 4, LOCK_UN = 8 };

static inline int flock(int file, int how)
{
	return (void)file, (void)how, 0;
}

/* ---- what is not there ---- */

#define ENODATA                           EOPNOTSUPP
static inline ssize_t fgetxattr(int file, const char *name, void *value, size_t size)
{
	(void)file, (void)name, (void)value, (void)size;
	errno = ENODATA;
	return -1;
}

static inline int fsetxattr(int file, const char *name, const void *value, size_t size, int flags)
{
	(void)file, (void)name, (void)value, (void)size, (void)flags;
	errno = ENODATA;
	return -1;
}

static inline int fremovexattr(int file, const char *name)
{
	return fsetxattr(file, name, NULL, 0, 0);
}

/* There are no links, so a path that leads somewhere is real but for "." and double slashes in it. */
static inline char *realpath(const char *path, char *unused)
{
	char *real = access(path, F_OK) == 0 ? malloc(strlen(path) + 2) : NULL, *end = real;

	(void)unused;
	for (const char *part = path; real && *part;) {
		size_t len = strcspn(part, "/");
		if (len > 0 && !(len == 1 && *part == '.')) {
			*end++ = '/';
			memcpy(end, part, len);
			end += len;
		}
		part += len + strspn(part + len, "/");
	}
	if (real && end == real)
		*end++ = '/';
	if (real)
		*end = '\0';
	return real;
}

/* Files with names by chance are for batches, which need threads. */
static inline int mkstemp(char *name)
{
	(void)name;
	errno = ENOSYS;
	return -1;
}

static inline void sync(void)
{
}

/* Only the older way of writing an address is missing. */
static inline in_addr_t inet_addr(const char *text)
{
	struct in_addr address;

	return inet_aton(text, &address) ? address.s_addr : INADDR_NONE;
}

/* No way back: without memory the program ends. */
typedef int jmp_buf[1];
#define setjmp(back)                      ((void)(back), 0)
#define longjmp(back, value)              abort()

static inline int not_here(void)
{
	return ENOSYS;
}

/* No signal ever comes. */
typedef void signal_handler(int);
struct sigaction {
	int sa_flags;
	signal_handler *sa_handler;
};
enum { SIGHUP = 1, SIGINT = 2, SIGPIPE = 13, SIGTERM = 15, SIGXFSZ = 25, SA_RESTART = 1 };
#define SIG_DFL                           ((signal_handler *)0)
#define SIG_IGN                           ((signal_handler *)1)
#define signal(number, handler)           ((void)(number), (void)(handler))
#define sigaction(number, action, before) ((void)(number), (void)(action), not_here())
#define raise(number)                     ((void)(number), not_here())

/* No thread can be started; the only one that there is waits for nobody. */
#define pthread_create(thread, how, start, context)                                                          \
	((void)(thread), (void)(how), (void)(start), (void)(context), not_here())
#define pthread_attr_init(how)                          ((void)(how), 0)
#define pthread_attr_setstacksize(how, size)            ((void)(how), 0)
#define pthread_attr_destroy(how)                       ((void)(how), 0)
#define pthread_join(thread, result)                    ((void)(thread), not_here())
#define pthread_mutex_init(mutex, how)                  ((void)(mutex), 0)
#define pthread_mutex_destroy(mutex)                    ((void)(mutex), 0)
#define pthread_mutex_lock(mutex)                       ((void)(mutex), 0)
#define pthread_mutex_unlock(mutex)                     ((void)(mutex), 0)
#define pthread_condattr_init(how)                      ((void)(how), 0)
#define pthread_condattr_setclock(how, clock)           ((void)(how), 0)
#define pthread_condattr_destroy(how)                   ((void)(how), 0)
#define pthread_cond_init(condition, how)               ((void)(condition), (void)(how), 0)
#define pthread_cond_destroy(condition)                 ((void)(condition), 0)
#define pthread_cond_signal(condition)                  ((void)(condition), 0)
#define pthread_cond_broadcast(condition)               ((void)(condition), 0)
#define pthread_cond_wait(condition, mutex)             ((void)(condition), (void)(mutex), 0)
#define pthread_cond_timedwait(condition, mutex, until) ((void)(condition), (void)(until), ETIMEDOUT)

/* No bound on open files is known. */
typedef unsigned long rlim_t;
struct rlimit {
	rlim_t rlim_cur, rlim_max;
};
enum { RLIMIT_NOFILE };
#define getrlimit(what, limit)                          ((void)(limit), not_here())
#define setrlimit(what, limit)                          ((void)(limit), not_here())

#endif

#endif
