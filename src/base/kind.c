/* What a file is, by its first bytes. See kind.h. */
#include "cc2oscam/kind.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What to do with a file of each kind: %s is the file. */
static const struct {
	const char *what, *way, *in_fleet;
} kinds[FILE_KINDS] = {
#define IN_ENCODING(encoding)                                                                                \
	{                                                                                                    \
		"text in " encoding,                                                                         \
			"CCcam does not read that: save it as UTF-8, or type\n"                              \
			"  iconv -f " encoding " -t UTF-8 %s >CCcam.utf8",                                   \
			"which CCcam does not read; save it as UTF-8"                                        \
	}
	[FILE_UTF16] = IN_ENCODING("UTF-16"),
	[FILE_UTF16LE] = IN_ENCODING("UTF-16LE"),
	[FILE_UTF16BE] = IN_ENCODING("UTF-16BE"),
	[FILE_UTF32] = IN_ENCODING("UTF-32"),
	[FILE_UTF32LE] = IN_ENCODING("UTF-32LE"),
	[FILE_UTF32BE] = IN_ENCODING("UTF-32BE"),
	[FILE_ARCHIVE] = {"an archive", "batch finds each CCcam.cfg in it:\n  cc2oscam batch -o OUT %s",
		"in spite of its name; give it as an INPUT of its own"},
	[FILE_PACKED] = {"an archive", "unpack it, then give the CCcam.cfg that was in it",
		"of a kind that cannot be opened here; unpack it first"},
	[FILE_DOCUMENT] = {"a document of a word processor", "save it as plain text in UTF-8",
		"save it as plain text in UTF-8"},
	[FILE_BINARY] = {"no text", "locate finds the CCcam.cfg of a receiver:\n  cc2oscam locate",
		"and no archive of a known kind"},
	[FILE_OSCAM] = {"a file of OSCam's", "check looks at it:\n  cc2oscam check %s",
		"cc2oscam check looks at those"},
	[FILE_MANIFEST] = {"a manifest, a list of receivers", "batch takes it:\n  cc2oscam batch -o OUT %s",
		"give it as an INPUT of its own"},
	[FILE_SETTINGS] = {"a settings file of this program",
		"name it beside the CCcam.cfg:\n  cc2oscam convert --settings %s CCcam.cfg",
		"name it with --settings"},
	[FILE_PAGE] = {"a page of the web", "copy CCcam's lines from it into a text file of their own",
		"copy CCcam's lines from it into a text file of their own"},
	[FILE_TABLE] = {"a table", "how to write a list of receivers:\n  cc2oscam help manifest",
		"a list of receivers is a manifest (cc2oscam help manifest)"},
	[FILE_PATHS] = {"a table of paths",
		"how to write a list of receivers for batch:\n  cc2oscam help manifest",
		"a list of receivers is a manifest (cc2oscam help manifest)"},
	[FILE_SIDE] = {"a side file of CCcam's (priorities or names)",
		"keep this file beside CCcam.cfg, and convert CCcam.cfg:\n  cc2oscam convert CCcam.cfg",
		"which belongs beside it"},
	[FILE_JSON] = {"JSON, such as a report",
		"locate finds the CCcam.cfg of a receiver:\n  cc2oscam locate", "which is no input"},
};

