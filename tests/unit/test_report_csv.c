/* The report as CSV: read back by the rules of RFC 4180, a row for every physical line, nothing that a
 * spreadsheet takes for a formula, and linear work on a line with many findings. */
#include "generate.h"
#include "report_help.h"

enum { COLUMNS = 7, MANY = 200000 };

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
	struct buffer field = {0};
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
	buffer_free(&field);
	return rows;
}

/* The name of the file stands for any field. */
static void test_formulas_and_quotes(void **state)
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
		struct converted c;
		struct buffer expected = {0};
		translate_text(&c, SLICE("\n"), NULL);
		c.source.path = rows[i].path;
		struct buffer csv = report_text_of(&c, REPORT_CSV, CODE_COUNT);
		buffer_format(&expected,
			"file,line,fate,directive,codes,target,message\r\n%s,1,ignored,,,,\r\n",
			rows[i].field);
		assert_int_equal(csv.len, expected.len);
		assert_memory_equal(csv.at, expected.at, csv.len);
		buffer_free(&expected);
		buffer_free(&csv);
		converted_free(&c);
	}
}

/* Quadratic work would take hours. */
static void test_many_findings(void **state)
{
	struct buffer field = {0};
	struct converted c;

	translate_text(&c, SLICE("# one\n# two\n"), NULL);
	for (unsigned i = 0; i < MANY; i++)
		(void)ledger_find(&c.ledger, i == 0 ? CODE_DES_KEY : CODE_SPELLING,
			(struct place){&c.source, 2, MANY - i}, "finding %u", i);
	struct buffer csv = report_text_of(&c, REPORT_CSV, CODE_COUNT);
	assert_int_equal(find_field(buffer_slice(&csv), 2, 4, &field), 3);
	assert_int_equal(field.len, strlen("des-key") + (MANY - 1) * strlen(" spelling"));
	assert_memory_equal(field.at, "des-key spelling", 16);
	(void)find_field(buffer_slice(&csv), 2, 6, &field);
	assert_int_equal(field.len, strlen("finding 0"));
	buffer_free(&csv);
	csv = report_text_of(&c, REPORT_CSV, CODE_DES_KEY);
	(void)find_field(buffer_slice(&csv), 2, 6, &field);
	assert_memory_equal(field.at, "finding 1", field.len);
	buffer_free(&csv);
	buffer_free(&field);
	converted_free(&c);
}

static void test_generated_inputs(void **state)
{
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct generator g = generator_start(seed);
		struct buffer field = {0};
		struct converted c;
		translate_text(&c, generate_text(&g), NULL);
		struct buffer csv = report_text_of(&c, REPORT_CSV, CODE_COUNT);
		assert_int_equal(
			find_field(buffer_slice(&csv), c.source.lines, 1, &field), c.source.lines + 1);
		buffer_free(&csv);
		buffer_free(&field);
		converted_free(&c);
		generator_free(&g);
	}
}

static void test_sink_that_fails(void **state)
{
	struct buffer lines = {0};
	struct converted c;

	for (unsigned i = 0; i < 20000; i++)
		buffer_add(&lines, "#\n", 2);
	translate_text(&c, buffer_slice(&lines), NULL);
	check_refusal(&c, REPORT_CSV);
	buffer_free(&lines);
	converted_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formulas_and_quotes),
		cmocka_unit_test(test_many_findings),
		cmocka_unit_test(test_generated_inputs),
		cmocka_unit_test(test_sink_that_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
