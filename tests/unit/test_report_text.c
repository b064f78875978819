/* The report as text: what stands in each of its parts, where lines are broken, and how lines are gathered.
 */
#include "generate.h"
#include "output/report_page.h"
#include "output/report_facts.h"
#include "report_help.h"

enum { MANY = 20000 };

/* The text, with a zero at its end. */
static struct buffer text_of(const struct converted *c)
{
	struct buffer text = report_text_of(c, REPORT_TEXT, CODE_COUNT);

	assert_int_equal(text.at[text.len - 1], '\n');
	buffer_add(&text, "", 1);
	return text;
}

/* What stands between this heading and the next must be `expected`. */
static void check_part(const struct buffer *text, const char *heading, const char *expected)
{
	struct buffer start = {0};

	buffer_format(&start, "\n%s\n", heading);
	buffer_add(&start, "", 1);
	const char *at = strstr(text->at, start.at);
	assert_non_null(at);
	at = strstr(at, "-\n\n");
	assert_non_null(at);
	at += 3;
	size_t len = strlen(expected);
	if (strncmp(at, expected, len) != 0)
		fail_msg("under %s:\n%s", heading, at);
	assert_true(at[len] == '\0' || (at[len] == '\n' && at[len + 1] != ' '));
	buffer_free(&start);
}

/* Where only notes say why, they have to do. */
static void test_reasons(void **state)
{
	struct converted c;

	translate_text(&c, SLICE("# one\n# two\n# three\n"), NULL);
	ledger_raise(&c.ledger, 1, FATE_PARTIAL);
	(void)ledger_find(&c.ledger, CODE_SHAREEMUS, (struct place){&c.source, 1, 1}, "first");
	ledger_raise(&c.ledger, 2, FATE_PARTIAL);
	(void)ledger_find(&c.ledger, CODE_SHAREEMUS, (struct place){&c.source, 2, 1}, "second");
	(void)ledger_find(&c.ledger, CODE_DES_KEY, (struct place){&c.source, 2, 2}, "third\033[0m");
	ledger_raise(&c.ledger, 3, FATE_PARTIAL);
	struct buffer text = text_of(&c);
	check_part(&text, "Not carried over, or not in full",
		"  line 1: unknown, partial\n      first [shareemus]\n"
		"  line 2: unknown, partial\n      third?[0m [des-key]\n"
		"  line 3: unknown, partial\n");
	buffer_free(&text);
	converted_free(&c);
}

static size_t columns_of(struct slice line)
{
	size_t columns = 0;

	for (size_t i = 0; i < line.len; i++)
		columns += ((unsigned char)line.at[i] & 0xc0) != 0x80;
	return columns;
}

static void check_width(struct slice text)
{
	while (text.len > 0) {
		struct slice line = slice_cut(&text, '\n');
		assert_true(columns_of(line) <= PAGE_COLUMNS);
		assert_true(line.len == 0 || line.at[line.len - 1] != ' ');
		for (size_t i = 0; i < line.len; i++)
			assert_false(is_control(line.at[i]));
	}
}

static void test_generated_inputs(void **state)
{
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct generator g = generator_start(seed);
		struct converted c;
		translate_text(&c, generate_text(&g), NULL);
		struct buffer text = text_of(&c);
		check_width((struct slice){text.at, text.len - 1});
		buffer_free(&text);
		converted_free(&c);
		generator_free(&g);
	}
}

/* Quadratic work would take hours. */
static void test_many_findings(void **state)
{
	struct buffer lines = {0};
	struct converted c;

	for (unsigned i = 0; i < MANY; i++)
		buffer_add(&lines, "#\n", 2);
	translate_text(&c, buffer_slice(&lines), NULL);
	ledger_raise(&c.ledger, 7, FATE_REJECTED);
	for (unsigned i = 0; i < MANY; i++) {
		(void)ledger_find(&c.ledger, CODE_DES_KEY, (struct place){&c.source, 7, i + 1}, "one");
		(void)ledger_find(&c.ledger, CODE_SHAREEMUS, (struct place){&c.source, i + 1, 0}, "two");
	}
	struct buffer text = text_of(&c);
	size_t reasons = 0;
	for (const char *at = text.at; (at = strstr(at, "one [des-key]\n")); at++)
		reasons++;
	assert_int_equal(reasons, MANY);
	assert_non_null(strstr(text.at, "\n    des-key: line 7\n"));
	assert_non_null(strstr(text.at, "\n    shareemus: lines 1-20000\n"));
	buffer_free(&text);
	buffer_free(&lines);
	converted_free(&c);
}

