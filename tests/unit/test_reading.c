/* How OSCam's three line loops take a file apart. */
#include "unit.h"

#include <string.h>

#include "cc2oscam/schema.h"

struct expected {
	const char *line;
	enum oscam_event event;
	enum schema_section section;
	enum schema_key_id key;
	const char *name, *value;
};

static void assert_slice(struct slice text, const char *expected)
{
	assert_int_equal(text.len, strlen(expected));
	if (text.len)
		assert_memory_equal(text.at, expected, text.len);
}

static void assert_lines(enum oscam_file file, const struct expected *expected, size_t count)
{
	struct oscam_reading reading;

	oscam_reading_start(&reading, file);
	assert_false(reading.any_section);
	for (size_t i = 0; i < count; i++) {
		struct oscam_line line = oscam_reading_line(&reading, slice_of(expected[i].line));

		assert_int_equal(line.event, expected[i].event);
		assert_int_equal(line.section, expected[i].section);
		assert_int_equal(line.key, expected[i].key);
		assert_slice(line.name, expected[i].name);
		assert_slice(line.value, expected[i].value);
	}
}

#define ASSERT_LINES(file, lines) assert_lines(file, lines, sizeof(lines) / sizeof((lines)[0]))
#define SKIPPED(line, section)                                                                               \
	{                                                                                                    \
		line, OSCAM_NOTHING, section, KEY_NONE, "", ""                                               \
	}
#define OPENS(line, section, name)                                                                           \
	{                                                                                                    \
		line, OSCAM_SECTION, section, KEY_NONE, name, ""                                             \
	}
#define HIDES(line, name)                                                                                    \
	{                                                                                                    \
		line, OSCAM_UNKNOWN_SECTION, SECTION_NONE, KEY_NONE, name, ""                                \
	}
#define SETS(line, section, key, name, value)                                                                \
	{                                                                                                    \
		line, OSCAM_SETTING, section, key, name, value                                               \
	}
#define STRANGE(line, section, name, value)                                                                  \
	{                                                                                                    \
		line, OSCAM_UNKNOWN_SETTING, section, KEY_NONE, name, value                                  \
	}
#define LOST(line, name, value)                                                                              \
	{                                                                                                    \
		line, OSCAM_LOST_SETTING, SECTION_NONE, KEY_NONE, name, value                                \
	}

TEST(oscam_conf)
{
	static const struct expected lines[] = {
		SETS("nice = -1\n", SECTION_global, KEY_global_nice, "nice", "-1"),
		SKIPPED("# logfile = /tmp/x\n", SECTION_global),
		SKIPPED("  # logfile = /tmp/x\n", SECTION_global),
		STRANGE("; logfile = x\n", SECTION_global, "; logfile", "x"),
		STRANGE("// logfile = x\n", SECTION_global, "// logfile", "x"),
		OPENS("[cccam]\r\n", SECTION_cccam, "cccam"),
		SETS("Port = 12000\r\n", SECTION_cccam, KEY_cccam_port, "Port", "12000"),
		STRANGE("preferlocalcards=1", SECTION_cccam, "preferlocalcards", "1"),
		HIDES("[Global]\n", "Global"),
		LOST("nice = 3\n", "nice", "3"),
		SKIPPED("# comment\n", SECTION_NONE),
		HIDES("[CCcam]\n", "CCcam"),
		HIDES("[camd35]\n", "camd35"),
		OPENS("[cccam]\n", SECTION_cccam, "cccam"),
		SETS("port =", SECTION_cccam, KEY_cccam_port, "port", ""),
	};

	ASSERT_LINES(OSCAM_CONF, lines);
}

TEST(oscam_server)
{
	static const struct expected lines[] = {
		LOST("label = early\n", "label", "early"),
		OPENS("[Reader]\n", SECTION_reader, "Reader"),
		SETS("LABEL = a\n", SECTION_reader, KEY_reader_label, "LABEL", "a"),
		SKIPPED("#enable = 0\n", SECTION_reader),
		STRANGE("; enable = 0\n", SECTION_reader, "; enable", "0"),
		SKIPPED("[reader] # note\n", SECTION_reader),
		SETS("blockemm-u=1\n", SECTION_reader, KEY_reader_blockemm_u, "blockemm-u", "1"),
		OPENS(" [READER] \n", SECTION_reader, "READER"),
		HIDES("[servers]\n", "servers"),
		LOST("label = b\n", "label", "b"),
	};

	ASSERT_LINES(OSCAM_SERVER, lines);
}

