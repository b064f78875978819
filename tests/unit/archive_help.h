/* Archives for tests, written with libarchive. */
#ifndef CC2OSCAM_TESTS_ARCHIVE_HELP_H
#define CC2OSCAM_TESTS_ARCHIVE_HELP_H

#include "fleet_help.h"

#include <archive.h>
#include <archive_entry.h>

struct packed {
	const char *path, *text; /* text NULL: a folder */
	const char *link, *hard; /* what a link points to */
	size_t zeros;            /* so many zero bytes in place of a text */
	unsigned type;           /* or 0 */
};

static inline void pack_entry(struct archive *archive, const struct packed *packed)
{
	struct archive_entry *entry = archive_entry_new();
	size_t len = packed->text ? strlen(packed->text) : packed->zeros;
	unsigned type = packed->type                                    ? packed->type
			: packed->link                                  ? AE_IFLNK
			: packed->text || packed->hard || packed->zeros ? AE_IFREG
									: AE_IFDIR;

	archive_entry_set_pathname(entry, packed->path);
	archive_entry_set_filetype(entry, type);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)len);
	if (packed->link)
		archive_entry_set_symlink(entry, packed->link);
	if (packed->hard)
		archive_entry_set_hardlink(entry, packed->hard);
	assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
	if (packed->text)
		assert_int_equal(archive_write_data(archive, packed->text, len), len);
	for (size_t left = packed->zeros; left > 0;) {
		static const char zeros[65536];
		size_t part = left < sizeof zeros ? left : sizeof zeros;
		assert_int_equal(archive_write_data(archive, zeros, part), part);
		left -= part;
	}
	archive_entry_free(entry);
}

/* The kind follows from the file's name: zip, or tar with what libarchive knows as its compression. */
static inline void pack(const char *path, const char *password, const struct packed *entries, size_t count)
{
	struct archive *archive = archive_write_new();

	if (strstr(path, ".zip"))
		(void)archive_write_set_format_zip(archive);
	else
		(void)archive_write_set_format_pax_restricted(archive);
	if (strstr(path, "gz"))
		(void)archive_write_add_filter_gzip(archive);
	if (strstr(path, "xz"))
		(void)archive_write_add_filter_xz(archive);
	if (strstr(path, "bz2"))
		(void)archive_write_add_filter_bzip2(archive);
	if (strstr(path, "zst"))
		(void)archive_write_add_filter_zstd(archive);
	if (password) {
		assert_int_equal(
			archive_write_set_options(archive, "zip:encryption=traditional"), ARCHIVE_OK);
		assert_int_equal(archive_write_set_passphrase(archive, password), ARCHIVE_OK);
	}
	make_folders_of(path);
	assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
	for (size_t i = 0; i < count; i++)
		pack_entry(archive, &entries[i]);
	assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
	(void)archive_write_free(archive);
}

#define PACK(path, ...)                                                                                      \
	pack(path, NULL, (const struct packed[]){__VA_ARGS__},                                               \
		sizeof((const struct packed[]){__VA_ARGS__}) / sizeof(struct packed))

#endif
