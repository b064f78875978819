/* The settings file and --set: what each choice takes, what is refused and with which words, and the keys of
 * OSCam that may be wanted. What the program would print is kept here. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/settings.h"

static char said[2048];

enum status complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(said, sizeof said, format, args);
	va_end(args);
	return STATUS_FAILED;
}

static const char path[] = "folder-of-test/settings.conf";

static int make_folder(void **state)
{
	static char folder[] = "/tmp/test-settings-XXXXXX";

	*state = mkdtemp(folder);
	return !*state || chdir(folder) != 0 || system("mkdir folder-of-test") != 0;
}

static int remove_folder(void **state)
{
	(void)unlink(path);
	(void)rmdir("folder-of-test");
	return chdir("/") != 0 || rmdir(*state) != 0;
}

static void write_settings(const char *text, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* request_free afterwards. */
static bool read_with(struct request *request, const char *text, const char *set)
{
	struct list assignments;

	*request = (struct request){.choices = choices_default()};
	arena_init(&request->arena);
	list_init(&assignments, &request->arena, sizeof(const char *));
	if (set)
		*(const char **)list_add(&assignments) = set;
	write_settings(text, strlen(text));
	said[0] = '\0';
	return read_settings(request, path, &assignments);
}

static void request_free(struct request *request)
{
	arena_free(&request->arena);
}

static void expect_refusal(const char *text, const char *message)
{
	struct request request;

	if (read_with(&request, text, NULL))
		fail_msg("taken: %s", text);
	if (strcmp(said, message) != 0)
		fail_msg("%s\nsays %s\nand not %s", text, said, message);
	request_free(&request);
}

static void expect_set_refusal(const char *set, const char *message)
{
	struct request request;

	if (read_with(&request, "", set))
		fail_msg("taken: %s", set);
	if (strcmp(said, message) != 0)
		fail_msg("%s\nsays %s\nand not %s", set, said, message);
	request_free(&request);
}

static void test_every_choice(void **state)
{
	static const char text[] =
		"# a remark\n"
		"profile = \"server\"\ngroups = 'per-protocol'\nfirst-group = 64\nreshare = widest\n"
		"boxtype = \"ipbox-pmt\"\nlocal-account = \"tuner\"\nspelling = \"tolerant\"\n"
		"notes = \"filter\"\ndisabled-lines = \"convert\"\nexpiry-comments = \"convert\"\n"
		"comments = \"none\" // another\nstrict = true\ntemplates = \"mine\"\n"
		"warn = { \"des-key\" } /* and\n one more */\nerror = { \"spelling\", deny-all }\n"
		"silent = { \"bad-value,shareemus\" }\n"
		"set = { \"global.nice = -1\" }\r\n";
	struct request request;

	(void)state;
	if (!read_with(&request, text, NULL))
		fail_msg("%s", said);
	const struct choices *choices = &request.choices;
	assert_true(choices->server && choices->reshare_widest && choices->tolerant && choices->notes_filter);
	assert_true(choices->disabled_convert && choices->expiry_convert);
	assert_int_equal(choices->groups, GROUPS_PER_PROTOCOL);
	assert_int_equal(choices->first_group, 64);
	assert_true(slice_equal(choices->boxtype, SLICE("ipbox-pmt")));
	assert_true(slice_equal(choices->local_account, SLICE("tuner")));
	assert_true(request.no_comments && request.strict);
	assert_string_equal(request.templates, "folder-of-test/mine");
	assert_string_equal(request.settings, path);
	assert_int_equal(request.overrides[CODE_DES_KEY], OVERRIDE_WARNING);
	assert_int_equal(request.overrides[CODE_SPELLING], OVERRIDE_ERROR);
	assert_int_equal(request.overrides[CODE_DENY_ALL], OVERRIDE_ERROR);
	assert_int_equal(request.overrides[CODE_BAD_VALUE], OVERRIDE_SILENT);
	assert_int_equal(request.overrides[CODE_SHAREEMUS], OVERRIDE_SILENT);
	assert_int_equal(choices->wanted_count, 1);
	request_free(&request);
}

