/* Of what convert wrote check says nothing that convert did not say: over texts made from seeds, the
 * examples, and every CCcam.cfg that the other tests have. */
#include "generate.h"
#include "judge_help.h"

#include <glob.h>

enum { TEXTS = 1500 };

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

static struct choices some_choices(uint64_t seed)
{
	struct choices choices = choices_default();

	choices.profile = seed & 1 ? PROFILE_SERVER : PROFILE_RECEIVER;
	choices.tolerant = seed & 2;
	choices.reshare_widest = seed & 4;
	choices.notes_filter = seed & 8;
	choices.disabled_convert = seed & 16;
	choices.expiry_convert = seed & 32;
	choices.groups = (enum group_policy)(seed % 3);
	choices.first_group = seed % 5 == 0 ? 62 : 1;
	return choices;
}

static void check_one(struct slice text, uint64_t seed, const char *what)
{
	struct choices choices = some_choices(seed);
	struct converted c;

	translate_text(&c, text, &choices);
	c.emission.comments = seed % 7 != 0;
	assert_int_equal(prove_converted(&c), 0);
	check_converted(&c, what);
	converted_free(&c);
}

static void test_generated(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= TEXTS; seed++) {
		struct generator g = generator_start(seed);
		char what[32];

		(void)snprintf(what, sizeof what, "seed %lu", (unsigned long)seed);
		check_one(generate_text(&g), seed, what);
		generator_free(&g);
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
		assert_int_equal(source_read(&source, found.gl_pathv[i]), 0);
		for (uint64_t seed = 0; seed < 64; seed += 9)
			check_one(source.text, seed, found.gl_pathv[i]);
		source_free(&source);
	}
	globfree(&found);
}

static void test_files(void **state)
{
	(void)state;
	check_files(SOURCE_DIR "/examples/*/CCcam.cfg", 2);
	check_files(SOURCE_DIR "/tests/fuzz/corpus/convert/*", 10);
	check_files(SOURCE_DIR "/tests/fuzz/corpus/parse/*", 10);
	check_files(SOURCE_DIR "/tests/golden/*.case", 200); /* their inputs are lines among others */
}

static void test_ports(void **state)
{
	static const char text[] = "SERVER LISTEN PORT : 80\nWEBINFO LISTEN PORT : 81\n"
				   "G: AABBCCDD h.example.com 82 11223344 i.example.com 8000\n"
				   "C: 2001:db8::1 12000 user word\nF: friend word\n";

	(void)state;
	check_one(slice_of(text), 0, "ports");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_generated),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_ports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
