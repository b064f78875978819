/* The diff: that it is one, that it is a short one, and what it costs on large and hostile texts. */
#include "unit.h"

#include "diff_apply.h"
#include "generate.h"

static const struct diff_options plain = {.name = "x", .context = 3};

enum { LINES_MOST = 1000 };

/* The length of the longest common subsequence of the lines of two short texts of one byte a line. */
static unsigned common(struct slice a, struct slice b)
{
	unsigned lengths[LINES_MOST + 1] = {0};
	size_t n = a.len / 2, m = b.len / 2;

	for (size_t i = 0; i < n; i++) {
		unsigned diagonal = 0;
		for (size_t k = 0; k < m; k++) {
			unsigned above = lengths[k + 1];
			if (a.at[i * 2] == b.at[k * 2])
				lengths[k + 1] = diagonal + 1;
			else if (lengths[k] > above)
				lengths[k + 1] = lengths[k];
			diagonal = above;
		}
	}
	return lengths[m];
}

static void check_shortest(struct slice old, struct slice new, const struct diff_options *options)
{
	struct buffer diff FREED_BY(buffer_free) = {0};
	struct applied applied;

	if (!diff_and_apply(old, new, options, &diff, &applied) ||
		applied.removed + applied.added != old.len / 2 + new.len / 2 - 2 * common(old, new))
		fail_msg("not a shortest diff of <%.*s> and <%.*s>: <%.*s>", SLICE_ARG(old), SLICE_ARG(new),
			SLICE_ARG(buffer_slice(&diff)));
	buffer_free(&applied.text);
}

/* Text number `index` of all those with lines of so many kinds, the shorter first. Returns its length. */
static size_t nth_text(unsigned index, unsigned kinds, char text[16])
{
	size_t len = 0;

	for (; index > 0; index = (index - 1) / kinds) {
		text[len++] = "[a\r"[(index - 1) % kinds];
		text[len++] = '\n';
	}
	return len;
}

static void check_all_pairs(unsigned texts, unsigned kinds)
{
	char old[16], new[16];

	for (unsigned i = 0; i < texts; i++)
		for (unsigned k = 0; k < texts; k++)
			check_shortest((struct slice){old, nth_text(i, kinds, old)},
				(struct slice){new, nth_text(k, kinds, new)}, &plain);
}

TEST(test_all_short_texts)
{
	check_all_pairs(1 + 2 + 4 + 8 + 16 + 32 + 64, 2);
	check_all_pairs(1 + 3 + 9 + 27 + 81, 3);
}

static struct slice random_lines(struct generator *g, unsigned most, unsigned kinds)
{
	unsigned count = draw(g, most);

	g->text.len = 0;
	for (unsigned i = 0; i < count; i++) {
		say_many(g, "\r[abcdefghijklmnop"[draw(g, kinds)], 1);
		say(g, "\n");
	}
	return buffer_slice(&g->text);
}

TEST(test_random_texts)
{
	for (uint64_t seed = 1; seed <= 4000; seed++) {
		struct generator a FREED_BY(generator_free) = generator_start(seed),
				   b = generator_start(~seed);
		unsigned kinds = 1 + draw(&a, 17);
		struct diff_options options = {.name = "x", .context = draw(&a, 5)};
		check_shortest(random_lines(&a, 40, kinds), random_lines(&b, 40, kinds), &options);
		generator_free(&b);
	}
}

/* As long as any that is compared in full. */
TEST(test_longer_texts)
{
	struct diff_options options = {.name = "x", .context = 3};
	struct generator a FREED_BY(generator_free) = generator_start(1), b = generator_start(2);

	check_shortest(random_lines(&a, LINES_MOST, 4), random_lines(&b, LINES_MOST, 6), &options);
	generator_free(&b);
}

/* Returns how many lines are removed and added. */
static unsigned long check_large(struct generator *old, struct generator *new)
{
	struct buffer diff FREED_BY(buffer_free) = {0};
	struct applied applied;

	assert_true(
		diff_and_apply(buffer_slice(&old->text), buffer_slice(&new->text), &plain, &diff, &applied));
	unsigned long changed = applied.removed + applied.added;
	buffer_free(&applied.text);
	generator_free(old);
	generator_free(new);
	return changed;
}

enum { MANY = 200000 };

/* Times are not asserted; what is quadratic in any of these would not end within ctest's bound. */
TEST(test_large_texts)
{
	struct generator old = {0}, new = {0};

	for (unsigned i = 0; i < MANY; i++) {
		buffer_format(&old.text, "old %u\n", i);
		buffer_format(&new.text, "new %u\n", i);
	}
	assert_int_equal(check_large(&old, &new), 2 * MANY);
	for (unsigned i = 0; i < MANY; i++) {
		buffer_format(&old.text, "line %u\n", i);
		buffer_format(&new.text, "line %u\n", MANY - 1 - i);
	}
	assert_int_equal(check_large(&old, &new), 2 * (MANY - 1));
	for (unsigned i = 0; i < MANY; i++)
		say(i % 2 ? &old : &new, "line\n");
	for (unsigned i = 0; i < MANY / 4; i++)
		say(&new, "line\n");
	assert_int_equal(check_large(&old, &new), MANY / 4);
}

/* Beyond the bound: what was moved is a known number of lines, and lines that stand once hold the rest. */
TEST(test_large_move)
{
	struct generator old = {0}, new = {0};

	for (unsigned i = 0; i < MANY; i++) {
		buffer_format(&old.text, "line %u\n%s", i, i % 3 ? "" : "same\n");
		unsigned moved = (i + MANY / 4) % MANY;
		buffer_format(&new.text, "line %u\n%s", moved, moved % 3 ? "" : "same\n");
	}
	assert_in_range(check_large(&old, &new), MANY / 2, MANY / 2 + MANY / 6 + 4);
}

/* Beyond the bound: of readers that have most of their lines in common some are gone, some are new and some
 * are in another group. */
TEST(test_large_sections)
{
	struct generator old = {0}, new = {0};
	unsigned long ideal = 0;

	for (unsigned i = 0; i < MANY / 5; i++) {
		const char *text = "[reader]\nlabel = %u\nprotocol = cccam\ngroup = %u\n\n";
		unsigned group = i % 11 == 0 ? 2 : 1;
		if (i % 10 != 7)
			buffer_format(&old.text, text, i, 1);
		if (i % 10 != 3)
			buffer_format(&new.text, text, i, group);
		ideal += i % 10 == 7 || i % 10 == 3 ? 5 : group == 2 ? 2 : 0;
	}
	assert_in_range(check_large(&old, &new), ideal * 9 / 10, ideal);
}

/* Beyond the bound without lines that stand once. */
TEST(test_large_guess)
{
	struct generator old = generator_start(1), new = generator_start(2);

	for (unsigned i = 0; i < MANY; i++) {
		buffer_format(&old.text, "line %u\n", draw(&old, 3));
		buffer_format(&new.text, "line %u\n", draw(&new, 3));
	}
	/* a shortest diff has about 0.57 lines changed of each pair */
	assert_in_range(check_large(&old, &new), 1, MANY * 2 / 3);
	for (unsigned i = 0; i < MANY; i++) {
		buffer_format(&old.text, "line %u\n", i % 7);
		buffer_format(&new.text, "line %u\n", i % 5);
	}
	(void)check_large(&old, &new);
}

TEST(test_long_lines)
{
	struct generator old = {0}, new = {0};

	say_many(&old, 'a', 1 << 20);
	say_many(&new, 'a', (1 << 20) - 1);
	say(&new, "b\nc\n");
	assert_int_equal(check_large(&old, &new), 3);
}
