/* The reports, read back: JSON by Jansson, CSV by the rules of RFC 4180, text by its widths. Every line and
 * every finding is in them, they are valid whatever bytes the input has, and their work is linear. */
#include <errno.h>
#include <jansson.h>

#include "convert_help.h"
#include "generate.h"
#include "output/report_facts.h"

enum { COLUMNS = 7, MANY = 20000 };

static enum severity severity_of(const void *context, enum code code)
{
	(void)context;
	return code_info(code)->severity;
}

static bool is_that_code(const void *context, enum code code)
{
	return code == *(const enum code *)context;
}

static struct slice message_of(const void *context, const struct finding *finding)
{
	(void)context;
	return finding->message;
}

/* `silent` is the code that is not said; CODE_COUNT: all are. */
static struct report report_about(const struct converted *c, const enum code *silent)
{
	static const struct report_file files[] = {{.name = "oscam.conf", .bytes = 12, .sha256 = "00ff"},
		{.name = "oscam.user", .bytes = UINT32_MAX, .sha256 = "aa"}};

	return (struct report){.ledger = &c->ledger,
		.model = &c->model,
		.severity = severity_of,
		.silent = is_that_code,
		.message = message_of,
		.context = silent,
		.files = files,
		.file_count = 2};
}

/* buffer_free afterwards. */
static struct buffer report_text_of(const struct converted *c, enum report_format format, enum code silent)
{
	struct report report = report_about(c, &silent);
	struct buffer text = {0};
	struct sink sink = buffer_sink(&text);

	assert_true(report_format(format)->write(&report, &sink));
	return text;
}

/* ---- JSON ---- */

/* The parsed report; json_decref afterwards. */
static json_t *report_of(const struct converted *c)
{
	struct buffer text = report_text_of(c, REPORT_JSON, CODE_COUNT);
	json_error_t error;

	assert_int_equal(text.at[text.len - 1], '\n');
	json_t *root = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	if (!root)
		fail_msg("%s", error.text);
	buffer_free(&text);
	return root;
}

static const json_t *line_at(const json_t *root, size_t number)
{
	return json_array_get(json_object_get(root, "lines"), number - 1);
}

/* What is no UTF-8 becomes the replacement character, byte by byte. */
TEST(test_invalid_utf8)
{
	static const struct {
		const char *user, *shown;
	} rows[] = {
		{"\xff", "\xef\xbf\xbd"},
		{"a\xc3\xa4z", "a\xc3\xa4z"},
		{"a\xc3", "a\xef\xbf\xbd"},
		{"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xe0\x9f\xbf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xe2\x82\xac", "\xe2\x82\xac"},
		{"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
		{"\xf0\x8f\x98\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xe2\x82z", "\xef\xbf\xbd\xef\xbf\xbdz"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char line[64], target[64];
		struct converted c FREED_BY(converted_free) = {0};
		(void)snprintf(line, sizeof line, "F: %s secret\n", rows[i].user);
		(void)snprintf(target, sizeof target, "oscam.user:[account] %s", rows[i].shown);
		convert_text(&c, line);
		json_t *root = report_of(&c);
		const json_t *targets = json_object_get(line_at(root, 1), "target");
		assert_string_equal(json_string_value(json_array_get(targets, 0)), target);
		json_decref(root);
	}
}

/* A line merged into a reader for which no group was left. */
TEST(test_target_that_was_dropped)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	for (unsigned i = 0; i < 66; i++)
		buffer_format(&g.text,
			"F: friend%u secret %u\nN: n%u 1 u p 0102030405060708091011121314 %u\n", i, i,
			i < 65 ? i : 64, i < 65 ? i : 64);
	convert_slice(&c, buffer_slice(&g.text), NULL);
	json_t *root = report_of(&c);
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(line_at(root, 130), "codes"), 0)),
		"group-overflow");
	assert_int_equal(json_array_size(json_object_get(line_at(root, 130), "target")), 0);
	assert_int_equal(json_array_size(json_object_get(line_at(root, 132), "target")), 0);
	json_decref(root);
}

/* ---- CSV ---- */

