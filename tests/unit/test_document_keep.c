/* What OSCam keeps of readers, accounts and services: which vanish, what leaks into the next, which user gets
 * an _x. The rules one by one, then all of them at random beside a plain retelling of OSCam's loops. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "document_help.h"
#include "generate.h"

enum { MANY = 200000, ROUNDS = 4000, SECTIONS_MOST = 64, LINE_ROOM = 128, NAME_ROOM = 64 };

struct kept {
	const char *label, *protocol;
	bool held, leaked, enabled;
};

/* The readers of a text, those before the first header and of unknown sections left out. */
static void check_readers(const char *text, const struct kept *expected, size_t count)
{
	struct trial trial FREED_BY(trial_end) = {0};
	size_t found = 0;

	trial_start(&trial, OSCAM_SERVER, slice_of(text));
	assert_sound(&trial);
	for (uint32_t i = 0; i < trial.document.sections.count; i++) {
		const struct document_section *section = section_at(&trial, i);
		if (section->section == SECTION_NONE) {
			assert_false(section->held);
			continue;
		}
		assert_true(found < count);
		assert_text(section->label, expected[found].label);
		assert_text(section->protocol, expected[found].protocol);
		assert_int_equal(section->held, expected[found].held);
		assert_int_equal(section->leaked, expected[found].leaked);
		assert_int_equal(section->enabled, expected[found].enabled);
		assert_false(section->renamed);
		found++;
	}
	assert_int_equal(found, count);
}

#define CHECK_READERS(text, ...)                                                                             \
	check_readers((text), (const struct kept[]){__VA_ARGS__},                                            \
		sizeof((const struct kept[]){__VA_ARGS__}) / sizeof(struct kept))

TEST(readers_need_label_and_protocol_by_the_next_header)
{
	CHECK_READERS("[reader]\nlabel = a\nprotocol = cccam\n[reader]\nprotocol = newcamd\nlabel = b\n",
		{"a", "cccam", true, false, true}, {"b", "newcamd", true, false, true});
	CHECK_READERS("[reader]\nlabel = a\n[reader]\nlabel = b\nprotocol = cccam\n",
		{"a", "", false, false, true}, {"b", "cccam", true, false, true});
	CHECK_READERS("[reader]\n[reader]\nlabel = b\nprotocol = cccam\n", {"", "", false, false, true},
		{"b", "cccam", true, false, true});
	CHECK_READERS("label = early\nprotocol = cccam\n[reader]\n", {"", "", true, false, true});
}

TEST(the_last_reader_is_kept)
{
	CHECK_READERS("[reader]\nprotocol = cccam\n", {"", "cccam", true, false, true});
	CHECK_READERS("[reader]\nlabel = a\nprotocol = CCcam\n", {"a", "", true, false, false});
	CHECK_READERS("[reader]\nlabel = a\n[other]\n", {"a", "", false, false, true});
	CHECK_READERS("[reader]\nlabel = a\nprotocol = cccam\n[other]\nlabel = b\n",
		{"a", "cccam", true, false, true});
}

TEST(labels_and_protocols_leak)
{
	CHECK_READERS("[reader]\nprotocol = cccam\n[reader]\nlabel = b\n[reader]\nlabel = c\n",
		{"", "cccam", false, false, true}, {"b", "cccam", true, true, true},
		{"c", "", true, false, true});
	CHECK_READERS("[reader]\nlabel = a\nprotocol = usb\n[reader]\nprotocol = mouse\n",
		{"a", "", false, false, false}, {"a", "mouse", true, true, true});
	CHECK_READERS("[reader]\nlabel = a\n[reader]\nlabel = b\nprotocol = cccam\n",
		{"a", "", false, false, true}, {"b", "cccam", true, false, true});
	CHECK_READERS("[reader]\nprotocol = cccam\n[other]\nlabel = x\n[reader]\nlabel = b\n",
		{"", "cccam", false, false, true}, {"b", "cccam", true, true, true});
	CHECK_READERS("[reader]\nlabel = a\n[reader]\nlabel =\n[reader]\nprotocol =\n",
		{"a", "", false, false, true}, {"a", "", false, true, true}, {"a", "", true, true, true});
}

