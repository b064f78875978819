/* What a line is: its kind, its comment, its spelling, lines that are not CCcam's. */
#include "parse_help.h"

#define KEY             "01 02 03 04 05 06 07 08 09 10 11 12 13 14"
#define CHECK(verdicts) check_verdicts(verdicts, sizeof verdicts / sizeof *verdicts)

TEST(kinds_of_lines)
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
		{"POSTINIT", LINE_BAD, "unknown-line@9"},
		{"POSTINITS /dev/sci0 x", LINE_BAD, "unknown-line@1"}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct parsed parsed FREED_BY(parsed_free) = {0};
		parse_text(&parsed, rows[i].line, false);
		assert_int_equal(parsed.kind, rows[i].kind);
		assert_string_equal(findings_of(&parsed), rows[i].findings);
		assert_int_equal(parsed.rest.len, 0);
		if (rows[i].kind != LINE_STATEMENT)
			assert_int_equal(ledger_line(&parsed.ledger, 1)->directive, 0);
	}
}

TEST(unknown_lines_quote_their_start_only)
{
	CHECK_SAID(MESSAGE, {"Hello secret", "CCcam knows no line without a colon"},
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
			"CCcam wants a colon after WEBINFO PASSWORD, not an equals sign"});
}

TEST(near_keywords_are_hinted)
{
	CHECK_SAID(HINT, {"SERVR LISTEN PORT : 12000", "Did you mean SERVER LISTEN PORT?"},
		{"DEBUGG = yes", "Did you mean DEBUG?"},
		{"SERVERLISTENPORT 12000", "Did you mean SERVER LISTEN PORT?"},
		{"server_listen_port -> 12000", "Did you mean SERVER LISTEN PORT?"},
		{"Show  Timing\tno", "Write SHOW TIMING : and the value."},
		{"SOMETHING ELSE : 1", code_info(CODE_UNKNOWN_LINE)->way_out});
}

TEST(foreign_lines_are_counted)
{
	static const char *const lines[] = {" CCCAM PORT : 20000", "CCCAM VERSION: 2.1.1",
		"CCCAM NODEID: 7ad7", "NEWCAMD PORT: 1", "NEWCAMD CLIENTID : 8888", "MGCAMD PORT: 2",
		"CACHE PEER: host1 1", "FREECCCAM PORT: 1", "HTTP PORT: 80", "DCW TIME: 0",
		"SERVER TIMEOUT: 9", "PROFILE: x", "[profile1]", "[ profile ] # note", "   4444 \\ # port",
		"secret \\", "N: host1.example.com \\", "\\", "cccam port:1", "KEY : 01 02", "caid:0500"};
	size_t count = sizeof lines / sizeof *lines;
	struct parsed parsed FREED_BY(parsed_free) = {0};

	parse_text(&parsed, lines[0], false);
	for (size_t i = 0; i < count; i++) {
		parsed.line.text = parsed.rest = slice_of(lines[i]);
		if (i > 0)
			parse_rest(&parsed);
		assert_int_equal(parsed.kind, LINE_BAD);
		assert_int_equal(parsed.parser.foreign.count, i + 1);
	}
	/* the port for friends gets lost, and is named */
	assert_string_equal(findings_of(&parsed),
		"foreign-language@15 foreign-language@15 foreign-language@14 foreign-language@17 "
		"foreign-language@12");
	assert_non_null(strstr(message_of(&parsed, 0), "CCCAM PORT 20000"));
	parse_end(&parsed.parser);
	assert_non_null(strstr(message_of(&parsed, 5), "21 lines"));
}

TEST(lists_of_newcamd_are_counted)
{
	static const char *const lines[] = {
		"CWS = h 1 u p", "cws=h 1 u p", "CWS_MULTIPLE = h 1:2 u p", "CWS_KEEPALIVE = 300"};
	struct parsed parsed FREED_BY(parsed_free) = {0};

	parse_text(&parsed, "", false);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		parsed.line.text = parsed.rest = slice_of(lines[i]);
		parse_rest(&parsed);
		assert_int_equal(parsed.kind, LINE_BAD);
	}
	parse_end(&parsed.parser);
	assert_string_equal(findings_of(&parsed), "newcamd-list@1");
	assert_non_null(strstr(message_of(&parsed, 0), "4 lines"));
}

TEST(copied_markup_is_named)
{
	CHECK_SAID(FINDINGS, {"[CODE]C: h 1 u p[/CODE]", "markup@1 markup@17 unknown-line@1"},
		{"[/code]", "markup@1 unknown-line@1"}, {"<br>", "markup@1 unknown-line@1"},
		{"[url=http://x]C: h 1 u p", "markup@1 unknown-line@1"}, {"C: h 1 u p[/code]", "markup@11"},
		{"C: h 1 u p<br/>", "markup@11"},
		{"C: h 1 u p<font color=\"red\">x", "markup@11 extra-field@17"},
		{"C: h 1 u p&amp;q", "markup@11"}, {"C: h 1 u p&#160;", "markup@11"},
		{"C: h 1 u p&#xA0;", "markup@11"}, {"C: h&nbsp;1 u p", "markup@5 missing-field@10"},
		{"DEBUG : yes<br>", "markup@12"}, {"C: h 1 u p # [/code]", ""}, {"# <br>", ""},
		{"C: h 1 u <p", ""}, {"C: h 1 u [p", ""}, {"C: h 1 u &p;", ""}, {"C: h 1 u <word>", ""},
		{"C: h 1 u &#x;", ""}, {"C: h 1 u a&b;<>[]", ""}, {"C: h 1 u [[[[b", ""});
}

