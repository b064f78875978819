/* All files or none: what stands in the folder after success, after every failure, and meanwhile. */
#include "files_help.h"

/* Two files, ready to be committed. */
static void two_files(struct scene *scene)
{
	struct output *output = &scene->output;

	assert_true(output_begin(output, scene->top, 0));
	assert_true(output_open(output, "oscam.server"));
	assert_true(output_write(output, "[reader]\n", 9));
	assert_true(output_open(output, "oscam.user"));
	assert_true(output_write(output, "[account]\n", 10));
	assert_true(output_write(output, "user = a\n", 9));
}

static void commit_places_all(void **state)
{
	struct scene *scene = *state;
	struct stat status;

	two_files(scene);
	assert_true(output_commit(&scene->output));
	assert_int_equal(fsync_calls, 2 + 7); /* both files, and the folders before and after each step */
	output_abort(&scene->output);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 2);
	assert_content(in(scene, "oscam.server"), "[reader]\n");
	assert_content(in(scene, "oscam.user"), "[account]\nuser = a\n");
	assert_int_equal(stat(in(scene, "oscam.user"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(status.st_nlink, 1);
}

static void until_commit_there_are_only_hidden_ones(void **state)
{
	static const char *const hidden[] = {".oscam.server.cc2oscam-new", ".oscam.user.cc2oscam-new"};
	struct scene *scene = *state;

	two_files(scene);
	assert_int_equal(entries(scene->top), 3);
	assert_false(output_exists(&scene->output, "oscam.server"));
	for (int i = 0; i < 2; i++)
		assert_int_equal(rights(in(scene, hidden[i])), 0600);
	assert_int_equal(rights(in(scene, ".cc2oscam")), 0711);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 0);
}

static void exists_sees_every_kind(void **state)
{
	struct scene *scene = *state;

	put(in(scene, "file"), "");
	assert_int_equal(mkdir(in(scene, "folder"), 0700), 0);
	assert_int_equal(symlink("nowhere", in(scene, "dangling")), 0);
	assert_true(output_begin(&scene->output, scene->top, 0));
	assert_true(output_exists(&scene->output, "file"));
	assert_true(output_exists(&scene->output, "folder"));
	assert_true(output_exists(&scene->output, "dangling"));
	assert_false(output_exists(&scene->output, "nothing"));
}

/* A folder that is new appears with all that is in it. */
static void missing_folders_are_made(void **state)
{
	struct scene *scene = *state;

	assert_true(output_begin(&scene->output, in(scene, "a//./b/c/."), 0));
	assert_true(write_file(&scene->output, "oscam.conf", "1"));
	assert_true(write_file(&scene->output, "y", "2"));
	assert_content(in(scene, "a/b/.c.cc2oscam/y"), "2");
	assert_int_equal(rights(in(scene, "a/b/.c.cc2oscam")), 0700);
	assert_false(output_exists(&scene->output, "z"));
	assert_true(output_commit(&scene->output));
	assert_int_equal(
		fsync_calls, 2 + 2 + 3); /* files, the folder and the one above, those above made ones */
	assert_true(output_exists(&scene->output, "oscam.conf"));
	output_end(&scene->output);
	assert_content(in(scene, "a/b/c/oscam.conf"), "1");
	assert_content(in(scene, "a/b/c/y"), "2");
	assert_int_equal(rights(in(scene, "a/b/c/oscam.conf")), 0600);
	assert_int_equal(rights(in(scene, "a")), 0700);
	assert_int_equal(rights(in(scene, "a/b/c")), 0700);
	assert_int_equal(entries(in(scene, "a/b")), 1);
}

/* The caller flushes; nothing is open but the folders when it does. */
static void flushing_is_left_to_the_caller(void **state)
{
	static const char *const folders[] = {"new", "there"};
	struct scene *scene = *state;

	assert_int_equal(mkdir(in(scene, "there"), 0700), 0);
	for (int i = 0; i < 2; i++) {
		assert_true(output_begin(&scene->output, in(scene, folders[i]), OUTPUT_DEFER));
		int before = entries("/proc/self/fd");
		assert_true(write_file(&scene->output, "oscam.conf", "1"));
		assert_true(write_file(&scene->output, "y", "2"));
		assert_int_equal(entries("/proc/self/fd"), before + 1 + i); /* that of y, of .cc2oscam */
		assert_true(output_close(&scene->output));
		assert_int_equal(entries("/proc/self/fd"), before + i);
		assert_true(output_commit(&scene->output));
		assert_int_equal(fsync_calls, 0);
		output_end(&scene->output);
		assert_int_equal(entries(in(scene, folders[i])), 2);
	}
}

/* A name to which nothing can be added is cut in the hidden one. */
static void long_names(void **state)
{
	struct scene *scene = *state;
	char name[256] = "";

	memset(name, 'n', sizeof name - 1);
	assert_true(output_begin(&scene->output, in(scene, name), 0));
	assert_true(write_file(&scene->output, "oscam.conf", "1"));
	assert_true(output_commit(&scene->output));
	output_end(&scene->output);
	assert_int_equal(entries(in(scene, name)), 1);
	assert_int_equal(entries(scene->top), 1);
}

/* Whoever comes first has the folder; what a killed process left is removed. */
static void hidden_folders_are_locked(void **state)
{
	struct scene *scene = *state;
	struct output other;

	assert_int_equal(mkdir(in(scene, ".a.cc2oscam"), 0700), 0);
	put(in(scene, ".a.cc2oscam/oscam.user"), "");
	assert_true(output_begin(&scene->output, in(scene, "a"), 0));
	assert_int_equal(entries(in(scene, ".a.cc2oscam")), 0);
	assert_false(output_begin(&other, in(scene, "a"), 0));
	assert_failed(&other, "/a: ", "another cc2oscam is writing there", 0);
	output_end(&other);
	assert_true(write_file(&scene->output, "oscam.conf", "1"));
	assert_true(output_commit(&scene->output));
	assert_false(output_begin(&other, in(scene, "a"), 0));
	assert_failed(&other, "/a: ", "another cc2oscam is writing there", 0);
	output_end(&other);
	output_end(&scene->output);

	/* beside a folder that is there by now */
	assert_int_equal(mkdir(in(scene, ".a.cc2oscam"), 0700), 0);
	put(in(scene, ".a.cc2oscam/oscam.user"), "");
	assert_true(output_begin(&scene->output, in(scene, "a"), 0));
	assert_int_equal(entries(scene->top), 1);
	output_end(&scene->output);

	/* where nothing can be locked */
	flock_trouble = (struct trouble){.times = 1, .why = ENOLCK};
	assert_true(output_begin(&scene->output, in(scene, "b"), 0));
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 1);
}

