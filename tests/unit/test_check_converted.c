/* Of what convert wrote check says nothing that convert did not say: over texts made from seeds, the
 * examples, and every CCcam.cfg that the other tests have. */
#include "generate.h"
#include "judge_help.h"

#include <glob.h>

enum { TEXTS = 800, ALIKE_TEXTS = 300, ALIKE_LINES = 40 };

static void check_converted(struct converted *c, const char *what)
{
	enum oscam_file file;
	struct checked k;
	const struct finding *unsaid = find_unsaid(c, &k, &file);

	if (unsaid) {
		print_error("%s, %s: %s\n%.*s\n", what, oscam_file_name(file), findings_text(&k, file),
			SLICE_ARG(unsaid->message));
		fail();
	}
	checked_free(&k);
}

static void check_one(struct slice text, uint64_t seed, const char *what)
{
	struct choices choices = some_choices(seed);
	struct converted c FREED_BY(converted_free) = {0};

	translate_text(&c, text, &choices);
	c.emission.comments = seed % 7 != 0;
	assert_true(prove_converted(&c));
	check_converted(&c, what);
}

TEST(test_generated)
{
	for (uint64_t seed = 1; seed <= TEXTS; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		char what[32];

		(void)snprintf(what, sizeof what, "seed %lu", (unsigned long)seed);
		check_one(generate_text(&g), seed, what);
	}
}

/* All under every combination of a few choices. */
static void check_files(const char *pattern, size_t least)
{
	glob_t found;

	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= least);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct source source;
		assert_true(source_read(&source, found.gl_pathv[i]));
		for (uint64_t seed = 0; seed < 64; seed += 13) /* each choice both ways */
			check_one(source.text, seed, found.gl_pathv[i]);
		source_free(&source);
	}
	globfree(&found);
}

TEST(test_files)
{
	check_files(SOURCE_DIR "/examples/*/CCcam.cfg", 2);
	check_files(SOURCE_DIR "/tests/fuzz/corpus/whole/*.cfg", 10);
	check_files(SOURCE_DIR "/tests/fuzz/corpus/parse/*", 10);
	check_files(SOURCE_DIR "/tests/golden/*.case", 200); /* their inputs are lines among others */
}

TEST(test_ports)
{
	static const char text[] = "SERVER LISTEN PORT : 80\nWEBINFO LISTEN PORT : 81\n"
				   "G: AABBCCDD h.example.com 82 11223344 i.example.com 8000\n"
				   "C: 2001:db8::1 12000 user word\nF: friend word\n";

	check_one(slice_of(text), 0, "ports");
}

/* ---- many sections that differ in their names only, and some that have a fault of their own ---- */

static void say_alike_line(struct generator *g)
{
	static const char *const lines[] = {"C: host%u.example.com 12000 user%u word\n",
		"C: host%u.example.com 12000 auserofmorethantwentybytes%u word\n",
		"C: 2001:db8::%u 12000 user%u word\n", "C: [host%u] 12000 user%u word\n",
		"C: host%u.example.com 12000 user%u word yes { 0500:032830 }\n",
		"N: host%u.example.com 34000 user%u word 01 02 03 04 05 06 07 08 09 10 11 12 13 14\n",
		"N: host%u.example.com 34000 user%u word 0102030405060708091011121314 0\n",
		"L: host%u.example.com 34000 user%u word 0500 032830 2\n",
		"R: host%u.example.com 34%02u0 0500 032830 2\n", "F: friend%u word%u 2 1 0\n",
		"F: friend%u word%u 0 1 0\n", "F: afriendofmorethantwentybytes%u word%u 1\n",
		"F: friend%u apasswordofmorethansixtyfourbytesthatnoprotocolofcccamcarries%u 1\n",
		"F: host%u.example.com word%u 2\n"};

	buffer_format(&g->text, lines[draw(g, sizeof lines / sizeof *lines)], g->number, g->number);
	g->number++;
}

static const struct section *section_of_line(
	const struct converted *c, const struct check_file *file, uint32_t number)
{
	const struct list *sections = file->file == OSCAM_SERVER ? &c->model.readers : &c->model.accounts;
	uint32_t left = 0;

	for (uint32_t i = 0; i < file->document.lines.count; i++) {
		const struct document_line *line = document_line_at(&file->document, i);
		if (line->number == number)
			left = line->section;
	}
	for (uint32_t i = 0; i < sections->count; i++) {
		const struct section *section = list_at(sections, i);
		if (section->kind != KIND_REMARK && left-- == 1)
			return section;
	}
	return NULL;
}

static bool is_said_at(const struct ledger *ledger, uint32_t line, enum code code)
{
	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		const struct finding *finding = list_at(&ledger->findings, i);
		if (finding->place.line == line && finding->code == code)
			return true;
	}
	return false;
}

