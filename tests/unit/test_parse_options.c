/* The options. */
#include "parse_help.h"

TEST(verdicts_of_simple_options)
{
	static const struct verdict verdicts[] = {{"DEBUG : yes", FATE_CONVERTED, ""},
		{"DEBUG : 0", FATE_CONVERTED, ""}, {"DEBUG : ON", FATE_CONVERTED, ""},
		{"DEBUG : yes no", FATE_CONVERTED, ""}, {"OSD PORT : x", FATE_CONVERTED, ""},
		{"ALLOW TELNETINFO : ON", FATE_CONVERTED, ""},
		{"ALLOW WEBINFO : ON", FATE_REJECTED, "bad-value@17"},
		{"DEBUG :", FATE_DROPPED, "empty-value@1"}, {"DEBUG : # yes", FATE_DROPPED, "empty-value@1"},
		{"DEBUG : \001", FATE_CONVERTED, ""}, {"OSD PASSWORD :", FATE_DROPPED, "empty-value@1"},
		{"SERVER LISTEN PORT : 0", FATE_CONVERTED, ""},
		{"SERVER LISTEN PORT : 65536", FATE_REJECTED, "bad-number@22"},
		{"SERVER LISTEN PORT : x", FATE_REJECTED, "bad-number@22"},
		{"DVB API : -1", FATE_CONVERTED, ""}, {"DVB API : -2", FATE_REJECTED, "bad-number@11"},
		{"DVB API : 4", FATE_REJECTED, "bad-number@11"},
		{"DVB API : -", FATE_REJECTED, "bad-number@11"},
		{"ZAP OSD TIME : 99999999999", FATE_CONVERTED, ""}, {"LOG WARNINGS : no", FATE_CONVERTED, ""},
		{"BOXKEY : /dev/a 0x11 0x22 0x33 0x44", FATE_CONVERTED, "hex-prefix@17"},
		{"IGNORE NODE : 0x0123456789abcdef", FATE_CONVERTED, "hex-prefix@15"},
		{"SMARTCARD SID REJECT : /dev/a { 0x0df3, 0x0de1 }", FATE_CONVERTED, "hex-prefix@33"},
		{"LOG WARNINGS : a b", FATE_CONVERTED, ""},
		{"WEBINFO PASSWORD : a b}", FATE_ADJUSTED, "extra-field@22"},
		{"IGNORE NODE : 0123456789abcdeF", FATE_CONVERTED, ""},
		{"IGNORE NODE : 0123456789abcde", FATE_REJECTED, "bad-number@15"},
		{"IGNORE NODE : 0123456789abcdeg", FATE_REJECTED, "bad-number@15"},
		{"MINIMUM CLIENT VERSION : 2.0.9", FATE_CONVERTED, ""},
		{"MINIMUM CLIENT VERSION : 2.0", FATE_REJECTED, "bad-value@26"},
		{"MINIMUM CLIENT VERSION : 2.0.", FATE_REJECTED, "bad-value@26"},
		{"MINIMUM CLIENT VERSION : 2.0.9.1", FATE_REJECTED, "bad-value@26"}};

	check_verdicts(verdicts, sizeof verdicts / sizeof *verdicts);
}

TEST(verdicts_of_reader_options)
{
	static const struct verdict verdicts[] = {
		{"SERIAL READER : /dev/a foo", FATE_REJECTED, "bad-value@24"},
		{"SERIAL READER : /dev/a mouse x", FATE_ADJUSTED, "extra-field@30"},
		{"TRY ALL CHIDS : /dev/a x", FATE_ADJUSTED, "extra-field@24"},
		{"SMARTCARD WRITE DELAY : /dev/a -1", FATE_CONVERTED, ""},
		{"SMARTCARD WRITE DELAY : /dev/a", FATE_REJECTED, "missing-field@31"},
		{"SMARTCARD CLOCK FREQUENCY : /dev/a 368", FATE_REJECTED, "bad-number@36"},
		{"PIN : 1234", FATE_REJECTED, "missing-field@11"},
		{"PIN : /dev/a 1 2", FATE_ADJUSTED, "extra-field@16"},
		{"BOXKEY : /dev/a 00 11 22", FATE_REJECTED, "bad-number@17"},
		{"BOXKEY : /dev/a 00 11 22 3", FATE_REJECTED, "bad-number@17"},
		{"BOXKEY : /dev/a 00 11 22 xx", FATE_REJECTED, "bad-number@17"},
		{"BOXKEY : /dev/a", FATE_REJECTED, "missing-field@16"},
		{"CAMKEY : /dev/a 1122334455667788", FATE_CONVERTED, ""},
		{"CAMKEY : /dev/a 112233445566778899", FATE_REJECTED, "bad-number@17"},
		{"CAMDATA : /dev/a 00", FATE_CONVERTED, ""},
		{"POSTINIT : /dev/a", FATE_REJECTED, "missing-field@18"},
		{"POSTINIT : /dev/a /tmp/x 2", FATE_REJECTED, "bad-number@26"},
		{"POSTINIT /dev/a /tmp/x 0 z", FATE_ADJUSTED, "extra-field@26"},
		{"postinit /dev/a /tmp/x", FATE_ADJUSTED, "spelling@1"},
		{"POSTINIT /dev/a:1 /tmp/x", FATE_CONVERTED, ""},
		{"BEEF ID : 1 2 3 4 5 6 7", FATE_REJECTED, "missing-field@24"},
		{"BEEF ID : 1 2 3 4 5 6 7 8", FATE_REJECTED, "missing-field@26"},
		{"BEEF ID : 1 2 3 4 5 6 7 /dev/a", FATE_REJECTED, "bad-number@25"},
		{"BEEF ID : 1 2 3 4 5 6 7 8 /dev/a x", FATE_ADJUSTED, "extra-field@34"},
		{"SID LIMIT : /dev/a 4", FATE_REJECTED, "missing-field@21"},
		{"SID LIMIT : /dev/a 4 -1", FATE_REJECTED, "bad-number@22"},
		{"SID LIMIT : /dev/a 4 5 6", FATE_ADJUSTED, "extra-field@24"}};

	check_verdicts(verdicts, sizeof verdicts / sizeof *verdicts);
}

