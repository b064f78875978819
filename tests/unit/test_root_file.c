/* Names in the copy of a system: where links and dots lead, and that nothing leads out. */
#include "fleet_help.h"

#include "cc2oscam/root_file.h"

AROUND_EACH(make_folder, remove_folder)

/* Where a name leads, and what is said then. */
struct way {
	const char *asked, *name;
	int why;
	bool link;
};

static void check_way(const char *root, const struct way *way)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct root_file found;
	int why = root_file_find(&found, root, slice_of(way->asked), &arena) ? 0 : errno;

	if (why != way->why || strcmp(found.name.at, way->name) != 0 || found.link != way->link)
		fail_msg("%s: %s, %s, %d", way->asked, found.name.at, strerror(why), found.link);
	assert_int_equal(strlen(found.name.at), found.name.len);
	assert_int_equal(strlen(found.path.at), found.path.len);
}

TEST(test_ways)
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
		/* beside the box is a file that no name may reach */
		{"/out-file", "/secret", ENOENT, true},
		{"/../secret", "/secret", ENOENT, false},
		{"/out", "", 0, true},
		{"/out/secret", "/secret", ENOENT, false},
		{"/out/../secret", "/secret", ENOENT, false},
	};

	grow("box/etc/a=x|box/absolute>/etc/a|box/etc/relative>a|box/etc/up>../../../../etc/a|"
	     "box/chain>absolute|box/folder>/etc|box/dead>/etc/none|secret=x|box/out-file>../secret|box/"
	     "out>..");
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		check_way("box", &ways[i]);
		if (*ways[i].name) /* of the folder itself the name is what stands behind it */
			check_way("box//", &ways[i]);
	}
}

static int why_not(const char *root, struct slice name)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct root_file found;

	return root_file_find(&found, root, name, &arena) ? 0 : errno;
}

/* An absolute link out, circles, a zero byte. */
TEST(test_no_ways)
{
	char away[64];

	(void)snprintf(away, sizeof away, "secret=x|box/away>%s/secret", (const char *)*state);
	grow(away);
	grow("box/a>b|box/b>a|box/self>self/x|box/file=x");
	assert_int_equal(why_not("box", SLICE("/away")), ENOENT);
	assert_int_equal(why_not("box", SLICE("/a")), ELOOP);
	assert_int_equal(why_not("box", SLICE("/self")), ELOOP);
	assert_int_equal(why_not("box", SLICE("/file\0b")), ENOENT);
}

/* The folder itself may be a link, the top of the machine, or not there. */
TEST(test_root)
{
	grow("box/a=x|other>box");
	assert_int_equal(why_not("other", SLICE("")), 0);
	assert_int_equal(why_not("other", SLICE("a")), 0);
	assert_int_equal(why_not("/", SLICE("/")), 0);
	assert_int_equal(why_not("/", slice_of(*state)), 0);
	assert_int_equal(why_not("", SLICE("")), ENOENT);
	assert_int_equal(root_folder("/").len, 0);
	assert_int_equal(root_folder("box//").len, 3);
}
