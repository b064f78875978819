/* Which receivers are found in folders, in which order, and how they are called. */
#include "fleet_help.h"

static const char cfg[] = "SERVER LISTEN PORT : 12000\n";

static void test_folders(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/b/etc/CCcam.cfg", cfg);
	write_text("in/a/CCcam.cfg", cfg);
	write_text("in/c/deep/er/var/etc/CCcam.cfg", cfg);
	write_text("in/c/deep/er/var/etc/other.cfg", cfg);
	write_text("in/B2/usr/local/etc/CCcam.cfg", cfg);
	write_text("in/no/etc/cccam.cfg", cfg);
	assert_string_equal(ITEMS(&arena, "in/"),
		"B2 in/B2/usr/local/etc/CCcam.cfg root=in/B2\n"
		"a in/a/CCcam.cfg\n"
		"b in/b/etc/CCcam.cfg root=in/b\n"
		"c/deep/er in/c/deep/er/var/etc/CCcam.cfg root=in/c/deep/er\n");
	arena_free(&arena);
}

/* The input itself may be a receiver, with others in its folders. */
static void test_top(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("box/CCcam.cfg", cfg);
	write_text("box/old/CCcam.cfg", cfg);
	assert_string_equal(ITEMS(&arena, "box"), "box box/CCcam.cfg\nold box/old/CCcam.cfg\n");
	assert_string_equal(ITEMS(&arena, "./box/."), "box ./box/./CCcam.cfg\nold ./box/./old/CCcam.cfg\n");
	assert_int_equal(chdir("box"), 0);
	assert_string_equal(ITEMS(&arena, "."), "box ./CCcam.cfg\nold ./old/CCcam.cfg\n");
	assert_string_equal(ITEMS(&arena, "CCcam.cfg"), "box CCcam.cfg\n");
	assert_int_equal(chdir(".."), 0);
	arena_free(&arena);
}

/* What lies within a receiver's folder would be written into that receiver's output; its other name takes
 * nobody else's. */
static void test_nested(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/a/etc/CCcam.cfg", cfg);
	write_text("in/a/b/CCcam.cfg", cfg);
	write_text("in/a_b/CCcam.cfg", cfg);
	write_text("in/x/y/CCcam.cfg", cfg);
	assert_string_equal(ITEMS(&arena, "in"), "a in/a/etc/CCcam.cfg root=in/a\n"
						 "a_b-42e35db7 in/a/b/CCcam.cfg\n"
						 "a_b in/a_b/CCcam.cfg\n"
						 "x/y in/x/y/CCcam.cfg\n");
	arena_free(&arena);
}

/* What lies in a folder that is called like another one stays out of that one's folder. */
static void test_called_alike(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/x y/b/CCcam.cfg", cfg);
	write_text("in/x y/z.tar", "");
	write_text("in/x_y/CCcam.cfg", cfg);
	assert_string_equal(ITEMS(&arena, "in"), "x_y_b-208f199f in/x y/b/CCcam.cfg\n"
						 "x_y_z-02085244 in/x y/z.tar archive\n"
						 "x_y in/x_y/CCcam.cfg\n");
	arena_free(&arena);
}

static void test_places(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/same/etc/CCcam.cfg", cfg);
	write_text("in/same/var/etc/CCcam.cfg", cfg);
	write_text("in/link/var/etc/CCcam.cfg", cfg);
	write_text("in/link/etc/x", "");
	assert_int_equal(symlink("../var/etc/CCcam.cfg", "in/link/etc/CCcam.cfg"), 0);
	write_text("in/two/etc/CCcam.cfg", cfg);
	write_text("in/two/var/etc/CCcam.cfg", "other\n");
	write_text("in/two/usr/keys/CCcam.cfg", "other\n");
	/* one that says nothing does not count beside another */
	write_text("in/empty/etc/CCcam.cfg", "");
	write_text("in/empty/var/etc/CCcam.cfg", cfg);
	write_text("in/empty/usr/keys/CCcam.cfg", "# nothing\n");
	write_text("in/nothing/etc/CCcam.cfg", "");
	write_text("in/nothing/var/etc/CCcam.cfg", "# nothing\n");
	assert_string_equal(ITEMS(&arena, "in"),
		"empty in/empty/var/etc/CCcam.cfg root=in/empty\n"
		"link in/link/var/etc/CCcam.cfg root=in/link\n"
		"nothing in/nothing/etc/CCcam.cfg root=in/nothing\n"
		"same in/same/etc/CCcam.cfg root=in/same\n"
		"two in/two/etc/CCcam.cfg root=in/two\n"
		"two.var_etc in/two/var/etc/CCcam.cfg root=in/two"
		" ?etc/CCcam.cfg of the same receiver says something else; each has a folder of its own\n");
	arena_free(&arena);
}