TEST(an_unknown_protocol_switches_off_what_is_before_it)
{
	CHECK_READERS("[reader]\nprotocol = sci\nlabel = a\nenable = 1\n[reader]\n",
		{"a", "", false, false, true}, {"a", "", true, true, true});
	CHECK_READERS("[reader]\nenable = 1\nlabel = a\nprotocol = sci\n", {"a", "", true, false, false});
	CHECK_READERS("[reader]\nlabel = a\nprotocol = sci\nprotocol = internal\n",
		{"a", "internal", true, false, false});
	CHECK_READERS("[reader]\nlabel = a\nprotocol = internal\nprotocol = sci\n",
		{"a", "internal", true, false, false});
	CHECK_READERS("[reader]\nprotocol = cccam\n[reader]\nprotocol = sci\nlabel = b\nenable = yes\n",
		{"", "cccam", false, false, true}, {"b", "cccam", true, true, false});
	CHECK_READERS("[reader]\nlabel = a\nprotocol = cccam\nenable = 0\n[reader]\nlabel = b\nprotocol = "
		      "cccam\nenable = 256\n[reader]\nlabel = c\nprotocol = cccam\nenable =\n",
		{"a", "cccam", true, false, false}, {"b", "cccam", true, false, false},
		{"c", "cccam", true, false, true});
}

/* A header with words behind it is none. */
TEST(keys_behind_a_spoilt_header_overwrite_the_reader_before)
{
	static const char text[] = "[reader]\nlabel = a\nprotocol = cccam\nuser = u\n"
				   "[reader] # note\nlabel = b\nprotocol = newcamd\n";
	struct trial trial FREED_BY(trial_end) = {0};

	CHECK_READERS(text, {"b", "newcamd", true, false, true});
	trial_start(&trial, OSCAM_SERVER, slice_of(text));
	assert_value(&trial, 1, KEY_reader_user, "u");
	assert_value(&trial, 1, KEY_reader_label, "b");
}

TEST(labels_lose_blanks_and_their_end)
{
	char text[200] = "[reader]\nprotocol = cccam\nlabel = ", label[65];
	struct trial trial FREED_BY(trial_end) = {0};

	CHECK_READERS(
		"[reader]\nprotocol = cccam_ext\nlabel = a b c\n", {"a_b_c", "cccam", true, false, true});
	CHECK_READERS("[reader]\nlabel = a\nprotocol = cccam\n[reader]\nlabel = a\nprotocol = cccam\n",
		{"a", "cccam", true, false, true}, {"a", "cccam", true, false, true});
	memset(label, 'l', sizeof label);
	label[64] = '\0';
	strcat(text, label);
	trial_start(&trial, OSCAM_SERVER, slice_of(text));
	assert_int_equal(section_at(&trial, 1)->label.len, 63);
}

/* The users of a text: "name", or "!name" for one that got an _x. */
static void check_users(const char *text, const char *const *expected, size_t count)
{
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, OSCAM_USER, slice_of(text));
	assert_sound(&trial);
	assert_false(section_at(&trial, 0)->held);
	assert_int_equal(trial.document.sections.count, count + 1);
	for (uint32_t i = 0; i < count; i++) {
		const struct document_section *section = section_at(&trial, i + 1);
		bool renamed = expected[i][0] == '!';
		assert_text(section->label, expected[i] + renamed);
		assert_int_equal(section->renamed, renamed);
		assert_true(section->held);
		assert_false(section->leaked);
	}
}