/* Reads one field; its text goes to `field`. Returns the byte that ends it: a comma or CR. */
static char read_field(const char **at, const char *end, struct buffer *field)
{
	bool quoted = *at < end && **at == '"';

	field->len = 0;
	for (*at += quoted; *at < end; (*at)++) {
		if (quoted && **at == '"' && ++*at < end && **at != '"') {
			quoted = false;
		}
		if (!quoted && (**at == ',' || **at == '\r'))
			break;
		assert_true(quoted || **at != '"');
		buffer_add(field, *at, 1);
	}
	assert_true(*at < end);
	return *(*at)++;
}

/* Copies one field of one row, the header being row 0, to `field`. Returns how many rows there are. */
static size_t find_field(struct slice csv, size_t row, size_t column, struct buffer *found)
{
	const char *at = csv.at, *end = csv.at + csv.len;
	struct buffer field FREED_BY(buffer_free) = {0};
	size_t rows = 0;

	for (; at < end; rows++) {
		for (size_t i = 0; i < COLUMNS; i++) {
			char after = read_field(&at, end, &field);
			assert_int_equal(after, i + 1 < COLUMNS ? ',' : '\r');
			if (rows == row && i == column) {
				found->len = 0;
				buffer_add_slice(found, buffer_slice(&field));
			}
		}
		assert_true(at < end && *at++ == '\n');
	}
	return rows;
}

/* The name of the file stands for any field. */
TEST(test_formulas_and_quotes)
{
	static const struct {
		const char *path, *field;
	} rows[] = {
		{"plain", "plain"},
		{"with blank", "\"with blank\""},
		{"a,b", "\"a,b\""},
		{"a;b", "\"a;b\""},
		{"say \"hi\"", "\"say \"\"hi\"\"\""},
		{"\"", "\"\"\"\""},
		{"=1+1", "\"'=1+1\""},
		{"+1", "\"'+1\""},
		{"-1", "\"'-1\""},
		{"@SUM", "\"'@SUM\""},
		{"'a'", "\"''a'\""},
		{"a=1", "a=1"},
		{"\t=1\r\n", "?=1??"},
		{"\xff\x1b[0m", "\xef\xbf\xbd?[0m"},
		{"caf\xc3\xa9", "caf\xc3\xa9"},
		{"a\xc2\x9bm", "a?m"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct converted c FREED_BY(converted_free) = {0};
		struct buffer expected FREED_BY(buffer_free) = {0};
		translate_text(&c, SLICE("\n"), NULL);
		c.source.path = rows[i].path;
		struct buffer csv = report_text_of(&c, REPORT_CSV, CODE_COUNT);
		buffer_format(&expected,
			"file,line,fate,directive,codes,target,message\r\n%s,1,ignored,,,,\r\n",
			rows[i].field);
		assert_int_equal(csv.len, expected.len);
		assert_memory_equal(csv.at, expected.at, csv.len);
		buffer_free(&csv);
	}
}

/* ---- text ---- */

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
	struct buffer start FREED_BY(buffer_free) = {0};

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
}

/* Where only notes say why, they have to do. */
TEST(test_reasons)
{
	struct converted c FREED_BY(converted_free) = {0};

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
}

static void check_width(struct slice text)
{
	while (text.len > 0) {
		struct slice line = slice_cut(&text, '\n');
		assert_true(utf8_columns(line) <= PAGE_COLUMNS);
		assert_true(line.len == 0 || line.at[line.len - 1] != ' ');
		for (size_t i = 0; i < line.len; i++)
			assert_false(is_control(line.at[i]));
	}
}

