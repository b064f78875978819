/* An account that may get more than before keeps none of the groups by which it reached readers that no line
 * is about. */
#include "merge_help.h"

#define SERVER                                                                                               \
	"[reader]\nlabel = ours\nprotocol = cccam\ndevice = host1.example.com,1\nuser = u\npassword = p\n"   \
	"group = 1\n[reader]\nlabel = z\nprotocol = newcamd\ndevice = host9.example.com,1\ngroup = 1,5\n"
#define C "C: host1.example.com 1 u p\n"

static void merge_limits(
	struct merged *m, struct buffer made[2], const char *line, const char *limits, const char *conf)
{
	struct choices choices = choices_of_server();
	struct texts texts = {{{NULL, 0}}};

	buffer_format(&made[0], C "%s\n", line);
	buffer_format(&made[1], "[account]\nuser = bert\npwd = p\ngroup = 1,5,9\n%s", limits);
	texts.of[OSCAM_SERVER] = SLICE(SERVER);
	texts.of[OSCAM_USER] = buffer_slice(&made[1]);
	texts.of[OSCAM_SERVICES] = SLICE("[hd]\nsrvid = 0001\n[deny_0500]\ncaid = 0500\n");
	if (conf)
		texts.of[OSCAM_CONF] = slice_of(conf);
	merge_into(m, buffer_slice(&made[0]), &texts, &choices);
	if (m->c.model.account_count != 1)
		fail_msg("%s: %u accounts", line, m->c.model.account_count);
}

static void check(const char *line, const char *limits, const char *conf, const char *keys)
{
	struct buffer made[2] = {{0}, {0}};
	struct merged m FREED_BY(merged_free) = {0};
	char expected[256];

	merge_limits(&m, made, line, limits, conf);
	const char *said = message_of(&m, CODE_MERGE_GROUPS);
	(void)snprintf(expected, sizeof expected, "\"bert\" gets the limits of CCcam.cfg (%s), which",
		keys ? keys : "");
	if (keys ? strncmp(said, expected, strlen(expected)) != 0 : *said != '\0')
		fail_msg("%s, %s: %s", line, limits, said);
	uint64_t groups = section_groups(section_number(&m.c.model.accounts, 0)).low;
	if (((groups & 0x11) != 0x11) != (keys != NULL) || (keys && (groups & 0x11)))
		fail_msg("%s, %s: groups %llx", line, limits, (unsigned long long)groups);
	buffer_free(&made[0]);
	buffer_free(&made[1]);
}

TEST(test_wider)
{
	check("F: bert p 2 0 0 { 0:0, 0500:000001:1, 0100:0:1 }",
		"cccmaxhops = 2\ncccreshare = 0\nservices = hd\n", NULL, "services");
	check("F: bert p 2 0 0 { 0:0:1, 0500:000001 }",
		"cccmaxhops = 2\ncccreshare = 0\nservices = deny_0500\n", NULL, "services");
	check("F: bert p 2 0 0 { 0:0, 0500:000001:1 }",
		"cccmaxhops = 2\ncccreshare = 0\nident = 0100:000001\n", NULL, "ident");
	check("F: bert p 5", "cccmaxhops = 0\n", NULL, "cccmaxhops");
	check("F: bert p 10", "cccmaxhops = 3\n", NULL, "cccmaxhops");
	check("F: bert p 2 0 0 { 0:0:5 }", "cccmaxhops = 2\n", "[cccam]\nreshare = 1\n", "cccreshare");
	check("F: bert p 2", "cccmaxhops = 2\ncccreshare = 0\n", NULL, "cccreshare");
	check("F: bert p 2 0 0 { } { } { 10:00-20:00 }",
		"cccmaxhops = 2\nallowedtimeframe = ALL@11:00-12:00\n", NULL, "allowedtimeframe");
	check("F: bert p 2 0 0 { } { } { } b.example.com", "cccmaxhops = 2\nhostname = a.example.com\n", NULL,
		"hostname");
	check("F: bert p 5 0 0 { } { } { } b.example.com", "cccmaxhops = 2\nhostname = a.example.com\n", NULL,
		"hostname, cccmaxhops");
}

