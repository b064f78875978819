/* The schema's tables: all rows, their sections, and the look-up by name. */
#include "unit.h"

#include <string.h>

#include "cc2oscam/schema.h"

struct section_size {
	enum schema_section section;
	unsigned keys;
	enum oscam_file file;
};

static const struct section_size SIZES[] = {
	{SECTION_global, 81, OSCAM_CONF},
	{SECTION_anticasc, 15, OSCAM_CONF},
	{SECTION_cache, 44, OSCAM_CONF},
	{SECTION_lcd, 4, OSCAM_CONF},
	{SECTION_camd33, 5, OSCAM_CONF},
	{SECTION_cs357x, 3, OSCAM_CONF},
	{SECTION_cs378x, 3, OSCAM_CONF},
	{SECTION_newcamd, 6, OSCAM_CONF},
	{SECTION_radegast, 4, OSCAM_CONF},
	{SECTION_serial, 1, OSCAM_CONF},
	{SECTION_gbox, 20, OSCAM_CONF},
	{SECTION_cccam, 15, OSCAM_CONF},
	{SECTION_pandora, 7, OSCAM_CONF},
	{SECTION_scam, 3, OSCAM_CONF},
	{SECTION_streamrelay, 16, OSCAM_CONF},
	{SECTION_dvbapi, 19, OSCAM_CONF},
	{SECTION_monitor, 6, OSCAM_CONF},
	{SECTION_webif, 44, OSCAM_CONF},
	{SECTION_reader, 194, OSCAM_SERVER},
	{SECTION_account, 66, OSCAM_USER},
	{SECTION_service, 7, OSCAM_SERVICES},
};

static enum schema_key_id find(enum schema_section section, const char *name)
{
	return schema_find(section, slice_of(name));
}

TEST(every_section_has_its_rows)
{
	unsigned counts[SECTION_COUNT] = {0};

	assert_true(KEY_COUNT - 1 >= 563); /* none was lost; new ones need nothing here */
	assert_int_equal(SECTION_COUNT - 1, sizeof(SIZES) / sizeof(SIZES[0]));
	for (unsigned id = 1; id < KEY_COUNT; id++)
		counts[schema_key((enum schema_key_id)id)->section]++;
	for (unsigned i = 0; i < sizeof(SIZES) / sizeof(SIZES[0]); i++) {
		assert_int_equal(SIZES[i].section, i + 1);
		assert_true(counts[SIZES[i].section] >= SIZES[i].keys);
		assert_int_equal(schema_section_file(SIZES[i].section), SIZES[i].file);
	}
}

TEST(rows_say_what_the_documentation_says)
{
	const struct schema_key *key = schema_key(KEY_reader_cccversion);

	assert_string_equal(key->name, "cccversion");
	assert_int_equal(key->type, TYPE_FIXED);
	assert_int_equal(key->size, 7);
	assert_int_equal(key->name_length, 10);
	assert_int_equal(key->section, SECTION_reader);
	assert_int_equal(key->form, FORM_fixed);
	assert_string_equal(key->flag, "MODULE_CCCAM");
	assert_int_equal(schema_key(KEY_reader_device)->form, FORM_device);
	assert_string_equal(schema_key(KEY_reader_blockemm_u)->name, "blockemm-u");
	assert_string_equal(schema_key(KEY_cccam_reshare)->initial, "10");
	assert_string_equal(schema_key(KEY_global_nice)->rules[0].text, "outside -20..20 -> 99");
	assert_string_equal(schema_key(KEY_NONE)->name, "");
	for (unsigned id = 1; id < KEY_COUNT; id++) {
		key = schema_key((enum schema_key_id)id);
		assert_int_equal(strlen(key->name), key->name_length);
		assert_int_equal(key->form != FORM_none, !schema_is_number((enum schema_key_id)id));
		if (key->type != TYPE_FN) /* some functions read keys of a fixed length */
			assert_int_equal(key->size > 0, key->type == TYPE_FIXED || key->type == TYPE_HEX);
		assert_true(key->meaning[0] != '\0');
	}
}

TEST(rows_stand_in_the_order_of_the_writer)
{
	assert_true(KEY_reader_label < KEY_reader_protocol);
	assert_true(KEY_reader_protocol < KEY_reader_device);
	assert_true(KEY_reader_user < KEY_reader_password);
	assert_true(KEY_account_user < KEY_account_pwd);
	assert_int_equal(KEY_service_lg_only_exception, KEY_COUNT - 1);
}