/* Another process gives its folder the name between our finding it and locking it. */
static const struct scene *finished_scene;

static void finish(void)
{
	assert_int_equal(rename(in(finished_scene, ".a.cc2oscam"), in(finished_scene, "a")), 0);
}

static void finished_folders_are_no_rubbish(void **state)
{
	struct scene *scene = *state;

	finished_scene = scene;
	assert_int_equal(mkdir(in(scene, ".a.cc2oscam"), 0700), 0);
	put(in(scene, ".a.cc2oscam/oscam.conf"), "theirs");
	flock_trouble = (struct trouble){.times = 1, .hook = finish};
	assert_true(output_begin(&scene->output, in(scene, "a"), 0));
	assert_true(write_file(&scene->output, "oscam.conf", "ours"));
	assert_false(output_commit(&scene->output));
	assert_failed(&scene->output, "/a: ", "was made by somebody else meanwhile", 0);
	output_end(&scene->output);
	assert_content(in(scene, "a/oscam.conf"), "theirs");
	assert_int_equal(entries(scene->top), 1);
}

/* What is in the way of the hidden folder and is none of ours. */
static void hidden_folders_of_others(void **state)
{
	struct scene *scene = *state;

	put(in(scene, ".a.cc2oscam"), "theirs");
	assert_false(output_begin(&scene->output, in(scene, "a"), 0));
	assert_failed(&scene->output, "/a: ", ".a.cc2oscam beside it is in the way", ENOTDIR);
	output_end(&scene->output);
	assert_content(in(scene, ".a.cc2oscam"), "theirs");
	assert_int_equal(unlink(in(scene, ".a.cc2oscam")), 0);
	assert_int_equal(mkdir(in(scene, "real"), 0700), 0);
	put(in(scene, "real/file"), "theirs");
	assert_int_equal(symlink("real", in(scene, ".a.cc2oscam")), 0);
	assert_false(output_begin(&scene->output, in(scene, "a"), 0));
	output_end(&scene->output);
	assert_content(in(scene, "real/file"), "theirs");
	assert_int_equal(unlink(in(scene, ".a.cc2oscam")), 0);
	assert_int_equal(mkdir(in(scene, ".a.cc2oscam"), 0700), 0);
	assert_int_equal(mkdir(in(scene, ".a.cc2oscam/folder"), 0700), 0);
	assert_false(output_begin(&scene->output, in(scene, "a"), 0));
	output_end(&scene->output);
	if (geteuid() == 0) {
		assert_int_equal(rmdir(in(scene, ".a.cc2oscam/folder")), 0);
		assert_int_equal(chown(in(scene, ".a.cc2oscam"), 12345, 12345), 0);
		assert_false(output_begin(&scene->output, in(scene, "a"), 0));
		assert_failed(&scene->output, "/a: ", ".a.cc2oscam beside it is in the way", EACCES);
	}
}