#define CHECK_USERS(text, ...)                                                                               \
	check_users((text), (const char *const[]){__VA_ARGS__},                                              \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
#define ACCOUNT(name) "[account]\nuser = " name "\n"

TEST(equal_users_get_x_again_and_again)
{
	CHECK_USERS(ACCOUNT("a") ACCOUNT("b"), "a", "b");
	CHECK_USERS(ACCOUNT("a") ACCOUNT("a") ACCOUNT("a") ACCOUNT("a"), "a", "!a_x", "!a_x_x", "!a_x_x_x");
	CHECK_USERS(ACCOUNT("a") ACCOUNT("A"), "a", "A");
	CHECK_USERS(ACCOUNT("a") ACCOUNT("a_x") ACCOUNT("a"), "a", "a_x", "!a_x_x");
	CHECK_USERS("user = early\n[account]\nUser=early\n", "early");
	CHECK_USERS(ACCOUNT("a") "[account]\nuser = a\tb\n" ACCOUNT("a\tb"), "a", "a\tb", "!a\tb_x");
}

/* The accounts are gone through once: what stood before the one that is equal is not looked at again. */
TEST(an_x_is_not_looked_for_before_the_equal_user)
{
	CHECK_USERS(ACCOUNT("a_x") ACCOUNT("a") ACCOUNT("a"), "a_x", "a", "!a_x");
	CHECK_USERS(ACCOUNT("a_x") ACCOUNT("a") ACCOUNT("a") ACCOUNT("a") ACCOUNT("a_x"), "a_x", "a", "!a_x",
		"!a_x_x", "!a_x_x_x");
}

TEST(a_section_that_repeats_its_user_meets_itself)
{
	CHECK_USERS("[account]\nuser = a\nuser = a\n", "!a_x");
	CHECK_USERS("[account]\nuser = a\nuser = a\nuser = a\n", "a");
	CHECK_USERS("[account]\nuser = a\nuser = b\n" ACCOUNT("a") ACCOUNT("a"), "b", "a", "!a_x");
	CHECK_USERS(ACCOUNT("a") "[account]\nuser = a\nuser = b\n" ACCOUNT("a"), "a", "b", "!a_x");
	CHECK_USERS(ACCOUNT("a") "[account]\nuser = a\nuser = a\n", "a", "!a_x_x");
	CHECK_USERS(ACCOUNT("a") "[account]\nuser = a\nuser =\n", "a", "");
}

TEST(unknown_headers_make_accounts_without_a_name)
{
	struct trial trial FREED_BY(trial_end) = {0};

	CHECK_USERS("[user]\nuser = a\n[account]\n" ACCOUNT("a"), "", "", "a");
	CHECK_USERS("[account] # note\nuser = b\n" ACCOUNT("a") "[Account] ; note\nuser = c\n", "c");
	trial_start(&trial, OSCAM_USER, SLICE("[user]\nuser = a\npwd = b\n"));
	assert_int_equal(section_at(&trial, 1)->section, SECTION_NONE);
	assert_text(section_at(&trial, 1)->name, "user");
	assert_int_equal(section_at(&trial, 1)->setting_count, 0);
	assert_value(&trial, 1, KEY_account_pwd, "");
}

/* What is stored is cut, what is compared is not. */
TEST(long_users)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct trial trial FREED_BY(trial_end) = {0};
	char name[70];

	memset(name, 'u', sizeof name);
	static const int lengths[] = {70, 70, 63, 63, 62, 62, 62, 61, 61};
	static const struct {
		size_t len;
		const char *end;
		bool renamed;
	} kept[] = {{63, "u", false}, {63, "u", false}, {63, "u", true}, {63, "u", true}, {62, "u", false},
		{63, "_", true}, {63, "_", true}, {61, "u", false}, {63, "_x", true}};
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
		buffer_format(&text, "[account]\nuser = %.*s\n", lengths[i], name);
	trial_start(&trial, OSCAM_USER, buffer_slice(&text));
	for (uint32_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const struct document_section *section = section_at(&trial, i + 1);
		size_t end = strlen(kept[i].end);
		assert_int_equal(section->label.len, kept[i].len);
		assert_memory_equal(section->label.at, name, kept[i].len - end);
		assert_memory_equal(section->label.at + kept[i].len - end, kept[i].end, end);
		assert_int_equal(section->renamed, kept[i].renamed);
	}
}

TEST(services_end_at_the_128th)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct trial trial FREED_BY(trial_end) = {0};

	for (int i = 1; i <= 130; i++)
		buffer_format(&text, "[Service %d]\ncaid = 0500\n", i);
	trial_start(&trial, OSCAM_SERVICES, buffer_slice(&text));
	assert_false(section_at(&trial, 0)->held);
	assert_text(section_at(&trial, 1)->label, "service 1");
	assert_text(section_at(&trial, 128)->label, "service 128");
	assert_true(section_at(&trial, 128)->held);
	assert_false(section_at(&trial, 129)->held);
}

TEST(sections_of_oscam_conf_are_held_when_known)
{
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, OSCAM_CONF, SLICE("nice = 1\n[cccam]\n[Global]\n[lb]\n"));
	assert_true(section_at(&trial, 0)->held);
	assert_true(section_at(&trial, 1)->held);
	assert_text(section_at(&trial, 1)->label, "cccam");
	assert_false(section_at(&trial, 2)->held);
	assert_false(section_at(&trial, 3)->held);
}

/* OSCam's loops, told plainly: one after the other, with a list that is walked for every name. */
struct told {
	char name[NAME_ROOM], protocol[NAME_ROOM];
	bool held, renamed, enabled;
};

struct telling {
	struct told sections[SECTIONS_MOST];
	size_t count;
	char label[NAME_ROOM], protocol[NAME_ROOM]; /* of the slot */
	bool known;                                 /* whether keys are read */
};

static void copy_cut(char to[NAME_ROOM], const char *from)
{
	size_t len = strlen(from);

	if (len > NAME_ROOM - 1)
		len = NAME_ROOM - 1;
	memcpy(to, from, len);
	to[len] = '\0';
}

static void tell_user(struct telling *telling, const char *value)
{
	char name[LINE_ROOM];
	bool renamed = false;

	strcpy(name, value);
	for (size_t i = 0; i < telling->count && *value; i++)
		if (strcmp(telling->sections[i].name, name) == 0) {
			strcat(name, "_x");
			renamed = true;
		}
	struct told *account = &telling->sections[telling->count - 1];
	copy_cut(account->name, name);
	account->renamed = renamed;
}

