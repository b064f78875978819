/* The report: read back by Jansson, with every line and every finding, without secrets, and valid whatever
 * bytes the input has. */
#include "convert_help.h"
#include "generate.h"

#include <jansson.h>

#include "cc2oscam/report.h"

struct taste {
	enum code silent;
};

static enum severity severity_of(const void *context, enum code code)
{
	(void)context;
	return code == CODE_NEWCAMD_STEALTH ? SEVERITY_ERROR : code_info(code)->severity;
}

static bool is_silent(const void *context, enum code code)
{
	const struct taste *taste = context;

	return code == taste->silent;
}

static struct slice message_of(const void *context, const struct finding *finding)
{
	(void)context;
	return finding->message;
}

static int write_report(const struct converted *c, const struct sink *sink, bool failed)
{
	static const struct report_file files[] = {{.name = "oscam.conf", .bytes = 12, .sha256 = "00ff"},
		{.name = "oscam.user", .bytes = UINT32_MAX, .sha256 = "aa"}};
	static const struct taste taste = {CODE_WEBIF_WITHOUT_PASSWORD};
	struct report report = {.ledger = &c->ledger,
		.model = &c->model,
		.severity = severity_of,
		.silent = is_silent,
		.message = message_of,
		.context = &taste,
		.files = files,
		.file_count = failed ? 0 : 2,
		.failed = failed};

	return report_write(&report, REPORT_JSON, sink);
}

/* The parsed report; json_decref afterwards. */
static json_t *report_of(struct converted *c, struct buffer *text, bool failed)
{
	struct sink sink = {add_to_buffer, text};
	json_error_t error;

	assert_int_equal(write_report(c, &sink, failed), 0);
	assert_int_equal(text->at[text->len - 1], '\n');
	json_t *root = json_loadb(text->at, text->len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	if (!root)
		fail_msg("%s", error.text);
	return root;
}

static const char *string_at(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	assert_non_null(text);
	return text;
}

static json_int_t number_at(const json_t *object, const char *key)
{
	assert_true(json_is_integer(json_object_get(object, key)));
	return json_integer_value(json_object_get(object, key));
}

static const json_t *line_at(const json_t *root, size_t number)
{
	return json_array_get(json_object_get(root, "lines"), number - 1);
}

static const char text_of_all[] = "C: host1.example.com 12000 user1 sesame { 0:0:2 }\n"
				  "# comment\n"
				  "N: host2.example.com 1 user2 mellon 0102030405060708091011121314 2 1\n"
				  "hello: there\n"
				  "F: friend shazam 1\n"
				  "C: host1.example.com 12000 user1 sesame { 0:0:2 }\n"
				  "DEBUG : yes\n";

static void test_every_member(void **state)
{
	struct buffer text = {0};
	struct converted c;

	(void)state;
	convert_text(&c, text_of_all);
	json_t *root = report_of(&c, &text, false);
	assert_int_equal(number_at(root, "version"), 1);
	assert_string_equal(string_at(root, "input"), "some/CCcam.cfg");
	assert_string_equal(string_at(root, "status"), "partial");
	const json_t *counts = json_object_get(root, "counts");
	assert_int_equal(number_at(counts, "lines"), 7);
	assert_int_equal(number_at(counts, "converted"), 2);
	assert_int_equal(number_at(counts, "adjusted"), 1);
	assert_int_equal(number_at(counts, "partial"), 1);
	assert_int_equal(number_at(counts, "rejected"), 1);
	assert_int_equal(number_at(counts, "ignored"), 1);
	assert_int_equal(number_at(counts, "dropped"), 1);
	assert_int_equal(number_at(counts, "unsupported"), 0);
	assert_int_equal(number_at(counts, "readers"), 2);
	assert_int_equal(number_at(counts, "accounts"), 2);
	assert_int_equal(number_at(counts, "groups"), 2);
	const json_t *file = json_array_get(json_object_get(root, "files"), 1);
	assert_string_equal(string_at(file, "name"), "oscam.user");
	assert_string_equal(string_at(file, "sha256"), "aa");
	assert_int_equal(number_at(file, "bytes"), UINT32_MAX);
	json_decref(root);
	buffer_free(&text);
	converted_free(&c);
}

static void check_line(
	const json_t *root, size_t number, const char *fate, const char *code, const char *target)
{
	const json_t *line = line_at(root, number);
	const json_t *codes = json_object_get(line, "codes"), *targets = json_object_get(line, "target");

	assert_int_equal(number_at(line, "line"), (json_int_t)number);
	assert_string_equal(string_at(line, "fate"), fate);
	assert_int_equal(json_array_size(codes), code ? 1 : 0);
	assert_int_equal(json_array_size(targets), target ? 1 : 0);
	if (code)
		assert_string_equal(json_string_value(json_array_get(codes, 0)), code);
	if (target)
		assert_string_equal(json_string_value(json_array_get(targets, 0)), target);
}

static void test_lines_and_targets(void **state)
{
	struct buffer text = {0};
	struct converted c;

	(void)state;
	convert_text(&c, text_of_all);
	json_t *root = report_of(&c, &text, false);
	assert_int_equal(json_array_size(json_object_get(root, "lines")), 7);
	check_line(root, 1, "converted", NULL, "oscam.server:[reader] host1.example.com");
	check_line(root, 2, "ignored", NULL, NULL);
	check_line(root, 3, "partial", "newcamd-stealth", "oscam.server:[reader] host2.example.com");
	check_line(root, 4, "rejected", "unknown-line", NULL);
	check_line(root, 5, "converted", NULL, "oscam.user:[account] friend");
	check_line(root, 6, "adjusted", "duplicate-server", "oscam.server:[reader] host1.example.com");
	assert_string_equal(string_at(line_at(root, 3), "directive"), "N");
	assert_string_equal(string_at(line_at(root, 7), "directive"), "DEBUG");
	assert_true(json_is_null(json_object_get(line_at(root, 2), "directive")));
	json_decref(root);
	buffer_free(&text);
	converted_free(&c);
}

static void test_findings_and_groups(void **state)
{
	struct buffer text = {0};
	struct converted c;

	(void)state;
	convert_text(&c, text_of_all);
	json_t *root = report_of(&c, &text, true);
	const json_t *findings = json_object_get(root, "findings"), *finding;
	size_t i, stealth = 0;
	json_array_foreach((json_t *)(uintptr_t)findings, i, finding)
	{
		assert_string_not_equal(string_at(finding, "code"), "webif-without-password");
		assert_true(number_at(finding, "line") > 0 && number_at(finding, "column") >= 0);
		assert_string_equal(string_at(finding, "file"), "some/CCcam.cfg");
		assert_true(strlen(string_at(finding, "message")) > 0);
		(void)string_at(finding, "hint");
		if (strcmp(string_at(finding, "code"), "newcamd-stealth") == 0) {
			assert_string_equal(string_at(finding, "severity"), "error");
			stealth++;
		}
	}
	assert_int_equal(stealth, 1);
	assert_string_equal(string_at(root, "status"), "failed");
	const json_t *group = json_object_get(json_object_get(root, "groups"), "1");
	assert_int_equal(json_array_size(json_object_get(group, "readers")), 1);
	assert_int_equal(json_array_size(json_object_get(group, "accounts")), 2);
	group = json_object_get(json_object_get(root, "groups"), "2");
	assert_int_equal(json_array_size(json_object_get(group, "accounts")), 1);
	json_decref(root);
	buffer_free(&text);
	converted_free(&c);
}

static void test_no_secrets(void **state)
{
	static const char *const secrets[] = {"sesame", "mellon", "shazam", "010203"};
	struct buffer text = {0};
	struct converted c;

	(void)state;
	convert_text(&c, text_of_all);
	json_decref(report_of(&c, &text, false));
	buffer_add(&text, "", 1);
	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
		assert_null(strstr(text.at, secrets[i]));
	buffer_free(&text);
	converted_free(&c);
}

static void test_nothing_lost(void **state)
{
	struct buffer text = {0};
	struct converted c;

	(void)state;
	convert_text(&c, "");
	json_t *root = report_of(&c, &text, false);
	assert_string_equal(string_at(root, "status"), "converted");
	assert_int_equal(json_array_size(json_object_get(root, "lines")), 0);
	assert_int_equal(json_object_size(json_object_get(root, "groups")), 0);
	json_decref(root);
	buffer_free(&text);
	converted_free(&c);
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

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char line[64], target[64];
		struct buffer text = {0};
		struct converted c;
		(void)snprintf(line, sizeof line, "F: %s secret\n", rows[i].user);
		(void)snprintf(target, sizeof target, "oscam.user:[account] %s", rows[i].shown);
		convert_text(&c, line);
		json_t *root = report_of(&c, &text, false);
		const json_t *targets = json_object_get(line_at(root, 1), "target");
		assert_string_equal(json_string_value(json_array_get(targets, 0)), target);
		json_decref(root);
		buffer_free(&text);
		converted_free(&c);
	}
}

