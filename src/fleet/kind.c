/* What a file is, by its first bytes. See kind.h. */
#include "kind.h"

#include <fcntl.h>
#include <unistd.h>

static const struct mark {
	size_t at, len;
	const char *bytes;
} marks[] = {
	{0, 3, "\x1f\x8b\x08"},     /* gzip */
	{0, 6, "\xfd\x37zXZ"},      /* xz */
	{0, 4, "\x28\xb5\x2f\xfd"}, /* zstd */
	{0, 4, "PK\x03\x04"},       /* zip */
	{0, 4, "PK\x05\x06"},       /* an empty one */
	{4, 6, "1AY&SY"},           /* bzip2: its first block, behind "BZh" and a digit */
	{257, 5, "ustar"},          /* tar */
};

static bool has_mark(struct slice head, const struct mark *mark)
{
	return head.len >= mark->at + mark->len && memcmp(head.at + mark->at, mark->bytes, mark->len) == 0;
}

static bool is_archive(struct slice head)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (has_mark(head, &marks[i]))
			return marks[i].at != 4 || slice_starts(head, SLICE("BZh"));
	return false;
}

enum file_kind kind_of_head(struct slice head)
{
	size_t control = 0;

	if (head.len > KIND_HEAD)
		head.len = KIND_HEAD;
	if (is_archive(head))
		return FILE_ARCHIVE;
	if (slice_starts(head, SLICE("\xff\xfe")) || slice_starts(head, SLICE("\xfe\xff")))
		return FILE_UTF16;
	for (size_t i = 0; i < head.len; i++) {
		unsigned char byte = (unsigned char)head.at[i];
		control += byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r';
	}
	return control > head.len / BINARY_SHARE ? FILE_BINARY : FILE_TEXT;
}

enum file_kind kind_of_file(const char *path)
{
	char head[KIND_HEAD];
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0)
		return FILE_TEXT;
	ssize_t got = read(file, head, sizeof head);
	(void)close(file);
	return kind_of_head((struct slice){head, got > 0 ? (size_t)got : 0});
}

const char *kind_refused(enum file_kind kind)
{
	switch (kind) {
	case FILE_UTF16:
		return "it is text in UTF-16, which CCcam does not read; save it as UTF-8";
	case FILE_BINARY:
		return "it is no text, and no archive of a known kind";
	case FILE_ARCHIVE:
		return "it is an archive, in spite of its name; give it as an INPUT of its own";
	case FILE_TEXT:
		break;
	}
	return NULL;
}