/* What check finds in a section is said of its own line; notes of the same words are said once. */
static void check_each_section(struct converted *c, const char *what)
{
	enum oscam_file where;
	struct checked k;

	(void)find_unsaid(c, &k, &where);
	for (int name = OSCAM_SERVER; name <= OSCAM_USER; name++) {
		const struct check_file *file = k.set.files[name];
		for (uint32_t i = 0; file && i < file->ledger.findings.count; i++) {
			const struct finding *finding = list_at(&file->ledger.findings, i);
			const struct section *section = section_of_line(c, file, finding->place.line);
			if (!section || code_info(finding->code)->severity <= SEVERITY_NOTE ||
				is_said_at(&c->ledger, section->line, finding->code))
				continue;
			print_error("%s, line %lu: %.*s\n", what, (unsigned long)section->line,
				SLICE_ARG(finding->message));
			fail();
		}
	}
	checked_free(&k);
}

TEST(test_alike)
{
	static const struct target old = {OSCAM_OLDEST, OSCAM_OLDEST, PROGRAM_OSCAM};
	static const struct set_key sets[] = {
		{SECTION_account, KIND_REMARK, KEY_account_cccmaxhops, {"-2", 2}, 0},
		{SECTION_account, KIND_REMARK, KEY_account_max_connections, {"2", 1}, 0},
		{SECTION_reader, KIND_CCCAM, KEY_reader_inactivitytimeout, {"3", 1}, 0},
		{SECTION_reader, KIND_REMARK, KEY_reader_cccwantemu, {"1", 1}, 0},
		{SECTION_reader, KIND_NEWCAMD, KEY_reader_cccreconnect, {"1", 1}, 0}};

	for (uint64_t seed = 1; seed <= ALIKE_TEXTS; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		struct choices choices = some_choices(seed);
		struct converted c FREED_BY(converted_free) = {0};
		char what[32];

		for (unsigned i = 0; i < ALIKE_LINES; i++)
			say_alike_line(&g);
		choices.set_keys = &sets[seed % 5];
		choices.set_count = seed % 3 == 0;
		if (seed % 4 == 0)
			choices.target = old;
		(void)snprintf(what, sizeof what, "seed %lu", (unsigned long)seed);
		translate_text(&c, buffer_slice(&g.text), &choices);
		assert_true(prove_converted(&c));
		check_each_section(&c, what);
	}
}

/* ---- receivers that are alike but for their names, one after the other ---- */

#define DES "01 02 03 04 05 06 07 08 09 10 11 12 13 14\n"

static void unset_all(const struct list *sections, enum schema_key_id key)
{
	for (uint32_t i = 0; i < sections->count; i++)
		section_unset(list_at(sections, i), key);
}

/* What the checks find in the files of this text, where a few keys are left out so that they find something:
 * in words that have names in them. */
static struct slice findings_of(struct converted *c, const char *text, struct check_memory *memory)
{
	static const bool files[OSCAM_FILE_COUNT] = {true, true, true, true};
	struct buffer said = {.arena = &c->arena};

	translate_text(c, slice_of(text), NULL);
	unset_all(&c->model.conf, KEY_global_lb_mode);
	unset_all(&c->model.readers, KEY_reader_connectoninit);
	unset_all(&c->model.readers, KEY_reader_inactivitytimeout);
	judge_model(&c->model, &c->ledger, files, NULL, memory);
	for (uint32_t i = 0; i < c->ledger.findings.count; i++) {
		const struct finding *finding = list_at(&c->ledger.findings, i);
		buffer_format(&said, "%u %s %.*s\n", finding->place.line, code_info(finding->code)->name,
			SLICE_ARG(finding->message));
	}
	return buffer_slice(&said);
}

TEST(test_alike_receivers)
{
	static const char *const texts[] = {"N: a.example.com 34000 u w " DES "F: anna w\n",
		"N: b.example.com 34000 v x " DES "F: bert x\n",
		"\nN: c.example.com 34000 v x " DES "\nF: carl x\n", "N: a.example.com 34000 u w " DES,
		"N: b.example.com 34000 u w " DES, "C: a.example.com 12000 u w\nF: anna w\n",
		"C: b.example.com 12000 u w\nF: anna w\n",
		"C: a.example.com 12000 u w\nC: b.example.com 12000 u w\nF: anna w\n",
		"C: c.example.com 12000 u w\nC: d.example.com 12000 u w\nF: bert w\n",
		"C: c.example.com 12000 u w\nC: d.example.com 12000 u w\nF: bert w\nF: dora w 0\n",
		"C: e.example.com 12000 u w\nC: f.example.com 12000 u w\nF: emil w\nF: anna w 0\n",
		"C: a.example.com 12000 u w\nF: afriendofmorethantwentybytes w\n",
		"C: a.example.com 12000 u w\nF: another friend ofmorethantwentybytes w\n"};
	struct check_memory *memory = check_memory_new();

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct converted alone FREED_BY(converted_free) = {0}, after FREED_BY(converted_free) = {0};
		struct slice said = findings_of(&alone, texts[i], NULL);
		struct slice again = findings_of(&after, texts[i], memory);
		assert_true(said.len > 0);
		if (!slice_equal(said, again))
			fail_msg("%s\n%.*s\n%.*s", texts[i], SLICE_ARG(said), SLICE_ARG(again));
	}
	free(memory);
}
