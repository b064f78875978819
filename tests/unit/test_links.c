/* A set over links, on file systems without links, and over what is in the way. */
#include "files_help.h"

static void nothing_but_plain_files_is_replaced(void **state)
{
	static const char *const wrong[] = {"folder", "pipe", "dangling", "loop", "to-folder", "to-slash"};
	static const char *const said[] = {"is no plain file", "is no plain file", "leads nowhere",
		"cannot follow the link", "is no plain file", "cannot follow the link"};
	struct scene *scene = *state;

	assert_int_equal(mkdir(in(scene, "folder"), 0700), 0);
	assert_int_equal(mkfifo(in(scene, "pipe"), 0600), 0);
	put(in(scene, "file"), "");
	assert_int_equal(symlink("nowhere", in(scene, "dangling")), 0);
	assert_int_equal(symlink("loop", in(scene, "loop")), 0);
	assert_int_equal(symlink("folder", in(scene, "to-folder")), 0);
	assert_int_equal(symlink("file/", in(scene, "to-slash")), 0);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct source source;
		for (int way = 0; way < 2; way++) {
			begin(scene, OUTPUT_REPLACE);
			assert_true(output_exists(&scene->output, wrong[i]));
			assert_false(way ? output_existing(&scene->output, wrong[i], &source)
					 : output_open(&scene->output, wrong[i]));
			assert_failed(&scene->output, wrong[i], said[i], 0);
			output_end(&scene->output);
		}
	}
	assert_int_equal(entries(scene->top), 7);
}

/* The real file is replaced where it is, and the links stay. */
static void links_are_followed(void **state)
{
	static const char *const texts[] = {"real.txt", "sub/real.txt", NULL, "hop", "sub/../sub/real.txt"};
	struct scene *scene = *state;
	char absolute[128];

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *text = texts[i] ? texts[i] : absolute;
		const char *folder = i == 0 ? "" : "sub/";
		char real[64], name[80];
		assert_int_equal(mkdir(in(scene, "sub"), 0700), 0);
		(void)snprintf(absolute, sizeof absolute, "%s", in(scene, "sub/real.txt"));
		(void)snprintf(real, sizeof real, "%sreal.txt", folder);
		put(in(scene, real), "old");
		assert_int_equal(symlink(text, in(scene, "x")), 0);
		assert_int_equal(symlink("sub/real.txt", in(scene, "hop")), 0);
		ino_t link = inode(in(scene, "x"));
		begin(scene, OUTPUT_REPLACE);
		assert_true(write_file(&scene->output, "x", "new"));
		assert_true(write_file(&scene->output, "y", "other"));
		commit(scene);
		assert_true(inode(in(scene, "x")) == link);
		assert_content(in(scene, "x"), "new");
		(void)snprintf(name, sizeof name, "%s.bak", real);
		assert_content(in(scene, name), "old");
		assert_int_equal(entries(scene->top), i == 0 ? 6 : 4);
		assert_int_equal(entries(in(scene, "sub")), i == 0 ? 0 : 2);
		start_over(scene);
	}
}

static void links_of_others_are_refused(void **state)
{
	struct scene *scene = *state;

	if (geteuid() != 0) {
		print_message("skipped: only root can make files of others\n");
		skip();
	}
	for (int way = 0; way < 3; way++) { /* whose is it: the link, the file, a link between */
		put(in(scene, "real"), "theirs");
		assert_int_equal(symlink("real", in(scene, "between")), 0);
		assert_int_equal(symlink("between", in(scene, "x")), 0);
		const char *other = way == 0 ? "x" : way == 1 ? "real" : "between";
		assert_int_equal(lchown(in(scene, other), 12345, 12345), 0);
		begin(scene, OUTPUT_REPLACE);
		assert_false(output_open(&scene->output, "x"));
		assert_failed(&scene->output, "/x: ", "another owner's file", 0);
		output_end(&scene->output);
		assert_content(in(scene, "real"), "theirs");
		assert_int_equal(entries(scene->top), 3);
		start_over(scene);
	}
}

static void two_names_of_one_file_are_refused(void **state)
{
	struct scene *scene = *state;

	put(in(scene, "x"), "1");
	assert_int_equal(symlink("x", in(scene, "y")), 0);
	begin(scene, OUTPUT_REPLACE);
	assert_true(write_file(&scene->output, "x", "2"));
	assert_false(output_open(&scene->output, "y"));
	assert_failed(&scene->output, "/y: ", "leads to the same file as x", 0);
	output_end(&scene->output);
	assert_content(in(scene, "x"), "1");
	assert_int_equal(entries(scene->top), 2);
}

static void no_links(void)
{
	link_trouble = symlink_trouble = (struct trouble){.times = 100, .why = EPERM};
}

