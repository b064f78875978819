/* The table of CCcam's lines and options. */
#include "parse_help.h"

#include "cc2oscam/cccam.h"
#include "cc2oscam/schema.h"
#include "translate/translator.h"

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

static bool key_takes(enum schema_key_id key, int64_t number, struct arena *arena)
{
	return schema_keeps(key, arena_format(arena, "%lld", (long long)number), arena) &&
	       !schema_rule(key, 1U << RULE_KNOWS, number);
}

/* Whether the key takes all numbers that the row lets through. */
static bool row_suits_key(const struct directive *row)
{
	enum schema_key_id key = option_key(row);
	bool number = row->shape == SHAPE_NUMBER;
	struct arena arena FREED_BY(arena_free) = {0};

	return key == KEY_NONE || (!number && row->shape != SHAPE_YESNO) ||
	       (key_takes(key, number ? row->min : 0, &arena) &&
		       key_takes(key, number ? row->max : 1, &arena));
}

TEST(the_numbers_of_a_row_suit_its_key)
{
	static const struct {
		struct directive row;
		bool suits;
	} rows[] = {
		{{.target = "global.netprio", .shape = SHAPE_NUMBER, .max = 20, .by_row = true}, true},
		{{.target = "global.netprio", .shape = SHAPE_NUMBER, .max = 100, .by_row = true}, false},
		{{.target = "global.nice", .shape = SHAPE_NUMBER, .min = -21, .max = 20, .by_row = true},
			false},
		{{.target = "global.lb_mode", .shape = SHAPE_NUMBER, .max = 3, .by_row = true}, true},
		{{.target = "global.lb_mode", .shape = SHAPE_NUMBER, .max = 4, .by_row = true}, false},
		{{.target = "global.sleep", .shape = SHAPE_NUMBER, .max = INT32_MAX + 1LL, .by_row = true},
			false},
		{{.target = "global.lb_save", .shape = SHAPE_YESNO, .by_row = true}, false},
		{{.target = "global.dropdups", .shape = SHAPE_YESNO, .by_row = true}, true},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(row_suits_key(&rows[i].row), rows[i].suits);
	for (int id = 0; id < DIRECTIVE_COUNT; id++)
		assert_true(row_suits_key(directive_at((enum directive_id)id)));
}

/* What comes of an option whose row only names a key: the value that is written, or NULL, and the finding. */
TEST(an_option_by_its_row_is_read_as_oscam_reads_the_key)
{
	static char path[17001], most[16320], line[17100];
	static const struct {
		const char *target, *value;
		uint8_t shape;
		bool secret;
		const char *written, *said;
		enum fate fate;
	} rows[] = {
		{"global.netprio", "20", SHAPE_NUMBER, false, "20", "", FATE_CONVERTED},
		{"global.netprio", "50", SHAPE_NUMBER, false, "0", "number-changed@20", FATE_ADJUSTED},
		{"global.lb_save", "5", SHAPE_NUMBER, false, "100", "number-changed@20", FATE_ADJUSTED},
		{"global.dropdups", "300", SHAPE_NUMBER, false, NULL, "number-wraps@20", FATE_REJECTED},
		{"global.serverip", "192.0.2.1", SHAPE_WORD, false, "192.0.2.1", "", FATE_CONVERTED},
		{"global.serverip", "2001:DB8::01", SHAPE_WORD, false, "2001:db8::1", "", FATE_CONVERTED},
		{"global.serverip", "192.168.1", SHAPE_WORD, false, NULL, "bad-value@20", FATE_REJECTED},
		{"global.serverip", "host1.example.com", SHAPE_WORD, false, NULL, "bad-value@20",
			FATE_REJECTED},
		{"global.usrfile", "/tmp/users", SHAPE_PATH, false, "/tmp/users", "", FATE_CONVERTED},
		{"global.usrfile", most, SHAPE_PATH, false, most, "", FATE_CONVERTED},
		{"global.usrfile", path, SHAPE_PATH, false, NULL, "value-too-long@20", FATE_REJECTED},
		{"gbox.my_password", "0123456789", SHAPE_WORD, true, NULL, "bad-value@20", FATE_REJECTED},
		{"gbox.my_password", "aabbccdd", SHAPE_WORD, true, "AABBCCDD", "", FATE_CONVERTED},
		{"gbox.my_password", "nohex", SHAPE_WORD, true, NULL, "bad-value@20", FATE_REJECTED},
	};

	memset(path, 'p', sizeof path - 1);
	memset(most, 'p', sizeof most - 1);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct parsed parsed FREED_BY(parsed_free) = {0};
		struct choices choices = choices_default();
		struct translator t = {.arena = &parsed.arena, .ledger = &parsed.ledger, .choices = &choices};
		struct directive row = {.keyword = "SOME OPTION",
			.target = rows[i].target,
			.shape = rows[i].shape,
			.secret = rows[i].secret,
			.by_row = true};
		snprintf(line, sizeof line, "WEBINFO USERNAME : %s", rows[i].value);
		parse_text(&parsed, line, false);
		struct statement s = parsed.statement;
		s.directive = &row;
		s.number = strtol(rows[i].value, NULL, 10);
		bool kept = option_kept(&t, &s, option_key(&row));
		assert_int_equal(kept, rows[i].written != NULL);
		assert_string_equal(findings_of(&parsed), rows[i].said);
		assert_int_equal(kept ? s.fate : FATE_REJECTED, rows[i].fate);
		if (kept)
			assert_true(slice_equal(s.value, slice_of(rows[i].written)));
		if (rows[i].secret && !kept)
			assert_null(strstr(message_of(&parsed, 0), rows[i].value));
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