/* --set wins over the file, for every choice with a default to go back to. */
static void test_set_wins(void **state)
{
	static const struct {
		const char *file, *set;
	} cases[] = {
		{"profile = server", "profile=receiver"},
		{"reshare = widest", " reshare = narrowest "},
		{"spelling = tolerant", "spelling=documented"},
		{"notes = filter", "notes=comment"},
		{"disabled-lines = convert", "disabled-lines=skip"},
		{"expiry-comments = convert", "expiry-comments=ignore"},
		{"comments = none", "comments=source"},
		{"strict = yes", "strict=off"},
		{"groups = single", "groups=minimal"},
		{"first-group = 7", "first-group=1"},
	};
	struct choices none = choices_default();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct request request;
		if (!read_with(&request, cases[i].file, cases[i].set))
			fail_msg("%s", said);
		const struct choices *choices = &request.choices;
		assert_false(choices->server || choices->reshare_widest || choices->tolerant ||
			     choices->notes_filter || choices->disabled_convert || choices->expiry_convert);
		assert_false(request.no_comments || request.strict);
		assert_int_equal(choices->groups, none.groups);
		assert_int_equal(choices->first_group, none.first_group);
		request_free(&request);
	}
}

static void test_set_of_lists_and_paths(void **state)
{
	struct request request;

	(void)state;
	assert_true(read_with(&request, "error = { spelling }", "silent=spelling, des-key"));
	assert_int_equal(request.overrides[CODE_SPELLING], OVERRIDE_SILENT);
	assert_int_equal(request.overrides[CODE_DES_KEY], OVERRIDE_SILENT);
	request_free(&request);
	assert_true(read_with(&request, "templates = there", "templates=here"));
	assert_string_equal(request.templates, "here");
	request_free(&request);
	assert_true(read_with(&request, "templates = '/absolute'", NULL));
	assert_string_equal(request.templates, "/absolute");
	request_free(&request);
	assert_true(read_with(
		&request, "set = { 'global.nice = 1' }\nset += { 'global.nice = 2' }", "set=global.nice=3"));
	assert_int_equal(request.choices.wanted_count, 3);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(request.choices.wanted[i].value.at[0], '1' + (int)i);
	request_free(&request);
}

#define AT(line) "folder-of-test/settings.conf:" #line ": "

static void test_refused_values(void **state)
{
	(void)state;
	expect_refusal("\n\nprofile = box", AT(3) "profile: it takes one of: receiver, server; not \"box\"");
	expect_refusal(
		"groups = \"\"", AT(1) "groups: it takes one of: minimal, single, per-protocol; not \"\"");
	expect_refusal("first-group = 0", AT(1) "first-group: it takes a number from 1 to 64, not \"0\"");
	expect_refusal("first-group = 65", AT(1) "first-group: it takes a number from 1 to 64, not \"65\"");
	expect_refusal("first-group = x", AT(1) "first-group: it takes a number from 1 to 64, not \"x\"");
	expect_refusal(
		"strict = 1", AT(1) "strict: it takes one of: false, true, no, yes, off, on; not \"1\"");
	expect_refusal("local-account = 'a b'",
		AT(1) "local-account: it takes a user name: 1 to 20 bytes without blanks");
	expect_refusal("local-account = 'a\x1b'",
		AT(1) "local-account: it takes a user name: 1 to 20 bytes without blanks");
	expect_refusal("local-account = ''",
		AT(1) "local-account: it takes a user name: 1 to 20 bytes without blanks");
	expect_refusal("local-account = 123456789012345678901",
		AT(1) "local-account: it takes a user name: 1 to 20 bytes without blanks");
	expect_refusal("templates = ''", AT(1) "templates: it takes a folder");
	expect_refusal("silent = { spelling,\n# one\n speling }",
		AT(3) "silent: no finding has the code \"speling\"; did you mean \"spelling\"?");
	expect_refusal("warn = { xyzzyxyzzy }", AT(1) "warn: no finding has the code \"xyzzyxyzzy\"");
	expect_refusal("warn = { spelling }\nerror = { spelling }",
		AT(2) "error: \"spelling\" stands in the list warn already");
	expect_refusal("profile = '\033'", AT(1) "profile: it takes one of: receiver, server; not \"?\"");
}

