/* The table of CCcam's lines and options. */
#include "parse_help.h"

#include "cc2oscam/cccam.h"
#include "cc2oscam/schema.h"

TEST(every_row_is_complete)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		assert_int_equal(directive_id(row), id);
		assert_true(row->keyword[0] != '\0' && row->syntax[0] != '\0' && row->since[0] != '\0');
		assert_true(row->min <= row->max);
		assert_true(
			row->fate == FATE_NONE || row->fate == FATE_DROPPED || row->fate == FATE_UNSUPPORTED);
		assert_int_equal(row->mapping[strlen(row->mapping) - 1], '.');
		assert_int_equal(row->letter, strlen(row->keyword) == 1);
		assert_true(strlen(row->keyword) < 30);
		for (const char *p = row->keyword; *p; p++)
			assert_true(*p == ' ' || (*p >= 'A' && *p <= 'Z'));
	}
}

/* A row that OSCam has a counterpart of names the counterpart, as the schema knows it. */
TEST(every_target_is_known)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		struct slice key = slice_of(row->target), name = slice_cut(&key, '.');
		assert_int_equal(row->target[0] != '\0', row->fate == FATE_NONE);
		if (row->target[0] == '\0' || oscam_file_named(row->target, false, NULL) != OSCAM_FILE_COUNT)
			continue;
		enum schema_section section = SECTION_NONE;
		for (int file = OSCAM_CONF; file <= OSCAM_USER && section == SECTION_NONE; file++)
			section = schema_find_section((enum oscam_file)file, name);
		assert_int_not_equal(section, SECTION_NONE);
		if (key.at)
			assert_int_not_equal(schema_find(section, key), KEY_NONE);
		if (row->by_row)
			assert_true(key.at && schema_section_file(section) == OSCAM_CONF);
	}
}

TEST(every_example_is_understood)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		struct parsed parsed FREED_BY(parsed_free) = {0};
		parse_text(&parsed, row->example, false);
		assert_int_equal(parsed.kind, LINE_STATEMENT);
		assert_ptr_equal(parsed.statement.directive, row);
		assert_int_equal(parsed.statement.fate, id == DIRECTIVE_X ? FATE_REJECTED : FATE_CONVERTED);
		assert_string_equal(findings_of(&parsed), id == DIRECTIVE_X ? "unknown-line@1" : "");
	}
}

TEST(every_spelling_finds_its_row)
{
	for (int id = DIRECTIVE_X + 1; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		struct slice left = slice_of(row->aliases);
		assert_ptr_equal(directive_find(slice_of(row->keyword)), row);
		while (left.len > 0)
			assert_ptr_equal(directive_find(slice_cut(&left, '|')), row);
	}
}

TEST(keywords_are_found)
{
	static const struct {
		const char *keyword;
		int id; /* -1: none */
	} rows[] = {{"server listen port", DIRECTIVE_SERVER_LISTEN_PORT},
		{"SERVER  \t LISTEN PORT", DIRECTIVE_SERVER_LISTEN_PORT}, {" DEBUG ", DIRECTIVE_DEBUG},
		{"PHOENIX READER PATH", DIRECTIVE_SERIAL_READER}, {"Pincode", DIRECTIVE_PIN},
		{"INFO LISTEN PORT", DIRECTIVE_TELNETINFO_LISTEN_PORT},
		{"HTML INFO LISTEN PORT", DIRECTIVE_WEBINFO_LISTEN_PORT},
		{"SHOW EXTENDED CLIENT INFO", DIRECTIVE_SHOW_EXTENDED_CLIENT_INFO},
		{"SHOW EXTENEDED CLIENT INFO", DIRECTIVE_SHOW_EXTENDED_CLIENT_INFO},
		{"SERVERLISTEN PORT", -1}, {"SERVER LISTEN", -1}, {"SERVER LISTEN PORTS", -1},
		{"DEBUG X", -1}, {"C", -1}, {"", -1}, {"DEBU", -1}, {"SHARES PORT|", -1}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct directive *found = directive_find(slice_of(rows[i].keyword));
		assert_int_equal(found ? (int)directive_id(found) : -1, rows[i].id);
	}
}

TEST(secrets_are_marked)
{
	static const enum directive_id secret[] = {DIRECTIVE_WEBINFO_PASSWORD, DIRECTIVE_TELNETINFO_PASSWORD,
		DIRECTIVE_OSD_PASSWORD, DIRECTIVE_BOXKEY, DIRECTIVE_CAMKEY, DIRECTIVE_CAMDATA, DIRECTIVE_PIN,
		DIRECTIVE_C, DIRECTIVE_N, DIRECTIVE_F, DIRECTIVE_L, DIRECTIVE_G};
	size_t count = sizeof secret / sizeof *secret, marked = 0;

	for (size_t i = 0; i < count; i++)
		assert_true(directive_at(secret[i])->secret);
	for (int id = 0; id < DIRECTIVE_COUNT; id++)
		marked += directive_at((enum directive_id)id)->secret;
	assert_int_equal(marked, count);
}

/* The parser quotes values of all other shapes. */
TEST(secret_options_have_shapes_that_are_not_quoted)
{
	for (int id = DIRECTIVE_X + 1; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		if (row->secret)
			assert_true(row->shape == SHAPE_WORD || row->shape == SHAPE_DEVICE_WORD ||
				    row->shape == SHAPE_DEVICE_HEX);
	}
}

TEST(letters_have_rows)
{
	assert_ptr_equal(directive_letter('n'), directive_at(DIRECTIVE_N));
	assert_ptr_equal(directive_letter('X'), directive_at(DIRECTIVE_X));
	assert_null(directive_letter('D'));
}

TEST(misspellings_are_near)
{
	static const struct {
		const char *keyword;
		int id;
	} rows[] = {{"SERVR LISTEN PORT", DIRECTIVE_SERVER_LISTEN_PORT},
		{"server  listn prt", DIRECTIVE_SERVER_LISTEN_PORT}, {"DEBUGG", DIRECTIVE_DEBUG},
		{"WEBINFO PASWORD", DIRECTIVE_WEBINFO_PASSWORD}, {"BOX KEY", DIRECTIVE_BOXKEY},
		{"PINCODES", DIRECTIVE_PIN}, {"PIM", DIRECTIVE_PIN}, {"POM", -1},
		{"SERVER PORT", DIRECTIVE_SERVER_LISTEN_PORT},
		{"WEBINFO PORT", DIRECTIVE_WEBINFO_LISTEN_PORT}, {"SHARE LIMITS", DIRECTIVE_GLOBAL_LIMITS},
		{"WEB PORT", DIRECTIVE_WEBINFO_LISTEN_PORT}, {"MIN DOWNHOPS", DIRECTIVE_MINIMUM_DOWNHOPS},
		{"TELNET PORT", DIRECTIVE_TELNETINFO_LISTEN_PORT},
		{"LISTEN PORT", DIRECTIVE_SERVER_LISTEN_PORT},
		{"CHANNEL INFO FILE", DIRECTIVE_CHANNELINFO_FILE}, {"SOFTKEYS", DIRECTIVE_SOFTKEY_FILE},
		{"SOME PORT", -1}, {"FILE", -1}, {"hello world", -1}, {"", -1},
		{"A KEYWORD THAT IS LONGER THAN ANY OF THE TABLE", -1}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct directive *found = directive_near(slice_of(rows[i].keyword));
		assert_int_equal(found ? (int)directive_id(found) : -1, rows[i].id);
	}
}