/* The folder that another made meanwhile is not replaced, even if it is empty. */
static void folders_that_appear_meanwhile(void **state)
{
	struct scene *scene = *state;

	for (int way = 0; way < 2; way++) {
		assert_true(output_begin(&scene->output, in(scene, "a"), 0));
		assert_true(write_file(&scene->output, "oscam.conf", "1"));
		assert_int_equal(mkdir(in(scene, "a"), 0700), 0);
		renameat2_trouble = (struct trouble){.times = way, .why = ENOSYS};
		assert_false(output_commit(&scene->output));
		assert_failed(&scene->output, "/a: ", "was made by somebody else meanwhile", 0);
		output_end(&scene->output);
		assert_int_equal(entries(scene->top), 1);
		assert_int_equal(rmdir(in(scene, "a")), 0);
	}
}

/* Who says that the folder is new is not believed when the name is given. */
static void folders_that_are_not_new(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(mkdir(in(scene, "a"), 0700), 0);
	put(in(scene, "a/oscam.conf"), "old");
	assert_true(output_begin(&scene->output, in(scene, "a"), OUTPUT_NEW));
	assert_true(write_file(&scene->output, "oscam.conf", "new"));
	assert_false(output_commit(&scene->output));
	assert_failed(&scene->output, "/a: ", "was made by somebody else meanwhile", 0);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 1);
	assert_content(in(scene, "a/oscam.conf"), "old");
}

static void new_folders_without_renameat2(void **state)
{
	struct scene *scene = *state;

	renameat2_trouble = (struct trouble){.times = 1, .why = EINVAL};
	assert_true(output_begin(&scene->output, in(scene, "a"), 0));
	assert_true(write_file(&scene->output, "oscam.conf", "1"));
	assert_true(output_commit(&scene->output));
	output_end(&scene->output);
	assert_content(in(scene, "a/oscam.conf"), "1");
}

/* A name that may not last is taken back; if it cannot be, the set is there. */
static void the_folder_above_cannot_be_flushed(void **state)
{
	struct scene *scene = *state;

	for (int way = 0; way < 2; way++) {
		assert_true(output_begin(&scene->output, in(scene, "a"), 0));
		assert_true(write_file(&scene->output, "oscam.conf", "1"));
		fsync_trouble = (struct trouble){.after = 2, .times = 1, .why = EIO};
		renameat2_trouble = (struct trouble){.after = 1, .times = way, .why = EIO};
		assert_int_equal(output_commit(&scene->output), way);
		const char *said = way == 0 ? scene->output.failed : scene->output.left;
		assert_non_null(said);
		assert_non_null(strstr(said, "/a: cannot flush the folder above: "));
		output_end(&scene->output);
		assert_int_equal(entries(scene->top), way);
	}
	assert_content(in(scene, "a/oscam.conf"), "1");
}

