/* A set over an existing one: what is kept, what is refused, what others do meanwhile. */
#include "files_help.h"

static void assert_old_set(const struct scene *scene)
{
	assert_int_equal(entries(scene->top), 2);
	assert_content(in(scene, "oscam.conf"), "old conf");
	assert_content(in(scene, "oscam.user"), "old user");
}

static void rights_inodes_and_others_are_kept(void **state)
{
	struct scene *scene = *state;
	struct stat status;

	old_set(scene);
	assert_int_equal(chmod(in(scene, "oscam.user"), 0640), 0);
	if (geteuid() == 0)
		assert_int_equal(chown(in(scene, "oscam.user"), 12345, 54321), 0);
	ino_t user = inode(in(scene, "oscam.user")), conf = inode(in(scene, "oscam.conf"));
	new_set(scene);
	assert_int_equal(rights(in(scene, ".oscam.user.cc2oscam-new")), 0640);
	assert_content(in(scene, "oscam.user"), "old user");
	commit(scene);
	assert_int_equal(entries(scene->top), 4);
	assert_content(in(scene, "oscam.conf"), "old conf");
	assert_content(in(scene, "oscam.user"), "new user");
	assert_content(in(scene, "oscam.user.bak"), "old user");
	assert_content(in(scene, "oscam.server"), "new server");
	assert_true(inode(in(scene, "oscam.user.bak")) == user);
	assert_true(inode(in(scene, "oscam.conf")) == conf);
	assert_int_equal(rights(in(scene, "oscam.server")), 0600);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(lstat(in(scene, i ? "oscam.user.bak" : "oscam.user"), &status), 0);
		assert_true(S_ISREG(status.st_mode));
		assert_int_equal(status.st_mode & 07777, 0640);
		assert_int_equal(status.st_nlink, 1);
		if (geteuid() == 0)
			assert_true(status.st_uid == 12345 && status.st_gid == 54321);
	}
}

/* An access control list for the user 12345, as the system keeps it: tag, rights, id. */
static void access_control_lists_are_kept(void **state)
{
	static const char list[] = "system.posix_acl_access";
	static const unsigned char value[] = {2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 0x39,
		0x30, 0, 0, 4, 0, 0, 0, 255, 255, 255, 255, 16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255,
		255, 255, 255};
	struct scene *scene = *state;
	unsigned char kept[sizeof value];

	old_set(scene);
	if (setxattr(in(scene, "oscam.user"), list, value, sizeof value, 0) != 0) {
		print_message("skipped: this file system keeps no access control lists\n");
		skip();
	}
	new_set(scene);
	commit(scene);
	assert_int_equal(getxattr(in(scene, "oscam.user"), list, kept, sizeof kept), sizeof kept);
	assert_memory_equal(kept, value, sizeof value);
	assert_int_equal(rights(in(scene, "oscam.user")), 0640);

	/* a list that new files of the folder get is not for one that had none */
	start_over(scene);
	old_set(scene);
	assert_int_equal(setxattr(scene->top, "system.posix_acl_default", value, sizeof value, 0), 0);
	new_set(scene);
	commit(scene);
	assert_int_equal(getxattr(in(scene, "oscam.user"), list, kept, sizeof kept), -1);
}

