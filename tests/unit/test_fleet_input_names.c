/* What INPUTs are called, which of several neighbours keeps its name, and that the names of a whole fleet
 * follow from places and not from who came first. */
#include "fleet_help.h"

#include "fleet/inputs.h"

struct words {
	const char *given, *wanted;
};

/* ---- what INPUTs are called ---- */

enum { MOST = 16 };

/* Paths with | between them; each name with + behind one with its ending, # behind one with a hash. */
static void check_labels(const struct words *rows, size_t count)
{
	for (size_t row = 0; row < count; row++) {
		struct slice rest = slice_of(rows[row].given), all = SLICE("");
		struct arena arena FREED_BY(arena_free) = {0};
		struct list inputs;
		list_init(&inputs, &arena, sizeof(struct input));
		while (rest.at)
			((struct input *)list_add(&inputs))->path =
				arena_copy(&arena, slice_cut(&rest, '|')).at;
		inputs_name(&inputs, &arena);
		for (uint32_t i = 0; i < inputs.count; i++) {
			static const char *const forms[] = {"", "+", "#"};
			const struct input *input = list_at(&inputs, i);
			all = arena_format(&arena, "%.*s%s%.*s%s", SLICE_ARG(all), i > 0 ? "|" : "",
				SLICE_ARG(input->text), forms[input->form]);
		}
		assert_string_equal(all.at, rows[row].wanted);
	}
}

TEST(test_labels)
{
	static const struct words rows[] = {
		{"/x/north|/x/south", "north|south"},
		/* all that clash get longer, and no more than they have to */
		{"/x/lr|/y/lr|/x/at", "x/lr|y/lr|at"},
		{"/1/a/lr|/2/a/lr|/2/b/lr", "1/a/lr|2/a/lr|b/lr"},
		{"/x/LR|/y/lr", "x/LR|y/lr"},
		{"/x/l r|/y/l_r", "x/l r|y/l_r"},
		{"/lr|/x/lr", "lr|x/lr"},
		/* none leads into another */
		{"/r/p|/p/x|/q/x", "r/p|p/x|q/x"},
		/* archives and files are called without their endings, a CCcam.cfg by its root's folder */
		{"/x/lr.tar.gz|/y/lr.zip", "x/lr.tar.gz|y/lr.zip"},
		{"/x/lr/etc/CCcam.cfg|/y/lr/CCcam.cfg|/z/at/var/etc/CCcam.cfg", "x/lr|y/lr|at"},
		/* more of the path would not help */
		{"/x/LR|/x/lr|/x/at", "LR#|lr#|at"},
		{"/X/lr|/x/lr", "X/lr#|x/lr#"},
		{"/x/l r|/x/l_r", "l r#|l_r"},
		{"/x/lr.tar.gz|/x/lr.zip", "lr.tar.gz+|lr.zip+"},
		{"/x/lr/etc/CCcam.cfg|/x/lr/var/etc/CCcam.cfg", "lr#|lr#"},
		{"/|/x", "|x"},
	};

	check_labels(rows, sizeof rows / sizeof *rows);
}

/* Links keep the names that the user gave them; ".." is where it leads to. */
TEST(test_labels_normalised)
{
	static const struct words rows[] = {
		{"lr/|../q/./lr//", "p/lr|q/lr"}, {".|../q", "p|q"}, {"../link/|lr", "link|lr"},
		{"../link/..|lr", "q|lr"}, {"../q/lr.tar|lr", "lr.tar|lr"}, /* a folder has no ending */
	};

	grow("home/p/lr/x|home/q/lr/x|home/q/lr.tar/x|home/link>q/lr");
	assert_int_equal(chdir("home/p"), 0);
	check_labels(rows, sizeof rows / sizeof *rows);
	assert_int_equal(chdir("../.."), 0);
}

/* ---- neighbours ---- */

