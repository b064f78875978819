/* What holds for every merge, over inputs and existing files made from seeds: merging twice is merging once,
 * our sections are held as the model says, everybody else's as before, and who reaches whom is as meant. */
#include "generate_oscam.h"
#include "merge_help.h"

enum { ROUNDS = 800 };

static unsigned shared; /* readers of their own, for others share those that are there */

struct round {
	struct generator cccam;
	struct generator oscam[OSCAM_FILE_COUNT];
	struct texts texts;
	struct choices choices;
	struct merged merged;
	uint64_t seed;
};

static void generate_texts(struct round *r)
{
	static void (*const forms[OSCAM_FILE_COUNT])(struct generator *, const char *) = {conf_section,
		reader_section, account_section, service_section, row_line, row_line, row_line, row_line};

	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct generator *g = &r->oscam[file];
		*g = generator_start(r->seed * OSCAM_FILE_COUNT + (unsigned)file);
		if (draw(g, 6) == 0)
			continue;
		unsigned most = file == OSCAM_SERVICES && draw(g, 10) == 0 ? 90 : 12;
		struct slice text = generate_file(g, forms[file], most);
		r->texts.of[file] = text.at ? text : SLICE("");
	}
}

static void choose(struct round *r)
{
	r->choices = choices_default();
	r->choices.profile = r->seed & 1 ? PROFILE_SERVER : PROFILE_RECEIVER;
	r->choices.disabled_convert = r->seed & 4;
	r->choices.expiry_convert = r->seed & 8;
	r->choices.groups = (uint8_t)(r->seed % 3);
	r->choices.first_group = r->seed % 7 == 0 ? 60 : 1;
}

/* The files that another input would make, with lines lost and swapped: like ours from before. */
static void older_texts(struct round *r)
{
	struct generator other FREED_BY(generator_free) =
		generator_start(r->seed % 5 == 0 ? r->seed + 1 : r->seed);
	struct converted c FREED_BY(converted_free) = {0};

	convert_slice(&c, generate_text(&other), &r->choices);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct generator *g = &r->oscam[file];
		struct slice rest = buffer_slice(&c.files[file]);
		*g = generator_start(r->seed + (unsigned)file);
		while (rest.len > 0) {
			struct slice line = slice_cut(&rest, '\n');
			if (draw(g, 12) == 0)
				continue;
			buffer_add_slice(&g->text, line);
			say(g, "\n");
			if (draw(g, 20) == 0)
				group_line(g, "\n");
		}
		if (g->text.len > 0)
			r->texts.of[file] = buffer_slice(&g->text);
	}
}

static void start_round(struct round *r, uint64_t seed)
{
	memset(r, 0, sizeof *r);
	r->seed = seed;
	choose(r);
	if (seed % 3 == 0)
		older_texts(r);
	else
		generate_texts(r);
	r->cccam = generator_start(seed);
	merge_try(&r->merged, generate_text(&r->cccam), &r->texts, &r->choices);
}

static void end_round(struct round *r)
{
	merged_free(&r->merged);
	generator_free(&r->cccam);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		generator_free(&r->oscam[file]);
}

static void check_proofs(const struct round *r)
{
	if (!r->merged.c.proved)
		fail_msg("seed %lu: the new sections are not proved", (unsigned long)r->seed);
	if (r->merged.wrong)
		fail_msg("seed %lu: %s", (unsigned long)r->seed, r->merged.wrong);
}

/* Each property has texts of its own; the merge itself is proved each time. */
static void each_round(uint64_t first, void (*check)(struct round *r))
{
	for (uint64_t seed = first; seed < first + ROUNDS; seed++) {
		struct round r;

		start_round(&r, seed);
		check_proofs(&r);
		check(&r);
		end_round(&r);
	}
}

static void check_again(struct round *r)
{
	struct merged again FREED_BY(merged_free) = {0};

	merge_try(&again, r->merged.c.source.text, &r->merged.texts, &r->choices);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (!is_unchanged(&again, (enum oscam_file)file))
			fail_msg("seed %lu: merging again changes %s", (unsigned long)r->seed,
				oscam_file_name((enum oscam_file)file));
}

TEST(test_twice_is_once)
{
	each_round(1, check_again);
}