/* diff looks, and changes nothing. */
static void looking_changes_nothing(void **state)
{
	struct scene *scene = *state;
	struct source source;

	assert_true(output_begin(&scene->output, in(scene, "a"), OUTPUT_LOOK));
	assert_true(output_existing(&scene->output, "oscam.conf", &source));
	assert_false(output_exists(&scene->output, "oscam.conf"));
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 0);
	put(in(scene, "oscam.conf"), "1");
	assert_int_equal(mkdir(in(scene, ".cc2oscam"), 0700), 0);
	assert_true(output_begin(&scene->output, scene->top, OUTPUT_LOOK));
	assert_true(output_existing(&scene->output, "oscam.conf", &source));
	assert_int_equal(source.text.len, 1);
	source_free(&source);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 2);
}

static void made_folders_go_with_abort(void **state)
{
	static const char *const paths[] = {"old/a/b/c", "old/a//b/./c/", "old/a", "old/../old/a/b"};
	struct scene *scene = *state;

	assert_int_equal(mkdir(in(scene, "old"), 0700), 0);
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		assert_true(output_begin(&scene->output, in(scene, paths[i]), 0));
		assert_true(output_open(&scene->output, "oscam.conf"));
		assert_int_equal(entries(in(scene, "old")), 1);
		output_abort(&scene->output);
		assert_int_equal(entries(in(scene, "old")), 0);
		output_end(&scene->output);
	}
}

static void folders_that_others_use_stay(void **state)
{
	struct scene *scene = *state;

	assert_true(output_begin(&scene->output, in(scene, "a/b"), 0));
	put(in(scene, "a/other"), "theirs");
	output_end(&scene->output);
	assert_content(in(scene, "a/other"), "theirs");
	assert_int_equal(entries(in(scene, "a")), 1);
}

/* "..": the folder before it is not there, so neither is what it would lead to. */
static void no_way_up_from_a_missing_folder(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(mkdir(in(scene, "old"), 0700), 0);
	assert_false(output_begin(&scene->output, in(scene, "new/../old/oscam.conf"), 0));
	assert_failed(&scene->output, "new/../old/oscam.conf", "cannot make the folder", ENOENT);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 1);
	assert_int_equal(entries(in(scene, "old")), 0);
}

static void folders_that_cannot_be(void **state)
{
	struct scene *scene = *state;

	put(in(scene, "file"), "");
	assert_false(output_begin(&scene->output, in(scene, "file"), 0));
	assert_failed(&scene->output, "/file: ", "cannot open the folder", ENOTDIR);
	output_end(&scene->output);
	assert_false(output_begin(&scene->output, "", 0));
	assert_failed(&scene->output, ": ", "cannot make the folder", ENOENT);
	output_end(&scene->output);

	char path[400] = "";
	(void)snprintf(path, sizeof path, "%s/new/", scene->top);
	memset(path + strlen(path), 'n', 300);
	assert_false(output_begin(&scene->output, path, 0));
	assert_failed(&scene->output, "/new/n", "cannot make the folder", ENAMETOOLONG);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 1);
	output_end(&scene->output);
}

static void root_is_named_without_two_slashes(void **state)
{
	struct scene *scene = *state;
	struct source source;

	assert_true(output_begin(&scene->output, "/", OUTPUT_LOOK));
	assert_false(output_existing(&scene->output, "dev/null/oscam.conf", &source));
	assert_string_equal(
		scene->output.failed, "/dev/null/oscam.conf: cannot be looked at: Not a directory");
}

static void no_room_for_a_ninth_file(void **state)
{
	struct scene *scene = *state;
	char name[] = "0";

	assert_true(output_begin(&scene->output, scene->top, 0));
	for (; name[0] < '0' + OUTPUT_MAX; name[0]++)
		assert_true(output_open(&scene->output, name));
	assert_false(output_open(&scene->output, "last"));
	assert_failed(&scene->output, "/last: ", "cannot create", EMFILE);
	assert_false(output_commit(&scene->output));
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 0);
}

