/* Reads an archive through libarchive, from its first byte to its last, and keeps what is wanted. Only tar
 * and zip, and the compressions that are built into libarchive: no other program is started. See archived.h.
 */
#include "archived.h"

#ifndef CC2OSCAM_LIBARCHIVE

const char *archive_read_all(const char *path, struct content *content)
{
	(void)path, (void)content;
	return "this cc2oscam was built without libarchive, and cannot read archives; unpack it, and "
	       "give the folder";
}

#else

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libarchive.h"

/* Linux has no longer paths. */
enum { BLOCK = 64 * 1024, PATH_MOST = 4096 };
/* The zeros that POSIX wants at the end, a block of them at least. */
enum { END_MARK = 512 };
/* libarchive ends the process where memory runs out: it is looked for first, so much to begin and so much for
 * one entry. */
enum { START_MEMORY = 1 << 20, ENTRY_MEMORY = 256 * 1024 };

static const char no_memory[] = "there is not enough memory for it";

struct archive_reading {
	struct libarchive call;
	struct archive *archive;
	struct content *content;
	struct buffer text; /* of the entry at hand */
	struct arena paths; /* of the entry at hand */
	uint64_t size;      /* of the archive's file */
	uint64_t out, entries;
	const char *failed;
};

static bool fail(struct archive_reading *reading, const char *why)
{
	reading->failed = why;
	return false;
}

/* With libarchive's own words. */
static bool fail_damaged(struct archive_reading *reading)
{
	const char *words = reading->call.error_string(reading->archive);
	struct slice said = slice_of(words ? words : "what follows cannot be read");

	reading->failed =
		reading->entries == 0
			? arena_format(reading->content->arena,
				  "it is damaged, or no tar or zip archive (%.*s)", SLICE_ARG(said))
				  .at
			: arena_format(reading->content->arena, "it is damaged (%.*s)", SLICE_ARG(said)).at;
	return false;
}

/* What is unpacked counts, also what libarchive reads between the entries. */
static bool count_bytes(struct archive_reading *reading, size_t len)
{
	const struct fleet_limits *limits = reading->content->limits;
	int64_t passed = reading->call.filter_bytes(reading->archive, 0);

	reading->out += len;
	if (passed > 0 && (uint64_t)passed > reading->out)
		reading->out = (uint64_t)passed;
	if (reading->out <= limits->unpacked && reading->entries <= limits->entries &&
		(reading->out <= limits->harmless || reading->out / limits->ratio <= reading->size))
		return true;
	return fail(reading, "it looks like a bomb: far more would come out of it than any backup holds");
}

/* Holes of sparse files are zeros. */
static bool add_block(struct archive_reading *reading, const void *block, size_t len, int64_t offset)
{
	uint64_t most = reading->content->limits->file;

	if (offset < 0 || (uint64_t)offset > most || len > most - (uint64_t)offset)
		return false;
	while (reading->text.len < (uint64_t)offset)
		buffer_add(&reading->text, "", 1);
	buffer_add(&reading->text, block, len);
	return true;
}

/* Everything is read, wanted or not: only so is it known how much comes out. */
static bool read_data(struct archive_reading *reading, bool wanted, bool *fits)
{
	const void *block;
	size_t len;
	la_int64_t offset;
	int result;

	reading->text.len = 0;
	*fits = true;
	while ((result = reading->call.read_data_block(reading->archive, &block, &len, &offset)) ==
		ARCHIVE_OK) {
		if (!count_bytes(reading, len))
			return false;
		if (wanted && *fits)
			*fits = add_block(reading, block, len, offset);
	}
	return result == ARCHIVE_EOF || fail_damaged(reading);
}

static bool keep(struct archive_reading *reading, enum member_kind kind, struct slice path, struct slice text)
{
	if (content_keep(reading->content, kind, path, text))
		return true;
	return fail(reading, "it holds more files and links that receivers could have than there is room "
			     "for; unpack it, and give the folder");
}

static bool take_file(struct archive_reading *reading, struct slice path)
{
	struct content *content = reading->content;
	bool wanted = content_wants(content, path), fits;

	if (!read_data(reading, wanted, &fits))
		return false;
	if (!wanted)
		return true;
	struct slice text = buffer_slice(&reading->text);
	if (!fits)
		return keep(reading, MEMBER_LARGE, path, (struct slice){NULL, 0});
	if (content->kept + text.len <= content->limits->kept) /* else keep says why not */
		text = arena_copy(content->arena, text);
	return keep(reading, MEMBER_FILE, path, text);
}