static char to_other_case(char c)
{
	return to_upper(c) == c ? to_lower(c) : to_upper(c);
}

TEST(every_name_is_found_in_any_case)
{
	for (unsigned id = 1; id < KEY_COUNT; id++) {
		const struct schema_key *key = schema_key((enum schema_key_id)id);
		enum schema_section section = (enum schema_section)key->section;
		unsigned expected = id == KEY_webif_http_status_log_2 ? KEY_webif_http_status_log : id;
		char other[64];

		for (size_t i = 0; i <= key->name_length; i++)
			other[i] = i % 2 ? key->name[i] : to_other_case(key->name[i]);
		assert_int_equal(find(section, key->name), expected);
		assert_int_equal(find(section, other), expected);
	}
}

TEST(a_name_belongs_to_its_section)
{
	assert_int_equal(find(SECTION_account, "preferlocalcards"), KEY_account_preferlocalcards);
	assert_int_equal(find(SECTION_global, "preferlocalcards"), KEY_global_preferlocalcards);
	assert_int_equal(find(SECTION_reader, "preferlocalcards"), KEY_NONE);
	assert_int_equal(find(SECTION_cccam, "preferlocalcards"), KEY_NONE);
	assert_int_equal(find(SECTION_NONE, "user"), KEY_NONE);
}

TEST(other_names_are_unknown)
{
	static const char *const names[] = {"labe", "labels", "", "\tlabel", "delay", "nodeid"};
	char longest[300];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(find(SECTION_reader, names[i]), KEY_NONE);
	memset(longest, 'a', sizeof(longest));
	assert_int_equal(schema_find(SECTION_reader, (struct slice){longest, sizeof(longest)}), KEY_NONE);
}

TEST(sections_are_found_as_each_file_compares_them)
{
	static const struct {
		enum oscam_file file;
		const char *name;
		enum schema_section section;
	} cases[] = {
		{OSCAM_CONF, "global", SECTION_global},
		{OSCAM_CONF, "cccam", SECTION_cccam},
		{OSCAM_CONF, "Global", SECTION_NONE},
		{OSCAM_CONF, "CCcam", SECTION_NONE},
		{OSCAM_CONF, "", SECTION_NONE},
		{OSCAM_SERVER, "reader", SECTION_reader},
		{OSCAM_SERVER, "Reader", SECTION_reader},
		{OSCAM_SERVER, "account", SECTION_NONE},
		{OSCAM_USER, "ACCOUNT", SECTION_account},
		{OSCAM_USER, "user", SECTION_NONE},
		{OSCAM_SERVICES, "Anything at all", SECTION_service},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
			schema_find_section(cases[i].file, slice_of(cases[i].name)), cases[i].section);
}

TEST(files_and_sections_have_names)
{
	assert_string_equal(oscam_file_name(OSCAM_CONF), "oscam.conf");
	assert_string_equal(oscam_file_name(OSCAM_SERVER), "oscam.server");
	assert_string_equal(oscam_file_name(OSCAM_USER), "oscam.user");
	assert_string_equal(oscam_file_name(OSCAM_SERVICES), "oscam.services");
	assert_string_equal(schema_section_name(SECTION_streamrelay), "streamrelay");
	assert_string_equal(schema_section_name(SECTION_NONE), "");
}

TEST(secrets_are_marked)
{
	static const enum schema_key_id secrets[] = {KEY_reader_password, KEY_account_pwd, KEY_reader_key,
		KEY_reader_boxid, KEY_reader_ins7e, KEY_reader_mod1, KEY_reader_pincode, KEY_reader_stbid,
		KEY_webif_httppwd, KEY_newcamd_key, KEY_gbox_my_password, KEY_cccam_nodeid,
		KEY_streamrelay_stream_source_auth_password};
	static const enum schema_key_id open[] = {KEY_reader_user, KEY_reader_device, KEY_camd33_passive,
		KEY_reader_keepalive, KEY_account_user, KEY_webif_httpuser};

	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
		assert_true(schema_key(secrets[i])->secret);
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		assert_false(schema_key(open[i])->secret);
}