/* What cannot be kept refuses the whole set. */
static void rights_that_cannot_be_kept(void **state)
{
	struct scene *scene = *state;
	const struct {
		struct trouble *trouble;
		int why;
		const char *what;
	} cases[] = {
		{&fchown_trouble, EPERM, "its owner and group cannot be kept"},
		{&fchmod_trouble, EPERM, "its rights cannot be kept"},
		{&xattr_trouble, EIO, "its access control list cannot be kept"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (cases[i].trouble == &fchown_trouble && geteuid() != 0)
			continue;
		old_set(scene);
		assert_int_equal(chmod(in(scene, "oscam.user"), 0640), 0);
		if (geteuid() == 0)
			assert_int_equal(chown(in(scene, "oscam.user"), 12345, 54321), 0);
		begin(scene, OUTPUT_REPLACE);
		*cases[i].trouble = (struct trouble){.times = 1, .why = cases[i].why};
		assert_false(output_open(&scene->output, "oscam.user"));
		assert_failed(&scene->output, "/oscam.user: ", cases[i].what, cases[i].why);
		output_end(&scene->output);
		assert_old_set(scene);
		start_over(scene);
	}
	/* file systems without lists */
	old_set(scene);
	xattr_trouble = (struct trouble){.times = 1, .why = EOPNOTSUPP};
	new_set(scene);
	commit(scene);
}

static void backups_are_numbered(void **state)
{
	struct scene *scene = *state;
	char name[32], text[32];

	put(in(scene, "x"), "0");
	assert_int_equal(symlink("nowhere", in(scene, "x.bak.2")), 0);
	for (int i = 1; i <= 4; i++) {
		(void)snprintf(text, sizeof text, "%d", i);
		begin(scene, OUTPUT_REPLACE);
		assert_true(write_file(&scene->output, "x", text));
		commit(scene);
	}
	assert_content(in(scene, "x"), "4");
	assert_content(in(scene, "x.bak"), "0");
	for (int i = 1; i < 4; i++) {
		(void)snprintf(name, sizeof name, "x.bak.%d", i < 2 ? i : i + 1);
		(void)snprintf(text, sizeof text, "%d", i);
		assert_content(in(scene, name), text);
	}
	assert_int_equal(entries(scene->top), 6);
}

static void without_replace_existing_files_are_refused(void **state)
{
	struct scene *scene = *state;

	old_set(scene);
	begin(scene, 0);
	assert_true(write_file(&scene->output, "oscam.server", "new"));
	assert_false(output_open(&scene->output, "oscam.user"));
	assert_failed(&scene->output, "/oscam.user: ", "is there already", 0);
	assert_false(output_commit(&scene->output));
	output_end(&scene->output);
	assert_old_set(scene);
}

/* What is read is the file that the new one replaces. */
static void existing_files_are_read(void **state)
{
	struct scene *scene = *state;
	struct source source;

	old_set(scene);
	begin(scene, OUTPUT_REPLACE);
	assert_true(output_existing(&scene->output, "oscam.server", &source));
	assert_true(output_open(&scene->output, "oscam.server"));
	assert_true(output_existing(&scene->output, "oscam.user", &source));
	assert_int_equal(source.text.len, 8);
	assert_memory_equal(source.text.at, "old user", 8);
	assert_string_equal(source.path, in(scene, "oscam.user"));
	source_free(&source);
	assert_true(output_existing(&scene->output, "oscam.conf", &source));
	source_free(&source);
	assert_true(output_write(&scene->output, "new server", 10));
	assert_true(write_file(&scene->output, "oscam.user", "new user"));
	commit(scene);
	assert_content(in(scene, "oscam.server"), "new server");
	assert_content(in(scene, "oscam.user"), "new user");
	assert_content(in(scene, "oscam.conf"), "old conf");
	assert_int_equal(entries(scene->top), 4);
}

/* Somebody else's changes, at a moment that a test chooses. */
static const struct scene *changed_scene;

static void write_more(void)
{
	put(in(changed_scene, "oscam.user"), "their longer user");
}

static void write_another(void)
{
	put(in(changed_scene, "another"), "their user");
	assert_int_equal(rename(in(changed_scene, "another"), in(changed_scene, "oscam.user")), 0);
}

static void write_server(void)
{
	put(in(changed_scene, "oscam.server"), "their server");
}

static void what_others_change_is_not_overwritten(void **state)
{
	struct scene *scene = *state;
	const struct {
		struct trouble *trouble; /* NULL: before the commit */
		int after;
		void (*hook)(void);
		const char *name, *theirs;
	} cases[] = {
		{NULL, 0, write_more, "/oscam.user: ", "their longer user"},
		{NULL, 0, write_another, "/oscam.user: ", "their user"},
		{NULL, 0, write_server, "/oscam.server: ", "their server"},
		{&link_trouble, 0, write_another,
			"/oscam.user: ", "their user"}, /* while it gets a second name */
		{&fsync_trouble, 4, write_more, "/oscam.user: ", "their longer user"}, /* while it has one */
		{&renameat2_trouble, 0, write_another,
			"/oscam.user: ", "their user"}, /* while it is exchanged */
		{&symlink_trouble, 3, write_server, "/oscam.server: ", "their server"},
		{&fsync_trouble, 6, write_more, "/oscam.user: ", "their longer user"}, /* through the link */
	};

	changed_scene = scene;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		old_set(scene);
		new_set(scene);
		if (cases[i].trouble)
			*cases[i].trouble =
				(struct trouble){.after = cases[i].after, .times = 1, .hook = cases[i].hook};
		else
			cases[i].hook();
		assert_false(output_commit(&scene->output));
		assert_failed(&scene->output, cases[i].name, "by somebody else meanwhile", 0);
		output_end(&scene->output);
		if (cases[i].trouble)
			assert_int_equal(cases[i].trouble->times, 0);
		bool server = cases[i].hook == write_server;
		assert_content(in(scene, server ? "oscam.server" : "oscam.user"), cases[i].theirs);
		assert_content(in(scene, "oscam.conf"), "old conf");
		/* the file that theirs took the place of, once ours had a hold on it, is kept as well */
		bool kept = cases[i].trouble == &renameat2_trouble;
		if (kept)
			assert_content(in(scene, "oscam.user.bak"), "old user");
		assert_int_equal(entries(scene->top), server || kept ? 3 : 2);
		start_over(scene);
	}
}

