/* Which receivers are found in folders, in which order, and how they are called. */
#include "fleet_help.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

TEST(test_folders)
{
	static const struct found_row rows[] = {
		{"in/b/etc/CCcam.cfg|in/a/CCcam.cfg|in/c/deep/er/var/etc/CCcam.cfg|in/c/deep/er/var/etc/"
		 "other.cfg|"
		 "in/B2/usr/local/etc/CCcam.cfg|in/no/etc/cccam.cfg",
			"in/",
			"B2 in/B2/usr/local/etc/CCcam.cfg root=in/B2\n"
			"a in/a/CCcam.cfg\n"
			"b in/b/etc/CCcam.cfg root=in/b\n"
			"c/deep/er in/c/deep/er/var/etc/CCcam.cfg root=in/c/deep/er\n"},
		/* the input itself may be a receiver, with others in its folders */
		{"box/CCcam.cfg|box/old/CCcam.cfg", "box", "box box/CCcam.cfg\nold box/old/CCcam.cfg\n"},
		{"+", "./box/.", "box ./box/./CCcam.cfg\nold ./box/./old/CCcam.cfg\n"},
		/* what lies within a receiver's folder would be written into that receiver's output; its
		   other name takes nobody else's */
		{"in/a/etc/CCcam.cfg|in/a/b/CCcam.cfg|in/a_b/CCcam.cfg|in/x/y/CCcam.cfg", "in",
			"a in/a/etc/CCcam.cfg root=in/a\n"
			"a_b-42e35db7 in/a/b/CCcam.cfg\n"
			"a_b in/a_b/CCcam.cfg\n"
			"x/y in/x/y/CCcam.cfg\n"},
		/* what lies in a folder that is called like another one stays out of that one's folder */
		{"in/x y/b/CCcam.cfg|in/x y/z.tar=|in/x_y/CCcam.cfg", "in",
			"x_y_b-208f199f in/x y/b/CCcam.cfg\n"
			"x_y_z-02085244 in/x y/z.tar archive\n"
			"x_y in/x_y/CCcam.cfg\n"},
		/* two CCcam.cfg of one folder, of which one is its root's */
		{"in/lr/etc/CCcam.cfg|in/lr/CCcam.cfg|in/at/CCcam.cfg", "in",
			"at in/at/CCcam.cfg\n"
			"lr in/lr/etc/CCcam.cfg root=in/lr\n"
			"lr-5444c9a1 in/lr/CCcam.cfg\n"},
	};

	check_rows(state, rows, COUNT(rows));
}

TEST(test_working_folder)
{
	static const struct found_row rows[] = {
		{"+", ".", "box ./CCcam.cfg\nold ./old/CCcam.cfg\n"}, {"+", "CCcam.cfg", "box CCcam.cfg\n"}};

	grow("box/CCcam.cfg|box/old/CCcam.cfg");
	assert_int_equal(chdir("box"), 0);
	check_rows(state, rows, COUNT(rows));
}

TEST(test_places)
{
	static const struct found_row rows[] = {
		/* one that says nothing does not count beside another */
		{"in/same/etc/CCcam.cfg|in/same/var/etc/CCcam.cfg|in/link/var/etc/CCcam.cfg|"
		 "in/link/etc/CCcam.cfg>../var/etc/CCcam.cfg|in/two/etc/CCcam.cfg|in/two/var/etc/"
		 "CCcam.cfg=other|"
		 "in/two/usr/keys/CCcam.cfg=other|in/empty/etc/CCcam.cfg=|in/empty/var/etc/CCcam.cfg|"
		 "in/empty/usr/keys/CCcam.cfg=# nothing|in/nothing/etc/CCcam.cfg=|"
		 "in/nothing/var/etc/CCcam.cfg=# nothing",
			"in",
			"empty in/empty/var/etc/CCcam.cfg root=in/empty\n"
			"link in/link/var/etc/CCcam.cfg root=in/link\n"
			"nothing in/nothing/etc/CCcam.cfg root=in/nothing\n"
			"same in/same/etc/CCcam.cfg root=in/same\n"
			"two in/two/etc/CCcam.cfg root=in/two\n"
			"two.var_etc in/two/var/etc/CCcam.cfg root=in/two"
			" ?etc/CCcam.cfg of the same receiver says something else; each has a folder of its "
			"own\n"},
		/* places count below the input; what lies above it does not make one */
		{"lr/usr/local/etc/CCcam.cfg", "lr/usr/local",
			"local lr/usr/local/etc/CCcam.cfg root=lr/usr/local\n"},
		{"+", "lr/usr/local/etc", "etc lr/usr/local/etc/CCcam.cfg\n"},
		{"+", "lr/usr/local/etc/CCcam.cfg", "lr lr/usr/local/etc/CCcam.cfg root=lr\n"},
	};

	check_rows(state, rows, COUNT(rows));
}

