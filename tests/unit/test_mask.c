/* Lines as they may be shown. */
#include "parse_help.h"

static void secrets_are_masked(void **state)
{
	static const struct {
		const char *line, *masked;
	} rows[] = {{"", ""}, {"  ", "  "},
		{"C: host1 12000 user1 pass # note", "C: host1 12000 user1 **** # note"},
		{"C:host1 12000 user1 pass", "C:host1 12000 user1 ****"},
		{"C: host1 12000 user1 pass no { 0:0:1 }", "C: host1 12000 user1 **** no { 0:0:1 }"},
		{"C: host1 12000 user1 my pass", "C: host1 12000 user1 ** ****"},
		{"C: host1 12000 user1 my pass { 0:0 }", "C: host1 12000 user1 ** **** * *** *"},
		{"C: host1 12000 user1", "C: ***** ***** *****"},
		{"C: host1 user1 pass 1 no", "C: ***** ***** **** * **"},
		{"N: h 1 u pass 0102 03 04 05 06 07 08 09 10 11 12 13 14 2",
			"N: h 1 u **** **** ** ** ** ** ** ** ** ** ** ** ** ** 2"},
		{"N: h 1 u pass 01 02", "N: * * * **** ** **"},
		{"F: user1 pass 1 0 0", "F: user1 **** 1 0 0"}, {"F:user1 pass", "F:***** ****"},
		{"L: h 1 u pass 1 2", "L: h 1 u **** 1 2"}, {"R: h 1 100 80 1 x", "R: h 1 100 80 1 x"},
		{"G: aa h 1 bb i 2", "G: ** h 1 ** i 2"},
		{"B: /dev/a 00 B: /dev/b 9 B: /dev/c 01", "B: /dev/a 00 B: ****** * B: /dev/c 01"},
		{"X: 1 2", "X: * *"}, {"DEBUG : yes", "DEBUG : yes"},
		{"WEBINFO PASSWORD : my pass # old", "WEBINFO PASSWORD : ** **** * ***"},
		{"WEBINFO PASSWORD :pass", "WEBINFO PASSWORD :****"},
		{"WEBINFO PASSWORD :", "WEBINFO PASSWORD :"},
		{"WEBINFO PASSWORD = pass", "WEBINFO ******** * ****"},
		{"CAMKEY : /dev/a 11 22334455667788", "CAMKEY : /dev/a ** **************"},
		{"CAMKEY : /dev/a 11", "CAMKEY * ****** **"}, {"PIN : /dev/a 1234", "PIN : /dev/a ****"},
		{"# C: host1 12000 user1 pass", "# ** ***** ***** ***** ****"},
		{"#C: host1 pass", "#C: ***** ****"}, {" some words", " **** *****"},
		{"WEBINFOPASSWORD:pass", "WEBINFOPASSWORD:****"}, {"pass \\ # note", "**** * * ****"},
		{"0102030405060708091011121314", "****************************"}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena arena;
		arena_init(&arena);
		assert_slice(mask_line(&arena, slice_of(rows[i].line)), rows[i].masked);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(secrets_are_masked)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
