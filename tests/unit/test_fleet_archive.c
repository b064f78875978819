/* Receivers in backup archives: what is found, what is kept, and what hostile and broken archives come to. */
#ifdef CC2OSCAM_LIBARCHIVE
#include "archive_help.h"

#include <fcntl.h>

#include "cc2oscam/emit.h"
#include "convert_help.h"

static const char cfg[] = "F: bert plum-2 1 0 0\n";

struct opened {
	struct arena arena;
	struct fleet *fleet;
	struct fleet_item item;
	struct receivers receivers;
};

static void open_with(struct opened *opened, const char *path, const struct fleet_limits *limits)
{
	struct fleet *fleet = opened->fleet = fleet_new(1, 1);
	struct fleet_limits normal = fleet_limits_default();

	arena_init(&opened->arena);
	fleet_add(fleet, path);
	opened->item = *(const struct fleet_item *)list_at(fleet_items(fleet), 0);
	fleet_open(&opened->item, limits ? limits : &normal, &opened->arena, &opened->receivers);
	assert_true(opened->receivers.count > 0);
}

static void end(struct opened *opened)
{
	fleet_close(&opened->receivers);
	arena_free(&opened->arena);
	fleet_free(opened->fleet);
}

/* One receiver a line: "name origin", then "=text", " !why", " ?notice". */
static void expect(const char *path, const char *receivers)
{
	struct opened opened;
	struct slice all = SLICE("");

	open_with(&opened, path, NULL);
	for (uint32_t i = 0; i < opened.receivers.count; i++) {
		const struct receiver *r = &opened.receivers.at[i];
		all = arena_format(&opened.arena, "%.*s%s %s%s%s%s%s%s%.*s\n", SLICE_ARG(all), r->name,
			r->origin, r->failed ? " !" : "", r->failed ? r->failed : "", r->notice ? " ?" : "",
			r->notice ? r->notice : "", r->source.text.len > 0 ? " =" : "",
			r->source.text.len > 0 ? (int)r->source.text.len - 1 : 0,
			r->source.text.at ? r->source.text.at : "");
	}
	assert_string_equal(all.at, receivers);
	end(&opened);
}

static void expect_failure_with(const char *path, const struct fleet_limits *limits, const char *why)
{
	struct opened opened;

	open_with(&opened, path, limits);
	assert_int_equal(opened.receivers.count, 1);
	const struct receiver *r = opened.receivers.at;
	assert_string_equal(r->name, opened.item.name);
	assert_string_equal(r->origin, path);
	assert_null(r->source.text.at);
	if (!r->failed || !strstr(r->failed, why))
		fail_msg("%s: %s, not %s", path, r->failed ? r->failed : "no failure", why);
	end(&opened);
}

static void expect_failure(const char *path, const char *why)
{
	expect_failure_with(path, NULL, why);
}

static void test_kinds(void **state)
{
	static const char *const names[] = {"a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a.txz", "a.tar.bz2",
		"a.tbz2", "a.tar.zst", "a.zip"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char line[64];
		PACK(names[i], {.path = "etc"}, {.path = "etc/passwd", .text = "root"},
			{.path = "etc/CCcam.cfg", .text = "# x\n"});
		(void)snprintf(line, sizeof line, "a %s:etc/CCcam.cfg =# x\n", names[i]);
		expect(names[i], line);
	}
	/* the name only says that it is one */
	assert_int_equal(rename("a.zip", "b.tar.gz"), 0);
	expect("b.tar.gz", "b b.tar.gz:etc/CCcam.cfg =# x\n");
}

