/* An existing file as OSCam reads it: its line loops, lines of every kind and length, sections, values and
 * places. What becomes of readers and users is in test_document_keep.c, writing in test_document_edit.c. */
#include "unit.h"

#include "document_help.h"

enum { MANY = 200000, LONG_PARTS = 500000 };

/* One setting of each kind a section can have, by its section and in the order of the text. */
struct expected {
	uint32_t section;
	enum schema_key_id key;
	const char *value;
	uint32_t line; /* number, from 1 */
};

static void check_settings(
	enum oscam_file file, struct slice text, const struct expected *expected, size_t count)
{
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, file, text);
	assert_sound(&trial);
	assert_int_equal(trial.document.settings.count, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct document_setting *setting = list_at(&trial.document.settings, i);
		struct place place = document_place(&trial.document, setting->line);
		assert_int_equal(setting->key, expected[i].key);
		assert_text(setting->value, expected[i].value);
		assert_int_equal(
			document_line_at(&trial.document, setting->line)->section, expected[i].section);
		assert_int_equal(place.line, expected[i].line);
		assert_ptr_equal(place.source, &trial.source);
	}
}

#define CHECK_SETTINGS(file, text, ...)                                                                      \
	check_settings((file), SLICE(text), (const struct expected[]){__VA_ARGS__},                          \
		sizeof((const struct expected[]){__VA_ARGS__}) / sizeof(struct expected))

static void check_nothing(enum oscam_file file, struct slice text, uint32_t sections)
{
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, file, text);
	assert_sound(&trial);
	assert_int_equal(trial.document.settings.count, 0);
	assert_int_equal(trial.document.sections.count, sections);
}

TEST(keys_before_the_first_header)
{
	CHECK_SETTINGS(OSCAM_CONF, "nice = 1\n[cccam]\nnice = 2\n", {0, KEY_global_nice, "1", 1});
	CHECK_SETTINGS(OSCAM_SERVER, "label = a\n[reader]\nlabel = b\n", {1, KEY_reader_label, "b", 3});
	CHECK_SETTINGS(OSCAM_USER, "user = a\n[account]\nuser = b\n", {1, KEY_account_user, "b", 3});
	CHECK_SETTINGS(OSCAM_SERVICES, "caid = 1\n[x]\ncaid = 2\n", {1, KEY_service_caid, "2", 3});
}

TEST(headers_and_their_case)
{
	CHECK_SETTINGS(OSCAM_CONF,
		"[Global]\nnice = 1\n[CCcam]\nport = 1\n[cccam]\nPORT = 2\n[camd35]\nport = 3\n",
		{3, KEY_cccam_port, "2", 6});
	CHECK_SETTINGS(OSCAM_SERVER, "[READER]\nLabel = a\n[readers]\nlabel = b\n[reader ]\nlabel = c\n",
		{1, KEY_reader_label, "a", 2});
	CHECK_SETTINGS(OSCAM_USER, "[AcCount]\nUSER = A\n[user]\nuser = b\n", {1, KEY_account_user, "A", 2});
	CHECK_SETTINGS(OSCAM_SERVICES, "[A b]\nCaid = 1\n", {1, KEY_service_caid, "1", 2});
}

/* Neither a header nor a setting: nothing, and the section before goes on. */
TEST(a_header_with_words_behind_it_is_none)
{
	CHECK_SETTINGS(OSCAM_SERVER, "[reader]\nuser = a\n[reader] # note\nuser = b\n",
		{1, KEY_reader_user, "a", 2}, {1, KEY_reader_user, "b", 4});
	CHECK_SETTINGS(OSCAM_CONF, "[cccam]\n[webif] ; note\nport = 1\n", {1, KEY_cccam_port, "1", 3});
	CHECK_SETTINGS(OSCAM_CONF, "[cccam]\n[webif\nport = 1\n# [global]\n; [global]\nport = 2\n",
		{1, KEY_cccam_port, "1", 3}, {1, KEY_cccam_port, "2", 6});
	check_nothing(OSCAM_CONF, SLICE("[a=b\nx]\n[]\n"), 1);
}