/* FAT and the like: no links of any kind. */
static void without_links(void **state)
{
	struct scene *scene = *state;

	for (int way = 0; way < 3; way++) {
		old_set(scene);
		no_links();
		if (way == 1) /* but symbolic ones */
			symlink_trouble.times = 0;
		if (way == 2)
			renameat2_trouble = (struct trouble){.times = 100, .why = EINVAL};
		new_set(scene);
		commit(scene);
		assert_content(in(scene, "oscam.user"), "new user");
		assert_content(in(scene, "oscam.user.bak"), "old user");
		assert_content(in(scene, "oscam.server"), "new server");
		assert_int_equal(entries(scene->top), 4);
		start_over(scene);
	}
	/* not found out before some links are there: they were possible for the first file */
	old_set(scene);
	begin(scene, OUTPUT_REPLACE);
	link_trouble = (struct trouble){.after = 1, .times = 1, .why = EMLINK};
	assert_true(write_file(&scene->output, "oscam.user", "new user"));
	assert_true(write_file(&scene->output, "oscam.conf", "new conf"));
	commit(scene);
	assert_content(in(scene, "oscam.user.bak"), "old user");
	assert_content(in(scene, "oscam.conf.bak"), "old conf");
	assert_content(in(scene, "oscam.conf"), "new conf");
	assert_int_equal(entries(scene->top), 4);
}

/* What somebody else makes meanwhile. */
static const struct scene *changed_scene;

static void write_server(void)
{
	put(in(changed_scene, "oscam.server"), "their server");
}

static void without_links_what_appears_is_not_overwritten(void **state)
{
	struct scene *scene = *state;

	changed_scene = scene;
	old_set(scene);
	ino_t user = inode(in(scene, "oscam.user"));
	no_links();
	new_set(scene);
	renameat2_trouble = (struct trouble){.after = 1, .times = 1, .hook = write_server};
	assert_false(output_commit(&scene->output));
	assert_failed(&scene->output, "/oscam.server: ", "cannot be replaced", EEXIST);
	output_end(&scene->output);
	assert_true(inode(in(scene, "oscam.user")) == user);
	assert_content(in(scene, "oscam.user"), "old user");
	assert_content(in(scene, "oscam.server"), "their server");
	assert_int_equal(entries(scene->top), 3);
}

/* A file of ours that no record knows of is rubbish. One that another set has beside the same file is not. */
static void hidden_files_in_the_way(void **state)
{
	struct scene *scene = *state;
	struct stat own;
	char rubbish[128];

	assert_int_equal(stat(scene->top, &own), 0);
	assert_int_equal(mkdir(in(scene, "sub"), 0700), 0);
	put(in(scene, "sub/real"), "old");
	put(in(scene, ".x.cc2oscam-new"), "rubbish");
	(void)snprintf(rubbish, sizeof rubbish, "sub/.real.%jx-%jx.cc2oscam-new", (uintmax_t)own.st_dev,
		(uintmax_t)own.st_ino);
	put(in(scene, rubbish), "rubbish");
	put(in(scene, "sub/.real.1-2.cc2oscam-new"), "another's");
	assert_int_equal(symlink("sub/real", in(scene, "y")), 0);
	begin(scene, OUTPUT_REPLACE);
	assert_true(write_file(&scene->output, "x", "1"));
	assert_true(write_file(&scene->output, "y", "2"));
	commit(scene);
	assert_int_equal(entries(scene->top), 3);
	assert_int_equal(entries(in(scene, "sub")), 3);
	assert_content(in(scene, "sub/.real.1-2.cc2oscam-new"), "another's");
	assert_content(in(scene, "y"), "2");

	/* but a folder is none of ours */
	assert_int_equal(mkdir(in(scene, ".x.cc2oscam-new"), 0700), 0);
	begin(scene, OUTPUT_REPLACE);
	assert_false(output_open(&scene->output, "x"));
	assert_failed(&scene->output, "/x: ", "cannot create", 0);
	output_end(&scene->output);
	assert_content(in(scene, "x"), "1");
	assert_int_equal(rmdir(in(scene, ".x.cc2oscam-new")), 0);
	assert_int_equal(entries(scene->top), 3);
}

static void staging_that_is_none(void **state)
{
	struct scene *scene = *state;

	put(in(scene, ".cc2oscam"), "theirs");
	assert_false(output_begin(&scene->output, scene->top, 0));
	assert_failed(&scene->output, "/.cc2oscam: ", "is in the way", ENOTDIR);
	output_end(&scene->output);
	assert_content(in(scene, ".cc2oscam"), "theirs");

	/* records that lead anywhere */
	static const char *const texts[] = {"nothing", "../../x", "/etc/passwd",
		"/nowhere/.x.1-2.cc2oscam-new", "../../.cc2oscam-new", "/.1-2.cc2oscam-new"};
	assert_int_equal(unlink(in(scene, ".cc2oscam")), 0);
	assert_int_equal(mkdir(in(scene, ".cc2oscam"), 0700), 0);
	assert_int_equal(mkdir(in(scene, ".cc2oscam/new"), 0700), 0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(symlink(texts[i], in(scene, ".cc2oscam/new/x")), 0);
		assert_false(output_begin(&scene->output, scene->top, 0));
		assert_failed(&scene->output, "/x: ", "a run that was killed left something to finish", 0);
		output_end(&scene->output);
		assert_int_equal(unlink(in(scene, ".cc2oscam/new/x")), 0);
	}
	begin(scene, 0);
	assert_int_equal(entries(scene->top), 0);
}

