/* The account of the receiver's own tuner where OSCam serves it already: its name, its groups, and its ways
 * in. */
#include "merge_help.h"

static struct slice tuner_of(struct arena *arena, const char *conf)
{
	struct source source;
	struct existing existing = {.files = {&source}};

	source_from_raw_text(&source, "oscam.conf", slice_of(conf));
	return merge_tuner(&existing, arena);
}

TEST(test_tuner_that_is_there)
{
	struct existing none = {.files = {NULL}};
	struct arena arena FREED_BY(arena_free) = {0};

	assert_true(slice_equal(tuner_of(&arena, "[dvbapi]\nuser = tuner\n"), SLICE("tuner")));
	assert_int_equal(tuner_of(&arena, "[global]\nuser = tuner\n").len, 0);
	assert_int_equal(tuner_of(&arena, "[dvbapi]\nuser =\n").len, 0);
	assert_int_equal(tuner_of(&arena, "[dvbapi]\nuser = a\tb\n").len, 0);
	assert_int_equal(
		tuner_of(&arena, "[dvbapi]\nuser = "
				 "a-name-of-more-than-fifty-bytes-that-leaves-no-room-for-a-number\n")
			.len,
		0);
	assert_int_equal(merge_tuner(&none, &arena).len, 0);
}

/* The account of the tuner that is there is ours; where a friend has its name, he gets the account. */
TEST(test_tuners_account)
{
	struct texts texts = {{{NULL, 0}}};
	struct merged m FREED_BY(merged_free) = {0};

	texts.of[OSCAM_CONF] = SLICE("[dvbapi]\nenabled = 0\nuser = box\n");
	texts.of[OSCAM_USER] = SLICE("[account]\nuser = box\ngroup = 1\ncccmaxhops = 2\n");
	merge_into(&m, SLICE("C: host1.example.com 1 user secret\n"), &texts, NULL);
	assert_string_equal(merged_text(&m, OSCAM_USER),
		"[account]\nuser = box\nau                            = 1\n"
		"allowedprotocols              = dvbapi\ngroup = 1\ncccmaxhops = 2\n");
	assert_non_null(strstr(merged_text(&m, OSCAM_CONF), "enabled = 0\nuser = box\n"));
	assert_non_null(strstr(message_of(&m, CODE_MERGE_KEPT), "enabled = 0"));

	merge_into(&m, SLICE("F: box pass 1\n"), &texts, NULL);
	assert_non_null(strstr(merged_text(&m, OSCAM_CONF), "user                          = box2\n"));
	assert_non_null(strstr(merged_text(&m, OSCAM_USER), "pwd                           = pass\n"));
	assert_non_null(strstr(merged_text(&m, OSCAM_USER), "user                          = box2\n"));
}

#define C       "C: host1.example.com 1 user secret\n"
#define FOREIGN "[reader]\nlabel = z\nprotocol = newcamd\ndevice = host9.example.com,1\ngroup = 7\n"

static void merge_box(struct merged *m, const char *cccam, const char *server, const char *user)
{
	struct texts texts = {{{NULL, 0}}};

	texts.of[OSCAM_CONF] = SLICE("[dvbapi]\nenabled = 1\nuser = box\n");
	texts.of[OSCAM_SERVER] = slice_of(server);
	texts.of[OSCAM_USER] = slice_of(user);
	merge_into(m, slice_of(cccam), &texts, NULL);
}

static const char *groups_of(struct merged *m, const char *user)
{
	for (uint32_t i = 0; i < m->c.model.accounts.count; i++) {
		const struct section *account = list_at(&m->c.model.accounts, i);
		if (slice_equal(section_get(account, KEY_account_user), slice_of(user)))
			return key_text(&m->c, account, KEY_account_group);
	}
	fail_msg("%s is not there", user);
	return "";
}

/* With another name the tuner reaches what it reached; the name's new owner is a friend like others. */
TEST(test_groups_are_taken_over)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_box(&m, C "F: box pass 1\n", FOREIGN,
		"[account]\nuser = box\ngroup = 7\n[account]\nuser = kids\ngroup = 7\n");
	assert_non_null(strstr(merged_text(&m, OSCAM_CONF), "user                          = box2\n"));
	assert_string_equal(groups_of(&m, "box2"), "1,7");
}

/* An account that is there already is somebody's: the tuner gets another name. */
TEST(test_groups_are_not_given_away)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_box(&m, C "F: box pass 1\n", FOREIGN,
		"[account]\nuser = box\ngroup = 7\n[account]\nuser = box2\npwd = x\ngroup = 8\n");
	assert_string_equal(groups_of(&m, "box3"), "7");
	assert_non_null(strstr(merged_text(&m, OSCAM_USER), "user = box2\npwd = x\ngroup = 8\n"));
}

/* Whoever has its password may go on using it as he did, and the tuner gets one of its own. */
TEST(test_account_with_a_password)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_box(&m, C, FOREIGN, "[account]\nuser = box\npwd = x\ngroup = 1\n");
	assert_non_null(strstr(merged_text(&m, OSCAM_USER), "user = box\npwd = x\ngroup = 1\n\n"));
	assert_string_equal(groups_of(&m, "dvbapi"), "1,2");
	assert_non_null(strstr(merged_text(&m, OSCAM_CONF), "user                          = dvbapi\n"));
	merge_box(&m, C, FOREIGN, "[account]\nuser = box\nhostname = host7.example.com\ngroup = 1\n");
	assert_string_equal(groups_of(&m, "dvbapi"), "1,2");
	merge_box(&m, C, FOREIGN, "[account]\nuser = box\npwd =\ngroup = 1\n");
	assert_non_null(strstr(merged_text(&m, OSCAM_USER), "allowedprotocols              = dvbapi\n"));
	merge_box(&m, C, FOREIGN,
		"[account]\nuser = box\npwd = x\nallowedprotocols = dvbapi\ngroup = 1\nau = 1\n");
	assert_string_equal(message_of(&m, CODE_MERGE_KEPT), "");
}

/* A list of all numbers is a habit; it takes none from the others. */
TEST(test_all_numbers_stay)
{
	struct buffer user FREED_BY(buffer_free) = {0};
	struct merged m FREED_BY(merged_free) = {0};

	buffer_format(&user, "[account]\nuser = box\nau = 1\nallowedprotocols = dvbapi\ngroup = 1");
	for (int number = 2; number <= 64; number++)
		buffer_format(&user, ",%d", number);
	buffer_format(&user, "\n");
	buffer_add(&user, "", 1);
	merge_box(&m, C "F: near pass 1\n", FOREIGN, user.at);
	assert_int_equal(strncmp(merged_text(&m, OSCAM_USER), user.at, user.len - 1), 0);
	assert_string_equal(groups_of(&m, "near"), "1");
}
