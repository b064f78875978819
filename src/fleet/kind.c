/* What a file is, by its first bytes. See kind.h. */
#include "kind.h"

#include <fcntl.h>
#include <unistd.h>

struct mark {
	size_t at;
	struct slice bytes;
};

#define MARK(at, bytes)                                                                                      \
	{                                                                                                    \
		at,                                                                                          \
		{                                                                                            \
			bytes, sizeof bytes - 1                                                              \
		}                                                                                            \
	}

static const struct mark marks[] = {
	MARK(0, "\x1f\x8b\x08"),         /* gzip */
	MARK(0, "\xfd\x37zXZ\0"),        /* xz */
	MARK(0, "\x28\xb5\x2f\xfd"),     /* zstd */
	MARK(0, "PK\x03\x04"),           /* zip */
	MARK(0, "PK\x05\x06"),           /* an empty one */
	MARK(4, "\x31\x41\x59\x26\x53"), /* bzip2: the first block, behind "BZh" and a digit */
	MARK(257, "ustar"),              /* tar */
};

static bool has_mark(struct slice head, const struct mark *mark)
{
	struct slice bytes = mark->bytes;

	return head.len >= mark->at + bytes.len && memcmp(head.at + mark->at, bytes.at, bytes.len) == 0;
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