/* Places count below the input; what lies above it does not make one. */
static void test_input_within_a_receiver(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("lr/usr/local/etc/CCcam.cfg", cfg);
	assert_string_equal(
		ITEMS(&arena, "lr/usr/local"), "local lr/usr/local/etc/CCcam.cfg root=lr/usr/local\n");
	assert_string_equal(ITEMS(&arena, "lr/usr/local/etc"), "etc lr/usr/local/etc/CCcam.cfg\n");
	assert_string_equal(
		ITEMS(&arena, "lr/usr/local/etc/CCcam.cfg"), "lr lr/usr/local/etc/CCcam.cfg root=lr\n");
	arena_free(&arena);
}

/* Links at known places lead where they do on the receiver, or else below the input. */
static void test_links_of_a_root(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/a/etc/x", "");
	write_text("in/a/opt/home", cfg);
	assert_int_equal(symlink("/opt/home", "in/a/etc/CCcam.cfg"), 0);
	write_text("in/b/etc/x", "");
	assert_int_equal(symlink("../../a/opt/home", "in/b/etc/CCcam.cfg"), 0);
	write_text("in/c/etc/SoftCam.Key", "");
	assert_int_equal(symlink("SoftCam.Key", "in/c/etc/CCcam.cfg"), 0);
	write_text("in/d/data/CCcam.cfg", cfg);
	assert_int_equal(symlink("/data", "in/d/etc"), 0);
	write_text("in/e/k.bin", "");
	assert_int_equal(symlink("k.bin", "in/e/CCcam.cfg"), 0);
	assert_string_equal(ITEMS(&arena, "in"),
		"a in/a/opt/home root=in/a\n"
		"b in/b/etc/CCcam.cfg root=in/b\n"
		"c in/c/etc/CCcam.cfg !it leads to a key file, and those are never opened\n"
		"d in/d/data/CCcam.cfg root=in/d\n"
		"e in/e/CCcam.cfg !it leads to a key file, and those are never opened\n");
	arena_free(&arena);
}

static void test_links(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("outside/CCcam.cfg", cfg);
	write_text("outside/x.tar", "");
	write_text("in/common/CCcam.cfg", cfg);
	write_text("in/a/x", "");
	write_text("in/b/x", "");
	write_text("in/c/etc/x", "");
	write_text("in/c/var/etc/CCcam.cfg", cfg);
	write_text("in/d/x", "");
	assert_int_equal(symlink("../common/CCcam.cfg", "in/a/CCcam.cfg"), 0);
	assert_int_equal(symlink("../../outside/CCcam.cfg", "in/b/CCcam.cfg"), 0);
	assert_int_equal(symlink("/var/etc/CCcam.cfg", "in/c/etc/CCcam.cfg"), 0);
	assert_int_equal(symlink("/nowhere/CCcam.cfg", "in/d/CCcam.cfg"), 0);
	assert_int_equal(symlink("..", "in/loop"), 0);
	write_text("in/e/etc/x", ""); /* shares that of c, and is a receiver with a root of its own */
	assert_int_equal(symlink("../../c/var/etc/CCcam.cfg", "in/e/etc/CCcam.cfg"), 0);
	assert_int_equal(symlink("../outside", "in/out"), 0);
	assert_int_equal(symlink("../outside/x.tar", "in/x.tar"), 0);
	assert_string_equal(ITEMS(&arena, "in"),
		"a in/a/CCcam.cfg\n"
		"b in/b/CCcam.cfg !it is a link that leads out of the input\n"
		"c in/c/var/etc/CCcam.cfg root=in/c\n"
		"common in/common/CCcam.cfg\n"
		"d in/d/CCcam.cfg !it is a link to a file that is not there\n"
		"e in/e/etc/CCcam.cfg root=in/e\n"
		"x in/x.tar !it is a link that leads out of the input\n");
	/* an input may be a link, for the user named it */
	assert_int_equal(symlink("outside", "in2"), 0);
	assert_string_equal(ITEMS(&arena, "in2/"), "in2 in2/CCcam.cfg\nx in2/x.tar archive\n");
	arena_free(&arena);
}