static void test_refused_syntax(void **state)
{
	(void)state;
	expect_refusal("# one\n# two\nprofil = server",
		AT(3) "there is no choice \"profil\"; did you mean \"profile\"?");
	expect_refusal("xyzzyxyzzy = 1",
		AT(1) "there is no choice \"xyzzyxyzzy\" (cc2oscam help settings lists them)");
	expect_refusal("include('other.conf')",
		AT(1) "there is no choice \"include\" (cc2oscam help settings lists them)");
	expect_refusal("profile = server\n\nprofile = receiver",
		AT(3) "profile has a value already; a list grows with +=");
	expect_refusal(
		"set += { }\nset += { }\nset = { }", AT(3) "set has a value already; a list grows with +=");
	expect_refusal("set = { }\nset = { }", AT(2) "set has a value already; a list grows with +=");
	expect_refusal("profile = \"${HOME}\"",
		AT(1) "libConfuse would put an environment variable in place of "
		      "${...}; within single quotes it stays as it is");
	expect_refusal("set = {\n${HOME} }", AT(2) "libConfuse would put an environment variable in place of "
						   "${...}; within single quotes it stays as it is");
	expect_refusal("\n/* profile = server\n", AT(2) "the comment that begins here has no end");
	expect_refusal("\n/*/ profile = server\n", AT(2) "the comment that begins here has no end");
	expect_refusal("\nprofile = \"server\n\n", AT(2) "the quotes that open here are never closed");
	expect_refusal("profile = 'server\\'\n", AT(1) "the quotes that open here are never closed");
	expect_refusal("profile = {\"server\"}", AT(1) "unexpected token '{'");
	expect_refusal("profile \"server\"", AT(1) "missing equal sign after option 'profile'");
}

static void test_zero_byte(void **state)
{
	struct request request;

	(void)state;
	assert_true(read_with(&request, "", NULL));
	write_settings("profile = server\nx\0", 19);
	struct list none;
	list_init(&none, &request.arena, sizeof(const char *));
	assert_false(read_settings(&request, path, &none));
	assert_string_equal(said, AT(2) "there is a zero byte: this is no text");
	request_free(&request);
}

static void test_unreadable_file(void **state)
{
	struct request request = {.choices = choices_default()};
	struct list none;

	(void)state;
	arena_init(&request.arena);
	list_init(&none, &request.arena, sizeof(const char *));
	assert_false(read_settings(&request, "missing.conf", &none));
	assert_string_equal(said, "the settings file missing.conf cannot be read: No such file or directory");
	assert_false(read_settings(&request, ".", &none));
	assert_string_equal(said, "the settings file . cannot be read: Is a directory");
	request_free(&request);
}

/* Single quotes keep what libConfuse would replace; a # in quotes is no comment. */
static void test_values_stay(void **state)
{
	static const char text[] =
		"set = { 'global.logfile = ${HOME}/#log' } set += { \"webif.httpuser = //x/*y\" }\n";
	struct request request;

	(void)state;
	if (!read_with(&request, text, NULL))
		fail_msg("%s", said);
	assert_true(slice_equal(request.choices.wanted[0].value, SLICE("${HOME}/#log")));
	assert_true(slice_equal(request.choices.wanted[1].value, SLICE("//x/*y")));
	request_free(&request);
}

static void test_wanted_keys(void **state)
{
	static const struct {
		const char *text, *value;
		enum schema_section section;
		enum section_kind kind;
		enum schema_key_id key;
	} cases[] = {
		{"reader.cccam.inactivitytimeout = 600", "600", SECTION_reader, KIND_CCCAM,
			KEY_reader_inactivitytimeout},
		{"reader.newcamd.connectoninit=0", "0", SECTION_reader, KIND_NEWCAMD,
			KEY_reader_connectoninit},
		{"reader.cs357x.keepalive=1", "1", SECTION_reader, KIND_CS357X, KEY_reader_keepalive},
		{"reader.radegast.lb_weight=200", "200", SECTION_reader, KIND_RADEGAST, KEY_reader_lb_weight},
		{"reader.gbox.gbox_max_distance=3", "3", SECTION_reader, KIND_GBOX,
			KEY_reader_gbox_max_distance},
		{"reader.local.mhz=368", "368", SECTION_reader, KIND_LOCAL, KEY_reader_mhz},
		{"Reader.Cccam.Reconnecttimeout=20", "20", SECTION_reader, KIND_CCCAM,
			KEY_reader_reconnecttimeout},
		{"reader.reconnecttimeout=20", "20", SECTION_reader, KIND_REMARK,
			KEY_reader_reconnecttimeout},
		{"account.max_connections = 2", "2", SECTION_account, KIND_REMARK,
			KEY_account_max_connections},
		{"global.nice = -1", "-1", SECTION_global, KIND_REMARK, KEY_global_nice},
		{"global.nice = 99", "99", SECTION_global, KIND_REMARK, KEY_global_nice},
		{"webif.httpport = 8889", "8889", SECTION_webif, KIND_REMARK, KEY_webif_httpport},
		{"cccam.nodeid = 0123456789abcdef", "0123456789ABCDEF", SECTION_cccam, KIND_REMARK,
			KEY_cccam_nodeid},
		{"account.betatunnel = 1833.FFFF:1702, 1234.1111:1801", "1833.FFFF:1702,1234.1111:1801",
			SECTION_account, KIND_REMARK, KEY_account_betatunnel},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct request request;
		if (!read_with(&request, "", cases[i].text))
			fail_msg("%s", said);
		assert_int_equal(request.choices.wanted_count, 1);
		const struct wanted_key *wanted = request.choices.wanted;
		assert_int_equal(wanted->section, cases[i].section);
		assert_int_equal(wanted->kind, cases[i].kind);
		assert_int_equal(wanted->key, cases[i].key);
		if (!slice_equal(wanted->value, slice_of(cases[i].value)))
			fail_msg("%s gives %.*s", cases[i].text, SLICE_ARG(wanted->value));
		assert_true(schema_keeps(wanted->key, wanted->value, &request.arena));
		request_free(&request);
	}
}