TEST(verdicts_of_options_with_groups)
{
	static const struct verdict verdicts[] = {
		{"GLOBAL LIMITS: {0:0:3}", FATE_CONVERTED, "brace-blanks@17"},
		{"GLOBAL LIMITS : 0:0:3", FATE_REJECTED, "limit-syntax@17"},
		{"GLOBAL LIMITS : x { 0:0:3 }", FATE_REJECTED, "limit-syntax@17"},
		{"GLOBAL LIMITS : { 0:0:3 } x", FATE_ADJUSTED, "extra-field@27"},
		{"GLOBAL LIMITS : { 0:0:x }", FATE_REJECTED, "limit-syntax@19"},
		{"LOADBALANCE : /dev/a /dev/b { 0df3,0de1 }", FATE_CONVERTED, ""},
		{"LOADBALANCE : { 0df3 }", FATE_REJECTED, "missing-field@15"},
		{"LOADBALANCE : /dev/a 0df3 }", FATE_REJECTED, "limit-syntax@27"},
		{"LOADBALANCE : /dev/a { 10000 }", FATE_REJECTED, "bad-number@24"},
		{"LOADBALANCE : /dev/a { 1 2 }", FATE_REJECTED, "limit-syntax@24"},
		{"LOADBALANCE : /dev/a { 1", FATE_REJECTED, "limit-syntax@22"},
		{"LOADBALANCE : /dev/a{ 1 }", FATE_CONVERTED, "brace-blanks@21"},
		{"SMARTCARD SID ASSIGN : { 1 }", FATE_REJECTED, "missing-field@24"},
		{"SMARTCARD SID ASSIGN : /dev/a", FATE_REJECTED, "missing-field@30"},
		{"SMARTCARD SID ASSIGN : /dev/a x", FATE_REJECTED, "bad-number@31"},
		{"SMARTCARD SID ASSIGN : /dev/a 1 2 { 1 }", FATE_ADJUSTED, "extra-field@33"},
		{"SMARTCARD SID ASSIGN : /dev/a 1 \002", FATE_REJECTED, "bad-value@33"},
		{"SMARTCARD SID ASSIGN : /dev/a 1 { x }", FATE_REJECTED, "limit-syntax@35"},
		{"SMARTCARD SID REJECT : { 1 }", FATE_REJECTED, "missing-field@24"},
		{"SMARTCARD SID REJECT : /dev/a", FATE_REJECTED, "missing-field@30"},
		{"SMARTCARD SID REJECT : /dev/a 1 { 1, }", FATE_ADJUSTED, "extra-field@38 extra-field@31"},
		{"SMARTCARD SID REJECT : /dev/a { 1 } { 2 }", FATE_REJECTED, "limit-syntax@37"}};

	check_verdicts(verdicts, sizeof verdicts / sizeof *verdicts);
}