TEST(test_paragraphs)
{
	static const char x30[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
	struct buffer text FREED_BY(buffer_free) = {0};
	struct sink sink = buffer_sink(&text);
	struct page page = {.spool = {.sink = &sink}};
	struct buffer expected FREED_BY(buffer_free) = {0};

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
}

/* The end of a long path, so that the title stays on the first line. */
TEST(test_long_path)
{
	char path[240];
	struct converted c FREED_BY(converted_free) = {0};

	translate_text(&c, SLICE(""), NULL);
	for (size_t i = 0; i < 119; i++)
		memcpy(path + 2 * i, "\xc3\xa9", 2);
	path[238] = '!';
	path[239] = '\0';
	c.source.path = path;
	struct buffer text = text_of(&c);
	struct slice rest = {text.at, text.len - 1}, first = slice_cut(&rest, '\n');
	assert_int_equal(utf8_columns(first), PAGE_COLUMNS);
	assert_memory_equal(first.at, "...\xc3\xa9", 5);
	size_t tail = strlen("\xc3\xa9!" REPORT_TITLE);
	assert_memory_equal(first.at + first.len - tail, "\xc3\xa9!" REPORT_TITLE, tail);
	buffer_free(&text);
}

TEST(test_ranges)
{
	static const uint32_t places[][2] = {
		{0, 0}, {0, 1}, {0, 2}, {0, 2}, {0, 3}, {0, 5}, {1, 6}, {2, 1}, {2, 2}};
	struct buffer text = {0};
	struct topics topics;
	struct converted c FREED_BY(converted_free) = {0};

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
}

/* ---- all of them ---- */

/* Quadratic work would take hours. */
TEST(test_many_findings_as_csv)
{
	struct buffer field FREED_BY(buffer_free) = {0};
	struct converted c FREED_BY(converted_free) = {0};

	translate_text(&c, SLICE("# one\n# two\n"), NULL);
	for (unsigned i = 0; i < 10 * MANY; i++)
		(void)ledger_find(&c.ledger, i == 0 ? CODE_DES_KEY : CODE_SPELLING,
			(struct place){&c.source, 2, 10 * MANY - i}, "finding %u", i);
	struct buffer csv = report_text_of(&c, REPORT_CSV, CODE_COUNT);
	assert_int_equal(find_field(buffer_slice(&csv), 2, 4, &field), 3);
	assert_int_equal(field.len, strlen("des-key") + (10 * MANY - 1) * strlen(" spelling"));
	assert_memory_equal(field.at, "des-key spelling", 16);
	(void)find_field(buffer_slice(&csv), 2, 6, &field);
	assert_int_equal(field.len, strlen("finding 0"));
	buffer_free(&csv);
	csv = report_text_of(&c, REPORT_CSV, CODE_DES_KEY);
	(void)find_field(buffer_slice(&csv), 2, 6, &field);
	assert_memory_equal(field.at, "finding 1", field.len);
	buffer_free(&csv);
}

TEST(test_many_findings_as_text)
{
	struct buffer lines FREED_BY(buffer_free) = {0};
	struct converted c FREED_BY(converted_free) = {0};

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
}

TEST(test_generated_inputs)
{
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		struct buffer field FREED_BY(buffer_free) = {0};
		struct converted c FREED_BY(converted_free) = {0};
		translate_text(&c, generate_text(&g), NULL);
		json_t *root = report_of(&c);
		assert_int_equal(json_array_size(json_object_get(root, "lines")), c.source.lines);
		json_decref(root);
		struct buffer csv = report_text_of(&c, REPORT_CSV, CODE_COUNT), text = text_of(&c);
		assert_int_equal(
			find_field(buffer_slice(&csv), c.source.lines, 1, &field), c.source.lines + 1);
		check_width((struct slice){text.at, text.len - 1});
		buffer_free(&text);
		buffer_free(&csv);
	}
}

static bool refuse_text(void *context, const char *text, size_t len)
{
	(void)text, (void)len;
	++*(int *)context;
	errno = ENOSPC;
	return false;
}

/* A format hands over nothing more once its sink has refused. */
TEST(test_sink_that_fails)
{
	enum code silent = CODE_COUNT;
	struct buffer lines FREED_BY(buffer_free) = {0};
	struct converted c FREED_BY(converted_free) = {0};

	for (unsigned i = 0; i < MANY; i++)
		buffer_add(&lines, "#\n", 2);
	translate_text(&c, buffer_slice(&lines), NULL);
	struct report report = report_about(&c, &silent);
	for (enum report_format format = 0; format < REPORT_FORMAT_COUNT; format++) {
		int calls = 0;
		struct sink sink = {refuse_text, &calls};
		errno = 0;
		assert_false(report_format(format)->write(&report, &sink));
		assert_int_equal(errno, ENOSPC);
		assert_int_equal(calls, 1);
	}
}
