/* Groups: an account and a reader share one exactly when the reader's distance is at most the account's
 * uphops, with as few groups as that takes, numbered in the order of their first readers. */
#include "convert_help.h"
#include "generate.h"

enum { NETWORKS = 300, KEEP = 80 };

static void add_reader(struct generator *g, unsigned number, unsigned hops)
{
	buffer_format(&g->text, "N: n%u.example.com 1 u p 0102030405060708091011121314 %u\n", number, hops);
}

static void add_friend(struct generator *g, unsigned number, unsigned uphops)
{
	buffer_format(&g->text, "F: friend%u secret %u 0 0\n", number, uphops);
}

static struct slice random_network(struct generator *g)
{
	unsigned readers = draw(g, 20), friends = draw(g, 12), spread = 1 + draw(g, 12);

	for (unsigned i = 0; i < friends; i++)
		add_friend(g, i, draw(g, spread));
	for (unsigned i = 0; i < readers; i++) {
		if (draw(g, 4) == 0)
			buffer_format(&g->text, "C: c%u.example.com 1 u p\n", i);
		else
			add_reader(g, i, draw(g, spread + 1));
	}
	return buffer_slice(&g->text);
}

/* The bits of the accounts that should reach this reader. */
static uint64_t reached_by(const struct model *model, const struct section *reader)
{
	uint64_t bits = 0;

	for (uint32_t i = 0; i < model->accounts.count; i++) {
		const struct section *account = list_at(&model->accounts, i);
		if (account->kind == KIND_ACCOUNT && reader->reach <= account->reach)
			bits |= (uint64_t)1 << i;
	}
	return bits;
}

static void check_pairs(const struct model *model)
{
	for (uint32_t i = 0; i < model->readers.count; i++) {
		const struct section *reader = list_at(&model->readers, i);
		uint64_t bits = reached_by(model, reader);
		for (uint32_t k = 0; k < model->accounts.count; k++) {
			const struct section *account = list_at(&model->accounts, k);
			bool shared = bits_meet(section_groups(reader), section_groups(account));
			assert_int_equal(shared, bits >> k & 1);
		}
	}
}

/* One group for each set of accounts that some readers have, and each numbered when it is first met. */
static void check_numbers(const struct model *model)
{
	uint64_t sets[KEEP];
	uint32_t count = 0;

	for (uint32_t i = 0; i < model->readers.count; i++) {
		const struct section *reader = list_at(&model->readers, i);
		uint64_t bits = reached_by(model, reader);
		uint32_t set = 0;
		while (set < count && sets[set] != bits)
			set++;
		if (set == count)
			sets[count++] = bits;
		assert_true(bits_same(section_groups(reader), bits_one(set)));
	}
	assert_int_equal(model->group_count, count);
}

TEST(test_random_networks)
{
	for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		struct choices choices = choices_default();
		struct converted c FREED_BY(converted_free) = {0};

		choices.profile = seed % 2 == 0 ? PROFILE_SERVER : PROFILE_RECEIVER;
		convert_slice(&c, random_network(&g), &choices);
		assert_true(c.proved);
		check_pairs(&c.model);
		check_numbers(&c.model);
	}
}

/* 70 friends and 70 readers, each at its own distance: 64 groups are there, then none. */
TEST(test_overflow)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	for (unsigned i = 0; i < 70; i++) {
		add_friend(&g, i, i);
		add_reader(&g, i, i);
	}
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_true(c.proved);
	assert_int_equal(c.model.group_count, 64);
	assert_int_equal(c.model.reader_count, 64);
	for (uint32_t i = 0; i < 70; i++) {
		const struct section *reader = list_at(&c.model.readers, i);
		assert_int_equal(section_groups(reader).low, i < 64 ? (uint64_t)1 << i : 0);
		assert_int_equal(fate_of(&c, 2 * i + 2) == FATE_UNSUPPORTED, i >= 64);
		assert_int_equal(reader->kind != KIND_REMARK, i < 64);
		assert_string_equal(
			i < 64 ? "group-overflow" : codes_of_line(&c, 2 * i + 2), "group-overflow");
	}
	assert_int_equal(section_groups(section_number(&c.model.accounts, 0)).low, UINT64_MAX);
}

/* A line merged into a reader that found no group is lost as well. */
TEST(test_overflow_of_a_duplicate)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	for (unsigned i = 0; i < 65; i++) {
		add_friend(&g, i, i);
		add_reader(&g, i, i);
	}
	add_reader(&g, 64, 64);
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_int_equal(fate_of(&c, 130), FATE_UNSUPPORTED);
	assert_true(fate_is_loss(fate_of(&c, 131)));
}

/* Of a line with two statements the one about a card reader is carried over all the same. */
TEST(test_overflow_behind_a_card)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	for (unsigned i = 0; i < 65; i++) {
		add_friend(&g, i, i);
		if (i == 64)
			say(&g, "B: /dev/ttyS0 01 ");
		add_reader(&g, i, i);
	}
	say(&g, "SERIAL READER : /dev/ttyS0 mouse\n");
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_int_equal(fate_of(&c, 130), FATE_PARTIAL);
	assert_int_equal(fate_of(&c, 131), FATE_CONVERTED);
}
