/* What files are, by their first bytes. */
#include "unit.h"
#include <string.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/kind.h"

#define BYTES(text)                                                                                          \
	{                                                                                                    \
		text, sizeof(text) - 1                                                                       \
	}

TEST(test_heads)
{
	static const struct {
		struct slice head;
		enum file_kind is;
	} heads[] = {
		{BYTES(""), FILE_TEXT},
		{BYTES("C: a 1 b c\r\n"), FILE_TEXT},
		{BYTES("# K\xfc"
		       "che\n"),
			FILE_TEXT},
		{BYTES("SERVER LISTEN PORT : 12000\n\0\0"), FILE_TEXT},
		{BYTES("BZh9 is no directive, nor 1AY&SY\n"), FILE_TEXT},
		{BYTES("PK: no archive\n"), FILE_TEXT},
		{BYTES("\x1f\x8b\x08\0"), FILE_ARCHIVE},
		{BYTES("\xfd\x37zXZ\0"), FILE_ARCHIVE},
		{BYTES("BZh91AY&SY"), FILE_ARCHIVE},
		{BYTES("PK\x03\x04\x14\0"), FILE_ARCHIVE},
		{BYTES("PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\x08\x02["
		       "Content_Types].xml"),
			FILE_DOCUMENT},
		{BYTES("7z\xbc\xaf\x27\x1c"), FILE_PACKED},
		{BYTES("Rar!\x1a\x07\x01\0"), FILE_PACKED},
		{BYTES("!<arch>\ndebian-binary"), FILE_PACKED},
		{BYTES("{\\rtf1\\ansi C: a 1 b c\\par}"), FILE_DOCUMENT},
		{BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), FILE_DOCUMENT},
		{BYTES("%PDF-1.4\n"), FILE_DOCUMENT},
		{BYTES("\x89PNG\r\n\x1a\n"), FILE_BINARY},
		{BYTES("\x7f"
		       "ELF\x02\x01\x01\0"),
			FILE_BINARY},
		{BYTES("\0\0\0\0\0\0\0\0"), FILE_BINARY},
		{BYTES("\xff\xfe"
		       "C\0:\0"),
			FILE_UTF16},
		{BYTES("\xfe\xff\0C\0:"), FILE_UTF16},
		{BYTES("C\0:\0 \0a\0 \0"
		       "1\0"),
			FILE_UTF16LE},
		{BYTES("\0C\0:\0 \0a\0 \0001"), FILE_UTF16BE},
		{BYTES("\xff\xfe\0\0C\0\0\0"), FILE_UTF32},
		{BYTES("C\0\0\0:\0\0\0 \0\0\0\xe9\0\0\0"), FILE_UTF32LE},
		{BYTES("\0\0\0C\0\0\0:\0\0\0 \0\0\1\x31"), FILE_UTF32BE},
		{BYTES("C\0\0\0:\0\0\0 \0\0\1\x31\0\0\0"), FILE_BINARY},
		{BYTES("C\0:\0 \0a\0\x15\x01"), FILE_UTF16LE},
		{BYTES("SQLite format 3\0\x10 "), FILE_BINARY},
		{BYTES("\x93k\x04\xd1\x90ZC: a 1 \xe2:\xbe\x1f q,\xf0 w8\xc3z\xa7MG9-o\x81"), FILE_BINARY},
		{BYTES("# \xcf\xee\xe4\xef\xe8\xf1\xea\xe0 \xed\xe0\nC: a 1 b c\n\0\n"), FILE_TEXT},
	};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct kind kind = kind_of_head(heads[i].head);
		if (kind.is != heads[i].is || (kind.what == NULL) != (kind.is == FILE_TEXT))
			fail_msg("head %zu is %d, not %d", i, (int)kind.is, (int)heads[i].is);
	}
}

/* Each kind says what it is and what to do. */
TEST(test_refusals)
{
	struct arena arena FREED_BY(arena_free) = {0};

	for (int is = FILE_TEXT + 1; is < FILE_KINDS; is++) {
		struct slice text = kind_refusal(&arena, kind_named((enum file_kind)is), "a b", "'a b'");
		const char *in_fleet = kind_refused(&arena, kind_named((enum file_kind)is));
		assert_true(slice_starts(text, SLICE("a b is ")));
		assert_non_null(strstr(text.at, ", not a CCcam.cfg; "));
		assert_null(strstr(text.at, "%s"));
		assert_true(strncmp(in_fleet, "it is ", 6) == 0 && strchr(in_fleet, ','));
	}
	assert_null(kind_refused(&arena, kind_named(FILE_TEXT)));
}