static const struct mark {
	size_t at, len;
	const char *bytes, *what;
	enum file_kind is;
} marks[] = {
	{30, 19, "[Content_Types].xml", "a document of a word processor", FILE_DOCUMENT}, /* in a zip */
	{30, 8, "mimetype", "a document of a word processor", FILE_DOCUMENT},
	{0, 3, "\x1f\x8b\x08", "an archive (gzip)", FILE_ARCHIVE},
	{0, 6, "\xfd\x37zXZ", "an archive (xz)", FILE_ARCHIVE},
	{0, 4, "\x28\xb5\x2f\xfd", "an archive (zstd)", FILE_ARCHIVE},
	{0, 4, "PK\x03\x04", "an archive (zip)", FILE_ARCHIVE},
	{0, 4, "PK\x05\x06", "an archive (zip)", FILE_ARCHIVE}, /* an empty one */
	{4, 6, "1AY&SY", "an archive (bzip2)", FILE_ARCHIVE}, /* its first block, behind "BZh" and a digit */
	{257, 5, "ustar", "an archive (tar)", FILE_ARCHIVE},
	{0, 6, "7z\xbc\xaf\x27\x1c", "an archive (7z)", FILE_PACKED},
	{0, 6, "Rar!\x1a\x07", "an archive (rar)", FILE_PACKED},
	{0, 4, "LZIP", "an archive (lzip)", FILE_PACKED},
	{0, 4, "\x04\x22\x4d\x18", "an archive (lz4)", FILE_PACKED},
	{0, 5, "\x5d\0\0\x80\0", "an archive (lzma)", FILE_PACKED},
	{0, 2, "\x1f\x9d", "an archive (compress)", FILE_PACKED},
	{0, 10, "BZh9\x17rE8P\x90", "an archive (bzip2)", FILE_ARCHIVE}, /* an empty one */
	{0, 8, "!<arch>\n", "a package (ipk, deb)", FILE_PACKED},
	{0, 6, "070701", "an archive (cpio)", FILE_PACKED},
	{0, 5, "{\\rtf", "a document of a word processor (RTF)", FILE_DOCUMENT},
	{0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of a word processor", FILE_DOCUMENT},
	{0, 5, "%PDF-", "a document (PDF)", FILE_DOCUMENT},
	{0, 4, "\x89PNG", "a picture (PNG), no text", FILE_BINARY},
	{0, 3, "\xff\xd8\xff", "a picture (JPEG), no text", FILE_BINARY},
	{0, 16, "SQLite format 3\0", "a database (SQLite), no text", FILE_BINARY},
	{0, 4, "GIF8", "a picture (GIF), no text", FILE_BINARY},
	{0, 4,
		"\x7f"
		"ELF",
		"a program, no text", FILE_BINARY},
	{0, 4, "\xff\xfe\0\0", "text in UTF-32", FILE_UTF32},
	{0, 4, "\0\0\xfe\xff", "text in UTF-32", FILE_UTF32},
	{0, 2, "\xff\xfe", "text in UTF-16", FILE_UTF16},
	{0, 2, "\xfe\xff", "text in UTF-16", FILE_UTF16},
};

static bool has_mark(struct slice head, const struct mark *mark)
{
	if (head.len < mark->at + mark->len || memcmp(head.at + mark->at, mark->bytes, mark->len) != 0)
		return false;
	if (mark->at == 4)
		return slice_starts(head, SLICE("BZh"));
	return mark->at != 30 || slice_starts(head, SLICE("PK"));
}

/* How many of the bytes at `first`, first + width, ... are zero. */
static size_t count_zeros(struct slice head, size_t first, size_t width)
{
	size_t zeros = 0;

	for (size_t i = first; i + width - first <= head.len; i += width)
		zeros += head.at[i] == '\0';
	return zeros;
}

/* ASCII without control bytes but tabs and line ends, as nearly all heads are. */
static bool is_plain(struct slice head)
{
	unsigned odd = 0;

	for (size_t i = 0; i < head.len; i++) {
		unsigned char byte = (unsigned char)head.at[i];
		odd |= (byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r') | byte >> 7;
	}
	return odd == 0;
}

/* Text in UTF-16 or UTF-32 without a mark at its start, of characters that mostly have one byte: of each the
 * others are zero. */
static enum file_kind kind_of_wide(struct slice head)
{
	size_t pairs = head.len / 2, quads = head.len / 4, pairs_most = pairs - pairs / 4;
	size_t two[2], four[4];

	for (size_t i = 0; i < 4; i++) {
		four[i] = count_zeros(head, i, 4);
		two[i % 2] = count_zeros(head, i % 2, 2);
	}
	if (quads >= 2 && four[0] == 0 && four[1] >= quads - quads / 4 && four[2] == quads &&
		four[3] == quads)
		return FILE_UTF32LE;
	if (quads >= 2 && four[3] == 0 && four[2] >= quads - quads / 4 && four[1] == quads &&
		four[0] == quads)
		return FILE_UTF32BE;
	if (pairs >= 2 && two[0] == 0 && two[1] >= pairs_most)
		return FILE_UTF16LE;
	return pairs >= 2 && two[1] == 0 && two[0] >= pairs_most ? FILE_UTF16BE : FILE_TEXT;
}

/* Control bytes are no part of a text; a text in Latin-1 or the like has bytes that are no UTF-8, but no
 * control bytes beside them. */
static bool is_binary(struct slice head)
{
	size_t controls = 0, wrong = 0, len;

	for (size_t i = 0; i < head.len; i += len) {
		unsigned char byte = (unsigned char)head.at[i];
		len = byte < 0x80 ? 1 : utf8_length(slice_skip(head, i));
		wrong += len == 0;
		len += len == 0;
		controls += byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r';
	}
	return controls > head.len / BINARY_SHARE ||
	       (controls > 1 + head.len / BINARY_SHARE / 4 && wrong > head.len / BINARY_SHARE);
}

struct kind kind_named(enum file_kind is)
{
	return (struct kind){is, kinds[is].what};
}

struct kind kind_of_head(struct slice head)
{
	if (head.len > KIND_HEAD)
		head.len = KIND_HEAD;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (has_mark(head, &marks[i]))
			return (struct kind){marks[i].is, marks[i].what};
	if (is_plain(head))
		return kind_named(FILE_TEXT);
	enum file_kind wide = kind_of_wide(head);
	if (wide == FILE_TEXT && is_binary(head))
		return kind_named(FILE_BINARY);
	return kind_named(wide);
}

struct kind kind_of_file(const char *path)
{
	char head[KIND_HEAD];
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0)
		return kind_named(FILE_TEXT);
	ssize_t got = read(file, head, sizeof head);
	(void)close(file);
	return kind_of_head((struct slice){head, got > 0 ? (size_t)got : 0});
}

struct slice kind_refusal(struct arena *arena, struct kind kind, const char *name, const char *typed)
{
	const char *way = kinds[kind.is].way, *hole = strstr(way, "%s");
	size_t before = hole ? (size_t)(hole - way) : strlen(way);

	return arena_format(arena, "%s is %s, not a CCcam.cfg; %.*s%s%s", name, kind.what, (int)before, way,
		hole ? typed : "", hole ? hole + 2 : "");
}

const char *kind_refused(struct arena *arena, struct kind kind)
{
	const char *what = kind.is == FILE_ARCHIVE ? kinds[kind.is].what : kind.what;

	if (kind.is == FILE_TEXT)
		return NULL;
	return arena_format(arena, "it is %s, %s", what, kinds[kind.is].in_fleet).at;
}