TEST(test_neighbours)
{
	static const struct words rows[] = {
		{"lr|at|lr2", "---"},
		{"LR|at|lr", "#-#"},
		{"l r|l_r", "#-"},
		{"l r|l\xc3r", "##"},
		{"lr|lr.tar.gz|lr.zip", "-++"},
		{"lr.tar.gz|lr.zip", "++"},
		{"l r.zip|l_r.zip", "#-"},
		{"LR.zip|lr.zip", "##"},
		/* what has its ending must not have another one's plain name */
		{"lr.zip|lr.tar|lr.zip.tar", "#+-"},
	};

	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
		struct slice rest = slice_of(rows[row].given);
		enum name_form forms[MOST];
		struct neighbours neighbours;
		struct arena arena FREED_BY(arena_free) = {0};
		char made[MOST + 1] = "";
		uint32_t count = 0;
		for (neighbours_start(&neighbours, &arena, MOST); rest.at; count++) {
			struct slice name = slice_cut(&rest, '|');
			neighbours_add(&neighbours, name, fleet_is_archive(arena_copy(&arena, name).at),
				&forms[count]);
		}
		neighbours_tell_apart(&neighbours);
		for (uint32_t i = 0; i < count; i++)
			made[i] = "-+#"[forms[i]];
		assert_string_equal(made, rows[row].wanted);
	}
}

/* ---- what is wrong with a list ---- */

struct check_row {
	const char *output, *inputs, *wrong; /* output and wrong may be NULL */
};

static void check_lists(const struct check_row *rows, size_t count)
{
	for (size_t row = 0; row < count; row++) {
		struct slice rest = slice_of(rows[row].inputs);
		struct fleet *fleet = fleet_new(1, 1);
		struct buffer why FREED_BY(buffer_free) = {0};
		char input[4096];
		while (next_part(&rest, input))
			fleet_add(fleet, input);
		if (rows[row].output)
			fleet_leave_out(fleet, rows[row].output);
		bool fine = fleet_check(fleet, &why);
		buffer_add(&why, "", 1);
		assert_string_equal(why.at, rows[row].wrong ? rows[row].wrong : "");
		assert_int_equal(fine, !rows[row].wrong);
		fleet_free(fleet);
	}
}

TEST(test_checks)
{
	static const struct check_row rows[] = {
		{NULL, "n|n-b|s|gone|none/x", NULL},
		{NULL, "n|s|n", "the INPUT n is named twice: name it once"},
		{NULL, "gone|gone", "the INPUT gone is named twice: name it once"},
		{NULL, "n|s|l", "the INPUTs n and l are the same: leave one of them out"},
		{NULL, "n-b/x|s/y.cfg", "the INPUTs n-b/x and s/y.cfg are the same: leave one of them out"},
		{NULL, "l|n-b|n/a",
			"the INPUT n/a lies within the INPUT l, which is searched: leave one of them out"},
		{NULL, "n/a/etc/CCcam.cfg|n-b|n",
			"the INPUT n/a/etc/CCcam.cfg lies within the INPUT n, which is searched: leave one "
			"of them out"},
		{NULL, "s/far|n",
			"the INPUT s/far lies within the INPUT n, which is searched: leave one of them out"},
	};

	grow("n/a/etc/CCcam.cfg|n-b/x|s/a/etc/CCcam.cfg|l>n|s/far>../n/a");
	assert_int_equal(link("n-b/x", "s/y.cfg"), 0);
	check_lists(rows, sizeof rows / sizeof *rows);
}