static void test_roots(void **state)
{
	/* tar -P, tar ., and a copy where no receiver has it */
	PACK("one.tar", {.path = "/var/etc/CCcam.cfg", .text = "# x\n"},
		{.path = "./media/x/old/CCcam.cfg", .text = "# old\n"});
	expect("one.tar", "one one.tar:var/etc/CCcam.cfg"
			  " ?1 other CCcam.cfg in the archive, where no receiver has it, is left out =# x\n");
	PACK("fleet.tar", {.path = "./lr/etc/CCcam.cfg", .text = "# lr\n"},
		{.path = "attic/var/etc/CCcam.cfg", .text = "# attic\n"},
		{.path = "lr/b/etc/CCcam.cfg", .text = "# b\n"},
		{.path = "etc/CCcam.cfg", .text = "# top\n"});
	expect("fleet.tar", "fleet/fleet fleet.tar:etc/CCcam.cfg =# top\n"
			    "fleet/attic fleet.tar:attic/var/etc/CCcam.cfg =# attic\n"
			    "fleet/lr fleet.tar:lr/etc/CCcam.cfg =# lr\n"
			    "fleet/lr_b-d95401da fleet.tar:lr/b/etc/CCcam.cfg =# b\n");
	/* the one that is called what it is keeps its name, though another one comes first */
	PACK("alike.tar", {.path = "a b/etc/CCcam.cfg", .text = "# 1\n"},
		{.path = "a_b/etc/CCcam.cfg", .text = "# 2\n"});
	expect("alike.tar", "alike/a_b-04833892 alike.tar:a b/etc/CCcam.cfg =# 1\n"
			    "alike/a_b alike.tar:a_b/etc/CCcam.cfg =# 2\n");
	PACK("flat.tar", {.path = "b/CCcam.cfg", .text = "# b\n"}, {.path = "a/CCcam.cfg", .text = "# a\n"});
	expect("flat.tar", "flat/a flat.tar:a/CCcam.cfg =# a\nflat/b flat.tar:b/CCcam.cfg =# b\n");
	PACK("two.tar", {.path = "var/etc/CCcam.cfg", .text = "b\n"},
		{.path = "etc/CCcam.cfg", .text = "a\n"}, {.path = "usr/keys/CCcam.cfg", .text = "a\n"});
	expect("two.tar", "two/two two.tar:etc/CCcam.cfg =a\n"
			  "two/two.var_etc two.tar:var/etc/CCcam.cfg"
			  " ?etc/CCcam.cfg of the same receiver says something else; each has a folder of "
			  "its own =b\n");
	/* one that says nothing does not count beside another */
	PACK("empty.tar", {.path = "etc/CCcam.cfg", .text = ""}, {.path = "var/etc/CCcam.cfg", .text = "b\n"},
		{.path = "usr/keys/CCcam.cfg", .text = "# nothing\n"});
	expect("empty.tar", "empty empty.tar:var/etc/CCcam.cfg =b\n");
	PACK("nothing.tar", {.path = "var/etc/CCcam.cfg", .text = "# nothing\n"},
		{.path = "etc/CCcam.cfg", .text = ""});
	expect("nothing.tar", "nothing nothing.tar:etc/CCcam.cfg\n");
	/* tar -r: the later one counts */
	PACK("again.tar", {.path = "etc/CCcam.cfg", .text = "# old\n"},
		{.path = "./etc//CCcam.cfg", .text = "# new\n"});
	expect("again.tar", "again again.tar:etc/CCcam.cfg =# new\n");
}

static void test_links(void **state)
{
	PACK("link.tar", {.path = "etc/CCcam.cfg", .link = "../var/etc/CCcam.cfg"},
		{.path = "var/etc/CCcam.cfg", .text = "# x\n"});
	expect("link.tar", "link link.tar:etc/CCcam.cfg =# x\n");
	PACK("absolute.tar", {.path = "lr/etc/CCcam.cfg", .link = "/lr/var/etc/CCcam.cfg"},
		{.path = "lr/var", .link = "data"}, {.path = "lr/data/etc/CCcam.cfg", .text = "# x\n"});
	expect("absolute.tar", "absolute absolute.tar:lr/etc/CCcam.cfg =# x\n");
	PACK("hard.tar", {.path = "etc/mine", .text = "# x\n"},
		{.path = "etc/CCcam.cfg", .hard = "etc/mine"});
	expect("hard.tar", "hard hard.tar:etc/CCcam.cfg =# x\n");
	PACK("odd.tar", {.path = "etc/CCcam.cfg", .link = "conf/home"},
		{.path = "etc/conf/home", .text = "# x\n"});
	expect("odd.tar", "odd odd.tar:etc/CCcam.cfg =# x\n");
	PACK("out.tar", {.path = "etc/CCcam.cfg", .link = "../../etc/passwd"});
	expect("out.tar", "out out.tar:etc/CCcam.cfg !it is a link to a file that is not in the archive\n");
	PACK("gone.tar", {.path = "etc/CCcam.cfg", .link = "/var/etc/CCcam.cfg"},
		{.path = "usr/keys/CCcam.cfg", .text = "# x\n"});
	expect("gone.tar", "gone gone.tar:usr/keys/CCcam.cfg =# x\n");
	PACK("circle.tar", {.path = "etc/CCcam.cfg", .link = "CCcam.cfg"});
	expect("circle.tar",
		"circle circle.tar:etc/CCcam.cfg !it is a link to a file that is not in the archive\n");
	/* a key file is not opened under another name either */
	PACK("key.tar", {.path = "etc/CCcam.cfg", .link = "SoftCam.Key"},
		{.path = "etc/SoftCam.Key", .text = "secret\n"});
	expect("key.tar", "key key.tar:etc/CCcam.cfg !it leads to a key file, and those are never opened\n");
}

