/* What a line is: its kind, its comment, its spelling, lines that are not CCcam's. */
#include "parse_help.h"

#define KEY             "01 02 03 04 05 06 07 08 09 10 11 12 13 14"
#define CHECK(verdicts) check_verdicts(verdicts, sizeof verdicts / sizeof *verdicts)

static void kinds_of_lines(void **state)
{
	static const struct {
		const char *line;
		enum line_kind kind;
		const char *findings;
	} rows[] = {{"", LINE_BLANK, ""}, {" \t ", LINE_BLANK, ""}, {"# C: a", LINE_COMMENT, ""},
		{"  #x", LINE_COMMENT, ""}, {"C: h 1 u p", LINE_STATEMENT, ""},
		{"DEBUG : yes", LINE_STATEMENT, ""}, {"NgC: h 1 u p", LINE_BAD, "unknown-line@1"},
		{" D: { host }", LINE_BAD, "unknown-line@2"},
		{"https://example.com/list.txt", LINE_BAD, "unknown-line@1"},
		{"banner", LINE_BAD, "unknown-line@1"},
		{"SERVER LISTEN PORT = 12000", LINE_BAD, "unknown-line@20"},
		{":", LINE_BAD, "unknown-line@1"},
		{"0102030405060708091011121314", LINE_BAD, "unknown-line@1"},
		{"POSTINIT", LINE_BAD, "unknown-line@1"},
		{"POSTINITS /dev/sci0 x", LINE_BAD, "unknown-line@1"}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct parsed parsed;
		parse_text(&parsed, rows[i].line, false);
		assert_int_equal(parsed.kind, rows[i].kind);
		assert_string_equal(findings_of(&parsed), rows[i].findings);
		assert_int_equal(parsed.rest.len, 0);
		if (rows[i].kind != LINE_STATEMENT)
			assert_int_equal(ledger_line(&parsed.ledger, 1)->directive, 0);
		parsed_free(&parsed);
	}
}

static void unknown_lines_quote_their_start_only(void **state)
{
	static const struct {
		const char *line, *message;
	} rows[] = {{"Hello secret", "CCcam knows no line without a colon"},
		{"he\001llo: x", "CCcam knows no line that starts with \"he?llo:\""},
		{"WEBINFOPASSWORD:secret", "CCcam knows no line that starts with \"WEBINFOPASSWORD:\""},
		{"PASS=secret", "CCcam knows no line that starts with \"PASS=\""},
		{"0a0b0c secret", "CCcam knows no line without a colon"},
		{"0a0b0c secret:", "CCcam knows no line of this kind"},
		{"D: secret", "CCcam knows no line that starts with \"D:\""},
		{"x2345678901234567890123456789012345678901234567890:",
			"CCcam knows no line that starts with "
			"\"x234567890123456789012345678901234567890...\""},
		{"WEBINFO PASSWORD = se:cret",
			"CCcam wants a colon after WEBINFO PASSWORD, not an equals sign"}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct parsed parsed;
		parse_text(&parsed, rows[i].line, false);
		assert_string_equal(message_of(&parsed, 0), rows[i].message);
		parsed_free(&parsed);
	}
}

static void near_keywords_are_hinted(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_text(&parsed, "SERVR LISTEN PORT : 12000", false);
	assert_int_equal(parsed.kind, LINE_BAD);
	assert_slice(finding_at(&parsed, 0)->hint, "Did you mean SERVER LISTEN PORT?");
	parsed_free(&parsed);
	parse_text(&parsed, "DEBUGG = yes", false);
	assert_slice(finding_at(&parsed, 0)->hint, "Did you mean DEBUG?");
	parsed_free(&parsed);
	parse_text(&parsed, "SOMETHING ELSE : 1", false);
	assert_slice(finding_at(&parsed, 0)->hint, code_info(CODE_UNKNOWN_LINE)->way_out);
	parsed_free(&parsed);
}

static void foreign_lines_are_counted(void **state)
{
	static const char *const lines[] = {" CCCAM PORT : 20000", "CCCAM VERSION: 2.1.1",
		"CCCAM NODEID: 7ad7", "NEWCAMD PORT: 1", "NEWCAMD CLIENTID : 8888", "MGCAMD PORT: 2",
		"CACHE PEER: host1 1", "FREECCCAM PORT: 1", "HTTP PORT: 80", "DCW TIME: 0",
		"SERVER TIMEOUT: 9", "PROFILE: x", "[profile1]", "[ profile ] # note", "CWS = h 1 u p",
		"CWS_KEEPALIVE = 300", "CWS_INCOMING_PORT=1", "   4444 \\ # port", "secret \\",
		"N: host1.example.com \\", "\\", "cccam port:1", "KEY : 01 02", "caid:0500"};
	size_t count = sizeof lines / sizeof *lines;
	struct parsed parsed;

	(void)state;
	parse_text(&parsed, lines[0], false);
	for (size_t i = 0; i < count; i++) {
		parsed.line.text = parsed.rest = slice_of(lines[i]);
		if (i > 0)
			parse_rest(&parsed);
		assert_int_equal(parsed.kind, LINE_BAD);
		assert_int_equal(parsed.parser.foreign, i + 1);
	}
	assert_string_equal(findings_of(&parsed), "");
	parse_end(&parsed.parser);
	assert_string_equal(findings_of(&parsed), "foreign-language@2");
	assert_non_null(strstr(message_of(&parsed, 0), "24 lines"));
	parsed_free(&parsed);
}

