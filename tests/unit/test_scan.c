/* The tokens of a line. */
#include "parse_help.h"

#include "../../src/cccam/scan.h"

static struct scan scan_of(const char *text)
{
	return (struct scan){text, text + strlen(text), NULL};
}

TEST(comments_start_after_a_blank)
{
	static const struct {
		const char *text;
		size_t at;
	} rows[] = {{"# all", 0}, {"a #b", 2}, {"a\t#b", 2}, {"a#b", 3}, {"a#b #c", 4}, {"ab", 2}, {"", 0},
		{"a#", 2}, {"a ##b", 2}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *text = rows[i].text;
		assert_int_equal(scan_comment(text, text + strlen(text)) - text, rows[i].at);
	}
}

TEST(words_end_at_blanks)
{
	struct scan scan = scan_of("  a{b\t c,d ");
	struct slice word;

	assert_true(scan_word(&scan, &word));
	assert_slice(word, "a{b");
	assert_true(scan_word(&scan, &word));
	assert_slice(word, "c,d");
	assert_false(scan_word(&scan, &word));
	assert_true(scan_ended(&scan));
	assert_null(scan.control);
}

TEST(fields_end_at_a_brace_too)
{
	struct scan scan = scan_of("no{ 1 }");
	struct slice word;

	assert_false(scan_at_group(&scan));
	assert_true(scan_field(&scan, &word));
	assert_slice(word, "no");
	assert_true(scan_at_group(&scan));
	assert_false(scan_field(&scan, &word));
	assert_false(scan_ended(&scan));
}

TEST(control_bytes_are_noticed)
{
	struct scan scan = scan_of("ab c\001d\177 e");
	const char *text = scan.at;
	struct slice word;

	assert_true(scan_word(&scan, &word));
	assert_null(scan.control);
	assert_true(scan_word(&scan, &word));
	assert_int_equal(word.len, 4);
	assert_ptr_equal(scan.control, text + 4);
}

/* Each byte at each place of a long word, and a short word in front of a byte that is not looked at. */
TEST(long_words_are_read_like_short_ones)
{
	char text[] = "abcdefghijklmnopqrstuvw";
	enum { LENGTH = sizeof text - 1 };

	for (size_t at = 0; at < LENGTH; at++)
		for (int byte = 0; byte <= UINT8_MAX; byte++) {
			char kept = text[at], c = text[at] = (char)byte;
			struct scan scan = {text, text + LENGTH, NULL}, cut = {text, text + at, NULL};
			bool blank = c == ' ' || c == '\t', control = (byte < ' ' && !blank) || byte == 0x7f;
			struct slice word;
			assert_int_equal(scan_word(&scan, &word), true);
			assert_int_equal(word.len, !blank ? LENGTH : at > 0 ? at : LENGTH - 1);
			assert_ptr_equal(scan.control, control ? text + at : NULL);
			assert_int_equal(scan_word(&cut, &word), at > 0);
			assert_int_equal(word.len, at);
			assert_null(cut.control);
			text[at] = kept;
		}
}

TEST(groups_are_cut_out)
{
	static const struct {
		const char *text;
		const char *inside; /* NULL: no group */
		int tight;          /* -1: none */
	} rows[] = {{" { a, b } c", " a, b ", -1}, {" { }", " ", -1}, {" {}", "", 2}, {"x{ a }", " a ", 1},
		{" {a }", "a ", 2}, {" { a}", " a", 4}, {" { a }b", " a ", 6}, {" { a", NULL, -1}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scan scan = scan_of(rows[i].text);
		struct group group;
		scan.at++;
		assert_int_equal(scan_group(&scan, &group), rows[i].inside != NULL);
		if (!rows[i].inside)
			continue;
		assert_slice(group.inside, rows[i].inside);
		assert_int_equal(group.whole.len, strlen(rows[i].inside) + 2);
		assert_int_equal(group.tight ? group.tight - rows[i].text : -1, rows[i].tight);
	}
}

TEST(entries_are_split)
{
	static const struct {
		const char *inside, *joined;
		bool tight;
	} rows[] = {{" a, b ", "a|b|", false}, {"a,b", "a|b|", true}, {" ", "", false}, {"", "", false},
		{" a, ", "a||", false}, {"a,", "a||", false}, {",", "||", false},
		{" a, , b ", "a||b|", false}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct entries entries = entries_of(slice_of(rows[i].inside));
		char joined[32] = "";
		struct slice entry;
		size_t count = 0;
		for (; entries_next(&entries, &entry); count++) {
			strncat(joined, entry.len ? entry.at : "", entry.len);
			strcat(joined, "|");
		}
		assert_string_equal(joined, rows[i].joined);
		assert_true(count <= entries_room(slice_of(rows[i].inside)));
		assert_int_equal(entries.tight != NULL, rows[i].tight);
	}
}

TEST(shown_text_is_short_and_clean)
{
	char text[64];

	assert_string_equal(show(SLICE("a\001b\tc")).text, "a?b?c");
	assert_string_equal(show(SLICE("")).text, "");
	memset(text, 'x', sizeof text);
	assert_int_equal(strlen(show((struct slice){text, 40}).text), 40);
	assert_string_equal(show((struct slice){text, 41}).text + 38, "xx...");
	memcpy(text + 39, "\303\251", 2);
	assert_string_equal(show((struct slice){text, 64}).text + 38, "x...");
}
