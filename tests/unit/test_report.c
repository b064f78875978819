/* The report: read back by Jansson, with every line and every finding, without secrets, and valid whatever
 * bytes the input has. */
#include "generate.h"
#include "report_help.h"

#include <jansson.h>

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
static void test_invalid_utf8(void **state)
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
		struct converted c;
		(void)snprintf(line, sizeof line, "F: %s secret\n", rows[i].user);
		(void)snprintf(target, sizeof target, "oscam.user:[account] %s", rows[i].shown);
		convert_text(&c, line);
		json_t *root = report_of(&c);
		const json_t *targets = json_object_get(line_at(root, 1), "target");
		assert_string_equal(json_string_value(json_array_get(targets, 0)), target);
		json_decref(root);
		converted_free(&c);
	}
}

static void test_generated_inputs(void **state)
{
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct generator g = generator_start(seed);
		struct converted c;

		translate_text(&c, generate_text(&g), NULL);
		json_t *root = report_of(&c);
		assert_int_equal(json_array_size(json_object_get(root, "lines")), c.source.lines);
		json_decref(root);
		converted_free(&c);
		generator_free(&g);
	}
}

/* A line merged into a reader for which no group was left. */
static void test_target_that_was_dropped(void **state)
{
	struct generator g = generator_start(1);
	struct converted c;

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
	converted_free(&c);
	generator_free(&g);
}

static void test_sink_that_fails(void **state)
{
	struct converted c;

	convert_text(&c, "C: host1.example.com 12000 user1 sesame\n");
	check_refusal(&c, REPORT_JSON);
	converted_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_invalid_utf8),
		cmocka_unit_test(test_generated_inputs),
		cmocka_unit_test(test_sink_that_fails),
		cmocka_unit_test(test_target_that_was_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
