/* libarchive, loaded when the first archive is read: with the libraries that it needs itself it would make
 * every start of the program several times as long. */
#ifndef CC2OSCAM_LIBARCHIVE_H
#define CC2OSCAM_LIBARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#include "cc2oscam/arena.h"

/* The functions of libarchive that are called, without "archive_" in front. */
#define LIBARCHIVE_CALLS(X)                                                                                  \
	X(read_new)                                                                                          \
	X(read_free)                                                                                         \
	X(read_support_filter_gzip)                                                                          \
	X(read_support_filter_bzip2)                                                                         \
	X(read_support_filter_xz)                                                                            \
	X(read_support_filter_zstd)                                                                          \
	X(read_support_format_tar)                                                                           \
	X(read_support_format_zip_seekable)                                                                  \
	X(read_support_format_raw)                                                                           \
	X(read_open_fd)                                                                                      \
	X(read_next_header)                                                                                  \
	X(read_data_block)                                                                                   \
	X(read_has_encrypted_entries)                                                                        \
	X(filter_bytes)                                                                                      \
	X(filter_code)                                                                                       \
	X(format)                                                                                            \
	X(error_string)                                                                                      \
	X(entry_pathname)                                                                                    \
	X(entry_pathname_utf8)                                                                               \
	X(entry_hardlink)                                                                                    \
	X(entry_hardlink_utf8)                                                                               \
	X(entry_symlink)                                                                                     \
	X(entry_symlink_utf8)                                                                                \
	X(entry_filetype)                                                                                    \
	X(entry_is_encrypted)

struct libarchive {
#define LIBARCHIVE_MEMBER(name) __typeof__ (&archive_##name)(name);
	LIBARCHIVE_CALLS(LIBARCHIVE_MEMBER)
#undef LIBARCHIVE_MEMBER
};

/* It stays loaded, so that only the first call takes long. NULL, or why it cannot be had, in the arena. */
const char *libarchive_load(struct libarchive *library, struct arena *arena);

#endif
