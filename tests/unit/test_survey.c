/* The known places, what is found at them, and what counts as one. Links and copies: locate.sh. */
#include "fleet_help.h"

#include "app/survey.h"

AROUND_EACH(make_folder, remove_folder)

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

/* What is found below "box", a line for each place: "/etc/CCcam.cfg", with * behind the one that counts and +
 * behind what is used, and what is there, or "!" and what is wrong, or "=" and the place that it is another
 * name of. */
static void expect(const char *tree, const char *places)
{
	struct survey survey;
	struct arena arena FREED_BY(arena_free) = {0};
	struct slice all = SLICE("");

	grow(tree);
	assert_true(survey_start(&survey, "box", &arena));
	for (uint32_t i = 0; i < survey.found.count; i++) {
		const struct place_found *found = list_at(&survey.found, i);
		all = arena_format(&arena, "%.*s%s%s%s %s%.*s\n", SLICE_ARG(all), found->place->path,
			found == survey.one ? "*" : "", found->used ? "+" : "",
			found->same      ? "="
			: found->problem ? "!"
					 : "",
			SLICE_ARG(found->same      ? slice_of(found->same->place->path)
				  : found->problem ? slice_of(found->problem)
						   : found->holds));
	}
	assert_string_equal(all.at, places);
	survey_end(&survey);
}

TEST(test_what_is_no_file)
{
	char places[512];

	/* links that lead nowhere, folders, key files: none counts, and names of nothing are not one */
	(void)snprintf(places, sizeof places,
		"/etc/CCcam.cfg !a link to /gone, which is not there\n"
		"/var/etc/CCcam.cfg !%s\n"
		"/usr/keys/CCcam.cfg !a folder, no file\n"
		"/var/keys/CCcam.cfg !leads to a key file, and those are never opened\n"
		"/usr/keys no file of OSCam's\n"
		"/etc/oscam !no folder\n"
		"/var/keys no file of OSCam's\n"
		"/var/etc no file of OSCam's\n",
		strerror(ELOOP));
	expect("box/etc/CCcam.cfg>/gone|box/var/etc/CCcam.cfg>CCcam.cfg|box/usr/keys/CCcam.cfg/x=|"
	       "box/var/keys/SoftCam.Key=F: user1 secret\n|box/var/keys/CCcam.cfg>SoftCam.Key|box/etc/oscam=",
		places);
}

TEST(test_use_of_cccam)
{
	static const struct {
		const char *text, *place;
	} cases[] = {
		{"", "* empty"},
		{"# nothing\n\n#C: host1.example.com 12000 user1 secret\n", "* only comments"},
		{"SERVER LISTEN PORT : 12000\n", "* 1 option"},
		{"C: host1.example.com\n", "* 1 rejected line"},
		{"what is this\n", "* 1 rejected line"},
		{"B: /dev/sci0 01\n", "* 1 option"},
		{"SCIDEVICES : 0\n", "* 1 option"},
		{"SCIDEVICES : 2\n", "*+ 2 local readers"},
		{"SERIAL READER : /dev/ttyS0 mouse\n", "*+ 1 local reader"},
		{"C: host1.example.com 12000 user1 secret\nC: host2.example.com 12000 user1 secret\n"
		 "F: user1 secret\nF: user1\nDEBUG : no\n",
			"*+ 2 C, 1 F, 1 rejected line"},
		{"L: host1.example.com 20000 user1 secret 0100 000080\n"
		 "R: host1.example.com 678 0100 000080\n",
			"*+ 1 L, 1 R"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char place[128];
		(void)snprintf(place, sizeof place, "/etc/cccam/CCcam.cfg%s\n", cases[i].place);
		write_text("box/etc/cccam/CCcam.cfg", cases[i].text);
		expect("box/", place);
	}
}

TEST(test_use_of_oscam)
{
	/* oscam.server leads out of the folder, or to keys: it is not looked into */
	expect("box/usr/keys/SoftCam.Key=|box/etc/oscam/oscam.conf=[global]\n|box/etc/oscam/oscamlog=|"
	       "box/etc/oscam/oscam.d/x=|"
	       "box/etc/tuxbox/config/oscam.server=[reader]\nlabel = a\nprotocol = cccam\n[READER]\n"
	       "label = b\nprotocol = newcamd\n[other]\nlabel = c\n#[reader]\n[reader]\nlabel = d\n"
	       "protocol = mouse|"
	       "box/data/users=[account]\nuser = user1\n|box/etc/tuxbox/config/oscam.user>/data/users|"
	       "outside=[reader]\n|box/var/etc/some.key=[account]\n|"
	       "box/var/etc/oscam.server>../../../outside|box/var/etc/oscam.user>some.key",
		"/etc/tuxbox/config+ 3 readers, 1 account (oscam.server oscam.user)\n"
		"/usr/keys no file of OSCam's\n"
		"/etc/oscam no reader and no account (oscam.conf)\n"
		"/var/etc no reader and no account (oscam.user)\n");
}

/* OSCam takes a line that is longer than its buffer for several. */
TEST(test_oscam_long_line)
{
	char text[16384 + 64];

	(void)snprintf(text, sizeof text, "#%*s[reader]\nlabel = a\nprotocol = cccam\n", 16383 - 1, "");
	write_text("box/etc/oscam/oscam.server", text);
	expect("box/", "/etc/oscam+ 1 reader (oscam.server)\n");
}
