/* Group numbers of a merge: what is there is used where nobody gains by it, new numbers are used by nothing
 * else, and an account loses a number that leads to a reader of ours that it must not reach. */
#include "merge_help.h"

#define READER(label, port, groups)                                                                          \
	"[reader]\nlabel = " label "\nprotocol = cccam\ndevice = host.example.com," port                     \
	"\nuser = u\npassword = p\ngroup = " groups "\nccckeepalive = 1\n"
#define ACCOUNT(user, groups) "[account]\nuser = " user "\npwd = p\ngroup = " groups "\n"
#define C(port)               "C: host.example.com " port " u p\n"
#define N(port, hops)         "N: host.example.com " port " u p 0102030405060708091011121314 " hops "\n"

static uint64_t groups_of(const struct list *list, enum schema_key_id name, const char *wanted)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct section *section = list_at(list, i);
		if (slice_equal(section_get(section, name), slice_of(wanted)))
			return section_groups(section).low;
	}
	fail_msg("%s is not there", wanted);
	return 0;
}

static uint64_t reader(const struct merged *m, const char *label)
{
	return groups_of(&m->c.model.readers, KEY_reader_label, label);
}

static uint64_t account(const struct merged *m, const char *user)
{
	return groups_of(&m->c.model.accounts, KEY_account_user, user);
}

TEST(test_numbers_that_nobody_else_has_are_kept)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, C("1") C("2") "F: a p\nDVB API : -1\n", READER("x", "1", "7"), ACCOUNT("a", "7"));
	assert_int_equal(reader(&m, "x"), 1 << 6);
	assert_int_equal(reader(&m, "host.example.com_2"), 1 << 6);
	assert_int_equal(account(&m, "a"), 1 << 6);
}

/* Numbers that only sections of ours had mean nothing once CCcam.cfg says who reaches whom. */
TEST(test_numbers_of_our_own_go)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, C("1") C("2") "F: a p\nF: b p\nDVB API : -1\n",
		READER("x", "1", "1,9") READER("y", "2", "2"), ACCOUNT("a", "1") ACCOUNT("b", "1,2"));
	assert_int_equal(reader(&m, "x"), 1);
	assert_int_equal(reader(&m, "y"), 1);
	assert_int_equal(account(&m, "a"), 1);
	assert_int_equal(account(&m, "b"), 1);
	assert_string_equal(message_of(&m, CODE_MERGE_GROUPS), "");
}

/* A new reader may not join a number that another account has, but one that another reader has. */
TEST(test_new_readers_join)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, C("1") C("2") "F: a p\nDVB API : -1\n", READER("x", "1", "1") READER("z", "9", "1"),
		ACCOUNT("a", "1"));
	assert_int_equal(reader(&m, "host.example.com_2"), 1);

	merge_two(&m, C("1") C("2") "F: a p\nDVB API : -1\n", READER("x", "1", "1"),
		ACCOUNT("a", "1") ACCOUNT("other", "1"));
	assert_int_equal(reader(&m, "host.example.com_2"), 1 << 1);
	assert_int_equal(reader(&m, "x"), 3);
	assert_int_equal(account(&m, "a"), 3);
}

/* And the other way round for a new account. */
TEST(test_new_accounts_join)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, C("1") "F: a p\nF: b p\nDVB API : -1\n", READER("x", "1", "1"),
		ACCOUNT("a", "1") ACCOUNT("other", "1"));
	assert_int_equal(account(&m, "b"), 1);

	merge_two(&m, C("1") "F: a p\nF: b p\nDVB API : -1\n", READER("x", "1", "1") READER("z", "9", "1"),
		ACCOUNT("a", "1"));
	assert_int_equal(account(&m, "b"), 1 << 1);
	assert_int_equal(account(&m, "a"), 3);
	assert_int_equal(reader(&m, "x"), 3);
}

/* Where all have a number already, others that have it, too, gain nothing by its use. */
TEST(test_numbers_that_others_have_too)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, C("1") "F: a p 10\nDVB API : -1\n", READER("x", "1", "5") READER("z", "9", "5"),
		ACCOUNT("a", "5") ACCOUNT("other", "5"));
	assert_true(is_unchanged(&m, OSCAM_SERVER));
	assert_true(is_unchanged(&m, OSCAM_USER));
}