static void test_failures(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("empty/readme.txt", cfg);
	write_text("odd/CCcam.cfg/x", "");
	assert_int_equal(mkfifo("odd/pipe.cfg", 0600), 0);
	assert_int_equal(mkfifo("odd/sub.tar", 0600), 0);
	assert_string_equal(ITEMS(&arena, "empty", "gone/x.cfg", "odd/pipe.cfg", "odd", ""),
		"empty empty !there is no CCcam.cfg in it, and no backup archive\n"
		"x gone/x.cfg !No such file or directory\n"
		"pipe odd/pipe.cfg !it is neither a file nor a folder\n"
		"odd/sub odd/sub.tar !it is no regular file\n"
		"receiver  !No such file or directory\n");
	assert_int_equal(mkfifo("odd/CCcam.cfg/CCcam.cfg", 0600), 0);
	assert_string_equal(ITEMS(&arena, "odd"), "CCcam.cfg odd/CCcam.cfg/CCcam.cfg !it is no regular file\n"
						  "sub odd/sub.tar !it is no regular file\n");
	if (geteuid() != 0) {
		write_text("shut/in/CCcam.cfg", cfg);
		assert_int_equal(chmod("shut/in", 0), 0);
		assert_string_equal(ITEMS(&arena, "shut"), "in shut/in !Permission denied\n");
	}
	arena_free(&arena);
}

static void test_single_files(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("one/lr.cfg", cfg);
	write_text("two/lr.cfg", cfg);
	write_text("four/etc/CCcam.cfg", cfg);
	write_text("four/var/etc/CCcam.cfg", cfg);
	write_text("three/att.ic.tar.gz", "");
	assert_string_equal(
		ITEMS(&arena, "one/lr.cfg", "two/./lr.cfg", "four/etc/CCcam.cfg", "three/att.ic.tar.gz"),
		"one/lr one/lr.cfg\n"
		"two/lr two/./lr.cfg\n"
		"four four/etc/CCcam.cfg root=four\n"
		"att.ic three/att.ic.tar.gz archive\n");
	assert_string_equal(ITEMS(&arena, "one/lr.cfg"), "lr one/lr.cfg\n");
	/* of one root, as a folder would give them only if they differ */
	assert_string_equal(ITEMS(&arena, "four/etc/CCcam.cfg", "four/var/etc/CCcam.cfg"),
		"four-36046f56 four/etc/CCcam.cfg root=four\n"
		"four-a30204a4 four/var/etc/CCcam.cfg root=four\n");
	arena_free(&arena);
}

static void test_archives_and_folders(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/lr/CCcam.cfg", cfg);
	write_text("in/lr.tar.gz", "");
	write_text("in/site/x.ZIP", "");
	write_text("in/site/.zip", "");
	write_text("in/site/y.gz", "");
	write_text("in/z.txz", "");
	write_text("other/lr/etc/CCcam.cfg", cfg);
	assert_string_equal(ITEMS(&arena, "in", "other"), "in/lr in/lr/CCcam.cfg\n"
							  "in/lr.tar.gz in/lr.tar.gz archive\n"
							  "in/site/x in/site/x.ZIP archive\n"
							  "in/z in/z.txz archive\n"
							  "other/lr other/lr/etc/CCcam.cfg root=other/lr\n");
	assert_string_equal(ITEMS(&arena, "in/lr.tar.gz", "in/lr"), "lr.tar.gz in/lr.tar.gz archive\n"
								    "lr in/lr/CCcam.cfg\n");
	arena_free(&arena);
}