TEST(oscam_user)
{
	static const struct expected lines[] = {
		LOST("user = early\n", "user", "early"),
		OPENS("[Account]\n", SECTION_account, "Account"),
		SETS("user = one\n", SECTION_account, KEY_account_user, "user", "one"),
		HIDES("[user]\n", "user"),
		LOST("user = two\n", "user", "two"),
		OPENS("[account]\n", SECTION_account, "account"),
	};

	ASSERT_LINES(OSCAM_USER, lines);
}

TEST(oscam_services)
{
	static const struct expected lines[] = {
		LOST("caid = 0500\n", "caid", "0500"),
		OPENS("[Deny Some]\n", SECTION_service, "deny some"),
		SETS("CAID = 0500\n", SECTION_service, KEY_service_caid, "CAID", "0500"),
		SKIPPED("# provid = 1\n", SECTION_service),
		STRANGE("colour = 1\n", SECTION_service, "colour", "1"),
		OPENS("[0123456789012345678901234567890123456789012345678901234567890123456789]",
			SECTION_service, "012345678901234567890123456789012345678901234567890123456789012"),
	};

	ASSERT_LINES(OSCAM_SERVICES, lines);
}

TEST(blanks_go_only_behind_a_leading_space)
{
	static const struct expected lines[] = {
		OPENS("[account]\n", SECTION_account, "account"),
		STRANGE("\tuser = x\n", SECTION_account, "\tuser", "x"),
		SETS(" \t user = x \t\r\n", SECTION_account, KEY_account_user, "user", "x"),
		SETS("user =\tx\n", SECTION_account, KEY_account_user, "user", "\tx"),
		SETS("user\t= \tx\n", SECTION_account, KEY_account_user, "user", "x"),
		SETS("user=x\n", SECTION_account, KEY_account_user, "user", "x"),
		STRANGE("\t# user = x\n", SECTION_account, "\t# user", "x"),
		SKIPPED("\t[account]\n", SECTION_account),
	};

	ASSERT_LINES(OSCAM_USER, lines);
}

TEST(values_keep_every_sign)
{
	static const struct expected lines[] = {
		OPENS("[account]\n", SECTION_account, "account"),
		SETS("pwd = a#b;c,d=e f$%\"'\\\n", SECTION_account, KEY_account_pwd, "pwd",
			"a#b;c,d=e f$%\"'\\"),
		SETS("pwd = x # note\n", SECTION_account, KEY_account_pwd, "pwd", "x # note"),
		SETS("pwd ==\n", SECTION_account, KEY_account_pwd, "pwd", "="),
		STRANGE("= xy\n", SECTION_account, "", "xy"),
	};

	ASSERT_LINES(OSCAM_USER, lines);
}

TEST(short_lines_say_nothing)
{
	static const struct expected lines[] = {
		OPENS("[x]\n", SECTION_service, "x"),
		SKIPPED("", SECTION_service),
		SKIPPED("\n", SECTION_service),
		SKIPPED("   \t\n", SECTION_service),
		SKIPPED("a=\n", SECTION_service),
		SKIPPED("[]\n", SECTION_service),
		SKIPPED("caid\n", SECTION_service),
		STRANGE("a=1\n", SECTION_service, "a", "1"),
	};

	ASSERT_LINES(OSCAM_SERVICES, lines);
}

TEST(a_byte_order_mark_hides_the_first_header)
{
	static const struct expected server[] = {
		SKIPPED("\xef\xbb\xbf[reader]\n", SECTION_NONE),
		LOST("label = a\n", "label", "a"),
		OPENS("[reader]\n", SECTION_reader, "reader"),
	};
	static const struct expected conf[] = {
		SKIPPED("\xef\xbb\xbf[global]\n", SECTION_global),
		SETS("nice = 1\n", SECTION_global, KEY_global_nice, "nice", "1"),
	};

	ASSERT_LINES(OSCAM_SERVER, server);
	ASSERT_LINES(OSCAM_CONF, conf);
}

TEST(a_zero_byte_ends_a_line)
{
	static const char text[] = "label = ab\0cd\n";
	struct oscam_reading reading;
	struct oscam_line line;

	oscam_reading_start(&reading, OSCAM_SERVER);
	(void)oscam_reading_line(&reading, SLICE("[reader]"));
	assert_true(reading.any_section);
	line = oscam_reading_line(&reading, (struct slice){text, sizeof(text) - 1});
	assert_int_equal(line.event, OSCAM_SETTING);
	assert_slice(line.value, "ab");
	line = oscam_reading_line(&reading, (struct slice){NULL, 0});
	assert_int_equal(line.event, OSCAM_NOTHING);
}
