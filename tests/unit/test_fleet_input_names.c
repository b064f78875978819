/* What INPUTs are called, which of several neighbours keeps its name, and that the names of a whole fleet
 * follow from places and not from who came first. */
#include "fleet_help.h"

#include "fleet/inputs.h"

static const char cfg[] = "SERVER LISTEN PORT : 12000\n";

/* ---- labels ---- */

enum { MOST = 16 };

/* "north south", with + behind a name with its ending, # behind one with a hash. */
static const char *labels_of(struct arena *arena, const char *const *paths)
{
	struct slice all = SLICE("");
	struct list inputs;

	list_init(&inputs, arena, sizeof(struct input));
	for (; *paths; paths++)
		((struct input *)list_add(&inputs))->path = *paths;
	inputs_name(&inputs, arena);
	for (uint32_t i = 0; i < inputs.count; i++) {
		const struct input *input = list_at(&inputs, i);
		all = arena_format(arena, "%.*s%s%.*s%s", SLICE_ARG(all), i > 0 ? " " : "",
			SLICE_ARG(input->text),
			input->form == NAME_HASH     ? "#"
			: input->form == NAME_ENDING ? "+"
						     : "");
	}
	return all.at;
}

#define LABELS(arena, ...) labels_of(arena, (const char *const[]){__VA_ARGS__, NULL})

static void test_labels(void **state)
{
	struct arena arena;

	arena_init(&arena);
	assert_string_equal(LABELS(&arena, "/x/north", "/x/south"), "north south");
	/* all that clash get longer, and no more than they have to */
	assert_string_equal(LABELS(&arena, "/x/lr", "/y/lr", "/x/at"), "x/lr y/lr at");
	assert_string_equal(LABELS(&arena, "/1/a/lr", "/2/a/lr", "/2/b/lr"), "1/a/lr 2/a/lr b/lr");
	assert_string_equal(LABELS(&arena, "/x/LR", "/y/lr"), "x/LR y/lr");
	assert_string_equal(LABELS(&arena, "/x/l r", "/y/l_r"), "x/l r y/l_r");
	assert_string_equal(LABELS(&arena, "/lr", "/x/lr"), "lr x/lr");
	/* none leads into another */
	assert_string_equal(LABELS(&arena, "/r/p", "/p/x", "/q/x"), "r/p p/x q/x");
	/* archives and files are called without their endings, a CCcam.cfg by its root's folder */
	assert_string_equal(LABELS(&arena, "/x/lr.tar.gz", "/y/lr.zip"), "x/lr.tar.gz y/lr.zip");
	assert_string_equal(
		LABELS(&arena, "/x/lr/etc/CCcam.cfg", "/y/lr/CCcam.cfg", "/z/at/var/etc/CCcam.cfg"),
		"x/lr y/lr at");
	/* more of the path would not help */
	assert_string_equal(LABELS(&arena, "/x/LR", "/x/lr", "/x/at"), "LR# lr# at");
	assert_string_equal(LABELS(&arena, "/X/lr", "/x/lr"), "X/lr# x/lr#");
	assert_string_equal(LABELS(&arena, "/x/l r", "/x/l_r"), "l r# l_r");
	assert_string_equal(LABELS(&arena, "/x/lr.tar.gz", "/x/lr.zip"), "lr.tar.gz+ lr.zip+");
	assert_string_equal(LABELS(&arena, "/x/lr/etc/CCcam.cfg", "/x/lr/var/etc/CCcam.cfg"), "lr# lr#");
	assert_string_equal(LABELS(&arena, "/", "/x"), " x");
	arena_free(&arena);
}

/* Links keep the names that the user gave them; ".." is where it leads to. */
static void test_labels_normalised(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("home/p/lr/x", "");
	write_text("home/q/lr/x", "");
	write_text("home/q/lr.tar/x", "");
	assert_int_equal(symlink("q/lr", "home/link"), 0);
	assert_int_equal(chdir("home/p"), 0);
	assert_string_equal(LABELS(&arena, "lr/", "../q/./lr//"), "p/lr q/lr");
	assert_string_equal(LABELS(&arena, ".", "../q"), "p q");
	assert_string_equal(LABELS(&arena, "../link/", "lr"), "link lr");
	assert_string_equal(LABELS(&arena, "../link/..", "lr"), "q lr");
	/* a folder has no ending */
	assert_string_equal(LABELS(&arena, "../q/lr.tar", "lr"), "lr.tar lr");
	assert_int_equal(chdir("../.."), 0);
	arena_free(&arena);
}