TEST(test_links)
{
	static const struct found_row rows[] = {
		/* links at known places lead where they do on the receiver, or else below the input */
		{"in/a/opt/home|in/a/etc/CCcam.cfg>/opt/home|in/b/etc/CCcam.cfg>../../a/opt/home|"
		 "in/c/etc/SoftCam.Key=|in/c/etc/CCcam.cfg>SoftCam.Key|in/d/data/CCcam.cfg|in/d/etc>/data|"
		 "in/e/k.bin=|in/e/CCcam.cfg>k.bin",
			"in",
			"a in/a/opt/home root=in/a\n"
			"b in/b/etc/CCcam.cfg root=in/b\n"
			"c in/c/etc/CCcam.cfg !it leads to a key file, and those are never opened\n"
			"d in/d/data/CCcam.cfg root=in/d\n"
			"e in/e/CCcam.cfg !it leads to a key file, and those are never opened\n"},
		/* e shares that of c, and is a receiver with a root of its own */
		{"outside/CCcam.cfg|outside/x.tar=|in/common/CCcam.cfg|in/a/CCcam.cfg>../common/CCcam.cfg|"
		 "in/b/CCcam.cfg>../../outside/CCcam.cfg|in/c/var/etc/CCcam.cfg|"
		 "in/c/etc/CCcam.cfg>/var/etc/CCcam.cfg|in/d/CCcam.cfg>/nowhere/CCcam.cfg|in/loop>..|"
		 "in/e/etc/CCcam.cfg>../../c/var/etc/CCcam.cfg|in/out>../outside|in/x.tar>../outside/x.tar",
			"in",
			"a in/a/CCcam.cfg\n"
			"b in/b/CCcam.cfg !it is a link that leads out of the input\n"
			"c in/c/var/etc/CCcam.cfg root=in/c\n"
			"common in/common/CCcam.cfg\n"
			"d in/d/CCcam.cfg !it is a link to a file that is not there\n"
			"e in/e/etc/CCcam.cfg root=in/e\n"
			"x in/x.tar !it is a link that leads out of the input\n"},
		/* an input may be a link, for the user named it */
		{"+in2>outside", "in2/", "in2 in2/CCcam.cfg\nx in2/x.tar archive\n"},
	};

	check_rows(state, rows, COUNT(rows));
}

TEST(test_failures)
{
	static const struct found_row rows[] = {
		{"empty/readme.txt|odd/CCcam.cfg/x=|odd/pipe.cfg!|odd/sub.tar!",
			"empty|gone/x.cfg|odd/pipe.cfg|odd|",
			"empty empty !there is no CCcam.cfg in it, and no backup archive\n"
			"x gone/x.cfg !No such file or directory\n"
			"pipe odd/pipe.cfg !it is neither a file nor a folder\n"
			"odd/sub odd/sub.tar !it is no regular file\n"
			"receiver  !No such file or directory\n"},
		{"+odd/CCcam.cfg/CCcam.cfg!", "odd",
			"CCcam.cfg odd/CCcam.cfg/CCcam.cfg !it is no regular file\n"
			"sub odd/sub.tar !it is no regular file\n"},
	};
	static const struct found_row shut[] = {{"+", "shut", "in shut/in !Permission denied\n"}};

	check_rows(state, rows, COUNT(rows));
	grow("shut/in/CCcam.cfg");
	assert_int_equal(chmod("shut/in", 0), 0);
	if (geteuid() != 0)
		check_rows(state, shut, COUNT(shut));
}