static void test_climbing(void **state)
{
	static const char climbs[] = "an entry in it leads out of the archive";

	PACK("up.tar", {.path = "etc/CCcam.cfg", .text = cfg}, {.path = "../evil", .text = "x"});
	expect_failure("up.tar", climbs);
	PACK("up.zip", {.path = "etc/CCcam.cfg", .text = cfg}, {.path = "a/../../evil", .text = "x"});
	expect_failure("up.zip", climbs);
	PACK("fine.tar", {.path = "a/../etc/CCcam.cfg", .text = "# x\n"}, {.path = "a/b/../c", .text = "x"});
	expect("fine.tar", "fine fine.tar:etc/CCcam.cfg =# x\n");
	PACK("special.tar", {.path = "etc/CCcam.cfg", .type = AE_IFCHR},
		{.path = "dev/null", .type = AE_IFIFO});
	expect_failure("special.tar", "there is no CCcam.cfg in it");
}

static void test_damage(void **state)
{
	static char bytes[300000];
	struct stat status;

	PACK("ok.tar.gz", {.path = "etc/CCcam.cfg", .text = cfg}, {.path = "big", .zeros = 5000000},
		{.path = "last", .text = "x"});
	assert_int_equal(stat("ok.tar.gz", &status), 0);
	assert_int_equal(truncate("ok.tar.gz", status.st_size / 2), 0);
	expect_failure("ok.tar.gz", "it is damaged (");
	PACK("cut.tar", {.path = "big", .zeros = 100000}, {.path = "etc/CCcam.cfg", .text = cfg});
	assert_int_equal(truncate("cut.tar", 50000), 0);
	expect_failure("cut.tar", "it is damaged (");
	uint32_t random = 1;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)((random = random * 1103515245 + 12345) >> 16);
	write_bytes("random.tar.xz", bytes, sizeof bytes);
	expect_failure("random.tar.xz", "it is damaged, or no tar or zip archive");
	write_bytes("random.zip", bytes, sizeof bytes);
	expect_failure("random.zip", "it is damaged, or no tar or zip archive");
	write_text("text.tgz", cfg);
	expect_failure("text.tgz", "it is damaged, or no tar or zip archive");
	write_text("empty.zip", "");
	expect_failure("empty.zip", "it is empty");
	pack("nothing.tar", NULL, NULL, 0);
	expect_failure("nothing.tar", "there is nothing in it");
	PACK("other.zip", {.path = "readme", .text = "x"});
	expect_failure("other.zip", "there is no CCcam.cfg in it");
	pack("locked.zip", "secret", (const struct packed[]){{.path = "etc/CCcam.cfg", .text = cfg}}, 1);
	expect_failure("locked.zip", "it is protected with a password");
}

static void test_gone(void **state)
{
	struct fleet_limits limits = fleet_limits_default();
	struct fleet_item item = {.name = "x", .path = "gone.tar", .archive = true};
	struct receivers receivers;
	struct arena arena;

	arena_init(&arena);
	fleet_open(&item, &limits, &arena, &receivers);
	assert_string_equal(receivers.at->failed, "No such file or directory");
	item.path = ".";
	fleet_open(&item, &limits, &arena, &receivers);
	assert_string_equal(receivers.at->failed, "it is no regular file");
	arena_free(&arena);
}

