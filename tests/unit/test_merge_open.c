/* Accounts without a password where the merge opens the port for friends. */
#include "merge_help.h"

static const char *open_finding(struct merged *m, const char *cccam, const char *conf, const char *user)
{
	struct choices choices = choices_default();
	struct texts texts = {{{NULL, 0}}};

	choices.profile = PROFILE_SERVER;
	if (conf)
		texts.of[OSCAM_CONF] = slice_of(conf);
	texts.of[OSCAM_USER] = slice_of(user);
	merge_into(m, slice_of(cccam), &texts, &choices);
	assert_null(m->wrong);
	return message_of(m, CODE_MERGE_OPEN);
}

static void check(const char *cccam, const char *conf, const char *user, const char *expected)
{
	struct merged m;
	const char *said = open_finding(&m, cccam, conf, user);

	if (*expected == '\0' ? *said != '\0' : !strstr(said, expected))
		fail_msg("%s, %s: %s", conf ? conf : "no oscam.conf", user, said);
	merged_free(&m);
}

#define FRIEND "F: friend pass 1\n"

static void test_who_is_named(void **state)
{
	(void)state;
	check(FRIEND, "[cccam]\nreshare = 1\n", "[account]\nuser = box\n",
		"[cccam] port 12000 was not open before: by it everybody could log in as \"box\", without");
	check(FRIEND, NULL, "[account]\nuser = box\npwd =\nallowedprotocols = dvbapi,cccam\n", "as \"box\",");
	check(FRIEND, "\n",
		"[account]\nuser = a\n[account]\nuser = b\n[account]\nuser = c\n[account]\nuser = d\n"
		"[account]\nuser = e\n",
		"as \"a\", \"b\", \"c\" and 2 more, without");
}

static void test_who_is_not(void **state)
{
	(void)state;
	check(FRIEND, "[cccam]\nport = 1\n", "[account]\nuser = box\n", "");
	check("DVB API : -1\n", "\n", "[account]\nuser = box\n", "");
	check("DVB API : -1\n", NULL, "[account]\nuser = box\n", "");
	check(FRIEND, "\n", "[account]\nuser = box\npwd = x\n", "");
	check(FRIEND, "\n", "[account]\nuser = box\ndisabled = 1\n", "");
	check(FRIEND, "\n", "[account]\nuser = box\nallowedprotocols = dvbapi\n", "");
	check(FRIEND, "\n", "[account]\nuser = friend\n", "");
	check(FRIEND, "\n", "[account]\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_is_named),
		cmocka_unit_test(test_who_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