TEST(invisible_characters_are_named)
{
	CHECK_SAID(FINDINGS, {"\357\273\277C: h 1 u p", "invisible-character@1 unknown-line@1"},
		{"C: h\302\2401 u p", "invisible-character@5 missing-field@12"},
		{"C: h 1 u p\342\200\213", "invisible-character@11"},
		{"C: h 1 u p\240", "invisible-character@11"},
		{"C: h 1 u p\302\255q", "invisible-character@11"},
		{"C: h 1 u \343\200\200p", "invisible-character@10"},
		{"C: h 1 u \302\233p", "invisible-character@10"},
		{"F: u p\342\200\256", "invisible-character@7"},
		{"WEBINFO PASSWORD : p\302\240", "invisible-character@21"}, {"C: h 1 u p # \302\240", ""},
		{"# \302\240", ""}, {"C: h 1 \303\251va p\344", ""}, {"C: h 1 u \351\233\233", ""});
}

/* Each hint says what to write at the place at hand. */
TEST(hints_fit_the_case)
{
	static const struct {
		const char *line, *hint;
	} rows[] = {{"C: h 70000 u p", "1 to 65535"}, {"C: h:12000 u p", "blank between host and port"},
		{"C: h,12000 u p no", "blank between host and port"},
		{"C: h:12000 u p no { 0:0:1 }", "blank between host and port"},
		{"R: h:678 0100 000080", "R: <host> <port>"}, {"G: aa h:8000 bb i 8000", "G: <pass>"},
		{"G: aa h 8000 bb i:8000", "blank between"}, {"C: h 1 u", "C: <host> <port> <user> <pass>"},
		{"F: u p 1 2", "0 or 1"}, {"F: u p x", "0 to 2147483647"},
		{"F: u p 1 1 1 { 0:0:x }", "{ 0:0:2, 0100:000080:1 }"},
		{"F: u p 1 1 1 { } { 0:0 }", "{ 0100:000080:0df3 }"},
		{"F: u p 1 1 1 { } { } { 25-26 }", "{ 08:00-12:00, 18:00-23:30 }"},
		{"L: h 1 u p 01000 0", "caid as 1 to 4"}, {"R: h 1 100 0000800", "ident as 1 to 6"},
		{"B: /dev/sci0 9", "01 (shared)"}, {"SERVER LISTEN PORT : x", "0 to 65535"},
		{"DVB API : 9", "-1 to 3"}, {"ALLOW WEBINFO : ON", "yes or no"},
		{"BOXKEY : /dev/sci0 11", "4 pairs"}, {"IGNORE NODE : 12", "16 hexadecimal digits"},
		{"SMARTCARD SID REJECT : /dev/sci0 { word }", "{ 0df3, 0de1 }"},
		{"WEBINFO PORT : 1", "WEBINFO LISTEN PORT"}, {"SHARE LIMITS : { }", "GLOBAL LIMITS"},
		{"WEBINFO PASSWORD = x", "WEBINFO PASSWORD : "}, {"[b]C: h 1 u p", "\"[b]\""},
		{"\302\240C: h 1 u p", "column 1"}, {"CCCAM PORT: 24000", "SERVER LISTEN PORT : 24000"}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct parsed parsed FREED_BY(parsed_free) = {0};
		bool found = false;
		parse_text(&parsed, rows[i].line, false);
		for (uint32_t k = 0; k < parsed.ledger.findings.count; k++)
			found |= strstr(arena_copy(&parsed.arena, finding_at(&parsed, k)->hint).at,
					 rows[i].hint) != NULL;
		if (!found)
			fail_msg("%s: %.*s", rows[i].line, SLICE_ARG(finding_at(&parsed, 0)->hint));
	}
}

TEST(own_lines_are_not_foreign)
{
	static const char *const lines[] = {"C: h 1 u p\\", "NEWCAMD CONF : no", "NEWCAMD STEALTH : 0",
		"SERVER LISTEN PORT : 1", "[broken", "CCCAMX : 1", "CWSX = 1", "HTTPS : 1", "PROFILER",
		"http://host1.example.com", "cache of old lines", "PORTS : 1", "PORT", "CAID = 1", "PROFILE",
		"DCW"};
	struct parsed parsed FREED_BY(parsed_free) = {0};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		parse_text(&parsed, lines[i], false);
		assert_int_equal(parsed.parser.foreign.count, 0);
		parse_end(&parsed.parser);
		assert_null(strstr(findings_of(&parsed), "foreign"));
	}
}

TEST(notes_follow_a_blank_and_a_hash)
{
	struct parsed parsed FREED_BY(parsed_free) = {0};

	parse_text(&parsed, " C: h 12000 u Ab7#x$9Z  # v2.0.11-2892 ", false);
	assert_slice(parsed.statement.pass, "Ab7#x$9Z");
	assert_slice(parsed.statement.note, "v2.0.11-2892");
	assert_slice(parsed.statement.text, "C: h 12000 u Ab7#x$9Z");
	parse_text(&parsed, "SERVER LISTEN PORT : 12000  ### text ###", false);
	assert_int_equal(parsed.statement.number, 12000);
	assert_slice(parsed.statement.note, "## text ###");
	parse_text(&parsed, "F: u #p", false);
	assert_string_equal(findings_of(&parsed), "missing-field@5");
}

TEST(spellings)
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
	struct parsed parsed FREED_BY(parsed_free) = {0};

	CHECK(verdicts);
	parse_text(&parsed, "f:u p", true);
	assert_int_equal(parsed.statement.fate, FATE_ADJUSTED);
	assert_true(parsed.statement.spelling);
	assert_slice(parsed.statement.user, "u");
	CHECK_SAID(MESSAGE,
		{"c :h 1 u p", "the line starts with \"c :\"; CCcam's documentation writes \"C: \""});
}
