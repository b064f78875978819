/* The settings file and --set: what is taken, what is refused and with which words; the table of options. */
#include "settings_help.h"
#include "app/page.h"

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
	expect_refusal(
		"\n\nprofile = box", AT(3) "profile: write one of: receiver, server, tvheadend; not \"box\"");
	expect_refusal(
		"groups = \"\"", AT(1) "groups: write one of: minimal, single, per-protocol; not \"\"");
	expect_refusal("first-group = 0", AT(1) "first-group: write a number from 1 to 64, not \"0\"");
	expect_refusal("first-group = 65", AT(1) "first-group: write a number from 1 to 64, not \"65\"");
	expect_refusal("first-group = x", AT(1) "first-group: write a number from 1 to 64, not \"x\"");
	expect_refusal("strict = 1", AT(1) "strict: write one of: false, true, no, yes, off, on; not \"1\"");
	expect_refusal("local-account = 'a b'",
		AT(1) "local-account: write a user name: 1 to 20 bytes without blanks");
	expect_refusal("local-account = 'a\x1b'",
		AT(1) "local-account: write a user name: 1 to 20 bytes without blanks");
	expect_refusal(
		"local-account = ''", AT(1) "local-account: write a user name: 1 to 20 bytes without blanks");
	expect_refusal("local-account = '123456789012345678901'",
		AT(1) "local-account: write a user name: 1 to 20 bytes without blanks");
	expect_refusal("templates = ''", AT(1) "templates: write the path of a folder");
	expect_refusal("silent = { spelling,\n# one\n speling }",
		AT(3) "silent: no finding has the code \"speling\"; did you mean \"spelling\"?");
	expect_refusal("warn = { xyzzyxyzzy }",
		AT(1) "warn: no finding has the code \"xyzzyxyzzy\"; cc2oscam help convert lists the codes");
	expect_refusal("skip = { xyzzyxyzzy }",
		AT(1) "skip: no finding has the code \"xyzzyxyzzy\"; cc2oscam help check lists the codes");
	expect_refusal("warn = { spelling }\nerror = { spelling }",
		AT(2) "error: \"spelling\" stands in the list warn already");
	expect_refusal(
		"profile = '\033'", AT(1) "profile: write one of: receiver, server, tvheadend; not \"?\"");
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
	write_bytes(path, "profile = server\nx\0", 19);
	struct list none;
	list_init(&none, &request.arena, sizeof(const char *));
	assert_false(read_settings(&request, path, &none));
	assert_string_equal(said, AT(2) "there is a zero byte: this is no text");
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

/* Every choice stands in the sample (settings.sh reads it). */
TEST(test_sample)
{
	for (struct slice rest = slice_of(app_text("settings_default")); rest.len > 0;)
		assert_true(slice_cut(&rest, '\n').len <= 72);
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		char start[64];
		(void)snprintf(start, sizeof start, "\n#%s = ", row->setting ? row->setting : "profile");
		if (!strstr(app_text("settings_default"), start))
			fail_msg("the default file does not have %s", row->setting);
	}
}

/* The words for the box are those that OSCam keeps. */
TEST(test_boxes)
{
	struct buffer why FREED_BY(buffer_free) = {0};
	struct arena arena FREED_BY(arena_free) = {0};
	const struct option_row *boxtype = setting_find(SLICE("boxtype"), &why);

	assert_non_null(boxtype);
	for (int i = 0; boxtype->words[i]; i++)
		assert_true(schema_keeps(KEY_dvbapi_boxtype, slice_of(boxtype->words[i]), &arena));
	assert_false(schema_keeps(KEY_dvbapi_boxtype, SLICE("xyzzy"), &arena));
}

AROUND_ALL(make_folder, remove_folder)

/* What help, completions and the parser expect of each row. */
TEST(test_rows_are_whole)
{
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		const char *name = row->name ? row->name : row->setting;
		bool option = row->name || row->letter;
		if (!name || option != (row->help || row->batch))
			fail_msg("row %d has no name, or no help", (int)(row - option_rows));
		for (const struct option_row *other = option_rows; other < row; other++)
			if ((row->name && other->name && strcmp(row->name, other->name) == 0) ||
				(row->letter && row->letter == other->letter) ||
				(row->setting && other->setting && strcmp(row->setting, other->setting) == 0))
				fail_msg("%s is there twice", name);
		bool taken = row->commands & ((1U << COMMANDS) - 1);
		if (option != taken || (!row->set && strcmp(name, "settings") != 0))
			fail_msg("%s: no command takes it, or nothing is set", name);
	}
}

/* A command of commands.def is listed by `help`, and has a help of its own. */
TEST(test_commands_have_help)
{
	for (size_t i = 0; command_names[i]; i++) {
		const struct command_help *help = command_helps;
		char start[64], head[64];
		(void)snprintf(start, sizeof start, "cc2oscam %s ", command_names[i]);
		(void)snprintf(head, sizeof head, "# %s\n", command_names[i]);
		while (help->line && strncmp(help->line, start, strlen(start)) != 0)
			help++;
		if (!help->line)
			fail_msg("command_helps of help.c lacks %s", command_names[i]);
		if (strcmp(command_names[i], "help") != 0 && !strstr(app_text("help"), head))
			fail_msg("help.txt lacks %s", command_names[i]);
	}
}
