/* The letter lines. */
#include "parse_help.h"

#define KEY             "01 02 03 04 05 06 07 08 09 10 11 12 13 14"
#define N_LINE          "N: host1.example.com 10000 user1 secret "
#define CHECK(verdicts) check_verdicts(verdicts, sizeof verdicts / sizeof *verdicts)

TEST(c_lines)
{
	struct parsed parsed FREED_BY(parsed_free) = {0};

	parse_text(&parsed, "C: h\303\251 012000 {u} p{#} YES { 0:0:2, 93b:1FF } # n", false);
	assert_int_equal(parsed.statement.fate, FATE_CONVERTED);
	assert_slice(parsed.statement.host, "h\303\251");
	assert_int_equal(parsed.statement.port, 12000);
	assert_slice(parsed.statement.user, "{u}");
	assert_slice(parsed.statement.pass, "p{#}");
	assert_true(parsed.statement.wantemus && parsed.statement.limits_given);
	assert_int_equal(parsed.statement.limit_count, 2);
	assert_int_equal(parsed.statement.limits[0].hops, 2);
	assert_int_equal(parsed.statement.limits[1].caid, 0x93b);
	assert_int_equal(parsed.statement.limits[1].ident, 0x1ff);
	assert_int_equal(parsed.statement.limits[1].hops, 0);
	assert_slice(parsed.statement.limits[1].text, "93b:1FF");
}

TEST(c_verdicts)
{
	static const struct verdict verdicts[] = {{"C: h", FATE_REJECTED, "missing-field@5"},
		{"C: h 1003===", FATE_REJECTED, "missing-field@13"},
		{"C: h 1 u", FATE_REJECTED, "missing-field@9"},
		{"C: h 1003=== u p", FATE_REJECTED, "bad-number@6"},
		{"C: h 0 u p", FATE_REJECTED, "bad-number@6"},
		{"C: h 65536 u p", FATE_REJECTED, "bad-number@6"}, {"C: h 65535 u p", FATE_CONVERTED, ""},
		{"C: h -1 u p", FATE_REJECTED, "bad-number@6"}, {"C: h 1 u p no", FATE_CONVERTED, ""},
		{"C: h 1 u p 2", FATE_ADJUSTED, "extra-field@12"},
		{"C: h 1 u p yes no x", FATE_ADJUSTED, "extra-field@16"},
		{"C: h 1 u p { 0:0:1 }", FATE_CONVERTED, ""}, {"C: h 1 u p { }", FATE_CONVERTED, ""},
		{"C: h 1 u p 2 { 0:0:1 }", FATE_ADJUSTED, "extra-field@12"},
		{"C: h 1 u p no { 0:0:1 } x", FATE_ADJUSTED, "extra-field@25"},
		{"C: h 1 u p no { 0:0:1 } { }", FATE_REJECTED, "limit-syntax@25"},
		{"C: h 1 u p no 0:0:1 }", FATE_REJECTED, "limit-syntax@21"},
		{"C: h 1 u p no{ 0:0:1 }", FATE_CONVERTED, "brace-blanks@14"},
		{"C: h 1 u p no {0:0:1,0500:0}", FATE_CONVERTED, "brace-blanks@16"},
		{"C: h 1 u p no { 0:0:1,0500:0 }", FATE_CONVERTED, "brace-blanks@23"},
		{"C: h 1 u p no { 0:0:1 ,, 0500:0, }", FATE_ADJUSTED, "extra-field@24 brace-blanks@24"},
		{"C: h 1 u p no { 0:0:1 0500:0 }", FATE_REJECTED, "limit-syntax@17"},
		{"C: h 1 u p no { 0:0:1", FATE_REJECTED, "limit-syntax@15"},
		{"C: h 1 u p no { 0:0:1 # }", FATE_REJECTED, "limit-syntax@15"},
		{"C: h 1 u p no { 00000:0:1 }", FATE_REJECTED, "bad-number@17"},
		{"C: h 1 u p no { 0:0:1, 0x0500:0X032830 }", FATE_CONVERTED, "hex-prefix@24"},
		{"C: h 1 u p no { 0x00500:0 }", FATE_REJECTED, "hex-prefix@17 bad-number@17"},
		{"C: h:1 u p", FATE_REJECTED, "missing-field@5"},
		{"C: h,1 u p", FATE_REJECTED, "missing-field@5"},
		{"C: h:1 1 u p", FATE_REJECTED, "missing-field@5"}, {"C: h:0 1 u p", FATE_CONVERTED, ""},
		{"C: fe80::1 1 u p", FATE_CONVERTED, ""}, {"C: :1 1 u p", FATE_CONVERTED, ""},
		{"C: h 1 u p no { 0:1000000:1 }", FATE_REJECTED, "bad-number@17"},
		{"C: h 1 u p no { 0:0: }", FATE_REJECTED, "limit-syntax@17"},
		{"C: h 1 u p no { 0:0:1:1 }", FATE_REJECTED, "limit-syntax@17"},
		{"C: h 1 u p no { 0 }", FATE_REJECTED, "limit-syntax@17"},
		{"C: h 1 u p no { 0:0:a }", FATE_REJECTED, "limit-syntax@17"},
		{"C: h 1 u p no { word }", FATE_REJECTED, "limit-syntax@17"},
		{"C: h 1 u p no { 0:0:2147483648 }", FATE_REJECTED, "bad-number@21"},
		{"C: h 1 u p no { 0:0:2147483647 }", FATE_CONVERTED, ""},
		{"C: h 1 u p no { 0:\001 }", FATE_REJECTED, "bad-value@19"},
		{"C: h\001 1 u p", FATE_REJECTED, "bad-value@5"},
		{"C: h 1\001 u p", FATE_REJECTED, "bad-value@7"},
		{"C: h 1 u\177 p", FATE_REJECTED, "bad-value@9"},
		{"C: h 1 u \002p", FATE_REJECTED, "bad-value@10"},
		{"C: h 1 u p \002", FATE_REJECTED, "bad-value@12"},
		{"C: h 1 u p no x\002", FATE_REJECTED, "bad-value@16"},
		{"C: h 1 u p\t # \001", FATE_CONVERTED, ""}};
	struct parsed parsed FREED_BY(parsed_free) = {0};

	CHECK(verdicts);
	CHECK_SAID(MESSAGE, {"C: h 1003=== u p", "the port \"1003===\" is not a number from 1 to 65535"},
		{"C: h 1 u my secret word", "2 words that the line has no field for"});
	parse_text(&parsed, "C: h 1 u p { word }", false);
	assert_null(strstr(message_of(&parsed, 0), "word"));
	parse_text(&parsed, "C: h 1 u p { 0:0:1 1:1 }", false);
	assert_non_null(strstr(message_of(&parsed, 0), "\"0:0:1 1:1\""));
}