static void test_limits(void **state)
{
	struct fleet_limits limits = fleet_limits_default();
	static const char bomb[] = "it looks like a bomb";

	PACK("bomb.tar.gz", {.path = "zeros", .zeros = 3000000}, {.path = "etc/CCcam.cfg", .text = "# x\n"});
	expect("bomb.tar.gz", "bomb bomb.tar.gz:etc/CCcam.cfg =# x\n");
	limits.harmless = 100000;
	expect("bomb.tar.gz", "bomb bomb.tar.gz:etc/CCcam.cfg =# x\n");
	limits.ratio = 100;
	expect_failure_with("bomb.tar.gz", &limits, bomb);
	limits = fleet_limits_default();
	limits.unpacked = 2000000;
	expect_failure_with("bomb.tar.gz", &limits, bomb);
	limits = fleet_limits_default();
	limits.entries = 1;
	expect_failure_with("bomb.tar.gz", &limits, bomb);
	PACK("bomb.zip", {.path = "zeros", .zeros = 3000000});
	limits = fleet_limits_default();
	limits.unpacked = 2000000;
	expect_failure_with("bomb.zip", &limits, bomb);

	limits = fleet_limits_default();
	limits.kept = 2000;
	PACK("many.tar", {.path = "etc/CCcam.cfg", .text = cfg}, {.path = "a/CCcam.prio", .zeros = 1000},
		{.path = "b/CCcam.prio", .zeros = 1000});
	expect_failure_with("many.tar", &limits, "it holds more files and links");
	limits.kept = 1000;
	PACK("links.tar", {.path = "etc/CCcam.cfg", .text = cfg}, {.path = "1", .link = "x"},
		{.path = "2", .link = "x"}, {.path = "3", .link = "x"}, {.path = "4", .link = "x"},
		{.path = "5", .link = "x"}, {.path = "6", .link = "x"}, {.path = "7", .link = "x"},
		{.path = "8", .link = "x"}, {.path = "9", .link = "x"}, {.path = "10", .link = "x"},
		{.path = "11", .link = "x"}, {.path = "12", .link = "x"});
	expect_failure_with("links.tar", &limits, "it holds more files and links");
	limits = fleet_limits_default();
	limits.file = 5;
	PACK("large.tar", {.path = "etc/CCcam.cfg", .text = cfg});
	struct opened opened;
	open_with(&opened, "large.tar", &limits);
	assert_string_equal(opened.receivers.at->failed, "it is too large for a CCcam.cfg");
	end(&opened);
}

/* Side files come out of the archive, and never a key file. */
static void test_sides(void **state)
{
	static const char text[] = "CAID PRIO FILE : /var/etc/CCcam.prio\n"
				   "PROVIDERINFO FILE : /usr/keys/names\n"
				   "CHANNELINFO FILE : /var/etc/CCcam.channelinfo\n"
				   "NEWCAMD CONF : yes\n"
				   "SERIAL READER : /dev/ttyUSB0 mouse\n";
	struct opened opened;
	struct converted converted;
	struct choices choices = choices_default();

	PACK("x.tar.gz", {.path = "lr/usr/keys", .link = "../etc"},
		{.path = "lr/var/etc/CCcam.prio", .text = "I: 0500:050800\n"},
		{.path = "lr/etc/names", .text = "05000801 \"name\"\n"},
		{.path = "lr/etc/CCcam.cfg", .text = text},
		{.path = "lr/etc/tuxbox/config/newcamd.conf",
			.text = "CWS = server1.example.com 12001 user pass 01 02 03 04 05 06 07 08 09 10 11 "
				"12 13 14\n"},
		{.path = "lr/var/etc/CCcam.channelinfo", .link = "k.key"},
		{.path = "lr/var/etc/k.key", .text = "0500:000000:0001 \"name\"\n"});
	open_with(&opened, "x.tar.gz", NULL);
	const struct receiver *r = opened.receivers.at;
	assert_null(r->failed);
	receiver_choose(r, &choices);
	assert_string_equal(choices.root, "x.tar.gz:lr");
	translate_text(&converted, r->source.text, &choices);
	assert_string_equal(codes_of_line(&converted, 1), "");
	assert_string_equal(codes_of_line(&converted, 2), "");
	assert_string_equal(codes_of_line(&converted, 3), "side-file-missing");
	assert_string_equal(codes_of_line(&converted, 4), "");
	assert_string_equal(codes_of_line(&converted, 5), ""); /* nothing is known of devices */
	assert_int_equal(converted.model.sides.count, 3);
	const struct side_file *side = list_at(&converted.model.sides, 1);
	assert_string_equal(side->source.path, "x.tar.gz:lr/usr/keys/names");
	assert_int_equal(converted.model.provid.count, 1);
	assert_int_equal(converted.model.dvbapi.count, 1);
	converted_free(&converted);
	end(&opened);
}