static void test_generated_inputs(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct generator g = generator_start(seed);
		struct buffer text = {0};
		struct converted c;

		translate_text(&c, generate_text(&g), NULL);
		json_t *root = report_of(&c, &text, false);
		assert_int_equal(json_array_size(json_object_get(root, "lines")), c.source.lines);
		json_decref(root);
		buffer_free(&text);
		converted_free(&c);
		generator_free(&g);
	}
}

/* A line merged into a reader for which no group was left. */
static void test_target_that_was_dropped(void **state)
{
	struct generator g = generator_start(1);
	struct buffer text = {0};
	struct converted c;

	(void)state;
	for (unsigned i = 0; i < 66; i++)
		buffer_format(&g.text,
			"F: friend%u secret %u\nN: n%u 1 u p 0102030405060708091011121314 %u\n", i, i,
			i < 65 ? i : 64, i < 65 ? i : 64);
	convert_slice(&c, buffer_slice(&g.text), NULL);
	json_t *root = report_of(&c, &text, false);
	check_line(root, 130, "unsupported", "group-overflow", NULL);
	assert_int_equal(json_array_size(json_object_get(line_at(root, 132), "target")), 0);
	json_decref(root);
	buffer_free(&text);
	converted_free(&c);
	generator_free(&g);
}

static int refuse_text(void *context, const char *text, size_t len)
{
	(void)context, (void)text, (void)len;
	return -1;
}

static void test_sink_that_fails(void **state)
{
	struct sink sink = {refuse_text, NULL};
	struct converted c;

	(void)state;
	convert_text(&c, text_of_all);
	assert_int_equal(write_report(&c, &sink, false), -1);
	converted_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_member),
		cmocka_unit_test(test_lines_and_targets),
		cmocka_unit_test(test_findings_and_groups),
		cmocka_unit_test(test_no_secrets),
		cmocka_unit_test(test_nothing_lost),
		cmocka_unit_test(test_invalid_utf8),
		cmocka_unit_test(test_generated_inputs),
		cmocka_unit_test(test_sink_that_fails),
		cmocka_unit_test(test_target_that_was_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