TEST(n_lines)
{
	static const char *const keys[] = {KEY, "0102030405060708091011121314",
		"0102 03040506 07 08 09 10 11121314", "01 02 03 04 05 06 07 08 09 10 11 12 1314"};
	static const unsigned char want[14] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0x10, 0x11, 0x12, 0x13, 0x14};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct parsed parsed FREED_BY(parsed_free) = {0};
		char line[160];
		snprintf(line, sizeof line, N_LINE "%s 256 3 # note", keys[i]);
		parse_text(&parsed, line, false);
		assert_int_equal(parsed.statement.fate, FATE_CONVERTED);
		assert_memory_equal(parsed.statement.key_bytes, want, sizeof want);
		assert_slice(parsed.statement.key, keys[i]);
		assert_int_equal(parsed.statement.hops, 256);
		assert_int_equal(parsed.statement.stealth, 3);
		assert_true(parsed.statement.hops_given && parsed.statement.stealth_given);
	}
}

TEST(n_defaults)
{
	struct parsed parsed FREED_BY(parsed_free) = {0};

	parse_text(&parsed, N_LINE KEY, false);
	assert_int_equal(parsed.statement.hops, 1);
	assert_false(parsed.statement.hops_given || parsed.statement.stealth_given);
	assert_int_equal(parsed.statement.stealth, 0);
	parse_text(&parsed, N_LINE KEY " 01", false);
	assert_true(parsed.statement.hops_given);
	assert_int_equal(parsed.statement.hops, 1);
}

