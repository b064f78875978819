/* Names in the copy of a system: where links and dots lead, and that nothing leads out. */
#include "folder_help.h"

#include <errno.h>

#include "cc2oscam/root_file.h"

struct way {
	const char *asked, *name;
	int why;
	bool link;
};

static void check(struct test_folder *folder, const char *root, const struct way *ways, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct way *way = &ways[i];
		struct root_file found;
		int why = root_file_find(&found, root, slice_of(way->asked), &folder->arena) ? 0 : errno;
		if (why != way->why || strcmp(found.name.at, way->name) != 0 || found.link != way->link)
			fail_msg("%s: %s, %s, %d", way->asked, found.name.at, strerror(why), found.link);
		assert_int_equal(strlen(found.name.at), found.name.len);
		assert_int_equal(strlen(found.path.at), found.path.len);
	}
}

#define CHECK(folder, root, ways) check(folder, root, ways, sizeof(ways) / sizeof *(ways))

TEST(test_names)
{
	static const struct way ways[] = {
		{"/etc/a", "/etc/a", 0, false},
		{"etc/a", "/etc/a", 0, false},
		{"//etc/.//a", "/etc/a", 0, false},
		{"/etc/../etc/a", "/etc/a", 0, false},
		{"/../../etc/a", "/etc/a", 0, false},
		{"/etc/none", "/etc/none", ENOENT, false},
		{"/none/deep/er", "/none/deep/er", ENOENT, false},
		{"/etc/a/b", "/etc/a/b", ENOTDIR, false},
	};
	struct test_folder folder;

	folder_make(&folder);
	folder_file(&folder, "/etc/a", "x");
	CHECK(&folder, folder.root, ways);
	CHECK(&folder, arena_format(&folder.arena, "%s//", folder.root).at, ways);
	folder_remove(&folder);
}

TEST(test_links)
{
	static const struct way ways[] = {
		{"/absolute", "/etc/a", 0, true},
		{"/etc/relative", "/etc/a", 0, true},
		{"/etc/up", "/etc/a", 0, true},
		{"/chain", "/etc/a", 0, true},
		{"/folder/a", "/etc/a", 0, false},
		{"/folder", "/etc", 0, true},
		{"/folder/", "/etc", 0, true},
		{"/folder/none", "/etc/none", ENOENT, false},
		{"/folder/../etc/a", "/etc/a", 0, false},
		{"/dead", "/etc/none", ENOENT, true},
		{"/dead/further", "/etc/none/further", ENOENT, false},
	};
	struct test_folder folder;

	folder_make(&folder);
	folder_file(&folder, "/etc/a", "x");
	folder_link(&folder, "/absolute", "/etc/a");
	folder_link(&folder, "/etc/relative", "a");
	folder_link(&folder, "/etc/up", "../../../../etc/a");
	folder_link(&folder, "/chain", "absolute");
	folder_link(&folder, "/folder", "/etc");
	folder_link(&folder, "/dead", "/etc/none");
	CHECK(&folder, folder.root, ways);
	folder_remove(&folder);
}

/* Beside the box is a file that no name may reach. */
TEST(test_out)
{
	struct test_folder folder;
	struct root_file found;

	folder_make(&folder);
	folder_file(&folder, "/../secret", "x");
	folder_link(&folder, "/up", "../secret");
	folder_link(&folder, "/away", arena_format(&folder.arena, "%s/secret", folder.top).at);
	folder_link(&folder, "/out", "..");
	static const char *const names[] = {"/up", "/away", "/../secret", "/out/secret", "/out/../secret"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_false(root_file_find(&found, folder.root, slice_of(names[i]), &folder.arena));
		assert_int_equal(errno, ENOENT);
	}
	assert_true(root_file_find(&found, folder.root, SLICE("/out"), &folder.arena));
	assert_string_equal(found.path.at, folder.root);
	folder_remove(&folder);
}

TEST(test_round_about)
{
	struct test_folder folder;
	struct root_file found;

	folder_make(&folder);
	folder_link(&folder, "/a", "b");
	folder_link(&folder, "/b", "a");
	folder_link(&folder, "/self", "self/x");
	assert_false(root_file_find(&found, folder.root, SLICE("/a"), &folder.arena));
	assert_int_equal(errno, ELOOP);
	assert_false(root_file_find(&found, folder.root, SLICE("/self"), &folder.arena));
	assert_int_equal(errno, ELOOP);
	folder_remove(&folder);
}

TEST(test_zero_byte)
{
	struct test_folder folder;
	struct root_file found;

	folder_make(&folder);
	folder_file(&folder, "/a", "x");
	assert_false(root_file_find(&found, folder.root, SLICE("/a\0b"), &folder.arena));
	assert_int_equal(errno, ENOENT);
	folder_remove(&folder);
}

/* The folder itself may be a link, the top of the machine, or not there. */
TEST(test_root)
{
	struct test_folder folder;
	struct root_file found;

	folder_make(&folder);
	folder_file(&folder, "/a", "x");
	folder_link(&folder, "/../other", "box");
	const char *other = arena_format(&folder.arena, "%s/other", folder.top).at;
	assert_true(root_file_find(&found, other, SLICE(""), &folder.arena));
	assert_true(S_ISDIR(found.status.st_mode));
	assert_true(root_file_find(&found, other, SLICE("a"), &folder.arena));
	assert_true(S_ISREG(found.status.st_mode));

	assert_true(root_file_find(&found, "/", SLICE("/"), &folder.arena));
	assert_true(S_ISDIR(found.status.st_mode));
	assert_true(root_file_find(&found, "/", slice_of(folder.top), &folder.arena));
	assert_false(root_file_find(&found, "", SLICE(""), &folder.arena));
	assert_int_equal(errno, ENOENT);
	assert_int_equal(root_folder("/").len, 0);
	assert_int_equal(root_folder("box//").len, 3);
	folder_remove(&folder);
}