/* Two CCcam.cfg of one folder, of which one is its root's. */
static void test_root_and_beside(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/lr/etc/CCcam.cfg", cfg);
	write_text("in/lr/CCcam.cfg", cfg);
	write_text("in/at/CCcam.cfg", cfg);
	assert_string_equal(ITEMS(&arena, "in"), "at in/at/CCcam.cfg\n"
						 "lr in/lr/etc/CCcam.cfg root=in/lr\n"
						 "lr-5444c9a1 in/lr/CCcam.cfg\n");
	arena_free(&arena);
}

/* Every receiver is in one part, and stays in it whoever comes or goes. */
static void test_shards(void **state)
{
	struct arena arena;
	const char *parts[3], *all, *few[3];
	static const char *const inputs[] = {"in", NULL};

	arena_init(&arena);
	for (int i = 0; i < 60; i++)
		write_text(arena_format(&arena, "in/r%d/CCcam.cfg", i).at, cfg);
	all = ITEMS(&arena, "in");
	for (unsigned i = 0; i < 3; i++) {
		parts[i] = items_of_shard(&arena, i + 1, 3, inputs);
		assert_true(strlen(parts[i]) > 10 * 10);
	}
	assert_int_equal(strlen(parts[0]) + strlen(parts[1]) + strlen(parts[2]), strlen(all));
	for (int i = 0; i < 60; i += 2)
		assert_int_equal(unlink(arena_format(&arena, "in/r%d/CCcam.cfg", i).at), 0);
	for (unsigned i = 0; i < 3; i++) {
		few[i] = items_of_shard(&arena, i + 1, 3, inputs);
		for (int number = 1; number < 60; number += 2) {
			const char *path = arena_format(&arena, "in/r%d/CCcam.cfg\n", number).at;
			assert_int_equal(!strstr(parts[i], path), !strstr(few[i], path));
		}
	}
	arena_free(&arena);
}

