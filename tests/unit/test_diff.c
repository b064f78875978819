/* The diff: its form, and what it shows of passwords and of control bytes. That it is a short one:
 * test_diff_length.c; that the real programs take it: test_diff_patch.c. */
#include "unit.h"

#include <errno.h>

#include "cc2oscam/diff.h"

static const struct diff_options plain = {.name = "x", .context = 3};

/* Compares what is printed, which the test gives as a C string; NULs stand for nothing. */
static void check_options(
	const struct diff_options *options, struct slice old, struct slice new, const char *expected)
{
	struct buffer diff FREED_BY(buffer_free) = {0};
	struct sink sink = buffer_sink(&diff);

	assert_true(diff_write(old, new, options, &sink));
	buffer_add(&diff, "", 1);
	assert_string_equal(diff.at, expected);
}

static void check(const char *old, const char *new, const char *expected)
{
	check_options(&plain, slice_of(old), slice_of(new), expected);
}

#define HEADS "diff --git a/x b/x\n--- a/x\n+++ b/x\n"

TEST(test_form)
{
	check("", "", "");
	check("a\n", "a\n", "");
	check("a\n", "b\n", HEADS "@@ -1 +1 @@\n-a\n+b\n");
	check("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n5\n6\n7\n8\n9\n",
		HEADS "@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n");
	check("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n6\n7\n8\n9\n",
		HEADS "@@ -2,7 +2,6 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n");
	check("a\nb\nc\n", "c\n", HEADS "@@ -1,3 +1 @@\n-a\n-b\n c\n");
	check("", "a\nb\n", HEADS "@@ -0,0 +1,2 @@\n+a\n+b\n");
	check("a\nb\n", "", HEADS "@@ -1,2 +0,0 @@\n-a\n-b\n");
	check("a\r\n", "a\n", HEADS "@@ -1 +1 @@\n-a\r\n+a\n");
}

#define NO_END "\\ No newline at end of file\n"

TEST(test_unfinished_lines)
{
	check("a", "a\n", HEADS "@@ -1 +1 @@\n-a\n" NO_END "+a\n");
	check("a\n", "a", HEADS "@@ -1 +1 @@\n-a\n+a\n" NO_END);
	check("a", "b", HEADS "@@ -1 +1 @@\n-a\n" NO_END "+b\n" NO_END);
	check("a\nb", "c\nb", HEADS "@@ -1,2 +1,2 @@\n-a\n+c\n b\n" NO_END);
	check("", "a", HEADS "@@ -0,0 +1 @@\n+a\n" NO_END);
}

/* Changes share a hunk when the lines around them touch. */
TEST(test_context)
{
	struct diff_options options = {.name = "x", .context = 1};
	struct slice old = SLICE("1\n2\n3\n4\n5\n6\n7\n");

	check_options(&options, old, SLICE("1\nx\n3\n4\ny\n6\n7\n"),
		HEADS "@@ -1,6 +1,6 @@\n 1\n-2\n+x\n 3\n 4\n-5\n+y\n 6\n");
	check_options(&options, old, SLICE("1\nx\n3\n4\n5\ny\n7\n"),
		HEADS "@@ -1,3 +1,3 @@\n 1\n-2\n+x\n 3\n@@ -5,3 +5,3 @@\n 5\n-6\n+y\n 7\n");
	options.context = 0;
	check_options(&options, old, SLICE("1\n2\n3\nx\n4\n5\n7\n"),
		HEADS "@@ -3,0 +4 @@\n+x\n@@ -6 +6,0 @@\n-6\n");
	options.context = UINT32_MAX;
	check_options(&options, old, SLICE("1\n2\n3\n4\n5\n6\nx\n"),
		HEADS "@@ -1,7 +1,7 @@\n 1\n 2\n 3\n 4\n 5\n 6\n-7\n+x\n");
}