/* ---- neighbours ---- */

static const char *settled(struct arena *arena, const char *const *names)
{
	enum name_form forms[MOST];
	struct neighbours neighbours;
	struct slice all = SLICE("");
	uint32_t count = 0;

	neighbours_start(&neighbours, arena, MOST);
	for (; names[count]; count++)
		neighbours_add(
			&neighbours, slice_of(names[count]), fleet_is_archive(names[count]), &forms[count]);
	neighbours_tell_apart(&neighbours);
	for (uint32_t i = 0; i < count; i++)
		all = arena_format(arena, "%.*s%c", SLICE_ARG(all), "-+#"[forms[i]]);
	return all.at;
}

#define SETTLED(arena, ...) settled(arena, (const char *const[]){__VA_ARGS__, NULL})

static void test_neighbours(void **state)
{
	struct arena arena;

	arena_init(&arena);
	assert_string_equal(SETTLED(&arena, "lr", "at", "lr2"), "---");
	assert_string_equal(SETTLED(&arena, "LR", "at", "lr"), "#-#");
	assert_string_equal(SETTLED(&arena, "l r", "l_r"), "#-");
	assert_string_equal(SETTLED(&arena, "l r", "l\xc3r"), "##");
	assert_string_equal(SETTLED(&arena, "lr", "lr.tar.gz", "lr.zip"), "-++");
	assert_string_equal(SETTLED(&arena, "lr.tar.gz", "lr.zip"), "++");
	assert_string_equal(SETTLED(&arena, "l r.zip", "l_r.zip"), "#-");
	assert_string_equal(SETTLED(&arena, "LR.zip", "lr.zip"), "##");
	/* what has its ending must not have another one's plain name */
	assert_string_equal(SETTLED(&arena, "lr.zip", "lr.tar", "lr.zip.tar"), "#+-");
	arena_free(&arena);
}

/* ---- what is wrong with a list ---- */

static void check(const char *out, const char *const *inputs, const char *wrong)
{
	struct fleet *fleet = fleet_new(1, 1);
	struct buffer why = {0};

	for (; *inputs; inputs++)
		fleet_add(fleet, *inputs);
	if (out)
		fleet_leave_out(fleet, out);
	bool fine = fleet_check(fleet, &why);
	buffer_add(&why, "", 1);
	assert_string_equal(why.at, wrong ? wrong : "");
	assert_int_equal(fine, !wrong);
	buffer_free(&why);
	fleet_free(fleet);
}

#define CHECK(out, wrong, ...) check(out, (const char *const[]){__VA_ARGS__, NULL}, wrong)

static void test_checks(void **state)
{
	write_text("n/a/etc/CCcam.cfg", cfg);
	write_text("n-b/x", cfg);
	write_text("s/a/etc/CCcam.cfg", cfg);
	assert_int_equal(symlink("n", "l"), 0);
	assert_int_equal(symlink("../n/a", "s/far"), 0);
	assert_int_equal(link("n-b/x", "s/y.cfg"), 0);
	CHECK(NULL, NULL, "n", "n-b", "s", "gone", "none/x");
	CHECK(NULL, "the INPUT n is named twice: name it once", "n", "s", "n");
	CHECK(NULL, "the INPUT gone is named twice: name it once", "gone", "gone");
	CHECK(NULL, "the INPUTs n and l are the same: leave one of them out", "n", "s", "l");
	CHECK(NULL, "the INPUTs n-b/x and s/y.cfg are the same: leave one of them out", "n-b/x", "s/y.cfg");
	CHECK(NULL, "the INPUT n/a lies within the INPUT l, which is searched: leave one of them out", "l",
		"n-b", "n/a");
	CHECK(NULL,
		"the INPUT n/a/etc/CCcam.cfg lies within the INPUT n, which is searched: leave one of them "
		"out",
		"n/a/etc/CCcam.cfg", "n-b", "n");
	CHECK(NULL, "the INPUT s/far lies within the INPUT n, which is searched: leave one of them out",
		"s/far", "n");
}

