/* The known places, what is found at them, and what counts as one. */
#include "folder_help.h"

#include <fcntl.h>

#include "app/survey.h"

TEST(test_table)
{
	for (size_t i = 0; i < known_place_count; i++) {
		const struct known_place *place = &known_places[i];
		struct slice path = slice_of(place->path);
		assert_int_equal(place->path[0], '/');
		assert_int_not_equal(path.at[path.len - 1], '/');
		assert_true(strlen(place->users) > 0);
		if (i > 0)
			assert_true(place->kind >= known_places[i - 1].kind);
		for (size_t j = 0; j < i; j++)
			if (place->kind == known_places[j].kind)
				assert_string_not_equal(place->path, known_places[j].path);
		assert_false(is_key_file(path));
	}
}

/* The survey of a folder, and what it found at a place. */
struct looked {
	struct test_folder folder;
	struct survey survey;
};

static void look(struct looked *looked)
{
	assert_true(survey_start(&looked->survey, looked->folder.root, &looked->folder.arena));
}

static const struct place_found *at(const struct looked *looked, const char *path)
{
	for (uint32_t i = 0; i < looked->survey.found.count; i++) {
		const struct place_found *found = list_at(&looked->survey.found, i);
		if (strcmp(found->place->path, path) == 0)
			return found;
	}
	return NULL;
}

static const char *holds(const struct looked *looked, const char *path)
{
	const struct place_found *found = at(looked, path);

	assert_non_null(found);
	assert_null(found->problem);
	return found->holds.at;
}

static void end(struct looked *looked)
{
	survey_end(&looked->survey);
	folder_remove(&looked->folder);
}

TEST(test_nothing)
{
	struct looked looked;

	folder_make(&looked.folder);
	folder_file(&looked.folder, "/etc/other.cfg", "C: host1.example.com 12000 user1 secret\n");
	look(&looked);
	assert_int_equal(looked.survey.found.count, 0);
	assert_int_equal(looked.survey.cccam_count, 0);
	assert_null(looked.survey.one);
	survey_end(&looked.survey);
	assert_false(survey_start(
		&looked.survey, folder_path(&looked.folder, "/etc/other.cfg"), &looked.folder.arena));
	survey_end(&looked.survey);
	assert_false(
		survey_start(&looked.survey, folder_path(&looked.folder, "/none"), &looked.folder.arena));
	end(&looked);
}

TEST(test_one_by_links)
{
	struct looked looked;

	folder_make(&looked.folder);
	folder_file(&looked.folder, "/var/etc/CCcam.cfg", "F: user1 secret\n");
	folder_link(&looked.folder, "/etc/CCcam.cfg", "/var/etc/CCcam.cfg");
	folder_link(&looked.folder, "/usr/keys", "/etc");
	look(&looked);
	assert_int_equal(looked.survey.cccam_count, 1);
	assert_ptr_equal(looked.survey.one, at(&looked, "/var/etc/CCcam.cfg"));
	assert_ptr_equal(at(&looked, "/etc/CCcam.cfg")->same, looked.survey.one);
	assert_ptr_equal(at(&looked, "/usr/keys/CCcam.cfg")->same, looked.survey.one);
	assert_false(at(&looked, "/usr/keys/CCcam.cfg")->copy);
	assert_true(looked.survey.one->used);
	end(&looked);
}

/* The names that come first in the table are links to a file at no known place. */
TEST(test_one_elsewhere)
{
	struct looked looked;

	folder_make(&looked.folder);
	folder_file(&looked.folder, "/data/cc.cfg", "F: user1 secret\n");
	folder_link(&looked.folder, "/etc/CCcam.cfg", "../data/cc.cfg");
	folder_link(&looked.folder, "/var/etc/CCcam.cfg", "/etc/CCcam.cfg");
	look(&looked);
	assert_ptr_equal(looked.survey.one, at(&looked, "/etc/CCcam.cfg"));
	assert_string_equal(looked.survey.one->file.name.at, "/data/cc.cfg");
	assert_ptr_equal(at(&looked, "/var/etc/CCcam.cfg")->same, looked.survey.one);
	end(&looked);
}

TEST(test_copies_and_others)
{
	struct looked looked;

	folder_make(&looked.folder);
	folder_file(&looked.folder, "/etc/CCcam.cfg", "F: user1 secret\n");
	folder_file(&looked.folder, "/media/usb/CCcam.cfg", "F: user1 secret\n");
	look(&looked);
	assert_ptr_equal(looked.survey.one, at(&looked, "/etc/CCcam.cfg"));
	assert_ptr_equal(at(&looked, "/media/usb/CCcam.cfg")->same, looked.survey.one);
	assert_true(at(&looked, "/media/usb/CCcam.cfg")->copy);
	survey_end(&looked.survey);

	folder_file(&looked.folder, "/usr/keys/CCcam.cfg", "F: user2 secret\n");
	look(&looked);
	assert_int_equal(looked.survey.cccam_count, 2);
	assert_null(looked.survey.one);
	end(&looked);
}