/* ---- pages and topics by themselves ---- */

static void test_paragraphs(void **state)
{
	static const char x30[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
	struct buffer text = {0};
	struct sink sink = buffer_sink(&text);
	struct page page = {.spool = {.sink = &sink}};
	struct buffer expected = {0};

	/* exactly a line, one more, a word that is too long by itself, characters of several bytes */
	buffer_format(&page.text, "%s %s %s 1234567", x30, x30, x30);
	page_paragraph(&page, 0, 2);
	buffer_format(&expected, "%s %s %s 1234567\n", x30, x30, x30);
	buffer_format(&page.text, "%s %s %s 12345678", x30, x30, x30);
	page_paragraph(&page, 0, 2);
	buffer_format(&expected, "%s %s %s\n  12345678\n", x30, x30, x30);
	buffer_format(&page.text, "%s%s%s%s", x30, x30, x30, x30);
	page_paragraph(&page, 4, 2);
	buffer_format(&expected, "    %s%s%sxxxxxx\n  xxxxxxxxxxxxxxxxxxxxxxxx\n", x30, x30, x30);
	for (unsigned i = 0; i < 100; i++) {
		buffer_format(&page.text, "\xc3\xa9");
		buffer_format(&expected, "\xc3\xa9");
	}
	page_heading(&page, '=');
	buffer_format(&expected, "\n");
	for (unsigned i = 0; i < 100; i++)
		buffer_format(&expected, "=");
	buffer_format(&expected, "\n\n");
	assert_true(spool_end(&page.spool));
	assert_int_equal(text.len, expected.len);
	assert_memory_equal(text.at, expected.at, text.len);
	buffer_free(&page.text);
	buffer_free(&expected);
	buffer_free(&text);
}

/* The end of a long path, so that the title stays on the first line. */
static void test_long_path(void **state)
{
	char path[240];
	struct converted c;

	translate_text(&c, SLICE(""), NULL);
	for (size_t i = 0; i < 119; i++)
		memcpy(path + 2 * i, "\xc3\xa9", 2);
	path[238] = '!';
	path[239] = '\0';
	c.source.path = path;
	struct buffer text = text_of(&c);
	struct slice rest = {text.at, text.len - 1}, first = slice_cut(&rest, '\n');
	assert_int_equal(columns_of(first), PAGE_COLUMNS);
	assert_memory_equal(first.at, "...\xc3\xa9", 5);
	size_t tail = strlen("\xc3\xa9!" REPORT_TITLE);
	assert_memory_equal(first.at + first.len - tail, "\xc3\xa9!" REPORT_TITLE, tail);
	buffer_free(&text);
	converted_free(&c);
}

static void test_ranges(void **state)
{
	static const uint32_t places[][2] = {
		{0, 0}, {0, 1}, {0, 2}, {0, 2}, {0, 3}, {0, 5}, {1, 6}, {2, 1}, {2, 2}};
	struct buffer text = {0};
	struct topics topics;
	struct converted c;

	translate_text(&c, SLICE("\n"), NULL);
	for (unsigned i = 1; i <= 2; i++) {
		struct side_file *side = list_add(&c.model.sides);
		source_from_text(&side->source, i == 1 ? "one" : "two", SLICE(""));
		ledger_init(&side->ledger, &c.arena, &side->source);
	}
	enum code silent = CODE_COUNT;
	struct report report = report_about(&c, &silent);
	topics_init(&topics, &c.arena);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		topics_add(&topics, "name", SLICE("text"), places[i][0], places[i][1]);
		if (i == 3)
			topics_add(&topics, "name", SLICE("other"), 0, 3);
	}
	assert_int_equal(topics.list.count, 2);
	topic_lines(&report, list_at(&topics.list, 0), &text);
	buffer_add(&text, "", 1);
	assert_string_equal(text.at, "the whole file, lines 1-3, 5; one: line 6; two: lines 1-2");
	buffer_free(&text);
	topic_lines(&report, list_at(&topics.list, 1), &text);
	buffer_add(&text, "", 1);
	assert_string_equal(text.at, "line 3");
	buffer_free(&text);
	converted_free(&c);
}

static void test_sink_that_fails(void **state)
{
	struct converted c;

	convert_text(&c, "C: host1.example.com 12000 user1 sesame\n");
	check_refusal(&c, REPORT_TEXT);
	converted_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_generated_inputs),
		cmocka_unit_test(test_many_findings),
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_long_path),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_sink_that_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