static void own_lines_are_not_foreign(void **state)
{
	static const char *const lines[] = {"C: h 1 u p\\", "NEWCAMD CONF : no", "NEWCAMD STEALTH : 0",
		"SERVER LISTEN PORT : 1", "[broken", "CCCAMX : 1", "CWSX = 1", "HTTPS : 1", "PROFILER",
		"http://host1.example.com", "cache of old lines", "PORTS : 1", "PORT", "CAID = 1", "PROFILE",
		"DCW"};
	struct parsed parsed;

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		parse_text(&parsed, lines[i], false);
		assert_int_equal(parsed.parser.foreign, 0);
		parse_end(&parsed.parser);
		assert_null(strstr(findings_of(&parsed), "foreign"));
		parsed_free(&parsed);
	}
}

static void notes_follow_a_blank_and_a_hash(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_text(&parsed, " C: h 12000 u Ab7#x$9Z  # v2.0.11-2892 ", false);
	assert_slice(parsed.statement.pass, "Ab7#x$9Z");
	assert_slice(parsed.statement.note, "v2.0.11-2892");
	assert_slice(parsed.statement.text, "C: h 12000 u Ab7#x$9Z");
	parsed_free(&parsed);
	parse_text(&parsed, "SERVER LISTEN PORT : 12000  ### text ###", false);
	assert_int_equal(parsed.statement.number, 12000);
	assert_slice(parsed.statement.note, "## text ###");
	parsed_free(&parsed);
	parse_text(&parsed, "F: u #p", false);
	assert_string_equal(findings_of(&parsed), "missing-field@5");
	parsed_free(&parsed);
}

static void spellings(void **state)
{
	static const struct verdict verdicts[] = {{"c: h 1 u p", FATE_ADJUSTED, "spelling@1"},
		{"C : h 1 u p", FATE_ADJUSTED, "spelling@1"}, {"C:h 1 u p", FATE_ADJUSTED, "spelling@1"},
		{" n:h 1 u p " KEY, FATE_ADJUSTED, "spelling@2"}, {"C:\th 1 u p", FATE_CONVERTED, ""},
		{"r: h 1 100 80", FATE_ADJUSTED, "spelling@1"},
		{"L:h 1 u p 100 80", FATE_ADJUSTED, "spelling@1"},
		{"g: a h 1 b i 2", FATE_ADJUSTED, "spelling@1"},
		{"b: /dev/sci0 00", FATE_ADJUSTED, "spelling@1"}, {"f: u p", FATE_REJECTED, "spelling@1"},
		{"F:u p", FATE_REJECTED, "spelling@1"}, {"F : u p", FATE_REJECTED, "spelling@1"},
		{"C:", FATE_REJECTED, "missing-field@3"},
		{"c:h", FATE_REJECTED, "spelling@1 missing-field@4"},
		{"debug : yes", FATE_ADJUSTED, "spelling@1"}, {"DEBUG:yes", FATE_CONVERTED, ""},
		{"ZAP  OSD\tTIME :0", FATE_CONVERTED, ""}};
	struct parsed parsed;

	(void)state;
	CHECK(verdicts);
	parse_text(&parsed, "f:u p", true);
	assert_int_equal(parsed.statement.fate, FATE_ADJUSTED);
	assert_true(parsed.statement.spelling);
	assert_slice(parsed.statement.user, "u");
	parsed_free(&parsed);
	parse_text(&parsed, "c :h 1 u p", false);
	assert_string_equal(
		message_of(&parsed, 0), "the line starts with \"c :\"; CCcam's documentation writes \"C: \"");
	parsed_free(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(kinds_of_lines),
		cmocka_unit_test(unknown_lines_quote_their_start_only),
		cmocka_unit_test(near_keywords_are_hinted), cmocka_unit_test(foreign_lines_are_counted),
		cmocka_unit_test(own_lines_are_not_foreign),
		cmocka_unit_test(notes_follow_a_blank_and_a_hash), cmocka_unit_test(spellings)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