/* Comments, headers and what OSCam does not know: no merge has anything to do with them. */
static bool is_nobodys(const struct document_line *line)
{
	return line->read.event != OSCAM_SETTING;
}

static void check_lines(struct round *r)
{
	for (int file = 0; file < OSCAM_DVBAPI; file++) {
		struct document old, new;
		uint32_t at = 0;
		if (!r->merged.existing.files[file])
			continue;
		document_read(&old, &r->merged.c.arena, (enum oscam_file)file, &r->merged.old[file], NULL);
		document_read(&new, &r->merged.c.arena, (enum oscam_file)file, &r->merged.new[file], NULL);
		for (uint32_t i = 0; i < old.lines.count; i++) {
			const struct document_line *line = document_line_at(&old, i);
			if (!is_nobodys(line))
				continue;
			while (at < new.lines.count &&
				!slice_starts(document_line_at(&new, at)->text, line->text))
				at++;
			if (at++ == new.lines.count)
				fail_msg("seed %lu: a line of %s is lost", (unsigned long)r->seed,
					oscam_file_name((enum oscam_file)file));
		}
	}
}

TEST(test_nobodys_lines_stay)
{
	each_round(10001, check_lines);
}

/* One of the two files before and after, and which of its sections are ours. */
struct side {
	struct document old, new;
	const struct section **ours; /* by section of the new document; NULL: somebody else's */
	struct bits *before, *after;
	uint32_t count, old_count;
};

/* The port of our own end, behind a comma, is the owner's. */
static bool same_server(struct slice has, struct slice wanted)
{
	return slice_starts(has, wanted) && (has.len == wanted.len || has.at[wanted.len] == ',');
}

static bool holds_all(struct document *document, const struct document_section *section,
	const struct section *ours, enum schema_key_id name)
{
	for (unsigned i = 0; i < ours->count; i++) {
		enum schema_key_id key = (enum schema_key_id)ours->entries[i].key;
		struct slice wanted = {ours->entries[i].text, ours->entries[i].len};
		if (key == KEY_reader_services || key == KEY_account_services || key == KEY_reader_protocol ||
			ours->entries[i].assumed)
			continue;
		struct slice has = key == name ? section->label : document_value(document, section, key);
		if (key == KEY_reader_device && same_server(has, wanted))
			continue;
		if (!slice_equal(has, wanted) && !((key == KEY_reader_group || key == KEY_account_group) &&
							 bits_same(groups_bits(has), groups_bits(wanted))))
			return false;
	}
	return true;
}

/* Every section of the model is found, in a place of its own. */
static void find_ours(
	struct round *r, struct side *side, const struct list *sections, enum schema_key_id name)
{
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *ours = list_at(sections, i);
		uint32_t at = 0;
		if (ours->kind == KIND_REMARK)
			continue;
		while (at < side->count &&
			(side->ours[at] || document_section_at(&side->new, at)->section != ours->section ||
				!holds_all(&side->new, document_section_at(&side->new, at), ours, name)))
			at++;
		if (at == side->count)
			fail_msg("seed %lu: a section of ours is not held", (unsigned long)r->seed);
		side->ours[at] = ours;
	}
}

static void start_side(struct round *r, struct side *side, enum oscam_file file, enum schema_key_id name,
	enum schema_key_id group)
{
	struct arena *arena = &r->merged.c.arena;
	struct source none;

	source_from_raw_text(&none, "none", SLICE(""));
	document_read(
		&side->old, arena, file, r->merged.existing.files[file] ? &r->merged.old[file] : &none, NULL);
	document_read(
		&side->new, arena, file, r->merged.written.files[file] ? &r->merged.new[file] : &none, NULL);
	side->count = side->new.sections.count;
	side->old_count = side->old.sections.count;
	side->ours = arena_zero(arena, side->count * sizeof *side->ours);
	side->before = arena_zero(arena, side->count * sizeof *side->before);
	side->after = arena_zero(arena, side->count * sizeof *side->after);
	for (uint32_t i = 0; i < side->count; i++) {
		side->after[i] =
			groups_bits(document_value(&side->new, document_section_at(&side->new, i), group));
		if (i < side->old_count)
			side->before[i] = groups_bits(
				document_value(&side->old, document_section_at(&side->old, i), group));
	}
	find_ours(r, side, file == OSCAM_SERVER ? &r->merged.c.model.readers : &r->merged.c.model.accounts,
		name);
}