static void tell_reader(struct telling *telling, const char *key, const char *value)
{
	struct told *reader = &telling->sections[telling->count - 1];

	if (strcmp(key, "enable") == 0)
		reader->enabled = *value ? (signed char)atoi(value) != 0 : true;
	if (!*value)
		return;
	if (strcmp(key, "label") == 0)
		copy_cut(telling->label, value);
	if (strcmp(key, "protocol") != 0)
		return;
	if (strcmp(value, "cccam") != 0 && strcmp(value, "mouse") != 0)
		reader->enabled = false;
	else
		strcpy(telling->protocol, value);
}

/* A header, or the end of the file, behind a section. */
static void tell_end(struct telling *telling, bool last)
{
	bool complete = telling->label[0] && telling->protocol[0];

	if (telling->count > 0) {
		struct told *reader = &telling->sections[telling->count - 1];
		strcpy(reader->name, telling->label);
		strcpy(reader->protocol, telling->protocol);
		reader->held = complete || last;
	}
	if (complete)
		telling->label[0] = telling->protocol[0] = '\0';
}

static void tell_line(struct telling *telling, enum oscam_file file, const char *line)
{
	char key[LINE_ROOM], value[LINE_ROOM] = "";

	if (line[0] == '[' && line[strlen(line) - 1] == ']') {
		if (file == OSCAM_SERVER)
			tell_end(telling, false);
		telling->known = strcmp(line, file == OSCAM_USER ? "[account]" : "[reader]") == 0;
		telling->sections[telling->count++] = (struct told){.enabled = true};
	} else if (telling->known && sscanf(line, "%127s = %127[^\n]", key, value) >= 1) {
		if (file == OSCAM_SERVER)
			tell_reader(telling, key, value);
		else if (strcmp(key, "user") == 0)
			tell_user(telling, value);
	}
}

static const char *draw_line(struct generator *g, enum oscam_file file)
{
	if (file == OSCAM_USER)
		return DRAW(g, "[account]", "[account]", "[account]", "[user]", "user = a", "user = a",
			"user = a", "user = a_x", "user = a_x_x", "user = b", "user =", "pwd = x",
			"[account] # note",
			"user = uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu",
			"user = uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu_x",
			"user = uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu_x_");
	return DRAW(g, "[reader]", "[reader]", "[other]", "[reader] ; note", "label = a", "label = b",
		"label =", "protocol = cccam", "protocol = mouse", "protocol = Mouse",
		"protocol =", "enable = 0", "enable = 1", "enable = 256", "enable =", "user = x");
}

static void check_telling(const struct telling *telling, const struct trial *trial, bool readers)
{
	assert_int_equal(trial->document.sections.count, telling->count + 1);
	for (uint32_t i = 0; i < telling->count; i++) {
		const struct document_section *section = section_at(trial, i + 1);
		const struct told *told = &telling->sections[i];
		if (readers && section->section == SECTION_NONE)
			continue;
		assert_text(section->label, told->name);
		assert_int_equal(section->held, told->held || !readers);
		assert_int_equal(section->renamed, told->renamed);
		if (!readers)
			continue;
		assert_text(section->protocol, told->protocol);
		assert_int_equal(section->enabled, told->enabled);
	}
}

TEST(random_files_are_kept_as_the_loops_keep_them)
{
	for (unsigned seed = 0; seed < ROUNDS; seed++) {
		enum oscam_file file = seed % 2 ? OSCAM_USER : OSCAM_SERVER;
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		struct telling telling = {.count = 0};
		struct trial trial FREED_BY(trial_end) = {0};
		for (unsigned lines = draw(&g, SECTIONS_MOST); lines > 0; lines--) {
			const char *line = draw_line(&g, file);
			say(&g, line);
			say(&g, "\n");
			tell_line(&telling, file, line);
		}
		if (file == OSCAM_SERVER)
			tell_end(&telling, true);
		trial_start(&trial, file, buffer_slice(&g.text));
		assert_sound(&trial);
		check_telling(&telling, &trial, file == OSCAM_SERVER);
	}
}

/* Would take hours if every account were compared with every other. */
TEST(many_equal_users)
{
	static const char *const texts[] = {"[account]\nuser = a\n", "[account]\nuser = a\nuser = a\n",
		"[account]\nuser = 0123456789012345678901234567890123456789012345678901234567890123456789\n",
		"[account]\nuser = a_x\nuser = a\n[account]\nuser = a\nuser = a_x\n"};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct buffer text FREED_BY(buffer_free) = {0};
		struct trial trial FREED_BY(trial_end) = {0};
		for (int k = 0; k < MANY; k++)
			buffer_add(&text, texts[i], strlen(texts[i]));
		trial_start(&trial, OSCAM_USER, buffer_slice(&text));
		assert_true(trial.document.sections.count > MANY);
		assert_true(section_at(&trial, MANY)->label.len <= 63);
	}
}
