/* All files or none: what stands in the folder after success, after every failure, and meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "cc2oscam/output.h"
#include "files_trouble.h"

/* The folder of one test. */
struct place {
	char top[64];
	struct output output;
};

static const char *in(const struct place *place, const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof path, "%s/%s", place->top, name);
	return path;
}

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	if (!place)
		return -1;
	strcpy(place->top, "/tmp/test_files-XXXXXX");
	*state = place;
	write_trouble = fsync_trouble = link_trouble = unlink_trouble = rename_trouble = (struct trouble){0};
	write_most = 0;
	fsync_calls = 0;
	return mkdtemp(place->top) ? 0 : -1;
}

static void remove_all(const char *path)
{
	DIR *folder = opendir(path);

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		char inner[512];
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		if (remove(inner) != 0)
			remove_all(inner);
	}
	if (folder)
		(void)closedir(folder);
	(void)remove(path);
}

static void start_over(struct place *place)
{
	output_end(&place->output);
	remove_all(place->top);
	assert_int_equal(mkdir(place->top, 0700), 0);
}

static int tear_down(void **state)
{
	struct place *place = *state;

	output_end(&place->output);
	remove_all(place->top);
	free(place);
	return 0;
}

static int entries(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	(void)closedir(folder);
	return count - 2;
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void assert_content(const char *path, const char *expected)
{
	char text[256];
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	size_t len = fread(text, 1, sizeof text - 1, file);
	(void)fclose(file);
	text[len] = '\0';
	assert_string_equal(text, expected);
}

static void assert_failed(const struct output *output, const char *name, const char *what, int why)
{
	assert_non_null(output->failed);
	assert_non_null(strstr(output->failed, name));
	assert_non_null(strstr(output->failed, what));
	assert_non_null(strstr(output->failed, strerror(why)));
}

/* Two files, ready to be committed. */
static void two_files(struct place *place)
{
	struct output *output = &place->output;

	assert_int_equal(output_begin(output, place->top), 0);
	assert_int_equal(output_open(output, "oscam.server"), 0);
	assert_int_equal(output_write(output, "[reader]\n", 9), 0);
	assert_int_equal(output_open(output, "oscam.user"), 0);
	assert_int_equal(output_write(output, "[account]\n", 10), 0);
	assert_int_equal(output_write(output, "user = a\n", 9), 0);
}

static void commit_places_all(void **state)
{
	struct place *place = *state;
	struct stat status;

	two_files(place);
	assert_int_equal(output_commit(&place->output), 0);
	assert_int_equal(fsync_calls, 3);
	output_abort(&place->output);
	output_end(&place->output);
	assert_int_equal(entries(place->top), 2);
	assert_content(in(place, "oscam.server"), "[reader]\n");
	assert_content(in(place, "oscam.user"), "[account]\nuser = a\n");
	assert_int_equal(stat(in(place, "oscam.user"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(status.st_nlink, 1);
}

static void until_commit_there_are_only_temporaries(void **state)
{
	struct place *place = *state;
	struct stat status;

	two_files(place);
	assert_int_equal(entries(place->top), 2);
	assert_false(output_exists(&place->output, "oscam.server"));
	for (int i = 0; i < 2; i++) {
		const char *temporary = place->output.files[i].temporary;
		assert_int_equal(stat(in(place, temporary), &status), 0);
		assert_int_equal(status.st_mode & 0777, 0600);
	}
	const char start[] = ".oscam.server.cc2oscam-";
	assert_memory_equal(place->output.files[0].temporary, start, sizeof start - 1);
	assert_int_equal(strlen(place->output.files[0].temporary), sizeof start - 1 + 6);
	output_end(&place->output);
	assert_int_equal(entries(place->top), 0);
}

static void exists_sees_every_kind(void **state)
{
	struct place *place = *state;

	put(in(place, "file"), "");
	assert_int_equal(mkdir(in(place, "folder"), 0700), 0);
	assert_int_equal(symlink("nowhere", in(place, "dangling")), 0);
	assert_int_equal(output_begin(&place->output, place->top), 0);
	assert_true(output_exists(&place->output, "file"));
	assert_true(output_exists(&place->output, "folder"));
	assert_true(output_exists(&place->output, "dangling"));
	assert_false(output_exists(&place->output, "nothing"));
}

static void missing_folders_are_made(void **state)
{
	struct place *place = *state;
	struct stat status;

	assert_int_equal(output_begin(&place->output, in(place, "a//./b/c/")), 0);
	assert_int_equal(output_open(&place->output, "x"), 0);
	assert_int_equal(output_commit(&place->output), 0);
	output_end(&place->output);
	assert_content(in(place, "a/b/c/x"), "");
	assert_int_equal(stat(in(place, "a"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_int_equal(stat(in(place, "a/b/c"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
}

static void made_folders_go_with_abort(void **state)
{
	static const char *const paths[] = {"old/a/b/c", "old/a//b/./c/", "old/a", "old/../old/a/b"};
	struct place *place = *state;

	assert_int_equal(mkdir(in(place, "old"), 0700), 0);
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		assert_int_equal(output_begin(&place->output, in(place, paths[i])), 0);
		assert_int_equal(output_open(&place->output, "x"), 0);
		assert_int_equal(entries(in(place, "old")), 1);
		output_abort(&place->output);
		assert_int_equal(entries(in(place, "old")), 0);
		output_end(&place->output);
	}
}

static void folders_that_others_use_stay(void **state)
{
	struct place *place = *state;

	assert_int_equal(output_begin(&place->output, in(place, "a/b")), 0);
	put(in(place, "a/other"), "theirs");
	output_end(&place->output);
	assert_content(in(place, "a/other"), "theirs");
	assert_int_equal(entries(in(place, "a")), 1);
}

/* "..": the folder before it is not there, so neither is what it would lead to. */
static void no_way_up_from_a_missing_folder(void **state)
{
	struct place *place = *state;

	assert_int_equal(mkdir(in(place, "old"), 0700), 0);
	assert_int_equal(output_begin(&place->output, in(place, "new/../old/x")), -1);
	assert_failed(&place->output, "new/../old/x", "cannot make the folder", ENOENT);
	output_end(&place->output);
	assert_int_equal(entries(place->top), 1);
	assert_int_equal(entries(in(place, "old")), 0);
}

static void folders_that_cannot_be(void **state)
{
	struct place *place = *state;

	put(in(place, "file"), "");
	assert_int_equal(output_begin(&place->output, in(place, "file")), -1);
	assert_failed(&place->output, "/file: ", "cannot open the folder", ENOTDIR);
	output_end(&place->output);
	assert_int_equal(output_begin(&place->output, ""), -1);
	assert_failed(&place->output, ": ", "cannot make the folder", ENOENT);
	output_end(&place->output);

	char path[400] = "";
	(void)snprintf(path, sizeof path, "%s/new/", place->top);
	memset(path + strlen(path), 'n', 300);
	assert_int_equal(output_begin(&place->output, path), -1);
	assert_failed(&place->output, "/new/n", "cannot make the folder", ENAMETOOLONG);
	output_end(&place->output);
	assert_int_equal(entries(place->top), 1);
	output_end(&place->output);
}

static void root_is_named_without_two_slashes(void **state)
{
	struct place *place = *state;

	assert_int_equal(output_begin(&place->output, "/"), 0);
	assert_int_equal(output_open(&place->output, "no-such-folder/x"), -1);
	assert_memory_equal(place->output.failed, "/no-such-folder/x: cannot create: ", 34);
}

static void no_room_for_a_ninth_file(void **state)
{
	struct place *place = *state;
	char name[] = "0";

	assert_int_equal(output_begin(&place->output, place->top), 0);
	for (; name[0] < '0' + OUTPUT_MAX; name[0]++)
		assert_int_equal(output_open(&place->output, name), 0);
	assert_int_equal(output_open(&place->output, "last"), -1);
	assert_failed(&place->output, "/last: ", "cannot create", EMFILE);
	assert_int_equal(output_commit(&place->output), -1);
	output_end(&place->output);
	assert_int_equal(entries(place->top), 0);
}

static void writes_go_on(void **state)
{
	struct place *place = *state;

	write_most = 4;
	write_trouble = (struct trouble){1, 2, EINTR};
	two_files(place);
	assert_int_equal(output_commit(&place->output), 0);
	assert_content(in(place, "oscam.user"), "[account]\nuser = a\n");
}

static void large_files_are_whole(void **state)
{
	enum { PIECE = 3 << 20, PIECES = 7 };
	struct place *place = *state;
	char *piece = malloc(PIECE);
	struct stat status;

	assert_non_null(piece);
	memset(piece, 'x', PIECE);
	assert_int_equal(output_begin(&place->output, place->top), 0);
	assert_int_equal(output_open(&place->output, "large"), 0);
	for (int i = 0; i < PIECES; i++)
		assert_int_equal(output_write(&place->output, piece, PIECE), 0);
	free(piece);
	assert_int_equal(output_commit(&place->output), 0);
	assert_int_equal(stat(in(place, "large"), &status), 0);
	assert_int_equal(status.st_size, (off_t)PIECE * PIECES);
}

static void a_failed_write_stops_all(void **state)
{
	struct place *place = *state;

	two_files(place);
	write_trouble = (struct trouble){0, 1, ENOSPC};
	assert_int_equal(output_write(&place->output, "x", 1), -1);
	assert_failed(&place->output, "/oscam.user: ", "cannot write", ENOSPC);
	write_trouble = (struct trouble){0, 1, EIO};
	assert_int_equal(output_write(&place->output, "x", 1), -1);
	assert_failed(&place->output, "/oscam.user: ", "cannot write", ENOSPC);
	assert_int_equal(output_commit(&place->output), -1);
	output_abort(&place->output);
	assert_int_equal(entries(place->top), 0);
}

static void failures_of_the_commit_leave_nothing(void **state)
{
	struct place *place = *state;
	const struct {
		struct trouble *trouble;
		struct trouble set;
		const char *name, *what;
	} cases[] = {
		{&fsync_trouble, {0, 1, EIO}, "/oscam.server: ", "cannot flush"},
		{&fsync_trouble, {1, 1, EIO}, "/oscam.user: ", "cannot flush"},
		{&fsync_trouble, {2, 1, EIO}, ": ", "cannot flush the folder"},
		{&unlink_trouble, {0, 1, EIO}, "/oscam.server: ", "cannot remove its temporary file"},
		{&unlink_trouble, {1, 1, EIO}, "/oscam.user: ", "cannot remove its temporary file"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		two_files(place);
		*cases[i].trouble = cases[i].set;
		assert_int_equal(output_commit(&place->output), -1);
		assert_failed(&place->output, cases[i].name, cases[i].what, cases[i].set.why);
		assert_false(output_exists(&place->output, "oscam.server"));
		assert_false(output_exists(&place->output, "oscam.user"));
		output_end(&place->output);
		assert_int_equal(entries(place->top), 0);
	}
}

static void flushing_is_repeated_or_not_possible(void **state)
{
	struct place *place = *state;

	two_files(place);
	fsync_trouble = (struct trouble){0, 2, EINTR};
	assert_int_equal(output_commit(&place->output), 0);
	assert_int_equal(fsync_calls, 5);
	start_over(place);
	two_files(place);
	fsync_trouble = (struct trouble){0, 3, EINVAL};
	assert_int_equal(output_commit(&place->output), 0);
}

/* Without hard links: renameat2, then, without that too, a look and a rename. */
static void other_ways_to_place(void **state)
{
	const struct trouble no_links = {0, 2, EPERM}, no_rename = {0, 2, ENOSYS};
	struct place *place = *state;

	for (int way = 0; way < 2; way++) {
		two_files(place);
		link_trouble = no_links;
		rename_trouble = way == 1 ? no_rename : (struct trouble){0};
		assert_int_equal(output_commit(&place->output), 0);
		assert_int_equal(link_trouble.times + rename_trouble.times, 0);
		assert_int_equal(entries(place->top), 2);
		assert_content(in(place, "oscam.server"), "[reader]\n");
		assert_content(in(place, "oscam.user"), "[account]\nuser = a\n");
		start_over(place);
	}
}

/* In each way, a name that somebody took after the files were begun is left alone, and so is all else. */
static void nothing_is_overwritten(void **state)
{
	struct place *place = *state;

	for (int way = 0; way < 4; way++) {
		two_files(place);
		if (way == 3)
			assert_int_equal(symlink("nowhere", in(place, "oscam.user")), 0);
		else
			put(in(place, "oscam.user"), "theirs");
		link_trouble = (struct trouble){0, way == 0 ? 0 : 2, EPERM};
		rename_trouble = (struct trouble){0, way == 2 ? 2 : 0, ENOSYS};
		assert_int_equal(output_commit(&place->output), -1);
		assert_failed(&place->output, "/oscam.user: ", "cannot place", EEXIST);
		assert_false(output_exists(&place->output, "oscam.server"));
		output_end(&place->output);
		assert_int_equal(entries(place->top), 1);
		if (way != 3)
			assert_content(in(place, "oscam.user"), "theirs");
		assert_int_equal(unlink(in(place, "oscam.user")), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commit_places_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(until_commit_there_are_only_temporaries, set_up, tear_down),
		cmocka_unit_test_setup_teardown(exists_sees_every_kind, set_up, tear_down),
		cmocka_unit_test_setup_teardown(missing_folders_are_made, set_up, tear_down),
		cmocka_unit_test_setup_teardown(made_folders_go_with_abort, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folders_that_others_use_stay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_way_up_from_a_missing_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folders_that_cannot_be, set_up, tear_down),
		cmocka_unit_test_setup_teardown(root_is_named_without_two_slashes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_room_for_a_ninth_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writes_go_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(large_files_are_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_failed_write_stops_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(failures_of_the_commit_leave_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(flushing_is_repeated_or_not_possible, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_ways_to_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_is_overwritten, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
