/* What check says of one setting by itself, and what it leaves to those who know what stands beside it. */
#include "check_help.h"

static void test_alone(void **state)
{
	static const struct {
		enum schema_key_id key;
		const char *value, *protocol, *code;
	} cases[] = {
		{KEY_global_lb_mode, "3", NULL, ""},
		{KEY_global_lb_mode, "4", NULL, "value-range"},
		{KEY_cccam_updateinterval, "5", NULL, "value-replaced"},
		{KEY_cccam_port, "12000,12000", NULL, "port-conflict"},
		{KEY_account_uniq, "5", NULL, "value-replaced"},
		{KEY_reader_inactivitytimeout, "5", "cccam", "value-replaced"},
		{KEY_reader_inactivitytimeout, "5", "newcamd", ""},
		{KEY_reader_connectoninit, "1", "newcamd", ""},
		{KEY_reader_connectoninit, "1", "cccam", "setting-unused"},
		{KEY_reader_cccversion, "9.9.9", "cccam", "version-unknown"},
		{KEY_reader_cccversion, "9.9.9", "internal", "setting-unused"},
		/* what others decide */
		{KEY_webif_httpport, "80", NULL, ""},
		{KEY_radegast_port, "1234", NULL, ""},
		{KEY_account_max_connections, "2", NULL, ""},
		{KEY_reader_keepalive, "1", "cs357x", ""},
		{KEY_reader_keepalive, "1", "radegast", "setting-unused"},
		{KEY_global_disableuserfile, "0", NULL, ""},
		{KEY_global_disablemail, "0", NULL, ""},
		{KEY_cache_max_time, "4", NULL, ""},
		{KEY_cache_max_time, "3", NULL, "number-changed"},
	};
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct finding *finding =
			check_alone(&arena, cases[i].key, slice_of(cases[i].value), cases[i].protocol);
		const char *code = finding ? code_info(finding->code)->name : "";
		if (strcmp(code, cases[i].code) != 0)
			fail_msg("%s = %s: \"%s\"", schema_key(cases[i].key)->name, cases[i].value, code);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