TEST(test_new_file)
{
	struct diff_options new_file = {.name = "x", .context = 3, .old_missing = true};
	struct slice nothing = {NULL, 0};

	check_options(&new_file, nothing, SLICE("a\n"),
		"diff --git a/x b/x\nnew file mode 100600\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
	check_options(&new_file, nothing, nothing, "diff --git a/x b/x\nnew file mode 100600\n");
}

TEST(test_headings)
{
	struct diff_options options = {.name = "x", .context = 1};

	check_options(&options, SLICE("[a]\n1\n2\n3\n[b]\r\n4\n5\n6\n7\n8\n"),
		SLICE("[a]\n1\n2\nx\n[b]\r\n4\n5\ny\n7\nz\n"),
		HEADS "@@ -3,3 +3,3 @@ [a]\n 2\n-3\n+x\n [b]\r\n"
		      "@@ -7,4 +7,4 @@ [b]\n 5\n-6\n+y\n 7\n-8\n+z\n");
	/* long and dangerous ones; a character is not cut */
	check_options(&options,
		SLICE("[\x1b[31m\t"
		      "0123456789012345678901234567890123456789012345678901234567890123456789\xc3\xa4\n"
		      "1\n2\n3\n"),
		SLICE("[\x1b[31m\t"
		      "0123456789012345678901234567890123456789012345678901234567890123456789\xc3\xa4\n"
		      "1\n2\nx\n"),
		HEADS "@@ -3,2 +3,2 @@ [?[31m?"
		      "0123456789012345678901234567890123456789012345678901234567890123456789\xc3\xa4\n"
		      " 2\n-3\n+x\n");
	check_options(&options,
		SLICE("[012345678"
		      "0123456789012345678901234567890123456789012345678901234567890123456789\xc3\xa4\n"
		      "1\n2\n3\n"),
		SLICE("[012345678"
		      "0123456789012345678901234567890123456789012345678901234567890123456789\xc3\xa4\n"
		      "1\n2\nx\n"),
		HEADS "@@ -3,2 +3,2 @@ [012345678"
		      "0123456789012345678901234567890123456789012345678901234567890123456789\n"
		      " 2\n-3\n+x\n");
}

/* A section that comes or goes is shown from its head to the empty line behind it, wherever it stands. */
TEST(test_sections_stay_whole)
{
	struct diff_options options = {.name = "x", .context = 1};
	const struct slice one = SLICE("[reader]\nlabel = a\ngroup = 1\n\n[reader]\nlabel = c\ngroup = 1\n");
	const struct slice two = SLICE("[reader]\nlabel = a\ngroup = 1\n\n[reader]\nlabel = b\ngroup = 1\n\n"
				       "[reader]\nlabel = c\ngroup = 1\n");

	check_options(&options, one, two,
		HEADS "@@ -4,2 +4,6 @@ [reader]\n \n+[reader]\n+label = b\n+group = 1\n+\n [reader]\n");
	check_options(&options, two, one,
		HEADS "@@ -4,6 +4,2 @@ [reader]\n \n-[reader]\n-label = b\n-group = 1\n-\n [reader]\n");
	/* at the end the empty line comes first */
	check_options(&options, SLICE("[a]\nx\n"), SLICE("[a]\nx\n\n[b]\nx\n"),
		HEADS "@@ -2 +2,4 @@ [a]\n x\n+\n+[b]\n+x\n");
	/* without empty lines the head comes first */
	check_options(&options, SLICE("[a]\nx\n[a]\nz\n"), SLICE("[a]\nx\n[a]\ny\n[a]\nz\n"),
		HEADS "@@ -2,2 +2,4 @@ [a]\n x\n+[a]\n+y\n [a]\n");
	check_options(&options, SLICE("#a\nx\n#a\nz\n"), SLICE("#a\nx\n#a\ny\n#a\nz\n"),
		HEADS "@@ -2,2 +2,4 @@\n x\n+#a\n+y\n #a\n");
	check_options(&options, SLICE("a\r\n\r\nc\r\n"), SLICE("a\r\n\r\nb\r\n\r\nc\r\n"),
		HEADS "@@ -2,2 +2,4 @@\n \r\n+b\r\n+\r\n c\r\n");
	/* the lowest place of equally good ones */
	check_options(&options, SLICE("p\na\na\nq\n"), SLICE("p\na\na\na\nq\n"),
		HEADS "@@ -3,2 +3,3 @@\n a\n+a\n q\n");
}

TEST(test_colors)
{
	struct diff_options options = {.name = "x", .context = 3, .color = true};

	check_options(&options, SLICE("[s]\n1\n2\n3\n4\nold\tword\n\x1b[2J\r\nend\r\n"),
		SLICE("[s]\n1\n2\n3\n4\nnew\xff\xc2\x9b\x07\n\x1b[2J\r\nend\n"),
		"\033[1mdiff --git a/x b/x\033[m\n\033[1m--- a/x\033[m\n\033[1m+++ b/x\033[m\n\033[36m@@ "
		"-3,6 +3,6 @@\033[m [s]\n"
		" 2\n 3\n 4\n\033[31m-old\tword\033[m\n\033[32m+new\xef\xbf\xbd??\033[m\n ?[2J\n"
		"\033[31m-end?\033[m\n\033[32m+end\033[m\n");
	options.old_missing = true;
	check_options(&options, (struct slice){NULL, 0}, SLICE("a"),
		"\033[1mdiff --git a/x b/x\033[m\n\033[1mnew file mode 100600\033[m\n"
		"\033[1m--- /dev/null\033[m\n\033[1m+++ b/x\033[m\n"
		"\033[36m@@ -0,0 +1 @@\033[m\n\033[32m+a\033[m\n" NO_END);
}

TEST(test_mask)
{
	struct diff_options options = {.name = "x", .context = 3, .secrets = true};
	struct slice old = SLICE("[reader]\n0\n0\n0\npassword=kettle\nlabel=a\n1\n"),
		     new = SLICE("[reader]\n0\n0\n0\npassword=plum\nlabel=a\n2");

	check_options(&options, old, new,
		HEADS "@@ -2,6 +2,6 @@ [reader]\n 0\n 0\n 0\n-password=********\n+password=********\n"
		      " label=a\n-1\n+2\n" NO_END);
	options.hosts = true;
	check_options(&options, old, new,
		HEADS "@@ -2,6 +2,6 @@ [reader]\n 0\n 0\n 0\n-password=********\n+password=********\n"
		      " label=********\n-1\n+2\n" NO_END);
}

static bool refuse(void *context, const char *text, size_t len)
{
	(void)context, (void)text, (void)len;
	errno = ENOSPC;
	return false;
}

TEST(test_sink_fails)
{
	errno = 0;
	assert_false(diff_write(SLICE("a"), SLICE("b"), &plain, &(struct sink){refuse, NULL}));
	assert_int_equal(errno, ENOSPC);
}