/* Neither counts: links that lead nowhere, folders, key files. Names of nothing are not one. */
TEST(test_no_files)
{
	struct looked looked;

	folder_make(&looked.folder);
	folder_link(&looked.folder, "/etc/CCcam.cfg", "/gone");
	folder_link(&looked.folder, "/var/etc/CCcam.cfg", "CCcam.cfg");
	folder_file(&looked.folder, "/usr/keys/CCcam.cfg/x", "");
	folder_file(&looked.folder, "/var/keys/SoftCam.Key", "F: user1 secret\n");
	folder_link(&looked.folder, "/var/keys/CCcam.cfg", "SoftCam.Key");
	folder_file(&looked.folder, "/etc/oscam", "");
	look(&looked);
	assert_int_equal(looked.survey.cccam_count, 0);
	assert_string_equal(at(&looked, "/etc/CCcam.cfg")->problem, "a link to /gone, which is not there");
	assert_non_null(at(&looked, "/var/etc/CCcam.cfg")->problem);
	assert_string_equal(at(&looked, "/usr/keys/CCcam.cfg")->problem, "a folder, no file");
	assert_string_equal(at(&looked, "/etc/oscam")->problem, "no folder");
	const struct place_found *keys = at(&looked, "/var/keys/CCcam.cfg");
	assert_non_null(strstr(keys->problem, "key file"));
	assert_null(keys->source.memory);
	for (uint32_t i = 0; i < looked.survey.found.count; i++)
		assert_null(((const struct place_found *)list_at(&looked.survey.found, i))->same);
	end(&looked);
}

TEST(test_use_of_cccam)
{
	static const struct {
		const char *text, *holds;
		bool used;
	} cases[] = {
		{"", "empty", false},
		{"# nothing\n\n#C: host1.example.com 12000 user1 secret\n", "only comments", false},
		{"SERVER LISTEN PORT : 12000\n", "1 option", false},
		{"C: host1.example.com\n", "1 rejected line", false},
		{"what is this\n", "1 rejected line", false},
		{"B: /dev/sci0 01\n", "1 option", false},
		{"SCIDEVICES : 0\n", "1 option", false},
		{"SCIDEVICES : 2\n", "2 local readers", true},
		{"SERIAL READER : /dev/ttyS0 mouse\n", "1 local reader", true},
		{"C: host1.example.com 12000 user1 secret\nC: host2.example.com 12000 user1 secret\n"
		 "F: user1 secret\nF: user1\nDEBUG : no\n",
			"2 C, 1 F, 1 rejected line", true},
		{"L: host1.example.com 20000 user1 secret 0100 000080\n"
		 "R: host1.example.com 678 0100 000080\n",
			"1 L, 1 R", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct looked looked;
		folder_make(&looked.folder);
		folder_file(&looked.folder, "/etc/CCcam.cfg", cases[i].text);
		look(&looked);
		assert_string_equal(holds(&looked, "/etc/CCcam.cfg"), cases[i].holds);
		assert_int_equal(at(&looked, "/etc/CCcam.cfg")->used, cases[i].used);
		end(&looked);
	}
}

static void set_time(struct test_folder *folder, const char *name, time_t when)
{
	const struct timespec times[2] = {{.tv_sec = when}, {.tv_sec = when}};

	assert_int_equal(utimensat(AT_FDCWD, folder_path(folder, name), times, 0), 0);
}

TEST(test_use_of_oscam)
{
	struct looked looked;

	folder_make(&looked.folder);
	folder_file(&looked.folder, "/usr/keys/SoftCam.Key", "");
	folder_file(&looked.folder, "/etc/oscam/oscam.conf", "[global]\n");
	folder_file(&looked.folder, "/etc/oscam/oscamlog", "");
	folder_file(&looked.folder, "/etc/oscam/oscam.d/x", "");
	folder_file(&looked.folder, "/etc/tuxbox/config/oscam.server",
		"[reader]\nlabel = a\nprotocol = cccam\n[READER]\nlabel = b\nprotocol = newcamd\n"
		"[other]\nlabel = c\n#[reader]\n[reader]\nlabel = d\nprotocol = mouse");
	folder_file(&looked.folder, "/data/users", "[account]\nuser = user1\n");
	folder_link(&looked.folder, "/etc/tuxbox/config/oscam.user", "/data/users");
	set_time(&looked.folder, "/etc/tuxbox/config/oscam.server", 2000000);
	set_time(&looked.folder, "/data/users", 3000000);
	look(&looked);
	assert_string_equal(holds(&looked, "/usr/keys"), "no file of OSCam's");
	assert_false(at(&looked, "/usr/keys")->any_file);
	assert_string_equal(holds(&looked, "/etc/oscam"), "no reader and no account (oscam.conf)");
	assert_false(at(&looked, "/etc/oscam")->used);
	assert_true(at(&looked, "/etc/oscam")->any_file);
	assert_string_equal(
		holds(&looked, "/etc/tuxbox/config"), "3 readers, 1 account (oscam.server oscam.user)");
	assert_true(at(&looked, "/etc/tuxbox/config")->used);
	assert_int_equal(at(&looked, "/etc/tuxbox/config")->changed, 3000000);
	end(&looked);
}

/* oscam.server leads out of the folder, or to keys: it is not looked into. */
TEST(test_oscam_out)
{
	struct looked looked;

	folder_make(&looked.folder);
	folder_file(&looked.folder, "/../outside", "[reader]\n");
	folder_file(&looked.folder, "/etc/oscam/some.key", "[account]\n");
	folder_link(&looked.folder, "/etc/oscam/oscam.server", "../../../outside");
	folder_link(&looked.folder, "/etc/oscam/oscam.user", "some.key");
	look(&looked);
	assert_string_equal(holds(&looked, "/etc/oscam"), "no reader and no account (oscam.user)");
	end(&looked);
}

/* OSCam takes a line that is longer than its buffer for several. */
TEST(test_oscam_long_line)
{
	struct looked looked;

	folder_make(&looked.folder);
	struct slice text = arena_format(
		&looked.folder.arena, "#%*s[reader]\nlabel = a\nprotocol = cccam\n", 16383 - 1, "");
	folder_file(&looked.folder, "/etc/oscam/oscam.server", text.at);
	look(&looked);
	assert_string_equal(holds(&looked, "/etc/oscam"), "1 reader (oscam.server)");
	end(&looked);
}