TEST(n_verdicts)
{
	static const struct verdict verdicts[] = {{N_LINE KEY " 1 0", FATE_CONVERTED, ""},
		{N_LINE KEY " lan server1 au", FATE_ADJUSTED, "extra-field@83"},
		{N_LINE KEY " 1 lan", FATE_ADJUSTED, "extra-field@85"},
		{N_LINE KEY " 1 5", FATE_REJECTED, "bad-number@85"},
		{N_LINE KEY " 4294967295", FATE_CONVERTED, ""},
		{N_LINE KEY " 4294967296", FATE_REJECTED, "bad-number@83"},
		{N_LINE KEY " 1x", FATE_REJECTED, "bad-number@83"},
		{N_LINE KEY " ab", FATE_REJECTED, "des-key@41"},
		{N_LINE KEY " 15 16", FATE_REJECTED, "des-key@41"}, {N_LINE KEY " 15", FATE_CONVERTED, ""},
		{N_LINE KEY " 15 03", FATE_CONVERTED, ""},
		{N_LINE KEY " 15 03 17", FATE_REJECTED, "des-key@41"},
		{N_LINE "0x01 0x02 03 04 05 06 07 08 09 10 11 12 13 14", FATE_CONVERTED, "hex-prefix@41"},
		{N_LINE KEY " 1 2 3", FATE_ADJUSTED, "extra-field@87"},
		{N_LINE KEY " 1\001", FATE_REJECTED, "bad-value@84"},
		{N_LINE KEY " { 0:0 }", FATE_REJECTED, "limit-syntax@83"},
		{N_LINE, FATE_REJECTED, "missing-field@40"},
		{N_LINE "01 02 03 04 05 06 07 08 09 10", FATE_REJECTED, "des-key@41"},
		{N_LINE "01 02 03 04 05 06 07 08 09 10 11 12 13 1", FATE_REJECTED, "des-key@80"},
		{N_LINE "01 02 03 04 05 06 07 08 09 10 11 12 13 1g", FATE_REJECTED, "des-key@81"},
		{N_LINE "010203040506070809101112131415", FATE_REJECTED, "des-key@41"},
		{N_LINE "01020304050607080910111213 1415", FATE_REJECTED, "des-key@41"},
		{N_LINE "word " KEY, FATE_REJECTED, "des-key@41"},
		{N_LINE "0\001 " KEY, FATE_REJECTED, "bad-value@42"},
		{"N: h 14000:14030 u p " KEY, FATE_REJECTED, "foreign-language@6"}};

	CHECK(verdicts);
	CHECK_SAID(MESSAGE,
		{N_LINE "01 02 03 04 05 06 07 08 09 10", "the DES key has 14 bytes; 10 were found here"},
		{N_LINE "010203040506070809101112131415", "the DES key has 14 bytes; 15 were found here"},
		{N_LINE KEY " 15 16", "the DES key has 14 bytes; 16 were found here"},
		{N_LINE "010203040506070809101112131",
			"the DES key has 28 hexadecimal digits; 27 were found here"});
}

TEST(f_lines)
{
	struct parsed parsed FREED_BY(parsed_free) = {0};
	const struct statement *statement = &parsed.statement;

	parse_text(&parsed,
		"F: user1 secret 2 0 1 { 0:0:3, 0100:000080:1 } { 0500:032830:1f40 } { 8-9:30, 23:00-1:15, "
		"22:00-24:00 } host1.example.com #13-05-2011",
		false);
	assert_string_equal(findings_of(&parsed), "");
	assert_int_equal(statement->uphops, 2);
	assert_true(statement->shareemus_given && !statement->shareemus && statement->allowemm);
	assert_int_equal(statement->limit_count, 2);
	assert_int_equal(statement->limits[1].ident, 0x80);
	assert_int_equal(statement->channel_count, 1);
	assert_int_equal(statement->channels[0].caid, 0x500);
	assert_int_equal(statement->channels[0].ident, 0x32830);
	assert_int_equal(statement->channels[0].sid, 0x1f40);
	assert_slice(statement->channels[0].text, "0500:032830:1f40");
	assert_int_equal(statement->window_count, 3);
	assert_int_equal(statement->windows[0].from, 480);
	assert_int_equal(statement->windows[0].to, 570);
	assert_int_equal(statement->windows[1].from, 1380);
	assert_int_equal(statement->windows[1].to, 75);
	assert_int_equal(statement->windows[2].to, 1440);
	assert_slice(statement->host, "host1.example.com");
	assert_slice(statement->note, "13-05-2011");
}

