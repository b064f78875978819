/* Every line of the language and every finding is documented, and the examples are what they claim. */
#include "unit.h"
#include <string.h>

#include "app/example.h"

TEST(test_every_directive_is_documented)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		size_t len = strlen(row->mapping);
		assert_true(strlen(row->syntax) > 0 && strlen(row->since) >= 5 && len > 20);
		if (row->mapping[len - 1] != '.' || strchr(row->mapping, '\n'))
			fail_msg("%s: the mapping is no sentence of one line", row->keyword);
		if (strncmp(row->example, row->keyword, strlen(row->keyword)) != 0)
			fail_msg("%s: the example is another line's", row->keyword);
	}
}

static bool is_kebab(const char *name)
{
	return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name) && is_letter(name[0]);
}

TEST(test_every_code_is_documented)
{
	for (int i = 0; i < CODE_COUNT; i++) {
		const struct code_info *info = code_info((enum code)i);
		size_t len = strlen(info->meaning);
		assert_true(is_kebab(info->name));
		if (len < 10 || info->meaning[len - 1] != '.')
			fail_msg("%s: the meaning is no sentence", info->name);
	}
}

/* What a line makes, and what its row in the table says, fit together. */
TEST(test_every_example)
{
	struct arena arena FREED_BY(arena_free) = {0};

	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		struct example example = example_of(row, &arena);
		struct slice end = slice_of(row->example);
		bool rejected = example.fate == FATE_REJECTED, gone = row->fate != FATE_NONE;

		assert_true(example.before.len > end.len);
		assert_memory_equal(example.before.at + example.before.len - 1 - end.len, end.at, end.len);
		if (rejected != (id == DIRECTIVE_X))
			fail_msg("%s: the example is %s", row->keyword, fate_name(example.fate));
		/* a card reader that such a line names is written all the same */
		if (gone && example.after.len > 0 && row->home != HOME_SERVER)
			fail_msg("%s: something is written, though OSCam has no counterpart", row->keyword);
		if (row->fate == FATE_DROPPED && example.says.len > 0)
			fail_msg("%s: a line without effect has a finding", row->keyword);
		if (!gone && row->letter && example.after.len == 0)
			fail_msg("%s: nothing is written", row->keyword);
	}
}

TEST(test_every_side_line)
{
	struct arena arena FREED_BY(arena_free) = {0};

	for (int i = 0; i < SIDE_LINES; i++) {
		const struct side_line *line = &side_lines[i];
		size_t len = strlen(line->mapping);
		struct example example = example_of_side(line, &arena);
		assert_true(len > 10 && line->mapping[len - 1] == '.');
		assert_true(strlen(line->file) > 0 && strlen(line->syntax) > 0);
		assert_true(side_line_has(line, slice_of(line->name)));
		assert_int_equal(example.says.len, 0);
		if ((example.after.len == 0) != (line->directive == SIDE_SETTING))
			fail_msg("%s in %s: written is \"%.*s\"", line->name, line->file,
				SLICE_ARG(example.after));
		assert_false(example.fate == FATE_NONE || fate_is_loss(example.fate));
	}
}
