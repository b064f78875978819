/* The system calls that are struck. See strike.h. */
#include "strike.h"

#include <errno.h>
#include <sys/syscall.h>

const struct strike_row strike_rows[] = {
#ifdef SYS_open
	{SYS_open, "open", false, {EMFILE, EACCES, EROFS, ENOSPC}},
#endif
	{SYS_openat, "openat", false, {EMFILE, EACCES, EROFS, ENOSPC}},
	{SYS_read, "read", true, {EIO}},
	{SYS_pread64, "pread64", true, {EIO}},
	{SYS_getdents64, "getdents64", true, {EIO}},
#ifdef SYS_newfstatat
	{SYS_newfstatat, "newfstatat", true, {EIO, EACCES}},
#endif
#ifdef SYS_fstat
	{SYS_fstat, "fstat", true, {EIO}},
#endif
#ifdef SYS_statx
	{SYS_statx, "statx", true, {EIO}},
#endif
#ifdef SYS_stat
	{SYS_stat, "stat", true, {EIO, EACCES}},
	{SYS_lstat, "lstat", true, {EIO, EACCES}},
#endif
#ifdef SYS_access
	{SYS_access, "access", true, {EACCES}},
#endif
	{SYS_faccessat, "faccessat", true, {EACCES}},
#ifdef SYS_readlink
	{SYS_readlink, "readlink", true, {EIO}},
#endif
	{SYS_readlinkat, "readlinkat", true, {EIO}},
	{SYS_lseek, "lseek", true, {ESPIPE}},
	{SYS_write, "write", false, {ENOSPC, EIO, EFBIG}},
	{SYS_writev, "writev", false, {ENOSPC, EIO}},
	{SYS_pwrite64, "pwrite64", false, {ENOSPC, EIO}},
	{SYS_fsync, "fsync", false, {EIO, ENOSPC}},
	{SYS_fdatasync, "fdatasync", false, {EIO}},
	{SYS_syncfs, "syncfs", false, {EIO}},
	{SYS_ftruncate, "ftruncate", false, {EIO}},
#ifdef SYS_rename
	{SYS_rename, "rename", false, {EIO, ENOSPC, EROFS}},
#endif
#ifdef SYS_renameat
	{SYS_renameat, "renameat", false, {EIO, ENOSPC, EROFS}},
#endif
	{SYS_renameat2, "renameat2", false, {EIO, ENOSPC, EROFS, EINVAL}},
#ifdef SYS_link
	{SYS_link, "link", false, {EIO, ENOSPC, EPERM}},
	{SYS_symlink, "symlink", false, {EIO, ENOSPC, EPERM}},
	{SYS_unlink, "unlink", false, {EIO, EROFS}},
	{SYS_rmdir, "rmdir", false, {EIO, EROFS}},
	{SYS_mkdir, "mkdir", false, {ENOSPC, EROFS, EACCES}},
#endif
	{SYS_linkat, "linkat", false, {EIO, ENOSPC, EPERM, EMLINK}},
	{SYS_symlinkat, "symlinkat", false, {EIO, ENOSPC, EPERM}},
	{SYS_unlinkat, "unlinkat", false, {EIO, EROFS}},
	{SYS_mkdirat, "mkdirat", false, {ENOSPC, EROFS, EACCES}},
	{SYS_close, "close", false, {EIO}},
	{SYS_flock, "flock", false, {ENOLCK, EIO}},
	{SYS_fchmod, "fchmod", false, {EPERM, EIO}},
	{SYS_fchmodat, "fchmodat", false, {EPERM, EIO}},
	{SYS_fchown, "fchown", false, {EPERM, EIO}},
	{SYS_fchownat, "fchownat", false, {EPERM, EIO}},
	{SYS_fgetxattr, "fgetxattr", true, {EIO}},
	{SYS_fsetxattr, "fsetxattr", false, {ENOSPC, EPERM}},
	{SYS_fremovexattr, "fremovexattr", false, {EIO}},
	{SYS_utimensat, "utimensat", false, {EPERM}},
};
const int strike_row_count = sizeof strike_rows / sizeof *strike_rows;