static void test_refused_keys(void **state)
{
	(void)state;
	expect_set_refusal("", "--set \"\": it wants NAME=VALUE");
	expect_set_refusal(
		"profil=x", "--set \"profil\": there is no choice \"profil\"; did you mean \"profile\"?");
	expect_set_refusal("set=nice=1", "--set \"set\": nice: it wants SECTION.KEY = VALUE, not \"nice\"");
	expect_set_refusal("raeder.user=x",
		"--set \"raeder.user\": OSCam has no section \"raeder\"; did you mean \"reader\"?");
	expect_set_refusal("xyzzy.user=x", "--set \"xyzzy.user\": OSCam has no section \"xyzzy\"");
	expect_set_refusal("service.caid=0100",
		"--set \"service.caid\": the sections of oscam.services come from "
		"limits; their keys cannot be set");
	expect_set_refusal("reader.cccma.mhz=1",
		"--set \"reader.cccma.mhz\": there are no readers \"cccma\"; did you mean \"cccam\"?");
	expect_set_refusal("reader.xyzzy.mhz=1", "--set \"reader.xyzzy.mhz\": there are no readers "
						 "\"xyzzy\"; there are cccam, newcamd, cs357x, "
						 "radegast, gbox and local ones");
	expect_set_refusal("reader.inactivitytimeot=1", "--set \"reader.inactivitytimeot\": OSCam has no key "
							"\"inactivitytimeot\" in [reader]; did you mean "
							"\"inactivitytimeout\"?");
	expect_set_refusal("global.betatunnel=1",
		"--set \"global.betatunnel\": OSCam has no key \"betatunnel\" in [global]; there is one in "
		"[account]");
	expect_set_refusal("global.xyzzyxyzzyxyzzy=1",
		"--set \"global.xyzzyxyzzyxyzzy\": OSCam has no key \"xyzzyxyzzyxyzzy\" in [global]");
	expect_set_refusal("global.nice=",
		"--set \"global.nice\": it has no value; to have OSCam's default, write that");
	expect_set_refusal("global.nice=40", "--set \"global.nice\": OSCam would take \"40\" for \"99\" "
					     "(process priority, 99 = untouched; "
					     "outside -20..20 -> 99)");
	expect_set_refusal("account.max_connections=two",
		"--set \"account.max_connections\": OSCam would take \"two\" "
		"for \"0\" (parallel logins tolerated before uniq acts)");
}

/* One value for all of what differs from line to line is never taken. */
static void test_keys_of_the_program(void **state)
{
	static const char *const keys[] = {"reader.label", "reader.protocol", "reader.device", "reader.user",
		"reader.password", "reader.key", "reader.enable", "reader.group", "reader.services",
		"reader.lb_whitelist_services", "reader.caid", "reader.ident", "reader.cccmaxhops",
		"reader.ccchop", "reader.cccwantemu", "reader.pincode", "reader.boxid", "reader.boxkey",
		"reader.rsakey", "account.user", "account.pwd", "account.group", "account.services",
		"account.caid", "account.ident", "account.au", "account.hostname", "account.disabled",
		"account.cccmaxhops", "account.cccreshare", "account.allowedtimeframe",
		"account.allowedprotocols", "account.expdate", "dvbapi.enabled", "dvbapi.user",
		"dvbapi.boxtype", "gbox.port", "gbox.hostname", "gbox.my_password", "reader.cccam.label",
		"READER.Label"};

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct request request;
		char set[64], start[96];
		(void)snprintf(set, sizeof set, "%s=1", keys[i]);
		(void)snprintf(start, sizeof start, "--set \"%s\": it cannot be set: ", keys[i]);
		assert_false(read_with(&request, "", set));
		if (strncmp(said, start, strlen(start)) != 0 || strlen(said) == strlen(start))
			fail_msg("%s says %s", set, said);
		request_free(&request);
	}
}