TEST(unknown_sections_by_file)
{
	struct trial trial FREED_BY(trial_end) = {0};
	static const enum oscam_file files[] = {OSCAM_CONF, OSCAM_SERVER, OSCAM_USER};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		trial_start(&trial, files[i], SLICE("[lb]\nuser = a\nnice = 1\nlabel = b\n"));
		assert_sound(&trial);
		assert_int_equal(trial.document.sections.count, 2);
		assert_int_equal(section_at(&trial, 1)->section, SECTION_NONE);
		assert_text(section_at(&trial, 1)->name, "lb");
		assert_int_equal(section_at(&trial, 1)->setting_count, 0);
		assert_int_equal(section_at(&trial, 1)->end, 4);
		assert_int_equal(section_at(&trial, 1)->held, files[i] == OSCAM_USER);
		assert_int_equal(document_line_at(&trial.document, 1)->read.event, OSCAM_LOST_SETTING);
	}
	trial_start(&trial, OSCAM_SERVICES, SLICE("[lb]\ncaid = 0500\n"));
	assert_int_equal(section_at(&trial, 1)->section, SECTION_service);
}

/* A leading tab stays, unless a space stands before it. */
TEST(tabs)
{
	CHECK_SETTINGS(OSCAM_USER,
		"[account]\n\tuser = a\nuser =\tb\nuser\t=c\t\n \tuser = \t d \t\r\n\t[account]\n",
		{1, KEY_account_user, "\tb", 3}, {1, KEY_account_user, "c", 4},
		{1, KEY_account_user, "d", 5});
	check_nothing(OSCAM_USER, SLICE("\t[account]\n\tuser = a\n"), 1);
}

TEST(comments_and_short_lines)
{
	struct trial trial FREED_BY(trial_end) = {0};

	CHECK_SETTINGS(OSCAM_USER, "[account]\npwd ==\nuser=x\n= xy\n", {1, KEY_account_pwd, "=", 2},
		{1, KEY_account_user, "x", 3});
	CHECK_SETTINGS(OSCAM_CONF, "# nice = 1\n  # nice = 2\nnice = 3 # three\n\nab\na=\nnice\n",
		{0, KEY_global_nice, "3 # three", 3});
	CHECK_SETTINGS(OSCAM_USER, "[account]\npwd = a#b;c,d=e f$%\"'\\ # x ; y\n",
		{1, KEY_account_pwd, "a#b;c,d=e f$%\"'\\ # x ; y", 2});
	trial_start(&trial, OSCAM_CONF, SLICE("; nice = 1\n// nice = 2\nnices = 3\n[lb]\nnice = 4\n"));
	assert_sound(&trial);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(document_line_at(&trial.document, i)->read.event, OSCAM_UNKNOWN_SETTING);
	assert_int_equal(document_line_at(&trial.document, 4)->read.event, OSCAM_LOST_SETTING);
}

TEST(a_byte_order_mark_is_text)
{
	CHECK_SETTINGS(OSCAM_CONF, "\xef\xbb\xbf[global]\nnice = 1\n", {0, KEY_global_nice, "1", 2});
	CHECK_SETTINGS(OSCAM_CONF, "\xef\xbb\xbf[cccam]\nport = 1\n[cccam]\nport = 2\n",
		{1, KEY_cccam_port, "2", 4});
	CHECK_SETTINGS(OSCAM_SERVER, "\xef\xbb\xbf[reader]\nlabel = a\n[reader]\nlabel = b\n",
		{1, KEY_reader_label, "b", 4});
	CHECK_SETTINGS(OSCAM_USER, "\xef\xbb\xbf\n[account]\nuser = a\n", {1, KEY_account_user, "a", 3});
	check_nothing(OSCAM_USER, SLICE("\xef\xbb\xbf"), 1);
}