/* By group 1 the friend would reach what is beyond its uphops; with it goes a reader of somebody else's. */
TEST(test_numbers_are_taken_from_accounts)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, N("1", "3") C("2") "F: near p 1\nF: far p 9\nDVB API : -1\n",
		"[reader]\nlabel = n\nprotocol = newcamd\ndevice = host.example.com,1\nuser = u\ngroup = "
		"1\n" READER("z", "9", "1,2"),
		ACCOUNT("near", "1,2") ACCOUNT("far", "1"));
	assert_true(has_finding(&m, CODE_MERGE_GROUPS, 3));
	assert_int_equal(account(&m, "near") & 1, 0);
	assert_int_equal(account(&m, "near") >> 1 & 1, 1);
	assert_int_equal(account(&m, "near") & reader(&m, "n"), 0);
	assert_int_not_equal(account(&m, "far") & reader(&m, "n"), 0);
	assert_int_equal(account(&m, "far") & 1, 1);
}

/* An account that reaches nothing of ours keeps what only others have. */
TEST(test_account_without_readers)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(
		&m, N("1", "3") "F: near p 1\nDVB API : -1\n", READER("z", "9", "4"), ACCOUNT("near", "3,4"));
	assert_int_equal(account(&m, "near"), 1 << 3);
}

static void merge_with(struct merged *m, const char *cccam, const char *server, enum group_policy policy,
	unsigned first_group)
{
	struct choices choices = choices_of_server();

	choices.groups = (uint8_t)policy;
	choices.first_group = first_group;
	merge_one(m, cccam, OSCAM_SERVER, server, &choices);
}

TEST(test_numbers_of_protocols)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_with(&m, C("1") N("2", "1"), READER("z", "9", "1,4"), GROUPS_PER_PROTOCOL, 1);
	assert_int_equal(reader(&m, "host.example.com"), 1 << 1);
	assert_int_equal(reader(&m, "host.example.com_2"), 1 << 2);
	/* 2 is taken, and its group does not take the 3 that is another's own */
	merge_with(&m, C("1") N("2", "1"), READER("z", "9", "1,2"), GROUPS_PER_PROTOCOL, 1);
	assert_int_equal(reader(&m, "host.example.com"), 1 << 3);
	assert_int_equal(reader(&m, "host.example.com_2"), 1 << 2);
}

TEST(test_first_group)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_with(&m, C("1"), READER("z", "9", "20,21"), GROUPS_MINIMAL, 20);
	assert_int_equal(reader(&m, "host.example.com"), 1 << 21);
}

/* No number is left: the readers are not written, lines merged into them are lost as well, and what is there
 * stays. */
TEST(test_overflow)
{
	struct texts texts = {{{NULL, 0}}};
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	choices.first_group = 64;
	texts.of[OSCAM_SERVER] = SLICE(READER("x", "1", "2") READER("z", "9", "2,64"));
	texts.of[OSCAM_USER] = SLICE(ACCOUNT("other", "2"));
	merge_into(&m, SLICE(C("1") C("1") C("2") "F: a p\n"), &texts, &choices);
	assert_true(has_finding(&m, CODE_GROUP_OVERFLOW, 1));
	assert_string_equal(message_of(&m, CODE_GROUP_OVERFLOW),
		"the existing files leave no group number for this reader: reader \"z\" has 2 of them; "
		"shorten its list");
	assert_true(has_finding(&m, CODE_GROUP_OVERFLOW, 2));
	assert_true(has_finding(&m, CODE_GROUP_OVERFLOW, 3));
	assert_int_equal(fate_of(&m.c, 2), FATE_UNSUPPORTED);
	assert_int_equal(m.c.model.reader_count, 0);
	assert_int_equal(m.c.model.group_count, 0);
	assert_true(is_unchanged(&m, OSCAM_SERVER));
	assert_int_equal(account(&m, "a"), 0);
}

/* In need a number is used again that only our own sections have, and that they lose. */
TEST(test_numbers_that_we_lose_ourselves)
{
	struct texts texts = {{{NULL, 0}}};
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	choices.first_group = 63;
	texts.of[OSCAM_SERVER] =
		SLICE("[reader]\nlabel = n\nprotocol = newcamd\ndevice = host.example.com,1\nuser = u\ngroup "
		      "= 63,64\n" READER("x", "2", "63,64"));
	texts.of[OSCAM_USER] = SLICE(ACCOUNT("near", "63,64") ACCOUNT("far", "63,64"));
	merge_into(&m, SLICE(N("1", "3") C("2") "F: near p 1\nF: far p 9\n"), &texts, &choices);
	assert_int_equal(reader(&m, "n"), UINT64_C(1) << 62);
	assert_int_equal(reader(&m, "x"), UINT64_C(1) << 63);
	assert_int_equal(account(&m, "near"), UINT64_C(1) << 63);
	assert_int_equal(account(&m, "far"), UINT64_C(3) << 62);
}