static void writes_go_on(void **state)
{
	struct scene *scene = *state;

	write_most = 4;
	write_trouble = (struct trouble){.after = 1, .times = 2, .why = EINTR};
	two_files(scene);
	assert_true(output_commit(&scene->output));
	assert_content(in(scene, "oscam.user"), "[account]\nuser = a\n");
}

static void large_files_are_whole(void **state)
{
	enum { PIECE = 3 << 20, PIECES = 7 };
	struct scene *scene = *state;
	char *piece = malloc(PIECE);
	struct stat status;

	assert_non_null(piece);
	memset(piece, 'x', PIECE);
	assert_true(output_begin(&scene->output, scene->top, 0));
	assert_true(output_open(&scene->output, "large"));
	for (int i = 0; i < PIECES; i++)
		assert_true(output_write(&scene->output, piece, PIECE));
	free(piece);
	assert_true(output_commit(&scene->output));
	assert_int_equal(stat(in(scene, "large"), &status), 0);
	assert_int_equal(status.st_size, (off_t)PIECE * PIECES);
}

static void a_failed_write_stops_all(void **state)
{
	struct scene *scene = *state;

	two_files(scene);
	write_trouble = (struct trouble){.after = 0, .times = 1, .why = ENOSPC};
	assert_false(output_write(&scene->output, "oscam.conf", 1));
	assert_failed(&scene->output, "/oscam.user: ", "cannot write", ENOSPC);
	write_trouble = (struct trouble){.after = 0, .times = 1, .why = EIO};
	assert_false(output_write(&scene->output, "oscam.conf", 1));
	assert_failed(&scene->output, "/oscam.user: ", "cannot write", ENOSPC);
	assert_false(output_commit(&scene->output));
	output_abort(&scene->output);
	assert_int_equal(entries(scene->top), 0);
}

static void flushing_is_repeated_or_not_possible(void **state)
{
	struct scene *scene = *state;

	two_files(scene);
	fsync_trouble = (struct trouble){.times = 2, .why = EINTR};
	assert_true(output_commit(&scene->output));
	assert_int_equal(fsync_calls, 2 + 9);
	start_over(scene);
	two_files(scene);
	fsync_trouble = (struct trouble){.times = 9, .why = EINVAL};
	assert_true(output_commit(&scene->output));
}

/* Each name once; and nothing at all is a set as well. */
static void names_and_no_names(void **state)
{
	struct scene *scene = *state;

	assert_true(output_begin(&scene->output, scene->top, 0));
	assert_true(output_commit(&scene->output));
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 0);
	assert_true(output_begin(&scene->output, scene->top, 0));
	assert_true(output_open(&scene->output, "oscam.conf"));
	assert_false(output_open(&scene->output, "oscam.conf"));
	assert_failed(&scene->output, "/oscam.conf: ", "cannot create", EEXIST);
	assert_false(output_open(&scene->output, "y"));
	output_end(&scene->output);
	output_end(&scene->output);
	assert_int_equal(entries(scene->top), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commit_places_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(until_commit_there_are_only_hidden_ones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(exists_sees_every_kind, set_up, tear_down),
		cmocka_unit_test_setup_teardown(missing_folders_are_made, set_up, tear_down),
		cmocka_unit_test_setup_teardown(flushing_is_left_to_the_caller, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hidden_folders_are_locked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(finished_folders_are_no_rubbish, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hidden_folders_of_others, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folders_that_appear_meanwhile, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folders_that_are_not_new, set_up, tear_down),
		cmocka_unit_test_setup_teardown(new_folders_without_renameat2, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_folder_above_cannot_be_flushed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(looking_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(made_folders_go_with_abort, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folders_that_others_use_stay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_way_up_from_a_missing_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folders_that_cannot_be, set_up, tear_down),
		cmocka_unit_test_setup_teardown(root_is_named_without_two_slashes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_room_for_a_ninth_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writes_go_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(large_files_are_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_failed_write_stops_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(flushing_is_repeated_or_not_possible, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_and_no_names, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