/* An output in an INPUT is passed by; one whose folders are INPUTs would be searched. */
TEST(test_output)
{
	static const struct check_row rows[] = {
		{"in/out", "in|s",
			"in/out holds a receiver itself (b) and lies in an INPUT, of which it would not be "
			"searched: name another folder with -o"},
		{"in/fine", "in", NULL},
		{"new", "in|s", NULL},
		{"s", "in", NULL},
		{".", "in", NULL},
		{"in", "in",
			"what is written to in would lie in the INPUT in, and be searched the next time: "
			"name another folder with -o"},
		{".", "./s|in/a",
			"what is written to . would lie in the INPUT ./s, and be searched the next time: "
			"name another folder with -o"},
	};
	struct fleet *fleet = fleet_new(1, 1);
	struct arena arena FREED_BY(arena_free) = {0};

	grow("in/a/CCcam.cfg|in/out/b/CCcam.cfg|in/.c.cc2oscam/CCcam.cfg|in/deep/out/CCcam.cfg|s/x|"
	     "in/fine/b/oscam.conf");
	check_lists(rows, sizeof rows / sizeof *rows);
	fleet_add(fleet, "in");
	fleet_leave_out(fleet, "./in/deep/../out");
	assert_string_equal(items_of(fleet, &arena), "a in/a/CCcam.cfg\ndeep/out in/deep/out/CCcam.cfg\n");
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
	static const char *const words[] = {"x", "X", "x y", "x_y", "y", "x.tar", "\xc3\xa4", "-a", ".x",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
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

static void check_bytes(struct slice name)
{
	assert_true(name.len > 0 && name.len <= FLEET_NAME_MOST && name.at[name.len - 1] != '/');
	for (size_t i = 0; i < name.len; i++) {
		char before = i > 0 ? name.at[i - 1] : '/', byte = name.at[i];
		assert_true(is_letter(byte) || is_digit(byte) || strchr("._-/", byte));
		assert_false(before == '/' && (byte == '.' || byte == '-' || byte == '/'));
	}
}

static void are_apart(const char *items)
{
	struct slice rest = slice_of(items);

	while (rest.len > 0) {
		struct slice name = name_in(slice_cut(&rest, '\n')), others = rest;
		check_bytes(name);
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

static const char *join(struct arena *arena, const char *const *list)
{
	struct slice all = slice_of(*list++);

	for (; *list; list++)
		all = arena_format(arena, "%.*s|%s", SLICE_ARG(all), *list);
	return all.at;
}

TEST(test_names_of_trees)
{
	for (uint32_t seed = 0; seed < 30; seed++) {
		const char *list[MOST] = {NULL}, *turned[MOST] = {NULL};
		int count = 0;
		uint32_t random = seed;
		struct arena arena FREED_BY(arena_free) = {0};
		grow_tree(&arena, &random);
		for (int i = 0; inputs[i]; i++)
			if (seed % 2 == 0 || next_random(&random) % 3 > 0)
				list[count++] = inputs[i];
		memcpy(turned, list, sizeof list);
		turn(&random, turned, count);
		const char *in = join(&arena, list), *in_turn = join(&arena, turned);
		const char *items = items_of_shard(&arena, 1, 1, in);
		are_apart(items);
		/* the order of the inputs says nothing */
		are_among(&arena, items, items_of_shard(&arena, 1, 1, in_turn));
		for (unsigned shard = 1; shard <= 3; shard++)
			are_among(&arena, items_of_shard(&arena, shard, 3, in),
				items_of_shard(&arena, shard, 3, in_turn));
		/* nor do others that come */
		for (int i = 0; i < 5; i++)
			add_box(&arena, &random, arena_format(&arena, "new%d", i).at);
		const char *more = items_of_shard(&arena, 1, 1, in);
		are_among(&arena, items, more);
		are_apart(more);
	}
}

/* The shell's list of what is in a folder gives the names that the folder gives. */
TEST(test_folder_or_list)
{
	static const char items[] = "LR-b5af71db boxes/LR/etc/CCcam.cfg root=boxes/LR\n"
				    "at boxes/at/CCcam.cfg\n"
				    "at.zip boxes/at.zip archive\n"
				    "b.tar boxes/b.tar archive\n"
				    "b.zip boxes/b.zip archive\n"
				    "l_r-3a9dc2ff boxes/l r/CCcam.cfg\n"
				    "l_r/old boxes/l_r/old/CCcam.cfg\n"
				    "lr-5444c9a1 boxes/lr/CCcam.cfg\n";
	static const struct found_row rows[] = {
		{"boxes/LR/etc/CCcam.cfg|boxes/lr/CCcam.cfg|boxes/l r/CCcam.cfg|boxes/l_r/old/CCcam.cfg|"
		 "boxes/at/CCcam.cfg|boxes/at.zip=|boxes/b.tar=|boxes/b.zip=",
			"boxes", items},
		{"+", "boxes/LR|boxes/at|boxes/at.zip|boxes/b.tar|boxes/b.zip|boxes/l r|boxes/l_r|boxes/lr",
			items},
	};

	check_rows(state, rows, sizeof rows / sizeof *rows);
}

AROUND_EACH(make_folder, remove_folder)