TEST(values)
{
	static const struct {
		const char *line, *device, *value;
		int64_t number, number2;
		uint32_t words;
	} rows[] = {{"SHOW TIMING : YES", "", "YES", 1, 0, 1}, {"SHOW TIMING: 1", "", "1", 1, 0, 1},
		{"SHOW TIMING : No", "", "No", 0, 0, 1}, {"DVB API : -1", "", "-1", -1, 0, 1},
		{"WEBINFO USERNAME : a{b", "", "a{b", 0, 0, 1},
		{"PHOENIX READER PATH : /dev/a:1:Mouse", "/dev/a:1", "Mouse", 0, 0, 1},
		{"SERIAL READER : /dev/a:1", "/dev/a:1", "", 0, 0, 1},
		{"SERIAL READER : :mouse", ":mouse", "", 0, 0, 1},
		{"SERIAL READER : /dev/a smartreader+", "/dev/a", "smartreader+", 0, 0, 2},
		{"TRY ALL CHIDS : /dev/a", "/dev/a", "", 0, 0, 1},
		{"SMARTCARD CLOCK FREQUENCY : /dev/a 3680000", "/dev/a", "3680000", 3680000, 0, 2},
		{"PINCODE : /dev/a 0012", "/dev/a", "0012", 0, 0, 2},
		{"POSTINIT : /dev/a /tmp/x 1", "/dev/a", "/tmp/x", 0, 1, 3},
		{"POSTINIT /dev/a /tmp/x", "/dev/a", "/tmp/x", 0, 0, 2},
		{"SID LIMIT : /dev/a 4 10", "/dev/a", "4", 4, 10, 3},
		{"BEEF ID : 4101 0 0 0 0 0 0 0 /dev/a", "/dev/a", "4101 0 0 0 0 0 0 0", 0, 0, 9},
		{"GLOBAL LIMITS : { 0:0:3 }", "", "{ 0:0:3 }", 0, 0, 0},
		{"LOADBALANCE : /dev/a  /dev/b { 1 }", "/dev/a", "/dev/a  /dev/b", 0, 0, 2},
		{"SMARTCARD SID ASSIGN : /dev/a 5", "/dev/a", "5", 5, 0, 2}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct parsed parsed FREED_BY(parsed_free) = {0};
		parse_text(&parsed, rows[i].line, false);
		assert_int_equal(parsed.statement.fate, FATE_CONVERTED);
		assert_slice(parsed.statement.device, rows[i].device);
		assert_slice(parsed.statement.value, rows[i].value);
		assert_int_equal(parsed.statement.number, rows[i].number);
		assert_int_equal(parsed.statement.number2, rows[i].number2);
		assert_int_equal(parsed.statement.word_count, rows[i].words);
	}
}

TEST(bytes_are_read)
{
	static const unsigned char want[] = {0x11, 0x2a, 0, 0xff, 1, 2, 3, 4};
	struct parsed parsed FREED_BY(parsed_free) = {0};

	parse_text(&parsed, "CAMKEY : /dev/a 11 2a00 FF 01020304 # note", false);
	assert_int_equal(parsed.statement.fate, FATE_CONVERTED);
	assert_int_equal(parsed.statement.byte_count, sizeof want);
	assert_memory_equal(parsed.statement.bytes, want, sizeof want);
	assert_slice(parsed.statement.value, "11 2a00 FF 01020304");
}

TEST(camdata_takes_64_bytes_at_most)
{
	char line[160] = "CAMDATA : /dev/a ";
	struct parsed parsed FREED_BY(parsed_free) = {0};

	memset(line + 17, '0', 128);
	line[17 + 128] = '\0';
	parse_text(&parsed, line, false);
	assert_int_equal(parsed.statement.byte_count, 64);
	strcat(line, "00");
	parse_text(&parsed, line, false);
	assert_int_equal(parsed.statement.fate, FATE_REJECTED);
	assert_string_equal(message_of(&parsed, 0), "65 bytes where CAMDATA takes 1 to 64");
}

TEST(sid_lists)
{
	static const char *const lines[] = {"SMARTCARD SID ASSIGN : /dev/a 0 { 0df3, 1 }",
		"SMARTCARD SID REJECT : /dev/a { df3, 0001 }", "LOADBALANCE : /dev/a /dev/b { df3, 0001 }"};
	struct parsed parsed FREED_BY(parsed_free) = {0};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		parse_text(&parsed, lines[i], false);
		assert_string_equal(findings_of(&parsed), "");
		assert_slice(parsed.statement.device, "/dev/a");
		assert_int_equal(parsed.statement.number, 0);
		assert_true(parsed.statement.sids_given);
		assert_int_equal(parsed.statement.sid_count, 2);
		assert_int_equal(parsed.statement.sids[0], 0xdf3);
		assert_int_equal(parsed.statement.sids[1], 1);
	}
	parse_text(&parsed, "SMARTCARD SID ASSIGN : /dev/a 5", false);
	assert_false(parsed.statement.sids_given);
}

TEST(messages_quote_no_secret)
{
	CHECK_SAID(MESSAGE, {"ALLOW WEBINFO : maybe", "\"maybe\" is not yes or no"},
		{"GLOBAL EMM : 3", "\"3\" is not a number from 0 to 2"},
		{"IGNORE NODE : xyz", "\"xyz\" is not 16 hexadecimal digits"},
		{"BOXKEY : /dev/a 00 11 22 44 55", "5 bytes where BOXKEY takes 4"},
		{"CAMKEY : /dev/a 00 1g", "the bytes are not pairs of hexadecimal digits"},
		{"WEBINFO PASSWORD : my secret", "1 word that the line has no field for"},
		{"PIN : 1234", "the value is missing"}, {"POSTINIT : /dev/a f 7", "\"7\" is not 0 or 1"},
		{"OSD USERNAME :", "OSD USERNAME has no value"},
		{"debug : yes", "\"debug\" is not in capitals as in CCcam's documentation"});
}