TEST(test_files)
{
	static const struct found_row rows[] = {
		{"one/lr.cfg|two/lr.cfg|four/etc/CCcam.cfg|four/var/etc/CCcam.cfg|three/att.ic.tar.gz=",
			"one/lr.cfg|two/./lr.cfg|four/etc/CCcam.cfg|three/att.ic.tar.gz",
			"one/lr one/lr.cfg\n"
			"two/lr two/./lr.cfg\n"
			"four four/etc/CCcam.cfg root=four\n"
			"att.ic three/att.ic.tar.gz archive\n"},
		{"+", "one/lr.cfg", "lr one/lr.cfg\n"},
		/* of one root, as a folder would give them only if they differ */
		{"+", "four/etc/CCcam.cfg|four/var/etc/CCcam.cfg",
			"four-36046f56 four/etc/CCcam.cfg root=four\n"
			"four-a30204a4 four/var/etc/CCcam.cfg root=four\n"},
		{"in/lr/CCcam.cfg|in/lr.tar.gz=|in/site/x.ZIP=|in/site/.zip=|in/site/y.gz=|in/z.txz=|"
		 "other/lr/etc/CCcam.cfg",
			"in|other",
			"in/lr in/lr/CCcam.cfg\n"
			"in/lr.tar.gz in/lr.tar.gz archive\n"
			"in/site/x in/site/x.ZIP archive\n"
			"in/z in/z.txz archive\n"
			"other/lr other/lr/etc/CCcam.cfg root=other/lr\n"},
		{"+", "in/lr.tar.gz|in/lr", "lr.tar.gz in/lr.tar.gz archive\nlr in/lr/CCcam.cfg\n"},
	};

	check_rows(state, rows, COUNT(rows));
}

/* Every receiver is in one part, and stays in it whoever comes or goes. */
TEST(test_shards)
{
	struct arena arena FREED_BY(arena_free) = {0};
	const char *parts[3];

	for (int i = 0; i < 60; i++)
		grow(arena_format(&arena, "in/r%d/CCcam.cfg", i).at);
	size_t len = 0;
	for (unsigned i = 0; i < 3; i++) {
		parts[i] = items_of_shard(&arena, i + 1, 3, "in");
		assert_true(strlen(parts[i]) > 10 * 10);
		len += strlen(parts[i]);
	}
	assert_int_equal(len, strlen(items_of_shard(&arena, 1, 1, "in")));
	for (int i = 0; i < 60; i += 2)
		assert_int_equal(unlink(arena_format(&arena, "in/r%d/CCcam.cfg", i).at), 0);
	for (unsigned i = 0; i < 3; i++) {
		const char *few = items_of_shard(&arena, i + 1, 3, "in");
		for (int number = 1; number < 60; number += 2) {
			const char *path = arena_format(&arena, "in/r%d/CCcam.cfg\n", number).at;
			assert_int_equal(!strstr(parts[i], path), !strstr(few, path));
		}
	}
}

/* What a manifest names: it has its name first, and comes where it was added. A folder that is no receiver
 * itself gives what is in it, by names below the one that it was given. */