TEST(line_ends)
{
	CHECK_SETTINGS(OSCAM_USER, "[account]\r\nuser = a\r\npwd = b", {1, KEY_account_user, "a", 2},
		{1, KEY_account_pwd, "b", 3});
	CHECK_SETTINGS(
		OSCAM_USER, "[account]\nuser = a\rpwd = b\r\n", {1, KEY_account_user, "a\rpwd = b", 2});
	CHECK_SETTINGS(OSCAM_USER, "[account]\r\r\nuser = a \r \r\n", {1, KEY_account_user, "a", 2});
	check_nothing(OSCAM_USER, SLICE("[account]\ruser = a\r"), 1);
	CHECK_SETTINGS(OSCAM_CONF, "\rnice = 1\nnice\r= 2\n", {0, KEY_global_nice, "2", 2});
	check_nothing(OSCAM_SERVER, SLICE("[reader]"), 2);
	check_nothing(OSCAM_SERVER, SLICE("\n\r\n"), 1);
	check_nothing(OSCAM_SERVER, (struct slice){NULL, 0}, 1);
}

TEST(a_zero_byte_ends_what_is_read_of_a_line)
{
	CHECK_SETTINGS(OSCAM_USER, "[account]\0x\nuser = a\0b\npwd\0 = c\n\0user = d\npwd = e\n",
		{1, KEY_account_user, "a", 2}, {1, KEY_account_pwd, "e", 5});
	check_nothing(OSCAM_USER, SLICE("\0[account]\n[account\0]\n"), 1);
}

/* A line of `len` bytes, its line feed not counted, that ends with "user = b". */
static void check_length(size_t len, uint32_t parts, const char *user, uint32_t column)
{
	static const char end[] = "user = b";
	struct buffer text FREED_BY(buffer_free) = {0};
	struct trial trial FREED_BY(trial_end) = {0};

	buffer_format(&text, "[account]\nuser = a\npwd = x");
	size_t before = text.len - strlen("pwd = x");
	while (text.len < before + len - strlen(end))
		buffer_add(&text, "x", 1);
	buffer_format(&text, "%s\npwd = c\n", end);
	trial_start(&trial, OSCAM_USER, buffer_slice(&text));
	assert_sound(&trial);
	assert_int_equal(trial.document.lines.count, 3 + parts);
	assert_int_equal(trial.source.lines, 4);
	assert_text(section_at(&trial, 1)->label, user);
	const struct document_setting *setting =
		document_setting(&trial.document, section_at(&trial, 1), KEY_account_user);
	assert_int_equal(document_place(&trial.document, setting->line).column, column);
	setting = document_setting(&trial.document, section_at(&trial, 1), KEY_account_pwd);
	assert_text(setting->value, "c");
	assert_int_equal(document_place(&trial.document, setting->line).line, 4);
	assert_int_equal(document_place(&trial.document, setting->line).column, 1);
}

/* fgets with 16384 bytes: what is longer comes in parts, and a part is a line of its own. */
TEST(long_lines_fall_apart)
{
	const uint32_t part = 16383, tail = sizeof "user = b" - 1;

	check_length(part - 1, 1, "a", 1);
	check_length(part, 2, "a", 1); /* the line feed alone */
	check_length(part + 1, 2, "a", 1);
	check_length(part + tail, 2, "b", part + 1);
	check_length(part + tail + 1, 2, "a", 1); /* "xuser" */
	check_length(2 * part, 3, "a", 1);
	check_length(2 * part + tail, 3, "b", 2 * part + 1);
	check_length(40000, 3, "a", 1);
}

/* The part behind the first is a header as good as any. */
TEST(a_header_in_the_middle_of_a_long_line)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct trial trial FREED_BY(trial_end) = {0};

	buffer_format(&text, "[reader]\n#");
	while (text.len < strlen("[reader]\n") + OSCAM_LINE_MAX)
		buffer_add(&text, "x", 1);
	buffer_format(&text, "[reader]\nlabel = a");
	trial_start(&trial, OSCAM_SERVER, buffer_slice(&text));
	assert_sound(&trial);
	assert_int_equal(trial.document.sections.count, 3);
	struct place place = document_place(&trial.document, section_at(&trial, 2)->header);
	assert_int_equal(place.line, 2);
	assert_int_equal(place.column, OSCAM_LINE_MAX + 1);
	assert_value(&trial, 2, KEY_reader_label, "a");
}