/* An output in an INPUT is passed by; one whose folders are INPUTs would be searched. */
static void test_output(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("in/a/CCcam.cfg", cfg);
	write_text("in/out/b/CCcam.cfg", cfg);
	write_text("in/.c.cc2oscam/CCcam.cfg", cfg);
	write_text("in/deep/out/CCcam.cfg", cfg);
	write_text("s/x", cfg);
	CHECK("in/out",
		"in/out holds a receiver itself (b) and lies in an INPUT, of which it would not be searched: "
		"name another folder with -o",
		"in", "s");
	write_text("in/fine/b/oscam.conf", cfg);
	CHECK("in/fine", NULL, "in");
	CHECK("new", NULL, "in", "s");
	CHECK("s", NULL, "in");
	CHECK(".", NULL, "in");
	CHECK("in",
		"what is written to in would lie in the INPUT in, and be searched the next time: name "
		"another folder with -o",
		"in");
	CHECK(".",
		"what is written to . would lie in the INPUT ./s, and be searched the next time: name "
		"another folder with -o",
		"./s", "in/a");
	struct fleet *fleet = fleet_new(1, 1);
	struct fleet_item item;
	uint32_t next = 0;
	fleet_add(fleet, "in");
	fleet_leave_out(fleet, "./in/deep/../out");
	assert_true(next_item(fleet, &next, &item));
	assert_string_equal(item.name, "a");
	assert_true(next_item(fleet, &next, &item));
	assert_string_equal(item.name, "deep/out");
	assert_false(next_item(fleet, &next, &item));
	fleet_free(fleet);
	arena_free(&arena);
}

/* ---- properties ---- */

static uint32_t next_random(uint32_t *random)
{
	*random = *random * 1664525 + 1013904223;
	return *random >> 8;
}

/* "p/a" and the like; an even number of folders, so that some are called the same. */
static const char *const inputs[] = {"p/a", "q/a", "p/A", "q/a b", "p/c", "q/c.zip", "p/c.tar", NULL};

/* A box or an archive somewhere in the inputs, or in the folder `own` of one of them. */
static void add_box(struct arena *arena, uint32_t *random, const char *own)
{
	static const char *const words[] = {"x", "X", "x y", "x_y", "y", "x.tar", "\xc3\xa4"};
	static const char *const ends[] = {"etc/CCcam.cfg", "CCcam.cfg", "var/etc/CCcam.cfg"};
	const size_t count = sizeof words / sizeof *words;
	unsigned deep = next_random(random) % 3;
	struct slice path = slice_of(inputs[next_random(random) % 6]);

	if (*own)
		path = arena_format(arena, "%.*s/%s", SLICE_ARG(path), own);
	for (unsigned i = 0; i < deep; i++)
		path = arena_format(arena, "%.*s/%s", SLICE_ARG(path), words[next_random(random) % count]);
	if (next_random(random) % 4 == 0)
		path = arena_format(arena, "%.*s/x.zip", SLICE_ARG(path));
	else
		path = arena_format(arena, "%.*s/%s", SLICE_ARG(path), ends[next_random(random) % 3]);
	write_text(path.at, path.at);
}

static void grow_tree(struct arena *arena, uint32_t *random)
{
	assert_int_equal(system("rm -rf p q"), 0); /* NOLINT(cert-env33-c) */
	for (int i = 0; inputs[i]; i++)
		if (strcmp(inputs[i], "p/c.tar") != 0)
			write_text(arena_format(arena, "%s/none", inputs[i]).at, "");
	write_text("p/c.tar", "");
	for (int i = 0; i < 25; i++)
		add_box(arena, random, "");
}

/* Every item of `some` is in `all`, with the same name. */
static void are_among(struct arena *arena, const char *some, const char *all)
{
	struct slice rest = slice_of(some);

	while (rest.len > 0) {
		struct slice line = slice_cut(&rest, '\n');
		if (!strstr(arena_format(arena, "\n%s", all).at,
			    arena_format(arena, "\n%.*s\n", SLICE_ARG(line)).at))
			fail_msg("%.*s is not in\n%s", SLICE_ARG(line), all);
	}
}