TEST(f_defaults)
{
	struct parsed parsed FREED_BY(parsed_free) = {0};
	const struct statement *statement = &parsed.statement;

	parse_text(&parsed, "F: user1 secret", false);
	assert_int_equal(statement->fate, FATE_CONVERTED);
	assert_int_equal(statement->uphops, 5);
	assert_true(statement->shareemus && statement->allowemm && !statement->shareemus_given);
	assert_false(statement->limits_given);
	parse_text(&parsed, "F: user1 secret 3 { 0100:0 }", false);
	assert_int_equal(statement->fate, FATE_CONVERTED);
	assert_int_equal(statement->uphops, 3);
	assert_int_equal(statement->limit_count, 1);
	assert_true(statement->limits_given);
}

TEST(f_verdicts)
{
	static const struct verdict verdicts[] = {{"F: u", FATE_REJECTED, "missing-field@5"},
		{"F:", FATE_REJECTED, "missing-field@3"}, {"F: u p 1 0 0 { } { } { } h", FATE_CONVERTED, ""},
		{"F: u p x", FATE_REJECTED, "bad-number@8"}, {"F: u p 2147483647", FATE_CONVERTED, ""},
		{"F: u p 2147483648", FATE_REJECTED, "bad-number@8"},
		{"F: u p 1 2", FATE_REJECTED, "bad-number@10"},
		{"F: u p 1 0 5", FATE_REJECTED, "bad-number@12"}, {"F: u p { 0:0:1 }", FATE_CONVERTED, ""},
		{"F: u p 1 0 0 1 { 0:0:1 }", FATE_ADJUSTED, "extra-field@14"},
		{"F: u p 1 0 0 h", FATE_ADJUSTED, "extra-field@14"},
		{"F: u p 1 0 0 { } { } { } h x", FATE_ADJUSTED, "extra-field@28"},
		{"F: u p 1 0 0 { } { } { } { }", FATE_REJECTED, "limit-syntax@26"},
		{"F: u p 1 0 0 { } { } { } \001h", FATE_REJECTED, "bad-value@26"},
		{"F: u p 1 0 0 {}{}{}h", FATE_CONVERTED, "brace-blanks@15"},
		{"F: u p 1 0 0 { } { 1:1 }", FATE_REJECTED, "limit-syntax@20"},
		{"F: u p 1 0 0 { } { 1:1:12345 }", FATE_REJECTED, "bad-number@20"},
		{"F: u p 1 0 0 { } { 1:1:1", FATE_REJECTED, "limit-syntax@18"},
		{"F: u p 1 0 0 { } { } { 1", FATE_REJECTED, "limit-syntax@22"},
		{"F: u p 1 0 0 { } { } { 25-1 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 24:01-1 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 24:00-1 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 8:00-8 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 8:0-9 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 8:60-9 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 008-9 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 8 }", FATE_REJECTED, "limit-syntax@24"},
		{"F: u p 1 0 0 { } { } { 0-24 }", FATE_CONVERTED, ""}};

	CHECK(verdicts);
	CHECK_SAID(MESSAGE, {"F: u my secret 1", "the uphops is not a number from 0 to 2147483647"});
}

TEST(l_and_r_lines)
{
	static const struct verdict verdicts[] = {{"R: h 1 100", FATE_REJECTED, "missing-field@11"},
		{"R: h x", FATE_REJECTED, "missing-field@7"},
		{"R: h x 100 80", FATE_REJECTED, "bad-number@6"},
		{"R: h 1 10000 80", FATE_REJECTED, "bad-number@8"},
		{"R: h 1 1 1234567", FATE_REJECTED, "bad-number@10"},
		{"R: h 1 1 1 x", FATE_REJECTED, "bad-number@12"},
		{"R: h 1 1 1 2 3", FATE_ADJUSTED, "extra-field@14"},
		{"R: h 1 1 1 { 0:0 }", FATE_REJECTED, "limit-syntax@12"},
		{"L: h 1 u p", FATE_REJECTED, "missing-field@11"},
		{"L: h 1 u my secret 1", FATE_REJECTED, "bad-number@13"},
		{"L: h 1 u p 1 g", FATE_REJECTED, "bad-number@14"}};
	struct parsed parsed FREED_BY(parsed_free) = {0};

	CHECK(verdicts);
	parse_text(&parsed, "R: host1.example.com 678 0100 000080", false);
	assert_int_equal(parsed.statement.port, 678);
	assert_int_equal(parsed.statement.caid, 0x100);
	assert_int_equal(parsed.statement.ident, 0x80);
	assert_int_equal(parsed.statement.hops, 1);
	assert_false(parsed.statement.hops_given);
	parse_text(&parsed, "L: h 1 u p 1 ffffff 3", false);
	assert_slice(parsed.statement.pass, "p");
	assert_int_equal(parsed.statement.ident, 0xffffff);
	assert_int_equal(parsed.statement.hops, 3);
	CHECK_SAID(MESSAGE, {"R: h 1 10000 80", "the caid 10000 is not 1 to 4 hexadecimal digits"});
	parse_text(&parsed, "L: h 1 u my secret 1", false);
	assert_null(strstr(message_of(&parsed, 0), "secret"));
}

