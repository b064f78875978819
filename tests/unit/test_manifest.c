/* Manifests: which receivers they give a fleet, with which choices, and what is refused in them. */
#include "fleet_help.h"

#include "app/manifest.h"
#include "said.h"

static const struct list nothing;
static const struct request nobody = {.command = "batch", .assignments = &nothing, .given = &nothing};

static void expect_refusal(const char *text, const char *message)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct fleet *fleet = fleet_new(1, 1);

	said[0] = '\0';
	write_text("in/m.conf", text);
	if (read_manifest(&arena, "in/m.conf", &nobody, fleet))
		fail_msg("taken: %s", text);
	if (strcmp(said, message) != 0)
		fail_msg("%s\nsays %s\nand not %s", text, said, message);
	fleet_free(fleet);
}

TEST(test_names)
{
	assert_true(is_manifest("fleet.conf") && is_manifest("a/FLEET.MANIFEST"));
	assert_false(is_manifest("CCcam.cfg") || is_manifest(".conf") || is_manifest("x.tar"));
	write_text("folder.conf/x", "");
	assert_false(is_manifest("folder.conf"));
}

#define AT(line) "in/m.conf:" #line ": "
#define ONE      "receiver a { source = x }\n"

TEST(test_refusals)
{
	expect_refusal(ONE "receiver b { source = m.conf }\n",
		AT(2) "receiver \"b\": the source is a manifest; name the manifest on the command line");
	expect_refusal("strict = yes\n" ONE "templates = \"t\"\n",
		AT(3) "in/t: the folder cannot be opened: No such file or directory");
	expect_refusal(ONE "\nreceiver b {\n source = y\n templates = t }\n",
		AT(3) "receiver \"b\": in/t: the folder cannot be opened: No such file or directory");
	expect_refusal("profile = server\n", "the manifest in/m.conf has no receiver in it");
	expect_refusal(
		ONE "profil = server\n", AT(2) "there is no choice \"profil\"; did you mean \"profile\"?");
	expect_refusal("receiver a {\n sorce = x\n}\n",
		AT(2) "there is no choice \"sorce\"; did you mean \"source\"?");
	expect_refusal(
		"source = x\n", AT(1) "there is no choice \"source\" (cc2oscam help settings lists them)");
	expect_refusal("reciever a { source = x }\n",
		AT(1) "there is no choice \"reciever\"; did you mean \"receiver\"?");
	expect_refusal(ONE "\nreceiver a {\n source = y }\n", AT(3) "found duplicate title 'a'");
	expect_refusal(ONE "receiver b {\n source = y\n output = a }\n",
		AT(2) "receiver \"b\": another receiver has the output \"a\" already");
	expect_refusal(ONE "receiver 'a/b' { source = y }\n",
		AT(2) "receiver \"a/b\": the output \"a/b\" and that of another receiver would lie within "
		      "each other");
	expect_refusal("/*\n*/\nreceiver a {\n\n}\n",
		AT(3) "receiver \"a\": the source is missing: write source = PATH");
	expect_refusal("receiver a { source = '' }\n", AT(1) "source: write a path");
	expect_refusal("receiver a { source = x output = \"../x\" }\n",
		AT(1) "receiver \"a\": it names a folder below that of the output: at most 60 letters, "
		      "digits, dots, - and _, with / between folders, none of which begins with a dot");
	expect_refusal("receiver a { source = x\nset = { 'global.nise = 1' } }\n",
		AT(2) "set: global.nise: OSCam has no key \"nise\" in [global]; did you mean \"nice\"?");
	expect_refusal("receiver a {\nsource = x\nfirst-group = many\n}\n",
		AT(3) "first-group: write a number from 1 to 64, not \"many\"");
	expect_refusal("receiver a { source = x }\nreceiver b { source = y profile = server\nsource = z }\n",
		AT(3) "source has a value already; remove one of the two");
	expect_refusal(ONE "\nreceiver b { source = y\n", AT(3) "the brace that opens here is never closed");
	expect_refusal("receiver a { source = { x } }\n", AT(1) "unexpected token '{'");
	expect_refusal("receiver { source = x }\n", AT(1) "missing title for section 'receiver'");
	expect_refusal("receiver a { warn = { spelling }\nerror = { spelling }\nsource = x }\n",
		AT(2) "error: \"spelling\" stands in the list warn already");
}

/* The same choice may stand in every section, and a list in one is none of another. */
TEST(test_sections_are_apart)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct fleet *fleet = fleet_new(1, 1);

	write_text("in/m.conf", "set = { 'global.nice = 1' }\nwarn = { spelling }\n"
				"receiver a { source = x set = { 'global.nice = 2' } error = { spelling } }\n"
				"receiver b\n{ source = y /* } */ set = { 'global.nice = 3' } } # }\n");
	if (!read_manifest(&arena, "in/m.conf", &nobody, fleet))
		fail_msg("%s", said);
	assert_false(read_manifest(&arena, "in/none.conf", &nobody, fleet));
	assert_string_equal(said, "the manifest in/none.conf cannot be read: No such file or directory");
	fleet_free(fleet);
}

AROUND_EACH(make_folder, remove_folder)