static const char *text_or(const char *text, const char *utf8)
{
	return text ? text : utf8;
}

static bool take_link(struct archive_reading *reading, struct slice path, const char *target, bool hard)
{
	struct arena *arena = reading->content->arena;

	if (!target || strlen(target) > PATH_MOST)
		return true;
	return keep(reading, MEMBER_LINK, path, arena_format(arena, "%s%s", hard ? "/" : "", target));
}

static bool take_entry(struct archive_reading *reading, struct archive_entry *entry)
{
	const char *name =
		text_or(reading->call.entry_pathname(entry), reading->call.entry_pathname_utf8(entry));
	const char *hard =
		text_or(reading->call.entry_hardlink(entry), reading->call.entry_hardlink_utf8(entry));
	const char *link =
		text_or(reading->call.entry_symlink(entry), reading->call.entry_symlink_utf8(entry));
	struct slice path;
	bool fits;

	if (reading->call.entry_is_encrypted(entry))
		return fail(reading, "it is protected with a password");
	arena_reset(&reading->paths);
	if (!name || strlen(name) > PATH_MOST)
		return read_data(reading, false, &fits);
	if (!path_clean(&reading->paths, slice_of(name), &path))
		return fail(reading, "an entry in it leads out of the archive, with .. in its path");
	if (hard)
		return take_link(reading, path, hard, true) && read_data(reading, false, &fits);
	if (reading->call.entry_filetype(entry) == AE_IFLNK)
		return take_link(reading, path, link, false) && read_data(reading, false, &fits);
	if (reading->call.entry_filetype(entry) == AE_IFREG)
		return take_file(reading, path);
	return read_data(reading, false, &fits);
}

static void read_entries(struct archive_reading *reading)
{
	struct archive_entry *entry;

	for (;;) {
		need_memory(ENTRY_MEMORY);
		int result = reading->call.read_next_header(reading->archive, &entry);
		if (result == ARCHIVE_EOF)
			break;
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
			(void)fail_damaged(reading);
			return;
		}
		reading->entries++;
		if (!count_bytes(reading, 0) || !take_entry(reading, entry))
			return;
	}
	if (reading->call.read_has_encrypted_entries(reading->archive) > 0)
		(void)fail(reading, "it is protected with a password");
	else if (reading->entries == 0)
		(void)fail(reading, "there is nothing in it");
}

static void start_reading(struct archive_reading *reading, int file, bool raw)
{
	need_memory(START_MEMORY);
	struct archive *archive = reading->call.read_new();

	reading->archive = archive;
	if (!archive) {
		(void)fail(reading, no_memory);
		return;
	}
	(void)reading->call.read_support_filter_gzip(archive);
	(void)reading->call.read_support_filter_bzip2(archive);
	(void)reading->call.read_support_filter_xz(archive);
	(void)reading->call.read_support_filter_zstd(archive);
	if (raw) {
		(void)reading->call.read_support_format_raw(archive);
	} else {
		(void)reading->call.read_support_format_tar(archive);
		(void)reading->call.read_support_format_zip_seekable(archive);
	}
	if (reading->call.read_open_fd(archive, file, BLOCK) != ARCHIVE_OK)
		(void)fail_damaged(reading);
}

/* ---- the end ---- */

/* Of all bytes that came out of the compression. */
struct archive_end {
	uint64_t len, zeros; /* all; those at the end that are 0 */
	uint32_t crc;        /* as gzip has it */
};