TEST(g_lines)
{
	static const struct verdict verdicts[] = {{"G: a h 1 b i", FATE_REJECTED, "missing-field@13"},
		{"G: a h", FATE_REJECTED, "missing-field@7"},
		{"G: a h 0 b i 2", FATE_REJECTED, "bad-number@8"},
		{"G: a h 1 b i 2x", FATE_REJECTED, "bad-number@14"},
		{"G: a h 1 b i 2 3", FATE_ADJUSTED, "extra-field@16"},
		{"G: a h 1 b i 2{ 0:0 }", FATE_CONVERTED, "brace-blanks@15"},
		{"G: a h 1 b i 2 { 0 }", FATE_REJECTED, "limit-syntax@18"},
		{"G: a h 1 b i 2\001", FATE_REJECTED, "bad-value@15"}};
	struct parsed parsed FREED_BY(parsed_free) = {0};

	CHECK(verdicts);
	parse_text(&parsed, "G: aa11 me.example.com 8000 bb22 192.0.2.1 8001 { 0:0:2 }", false);
	assert_int_equal(parsed.statement.fate, FATE_CONVERTED);
	assert_slice(parsed.statement.my_pass, "aa11");
	assert_slice(parsed.statement.my_host, "me.example.com");
	assert_int_equal(parsed.statement.my_port, 8000);
	assert_slice(parsed.statement.pass, "bb22");
	assert_slice(parsed.statement.host, "192.0.2.1");
	assert_int_equal(parsed.statement.port, 8001);
	assert_int_equal(parsed.statement.limit_count, 1);
	parse_text(&parsed, "G: 192.0.2.1 8001 8000 aa11 bb22", false);
	assert_int_equal(parsed.statement.fate, FATE_CONVERTED);
	assert_slice(parsed.statement.host, "192.0.2.1");
	assert_int_equal(parsed.statement.port, 8001);
	assert_int_equal(parsed.statement.my_port, 8000);
	assert_slice(parsed.statement.my_pass, "aa11");
	assert_slice(parsed.statement.pass, "bb22");
	assert_int_equal(parsed.statement.my_host.len, 0);
}

TEST(b_lines)
{
	static const struct verdict verdicts[] = {{"B: /dev/sci0", FATE_REJECTED, "missing-field@13"},
		{"B: /dev/sci0 08", FATE_REJECTED, "bad-number@14"},
		{"B: /dev/sci0 007", FATE_REJECTED, "bad-number@14"}, {"B: /dev/sci0 7", FATE_CONVERTED, ""},
		{"B: /dev/sci0 00 x", FATE_ADJUSTED, "extra-field@17"},
		{"B: /dev/sci0 # 00", FATE_REJECTED, "missing-field@13"},
		{"X: 1 1", FATE_REJECTED, "unknown-line@1"}};

	CHECK(verdicts);
}

TEST(two_b_on_one_line)
{
	struct parsed parsed FREED_BY(parsed_free) = {0};

	parse_text(&parsed, "B: /dev/sci0 01 B: /dev/sci1 B : /dev/sci2 04 # note", false);
	assert_slice(parsed.statement.device, "/dev/sci0");
	assert_slice(parsed.statement.text, "B: /dev/sci0 01");
	assert_int_equal(parsed.statement.number, 1);
	assert_int_equal(parsed.statement.note.len, 0);
	parse_rest(&parsed);
	assert_int_equal(parsed.statement.fate, FATE_REJECTED);
	assert_string_equal(findings_of(&parsed), "missing-field@29");
	parse_rest(&parsed);
	assert_slice(parsed.statement.device, "/dev/sci2");
	assert_int_equal(parsed.statement.number, 4);
	assert_slice(parsed.statement.note, "note");
	assert_int_equal(parsed.rest.len, 0);
}
