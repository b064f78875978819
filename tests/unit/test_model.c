/* The model: keys stay in the order of OSCam's writer, sections of oscam.conf are made once, groups are bits.
 */
#include "unit.h"

#include "cc2oscam/model.h"

TEST(test_keys_in_order)
{
	static const enum schema_key_id keys[] = {KEY_reader_group, KEY_reader_label, KEY_reader_user,
		KEY_reader_ccchop, KEY_reader_device, KEY_reader_password, KEY_reader_key, KEY_reader_caid,
		KEY_reader_ident, KEY_reader_services, KEY_reader_cccmaxhops, KEY_reader_protocol};
	const unsigned count = sizeof keys / sizeof *keys;
	struct arena arena;
	struct model model;

	for (unsigned room = 0; room < 6; room++) {
		arena_init(&arena);
		model_init(&model, &arena);
		struct section *section =
			model_add(&model, &model.readers, KIND_CCCAM, SECTION_reader, 3, room);
		for (unsigned i = 0; i < count; i++)
			section_set_number(&model, section, keys[i], (int64_t)i);
		assert_int_equal(section->count, count);
		assert_true(section->room >= count);
		for (unsigned i = 1; i < count; i++)
			assert_true(section->entries[i - 1].key < section->entries[i].key);
		section_set(&model, section, KEY_reader_user, SLICE("again"));
		assert_int_equal(section->count, count);
		assert_true(slice_equal(section_get(section, KEY_reader_user), SLICE("again")));
		assert_null(section_get(section, KEY_reader_boxid).at);
		arena_free(&arena);
	}
}

TEST(test_numbers)
{
	static const struct {
		int64_t number;
		const char *text;
	} rows[] = {{0, "0"}, {9, "9"}, {10, "10"}, {-1, "-1"}, {INT64_MAX, "9223372036854775807"}};
	struct arena arena FREED_BY(arena_free) = {0};
	struct model model;

	model_init(&model, &arena);
	struct section *section = model_conf(&model, SECTION_cccam);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		section_set_number(&model, section, KEY_cccam_port, rows[i].number);
		assert_true(slice_equal(section_get(section, KEY_cccam_port), slice_of(rows[i].text)));
	}
}

/* As many keys as a section can have. */
TEST(test_full_section)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct model model;
	unsigned count = 0;

	model_init(&model, &arena);
	struct section *section = model_add(&model, &model.readers, KIND_CCCAM, SECTION_reader, 1, 7);
	for (int key = KEY_COUNT - 1; key > KEY_NONE && count < UINT8_MAX; key--, count++)
		section_set(&model, section, (enum schema_key_id)key, SLICE("x"));
	assert_int_equal(section->count, UINT8_MAX);
	for (int key = KEY_COUNT - 1; count > 0; key--, count--)
		assert_int_equal(section_get(section, (enum schema_key_id)key).len, 1);
}

TEST(test_conf_sections)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct model model;

	model_init(&model, &arena);
	(void)model_add(&model, &model.conf, KIND_REMARK, SECTION_NONE, 4, 0);
	struct section *webif = model_conf(&model, SECTION_webif);
	assert_ptr_equal(model_conf(&model, SECTION_webif), webif);
	assert_true(model_conf(&model, SECTION_global) != webif);
	assert_int_equal(model.conf.count, 3);
	assert_int_equal(webif->kind, KIND_CONF);
	assert_int_equal(webif->section, SECTION_webif);
}

TEST(test_kinds)
{
	struct section section = {
		.section = SECTION_reader, .kind = KIND_NEWCAMD, .note = SLICE("deny_0500")};

	assert_true(section_is_reader(&section));
	section.kind = KIND_REMARK;
	assert_false(section_is_reader(&section));
	section = (struct section){.section = SECTION_account, .kind = KIND_ACCOUNT};
	assert_false(section_is_reader(&section));
	section.note = SLICE("deny_0500");
	assert_true(slice_equal(service_label(&section), SLICE("deny_0500")));
}

TEST(test_groups)
{
	static const struct {
		struct bits groups;
		const char *text;
	} rows[] = {
		{{0, 0}, ""},
		{{1, 0}, "1"},
		{{UINT64_C(1) << 63, 0}, "64"},
		{{UINT64_C(1) << 32 | UINT64_C(1) << 31 | UINT64_C(1) << 9 | 2, 0}, "2,10,32,33"},
		{{UINT64_C(1) << 63, 1}, "64,65"},
		{{0, UINT64_C(1) << 63 | UINT64_C(1) << 36 | UINT64_C(1) << 2}, "67,101,128"},
	};
	struct section section = {0};
	struct arena arena FREED_BY(arena_free) = {0};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		section_set_groups(&section, rows[i].groups);
		assert_true(bits_same(section_groups(&section), rows[i].groups));
		assert_true(bits_same(groups_bits(slice_of(rows[i].text)), rows[i].groups));
		assert_string_equal(groups_text(&arena, rows[i].groups).at, rows[i].text);
	}
	struct slice all = groups_text(&arena, (struct bits){UINT64_MAX, UINT64_MAX});
	assert_true(schema_keeps(KEY_reader_group, all, &arena));
	assert_int_equal(all.len, 9 * 2 + 90 * 3 + 29 * 4 - 1);
}