/* Undoing fails as well: said, and the next run goes on with the new files. */
static void without_links_two_failures(void **state)
{
	struct scene *scene = *state;

	old_set(scene);
	no_links();
	new_set(scene);
	renameat2_trouble = (struct trouble){.after = 1, .times = 1, .why = EIO};
	rename_trouble = (struct trouble){.after = 1, .times = 1, .why = EIO};
	assert_false(output_commit(&scene->output));
	assert_failed(&scene->output, scene->top, "the next run goes on with it", 0);
	output_end(&scene->output);
	assert_content(in(scene, "oscam.user"), "new user");
	no_trouble();
	begin(scene, 0);
	output_end(&scene->output);
	assert_content(in(scene, "oscam.user"), "new user");
	assert_content(in(scene, "oscam.user.bak"), "old user");
	assert_content(in(scene, "oscam.server"), "new server");
	assert_int_equal(entries(scene->top), 4);
}

/* States in which a killed process can leave a file. */
struct killed {
	const char *current; /* what the link says; NULL: a folder, as where files are renamed one by one */
	const char *name;    /* what stands under the file's name; NULL: nothing */
	const char *link;    /* what stands under the hidden name of the link; NULL: nothing */
	const char *same[2]; /* two names of one file; or NULL */
	bool new_has_gone;
	const char *expected;
};

static const struct killed killed[] = {
	/* exchanged for the link, though somebody else had just replaced the file */
	{"old", "-> .cc2oscam/current/x", "theirs", {NULL}, false, "theirs"},
	/* somebody else removed the link, or replaced it */
	{"new", "theirs", NULL, {NULL}, false, "theirs"},
	{"old", "theirs", NULL, {NULL}, false, "theirs"},
	/* one by one, where renaming is linking and unlinking: both names are there */
	{NULL, NULL, NULL, {".x.cc2oscam-new", "x"}, false, "new"},
	{NULL, "new", NULL, {".x.cc2oscam-old", "x.bak"}, true, "new"},
	/* the old one is gone, and somebody else was quick */
	{NULL, "theirs", NULL, {NULL}, false, "theirs"},
};

static void leave(const struct scene *scene, const struct killed *at)
{
	assert_int_equal(mkdir(in(scene, ".cc2oscam"), 0700), 0);
	assert_int_equal(mkdir(in(scene, ".cc2oscam/new"), 0700), 0);
	assert_int_equal(mkdir(in(scene, ".cc2oscam/old"), 0700), 0);
	put(in(scene, ".cc2oscam/new/x"), "");
	put(in(scene, ".x.cc2oscam-old"), "old");
	if (!at->new_has_gone)
		put(in(scene, ".x.cc2oscam-new"), "new");
	if (at->current)
		assert_int_equal(symlink(at->current, in(scene, ".cc2oscam/current")), 0);
	else
		assert_int_equal(mkdir(in(scene, ".cc2oscam/current"), 0700), 0);
	if (at->name && strncmp(at->name, "-> ", 3) == 0)
		assert_int_equal(symlink(at->name + 3, in(scene, "x")), 0);
	else if (at->name)
		put(in(scene, "x"), at->name);
	if (at->link)
		put(in(scene, ".x.cc2oscam-link"), at->link);
	if (at->same[0])
		assert_int_equal(link(in(scene, at->same[0]), in(scene, at->same[1])), 0);
}

static void states_of_killed_processes(void **state)
{
	struct scene *scene = *state;

	for (size_t i = 0; i < sizeof killed / sizeof *killed; i++) {
		leave(scene, &killed[i]);
		begin(scene, 0);
		output_end(&scene->output);
		assert_content(in(scene, "x"), killed[i].expected);
		assert_content(in(scene, "x.bak"), "old");
		assert_int_equal(entries(scene->top), 2);
		start_over(scene);
	}
}

static void links_to_no_folder(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(symlink("nowhere", in(scene, "a")), 0);
	assert_true(output_begin(&scene->output, in(scene, "a"), 0));
	assert_true(write_file(&scene->output, "oscam.conf", "1"));
	assert_false(output_commit(&scene->output));
	assert_failed(&scene->output, "/a: ", "is a link to a folder that is not there; make that folder", 0);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(links_to_no_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_but_plain_files_is_replaced, set_up, tear_down),
		cmocka_unit_test_setup_teardown(links_are_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(links_of_others_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_names_of_one_file_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_links, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			without_links_what_appears_is_not_overwritten, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hidden_files_in_the_way, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_links_two_failures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(states_of_killed_processes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(staging_that_is_none, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