static struct slice name_in(struct slice line)
{
	return slice_cut(&line, ' ');
}

/* The same as the other one, or a folder above it. */
static bool covers(struct slice a, struct slice b)
{
	return a.len <= b.len && slice_equal_nocase(a, (struct slice){b.at, a.len}) &&
	       (a.len == b.len || b.at[a.len] == '/');
}

static void are_apart(const char *items)
{
	struct slice rest = slice_of(items);

	while (rest.len > 0) {
		struct slice name = name_in(slice_cut(&rest, '\n')), others = rest;
		while (others.len > 0) {
			struct slice other = name_in(slice_cut(&others, '\n'));
			if (covers(name, other) || covers(other, name))
				fail_msg("%.*s and %.*s", SLICE_ARG(name), SLICE_ARG(other));
		}
	}
}

static void turn(uint32_t *random, const char **list, int count)
{
	for (int i = count - 1; i > 0; i--) {
		int other = (int)(next_random(random) % (unsigned)(i + 1));
		const char *kept = list[i];
		list[i] = list[other];
		list[other] = kept;
	}
}

static void test_names_of_trees(void **state)
{
	for (uint32_t seed = 0; seed < 30; seed++) {
		const char *list[MOST] = {NULL}, *turned[MOST] = {NULL};
		int count = 0;
		uint32_t random = seed;
		struct arena arena;
		arena_init(&arena);
		grow_tree(&arena, &random);
		for (int i = 0; inputs[i]; i++)
			if (seed % 2 == 0 || next_random(&random) % 3 > 0)
				list[count++] = inputs[i];
		memcpy(turned, list, sizeof list);
		turn(&random, turned, count);
		const char *items = items_of_shard(&arena, 1, 1, list);
		are_apart(items);
		/* the order of the inputs says nothing */
		are_among(&arena, items, items_of_shard(&arena, 1, 1, turned));
		for (unsigned shard = 1; shard <= 3; shard++)
			are_among(&arena, items_of_shard(&arena, shard, 3, list),
				items_of_shard(&arena, shard, 3, turned));
		/* nor do others that come */
		for (int i = 0; i < 5; i++)
			add_box(&arena, &random, arena_format(&arena, "new%d", i).at);
		const char *more = items_of_shard(&arena, 1, 1, list);
		are_among(&arena, items, more);
		are_apart(more);
		arena_free(&arena);
	}
}

/* The shell's list of what is in a folder gives the names that the folder gives. */
static void test_folder_or_list(void **state)
{
	struct arena arena;

	arena_init(&arena);
	write_text("boxes/LR/etc/CCcam.cfg", cfg);
	write_text("boxes/lr/CCcam.cfg", cfg);
	write_text("boxes/l r/CCcam.cfg", cfg);
	write_text("boxes/l_r/old/CCcam.cfg", cfg);
	write_text("boxes/at/CCcam.cfg", cfg);
	write_text("boxes/at.zip", "");
	write_text("boxes/b.tar", "");
	write_text("boxes/b.zip", "");
	const char *whole = ITEMS(&arena, "boxes");
	assert_string_equal(whole, ITEMS(&arena, "boxes/LR", "boxes/at", "boxes/at.zip", "boxes/b.tar",
					   "boxes/b.zip", "boxes/l r", "boxes/l_r", "boxes/lr"));
	assert_string_equal(whole, "LR-b5af71db boxes/LR/etc/CCcam.cfg root=boxes/LR\n"
				   "at boxes/at/CCcam.cfg\n"
				   "at.zip boxes/at.zip archive\n"
				   "b.tar boxes/b.tar archive\n"
				   "b.zip boxes/b.zip archive\n"
				   "l_r-3a9dc2ff boxes/l r/CCcam.cfg\n"
				   "l_r/old boxes/l_r/old/CCcam.cfg\n"
				   "lr-5444c9a1 boxes/lr/CCcam.cfg\n");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_labels),
		cmocka_unit_test_setup_teardown(test_labels_normalised, make_folder, remove_folder),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test_setup_teardown(test_checks, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_output, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_names_of_trees, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_folder_or_list, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
