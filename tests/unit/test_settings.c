/* The settings file and --set: what each choice takes, what is refused and with which words. */
#include "settings_help.h"
#include "app/page.h"

TEST(test_every_choice)
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

	if (!read_with(&request, text, NULL))
		fail_msg("%s", said);
	const struct choices *choices = &request.choices;
	assert_true(choices->profile == PROFILE_SERVER && choices->reshare_widest && choices->tolerant &&
		    choices->notes_filter);
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
	assert_int_equal(choices->set_count, 1);
	request_free(&request);
}

/* --set wins over the file, for every choice with a default to go back to. */
TEST(test_set_wins)
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

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct request request;
		if (!read_with(&request, cases[i].file, cases[i].set))
			fail_msg("%s", said);
		const struct choices *choices = &request.choices;
		assert_false(choices->profile == PROFILE_SERVER || choices->reshare_widest ||
			     choices->tolerant || choices->notes_filter || choices->disabled_convert ||
			     choices->expiry_convert);
		assert_false(request.no_comments || request.strict);
		assert_int_equal(choices->groups, none.groups);
		assert_int_equal(choices->first_group, none.first_group);
		request_free(&request);
	}
}

TEST(test_set_of_lists_and_paths)
{
	struct request request;

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
	assert_int_equal(request.choices.set_count, 3);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(request.choices.set_keys[i].value.at[0], '1' + (int)i);
	request_free(&request);
}

TEST(test_refused_values)
{
	expect_refusal("\n\nprofile = box",
		AT(3) "profile: it takes one of: receiver, server, tvheadend; not \"box\"");
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
	expect_refusal("local-account = '123456789012345678901'",
		AT(1) "local-account: it takes a user name: 1 to 20 bytes without blanks");
	expect_refusal("templates = ''", AT(1) "templates: it takes a folder");
	expect_refusal("silent = { spelling,\n# one\n speling }",
		AT(3) "silent: no finding has the code \"speling\"; did you mean \"spelling\"?");
	expect_refusal("warn = { xyzzyxyzzy }",
		AT(1) "warn: no finding has the code \"xyzzyxyzzy\"; cc2oscam help convert lists the codes");
	expect_refusal("warn = { spelling }\nerror = { spelling }",
		AT(2) "error: \"spelling\" stands in the list warn already");
	expect_refusal(
		"profile = '\033'", AT(1) "profile: it takes one of: receiver, server, tvheadend; not \"?\"");
}

/* Quotes, and the braces of a list of one, may be left out. */
TEST(test_quotes)
{
	struct request request;

	if (!read_with(&request,
		    "first-group =\n '5' local-account=6\nstrict=\"yes\" /**/ templates = 192.0.2.5/a//b set "
		    "=\n"
		    "{}silent=des-key#x\nset += 'global.nice = 1'",
		    NULL))
		fail_msg("%s", said);
	assert_int_equal(request.choices.first_group, 5);
	assert_true(request.strict && slice_equal(request.choices.local_account, SLICE("6")));
	assert_string_equal(request.templates, "folder-of-test/192.0.2.5/a//b");
	assert_int_equal(request.overrides[CODE_DES_KEY], OVERRIDE_SILENT);
	assert_int_equal(request.choices.set_count, 1);
	request_free(&request);
}

TEST(test_refused_syntax)
{
	expect_refusal("# one\n# two\nprofil = server",
		AT(3) "there is no choice \"profil\"; did you mean \"profile\"?");
	expect_refusal("xyzzyxyzzy = 1",
		AT(1) "there is no choice \"xyzzyxyzzy\" (cc2oscam help settings lists them)");
	expect_refusal("include('other.conf')",
		AT(1) "there is no choice \"include\" (cc2oscam help settings lists them)");
	expect_refusal("profile = server\n\nprofile = receiver",
		AT(3) "profile has a value already; remove one of the two");
	expect_refusal("set += 'global.nice = 1'\nset = { 'global.nice = 2' }",
		AT(2) "set has a value already; a list grows with +=");
	expect_refusal("set = {\n'global.nice = 1'", AT(1) "the brace that opens here is never closed");
	expect_refusal("profile = \"${HOME}\"", AT(1) "${...} would be replaced by an environment variable; "
						      "to keep the text as it is, write the "
						      "value in single quotes");
	expect_refusal("set = {\n${HOME} }", AT(2) "${...} would be replaced by an environment variable; to "
						   "keep the text as it is, write the "
						   "value in single quotes");
	expect_refusal("\n/* profile = server\n", AT(2) "the comment that begins here has no end");
	expect_refusal("\n/*/ profile = server\n", AT(2) "the comment that begins here has no end");
	expect_refusal("\nprofile = \"server\n\n", AT(2) "the quotes that open here are never closed");
	expect_refusal("profile = 'server\\'\n", AT(1) "the quotes that open here are never closed");
	expect_refusal("profile = {\"server\"}", AT(1) "unexpected token '{'");
	expect_refusal("profile \"server\"", AT(1) "missing equal sign after option 'profile'");
}