TEST(sections_of_oscam_conf_merge)
{
	static const char text[] =
		"nice = 1\n[cccam]\nport = 1\nreshare = 3\n[global]\nnice = 2\n[cccam]\nport = "
		"2\nPort = 3\n[Cccam]\nport = 4\n[global]\nlogfile = x\n";
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, OSCAM_CONF, slice_of(text));
	assert_sound(&trial);
	assert_text(document_conf_setting(&trial.document, KEY_global_nice)->value, "2");
	assert_text(document_conf_setting(&trial.document, KEY_cccam_port)->value, "3");
	assert_int_equal(document_conf_setting(&trial.document, KEY_cccam_port)->line, 8);
	assert_text(document_conf_setting(&trial.document, KEY_cccam_reshare)->value, "3");
	assert_null(document_conf_setting(&trial.document, KEY_webif_httpport));
	trial_start(&trial, OSCAM_CONF, SLICE("nice = 1\n"));
	assert_text(document_conf_setting(&trial.document, KEY_global_nice)->value, "1");
}

TEST(the_last_setting_of_a_section_counts)
{
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, OSCAM_SERVER,
		SLICE("[reader]\nuser = a\ngroup = 1\nuser = b\n[reader]\ngroup = 2\nuser =\n[reader]\n"));
	assert_sound(&trial);
	assert_int_equal(section_at(&trial, 1)->setting_count, 3);
	assert_int_equal(section_at(&trial, 1)->counting_count, 2);
	assert_text(document_counting(&trial.document, section_at(&trial, 1), 0)->value, "b");
	assert_text(document_counting(&trial.document, section_at(&trial, 1), 1)->value, "1");
	assert_int_equal(section_at(&trial, 2)->counting_count, 2);
	assert_text(document_setting(&trial.document, section_at(&trial, 1), KEY_reader_user)->value, "b");
	assert_text(document_setting(&trial.document, section_at(&trial, 2), KEY_reader_group)->value, "2");
	assert_text(document_setting(&trial.document, section_at(&trial, 2), KEY_reader_user)->value, "");
	assert_null(document_setting(&trial.document, section_at(&trial, 1), KEY_reader_device));
	assert_null(document_setting(&trial.document, section_at(&trial, 3), KEY_reader_user));
	assert_null(document_setting(&trial.document, section_at(&trial, 0), KEY_reader_user));
}

TEST(values_as_oscam_holds_them)
{
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, OSCAM_SERVER,
		SLICE("[reader]\ncccmaxhops = 200\nkey = 0102030405060708091011121314ff\ngroup = 64,2,x,2\n"
		      "caid = 0x1830,zz,123456\nident = 0500:1,2;0x0600:3\nblockemm-u = yes\nenable =\n"
		      "device = host1.example.com , 12000\nlb_weight = 5000\ncccversion = 2.1.10x\n"));
	assert_value(&trial, 1, KEY_reader_cccmaxhops, "-56");
	assert_value(&trial, 1, KEY_reader_key, "0102030405060708091011121314");
	assert_value(&trial, 1, KEY_reader_group, "2,64");
	assert_value(&trial, 1, KEY_reader_caid, "1830,3456");
	assert_value(&trial, 1, KEY_reader_ident, "0500:000001,000002");
	assert_value(&trial, 1, KEY_reader_blockemm_u, "0");
	assert_value(&trial, 1, KEY_reader_enable, "1");
	assert_value(&trial, 1, KEY_reader_device, "host1.example.com,12000");
	assert_value(&trial, 1, KEY_reader_lb_weight, "1000");
	assert_value(&trial, 1, KEY_reader_cccversion, "2.1.10");
	assert_value(&trial, 1, KEY_reader_cccreshare, schema_key(KEY_reader_cccreshare)->initial);
	trial_start(&trial, OSCAM_USER,
		SLICE("[account]\nau = one, two\nbetatunnel = 1833.FFFF:1702,1834\nexpdate = 2030/1/2\n"
		      "allowedtimeframe = mon@23:00-01:00\nservices = !Deny One , b\ncccreshare = 300\n"
		      "disabled = yes\nallowedprotocols = cccam,CCcam\n"));
	assert_value(&trial, 1, KEY_account_au, "one");
	assert_value(&trial, 1, KEY_account_betatunnel, "1833.FFFF:1702");
	assert_value(&trial, 1, KEY_account_expdate, "2030-01-02");
	assert_value(&trial, 1, KEY_account_allowedtimeframe, "MON@00:00-01:00,23:00-24:00");
	assert_value(&trial, 1, KEY_account_services, "!deny one,b");
	assert_value(&trial, 1, KEY_account_cccreshare, "44");
	assert_value(&trial, 1, KEY_account_disabled, "0");
	assert_value(&trial, 1, KEY_account_allowedprotocols, "cccam");
}