/* Without a known place they are beside CCcam.cfg. */
static void test_sides_beside(void **state)
{
	static const char text[] = "CAID PRIO FILE : /var/etc/CCcam.prio\n"
				   "PROVIDERINFO FILE : /usr/keys/../names\n"
				   "CHANNELINFO FILE : ..\n";
	struct fleet_limits limits = fleet_limits_default();
	struct opened opened;
	struct converted converted;
	struct choices choices = choices_default();

	limits.file = 200;
	PACK("x.zip", {.path = "CCcam.prio", .text = "I: 0500:050800\n"}, {.path = "names", .zeros = 300},
		{.path = "CCcam.cfg", .text = text});
	open_with(&opened, "x.zip", &limits);
	receiver_choose(opened.receivers.at, &choices);
	assert_null(choices.root);
	assert_string_equal(choices.folder, "x.zip:");
	translate_text(&converted, opened.receivers.at->source.text, &choices);
	assert_string_equal(codes_of_line(&converted, 1), "");
	assert_string_equal(codes_of_line(&converted, 2), "side-file-missing"); /* too large */
	assert_string_equal(codes_of_line(&converted, 3), "side-file-missing");
	assert_int_equal(converted.model.dvbapi.count, 1);
	converted_free(&converted);
	end(&opened);
}

/* A file that SOFTKEY FILE names is a key file, whatever it is called. */
static void test_key_by_option(void **state)
{
	static const char text[] = "SOFTKEY FILE : /var/keys/names\nPROVIDERINFO FILE : /etc/names\n"
				   "CAID PRIO FILE : /etc/CCcam.prio\n";
	struct opened opened;
	struct converted converted;
	struct choices choices = choices_default();

	PACK("x.tar", {.path = "etc/names", .text = "05000801 \"name\"\n"},
		{.path = "etc/CCcam.cfg", .text = text}, {.path = "etc/CCcam.prio", .link = "names"});
	open_with(&opened, "x.tar", NULL);
	receiver_choose(opened.receivers.at, &choices);
	translate_text(&converted, opened.receivers.at->source.text, &choices);
	assert_string_equal(codes_of_line(&converted, 2), "side-file-missing");
	assert_string_equal(codes_of_line(&converted, 3), "side-file-missing");
	converted_free(&converted);
	end(&opened);
}

/* Nothing is written, whatever is in the archive. */
static void test_nothing_is_written(void **state)
{
	struct opened opened;

	PACK("sub/x.tar", {.path = "etc/CCcam.cfg", .text = cfg}, {.path = "/absolute", .text = "x"});
	assert_int_equal(chmod("sub", 0500), 0);
	open_with(&opened, "sub/x.tar", NULL);
	assert_null(opened.receivers.at->failed);
	assert_int_equal(rmdir("etc") != 0 && errno == ENOENT, 1);
	assert_int_equal(access("absolute", F_OK), -1);
	assert_int_equal(access("/absolute", F_OK), -1);
	assert_true(fleet_reads_archives());
	end(&opened);
}

/* Downloads and old backups have names that say nothing. */
static void test_other_names(void **state)
{
	static const char *const kinds[] = {
		"a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2", "a.tar.zst", "a.zip"};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		PACK(kinds[i], {.path = "etc/CCcam.cfg", .text = cfg});
		assert_int_equal(rename(kinds[i], "box.bin"), 0);
		expect("box.bin", "box box.bin:etc/CCcam.cfg =F: bert plum-2 1 0 0\n");
		make_folders_of("in/backup");
		assert_int_equal(rename("box.bin", "in/backup"), 0);
		expect("in/backup", "backup in/backup:etc/CCcam.cfg =F: bert plum-2 1 0 0\n");
		/* in a folder nothing is opened to see what it is */
		expect("in", "in in !there is no CCcam.cfg in it, and no backup archive\n");
	}
	assert_int_equal(rename("in/backup", "in/CCcam.cfg"), 0);
	expect("in/",
		"in in/CCcam.cfg !it is an archive, in spite of its name; give it as an INPUT of its own\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kinds, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_roots, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_links, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_climbing, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_damage, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_gone, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_limits, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_sides, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_sides_beside, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_key_by_option, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_nothing_is_written, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_other_names, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

#include "fleet_help.h"

/* Without libarchive an archive is a receiver that failed, and that says why. */
static void test_without(void **state)
{
	struct fleet *fleet = fleet_new(1, 1);
	struct fleet_limits limits = fleet_limits_default();
	struct receivers receivers;
	struct arena arena;

	arena_init(&arena);
	write_text("x.tar", "");
	fleet_add(fleet, "x.tar");
	fleet_open(list_at(fleet_items(fleet), 0), &limits, &arena, &receivers);
	assert_non_null(strstr(receivers.at->failed, "built without libarchive"));
	assert_false(fleet_reads_archives());
	fleet_close(&receivers);
	fleet_free(fleet);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_without, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