/* What was only read counts as well: the others were made from it. */
static void what_was_read_must_not_change(void **state)
{
	struct scene *scene = *state;
	struct source source;

	old_set(scene);
	begin(scene, OUTPUT_REPLACE);
	assert_true(output_existing(&scene->output, "oscam.user", &source));
	source_free(&source);
	assert_true(write_file(&scene->output, "oscam.server", "new"));
	put(in(scene, "oscam.user"), "changed");
	assert_false(output_commit(&scene->output));
	assert_failed(&scene->output, "/oscam.user: ", "changed by somebody else", 0);
}

/* Old kernels cannot exchange names, nor rename without replacing. */
static void without_renameat2(void **state)
{
	struct scene *scene = *state;

	old_set(scene);
	put(in(scene, "oscam.user.bak"), "older user");
	new_set(scene);
	renameat2_trouble = (struct trouble){.times = 100, .why = ENOSYS};
	commit(scene);
	assert_int_equal(renameat2_trouble.times, 100 - 3); /* the exchange, and two names for the backup */
	assert_content(in(scene, "oscam.user"), "new user");
	assert_content(in(scene, "oscam.user.bak"), "older user");
	assert_content(in(scene, "oscam.user.bak.1"), "old user");
	assert_content(in(scene, "oscam.server"), "new server");
	assert_int_equal(entries(scene->top), 5);
}

static void one_process_at_a_time(void **state)
{
	struct scene *scene = *state;
	struct output other;

	old_set(scene);
	new_set(scene);
	assert_false(output_begin(&other, scene->top, OUTPUT_REPLACE));
	assert_failed(&other, scene->top, "another cc2oscam is writing there", 0);
	output_end(&other);
	commit(scene);
	assert_content(in(scene, "oscam.user"), "new user");
}

/* The commit has happened: what cannot be tidied up is said, and done by the next run. */
static void what_is_left_after_the_commit(void **state)
{
	struct scene *scene = *state;

	old_set(scene);
	new_set(scene);
	unlink_trouble = (struct trouble){.after = 1, .times = 1, .why = EIO};
	assert_true(output_commit(&scene->output));
	assert_non_null(scene->output.left);
	assert_non_null(strstr(scene->output.left, ".cc2oscam: cannot be removed: "));
	output_end(&scene->output);
	assert_content(in(scene, "oscam.user"), "new user");
	assert_int_equal(entries(scene->top), 5);
	begin(scene, 0);
	assert_int_equal(entries(scene->top), 4);
	assert_content(in(scene, "oscam.user.bak"), "old user");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rights_inodes_and_others_are_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(access_control_lists_are_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rights_that_cannot_be_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(backups_are_numbered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			without_replace_existing_files_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(existing_files_are_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_others_change_is_not_overwritten, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_was_read_must_not_change, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_renameat2, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_process_at_a_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_left_after_the_commit, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("switch", tests, NULL, NULL);
}