/* Labels of services are kept in lower case, with blanks as they are, and cut. */
TEST(services)
{
	static const char wide[] =
		"[0123456789012345678901234567890123456789012345678901234567890123456789]\n";
	struct trial trial FREED_BY(trial_end) = {0};
	struct buffer text FREED_BY(buffer_free) = {0};

	buffer_format(
		&text, "[ Deny One ]\nCAID = 0500,zz, 18\nProvid = 23800\nsrvid = 1b5d\n%s[b]\n[deny]", wide);
	trial_start(&trial, OSCAM_SERVICES, buffer_slice(&text));
	assert_sound(&trial);
	assert_text(section_at(&trial, 1)->name, " deny one ");
	assert_value(&trial, 1, KEY_service_caid, "0500,0018");
	assert_value(&trial, 1, KEY_service_provid, "023800");
	assert_value(&trial, 1, KEY_service_srvid, "1B5D");
	assert_int_equal(section_at(&trial, 2)->name.len, 63);
	assert_text(section_at(&trial, 3)->name, "b");
	assert_text(section_at(&trial, 4)->label, "deny");
	assert_text(
		document_line_at(&trial.document, section_at(&trial, 1)->header)->read.name, " deny one ");
}

/* Work that grows with the square of the input would not come to an end here. */
TEST(large_files)
{
	static const struct {
		enum oscam_file file;
		const char *start, *part;
		uint32_t count;
	} rows[] = {{OSCAM_SERVER, "", "[reader]\nlabel = a\nprotocol = cccam\n", MANY},
		{OSCAM_SERVER, "", "[reader]\nlabel = a\n[x]\n", MANY},
		{OSCAM_SERVER, "[reader]\n", "user = a\nuser = b\ngroup = 1\n", MANY},
		{OSCAM_CONF, "", "[cccam]\nport = 1\n[webif]\nhttpport = 1\n", MANY},
		{OSCAM_SERVICES, "", "[label]\ncaid = 0500\n", MANY},
		{OSCAM_CONF, "port = ", "123456789012345678901234567890123456789012345678901234567890",
			LONG_PARTS}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer text FREED_BY(buffer_free) = {0};
		struct trial trial FREED_BY(trial_end) = {0};
		buffer_format(&text, "%s", rows[i].start);
		for (uint32_t k = 0; k < rows[i].count; k++)
			buffer_add(&text, rows[i].part, strlen(rows[i].part));
		trial_start(&trial, rows[i].file, buffer_slice(&text));
		const struct document_section *section =
			section_at(&trial, trial.document.sections.count - 1);
		for (uint32_t k = 0; k < trial.document.settings.count; k++) {
			const struct document_setting *setting = list_at(&trial.document.settings, k);
			enum schema_key_id key = (enum schema_key_id)setting->key;
			(void)document_setting(&trial.document, section, key);
			(void)document_conf_setting(&trial.document, key);
		}
	}
}
