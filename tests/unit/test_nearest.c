/* What a word was probably meant to be. */
#include "unit.h"

#include "cc2oscam/nearest.h"

static const char *const names[] = {"group", "grace", "caid", "ident", "cccmaxhops",
	"a-name-of-sixty-four-bytes-and-more-is-never-the-one-that-was-meant-here"};

static const char *near(const char *word)
{
	return nearest(slice_of(word), names, sizeof names / sizeof *names);
}

TEST(test_near)
{
	assert_string_equal(near("group"), "group");
	assert_string_equal(near("GROUPS"), "group");
	assert_string_equal(near("grup"), "group");
	assert_string_equal(near("gruop"), "group");
	assert_string_equal(near("cccmaxhop"), "cccmaxhops");
	assert_string_equal(near("cid"), "caid");
	assert_string_equal(near("idents"), "ident");
}

TEST(test_far)
{
	assert_null(near("zzzzzz"));
	assert_null(near("abcdefgh"));
	assert_null(near("a-name-of-sixty-four-bytes-and-more-is-never-the-one-that-was-meant-here"));
	assert_null(nearest(SLICE("group"), names, 0));
}