TEST(test_zero_byte)
{
	struct request request;

	assert_true(read_with(&request, "", NULL));
	write_settings("profile = server\nx\0", 19);
	struct list none;
	list_init(&none, &request.arena, sizeof(const char *));
	assert_false(read_settings(&request, path, &none));
	assert_string_equal(said, AT(2) "there is a zero byte: this is no text");
	request_free(&request);
}

TEST(test_unreadable_file)
{
	struct request request = {.choices = choices_default()};
	struct list none;

	arena_init(&request.arena);
	list_init(&none, &request.arena, sizeof(const char *));
	assert_false(read_settings(&request, "missing.conf", &none));
	assert_string_equal(said, "the settings file missing.conf cannot be read: No such file or directory");
	assert_false(read_settings(&request, ".", &none));
	assert_string_equal(said, "the settings file . cannot be read: Is a directory");
	request_free(&request);
}

/* Single quotes keep what libConfuse would replace; a # in quotes is no comment. */
TEST(test_values_stay)
{
	static const char text[] =
		"set = { 'global.logfile = ${HOME}/#log' } set += { \"webif.httpuser = //x/*y\" }\n";
	struct request request;

	if (!read_with(&request, text, NULL))
		fail_msg("%s", said);
	assert_true(slice_equal(request.choices.set_keys[0].value, SLICE("${HOME}/#log")));
	assert_true(slice_equal(request.choices.set_keys[1].value, SLICE("//x/*y")));
	request_free(&request);
}

TEST(test_places)
{
	struct arena arena;

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
TEST(test_default_file)
{
	struct buffer text = {0};
	struct request request;
	struct choices none = choices_default();
	struct slice rest = slice_of(app_text("settings_default"));

	for (struct slice line; rest.len > 0;) {
		line = slice_cut(&rest, '\n');
		assert_true(line.len <= 72);
		bool choice = line.len > 1 && line.at[0] == '#' && is_letter(line.at[1]);
		if (choice && !slice_starts(line, SLICE("#templates"))) /* it has no default */
			buffer_format(&text, "%.*s\n", (int)line.len - 1, line.at + 1);
	}
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		char start[64];
		(void)snprintf(start, sizeof start, "\n#%s = ", row->setting ? row->setting : "profile");
		if (!strstr(app_text("settings_default"), start))
			fail_msg("the default file does not have %s", row->setting);
	}
	buffer_add(&text, "", 1);
	if (!read_with(&request, text.at, NULL))
		fail_msg("%s", said);
	assert_true(slice_equal(request.choices.boxtype, none.boxtype));
	assert_true(slice_equal(request.choices.local_account, none.local_account));
	assert_int_equal(request.choices.groups, none.groups);
	assert_int_equal(request.choices.first_group, none.first_group);
	assert_false(request.choices.profile == PROFILE_SERVER || request.choices.reshare_widest ||
		     request.choices.tolerant || request.choices.notes_filter ||
		     request.choices.disabled_convert || request.choices.expiry_convert || request.strict ||
		     request.no_comments);
	assert_int_equal(request.choices.set_count, 0);
	buffer_free(&text);
	request_free(&request);
}

/* The words for the box are those that OSCam keeps. */
TEST(test_boxes)
{
	struct buffer why = {0};
	struct arena arena;
	const struct option_row *boxtype = setting_find(SLICE("boxtype"), &why);

	arena_init(&arena);
	assert_non_null(boxtype);
	for (int i = 0; boxtype->words[i]; i++)
		assert_true(schema_keeps(KEY_dvbapi_boxtype, slice_of(boxtype->words[i]), &arena));
	assert_false(schema_keeps(KEY_dvbapi_boxtype, SLICE("xyzzy"), &arena));
	arena_free(&arena);
	buffer_free(&why);
}

AROUND_ALL(make_folder, remove_folder)
