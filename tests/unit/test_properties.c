/* What holds for every input, over texts made from seeds: nothing crashes, every line has its fate, nothing
 * is lost in silence, the proof succeeds, and order and comments change no more than they should. */
#include "convert_help.h"
#include "generate.h"

enum { TEXTS = 600, SHUFFLES = 120 };

/* Calls `check` with a converted text for every seed. */
static void each_text(void (*check)(struct converted *c, uint64_t seed))
{
	for (uint64_t seed = 1; seed <= TEXTS; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		struct choices choices = some_choices(seed);
		struct converted c FREED_BY(converted_free) = {0};

		convert_slice(&c, generate_text(&g), &choices);
		check(&c, seed);
	}
}

static void check_proof(struct converted *c, uint64_t seed)
{
	if (!c->proved)
		fail_msg("seed %lu: the proof failed", (unsigned long)seed);
}

TEST(test_proof_always_succeeds)
{
	each_text(check_proof);
}

static bool has_code(const struct converted *c, enum code code)
{
	for (uint32_t i = 0; i < c->ledger.findings.count; i++)
		if (((const struct finding *)list_at(&c->ledger.findings, i))->code == code)
			return true;
	return false;
}

static void check_fates(struct converted *c, uint64_t seed)
{
	for (uint32_t i = 0; i < c->source.lines; i++) {
		const struct line_record *line = &c->ledger.lines[i];
		if (line->fate == FATE_NONE)
			fail_msg("seed %lu: line %u has no fate", (unsigned long)seed, i + 1);
		if (fate_is_loss((enum fate)line->fate) && line->finding == 0 &&
			!has_code(c, CODE_FOREIGN_LANGUAGE))
			fail_msg("seed %lu: line %u is lost in silence", (unsigned long)seed, i + 1);
	}
}

TEST(test_every_line_has_a_fate)
{
	each_text(check_fates);
}

static void check_keys(const struct list *sections, uint64_t seed)
{
	struct arena arena FREED_BY(arena_free) = {0};

	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		for (unsigned k = 0; k < section->count; k++) {
			enum schema_key_id key = (enum schema_key_id)section->entries[k].key;
			struct slice value = {section->entries[k].text, section->entries[k].len};
			if (!schema_keeps(key, value, &arena) || schema_is_initial(key, value))
				fail_msg("seed %lu: %s", (unsigned long)seed, schema_key(key)->name);
			assert_int_equal(schema_key(key)->section, section->section);
			assert_true(k == 0 || section->entries[k - 1].key < key);
		}
	}
}

static void check_model(struct converted *c, uint64_t seed)
{
	check_keys(&c->model.conf, seed);
	check_keys(&c->model.readers, seed);
	check_keys(&c->model.accounts, seed);
	check_keys(&c->model.services, seed);
	assert_true(c->model.services.count <= 64);
}

TEST(test_oscam_keeps_every_key)
{
	each_text(check_model);
}

static void check_again(struct converted *c, uint64_t seed)
{
	struct converted again FREED_BY(converted_free) = {0};

	convert_slice(&again, c->source.text, &c->choices);
	for (int file = 0; file < FOUR_FILES; file++)
		if (!slice_equal(buffer_slice(&c->files[file]), buffer_slice(&again.files[file])))
			fail_msg("seed %lu: %s differs", (unsigned long)seed,
				oscam_file_name((enum oscam_file)file));
	assert_int_equal(c->ledger.findings.count, again.ledger.findings.count);
}

TEST(test_twice_gives_the_same_bytes)
{
	each_text(check_again);
}

/* The text without its comments and empty lines. */
static struct buffer bare(struct slice text)
{
	struct buffer out = {0};

	while (text.len > 0) {
		struct slice line = slice_cut(&text, '\n');
		if (line.len == 0 || line.at[0] == '#')
			continue;
		buffer_add_slice(&out, line);
		buffer_add(&out, "\n", 1);
	}
	return out;
}

static void check_comments(struct converted *c, uint64_t seed)
{
	struct converted plain FREED_BY(converted_free) = {0};

	translate_text(&plain, c->source.text, &c->choices);
	plain.emission.comments = false;
	assert_int_equal(prove_converted(&plain), c->proved);
	for (int file = 0; file < FOUR_FILES && c->proved; file++) {
		struct buffer with = bare(buffer_slice(&c->files[file]));
		struct buffer without = bare(buffer_slice(&plain.files[file]));
		if (!slice_equal(buffer_slice(&with), buffer_slice(&without)))
			fail_msg("seed %lu: comments change a file", (unsigned long)seed);
		if (plain.files[file].len > 0)
			assert_null(memchr(plain.files[file].at, '\1', plain.files[file].len));
		buffer_free(&with);
		buffer_free(&without);
	}
}

TEST(test_comments_change_nothing_else)
{
	each_text(check_comments);
}

