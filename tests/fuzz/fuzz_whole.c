/* Any bytes as a CCcam.cfg, and behind each byte \1 a file of an OSCam that is there, oscam.conf first:
 * converted, and merged. What is checked beside crashes: everything is proved; check says nothing of what
 * convert writes that convert did not say; and to merge once more changes nothing. */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

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

/* The length of the input says which choices the user makes. */
static struct choices choices_of(size_t size)
{
	struct choices choices = choices_default();

	choices.profile = size & 1 ? PROFILE_SERVER : PROFILE_RECEIVER;
	choices.tolerant = size & 2;
	choices.reshare_widest = size & 4;
	choices.disabled_convert = size & 8;
	choices.expiry_convert = size & 16;
	choices.groups = (enum group_policy)(size / 32 % 3);
	choices.first_group = size % 5 == 0 ? 60 : 1;
	return choices;
}

static void check_converted(struct slice text, const struct choices *choices)
{
	struct converted c;
	struct checked k;
	enum oscam_file file;

	translate_text(&c, text, choices);
	require(prove_converted(&c) == 0);
	require(!find_unsaid(&c, &k, &file));
	checked_free(&k);
	converted_free(&c);
}

static void check_merged(struct slice text, const struct texts *texts, const struct choices *choices)
{
	struct merged first, again;

	merge_into(&first, text, texts, choices);
	require(first.c.proved == 0 && !first.wrong);
	merge_into(&again, text, &first.texts, choices);
	require(again.c.proved == 0 && !again.wrong);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		require(slice_equal(again.texts.of[file], first.texts.of[file]));
	merged_free(&again);
	merged_free(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, text = slice_cut(&rest, '\1');
	struct choices choices = choices_of(size);
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
