/* Any bytes as a CCcam.cfg, and behind each byte \1 a file of an OSCam that is there, oscam.conf first:
 * converted, and merged. What is checked beside crashes: every line has a fate; everything is proved; check
 * says nothing of what convert writes that convert did not say; and to merge once more changes nothing. */
#include <stdbool.h>

#define UNIT_OWN_MAIN /* of replay.c or the fuzzer */
#include "../unit/unit.h"

/* There is no test around that a failure could end. */
#undef assert_true
#undef assert_null
#undef assert_int_equal
#define assert_true(fine)          require(fine)
#define assert_null(pointer)       require(!(pointer))
#define assert_int_equal(one, two) require((one) == (two))

static void require(bool fine)
{
	if (!fine)
		abort();
}

#include "../unit/judge_help.h"
#include "../unit/merge_help.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_converted(struct slice text, const struct choices *choices)
{
	struct converted c FREED_BY(converted_free) = {0};
	struct checked k;
	enum oscam_file file;

	translate_text(&c, text, choices);
	c.emission.comments = text.len & 8;
	for (uint32_t i = 0; i < c.source.lines; i++)
		require(c.ledger.lines[i].fate > FATE_NONE && c.ledger.lines[i].fate < FATE_COUNT);
	require(prove_converted(&c));
	require(!find_unsaid(&c, &k, &file));
	checked_free(&k);
}

static void check_merged(struct slice text, const struct texts *texts, const struct choices *choices)
{
	struct merged first FREED_BY(merged_free) = {0}, again FREED_BY(merged_free) = {0};

	merge_into(&first, text, texts, choices);
	require(first.c.proved && !first.wrong);
	merge_into(&again, text, &first.texts, choices);
	require(again.c.proved && !again.wrong);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		require(slice_equal(again.texts.of[file], first.texts.of[file]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, text = slice_cut(&rest, '\1');
	struct choices choices = some_choices(size); /* the length says which */
	struct texts texts = {{{NULL, 0}}};

	check_converted(text, &choices);
	for (int file = 0; file < OSCAM_FILE_COUNT && rest.at; file++) {
		struct slice part = slice_cut(&rest, '\1');
		if (part.len > 0)
			texts.of[file] = part;
	}
	check_merged(text, &texts, &choices);
	return 0;
}