TEST(test_named)
{
	static const char *const named[][2] = {{"in/attic", "lr"}, {"in/lr/CCcam.cfg", "Site/Two"},
		{"in/none", "none"}, {"hollow", "in"}, {"in", "all"}, {"in/site", "one"}};
	static const char *const bad[] = {"LR", "site", "site/two/x", "", "..", "a/../b", "/a", "a/", "a//b",
		".a", "a b", "a/.b", "\xc3\xa4",
		"0123456789012345678901234567890123456789012345678901234567890"};
	struct fleet *fleet = fleet_new(1, 1);
	struct buffer why FREED_BY(buffer_free) = {0};
	struct arena arena FREED_BY(arena_free) = {0};

	grow("in/lr/CCcam.cfg|in/lr/old/CCcam.cfg|in/attic/var/etc/CCcam.cfg|in/site/b/var/etc/"
	     "CCcam.cfg|hollow/");
	fleet_add(fleet, "in/lr");
	for (size_t i = 0; i < COUNT(named); i++)
		assert_true(fleet_add_named(fleet, named[i][0], named[i][1], named[i], &why));
	assert_int_equal(why.len, 0);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(fleet_add_named(fleet, "x", bad[i], NULL, &why));
	const struct list *items = fleet_items(fleet);
	assert_null(((const struct fleet_item *)list_at(items, 0))->tag);
	assert_ptr_equal(((const struct fleet_item *)list_at(items, 2))->tag, named[0]);
	assert_ptr_equal(((const struct fleet_item *)list_at(items, 8))->tag, named[4]);
	assert_string_equal(items_of(fleet, &arena),
		"lr-fc1fcc02 in/lr/CCcam.cfg\n"
		"old in/lr/old/CCcam.cfg\n"
		"lr in/attic/var/etc/CCcam.cfg root=in/attic\n"
		"Site/Two in/lr/CCcam.cfg\n"
		"none in/none !No such file or directory\n"
		"in hollow !there is no CCcam.cfg in it, and no backup archive\n"
		"all/attic in/attic/var/etc/CCcam.cfg root=in/attic\n"
		"all/lr in/lr/CCcam.cfg\n"
		"all/lr_old-e798a1f7 in/lr/old/CCcam.cfg\n"
		"all/site/b in/site/b/var/etc/CCcam.cfg root=in/site/b\n"
		"one in/site/b/var/etc/CCcam.cfg root=in/site/b\n");
}

static void open_item(const struct list *items, uint32_t number, struct arena *arena,
	struct receivers *receivers, struct choices *choices)
{
	struct fleet_limits limits = fleet_limits_default();

	fleet_open(list_at(items, number), &limits, arena, receivers);
	assert_int_equal(receivers->count, 1);
	receiver_choose(receivers->at, choices);
}

/* A plain file is read by fleet_open; its folder says where side files are. */
TEST(test_open)
{
	struct fleet *fleet = fleet_new(1, 1);
	struct choices choices = choices_default();
	struct receivers receivers;
	struct arena arena FREED_BY(arena_free) = {0};

	grow("in/a/etc/CCcam.cfg|in/b/CCcam.cfg=\xef\xbb\xbf# b\n|in/c/etc/CCcam.cfg|in/c/dev/null=");
	fleet_add(fleet, "in");
	const struct list *items = fleet_items(fleet);
	open_item(items, 0, &arena, &receivers, &choices);
	assert_string_equal(receivers.at->name, "a");
	assert_string_equal(receivers.at->origin, "in/a/etc/CCcam.cfg");
	assert_string_equal(receivers.at->source.path, "in/a/etc/CCcam.cfg");
	assert_true(slice_equal(receivers.at->source.text, slice_of(fleet_cfg)));
	assert_string_equal(choices.root, "in/a");
	assert_true(choices.no_devices && !choices.sides);
	fleet_close(&receivers);
	open_item(items, 1, &arena, &receivers, &choices);
	assert_null(choices.root);
	assert_string_equal(choices.folder, "in/b");
	assert_true(slice_equal(receivers.at->source.text, SLICE("# b\n")));
	fleet_close(&receivers);
	open_item(items, 2, &arena, &receivers, &choices);
	assert_false(choices.no_devices);
	fleet_close(&receivers);
	assert_int_equal(unlink("in/c/etc/CCcam.cfg"), 0);
	open_item(items, 2, &arena, &receivers, &choices);
	assert_string_equal(receivers.at->failed, "No such file or directory");
	fleet_close(&receivers);
	fleet_free(fleet);
}

AROUND_EACH(make_folder, remove_folder)