/* What a manifest names: it has its name first, and comes where it was added. */
static void test_named(void **state)
{
	struct arena arena;
	struct buffer why = {0};
	struct fleet *fleet = fleet_new(1, 1);
	struct fleet_item item;
	uint32_t next = 0;
	int tag;

	arena_init(&arena);
	write_text("in/lr/CCcam.cfg", cfg);
	write_text("in/attic/var/etc/CCcam.cfg", cfg);
	fleet_add(fleet, "in/lr");
	assert_true(fleet_add_named(fleet, "in/attic", "lr", &tag, &why));
	assert_true(fleet_add_named(fleet, "in/lr/CCcam.cfg", "Site/Two", NULL, &why));
	assert_true(fleet_add_named(fleet, "in/none", "none", NULL, &why));
	make_folders_of("hollow/");
	assert_true(fleet_add_named(fleet, "hollow", "in", NULL, &why));
	assert_int_equal(why.len, 0);
	assert_false(fleet_add_named(fleet, "x", "LR", NULL, &why));
	assert_false(fleet_add_named(fleet, "x", "site", NULL, &why));
	assert_false(fleet_add_named(fleet, "x", "site/two/x", NULL, &why));
	static const char *const bad[] = {"", "..", "a/../b", "/a", "a/", "a//b", ".a", "a b", "a/.b",
		"\xc3\xa4", "0123456789012345678901234567890123456789012345678901234567890"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(fleet_add_named(fleet, "x", bad[i], NULL, &why));

	assert_true(next_item(fleet, &next, &item));
	assert_string_equal(item.name, "lr-fc1fcc02");
	assert_true(next_item(fleet, &next, &item));
	assert_string_equal(item.name, "lr");
	assert_string_equal(item.path, "in/attic/var/etc/CCcam.cfg");
	assert_string_equal(item.root, "in/attic");
	assert_ptr_equal(item.tag, &tag);
	assert_true(next_item(fleet, &next, &item));
	assert_string_equal(item.name, "Site/Two");
	assert_null(item.root);
	assert_true(next_item(fleet, &next, &item));
	assert_string_equal(item.failed, "No such file or directory");
	assert_true(next_item(fleet, &next, &item));
	assert_non_null(strstr(item.failed, "no CCcam.cfg"));
	assert_false(next_item(fleet, &next, &item));
	buffer_free(&why);
	fleet_free(fleet);
	arena_free(&arena);
}

/* A folder that is no receiver itself gives what is in it, by names below the one that it was given. */
static void test_named_folder(void **state)
{
	static const char *const names[] = {
		"all/lr", "all/lr_old-e798a1f7", "all/site/attic", "lr", "one", "hollow"};
	struct arena arena;
	struct buffer why = {0};
	struct fleet *fleet = fleet_new(1, 1);
	struct fleet_item item;
	uint32_t next = 0;
	int tag;

	arena_init(&arena);
	write_text("in/lr/CCcam.cfg", cfg);
	write_text("in/lr/old/CCcam.cfg", cfg);
	write_text("in/site/attic/var/etc/CCcam.cfg", cfg);
	make_folders_of("hollow/");
	assert_true(fleet_add_named(fleet, "in", "all", &tag, &why));
	assert_true(fleet_add_named(fleet, "in/lr", "lr", NULL, &why));
	assert_true(fleet_add_named(fleet, "in/site", "one", NULL, &why));
	assert_true(fleet_add_named(fleet, "hollow", "hollow", NULL, &why));
	for (uint64_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_true(next_item(fleet, &next, &item));
		assert_string_equal(item.name, names[i]);
		assert_ptr_equal(item.tag, i < 3 ? &tag : NULL);
		assert_int_equal(item.failed != NULL, i == 5);
	}
	assert_string_equal(item.failed, "there is no CCcam.cfg in it, and no backup archive");
	assert_false(next_item(fleet, &next, &item));
	buffer_free(&why);
	fleet_free(fleet);
	arena_free(&arena);
}

/* A plain file is read by fleet_open; its folder says where side files are. */
static void test_open(void **state)
{
	struct arena arena;
	struct fleet *fleet = fleet_new(1, 1);
	struct fleet_limits limits = fleet_limits_default();
	struct fleet_item item;
	uint32_t next = 0;
	struct receivers receivers;
	struct choices choices = choices_default();

	arena_init(&arena);
	write_text("in/a/etc/CCcam.cfg", cfg);
	write_text("in/b/CCcam.cfg", "\xef\xbb\xbf# b\n");
	write_text("in/c/etc/CCcam.cfg", cfg);
	write_text("in/c/dev/null", "");
	fleet_add(fleet, "in");
	assert_true(next_item(fleet, &next, &item));
	fleet_open(&item, &limits, &arena, &receivers);
	assert_int_equal(receivers.count, 1);
	assert_string_equal(receivers.at->name, "a");
	assert_string_equal(receivers.at->origin, "in/a/etc/CCcam.cfg");
	assert_string_equal(receivers.at->source.path, "in/a/etc/CCcam.cfg");
	assert_true(slice_equal(receivers.at->source.text, slice_of(cfg)));
	receiver_choose(receivers.at, &choices);
	assert_string_equal(choices.root, "in/a");
	assert_true(choices.no_devices);
	assert_null(choices.sides);
	fleet_close(&receivers);
	assert_true(next_item(fleet, &next, &item));
	fleet_open(&item, &limits, &arena, &receivers);
	receiver_choose(receivers.at, &choices);
	assert_null(choices.root);
	assert_string_equal(choices.folder, "in/b");
	assert_true(slice_equal(receivers.at->source.text, SLICE("# b\n")));
	fleet_close(&receivers);
	assert_true(next_item(fleet, &next, &item));
	assert_int_equal(unlink("in/c/etc/CCcam.cfg"), 0);
	fleet_open(&item, &limits, &arena, &receivers);
	assert_string_equal(receivers.at->failed, "No such file or directory");
	fleet_close(&receivers);
	write_text("in/c/etc/CCcam.cfg", cfg);
	fleet_open(&item, &limits, &arena, &receivers);
	receiver_choose(receivers.at, &choices);
	assert_false(choices.no_devices);
	fleet_close(&receivers);
	fleet_free(fleet);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_folders, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_top, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_nested, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_called_alike, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_places, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_input_within_a_receiver, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_links_of_a_root, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_links, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_failures, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_single_files, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_archives_and_folders, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_root_and_beside, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_shards, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_named, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_named_folder, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_open, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
