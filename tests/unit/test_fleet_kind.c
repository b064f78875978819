/* Files that are no CCcam.cfg, by their first bytes. */
#include "fleet_help.h"

static const char *why_failed(const char *path, struct arena *arena)
{
	struct fleet *fleet = fleet_new(1, 1);
	struct fleet_limits limits = fleet_limits_default();
	struct fleet_item item;
	uint32_t next = 0;
	struct receivers receivers;

	fleet_add(fleet, path);
	assert_true(next_item(fleet, &next, &item));
	fleet_open(&item, &limits, arena, &receivers);
	assert_int_equal(receivers.count, 1);
	const char *why = receivers.at->failed ? arena_copy(arena, slice_of(receivers.at->failed)).at : NULL;
	fleet_close(&receivers);
	fleet_free(fleet);
	return why;
}

/* Files that are no text would only give hundreds of lines that nobody understands. */
static void test_no_text(void **state)
{
	static const char binary[] = "no text, and no archive of a known kind", utf16[] = "UTF-16";
	static const struct {
		const char *path;
		struct slice bytes;
		const char *why; /* NULL: it is a text */
	} files[] = {
		{"image",
			{"\x7f"
			 "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0",
				18},
			binary},
		{"in/CCcam.cfg", {"\0\0\0\0\0\0\0\0", 8}, binary},
		{"saved.cfg",
			{"\xff\xfe"
			 "C\0:\0",
				6},
			utf16},
		{"empty.cfg", {"", 0}, NULL},
		{"bom.cfg",
			{"\xef\xbb\xbf"
			 "C: a 1 b c\r\n",
				15},
			NULL},
		{"latin.cfg",
			{"# K\xfc"
			 "che\n",
				8},
			NULL},
		{"few.cfg", {"SERVER LISTEN PORT : 12000\n\0\0", 29}, NULL},
		{"BZh.cfg", {"BZh9 is no directive, nor 1AY&SY\n", 33}, NULL},
	};
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		write_bytes(files[i].path, files[i].bytes.at, files[i].bytes.len);
		const char *why = why_failed(i == 1 ? "in" : files[i].path, &arena);
		if (files[i].why)
			assert_true(why && strstr(why, files[i].why));
		else
			assert_null(why);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_no_text, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
