/* The translation where golden cases do not reach: long and odd values, and rejected options that stand in
 * the way of nothing else. */
#include "convert_help.h"
#include "generate.h"

/* A rejected option leaves a remark and nothing else: the tuner's account stays whole. */
TEST(test_rejected_options)
{
	static const char *const options[] = {"GLOBAL LIMITS : { 0:0]0 }", "GLOBAL LIMITS : x",
		"DISABLE EMM : maybe", "EXTRA EMM LEVEL : maybe", "MINIMUM DOWNHOPS : x", "DVB API : 17 x y",
		"SERVER LISTEN PORT : 70000"};

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		struct buffer text FREED_BY(buffer_free) = {0};
		struct converted c FREED_BY(converted_free) = {0};
		buffer_format(&text, "%s\nC: h 1 u p\nF: friend secret\n", options[i]);
		convert_slice(&c, buffer_slice(&text), NULL);
		if (!c.proved)
			fail_msg("%s: the proof failed", options[i]);
		assert_int_equal(fate_of(&c, 2), FATE_CONVERTED);
		assert_int_equal(fate_of(&c, 3), i < 2 ? FATE_UNSUPPORTED : FATE_CONVERTED); /* limits lost */
		const struct section *local = section_number(&c.model.accounts, 0);
		assert_ptr_equal(local, c.model.local_account);
		assert_string_equal(key_text(&c, local, KEY_account_user), "dvbapi");
		assert_string_equal(key_text(&c, local, KEY_account_allowedprotocols), "dvbapi");
	}
}

/* OSCam holds cccmindown in eight bits with a sign. */
TEST(test_minimum_downhops)
{
	static const struct {
		const char *number, *written;
	} rows[] = {
		{"0", ""}, {"1", "1"}, {"127", "127"}, {"128", "127"}, {"200", "127"}, {"2147483647", "127"}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[96];
		struct converted c FREED_BY(converted_free) = {0};
		(void)snprintf(text, sizeof text, "MINIMUM DOWNHOPS : %s\nC: h 1 u p\n", rows[i].number);
		convert_slice(&c, slice_of(text), NULL);
		if (!c.proved)
			fail_msg("%s: the proof failed", rows[i].number);
		const struct section *reader = section_number(&c.model.readers, 0);
		assert_string_equal(key_text(&c, reader, KEY_reader_cccmindown), rows[i].written);
	}
}

/* A value as long as a line of OSCam is refused with a finding, whatever the option or field. */
TEST(test_values_longer_than_a_line)
{
	static const char *const lines[][2] = {
		{"WEBINFO USERNAME : ", ""},
		{"WEBINFO PASSWORD : ", ""},
		{"C: ", " 1 u p"},
		{"C: h 1 ", " p"},
		{"C: h 1 u ", ""},
		{"F: ", " p"},
		{"F: u ", ""},
		{"F: u p 1 1 1 { } { } { } ", ""},
		{"SERIAL READER : ", ""},
		{"hello ", ""},
		{"# ", ""},
	};
	static const unsigned lengths[] = {16300, 16340, 16384, 40000};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
			struct generator g FREED_BY(generator_free) = generator_start(1);
			struct converted c FREED_BY(converted_free) = {0};
			say(&g, lines[i][0]);
			say_many(&g, 'x', lengths[k]);
			say(&g, lines[i][1]);
			convert_slice(&c, buffer_slice(&g.text), NULL);
			if (!c.proved)
				fail_msg("%s with %u bytes: the proof failed", lines[i][0], lengths[k]);
			assert_true(fate_of(&c, 1) > FATE_NONE);
		}
	}
}

/* Every minute in a window of its own, and more: what OSCam's line can hold is enough. */
TEST(test_all_minutes)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	say(&g, "F: u p 1 1 1 { } { } {");
	for (unsigned minute = 0; minute < 1438; minute += 2)
		buffer_format(&g.text, "%s %02u:%02u-%02u:%02u", minute ? "," : "", minute / 60, minute % 60,
			(minute + 1) / 60, (minute + 1) % 60);
	say(&g, " }");
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_true(c.proved);
	assert_int_equal(fate_of(&c, 1), FATE_CONVERTED);
}

TEST(test_ports_in_conflict)
{
	static const struct {
		const char *text, *cccam, *webif;
	} rows[] = {
		{"SERVER LISTEN PORT : 8888\n", "8888", "8889"},
		{"SERVER LISTEN PORT : 16001\nWEBINFO LISTEN PORT : 16001\n", "16001", "8888"},
		{"F: u p\nWEBINFO LISTEN PORT : 12000\n", "12000", "8888"},
		{"SERVER LISTEN PORT : 0\nF: u p\n", "", "8888"},
		{"C: h 1 u p\n", "", "8888"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct converted c FREED_BY(converted_free) = {0};
		convert_text(&c, rows[i].text);
		assert_string_equal(
			key_text(&c, model_conf(&c.model, SECTION_cccam), KEY_cccam_port), rows[i].cccam);
		assert_string_equal(
			key_text(&c, model_conf(&c.model, SECTION_webif), KEY_webif_httpport), rows[i].webif);
	}
}

/* A line of another program's language is said to be one, letter line or not. */
TEST(test_foreign_letter_lines)
{
	struct converted c FREED_BY(converted_free) = {0};

	convert_text(&c, "C: host1.example.com \\\nN: host2.example.com \\\n");
	assert_int_equal(fate_of(&c, 1), FATE_REJECTED);
	assert_int_equal(fate_of(&c, 2), FATE_REJECTED);
	assert_string_equal(codes_of_line(&c, 1), "foreign-language");
}

/* GLOBAL LIMITS that a disabled line is the first to need: what they lose is said at their own line, and
 * their services stay when that line comes to nothing. */
TEST(test_global_limits_for_disabled_lines)
{
	struct choices choices = choices_default();
	struct converted c FREED_BY(converted_free) = {0};

	choices.disabled_convert = true;
	convert_slice(&c, SLICE("# x\n# y\nGLOBAL LIMITS : { 0:0:3, 0500:0:2 }\n#F: a secret 1\n"), &choices);
	assert_true(c.proved);
	assert_int_equal(fate_of(&c, 3), FATE_PARTIAL);
	assert_string_equal(codes_of_line(&c, 3), "per-card-reshare");
}

TEST(test_services_of_global_limits_stay)
{
	struct choices choices = choices_default();
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	choices.disabled_convert = true;
	say(&g, "GLOBAL LIMITS : { 0500:0 }\n#F: a secret 1 0 0 { } { 0100:0:1");
	for (unsigned i = 1; i < 66; i++)
		buffer_format(&g.text, ", 0100:%X:1", i);
	say(&g, " }\n#F: b secret 1\n");
	convert_slice(&c, buffer_slice(&g.text), &choices);
	assert_true(c.proved);
	assert_string_equal(
		key_text(&c, section_number(&c.model.accounts, 1), KEY_account_services), "!deny_0500");
}

/* Work and output grow with the input, also when the lines are few and long. */
TEST(test_many_statements_on_a_line)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	for (int i = 0; i < 400; i++)
		say(&g, "B: /dev/sci0 04 ");
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_true(c.proved);
	size_t written = 0;
	for (int file = 0; file < FOUR_FILES; file++)
		written += c.files[file].len;
	assert_true(written < 100 * g.text.len);
}
