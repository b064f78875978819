/* Archives for tests, written with libarchive. */
#ifndef CC2OSCAM_TESTS_ARCHIVE_HELP_H
#define CC2OSCAM_TESTS_ARCHIVE_HELP_H

#include "fleet_help.h"

#include <archive.h>
#include <archive_entry.h>

static inline void write_zeros(struct archive *archive, size_t left)
{
	static const char zeros[65536];

	while (left > 0) {
		size_t part = left < sizeof zeros ? left : sizeof zeros;
		assert_int_equal(archive_write_data(archive, zeros, part), part);
		left -= part;
	}
}

/* "a/b=text" a file, "a/b*9" one with so many zeros, "a/b>c" a link, "a/b&c" a hard link, "a/b!" a pipe,
 * "a/b" a folder. */
static inline void pack_entry(struct archive *archive, char *word)
{
	struct archive_entry *entry = archive_entry_new();
	char *sign = word + strcspn(word, "=*>&!"), kind = *sign, *text = sign + (kind != '\0');
	size_t zeros = kind == '*' ? strtoul(text, NULL, 10) : 0, len = kind == '=' ? strlen(text) : 0;

	*sign = '\0';
	archive_entry_set_pathname(entry, word);
	archive_entry_set_filetype(entry, kind == '>'    ? AE_IFLNK
					  : kind == '!'  ? AE_IFIFO
					  : kind == '\0' ? AE_IFDIR
							 : AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)(zeros + len));
	if (kind == '>')
		archive_entry_set_symlink(entry, text);
	if (kind == '&')
		archive_entry_set_hardlink(entry, text);
	assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
	if (len > 0)
		assert_int_equal(archive_write_data(archive, text, len), len);
	write_zeros(archive, zeros);
	archive_entry_free(entry);
}

/* Entries with | between them. The kind follows from the file's name: zip, or tar with what libarchive knows
 * as its compression; a zip with "locked" in its name has a password. */
static inline void pack(const char *path, const char *entries)
{
	struct archive *archive = archive_write_new();
	struct slice rest = slice_of(entries);
	char word[4096];

	(void)(strstr(path, ".zip") ? archive_write_set_format_zip(archive)
				    : archive_write_set_format_pax_restricted(archive));
	if (strstr(path, "gz"))
		(void)archive_write_add_filter_gzip(archive);
	if (strstr(path, "xz"))
		(void)archive_write_add_filter_xz(archive);
	if (strstr(path, "bz2"))
		(void)archive_write_add_filter_bzip2(archive);
	if (strstr(path, "zst"))
		(void)archive_write_add_filter_zstd(archive);
	if (strstr(path, "locked")) {
		assert_int_equal(
			archive_write_set_options(archive, "zip:encryption=traditional"), ARCHIVE_OK);
		assert_int_equal(archive_write_set_passphrase(archive, "secret"), ARCHIVE_OK);
	}
	make_folders_of(path);
	assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
	while (*entries && next_part(&rest, word))
		pack_entry(archive, word);
	assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
	(void)archive_write_free(archive);
}

#endif