TEST(test_not_wider)
{
	check("F: bert p 2", "cccmaxhops = 2\n", NULL, NULL);
	check("F: bert p 1", "cccmaxhops = 2\n", NULL, NULL);
	check("F: bert p 2", "", NULL, NULL);
	check("F: bert p 2", "cccmaxhops = 2\nident = 0500:000001\nservices = hd\ncaid = 0500\n", NULL, NULL);
	check("F: bert p 2 0 0 { 0:0:1, 0500:0 }", "cccmaxhops = 2\ncccreshare = 0\n", NULL, NULL);
	check("F: bert p 2 0 0 { 0:0:1, 0500:0 }", "cccmaxhops = 2\ncccreshare = 0\nservices = hd\n", NULL,
		NULL);
	check("F: bert p 2 0 0 { 0:0:1, 0500:0 }", "cccmaxhops = 2\ncccreshare = 0\nservices = !hd\n", NULL,
		NULL);
	check("F: bert p 2 0 0 { 0:0:1, 0500:0 }",
		"cccmaxhops = 2\ncccreshare = 0\nservices = gone, !Deny_0500\n", NULL, NULL);
	check("F: bert p 2 0 0 { 0:0:5 }", "cccmaxhops = 2\ncccreshare = 6\n", NULL, NULL);
	check("F: bert p 2 0 0 { 0:0:5 }", "cccmaxhops = 2\n", NULL, NULL);
	check("F: bert p 2", "cccmaxhops = 2\ncccreshare = 4\n", "[cccam]\nreshare = 3\n", NULL);
	check("F: bert p 2 0 0 { } { } { 10:00-20:00 } b.example.com", "cccmaxhops = 2\n", NULL, NULL);
}

/* Groups that only lead to ours, or to nothing, are as always; and what was taken stays away. */
TEST(test_what_is_taken)
{
	struct choices choices = choices_of_server();
	struct buffer made[2] = {{0}, {0}};
	struct merged m FREED_BY(merged_free) = {0}, again FREED_BY(merged_free) = {0};

	merge_limits(&m, made, "F: bert p 5", "cccmaxhops = 2\n", NULL);
	assert_string_equal(message_of(&m, CODE_MERGE_GROUPS),
		"\"bert\" gets the limits of CCcam.cfg (cccmaxhops), which may allow more than before: the "
		"account leaves group 1,5, which leads to readers that no line of CCcam.cfg names");
	assert_string_equal(key_text(&m.c, section_number(&m.c.model.accounts, 0), KEY_account_group), "9");
	merge_into(&again, SLICE(C "F: bert p 5\n"), &m.texts, &choices);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		assert_true(is_unchanged(&again, (enum oscam_file)file));
	buffer_free(&made[0]);
	buffer_free(&made[1]);
}

/* What the user himself asks for [cccam] counts, too. */
TEST(test_wishes)
{
	const struct set_key wanted[] = {
		{SECTION_cccam, KIND_REMARK, KEY_cccam_reshare, SLICE("7"), 0},
		{SECTION_cccam, KIND_REMARK, KEY_cccam_reshare, SLICE("10"), 0},
		{SECTION_account, KIND_REMARK, KEY_account_disabled, SLICE("0"), 0},
	};
	struct choices choices = choices_of_server();
	struct texts texts = {{{NULL, 0}}};

	choices.set_keys = wanted;
	texts.of[OSCAM_CONF] = SLICE("[cccam]\nreshare = 1\n");
	texts.of[OSCAM_SERVER] = SLICE(SERVER);
	texts.of[OSCAM_USER] =
		SLICE("[account]\nuser = bert\npwd = p\ngroup = 5\ncccmaxhops = 1\ndisabled = 1\n");
	for (choices.set_count = 0; choices.set_count <= 3; choices.set_count++) {
		struct merged m FREED_BY(merged_free) = {0};
		merge_into(&m, SLICE(C "F: bert p 1\n"), &texts, &choices);
		assert_null(m.wrong);
		const char *said = message_of(&m, CODE_MERGE_GROUPS);
		if (choices.set_count == 0)
			assert_string_equal(said, "");
		else
			assert_non_null(strstr(
				said, choices.set_count == 3 ? "(disabled, cccreshare)" : "(cccreshare)"));
	}
}