static void test_secrets_are_not_said(void **state)
{
	static const char *const sets[] = {"webif.httppwd=wordone\x01\ntwo", "webif.httppasswd=wordone",
		"reader.password=wordone", "reader.pasword=wordone", "newcamd.key=wordone",
		"newcamd.port=15000@0500:000000{wordone}"};

	(void)state;
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		struct request request;
		assert_false(read_with(&request, "", sets[i]));
		assert_null(strstr(said, "wordone"));
		request_free(&request);
	}
}

static void test_places(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_string_equal(settings_place(&arena, 0, "/x", "/h"), "cc2oscam.conf");
	assert_string_equal(settings_place(&arena, 1, "/x", "/h"), "/x/cc2oscam/cc2oscam.conf");
	assert_string_equal(settings_place(&arena, 1, NULL, "/h"), "/h/.config/cc2oscam/cc2oscam.conf");
	assert_string_equal(settings_place(&arena, 1, "", "/h"), "/h/.config/cc2oscam/cc2oscam.conf");
	assert_string_equal(settings_place(&arena, 1, "relative", "/h"), "/h/.config/cc2oscam/cc2oscam.conf");
	assert_string_equal(settings_place(&arena, 3, "/x", "/h"), "/etc/cc2oscam.conf");
	assert_null(settings_place(&arena, 4, "/x", "/h"));
	assert_string_equal(settings_place(&arena, 2, NULL, ""), "/etc/cc2oscam.conf");
	assert_null(settings_place(&arena, 3, NULL, NULL));
	arena_free(&arena);
}

/* The lines that begin with # and no blank are choices; taken together they change nothing. */
static void test_default_file(void **state)
{
	struct buffer text = {0};
	struct request request;
	struct choices none = choices_default();
	struct slice rest = slice_of(settings_default);

	(void)state;
	for (struct slice line; rest.len > 0;) {
		line = slice_cut(&rest, '\n');
		assert_true(line.len <= 72);
		bool choice = line.len > 1 && line.at[0] == '#' && is_letter(line.at[1]);
		if (choice && !slice_starts(line, SLICE("#templates"))) /* it has no default */
			buffer_format(&text, "%.*s\n", (int)line.len - 1, line.at + 1);
	}
	for (int i = 0; i < SETTING_COUNT; i++) {
		char start[64];
		(void)snprintf(start, sizeof start, "\n#%s = ", setting_table[i].name);
		if (!strstr(settings_default, start))
			fail_msg("the default file does not have %s", setting_table[i].name);
	}
	buffer_add(&text, "", 1);
	if (!read_with(&request, text.at, NULL))
		fail_msg("%s", said);
	assert_true(slice_equal(request.choices.boxtype, none.boxtype));
	assert_true(slice_equal(request.choices.local_account, none.local_account));
	assert_int_equal(request.choices.groups, none.groups);
	assert_int_equal(request.choices.first_group, none.first_group);
	assert_false(request.choices.server || request.choices.reshare_widest || request.choices.tolerant ||
		     request.choices.notes_filter || request.choices.disabled_convert ||
		     request.choices.expiry_convert || request.strict || request.no_comments);
	assert_int_equal(request.choices.wanted_count, 0);
	buffer_free(&text);
	request_free(&request);
}

/* The words for the box are those that OSCam keeps. */
static void test_boxes(void **state)
{
	struct buffer why = {0};
	struct arena arena;
	const struct setting *boxtype = setting_find(SLICE("boxtype"), &why);

	(void)state;
	arena_init(&arena);
	assert_non_null(boxtype);
	for (int i = 0; boxtype->words[i]; i++)
		assert_true(schema_keeps(KEY_dvbapi_boxtype, slice_of(boxtype->words[i]), &arena));
	assert_false(schema_keeps(KEY_dvbapi_boxtype, SLICE("xyzzy"), &arena));
	arena_free(&arena);
	buffer_free(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_choice),
		cmocka_unit_test(test_set_wins),
		cmocka_unit_test(test_set_of_lists_and_paths),
		cmocka_unit_test(test_refused_values),
		cmocka_unit_test(test_refused_syntax),
		cmocka_unit_test(test_zero_byte),
		cmocka_unit_test(test_unreadable_file),
		cmocka_unit_test(test_values_stay),
		cmocka_unit_test(test_wanted_keys),
		cmocka_unit_test(test_refused_keys),
		cmocka_unit_test(test_keys_of_the_program),
		cmocka_unit_test(test_secrets_are_not_said),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_default_file),
		cmocka_unit_test(test_boxes),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
