/* The diff in the hands of the real programs: one patch of many files goes through `patch -p1` and through
 * `git apply`, and each file must come out as meant. A program that is not here is left out, and that is
 * said. */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/source.h"
#include "diff_apply.h"
#include "generate.h"

struct pair {
	struct slice old, new; /* old.at is NULL: no such file */
};

#define ABSENT                                                                                               \
	{                                                                                                    \
		NULL, 0                                                                                      \
	}
#define EMPTY                                                                                                \
	{                                                                                                    \
		"", 0                                                                                        \
	}
#define TEXT(literal)                                                                                        \
	{                                                                                                    \
		(literal), sizeof(literal) - 1                                                               \
	}

static const struct pair pairs[] = {
	{TEXT("[reader]\nlabel = a\n"), TEXT("[reader]\nlabel = b\n")},
	{ABSENT, TEXT("[reader]\nlabel = a\n")},
	{ABSENT, TEXT("no end")},
	{ABSENT, TEXT("\0\n\0")},
	{ABSENT, EMPTY},
	{EMPTY, TEXT("a\n")},
	{TEXT("a\n"), EMPTY},
	{TEXT("a"), EMPTY},
	{TEXT("a"), TEXT("a\n")},
	{TEXT("a\nb\nc\n"), TEXT("a\nb\nc")},
	{TEXT("a\0b\nc\0\n\0\0\n"), TEXT("a\0b\nc\0c\n\0\0\nd\0\n")},
	{TEXT("\xff\xfe\n\x80\n"), TEXT("\xff\xfe\n\x81\n")},
	{TEXT("a\r\nb\r\nc\r\n"), TEXT("a\r\nb\nc\r\r\n")},
	{TEXT("-- a/x\n++ b/x\n@@ -1 +1 @@\n"), TEXT("-- a/y\n++ b/x\n\\ No newline\n")},
	{TEXT("[\x1b]0;\n1\n2\n3\n4\n5\n"), TEXT("[\x1b]0;\n1\n2\n3\n4\n6\n")},
	{TEXT("[\0\r\n1\n2\n3\n4\n5\n"), TEXT("[\0\r\n1\n2\n3\n4\n6\n")},
	{TEXT(" \n\t\n \n"), TEXT(" \n \n\n")},
};

enum {
	PAIRS = sizeof pairs / sizeof *pairs,
	LONG_LINE = PAIRS,
	RANDOM,
	CASES = RANDOM + 200,
	PATH_ROOM = 128
};

static struct slice one_of(struct generator *g, unsigned number, bool is_new)
{
	if (number < PAIRS)
		return is_new ? pairs[number].new : pairs[number].old;
	if (number == LONG_LINE) {
		say_many(g, 'a', 1 << 20);
		say(g, is_new ? "b\n" : "a");
		return buffer_slice(&g->text);
	}
	say(g, "a\n");
	for (unsigned lines = draw(g, 60); lines > 0; lines--)
		say(g, DRAW(g, "a\n", "b\n", "\n", "[c]\n", "d\r\n", " e\n", "-\n", "+\n"));
	say(g, DRAW(g, "", "", "end"));
	return buffer_slice(&g->text);
}

static void name_of(unsigned number, const char *folder, char path[PATH_ROOM])
{
	(void)snprintf(path, PATH_ROOM, "%s/case-%u", folder, number);
}

static void write_file(const char *path, struct slice text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text.len > 0 ? text.at : "", 1, text.len, file), text.len);
	assert_int_equal(fclose(file), 0);
}

static void each_case(void (*check)(unsigned number, const struct pair *pair, void *context), void *context)
{
	for (unsigned number = 0; number < CASES; number++) {
		struct generator old FREED_BY(generator_free) = generator_start(number),
				     new = generator_start(~(uint64_t)number);
		struct pair pair = {one_of(&old, number, false), one_of(&new, number, true)};
		check(number, &pair, context);
		generator_free(&new);
	}
}

static void add_case(unsigned number, const struct pair *pair, void *context)
{
	struct sink sink = buffer_sink(context);
	char path[PATH_ROOM];

	name_of(number, "in", path);
	if (pair->old.at)
		write_file(path, pair->old);
	struct diff_options options = {.name = path + 3, .context = 3, .old_missing = !pair->old.at};
	assert_true(diff_write(pair->old, pair->new, &options, &sink));
}

static void check_case(unsigned number, const struct pair *pair, void *context)
{
	char path[PATH_ROOM];
	struct source source;
	struct stat status;

	name_of(number, context, path);
	assert_true(source_read(&source, path));
	if (!slice_equal(source.text, pair->new))
		fail_msg("%s differs", path);
	source_free(&source);
	assert_int_equal(stat(path, &status), 0);
	if (!pair->old.at && strcmp(context, "patch") == 0)
		assert_int_equal(status.st_mode & 0777, 0600);
}

/* Applies the patch in a copy of the folder "in". */
static void apply_by(const char *program, const char *command)
{
	char line[4 * PATH_ROOM];

	(void)snprintf(line, sizeof line, "command -v %s >/dev/null", program);
	if (system(line) != 0) {
		print_message("%s is not installed: not tried\n", program);
		return;
	}
	(void)snprintf(line, sizeof line, "cp -r in %s && cd %s && %s", program, program, command);
	assert_int_equal(system(line), 0);
	each_case(check_case, (void *)(uintptr_t)program);
}

TEST(test_programs_take_it)
{
	struct buffer diff = {0};

	each_case(add_case, &diff);
	write_file("patch.diff", buffer_slice(&diff));
	buffer_free(&diff);
	apply_by("patch", "patch -s -p1 <../patch.diff >../patch.log");
	/* whatever the user has set, and whatever repository the folder is in */
	apply_by("git", "GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_CEILING_DIRECTORIES=${PWD%/*} "
			"git apply ../patch.diff 2>../git.log");
}

static int make_folder(void **state)
{
	static char folder[] = "/tmp/test-diff-XXXXXX";

	*state = mkdtemp(folder);
	return !*state || chdir(folder) != 0 || mkdir("in", 0700) != 0;
}

static int remove_folder(void **state)
{
	return system("rm -rf in patch git patch.diff patch.log git.log") != 0 || chdir("/") != 0 ||
	       rmdir(*state) != 0;
}

AROUND_ALL(make_folder, remove_folder)
