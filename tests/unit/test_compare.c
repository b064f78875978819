/* What counts as a difference between two states of OSCam's files. */
#include "unit.h"

#include "cc2oscam/compare.h"

static void assert_changes(
	enum oscam_file file, const char *old_text, const char *new_text, const char *expected)
{
	struct source old, new;
	struct changes changes = {.target = NULL};
	struct buffer text FREED_BY(buffer_free) = {0};
	struct arena arena FREED_BY(arena_free) = {0};

	source_from_raw_text(&old, "old", slice_of(old_text));
	source_from_raw_text(&new, "new", slice_of(new_text));
	changes_add(&changes, &arena, file, &old, &new);
	changes_text(&changes, &text);
	buffer_add(&text, "", 1);
	assert_string_equal(text.at, expected);
}

#define READER(label, more) "[reader]\nlabel = " label "\nprotocol = cccam\n" more "\n"

TEST(readers)
{
	assert_changes(OSCAM_SERVER, "", READER("a", "") READER("b", ""), "+2 readers, ~0, -0");
	assert_changes(OSCAM_SERVER, READER("a", ""), "", "+0, ~0, -1 reader");
	assert_changes(OSCAM_SERVER, READER("a", "group = 1"), READER("a", "group = 2"), "+0, ~1 reader, -0");
	assert_changes(OSCAM_SERVER, READER("a", ""), READER("a", "group = 2"), "+0, ~1 reader, -0");
	assert_changes(OSCAM_SERVER, READER("a", "group = 2"), READER("a", ""), "+0, ~1 reader, -0");
	/* comments, order, spelling and defaults say nothing */
	assert_changes(OSCAM_SERVER, READER("a", "group=2,1") READER("b", "# x"),
		READER("b", "enable = 1") READER("a", "# y\ngroup = 1, 2"), "+0, ~0, -0");
	/* the n-th of one label belongs to the n-th */
	assert_changes(OSCAM_SERVER, READER("a", "group = 1") READER("a", "group = 2"),
		READER("a", "group = 1") READER("a", "group = 3") READER("a", ""),
		"+1 reader, ~1 reader, -0");
	/* what vanishes is not there */
	assert_changes(OSCAM_SERVER, "[reader]\nlabel = x\n" READER("a", ""), READER("a", ""), "+0, ~0, -0");
}

TEST(the_others)
{
	assert_changes(OSCAM_USER, "[account]\nuser = a\npwd = x\n",
		"[account]\nuser = a\npwd = y\n[account]\nuser = A\n", "+1 account, ~1 account, -0");
	assert_changes(OSCAM_SERVICES, "[X]\ncaid = 0500\n", "[x]\ncaid = 500\n", "+0, ~0, -0");
	assert_changes(OSCAM_CONF, "nice = 3\n[webif]\nhttpport = 1\n", "[webif]\nhttpport = 2\n[cccam]\n",
		"+1 section, ~1 section, -1 section");
	assert_changes(OSCAM_DVBAPI, "# old\nP: 0500\nP: 0500\nI: 0100\n", "P: 0500\nI: 1800\n",
		"+1 line, ~0, -2 lines");
}

/* Many of one name must not cost more than many of different ones. */
TEST(many)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct changes changes = {.target = NULL};
	struct source source;
	struct arena arena FREED_BY(arena_free) = {0};

	for (int i = 0; i < 100000; i++)
		buffer_add_slice(&text, SLICE(READER("same", "")));
	source_from_raw_text(&source, "old", buffer_slice(&text));
	changes_add(&changes, &arena, OSCAM_SERVER, &source, &source);
	assert_int_equal(changes.added[CHANGE_READER], 0);
	assert_int_equal(changes.changed[CHANGE_READER], 0);
	assert_int_equal(changes.removed[CHANGE_READER], 0);
}