/* The check sum is that of RFC 1952, four bits at a time. */
static void add_to_end(struct archive_end *end, const unsigned char *at, size_t len)
{
	static const uint32_t halves[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190,
		0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
	uint32_t crc = ~end->crc;

	for (size_t i = 0; i < len; i++) {
		crc ^= at[i];
		crc = crc >> 4 ^ halves[crc & 15];
		crc = crc >> 4 ^ halves[crc & 15];
		end->zeros = at[i] ? 0 : end->zeros + 1;
	}
	end->crc = ~crc;
	end->len += len;
}

static uint32_t little_endian(const unsigned char at[4])
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Whether another gzip file may stand behind the first, by the bytes that each begins with. */
static bool may_be_several(int file)
{
	unsigned char block[4096 + 2];
	off_t at = 1;
	ssize_t len;

	while ((len = pread(file, block, sizeof block, at)) > 2) {
		for (ssize_t i = 0; i + 2 < len; i++)
			if (block[i] == 0x1f && block[i + 1] == 0x8b && block[i + 2] == 8)
				return true;
		at += len - 2;
	}
	return false;
}

/* Whether the bytes are those that the gzip file, of so many bytes, says at its end. Where several may stand
 * in it one after the other, nothing can be said, and they are taken to fit. */
static bool fits_gzip(const struct archive_end *end, int file, uint64_t size)
{
	unsigned char last[8];

	return (pread(file, last, sizeof last, (off_t)size - (off_t)sizeof last) == (ssize_t)sizeof last &&
		       little_endian(last) == end->crc && little_endian(last + 4) == (uint32_t)end->len) ||
	       may_be_several(file);
}

static bool read_end(struct archive_reading *reading, struct archive_end *end)
{
	struct archive_entry *entry;
	const void *block;
	size_t len;
	la_int64_t offset;
	int result = reading->call.read_next_header(reading->archive, &entry);

	while (result == ARCHIVE_OK && (result = reading->call.read_data_block(
						reading->archive, &block, &len, &offset)) == ARCHIVE_OK) {
		if (!count_bytes(reading, len))
			return false;
		add_to_end(end, block, len);
	}
	return result == ARCHIVE_EOF || fail_damaged(reading);
}

static void start_again(struct archive_reading *reading, int file)
{
	(void)reading->call.read_free(reading->archive);
	reading->archive = NULL;
	(void)lseek(file, 0, SEEK_SET);
	start_reading(reading, file, true);
}

/* libarchive stops where a tar archive says that it ends, and takes the end of the file for it as well: what
 * was cut off between two entries is missing without a word, and check sums behind it are not looked at. */
static void check_end(struct archive_reading *reading, int file, bool tar)
{
	struct archive_end end = {.len = 0};

	start_again(reading, file);
	if (reading->failed || !read_end(reading, &end))
		return;
	bool gzip = reading->call.filter_code(reading->archive, 0) == ARCHIVE_FILTER_GZIP &&
		    reading->call.filter_code(reading->archive, 1) == ARCHIVE_FILTER_NONE;
	if (gzip && !fits_gzip(&end, file, reading->size))
		(void)fail(reading, "it is damaged (the check sum of gzip does not fit)");
	else if (tar && end.zeros < END_MARK)
		(void)fail(reading,
			"it is damaged (the mark of its end is missing, so something may be cut off)");
}

/* One file that was packed by itself, such as CCcam.cfg.gz, is no archive of files. It counts as the
 * CCcam.cfg of a receiver, whatever it is called. */
static void read_packed_file(struct archive_reading *reading, int file)
{
	struct archive_entry *entry;

	reading->failed = NULL;
	reading->out = 0;
	start_again(reading, file);
	if (reading->failed)
		return;
	if (reading->call.read_next_header(reading->archive, &entry) != ARCHIVE_OK)
		(void)fail_damaged(reading);
	else if (take_file(reading, SLICE("CCcam.cfg")))
		check_end(reading, file, false);
}

static void read_whole(struct archive_reading *reading, int file)
{
	start_reading(reading, file, false);
	if (!reading->failed)
		read_entries(reading);
	if (!reading->archive)
		return;
	bool tar = (reading->call.format(reading->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
	bool packed = reading->call.filter_code(reading->archive, 0) != ARCHIVE_FILTER_NONE;
	if (reading->failed && reading->entries == 0 && packed)
		read_packed_file(reading, file);
	else if (!reading->failed && tar)
		check_end(reading, file, true);
}

/* Where memory runs out, libarchive and the file are given back all the same. */
static void read_guarded(struct archive_reading *reading, int file)
{
	struct memory_guard guard;

	arena_init(&reading->paths);
	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0)
		read_whole(reading, file);
	else
		reading->failed = no_memory;
	memory_guard_end(&guard);
	if (reading->archive)
		(void)reading->call.read_free(reading->archive);
	arena_free(&reading->paths);
	buffer_free(&reading->text);
}

const char *archive_read_all(const char *path, struct content *content)
{
	struct archive_reading reading = {.content = content};
	struct stat status;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0)
		return arena_string(content->arena, strerror(errno));
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
		reading.failed = "it is no regular file";
	else if (status.st_size == 0)
		reading.failed = "it is empty";
	else
		reading.failed = libarchive_load(&reading.call, content->arena);
	if (!reading.failed) {
		reading.size = (uint64_t)status.st_size;
		read_guarded(&reading, file);
	}
	(void)close(file);
	return reading.failed;
}

#endif
