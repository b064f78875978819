/* Rendering: comments that stay harmless whatever the input holds, keys that are secret, and templates of the
 * user's own. */
#include "convert_help.h"

#include <sys/stat.h>
#include <unistd.h>

#include "emit/view.h"

TEST(test_where_a_section_came_from)
{
	struct converted c FREED_BY(converted_free) = {0};

	convert_text(&c, "C: host1.example.com 1 u p # \x01 a note \xff\n"
			 "N: host2.example.com 1 u p 0102030405060708091011121314 2 1\nhello there\n");
	const char *text = file_text(&c, OSCAM_SERVER);
	assert_ptr_equal(strstr(text, "# CCcam.cfg:1: ? a note \xff\n[reader]\n"), text);
	assert_non_null(strstr(text, "# CCcam.cfg:2\n# partial: stealth 1 is left out"));
	assert_non_null(strstr(text, "[newcamd-stealth]\n[reader]\n"));
	text = file_text(&c, OSCAM_CONF);
	assert_ptr_equal(strstr(text, "# CCcam.cfg:3\n# rejected: "), text);
}

/* A note longer than a comment may be is cut, and not within a character. */
TEST(test_long_notes)
{
	for (size_t lead = 0; lead < 3; lead++) {
		struct buffer input FREED_BY(buffer_free) = {0};
		struct converted c FREED_BY(converted_free) = {0};

		buffer_format(&input, "C: h 1 u p # %.*s", (int)lead, "xx");
		for (int i = 0; i < 6000; i++)
			buffer_add(&input, "\xe2\x82\xac", 3);
		convert_slice(&c, buffer_slice(&input), NULL);
		assert_true(c.proved);
		struct slice text = buffer_slice(&c.files[OSCAM_SERVER]);
		struct slice line = slice_cut(&text, '\n');
		assert_true(line.len < 1100);
		assert_memory_equal(line.at + line.len - 6, "\xe2\x82\xac...", 6);
	}
}

TEST(test_secret_keys)
{
	static const enum schema_key_id secret[] = {KEY_reader_password, KEY_reader_key, KEY_reader_pincode,
		KEY_reader_boxid, KEY_reader_boxkey, KEY_reader_rsakey, KEY_account_pwd, KEY_webif_httppwd,
		KEY_gbox_my_password, KEY_newcamd_key, KEY_camd33_key, KEY_reader_aeskeys, KEY_reader_cwekey0,
		KEY_reader_k1_unique, KEY_pandora_pand_pass, KEY_cccam_nodeid};
	unsigned count = 0;

	for (size_t i = 0; i < sizeof secret / sizeof *secret; i++)
		assert_true(value_is_secret(secret[i], SLICE("")));
	for (int key = 0; key < KEY_COUNT; key++)
		count += value_is_secret((enum schema_key_id)key, SLICE(""));
	assert_true(count < 66);
	assert_false(value_is_secret(KEY_reader_user, SLICE("")) ||
		     value_is_secret(KEY_reader_device, SLICE("")) ||
		     value_is_secret(KEY_reader_keepalive, SLICE("")) ||
		     value_is_secret(KEY_newcamd_port, SLICE("")));
	assert_true(value_is_secret(KEY_reader_key, SLICE("01")));
	assert_true(value_is_secret(KEY_newcamd_port, SLICE("15000{01}@0500:000000")));
	assert_false(value_is_secret(KEY_newcamd_port, SLICE("15000@0500:000000")));
	assert_false(value_is_secret(KEY_newcamd_port, (struct slice){NULL, 0}));
	assert_false(value_is_secret(KEY_reader_user, SLICE("{")));
}

TEST(test_names_of_templates)
{
	static const char *const known[] = {"readers", "accounts", "service-list", "is-cccam", "note",
		"label", "httpallowed", "webif", "provid", "cccmaxhops"};
	static const char *const unknown[] = {"", "Readers", "is-", "labels", "password2"};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		for (size_t k = 0; k < i; k++)
			assert_true(view_names(slice_of(known[i])) != view_names(slice_of(known[k])));
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_true(view_names(slice_of(known[i])) >= 0);
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		assert_int_equal(view_names(slice_of(unknown[i])), -1);
}

/* A folder with one template in it. */
struct folder {
	char path[64], file[128];
};

static void make_folder(struct folder *folder, const char *name, const char *text)
{
	strcpy(folder->path, "/tmp/test_emit_XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	(void)snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
	FILE *file = text ? fopen(folder->file, "w") : NULL;
	if (file) {
		assert_true(fputs(text, file) >= 0);
		assert_int_equal(fclose(file), 0);
	} else {
		assert_int_equal(mkdir(folder->file, 0700), 0);
	}
}

static void remove_folder(const struct folder *folder)
{
	assert_int_equal(remove(folder->file), 0);
	assert_int_equal(rmdir(folder->path), 0);
}

TEST(test_own_templates)
{
	static const struct {
		const char *file, *text, *message;
		unsigned line;
	} rows[] = {
		{"remark.mustache", "{{#line}}\n# only here\n{{/line}}\n", NULL, 0},
		{"README.txt", "{{#broken", NULL, 0},
		{"readers.mustache", "x", NULL, 0},
		{"remark.mustache", "\n{{no-such-name}}", "", 2},
		{"remark.mustache", "{{#line}}", "", 1},
		{"remark.mustache", "{{> remark}}", "includes itself", 1},
		{"remark.mustache", NULL, "no plain file", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct template_error error = {.message = SLICE("")};
		struct template_set *set;
		struct folder folder;
		struct arena arena FREED_BY(arena_free) = {0};

		make_folder(&folder, rows[i].file, rows[i].text);
		bool good = emit_templates(&arena, folder.path, &set, &error);
		remove_folder(&folder);
		assert_int_equal(good, rows[i].message == NULL);
		if (rows[i].message) {
			assert_non_null(strstr(arena_copy(&arena, error.message).at, rows[i].message));
			assert_int_equal(error.place.line, rows[i].line);
			assert_non_null(error.place.name);
		}
	}
}

TEST(test_missing_folder)
{
	struct template_error error;
	struct template_set *set;
	struct arena arena FREED_BY(arena_free) = {0};

	assert_false(emit_templates(&arena, "/tmp/no/such/folder", &set, &error));
	assert_non_null(strstr(arena_copy(&arena, error.message).at, "cannot be opened"));
}
