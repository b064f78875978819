/* Names of outputs: whatever the paths are, each is a harmless folder of its own. */
#include "fleet_help.h"

#include "fleet/names.h"
#include "cc2oscam/places.h"

static const char *made_of(struct names *names, struct arena *arena, const char *path, bool file)
{
	struct wish wish = {.path = slice_of(path), .file = file, .otherwise = SLICE("receiver")};

	return name_make(names, arena, &wish).at;
}

TEST(test_words)
{
	static const struct {
		const char *path;
		bool file;
		const char *name;
	} rows[] = {
		{"lr", false, "lr"},
		{"site/LR", false, "site/LR"},
		{"Lr", false, "Lr-b5af3b7b"},
		{"lr.tar.gz", true, "lr.tar.gz"},
		{"lr.zip", true, "lr.zip"},
		{"LR.ZIP", true, "LR-89d70ae6"},
		{"living room.tar.gz", true, "living_room"},
		{"W\xc3\xb6hrle", false, "W__hrle"},
		{"..hidden", false, "_.hidden"},
		{"-rf", false, "_rf"},
		{"x/./y//../z", false, "x/y/z"},
		{"", false, "receiver"},
		{"/", false, "receiver-860189fe"},
		{"site", false, "site-e606742e"}, /* site/LR lies in it */
		{"site/LR/below", false, "site_LR_below-fdf6a58b"},
		{"a.b.cfg", true, "a.b"},
		{".cfg", true, "_cfg"},
	};
	struct names names = {.slots = NULL};
	struct arena arena FREED_BY(arena_free) = {0};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(made_of(&names, &arena, rows[i].path, rows[i].file), rows[i].name);
	names_free(&names);
}

/* What the neighbours leave to a name. */
TEST(test_forms)
{
	struct wish wish = {.path = SLICE("site/lr.zip"),
		.place = SLICE("north/site/lr.zip"),
		.form = NAME_ENDING,
		.file = true};
	struct names names = {.slots = NULL};
	struct arena arena FREED_BY(arena_free) = {0};

	assert_string_equal(name_make(&names, &arena, &wish).at, "site/lr.zip");
	assert_string_equal(name_make(&names, &arena, &wish).at, "site/lr-ac3088bc");
	wish.form = NAME_APART;
	assert_string_equal(name_make(&names, &arena, &wish).at, "site_lr-ac3088bc");
	/* the same place twice is no endless search */
	assert_int_equal(strlen(name_make(&names, &arena, &wish).at), strlen("site_lr-01234567"));
	wish.form = NAME_PLAIN;
	assert_string_equal(name_make(&names, &arena, &wish).at, "site/lr");
	/* which shard it is in does not depend on who is there */
	wish.form = NAME_HASH;
	assert_string_equal(name_wish(&arena, &wish).at, "site/lr");
	names_free(&names);
}

TEST(test_long)
{
	struct names names = {.slots = NULL};
	struct arena arena FREED_BY(arena_free) = {0};
	char path[500];

	memset(path, 'a', sizeof path);
	path[sizeof path - 1] = '\0';
	path[90] = '/';
	const char *one = made_of(&names, &arena, path, false);
	assert_int_equal(strlen(one), 99); /* a / at the cut is left out */
	path[400] = 'b';
	const char *two = made_of(&names, &arena, path, false);
	assert_int_equal(strlen(two), 99);
	assert_int_not_equal(strcmp(one, two), 0);
	path[90] = 'a';
	assert_int_equal(strlen(made_of(&names, &arena, path, true)), FLEET_NAME_MOST_GIVEN);
	for (int i = 0; i < 100; i++)
		assert_true(strlen(made_of(&names, &arena, path, false)) <= FLEET_NAME_MOST);
	names_free(&names);
}

/* Many of one name do not take long, and each has one of its own that does not depend on the others. */
TEST(test_many)
{
	enum { COUNT = 20000 };
	struct names names = {.slots = NULL};
	struct arena arena FREED_BY(arena_free) = {0};
	char path[40];

	for (int i = 0; i < COUNT; i++) {
		for (int bit = 0; bit < 15; bit++)
			path[bit] = i >> bit & 1 ? '\xc3' : '\xa4';
		path[15] = '\0';
		const char *name = made_of(&names, &arena, path, false);
		assert_int_equal(strlen(name), i > 0 ? 15 + 9 : 15);
	}
	assert_true(names.room * sizeof *names.slots <= 512 * 1024);
	names_free(&names);
}

TEST(test_places)
{
	struct slice root;

	assert_int_equal(cccam_place_of(SLICE("lr/etc/CCcam.cfg"), &root), 0);
	assert_true(slice_equal(root, SLICE("lr")));
	assert_int_equal(cccam_place_of(SLICE("etc/CCcam.cfg"), &root), 0);
	assert_int_equal(root.len, 0);
	assert_int_equal(cccam_place_of(SLICE("/etc/CCcam.cfg"), &root), 0);
	assert_true(slice_equal(root, SLICE("/")));
	assert_true(cccam_place_of(SLICE("lr/usr/local/etc/CCcam.cfg"), &root) > 0);
	assert_true(slice_equal(root, SLICE("lr")));
	assert_int_equal(cccam_place_of(SLICE("lr/xetc/CCcam.cfg"), &root), -1);
	assert_int_equal(cccam_place_of(SLICE("CCcam.cfg"), &root), -1);
	for (int i = 0; cccam_place(i); i++)
		assert_int_equal(cccam_place_of(slice_of(cccam_place(i)), &root), i);
}