/* Readers and accounts whose hosts and users all differ, as a list of lines. */
static unsigned distinct_lines(struct generator *g, struct slice *lines)
{
	static const char *const limits[] = {"", " { 0:0:2 }", " { 0:0:2, 0500:0 }", " { 0:0, 0100:96:1 }"};
	unsigned count = 2 + draw(g, 14);

	for (unsigned i = 0; i < count; i++) {
		struct buffer line = {0};
		unsigned kind = draw(g, 3);
		const char *limit = limits[draw(g, 4)];
		if (kind == 0)
			buffer_format(&line, "C: c%u.example.com 12000 user secret no%s", i, limit);
		else if (kind == 1)
			buffer_format(&line,
				"N: n%u.example.com 1 user secret 0102030405060708091011121314 %u", i,
				draw(g, 6));
		else
			buffer_format(&line, "F: friend%u secret %u 0 1%s", i, draw(g, 6), limit);
		lines[i] = buffer_slice(&line);
	}
	return count;
}

static struct buffer joined(const struct slice *lines, unsigned count)
{
	struct buffer text = {0};

	for (unsigned i = 0; i < count; i++) {
		buffer_add_slice(&text, lines[i]);
		buffer_add(&text, "\n", 1);
	}
	return text;
}

static void shuffle(struct generator *g, struct slice *lines, unsigned count)
{
	for (unsigned i = count; i > 1; i--) {
		unsigned other = draw(g, i);
		struct slice swap = lines[i - 1];
		lines[i - 1] = lines[other];
		lines[other] = swap;
	}
}

/* The section of the other model with the same name. */
static const struct section *same_name(
	const struct list *sections, enum schema_key_id name, struct slice wanted)
{
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		if (section->kind != KIND_REMARK && slice_equal(section_get(section, name), wanted))
			return section;
	}
	return NULL;
}

/* The labels of a list of services, without regard to their order. */
static bool same_service_lists(struct slice a, struct slice b)
{
	size_t len = a.len;

	while (a.len > 0) {
		struct slice label = slice_cut(&a, ','), rest = b;
		bool found = false;
		while (rest.len > 0)
			found |= slice_equal(slice_cut(&rest, ','), label);
		if (!found)
			return false;
	}
	return len == b.len;
}

/* Numbers of groups follow the order of the readers; who shares one is compared elsewhere. */
static void same_section(const struct section *a, const struct section *b)
{
	assert_non_null(b);
	assert_int_equal(a->count, b->count);
	for (unsigned i = 0; i < a->count; i++) {
		enum schema_key_id key = (enum schema_key_id)a->entries[i].key;
		struct slice x = section_get(a, key), y = section_get(b, key);
		if (key == KEY_reader_group || key == KEY_account_group)
			assert_int_equal(x.len > 0, y.len > 0);
		else if (key == KEY_reader_services || key == KEY_account_services)
			assert_true(same_service_lists(x, y));
		else
			assert_true(slice_equal(x, y));
	}
}

static void same_groups(const struct model *a, const struct model *b)
{
	for (uint32_t i = 0; i < a->readers.count; i++)
		for (uint32_t k = 0; k < a->accounts.count; k++) {
			const struct section *reader = list_at(&a->readers, i);
			const struct section *account = list_at(&a->accounts, k);
			const struct section *reader_b = same_name(
				&b->readers, KEY_reader_label, section_get(reader, KEY_reader_label));
			const struct section *account_b = same_name(
				&b->accounts, KEY_account_user, section_get(account, KEY_account_user));
			assert_int_equal(bits_meet(section_groups(reader), section_groups(account)),
				bits_meet(section_groups(reader_b), section_groups(account_b)));
		}
}

static void same_models(const struct model *a, const struct model *b)
{
	assert_int_equal(a->readers.count, b->readers.count);
	assert_int_equal(a->accounts.count, b->accounts.count);
	assert_int_equal(a->services.count, b->services.count);
	assert_int_equal(a->group_count, b->group_count);
	for (uint32_t i = 0; i < a->readers.count; i++) {
		const struct section *reader = list_at(&a->readers, i);
		same_section(reader,
			same_name(&b->readers, KEY_reader_label, section_get(reader, KEY_reader_label)));
	}
	for (uint32_t i = 0; i < a->accounts.count; i++) {
		const struct section *account = list_at(&a->accounts, i);
		same_section(account,
			same_name(&b->accounts, KEY_account_user, section_get(account, KEY_account_user)));
	}
	same_groups(a, b);
}

TEST(test_order_changes_only_the_order)
{
	for (uint64_t seed = 1; seed <= SHUFFLES; seed++) {
		struct generator g = generator_start(seed);
		struct slice lines[16];
		unsigned count = distinct_lines(&g, lines);
		struct buffer first = joined(lines, count);
		struct converted a FREED_BY(converted_free) = {0}, b FREED_BY(converted_free) = {0};

		shuffle(&g, lines, count);
		struct buffer second = joined(lines, count);
		convert_slice(&a, buffer_slice(&first), NULL);
		convert_slice(&b, buffer_slice(&second), NULL);
		same_models(&a.model, &b.model);
		for (unsigned i = 0; i < count; i++)
			free((void *)(uintptr_t)lines[i].at);
		buffer_free(&first);
		buffer_free(&second);
	}
}