/* What a reader gives to an account that no line is about. */
static void check_cards(struct round *r, const struct side *readers, uint32_t i)
{
	static const enum schema_key_id keys[] = {KEY_reader_enable, KEY_reader_caid, KEY_reader_ident,
		KEY_reader_services, KEY_reader_cccmaxhops, KEY_reader_cccmindown, KEY_reader_cccwantemu};
	struct document *old = (struct document *)&readers->old, *new = (struct document *)&readers->new;
	const struct document_section *was = document_section_at(old, i), *is = document_section_at(new, i);

	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
		if (!slice_equal(document_value(old, was, keys[k]), document_value(new, is, keys[k])))
			fail_msg("seed %lu: somebody else gets other cards: %s", (unsigned long)r->seed,
				schema_key(keys[k])->name);
	struct slice device = document_value(old, was, KEY_reader_device);
	struct slice host = slice_cut(&device, ','), now = document_value(new, is, KEY_reader_device);
	if (!slice_equal(slice_cut(&now, ','), host))
		fail_msg("seed %lu: somebody else gets another server", (unsigned long)r->seed);
}

static void check_pair(
	struct round *r, const struct side *readers, uint32_t i, const struct side *accounts, uint32_t k)
{
	const struct section *reader = readers->ours[i], *account = accounts->ours[k];
	bool was = bits_meet(readers->before[i], accounts->before[k]);
	bool is = bits_meet(readers->after[i], accounts->after[k]);

	if (reader && account) {
		bool meant = account->reach != REACH_NOTHING && reader->reach <= account->reach;
		if (is != meant)
			fail_msg("seed %lu: ours and ours", (unsigned long)r->seed);
	} else if (account ? is && !was : is != was) {
		fail_msg("seed %lu: somebody else's", (unsigned long)r->seed);
	} else if (reader && is) {
		check_cards(r, readers, i);
	}
}

/* A new account of the tuner's comes in the place of the one that [dvbapi] named. */
static void take_over(struct round *r, struct side *accounts)
{
	struct slice tuner = merge_tuner(&r->merged.existing, &r->merged.c.arena);

	for (uint32_t k = accounts->old_count; k < accounts->count; k++)
		for (uint32_t i = accounts->old_count;
			accounts->ours[k] == r->merged.c.model.local_account && tuner.len > 0 && i > 0; i--)
			if (slice_equal(document_section_at(&accounts->old, i - 1)->label, tuner))
				accounts->before[k] = accounts->before[i - 1];
}

/* The tuner's account is nobody else's: it took over none that has a way in by the network. */
static void check_tuner(struct round *r, const struct side *accounts)
{
	for (uint32_t k = 0; k < accounts->count; k++) {
		const struct section *ours = accounts->ours[k];
		if (!ours || ours != r->merged.c.model.local_account || k >= accounts->old_count)
			continue;
		const struct document_section *was = document_section_at(&accounts->old, k);
		struct slice allowed = document_value(&accounts->old, was, KEY_account_allowedprotocols);
		if (document_value(&accounts->old, was, KEY_account_pwd).len > 0 &&
			!slice_equal(allowed, SLICE("dvbapi")))
			fail_msg("seed %lu: the tuner has somebody's account", (unsigned long)r->seed);
	}
}

static void check_access(struct round *r)
{
	struct side readers, accounts;

	start_side(r, &readers, OSCAM_SERVER, KEY_reader_label, KEY_reader_group);
	start_side(r, &accounts, OSCAM_USER, KEY_account_user, KEY_account_group);
	take_over(r, &accounts);
	check_tuner(r, &accounts);
	for (uint32_t i = 0; i < r->merged.c.ledger.findings.count; i++)
		shared += ((const struct finding *)list_at(&r->merged.c.ledger.findings, i))->code ==
			  CODE_MERGE_SHARED;
	for (uint32_t i = 0; i < readers.count; i++)
		for (uint32_t k = 0; k < accounts.count; k++)
			check_pair(r, &readers, i, &accounts, k);
}

TEST(test_access_is_as_meant)
{
	each_round(20001, check_access);
	assert_true(shared > 0);
}
